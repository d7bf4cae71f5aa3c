// SPDX-License-Identifier: Apache-2.0
#include "advice.hpp"

#include "scca/core/text.hpp"
#include "scca/faq/words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

namespace scca::report {
namespace {

namespace words = faq::words::report;

std::vector<const faq::Fix*> select(const faq::Cause& cause, auto wanted) {
    std::vector<const faq::Fix*> chosen;
    for (const faq::Fix& fix : faq::fixes_of(cause)) {
        if (wanted(fix)) chosen.push_back(&fix);
    }
    return chosen;
}

void put_numbered(Page& page, const std::vector<const faq::Fix*>& fixes, std::size_t indent, faq::System warn_about) {
    const faq::Lang lang = page.style().lang;
    std::size_t number = 0;
    for (const faq::Fix* fix : fixes) {
        std::string text;
        if (warn_about != faq::System::any && fix->on == warn_about) {
            text += (warn_about == faq::System::windows ? words::on_windows : words::on_linux).in(lang);
        }
        // Steps for CA, platform or driver's maker name them in their own words.
        if (fix->who == faq::Who::it) text += words::by_it.in(lang);
        text += fix->text.in(lang);
        page.paragraph(text, indent, fmt::format("{}. ", ++number));
        if (!fix->run.empty()) page.command(fix->run, indent + 3);
    }
}

}  // namespace

void put_bid_warning(Page& page, const faq::Entry& entry, std::size_t indent) {
    if (entry.unopened_bid) page.marked(Mark::warned, words::unopened_bid.in(page.style().lang), indent, true);
}

void put_steps(Page& page, const faq::Cause& cause, Steps steps, std::size_t indent) {
    const faq::System here = page.style().system;
    const faq::System elsewhere = here == faq::System::linux ? faq::System::windows : faq::System::linux;
    const auto mine = select(cause, [&](const faq::Fix& fix) { return fix.on != elsewhere; });
    const auto theirs = select(cause, [&](const faq::Fix& fix) { return fix.on == elsewhere; });
    const bool special = std::any_of(mine.begin(), mine.end(), [&](const faq::Fix* fix) { return fix->on == here; });
    if (steps == Steps::for_this_system && !special) {
        // Nothing of our own system's: every step in its written order, the other system's named as such.
        put_numbered(page, select(cause, [](const faq::Fix&) { return true; }), indent, elsewhere);
        return;
    }
    put_numbered(page, mine, indent, faq::System::any);
    if (steps == Steps::for_every_system && !theirs.empty()) {
        const bool windows = elsewhere == faq::System::windows;
        if (!mine.empty()) page.paragraph((windows ? words::on_windows : words::on_linux).in(page.style().lang), indent);
        put_numbered(page, theirs, mine.empty() ? indent : indent + 2, faq::System::any);
    }
}

void put_contacts(Page& page, const faq::Cause& cause, std::size_t indent) {
    const faq::Lang lang = page.style().lang;
    for (const faq::Contact& contact : faq::contacts_of(cause)) {
        std::string text(contact.name.in(lang));
        const auto add = [&](faq::Text label, std::string_view value) {
            text += fmt::format("  {} {}", label.in(lang), value);
        };
        const auto phones = faq::phones_of(contact);
        if (!phones.empty()) add(words::phone, fmt::format("{}", fmt::join(phones, ", ")));
        const auto qq = faq::qq_of(contact);
        if (!qq.empty()) add(words::qq, fmt::format("{}", fmt::join(qq, ", ")));
        if (!contact.url.empty()) add(words::site, contact.url);
        page.paragraph(text, indent, fmt::format("{} ", words::call.in(lang)));
    }
}

std::string sources_text(const faq::Entry& entry, faq::Lang lang) {
    std::string text;
    for (const faq::Source& source : faq::sources_of(entry)) {
        if (!text.empty()) text += words::list_separator.in(lang);
        text += source.name.in(lang);
        if (!source.place.empty()) text += fmt::format(" {}", source.place);
    }
    return text;
}

}  // namespace scca::report
