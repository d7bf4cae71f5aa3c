// SPDX-License-Identifier: Apache-2.0
//
// The report document in pieces, for a batch that is too long to hold: nothing is known of the verdict before the end,
// and the order of an object's members means nothing (RFC 8259 section 4).
#include "json_values.hpp"

namespace scca::report {

std::string render_json_start(std::string_view command, Moment at, faq::Lang lang) {
    const Json head{{"schema_version", schema_version},
                    {"tool", {{"name", "scca-doctor"}, {"version", SCCA_VERSION}}},
                    {"command", command},
                    {"at", utc_text(at)},
                    {"lang", name_of(lang)}};
    std::string text = json_line(head);
    text.resize(text.rfind('}'));
    return text + ", \"subjects\": [\n";
}

std::string render_json_rows(const Report& report, bool first) {
    std::string rows;
    for (const Subject& subject : report.subjects) {
        if (!first) rows += ',';
        rows += json_line(json_of(subject));
        first = false;
    }
    return rows;
}

std::string render_json_end(Verdict verdict, const std::vector<faq::Id>& root_causes) {
    Json tail{{"verdict", name_of(verdict)}, {"root_causes", Json::array()}};
    for (const faq::Id id : root_causes) tail["root_causes"].push_back(faq::entry(id).id);
    return "], " + json_line(tail).substr(1);
}

}  // namespace scca::report
