// SPDX-License-Identifier: Apache-2.0
#include "advice.hpp"
#include "holds.hpp"
#include "json_text.hpp"

#include "scca/core/text.hpp"
#include "scca/report/render.hpp"

#include <nlohmann/json.hpp>

#include <array>
#include <cstdio>

namespace scca::report {
namespace {

using Json = nlohmann::ordered_json;

Json json_of(const faq::Contact& contact, faq::Lang lang) {
    Json object{{"name", contact.name.in(lang)}, {"phone", Json::array()}, {"qq", Json::array()}, {"url", nullptr}};
    for (const auto phone : faq::phones_of(contact)) object["phone"].push_back(phone);
    for (const auto qq : faq::qq_of(contact)) object["qq"].push_back(qq);
    if (!contact.url.empty()) object["url"] = contact.url;
    return object;
}

Json json_of(const faq::Cause& cause, faq::Lang lang) {
    Json object{
        {"text", cause.text.in(lang)}, {"rungs", Json::array()}, {"fix", Json::array()}, {"contact", Json::array()}};
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

Json json_of(const explain::Match& match, faq::Lang lang, const Report* here) {
    const faq::Entry& entry = faq::entry(match.id);
    Json object{{"id", entry.id},       {"confidence", name_of(match.confidence)},
                {"score", match.score}, {"matched", json_text(match.matched)},
                {"at", match.at},       {"title", entry.title.in(lang)}};
    object["causes"] = Json::array();
    for (const faq::Cause& cause : faq::causes_of(entry)) object["causes"].push_back(json_of(cause, lang));
    if (here != nullptr) {
        const auto holds = causes_here(match.id, *here);
        for (std::size_t i = 0; i < holds.size(); ++i) object["causes"][i]["holds"] = name_of(holds[i].holds);
    }
    object["source"] = sources_text(entry, lang);
    return object;
}

/// Codes are shown as people write them: unsigned hexadecimal, decimal where the family counts (X509_V, OPENSC).
std::string code_text(const explain::CodeRead& read) {
    std::array<char, 32> buffer{};
    const bool decimal = read.value < 0 || faq::code_families()[read.code->family].id == "X509_V";
    const int length = decimal
                           ? std::snprintf(buffer.data(), buffer.size(), "%lld", static_cast<long long>(read.value))
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

std::string json_document(const Json& json) {
    return visible_json(json.dump(2, ' ', false, Json::error_handler_t::replace)) + '\n';
}

}  // namespace

std::string render_json(const explain::Explanation& explanation, faq::Lang lang, const Report* here) {
    Json json{{"schema_version", schema_version},
              {"matches", Json::array()},
              {"codes", Json::array()},
              {"similar", Json::array()}};
    for (const explain::Match& match : explanation.matches) json["matches"].push_back(json_of(match, lang, here));
    for (const explain::CodeRead& read : explanation.codes) json["codes"].push_back(json_of(read, lang));
    for (const faq::Id id : explanation.similar) json["similar"].push_back(faq::entry(id).id);
    return json_document(json);
}

std::string render_list_json(std::span<const faq::Id> problems, faq::Lang lang) {
    Json json{{"schema_version", schema_version}, {"entries", Json::array()}};
    for (const faq::Id id : problems) {
        const faq::Entry& entry = faq::entry(id);
        json["entries"].push_back({{"id", entry.id}, {"family", entry.family}, {"title", entry.title.in(lang)}});
    }
    return json_document(json);
}

std::string render_checks_json(faq::Lang lang) {
    Json json{{"schema_version", schema_version}, {"checks", Json::array()}};
    for (const RungRow& row : ladder) {
        Json needs = Json::array();
        for (std::size_t n = 0; n < row.needs.count; ++n) needs.push_back(id_of(row.needs.rungs[n]));
        json["checks"].push_back({{"rung", row.id},
                                  {"kind", name_of(row.kind)},
                                  {"title", faq::title_of(row.rung).in(lang)},
                                  {"needs", needs}});
    }
    return json_document(json);
}

std::string render_modules_json(const std::vector<ModuleListed>& modules) {
    const auto text_or_null = [](const std::string& text) {
        return text.empty() ? Json(nullptr) : Json(json_text(text));
    };
    Json json{{"schema_version", schema_version}, {"modules", Json::array()}};
    for (const ModuleListed& module : modules) {
        json["modules"].push_back({{"path", json_text(module.path)},
                                   {"kind", module.kind},
                                   {"bar", text_or_null(module.bar)},
                                   {"culprit", text_or_null(module.culprit)}});
    }
    return json_document(json);
}

std::string render_error_json(int status, std::string_view message, std::string_view hint) {
    // On one line, so that it is right among the lines of ndjson, too.
    const Json json{{"schema_version", schema_version},
                    {"error",
                     {{"status", status},
                      {"message", json_text(message)},
                      {"hint", hint.empty() ? Json(nullptr) : Json(json_text(hint))}}}};
    return visible_json(json.dump(-1, ' ', false, Json::error_handler_t::replace)) + '\n';
}

}  // namespace scca::report
