// SPDX-License-Identifier: Apache-2.0
#include "advice.hpp"

#include "scca/core/text.hpp"
#include "scca/report/render.hpp"

#include <nlohmann/json.hpp>

#include <array>
#include <cstdio>

namespace scca::report {
namespace {

using Json = nlohmann::ordered_json;

constexpr int schema_version = 1;

/// JSON text is UTF-8 (RFC 8259 8.1); what a module or certificate calls text need not be.
std::string json_text(std::string_view text) { return valid_utf8(text); }

Json json_of(const Value& value) {
    if (const auto* flag = std::get_if<bool>(&value)) return *flag;
    if (const auto* number = std::get_if<std::int64_t>(&value)) return *number;
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
    for (const Field& field : fields) object[field.key] = json_of(field.value);
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

Json json_of(const faq::Contact& contact, faq::Lang lang) {
    Json object{{"name", contact.name.in(lang)}, {"phone", Json::array()}, {"qq", Json::array()}, {"url", nullptr}};
    for (const auto phone : faq::phones_of(contact)) object["phone"].push_back(phone);
    for (const auto qq : faq::qq_of(contact)) object["qq"].push_back(qq);
    if (!contact.url.empty()) object["url"] = contact.url;
    return object;
}

Json json_of(const faq::Cause& cause, faq::Lang lang) {
    Json object{{"text", cause.text.in(lang)}, {"rungs", Json::array()}, {"fix", Json::array()}, {"contact", Json::array()}};
    for (const Rung rung : faq::rungs_of(cause)) object["rungs"].push_back(id_of(rung));
    for (const faq::Fix& fix : faq::fixes_of(cause)) {
        object["fix"].push_back({{"who", faq::name_of(fix.who)},
                                 {"text", fix.text.in(lang)},
                                 {"run", fix.run.empty() ? Json(nullptr) : Json(fix.run)},
                                 {"on", fix.on == faq::System::any ? Json(nullptr) : Json(faq::name_of(fix.on))}});
    }
    for (const faq::Contact& contact : faq::contacts_of(cause)) object["contact"].push_back(json_of(contact, lang));
    return object;
}

Json json_of(const explain::Match& match, faq::Lang lang) {
    const faq::Entry& entry = faq::entry(match.id);
    Json object{{"id", entry.id},
                {"confidence", name_of(match.confidence)},
                {"score", match.score},
                {"matched", json_text(match.matched)},
                {"at", match.at},
                {"title", entry.title.in(lang)}};
    object["causes"] = Json::array();
    for (const faq::Cause& cause : faq::causes_of(entry)) object["causes"].push_back(json_of(cause, lang));
    object["source"] = sources_text(entry, lang);
    return object;
}

/// Codes are shown as people write them: unsigned hexadecimal, decimal where the family counts (X509_V, OPENSC).
std::string code_text(const explain::CodeRead& read) {
    std::array<char, 32> buffer{};
    const bool decimal = read.value < 0 || faq::code_families()[read.code->family].id == "X509_V";
    const int length = decimal ? std::snprintf(buffer.data(), buffer.size(), "%lld", static_cast<long long>(read.value))
                               : std::snprintf(buffer.data(), buffer.size(), read.value > 0xFFFF ? "0x%08llX" : "0x%02llX",
                                               static_cast<unsigned long long>(read.value));
    return {buffer.data(), static_cast<std::size_t>(length)};
}

Json json_of(const explain::CodeRead& read, faq::Lang lang) {
    const faq::Code& code = *read.code;
    return {{"family", faq::code_families()[code.family].id},
            {"symbol", code.symbol},
            {"value", code_text(read)},
            {"meaning", code.meaning.in(lang)},
            {"advice", code.advice.empty() ? Json(nullptr) : Json(code.advice.in(lang))},
            {"id", code.has_entry ? Json(faq::entry(code.entry).id) : Json(nullptr)}};
}

std::string document(const Json& json) { return json.dump(2, ' ', false, Json::error_handler_t::replace) + '\n'; }

std::string_view name_of(faq::Lang lang) { return lang == faq::Lang::zh ? "zh" : "en"; }

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
    for (const faq::Id id : root_causes(report)) json["root_causes"].push_back(faq::entry(id).id);
    for (const Subject& subject : report.subjects) json["subjects"].push_back(json_of(subject));
    return document(json);
}

std::string render_json(const explain::Explanation& explanation, faq::Lang lang) {
    Json json{{"schema_version", schema_version},
              {"matches", Json::array()},
              {"codes", Json::array()},
              {"similar", Json::array()}};
    for (const explain::Match& match : explanation.matches) json["matches"].push_back(json_of(match, lang));
    for (const explain::CodeRead& read : explanation.codes) json["codes"].push_back(json_of(read, lang));
    for (const faq::Id id : explanation.similar) json["similar"].push_back(faq::entry(id).id);
    return document(json);
}

std::string render_list_json(faq::Lang lang) {
    Json json{{"schema_version", schema_version}, {"entries", Json::array()}};
    for (const faq::Entry& entry : faq::entries()) {
        json["entries"].push_back({{"id", entry.id}, {"family", entry.family}, {"title", entry.title.in(lang)}});
    }
    return document(json);
}

std::string render_error_json(int status, std::string_view message, std::string_view hint) {
    return document({{"schema_version", schema_version},
                     {"error",
                      {{"status", status},
                       {"message", json_text(message)},
                       {"hint", hint.empty() ? Json(nullptr) : Json(json_text(hint))}}}});
}

}  // namespace scca::report
