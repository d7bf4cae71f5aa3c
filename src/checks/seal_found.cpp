// SPDX-License-Identifier: Apache-2.0
//
// seal.found: is there a seal on the key? Every file was tried by its shape; what the PIN protects, and what was listed
// and not read, is unknown, not missing.
#include "rungs.hpp"

#include "token_sight.hpp"

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
    const Unseen unseen = unseen_of(*token.token);
    if (unseen.files_left > 0) {
        evidence.push_back({"files_left", unseen.files_left});
        evidence.push_back({"reason", std::string(cut_short)});
    } else if (unseen.hides_objects) {
        evidence.push_back({"reason", std::string(behind_pin)});
    }
    const bool saw_all = unread == 0 && unseen.files_left == 0 && !unseen.hides_objects;
    if (!saw_all) return {unknown(std::nullopt, std::move(evidence))};
    return {warned(faq::id::seal_not_on_key, std::move(evidence))};
}
}  // namespace scca::checks
