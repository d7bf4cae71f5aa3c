// SPDX-License-Identifier: Apache-2.0
//
// token.application: is anything on the key?
#include "rungs.hpp"

namespace scca::checks {
Judgements check_token_application(const Case& token, const Dossier&) {
    std::int64_t containers = 0;
    std::int64_t files = 0;
    for (const auto& application : token.token->applications) {
        containers += static_cast<std::int64_t>(application.containers.size());
        files += static_cast<std::int64_t>(application.files.size());
    }
    report::Fields evidence{{"applications", static_cast<std::int64_t>(token.token->applications.size())},
                            {"containers", containers},
                            {"files", files}};
    if (containers + files > 0) return {passed(std::move(evidence))};
    return {failed(faq::id::key_blank, std::move(evidence))};
}
}  // namespace scca::checks
