// SPDX-License-Identifier: Apache-2.0
#include "batch_rows.hpp"

#include "scca/core/text.hpp"
#include "scca/token/surroundings.hpp"

#include <algorithm>
#include <iterator>
#include <limits>
#include <map>

namespace scca::cli {
namespace {

/// A row a file, for whoever looks for something in them with a program.
report::Style unwrapped(report::Style style) {
    style.width = std::numeric_limits<std::size_t>::max();
    return style;
}

bool is_of_the_whole(Format format) noexcept {
    return format == Format::nagios || format == Format::prometheus || format == Format::html;
}

using Names = std::map<std::string, std::string, std::less<>>;

void rename(std::string& id, const Names& names) {
    if (id.empty()) return;
    const std::size_t hash = std::min(id.find('#'), id.size());
    const auto found = names.find(std::string_view(id).substr(0, hash));
    if (found != names.end()) id.replace(0, hash, found->second);
}

/// With nothing found in what was judged, nobody knows about the rest.
std::string json_end(const BatchSummary& summary, report::CutShort cut_short) {
    const bool unknown = cut_short != report::CutShort::no && summary.verdict() == report::Verdict::healthy;
    return report::render_json_end(unknown ? report::Verdict::unknown : summary.verdict(), summary.root_causes(),
                                   cut_short);
}

/// Whether it names another subject.
bool refers(const report::Subject& subject) {
    return !subject.parent.empty() ||
           std::any_of(subject.findings.begin(), subject.findings.end(),
                       [](const report::Finding& finding) { return !finding.blocked_by.empty(); });
}

}  // namespace

BatchRows::BatchRows(const CheckRequest& request, const CommonOptions& common, const Console& console, Moment at,
                     bool single)
    : request_(request),
      common_(common),
      console_(console),
      row_style_(console.shows_to_a_person() ? console.style() : unwrapped(console.style())),
      at_(at),
      single_(single),
      of_whole_(!single && is_of_the_whole(common.format)),
      redact_(request.redact.value_or(common.format != Format::text || !console.shows_to_a_person())),
      surroundings_(token::user_and_host()),
      letter_{request.command, at, {}},
      whole_(request.command, at) {}

std::string BatchRows::start() const {
    if (common_.format == Format::csv) return report::csv_header(console_.lang());
    const bool opens = common_.format == Format::json && !single_;
    return opens ? report::render_json_start(request_.command, at_, console_.lang()) : std::string();
}

void BatchRows::tell(report::Report report, Told& told) {
    if (single_) {
        std::move(report.subjects.begin(), report.subjects.end(), std::back_inserter(letter_.subjects));
        return;
    }
    switch (common_.format) {
        case Format::json: told.rows += report::render_json_rows(report, false); break;
        case Format::ndjson: told.rows += report::render_ndjson(report, request_.fail_on); break;
        case Format::csv: report::append_csv(told.rows, report, console_.style()); break;
        case Format::text: told.rows += report::render_rows_text(report, row_style_); break;
        default: break;
    }
    if (!of_whole_) return;
    if (!told.share) told.share = Share{report::Digest(request_.command, at_)};
    for (std::size_t i = 0; i < report::prometheus_series && common_.format == Format::prometheus; ++i) {
        told.share->samples[i] += report::render_prometheus_samples(report, i);
    }
    told.share->digest.add(std::move(report));
}

report::Report BatchRows::whole(const BatchSummary& summary, const Ending& ending) const {
    report::Report report = whole_.report();
    report.whole->cut_short = ending.cut_short;
    report.whole->ending = ending.sentence;
    report.whole->sentence = summary.text(console_.lang());
    report.whole->figures = summary.figures();
    return report;
}

std::string BatchRows::letter() const {
    const faq::Lang lang = console_.lang();
    switch (common_.format) {
        case Format::json: return report::render_json(letter_, lang, request_.fail_on);
        case Format::ndjson: return report::render_ndjson(letter_, request_.fail_on);
        case Format::csv: return report::render_csv(letter_, console_.style());
        case Format::nagios: return report::render_nagios(letter_, lang, request_.fail_on);
        case Format::prometheus: return report::render_prometheus(letter_, request_.fail_on, token::now());
        case Format::html: return report::render_html(letter_, console_.style(), request_.fail_on);
        case Format::text: break;
    }
    return report::render_text(letter_, console_.style(), request_.fail_on);
}

std::optional<Fault> BatchRows::put_end(const BatchSummary& summary, const Ending& ending, const Put& put) const {
    const faq::Lang lang = console_.lang();
    if (single_) {
        put(letter());
        return std::nullopt;
    }
    switch (common_.format) {
        case Format::json: put(json_end(summary, ending.cut_short)); break;
        case Format::text:
            put(summary.text(lang) + '\n' + (ending.sentence.empty() ? "" : harmless(ending.sentence) + '\n'));
            break;
        case Format::nagios: put(report::render_nagios(whole(summary, ending), lang, request_.fail_on)); break;
        case Format::html: put(report::render_html(whole(summary, ending), console_.style(), request_.fail_on)); break;
        case Format::prometheus: return whole_.put_metrics(whole(summary, ending), request_.fail_on, put);
        default: break;
    }
    return std::nullopt;
}

ExitStatus BatchRows::status(const BatchSummary& summary, const Ending& ending) const {
    if (common_.format != Format::nagios) return summary.status();
    return static_cast<ExitStatus>(report::nagios_status(single_ ? letter_ : whole(summary, ending), request_.fail_on));
}

void BatchRows::number(report::Report& report, std::size_t file, SubjectCounts& counts, Redactor& redactor) const {
    std::erase_if(report.subjects, [](const report::Subject& one) { return one.kind == SubjectKind::machine; });
    const bool linked = std::any_of(report.subjects.begin(), report.subjects.end(), refers);
    Names names;
    for (report::Subject& subject : report.subjects) {
        // Only a page shows it, and looking for somebody's name among its octets takes longer than all else.
        if (common_.format != Format::html) subject.picture.clear();
        const unsigned count = ++counts[static_cast<std::size_t>(subject.kind)];
        std::string id = std::string(name_of(subject.kind)) + '-' + std::to_string(file);
        if (count > 1) id += '.' + std::to_string(count);
        if (linked) names.emplace(subject.id, id);
        subject.id = std::move(id);
    }
    for (report::Subject& subject : report.subjects) {
        if (!linked) break;
        rename(subject.parent, names);
        for (report::Finding& finding : subject.findings) rename(finding.blocked_by, names);
    }
    if (!redact_) return;
    // Aliases count anew in each file: they depend on nothing but it, and a million files need no memory of names.
    redactor.forget();
    report = report::redacted(std::move(report), redactor);
}

}  // namespace scca::cli
