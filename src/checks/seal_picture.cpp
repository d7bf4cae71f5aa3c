// SPDX-License-Identifier: Apache-2.0
//
// seal.picture: is the picture what the seal says it is?
#include "rungs.hpp"

#include "scca/pki/picture.hpp"

namespace scca::checks {
Judgements check_seal_picture(const Case& seal, const Dossier&) {
    const pki::SealPicture& stated = seal.seal->seal->picture;
    const auto found = pki::find_picture_header(stated.content);
    report::Fields evidence{{"stated", stated.type}, {"bytes", static_cast<std::int64_t>(stated.content.size())}};
    if (!found || !pki::is_stated_as(found->kind, stated.type)) {
        return {warned(faq::id::seal_picture_failed, std::move(evidence))};
    }
    evidence.push_back({"type", std::string(name_of(found->kind))});
    evidence.push_back({"width_px", static_cast<std::int64_t>(found->width)});
    evidence.push_back({"height_px", static_cast<std::int64_t>(found->height)});
    return {passed(std::move(evidence))};
}
}  // namespace scca::checks
