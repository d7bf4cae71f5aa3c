// SPDX-License-Identifier: Apache-2.0
#include "check.hpp"

#include "batch.hpp"
#include "examine.hpp"
#include "picture.hpp"
#include "saved_snapshot.hpp"

#include "scca/core/text.hpp"
#include "scca/faq/words.hpp"
#include "scca/token/discovery.hpp"
#include "scca/token/surroundings.hpp"

#include <array>

namespace scca::cli {
namespace {

namespace words = faq::words::cli;

ExitStatus status_of(const report::Report& report, report::FailOn fail_on) {
    if (report::has_crashed(report)) return ExitStatus::internal;
    switch (report::verdict(report, fail_on)) {
        case report::Verdict::healthy: return ExitStatus::healthy;
        case report::Verdict::findings: return ExitStatus::findings;
        case report::Verdict::unknown: break;
    }
    return ExitStatus::unknown;
}

ExitStatus tell(const report::Report& report, Moment ran_at, const CheckRequest& request, const CommonOptions& common,
                const Console& console) {
    const ExitStatus status = status_of(report, request.fail_on);
    const report::FailOn fail_on = request.fail_on;
    switch (common.format) {
        case Format::json:
            return console.put_machine_text(report::render_json(report, console.lang(), fail_on), status);
        case Format::ndjson: return console.put_machine_text(report::render_ndjson(report, fail_on), status);
        case Format::csv:
            return console.put_machine_text(
                report::csv_header(console.lang()) + report::render_csv(report, console.style()), status);
        case Format::nagios:  // plugins have statuses of their own
            return console.put_machine_text(report::render_nagios(report, console.lang(), fail_on),
                                            static_cast<ExitStatus>(report::nagios_status(report, fail_on)));
        case Format::prometheus:
            return console.put_machine_text(report::render_prometheus(report, fail_on, ran_at), status);
        case Format::html:
            return console.put_machine_text(report::render_html(report, console.style(), fail_on), status);
        case Format::text: break;
    }
    return console.put_text(report::render_text(report, console.style(), fail_on), status);
}

ExitStatus list_checks(const CommonOptions& common, const Console& console) {
    if (common.format == Format::json) {
        return console.put_machine_text(report::render_checks_json(console.lang()), ExitStatus::healthy);
    }
    std::string text;
    for (const RungRow& row : ladder) {
        text += pad_right(row.id, 24) + std::string(faq::title_of(row.rung).in(console.lang())) + '\n';
    }
    return console.put_text(text, ExitStatus::healthy);
}

std::string bar_text(const token::ModuleFound& module, const Console& console) {
    const report::Fields fields{{"path", module.path}, {"culprit", module.culprit}};
    switch (module.bar) {
        case token::ModuleBar::none: return {};
        case token::ModuleBar::others_write: return say(console, words::module_barred, fields);
        case token::ModuleBar::wrong_machine: return say(console, words::module_wrong_machine, fields);
        case token::ModuleBar::copy: return say(console, words::module_copy, fields);
        case token::ModuleBar::no_key: break;
    }
    return say(console, words::module_no_key, fields);
}

ExitStatus list_modules_json(const std::vector<token::ModuleFound>& modules, const Console& console) {
    constexpr std::array<std::string_view, 5> bars{"", "others-write", "wrong-machine", "copy", "no-key"};
    std::vector<report::ModuleListed> listed;
    for (const token::ModuleFound& module : modules) {
        const bool both = module.exports_skf && module.exports_pkcs11;
        listed.push_back({module.path,
                          both                 ? "both"
                          : module.exports_skf ? "skf"
                                               : "pkcs11",
                          std::string(bars[static_cast<std::size_t>(module.bar)]), module.culprit});
    }
    return console.put_machine_text(report::render_modules_json(listed), ExitStatus::healthy);
}

ExitStatus list_modules(const CheckRequest& request, const CommonOptions& common, const Console& console) {
    // A module that was named is not searched for, and none of the bars holds for it.
    if (!request.modules.empty()) {
        const report::Fields both{{"one", std::string("--list-modules")}, {"other", std::string("--module")}};
        return console.fail(ExitStatus::usage, say(console, words::options_conflict, both), {}, common.format);
    }
    const auto modules = token::find_modules({});
    if (common.format == Format::json) return list_modules_json(modules, console);
    std::string text;
    for (const token::ModuleFound& module : modules) {
        const std::string_view kind = module.exports_skf ? (module.exports_pkcs11 ? "SKF+PKCS#11" : "SKF") : "PKCS#11";
        text += pad_right(kind, 12) + harmless(module.path) + '\n';
        const std::string bar = bar_text(module, console);
        if (!bar.empty()) text += pad_right("", 12) + harmless(bar) + '\n';
    }
    if (modules.empty()) text = std::string(words::no_modules.in(console.lang())) + '\n';
    return console.put_text(text, ExitStatus::healthy);
}

}  // namespace

ExitStatus run_check(const CheckRequest& request, const CommonOptions& common, const Console& console) {
    if (request.list_checks) return list_checks(common, console);
    if (request.list_modules) return list_modules(request, common, console);
    Plan plan;
    if (const auto refusal = make_plan(request, console, plan)) {
        return console.fail(*refusal, common.format);
    }
    if (!request.paths.empty() || !request.files0_from.empty()) {
        return run_batch(request, common, console, plan);
    }
    Examination examination;
    if (const auto refusal = examine(request, common, std::move(plan), console, examination)) {
        return console.fail(*refusal, common.format);
    }
    report::Report& report = examination.report;
    const ExitStatus kept = save_snapshot(examination.snapshot, request, console);
    const ExitStatus drawn = save_pictures(report, request.picture, true, console);
    const ExitStatus saved = drawn == ExitStatus::healthy ? kept : drawn;
    const bool person = common.format == Format::text && console.shows_to_a_person();
    if (request.redact.value_or(!person)) {
        Redactor redactor(token::user_and_host());
        report = report::redacted(std::move(report), redactor);
    }
    const ExitStatus told = tell(report, examination.snapshot.taken_at, request, common, console);
    return saved == ExitStatus::healthy ? told : saved;
}

}  // namespace scca::cli
