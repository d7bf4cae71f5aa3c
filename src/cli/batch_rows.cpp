// SPDX-License-Identifier: Apache-2.0
#include "batch_rows.hpp"

#include "scca/faq/words.hpp"
#include "scca/token/surroundings.hpp"

#include <algorithm>
#include <map>

namespace scca::cli {
namespace {

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

}  // namespace

BatchRows::BatchRows(const CheckRequest& request, const CommonOptions& common, const Console& console, Moment at,
                     bool single)
    : request_(request),
      common_(common),
      console_(console),
      at_(at),
      single_(single),
      collects_(single || is_of_the_whole(common.format)),
      redact_(request.redact.value_or(common.format != Format::text || !console.shows_to_a_person())),
      surroundings_(token::user_and_host()),
      collected_{request.command, at, {}} {}

std::string BatchRows::start() const {
    if (collects_) return common_.format == Format::csv ? report::csv_header(console_.lang()) : std::string();
    switch (common_.format) {
        case Format::json: return report::render_json_start(request_.command, at_, console_.lang());
        case Format::csv: return report::csv_header(console_.lang());
        default: return {};
    }
}

std::string BatchRows::of(const report::Report& report) {
    if (collects_) {
        collected_.subjects.insert(collected_.subjects.end(), report.subjects.begin(), report.subjects.end());
        return {};
    }
    switch (common_.format) {
        case Format::json: return report::render_json_rows(report, false);
        case Format::ndjson: return report::render_ndjson(report, request_.fail_on);
        case Format::csv: return report::render_csv(report, console_.style());
        default: return report::render_rows_text(report, console_.style());
    }
}

std::string BatchRows::end(const BatchSummary& summary) const {
    const faq::Lang lang = console_.lang();
    if (!collects_) {
        if (common_.format == Format::json) return report::render_json_end(summary.verdict(), summary.root_causes());
        return common_.format == Format::text ? summary.text(lang) : std::string();
    }
    switch (common_.format) {
        case Format::json: return report::render_json(collected_, lang, request_.fail_on);
        case Format::ndjson: return report::render_ndjson(collected_, request_.fail_on);
        case Format::csv: return report::render_csv(collected_, console_.style());
        case Format::nagios: return report::render_nagios(collected_, lang, request_.fail_on);
        case Format::prometheus: return report::render_prometheus(collected_, request_.fail_on, token::now());
        case Format::html: return report::render_html(collected_, console_.style(), request_.fail_on);
        case Format::text: break;
    }
    return report::render_text(collected_, console_.style(), request_.fail_on);
}

std::string BatchRows::last_words(int status) const {
    if (common_.format != Format::json) return {};
    if (!collects_) return report::render_json_end(report::Verdict::unknown, {});
    return report::render_error_json(status, faq::words::cli::interrupted.in(console_.lang()), {});
}

ExitStatus BatchRows::status(const BatchSummary& summary) const {
    if (common_.format != Format::nagios) return summary.status();
    return static_cast<ExitStatus>(report::nagios_status(collected_, request_.fail_on));
}

report::Report BatchRows::numbered(report::Report report, std::size_t file, SubjectCounts& counts,
                                   Redactor& redactor) const {
    std::erase_if(report.subjects, [](const report::Subject& one) { return one.kind == SubjectKind::machine; });
    Names names;
    for (report::Subject& subject : report.subjects) {
        // Only a page shows it, and looking for somebody's name among its octets takes longer than all else.
        if (common_.format != Format::html) subject.picture.clear();
        const unsigned count = ++counts[static_cast<std::size_t>(subject.kind)];
        std::string id = std::string(name_of(subject.kind)) + '-' + std::to_string(file);
        if (count > 1) id += '.' + std::to_string(count);
        names.emplace(std::exchange(subject.id, id), id);
    }
    for (report::Subject& subject : report.subjects) {
        rename(subject.parent, names);
        for (report::Finding& finding : subject.findings) rename(finding.blocked_by, names);
    }
    if (!redact_) return report;
    // Aliases count anew in each file: they depend on nothing but it, and a million files need no memory of names.
    redactor.forget();
    return report::redacted(std::move(report), redactor);
}

}  // namespace scca::cli
