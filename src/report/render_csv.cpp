// SPDX-License-Identifier: Apache-2.0
//
// Tables for a help desk's spreadsheet: RFC 4180 with a byte order mark, because Excel takes a file without one for the
// system's own character set. Days are Beijing's.
#include "detail.hpp"
#include "letter.hpp"
#include "spans.hpp"

#include "scca/core/text.hpp"
#include "scca/faq/words.hpp"

#include <algorithm>
#include <array>
#include <vector>

namespace scca::report {
namespace {

namespace words = faq::words::report;

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

/// What a spreadsheet takes for the start of a formula, also in full width.
bool starts_formula(std::string_view text) noexcept {
    constexpr std::array<std::string_view, 4> wide{"＝", "＋", "－", "＠"};
    switch (text.front()) {
        case '=':
        case '+':
        case '-':
        case '@':
        case '\t':
        case '\r': return true;
        case '\xEF': break;
        default: return false;
    }
    return std::any_of(wide.begin(), wide.end(), [&](std::string_view start) { return text.starts_with(start); });
}

/// One line, cell by cell, at the end of a text.
class Record {
public:
    explicit Record(std::string& text) : text_(text) {}

    /// RFC 4180 2.5 to 2.7. Control characters are spelt out, so a record stays on its line.
    Record& text(std::string_view value) {
        const std::string_view apostrophe = !value.empty() && starts_formula(value) ? "'" : "";
        return quoted(apostrophe, value, append_harmless);
    }
    /// Our own sentences hold nothing that has to be spelt out.
    Record& words(std::string_view value) {
        return quoted("", value, [](std::string& text, std::string_view part) { text += part; });
    }
    Record& words(faq::Text value, faq::Lang lang) { return words(value.in(lang)); }
    Record& day(const std::optional<Moment>& moment) { return plain(moment ? beijing_date(*moment) : std::string()); }
    /// In words where there is none.
    Record& end(const std::optional<Moment>& moment, faq::Lang lang) {
        return moment && is_endless(*moment) ? words(end_text(*moment, lang)) : day(moment);
    }
    /// Its digits; empty for none.
    Record& number(std::string_view digits) { return plain(digits); }
    void finish() { text_ += "\r\n"; }

private:
    Record& quoted(std::string_view before, std::string_view value, auto append) {
        separate();
        if (value.empty()) return *this;
        text_.append("\"").append(before);
        for (std::size_t quote = value.find('"'); quote != std::string_view::npos; quote = value.find('"')) {
            append(text_, value.substr(0, quote));
            text_ += "\"\"";
            value.remove_prefix(quote + 1);
        }
        append(text_, value);
        text_ += '"';
        return *this;
    }
    Record& plain(std::string_view cell) {
        separate();
        text_ += cell;
        return *this;
    }
    void separate() {
        if (!first_) text_ += ',';
        first_ = false;
    }
    std::string& text_;
    bool first_ = true;
};

std::string unescaped(std::string_view written) {
    std::string value;
    for (std::size_t at = 0; at < written.size(); ++at) {
        if (written[at] == '\\' && at + 1 < written.size()) ++at;
        value += written[at];
    }
    return value;
}

/// The first value of this type in "CN=…, O=…" (RFC 4514), unescaped.
std::string attribute_of(std::string_view name, std::string_view type) {
    for (std::size_t at = 0; at < name.size();) {
        const std::string_view rest = name.substr(at);
        const bool wanted = rest.size() > type.size() && rest.starts_with(type) && rest[type.size()] == '=';
        if (wanted) at += type.size() + 1;
        const std::size_t start = at;
        bool escaped = false;
        for (; at < name.size() && name[at] != ','; ++at) {
            if (name[at] != '\\' || at + 1 == name.size()) continue;
            escaped = true;
            ++at;
        }
        if (wanted)
            return escaped ? unescaped(name.substr(start, at - start)) : std::string(name.substr(start, at - start));
        at = std::min(name.find_first_not_of(", ", at), name.size());
    }
    return {};
}

/// "2a 7f 00": in groups, or a spreadsheet takes a long number for a measurement and rounds it.
std::string grouped(std::string_view number, std::size_t size) {
    std::string text;
    text.reserve(number.size() + number.size() / size);
    for (std::size_t i = 0; i < number.size(); ++i) {
        if (i > 0 && i % size == 0) text += ' ';
        text += number[i];
    }
    return text;
}

/// Certificates' serial numbers are hexadecimal; seals and keys are numbered as their makers like.
std::string number_text(const Subject& subject) {
    if (subject.kind == SubjectKind::certificate) return grouped(fact_text(subject, "serial"), 2);
    const std::string_view number = fact_text(subject, subject.kind == SubjectKind::seal ? "id" : "serial");
    constexpr std::size_t longest_exact = 11;
    const bool digits = number.find_first_not_of("0123456789") == std::string::npos;
    return digits && number.size() > longest_exact ? grouped(number, 4) : std::string(number);
}

faq::Text result_words(const Subject& subject) {
    const std::span alone(&subject, 1);
    if (has_crashed(alone)) return words::csv_crashed;
    const auto outcome = [&](FailOn fail_on) { return verdict(alone, fail_on); };
    if (outcome(FailOn::fail) == Verdict::findings) return words::csv_failed;
    if (outcome(FailOn::warn) == Verdict::findings) return words::csv_warned;
    return outcome(FailOn::warn) == Verdict::unknown ? words::csv_unknown : words::csv_good;
}

faq::Text kind_words(SubjectKind kind) {
    constexpr std::array<faq::Text, 9> kinds{words::kind_machine, words::kind_reader,   words::kind_module,
                                             words::kind_token,   words::kind_key,      words::kind_certificate,
                                             words::kind_seal,    words::kind_document, words::kind_signature};
    return kinds[static_cast<std::size_t>(kind)];
}

std::string first_step(const std::vector<const faq::Cause*>& causes, faq::Issuer issuer, const Style& style) {
    for (const faq::Cause* cause : causes) {
        auto steps = steps_for(*cause, style.system, style.lang, issuer, 1);
        if (!steps.empty()) return std::move(steps.front().text);
    }
    return {};
}

std::string whom_to_call(const std::vector<const faq::Cause*>& causes, const IssuedBy& issued, faq::Lang lang) {
    const auto calls = calls_of(causes, lang, std::span(&issued, 1));
    return calls.empty() ? std::string() : text_of(calls.front());
}

/// "证书已过期：2026-01-01 到期…", "文件签名是否有效：没能查到结果"; empty when there is nothing to tell.
std::string problem_text(const Finding& finding, faq::Lang lang) {
    const auto about = [&](std::string_view title, std::string_view detail) {
        const std::string_view colon = words::colon.in(lang);
        std::string text;
        text.reserve(title.size() + colon.size() + detail.size());
        text.append(title).append(colon).append(detail);
        return text;
    };
    const std::string_view rung = faq::title_of(finding.rung).in(lang);
    switch (finding.outcome) {
        case Outcome::failed:
        case Outcome::warned: {
            if (!finding.faq) return {};
            const std::string_view title = faq::entry(*finding.faq).title.in(lang);
            const std::string detail = detail_of(finding, lang);
            return detail.empty() ? std::string(title) : about(title, detail);
        }
        case Outcome::unknown: {
            const std::string detail = detail_of(finding, lang);
            return about(rung, detail.empty() ? words::no_answer.in(lang) : std::string_view(detail));
        }
        case Outcome::crashed: return about(rung, fill(words::our_bug.in(lang), finding.evidence, lang));
        default: return {};
    }
}

/// All that is wrong with a subject or could not be told of it; whose it is stands in the row already.
std::string problems_text(const Subject& subject, faq::Lang lang) {
    std::string text;
    for (const Finding& finding : subject.findings) {
        std::string one = problem_text(finding, lang);
        if (one.empty()) continue;
        if (text.empty()) {
            text = std::move(one);
        } else {
            text.append(words::list_separator.in(lang)).append(one);
        }
    }
    return text;
}

std::string ids_text(const std::vector<faq::Id>& ids) {
    std::string text;
    for (const faq::Id id : ids) {
        if (!text.empty()) text += ' ';
        text += faq::entry(id).id;
    }
    return text;
}

/// What a row is for: files, certificates and seals always, the rest only when something is wrong with it.
bool has_row(const Subject& subject) {
    switch (subject.kind) {
        case SubjectKind::certificate:
        case SubjectKind::seal:
        case SubjectKind::document:
        case SubjectKind::signature: return true;
        default: break;
    }
    return std::any_of(subject.findings.begin(), subject.findings.end(), [](const Finding& finding) {
        return finding.outcome == Outcome::failed || finding.outcome == Outcome::warned ||
               finding.outcome == Outcome::unknown || finding.outcome == Outcome::crashed;
    });
}

void add_row(std::string& rows, const Report& report, const Subject& subject, const Style& style) {
    const auto problems = root_causes({&subject, 1});
    const auto causes = problems.empty() ? std::vector<const faq::Cause*>{} : proven_causes(subject, problems.front());
    const IssuedBy issued = problems.empty() ? IssuedBy{} : issued_by(subject);
    const Span span = span_of(subject).value_or(Span{});
    const std::string_view holder = fact_text(subject, "subject");
    const std::string_view issuer = fact_text(subject, subject.kind == SubjectKind::seal ? "maker" : "issuer");
    const bool seal = subject.kind == SubjectKind::seal;
    const bool ends = span.to && !is_endless(*span.to);
    const std::string days = ends ? std::to_string(beijing_days(report.at, *span.to)) : std::string();
    Record record(rows);
    record.words(result_words(subject), style.lang).text(subject.path).words(kind_words(subject.kind), style.lang);
    record.text(subject_title(subject, style.lang)).text(attribute_of(holder, "O")).text(attribute_of(issuer, "CN"));
    record.text(number_text(subject)).text(fact_text(subject, seal ? "generation" : "algorithm"));
    record.day(span.from).end(span.to, style.lang).number(days);
    record.text(problems_text(subject, style.lang)).words(first_step(causes, issued.who, style));
    record.words(whom_to_call(causes, issued, style.lang)).words(ids_text(problems)).day(report.at);
    record.finish();
}

std::string header(std::initializer_list<faq::Text> columns, faq::Lang lang) {
    std::string text(byte_order_mark);
    Record record(text);
    for (const faq::Text& column : columns) record.words(column, lang);
    record.finish();
    return text;
}

}  // namespace

std::string csv_header(faq::Lang lang) {
    return header({words::csv_result, words::csv_file, words::csv_kind, words::csv_name, words::csv_organisation,
                   words::csv_issuer, words::csv_serial, words::csv_algorithm, words::csv_from, words::csv_to,
                   words::csv_days_left, words::csv_problems, words::csv_first_step, words::csv_call, words::csv_ids,
                   words::csv_judged},
                  lang);
}

void append_csv(std::string& rows, const Report& report, const Style& style) {
    for (const Subject& subject : report.subjects) {
        if (has_row(subject)) add_row(rows, report, subject, style);
    }
}

std::string render_csv(const Report& report, const Style& style) {
    std::string rows;
    append_csv(rows, report, style);
    return rows;
}

std::string render_list_csv(std::span<const faq::Id> problems, const Style& style) {
    const faq::Lang lang = style.lang;
    std::string rows = header(
        {words::csv_id, words::csv_family, words::csv_title, words::csv_cause, words::csv_first_step, words::csv_call},
        lang);
    for (const faq::Id id : problems) {
        const faq::Entry& entry = faq::entry(id);
        const faq::Cause& cause = faq::causes_of(entry).front();
        const auto steps = steps_for(cause, style.system, lang, faq::Issuer::any, 1);
        const auto calls = calls_of({&cause}, lang);
        Record record(rows);
        record.words(entry.id).words(entry.family).words(entry.title, lang).words(cause.text, lang);
        record.words(steps.empty() ? std::string() : steps.front().text)
            .words(calls.empty() ? std::string() : text_of(calls.front()));
        record.finish();
    }
    return rows;
}

}  // namespace scca::report
