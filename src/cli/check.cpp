// SPDX-License-Identifier: Apache-2.0
#include "check.hpp"

#include "scca/core/text.hpp"
#include "scca/faq/words.hpp"
#include "scca/pki/container.hpp"
#include "scca/token/discovery.hpp"
#include "scca/token/machine.hpp"
#include "scca/token/source.hpp"
#include "scca/token/surroundings.hpp"
#include "scca/token/usb.hpp"

#include <cerrno>
#include <charconv>

namespace scca::cli {
namespace {

namespace words = faq::words::cli;

/// A request that cannot be carried out: what to say, and the status to end with.
struct Refusal {
    ExitStatus status = ExitStatus::usage;
    std::string message, hint;
};

struct Plan {
    token::LookOptions look;
    checks::Options judge;
    std::vector<token::FileGiven> trust;
};

std::string say(const Console& console, faq::Text text, const report::Fields& fields) {
    return report::fill(text.in(console.lang()), fields, console.lang());
}

std::optional<std::chrono::milliseconds> parse_seconds(std::string_view text) {
    double seconds = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
    constexpr double most = 3600;
    if (error != std::errc() || end != text.data() + text.size() || !(seconds > 0) || seconds > most) return std::nullopt;
    return std::chrono::milliseconds(static_cast<std::int64_t>(seconds * 1000));
}

std::optional<Refusal> plan_rungs(const std::vector<std::string>& ids, std::vector<Rung>& rungs, const Console& console) {
    for (const std::string& id : ids) {
        const auto rung = find_rung(id);
        if (!rung) {
            return Refusal{ExitStatus::usage, say(console, words::not_a_rung, {{"value", id}}),
                           std::string(words::hint_list_checks.in(console.lang()))};
        }
        rungs.push_back(*rung);
    }
    return std::nullopt;
}

std::optional<Refusal> plan_trust(const std::vector<std::string>& paths, Plan& plan, const Console& console) {
    for (const std::string& path : paths) {
        bool any = false;
        for (token::FileGiven& file : token::read_tree(path)) {
            if (file.fault) {
                const bool missing = file.fault->number == ENOENT;
                return Refusal{missing ? ExitStatus::no_input
                                       : file.fault->number == EACCES ? ExitStatus::no_permission : ExitStatus::bad_data,
                               say(console, missing ? words::no_such_file : words::cannot_read,
                                   {{"path", file.path}, {"message", file.fault->text}}),
                               {}};
            }
            any = any || !pki::find_certificates(file.content).empty();
            plan.trust.push_back(std::move(file));
        }
        if (!any) return Refusal{ExitStatus::bad_data, say(console, words::no_certificate_in, {{"path", path}}), {}};
    }
    return std::nullopt;
}

std::optional<Refusal> make_plan(const CheckRequest& request, const Console& console, Plan& plan) {
    const auto timeout = parse_seconds(request.timeout_seconds);
    if (!timeout) {
        return Refusal{ExitStatus::usage,
                       say(console, words::not_a_number, {{"option", "--timeout"}, {"value", request.timeout_seconds}}), {}};
    }
    const auto at = request.at.empty() ? std::optional<Moment>(token::now()) : parse_moment(request.at);
    if (!at) {
        return Refusal{ExitStatus::usage, say(console, words::not_a_time, {{"option", "--at"}, {"value", request.at}}), {}};
    }
    plan.judge.command = request.command;
    plan.judge.part = request.part;
    plan.judge.at = *at;
    plan.judge.warn_days = request.warn_days;
    if (auto refusal = plan_rungs(request.only, plan.judge.only, console)) return refusal;
    if (auto refusal = plan_rungs(request.skip, plan.judge.skip, console)) return refusal;
    if (auto refusal = plan_trust(request.trust, plan, console)) return refusal;
    const auto host = token::find_module_host();
    if (!host) return Refusal{ExitStatus::internal, std::string(words::host_missing.in(console.lang())), {}};
    plan.look = {.module_host = *host, .modules = request.modules, .timeout = *timeout};
    return std::nullopt;
}

/// Modules that were named are asked and no others; without any the usual places are searched. Files that were named are
/// no matter of this computer, so nothing but a key makes it look around.
token::Snapshot look_around(const CheckRequest& request, token::LookOptions look) {
    const bool about_key = request.part == checks::Part::everything || request.part == checks::Part::key ||
                           request.part == checks::Part::no_key;
    std::vector<token::ModuleFound> found;
    if (look.modules.empty()) {
        found = token::find_modules({});
        look.modules = token::modules_to_load(found);
    }
    token::Snapshot snapshot = token::look(look);
    snapshot.taken_at = token::now();
    snapshot.modules_found = std::move(found);
    if (about_key) {
        snapshot.usb = token::look_at_usb(token::places_of_sysfs(request.sysfs_root));
        snapshot.machine = token::look_at_machine({});
    }
    return snapshot;
}

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
        case Format::json: return console.put_machine_text(report::render_json(report, console.lang(), fail_on), status);
        case Format::ndjson: return console.put_machine_text(report::render_ndjson(report, fail_on), status);
        case Format::csv:
            return console.put_machine_text(report::csv_header(console.lang()) + report::render_csv(report, console.style()),
                                            status);
        case Format::nagios:  // plugins have statuses of their own
            return console.put_machine_text(report::render_nagios(report, console.lang(), fail_on),
                                            static_cast<ExitStatus>(report::nagios_status(report, fail_on)));
        case Format::prometheus:
            return console.put_machine_text(report::render_prometheus(report, fail_on, ran_at), status);
        case Format::html: return console.put_machine_text(report::render_html(report, console.style(), fail_on), status);
        case Format::text: break;
    }
    return console.put_text(report::render_text(report, console.style(), fail_on), status);
}

ExitStatus list_checks(const Console& console) {
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

ExitStatus list_modules(const Console& console) {
    const auto modules = token::find_modules({});
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
    if (request.list_checks) return list_checks(console);
    if (request.list_modules) return list_modules(console);
    Plan plan;
    if (const auto refusal = make_plan(request, console, plan)) {
        return console.fail(refusal->status, refusal->message, refusal->hint, common.format);
    }
    token::Snapshot snapshot = look_around(request, plan.look);
    snapshot.trust = std::move(plan.trust);
    report::Report report = checks::judge(snapshot, plan.judge);
    const bool person = common.format == Format::text && console.shows_to_a_person();
    if (request.redact.value_or(!person)) {
        Redactor redactor(token::user_and_host());
        report = report::redacted(report, redactor);
    }
    return tell(report, snapshot.taken_at, request, common, console);
}

}  // namespace scca::cli
