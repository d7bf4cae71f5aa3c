// SPDX-License-Identifier: Apache-2.0
#include "json_values.hpp"

namespace scca::report {
namespace {

/// A line stands alone: lines of many runs and machines are poured together, so each says what it is and when.
Json line_of(const Report& report, const Subject& subject, FailOn fail_on) {
    const Report alone{report.command, report.at, {subject}};
    Json line{{"schema_version", schema_version},
              {"command", report.command},
              {"at", utc_text(report.at)},
              {"verdict", name_of(verdict(alone, fail_on))},
              {"root_causes", Json::array()}};
    for (const faq::Id id : root_causes(alone)) line["root_causes"].push_back(faq::entry(id).id);
    line.update(json_of(subject));
    return line;
}

}  // namespace

std::string render_ndjson(const Report& report, FailOn fail_on) {
    std::string lines;
    for (const Subject& subject : report.subjects) lines += json_line(line_of(report, subject, fail_on));
    return lines;
}

}  // namespace scca::report
