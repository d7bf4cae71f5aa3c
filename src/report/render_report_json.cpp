// SPDX-License-Identifier: Apache-2.0
//
// A report as one JSON document, or as one line a subject.
#include "json_text.hpp"

#include <nlohmann/json.hpp>

namespace scca::report {
namespace {

using Json = nlohmann::ordered_json;

Json json_of(const Value& value) {
    if (const auto* flag = std::get_if<bool>(&value)) return *flag;
    if (const auto* number = std::get_if<std::int64_t>(&value)) return *number;
    if (const auto* moment = std::get_if<Moment>(&value)) return utc_text(*moment);
    if (const auto* text = std::get_if<std::string>(&value)) return json_text(*text);
    if (const auto* list = std::get_if<std::vector<std::string>>(&value)) {
        Json items = Json::array();
        for (const std::string& item : *list) items.push_back(json_text(item));
        return items;
    }
    return nullptr;
}

Json json_of(const Fields& fields) {
    Json object = Json::object();
    for (const Field& field : fields) object[std::string_view(field.key)] = json_of(field.value);
    return object;
}

Json json_of(const Finding& finding) {
    Json object{{"rung", id_of(finding.rung)}, {"outcome", name_of(finding.outcome)}, {"faq", nullptr}};
    if (finding.faq) object["faq"] = faq::entry(*finding.faq).id;
    object["evidence"] = json_of(finding.evidence);
    object["blocked_by"] = finding.blocked_by.empty() ? Json(nullptr) : Json(finding.blocked_by);
    object["duration_ms"] = finding.duration.count();
    return object;
}

Json json_of(const Subject& subject) {
    Json object{{"id", subject.id},
                {"kind", name_of(subject.kind)},
                {"name", json_text(subject.name)},
                {"path", subject.path.empty() ? Json(nullptr) : Json(json_text(subject.path))},
                {"parent", subject.parent.empty() ? Json(nullptr) : Json(subject.parent)},
                {"facts", json_of(subject.facts)}};
    object["findings"] = Json::array();
    for (const Finding& finding : subject.findings) object["findings"].push_back(json_of(finding));
    return object;
}

std::string one_line(const Json& json) {
    return visible_json(json.dump(-1, ' ', false, Json::error_handler_t::replace)) + '\n';
}

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

std::string render_json(const Report& report, faq::Lang lang, FailOn fail_on) {
    Json json{{"schema_version", schema_version},
              {"tool", {{"name", "scca-doctor"}, {"version", SCCA_VERSION}}},
              {"command", report.command},
              {"at", utc_text(report.at)},
              {"lang", name_of(lang)},
              {"verdict", name_of(verdict(report, fail_on))},
              {"root_causes", Json::array()},
              {"subjects", Json::array()}};
    if (report.replay) {
        json["from"] = {{"taken_at", utc_text(report.replay->taken_at)}, {"redacted", report.replay->redacted}};
    }
    for (const faq::Id id : root_causes(report)) json["root_causes"].push_back(faq::entry(id).id);
    for (const Subject& subject : report.subjects) json["subjects"].push_back(json_of(subject));
    return visible_json(json.dump(2, ' ', false, Json::error_handler_t::replace)) + '\n';
}

std::string render_ndjson(const Report& report, FailOn fail_on) {
    std::string lines;
    for (const Subject& subject : report.subjects) lines += one_line(line_of(report, subject, fail_on));
    return lines;
}

// The report document in pieces: nothing is known of a batch's verdict before its end, and the order of an object's
// members means nothing (RFC 8259 section 4).
std::string render_json_start(std::string_view command, Moment at, faq::Lang lang) {
    const Json head{{"schema_version", schema_version},
                    {"tool", {{"name", "scca-doctor"}, {"version", SCCA_VERSION}}},
                    {"command", command},
                    {"at", utc_text(at)},
                    {"lang", name_of(lang)}};
    std::string text = one_line(head);
    text.resize(text.rfind('}'));
    return text + ", \"subjects\": [\n";
}

std::string render_json_rows(const Report& report, bool first) {
    std::string rows;
    for (const Subject& subject : report.subjects) {
        if (!first) rows += ',';
        rows += one_line(json_of(subject));
        first = false;
    }
    return rows;
}

std::string render_json_end(Verdict verdict, const std::vector<faq::Id>& root_causes, CutShort cut_short) {
    Json tail{{"verdict", name_of(verdict)}, {"root_causes", Json::array()}};
    for (const faq::Id id : root_causes) tail["root_causes"].push_back(faq::entry(id).id);
    if (cut_short != CutShort::no) tail["cut_short"] = name_of(cut_short);
    return "], " + one_line(tail).substr(1);
}

}  // namespace scca::report
