// SPDX-License-Identifier: Apache-2.0
#include "advice.hpp"

#include "detail.hpp"
#include "letter.hpp"
#include "phrases.hpp"

#include "scca/core/text.hpp"
#include "scca/faq/ids.hpp"
#include "scca/faq/words.hpp"
#include "scca/report/render.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace scca::report {
namespace {

namespace words = faq::words::report;

faq::System other_than(faq::System system) noexcept {
    return system == faq::System::linux ? faq::System::windows : faq::System::linux;
}

faq::Text on(faq::System system) noexcept {
    return system == faq::System::windows ? words::on_windows : words::on_linux;
}

/// The keys under which contacts.toml has Sichuan CA.
bool is_scca(const faq::Contact& contact) noexcept { return contact.id == "scca" || contact.id.starts_with("scca-"); }

bool is_for(const faq::Fix& fix, faq::Issuer issuer) noexcept {
    return issuer == faq::Issuer::any || fix.issuer == faq::Issuer::any || fix.issuer == issuer;
}

/// The steps that are wanted, those of `foreign` said to be so.
std::vector<Step> select(const faq::Cause& cause, faq::System foreign, faq::Lang lang, std::size_t most, auto wanted) {
    std::vector<Step> steps;
    for (const faq::Fix& fix : faq::fixes_of(cause)) {
        if (steps.size() == most) break;
        if (!wanted(fix)) continue;
        std::string text;
        if (foreign != faq::System::any && fix.on == foreign) text += on(foreign).in(lang);
        // Steps for CA, platform or driver's maker name them in their own words.
        if (fix.who == faq::Who::it) text += words::by_it.in(lang);
        text += fix.text.in(lang);
        steps.push_back({std::move(text), std::string(fix.run)});
    }
    return steps;
}

bool has_own_steps(const faq::Cause& cause, faq::System here, faq::Issuer issuer) {
    const auto fixes = faq::fixes_of(cause);
    return std::any_of(fixes.begin(), fixes.end(),
                       [&](const faq::Fix& fix) { return fix.on == here && is_for(fix, issuer); });
}

Call call_of(const faq::Contact& contact, faq::Lang lang) {
    Call call{std::string(contact.name.in(lang)), {}};
    const auto phones = faq::phones_of(contact);
    if (!phones.empty()) call.ways.emplace_back(words::phone.in(lang), fmt::format("{}", fmt::join(phones, ", ")));
    const auto qq = faq::qq_of(contact);
    if (!qq.empty()) call.ways.emplace_back(words::qq.in(lang), fmt::format("{}", fmt::join(qq, ", ")));
    if (!contact.url.empty()) call.ways.emplace_back(words::site.in(lang), contact.url);
    return call;
}

}  // namespace

bool is_about(const faq::Entry& entry, const faq::Cause& cause, const Finding& finding) {
    const std::string_view reason = text_in(finding, "reason");
    const auto is_for_rung = [&](const faq::Cause& one) {
        const auto rungs = faq::rungs_of(one);
        return std::find(rungs.begin(), rungs.end(), finding.rung) != rungs.end();
    };
    const auto is_for_reason = [&](const faq::Cause& one) {
        const auto reasons = faq::reasons_of(one);
        return std::find(reasons.begin(), reasons.end(), reason) != reasons.end();
    };
    if (!is_for_rung(cause)) return false;
    const auto causes = faq::causes_of(entry);
    const bool has_own = std::any_of(causes.begin(), causes.end(),
                                     [&](const faq::Cause& one) { return is_for_rung(one) && is_for_reason(one); });
    return has_own ? is_for_reason(cause) : faq::reasons_of(cause).empty();
}

IssuedBy issued_by(const Subject& subject) {
    return {subject.issuer, subject.issuer == faq::Issuer::other ? fact_text(subject, "issuer") : std::string_view()};
}

std::vector<Step> steps_for(const faq::Cause& cause, faq::System here, faq::Lang lang, faq::Issuer issuer,
                            std::size_t most) {
    const faq::System elsewhere = other_than(here);
    // With nothing of our own system's: every step in its written order, the other system's named as such.
    const bool own = has_own_steps(cause, here, issuer);
    return select(cause, own ? faq::System::any : elsewhere, lang, most,
                  [&](const faq::Fix& fix) { return is_for(fix, issuer) && !(own && fix.on == elsewhere); });
}

std::vector<Step> own_steps_of(const Finding& finding, faq::Lang lang) {
    std::vector<Step> steps;
    if (finding.outcome != Outcome::failed) return steps;
    if (const std::string_view rule = text_in(finding, "udev_rule"); !rule.empty()) {
        std::string text(words::by_it.in(lang));
        steps.push_back({text += fill(words::step_rule.in(lang), finding.evidence, lang), std::string(rule)});
    }
    if (const std::string_view option = text_in(finding, "option"); !option.empty()) {
        steps.push_back({std::string(words::step_option.in(lang)), "scca-doctor check-key " + std::string(option)});
    }
    return steps;
}

std::vector<Call> calls_of(const std::vector<const faq::Cause*>& causes, faq::Lang lang,
                           std::span<const IssuedBy> issuers) {
    std::vector<const faq::Contact*> contacts;
    const bool others = !issuers.empty() && std::all_of(issuers.begin(), issuers.end(), [](const IssuedBy& one) {
        return one.who == faq::Issuer::other;
    });
    bool left_out = false;
    for (const faq::Cause* cause : causes) {
        for (const faq::Contact& contact : faq::contacts_of(*cause)) {
            const bool known = std::any_of(contacts.begin(), contacts.end(),
                                           [&](const faq::Contact* other) { return other->id == contact.id; });
            const bool in_vain = others && is_scca(contact);
            left_out = left_out || in_vain;
            if (!known && !in_vain) contacts.push_back(&contact);
        }
    }
    std::stable_partition(contacts.begin(), contacts.end(),
                          [](const faq::Contact* contact) { return !faq::phones_of(*contact).empty(); });
    std::vector<Call> calls;
    if (left_out) {
        for (const IssuedBy& one : issuers) {
            calls.push_back({fill(words::call_issuer.in(lang), {{"issuer", std::string(one.name)}}, lang), {}});
        }
    }
    for (const faq::Contact* contact : contacts) calls.push_back(call_of(*contact, lang));
    return calls;
}

std::string text_of(const Call& call) {
    std::string text = call.name;
    for (const auto& [label, value] : call.ways) text += fmt::format("  {} {}", label, value);
    return text;
}

void put_bid_warning(Page& page, const faq::Entry& entry, std::size_t indent) {
    if (entry.unopened_bid) page.marked(Mark::warned, words::unopened_bid.in(page.style().lang), indent, true);
}

void put_steps(Page& page, const std::vector<Step>& steps, std::size_t indent) {
    std::size_t number = 0;
    for (const Step& step : steps) {
        page.paragraph(step.text, indent, fmt::format("{}. ", ++number));
        if (!step.run.empty()) page.command(step.run, indent + 3);
    }
}

void put_steps_of_all(Page& page, const faq::Cause& cause, std::size_t indent) {
    const faq::Lang lang = page.style().lang;
    const faq::System elsewhere = other_than(page.style().system);
    const auto where = [&](auto wanted) { return select(cause, faq::System::any, lang, all_steps, wanted); };
    const auto mine = where([&](const faq::Fix& fix) { return fix.on != elsewhere; });
    const auto theirs = where([&](const faq::Fix& fix) { return fix.on == elsewhere; });
    put_steps(page, mine, indent);
    if (theirs.empty()) return;
    if (!mine.empty()) page.paragraph(on(elsewhere).in(lang), indent);
    put_steps(page, theirs, mine.empty() ? indent : indent + 2);
}

void put_calls(Page& page, const std::vector<Call>& calls, std::size_t indent) {
    std::string lead(words::call.in(page.style().lang));
    const std::size_t inset = indent + display_width(lead);
    for (const Call& call : calls) {
        const std::string text = text_of(call);
        if (inset + display_width(text) <= page.style().width) {
            page.paragraph(text, indent, lead);
        } else {
            // A number is never torn from its label: each way on a line of its own.
            page.paragraph(call.name, indent, lead);
            for (const auto& [label, value] : call.ways) page.paragraph(value, inset, fmt::format("{} ", label));
        }
        lead.assign(display_width(lead), ' ');
    }
}

void add_sources(std::vector<std::string>& sources, const faq::Entry& entry, faq::Lang lang) {
    for (const faq::Source& source : faq::sources_of(entry)) {
        const std::string_view space = source.place.empty() ? "" : " ";
        std::string text = fmt::format("{}{}{}", source.name.in(lang), space, source.place);
        if (std::find(sources.begin(), sources.end(), text) == sources.end()) sources.push_back(std::move(text));
    }
}

std::string sources_text(const std::vector<std::string>& sources, faq::Lang lang) {
    std::string text;
    for (const std::string& source : sources) {
        if (!text.empty()) text += words::list_separator.in(lang);
        text += source;
    }
    return text;
}

std::string sources_text(const faq::Entry& entry, faq::Lang lang) {
    std::vector<std::string> sources;
    add_sources(sources, entry, lang);
    return sources_text(sources, lang);
}

}  // namespace scca::report
