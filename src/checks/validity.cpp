// SPDX-License-Identifier: Apache-2.0
#include "validity.hpp"

namespace scca::checks {

Judgements check_validity(const ValiditySpan& span, const ValidityProblems& problems, const Options& options) {
    if (!span.from || !span.to) return {};
    report::Fields evidence;
    evidence.reserve(3);
    evidence.push_back({"not_before", *span.from});
    evidence.push_back({"not_after", *span.to});
    if (options.at < *span.from) {
        evidence.push_back({"days_until", beijing_days(options.at, *span.from)});
        return {failed(problems.not_yet_valid, std::move(evidence))};
    }
    const bool endless = is_endless(*span.to);  // on its last day, too
    if (!endless && options.at > *span.to) {
        evidence.push_back({"days_past", beijing_days(*span.to, options.at)});
        return {failed(problems.expired, std::move(evidence))};
    }
    const std::int64_t days_left = beijing_days(options.at, *span.to);
    evidence.push_back({"days_left", days_left});
    if (!endless && days_left <= options.warn_days) return {warned(problems.expiring, std::move(evidence))};
    return {passed(std::move(evidence))};
}

}  // namespace scca::checks
