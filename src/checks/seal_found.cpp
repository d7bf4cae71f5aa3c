// SPDX-License-Identifier: Apache-2.0
//
// seal.found: is there a seal on the key? Every file was tried by its shape; what the PIN protects is unknown, not
// missing.
#include "rungs.hpp"

namespace scca::checks {
Judgements check_seal_found(const Case& token, const Dossier& dossier) {
    const auto found = static_cast<std::int64_t>(cases_below(dossier, token, SubjectKind::seal).size());
    std::int64_t files = 0;
    std::int64_t unread = 0;
    for (const auto& application : token.token->applications) {
        for (const auto& file : application.files) {
            ++files;
            if (file.needs_pin || file.fault) ++unread;
        }
    }
    report::Fields evidence{{"seals", found}, {"files", files}, {"not_readable", unread}};
    if (found > 0) return {passed(std::move(evidence))};
    if (unread > 0) return {unknown(std::nullopt, std::move(evidence))};
    return {warned(faq::id::seal_not_on_key, std::move(evidence))};
}
}  // namespace scca::checks
