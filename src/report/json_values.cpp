// SPDX-License-Identifier: Apache-2.0
#include "json_values.hpp"

#include "scca/core/text.hpp"

#include <cstdio>

namespace scca::report {
namespace {

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

/// One \u escape, or two for a character above U+FFFF (UTF-16 surrogates).
std::string escape_of(unsigned code) {
    char buffer[16];
    if (code <= 0xFFFF) {
        std::snprintf(buffer, sizeof buffer, "\\u%04x", code);
    } else {
        const unsigned rest = code - 0x10000;
        std::snprintf(buffer, sizeof buffer, "\\u%04x\\u%04x", 0xD800U + (rest >> 10U), 0xDC00U + (rest & 0x3FFU));
    }
    return buffer;
}

/// Characters that could turn or hide what a terminal shows stand in JSON as \u escapes (RFC 8259 7): the value is the same.
std::string visible(const std::string& json) {
    std::string shown;
    shown.reserve(json.size());
    for (std::size_t i = 0; i < json.size();) {
        const auto lead = static_cast<unsigned char>(json[i]);
        if (lead < 0x7F) {
            shown += json[i++];
            continue;
        }
        const std::size_t length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
        const std::string character = json.substr(i, length);
        const std::string safe = harmless(character);
        unsigned code = 0;
        if (safe == character || std::sscanf(safe.c_str(), "\\u{%X}", &code) != 1) {
            shown += safe;
        } else {
            shown += escape_of(code);
        }
        i += length;
    }
    return shown;
}

}  // namespace

std::string json_text(std::string_view text) { return valid_utf8(text); }

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

std::string json_document(const Json& json) {
    return visible(json.dump(2, ' ', false, Json::error_handler_t::replace)) + '\n';
}

std::string json_line(const Json& json) { return visible(json.dump(-1, ' ', false, Json::error_handler_t::replace)) + '\n'; }

std::string_view name_of(faq::Lang lang) noexcept { return lang == faq::Lang::zh ? "zh" : "en"; }

}  // namespace scca::report
