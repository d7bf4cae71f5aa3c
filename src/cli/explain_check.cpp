// SPDX-License-Identifier: Apache-2.0
#include "explain_check.hpp"

#include "examine.hpp"
#include "explain.hpp"

#include "scca/faq/words.hpp"

namespace scca::cli {

ExitStatus run_explain_check(const ExplainRequest& request, const CommonOptions& common, const Console& console) {
    const auto refuse = [&](const Refusal& refusal) {
        return console.fail(refusal.status, refusal.message, refusal.hint, common.format);
    };
    if (request.list || !request.logs.empty()) {
        return refuse({ExitStatus::usage, std::string(faq::words::cli::check_one_text.in(console.lang())), {}});
    }
    Plan plan;
    if (const auto refusal = make_plan(request.here, console, plan)) return refuse(*refusal);
    Examination examination;
    if (const auto refusal = examine(request.here, common, std::move(plan), console, examination)) {
        return refuse(*refusal);
    }
    return run_explain(request, common, console, &examination.report);
}

}  // namespace scca::cli
