// SPDX-License-Identifier: Apache-2.0
#include "check_plan.hpp"

#include "saved_snapshot.hpp"
#include "sign_test.hpp"

#include "scca/faq/words.hpp"
#include "scca/pki/certificate.hpp"
#include "scca/pki/container.hpp"
#include "scca/pki/revocation.hpp"
#include "scca/token/path_stream.hpp"
#include "scca/token/surroundings.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>

namespace scca::cli {
namespace {

namespace words = faq::words::cli;

constexpr std::int64_t most_seconds = 3600;

std::optional<std::chrono::milliseconds> parse_seconds(std::string_view text) {
    double seconds = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
    constexpr auto most = static_cast<double>(most_seconds);
    if (error != std::errc() || end != text.data() + text.size() || !(seconds > 0) || seconds > most)
        return std::nullopt;
    return std::chrono::milliseconds(static_cast<std::int64_t>(seconds * 1000));
}

std::optional<Refusal> plan_rungs(const std::vector<std::string>& ids, std::vector<Rung>& rungs,
                                  const Console& console) {
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

/// What a file holds of what an option asks for.
struct Holding {
    bool any = false;
    std::optional<Fault> flaw;  ///< a part that cannot be read
};

Holding certificates_in(Bytes& content) {
    const pki::FoundContent found = pki::find_content(content);
    Holding holding;
    if (!found.defects.empty()) holding.flaw = found.defects.front();
    for (const pki::FoundCertificate& one : found.certificates) {
        const auto parsed = pki::parse_certificate(one.der);
        const bool whole = parsed && parsed->defects.empty();
        holding.any = holding.any || whole;
        if (whole || holding.flaw) continue;
        holding.flaw = one.defect ? *one.defect : parsed ? parsed->defects.front() : parsed.error();
    }
    return holding;
}

Holding crls_in(Bytes& content) {
    pki::take_off_armour(content);
    Holding holding;
    for (const pki::FoundCrl& found : pki::find_crls(content)) {
        const auto parsed = pki::parse_crl(found.der);
        holding.any = true;  // what is damaged in one shows in what it answers
        if (!parsed && !holding.flaw) holding.flaw = parsed.error();
        if (parsed && !parsed->defects.empty() && !holding.flaw) holding.flaw = parsed->defects.front();
    }
    return holding;
}

Holding ocsp_in(Bytes& content) {
    const auto parsed = pki::parse_ocsp_answer(content);
    if (!parsed) return {};
    return {true, parsed->defects.empty() ? std::nullopt : std::optional(parsed->defects.front())};
}

/// Files of one kind that an option names: each path must hold at least one, and what is passed over is told of.
struct Wanted {
    const std::vector<std::string>& paths;
    Holding (*look)(Bytes& content);  ///< may write it otherwise, with the same meaning
    faq::Text complaint;
    std::vector<token::FileGiven>& target;
};

/// "PEM (120): no base64 here"
std::string place_of(const Fault& flaw) { return flaw.call + " (" + std::to_string(flaw.number) + "): " + flaw.text; }

std::optional<Refusal> plan_files(const Wanted& wanted, const Console& console) {
    for (const std::string& path : wanted.paths) {
        bool any = false;
        auto files = token::read_tree(path);
        if (files.size() == token::most_files_of_tree) {
            const auto count = static_cast<std::int64_t>(files.size());
            console.put_aside(say(console, words::trust_too_many, {{"path", path}, {"count", count}}));
        }
        const bool alone = files.size() == 1;
        for (token::FileGiven& file : files) {
            if (file.fault) return refuse_file(file.path, *file.fault, console.lang());
            const Holding holding = wanted.look(file.content);
            any = any || holding.any;
            if (holding.flaw) {
                console.put_aside(say(console, words::trust_partly_read,
                                      {{"path", file.path}, {"message", place_of(*holding.flaw)}}));
            } else if (!holding.any && !alone) {
                console.put_aside(say(console, words::trust_passed_over, {{"path", file.path}}));
            }
            if (holding.any) wanted.target.push_back(std::move(file));
        }
        if (!any) return Refusal{ExitStatus::bad_data, say(console, wanted.complaint, {{"path", path}}), {}};
    }
    return std::nullopt;
}

std::optional<Refusal> plan_all_files(const CheckRequest& request, Plan& plan, const Console& console) {
    const std::array all{Wanted{request.trust, certificates_in, words::no_certificate_in, plan.trust},
                         Wanted{request.crls, crls_in, words::no_crl_in, plan.crls},
                         Wanted{request.ocsp_answers, ocsp_in, words::no_ocsp_answer_in, plan.ocsp_answers}};
    for (const Wanted& wanted : all) {
        if (auto refusal = plan_files(wanted, console)) return refusal;
    }
    return std::nullopt;
}

/// The smart card service is asked when a rung wants to know, whichever modules were named: only it and USB can say
/// why none of them reached a key, or why one hangs though there is none.
std::optional<token::PcscPlaces> plan_pcsc(const CheckRequest& request, const checks::Options& judge) {
    if (request.part == checks::Part::certificates || request.part == checks::Part::seals) return std::nullopt;
    constexpr std::array rungs{Rung::machine_usb, Rung::machine_pcsc, Rung::machine_driver, Rung::reader_found,
                               Rung::reader_card, Rung::reader_free,  Rung::reader_answers};
    const auto is_wanted = [&](Rung rung) {
        const auto among = [&](const std::vector<Rung>& list) {
            return std::find(list.begin(), list.end(), rung) != list.end();
        };
        return (judge.only.empty() || among(judge.only)) && !among(judge.skip);
    };
    if (std::none_of(rungs.begin(), rungs.end(), is_wanted)) return std::nullopt;
    token::PcscPlaces places = token::usual_pcsc_places();
    if (request.pcsc_library.empty()) return places;
    places.library = request.pcsc_library;
    places.library_was_given = true;
    return places;
}

/// A path must lead to a library for this computer; a bare name is for the system's loader to find.
std::optional<Refusal> refuse_pcsc_library(const CheckRequest& request, const Console& console) {
    const std::string& path = request.pcsc_library;
    if (path.find('/') == std::string::npos) return std::nullopt;
    const auto fault = token::find_library_fault(path);
    if (!fault) return std::nullopt;
    if (fault->kind == FaultKind::system) return refuse_file(path, *fault, console.lang());
    return Refusal{ExitStatus::bad_data, say(console, words::no_library, {{"path", path}}), {}};
}

/// Nothing that was looked at is not well.
std::optional<Refusal> refuse_nothing(const checks::Options& judge, const Console& console) {
    const auto is_skipped = [&](Rung rung) {
        return std::find(judge.skip.begin(), judge.skip.end(), rung) != judge.skip.end();
    };
    if (judge.only.empty() || !std::all_of(judge.only.begin(), judge.only.end(), is_skipped)) return std::nullopt;
    return Refusal{ExitStatus::usage, say(console, words::nothing_to_check, {}), {}};
}

}  // namespace

std::string say(const Console& console, faq::Text text, const report::Fields& fields) {
    return report::fill(text.in(console.lang()), fields, console.lang());
}

std::optional<Refusal> make_plan(const CheckRequest& request, const Console& console, Plan& plan) {
    if (auto refusal = refuse_beside_snapshot(request, console)) return refusal;
    const auto timeout = parse_seconds(request.timeout_seconds);
    if (!timeout) {
        return Refusal{ExitStatus::usage,
                       say(console, words::not_a_number,
                           {{"option", "--timeout"}, {"value", request.timeout_seconds}, {"most", most_seconds}}),
                       {}};
    }
    const auto at = request.at.empty() ? std::optional<Moment>(token::now()) : parse_moment(request.at);
    if (!at) {
        return Refusal{
            ExitStatus::usage, say(console, words::not_a_time, {{"option", "--at"}, {"value", request.at}}), {}};
    }
    plan.judge.command = request.command;
    plan.judge.part = request.part;
    plan.judge.at = *at;
    plan.judge.warn_days = request.warn_days;
    plan.judge.online = request.online;
    plan.judge.sign_test = request.sign_test;
    if (auto refusal = refuse_key_options(request, console)) return refusal;
    if (auto refusal = plan_rungs(request.only, plan.judge.only, console)) return refusal;
    if (auto refusal = plan_rungs(request.skip, plan.judge.skip, console)) return refusal;
    if (auto refusal = refuse_nothing(plan.judge, console)) return refusal;
    if (auto refusal = plan_all_files(request, plan, console)) return refusal;
    if (auto refusal = refuse_pcsc_library(request, console)) return refusal;
    plan.look.modules = request.modules;
    plan.look.timeout = *timeout;
    plan.look.pcsc = plan_pcsc(request, plan.judge);
    for (const std::string& list : request.files0_from) {
        if (const auto fault = token::find_list_fault(list)) return refuse_file(list, *fault, console.lang());
    }
    if (!request.paths.empty() || !request.files0_from.empty()) {
        plan.judge.revocation = checks::open_revocation(plan.crls, plan.ocsp_answers);  // once for all files
        return std::nullopt;
    }
    if (!request.from.empty()) return std::nullopt;  // nothing is looked at
    const auto host = token::find_module_host();
    if (!host) return Refusal{ExitStatus::internal, std::string(words::host_missing.in(console.lang())), {}};
    plan.look.module_host = *host;
    return std::nullopt;
}

}  // namespace scca::cli
