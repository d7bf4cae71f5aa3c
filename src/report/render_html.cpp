// SPDX-License-Identifier: Apache-2.0
//
// One page that stands alone: mailed, printed or kept beside the bid. No script, nothing fetched, every text escaped;
// the policy in its head says the same to the browser.
#include "letter.hpp"
#include "markup.hpp"
#include "page_style.hpp"
#include "timeline.hpp"

#include "scca/faq/words.hpp"

#include <array>

namespace scca::report {
namespace {

namespace words = faq::words::report;

std::string_view class_of(Mark mark) noexcept {
    constexpr std::array<std::string_view, 6> classes{"good", "plain", "care", "bad", "plain", "care"};
    return classes[static_cast<std::size_t>(mark)];
}

std::string_view sign_of(Mark mark) noexcept {
    constexpr std::array<std::string_view, 6> signs{"✓", "·", "!", "✗", "–", "?"};
    return signs[static_cast<std::size_t>(mark)];
}

faq::Text words_of(Mark mark) noexcept {
    constexpr std::array<faq::Text, 6> names{words::mark_passed, words::mark_noted,   words::mark_warned,
                                             words::mark_failed, words::mark_blocked, words::mark_unknown};
    return names[static_cast<std::size_t>(mark)];
}

class HtmlPage {
public:
    HtmlPage(const Report& report, const Style& style, FailOn fail_on)
        : report_(report), lang_(style.lang), letter_(write_letter(report, style, fail_on)) {}

    std::string render() && {
        put_head();
        put_verdict();
        for (const Problem& problem : letter_.problems) {
            const std::size_t count = letter_.problems.size();
            put_problem(problem, count == 1 ? "" : std::to_string(++number_) + ". " + problem.title);
        }
        for (const Problem& problem : letter_.unanswered) put_problem(problem, problem.title);
        put_facts();
        put_timeline();
        put_pictures();
        put_ladder();
        put_footer();
        return std::move(html_);
    }

private:
    [[nodiscard]] std::string_view say(faq::Text text) const { return text.in(lang_); }

    void put_head() {
        const std::string at = beijing_text(report_.at).substr(0, 16);
        html_ += "<!DOCTYPE html>\n<html lang=\"";
        html_ += lang_ == faq::Lang::zh ? "zh-CN" : "en";
        html_ +=
            "\">\n<head>\n<meta charset=\"utf-8\">\n"
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; "
            "img-src data:; base-uri 'none'; form-action 'none'\">\n"
            "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
            "<meta name=\"referrer\" content=\"no-referrer\">\n";
        html_ += element("title", {}, std::string(say(words::page_title)) + " " + at) + "\n<style>";
        html_ += page_css;
        html_ += "</style>\n</head>\n<body>\n<header>\n" + element("h1", {}, say(words::page_title));
        html_ += element("p", {}, fill(say(words::page_judged), {{"at", at}}, lang_));
        if (!letter_.about.empty()) html_ += element("p", {}, letter_.about);
        if (!letter_.replayed.empty()) html_ += element("p", {}, letter_.replayed);
        html_ += "\n</header>\n<main>\n";
    }

    void put_sign(Mark mark) { html_ += element("span", "sign", sign_of(mark)); }

    void put_verdict() {
        if (report_.whole && !report_.whole->ending.empty()) put_ending(report_.whole->ending);
        html_ += "<p class=\"verdict " + std::string(class_of(letter_.mark)) + "\">";
        put_sign(letter_.mark);
        std::string text = letter_.verdict;
        if (letter_.problems.size() == 1) text += letter_.problems.front().title;
        html_ += html_text(text) + "</p>\n";
        if (report_.whole) put_whole(*report_.whole);
        for (const std::string& key : letter_.works) html_ += element("p", {}, key) + "\n";
        for (const SignTestLine& line : letter_.sign_test) {
            html_ += "<p>";
            put_sign(line.mark);
            html_ += html_text(line.text) + "</p>\n";
        }
    }

    /// Before all else: who reads the first line alone must not take it for the whole.
    void put_ending(const std::string& ending) {
        html_ += "<p class=\"verdict care\">";
        put_sign(Mark::warned);
        html_ += html_text(ending) + "</p>\n";
    }

    void put_whole(const Whole& whole) {
        html_ += element("p", {}, whole.sentence) + "\n";
        const auto number = [](std::size_t count) { return static_cast<std::int64_t>(count); };
        const std::size_t told = report_.subjects.size();
        if (told == whole.subjects) return;
        const Fields fields{
            {"all", number(whole.subjects)}, {"told", number(told)}, {"more", number(whole.subjects - told)}};
        html_ += element("p", {}, fill(say(words::page_beyond), fields, lang_)) + "\n";
    }

    void put_problem(const Problem& problem, const std::string& heading) {
        html_ += "<section class=\"problem " + std::string(class_of(problem.mark)) + "\">\n";
        if (!heading.empty()) {
            html_ += "<h3>";
            put_sign(problem.mark);
            html_ += html_text(heading) + "</h3>\n";
        }
        for (const std::string& place : problem.where) html_ += element("p", "where", place) + "\n";
        if (problem.unopened_bid) html_ += element("p", "bid", say(words::unopened_bid)) + "\n";
        for (const Reason& reason : problem.reasons) put_reason(reason);
        if (!problem.calls.empty()) html_ += element("h4", {}, say(words::page_call)) + "\n";
        for (const Call& call : problem.calls) put_call(call);
        html_ += "</section>\n";
    }

    void put_reason(const Reason& reason) {
        html_ += "<p>" + element("b", {}, reason.label) + html_text(reason.text) + "</p>\n";
        if (reason.steps.empty()) return;
        html_ += element("h4", {}, say(words::page_what_to_do)) + "\n<ol>\n";
        for (const Step& step : reason.steps) {
            html_ += "<li>" + html_text(step.text);
            if (!step.run.empty()) html_ += "<br>" + element("code", {}, step.run);
            html_ += "</li>\n";
        }
        html_ += "</ol>\n";
    }

    void put_call(const Call& call) {
        html_ += "<p class=\"call\">" + element("b", {}, call.name);
        for (const auto& [label, value] : call.ways) {
            const bool phone = label == say(words::phone);
            html_ += ' ' + element("span", phone ? "phone" : "", std::string(label) + " " + value);
        }
        html_ += "</p>\n";
    }

    void put_facts() {
        if (letter_.facts.empty()) return;
        if (has_token()) html_ += element("h2", {}, say(words::page_key)) + "\n";
        html_ += "<table class=\"facts\">\n";
        for (const KeyFact& fact : letter_.facts) {
            html_ += fact.below ? "<tr class=\"below\">" : "<tr>";
            html_ += element("th", {}, fact.label) + element("td", {}, fact.value) + "</tr>\n";
        }
        html_ += "</table>\n";
    }

    [[nodiscard]] bool has_token() const {
        for (const Subject& subject : report_.subjects) {
            if (subject.kind == SubjectKind::token) return true;
        }
        return false;
    }

    void put_timeline() {
        const std::string svg = timeline_svg(report_, lang_);
        if (!svg.empty()) html_ += element("h2", {}, say(words::page_validity)) + "\n" + svg;
    }

    void put_pictures() {
        std::string figures;
        for (const Subject& subject : report_.subjects) {
            const std::string uri = picture_uri(subject.picture);
            if (uri.empty()) continue;
            figures += "<figure><img alt=\"" + html_text(subject.name) + "\" src=\"" + uri + "\">";
            figures += element("figcaption", {}, subject.name) + "</figure>\n";
        }
        if (figures.empty()) return;
        html_ += element("h2", {}, say(words::page_seal)) + "\n<div class=\"seals\">\n" + figures + "</div>\n";
    }

    void put_ladder() {
        html_ += element("h2", {}, say(words::page_checked)) + "\n<table class=\"ladder\">\n";
        for (const RungLine& line : letter_.ladder) {
            html_ += "<tr class=\"" + std::string(class_of(line.mark)) + "\"><th>";
            put_sign(line.mark);
            html_ += html_text(say(words_of(line.mark))) + "</th>" + element("td", {}, line.title) + "<td>" +
                     html_text(line.text);
            for (const std::string& evidence : line.evidence) html_ += element("span", "evidence", evidence);
            html_ += "</td></tr>\n";
        }
        html_ += "</table>\n</main>\n";
    }

    void put_footer() {
        const std::string sources = std::string(say(words::source)) + sources_text(letter_.sources, lang_);
        const std::string made_by = fill(say(words::page_made_by), {{"version", std::string(SCCA_VERSION)}}, lang_);
        html_ += "<footer>\n" + element("p", {}, sources) + "\n" + element("p", {}, made_by) +
                 "\n</footer>\n</body>\n</html>\n";
    }

    const Report& report_;
    faq::Lang lang_;
    Letter letter_;
    std::string html_;
    std::size_t number_ = 0;
};

}  // namespace

std::string render_html(const Report& report, const Style& style, FailOn fail_on) {
    return HtmlPage(report, style, fail_on).render();
}

}  // namespace scca::report
