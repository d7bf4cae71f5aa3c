// SPDX-License-Identifier: Apache-2.0
#include "fields.hpp"

#include "scca/archive/archive.hpp"
#include "scca/core/text.hpp"

#include <nlohmann/json.hpp>

#include <concepts>

namespace scca::archive {
namespace {

using Json = nlohmann::ordered_json;

Json json_of(bool flag) { return flag; }
Json json_of(const Bytes& octets) { return to_base64(octets); }
Json json_of(Moment moment) { return utc_text(moment); }

/// What came from a device need not be text; then its octets are kept.
Json json_of(const std::string& text) {
    if (is_valid_utf8(text)) return text;
    return Json{{"base64", to_base64(as_bytes(text))}};
}

template <std::integral T>
Json json_of(T number) {
    return number;
}

template <class E>
requires std::is_enum_v<E> Json json_of(E value) { return words_of<E>.at(static_cast<std::size_t>(value)); }

template <class Period>
Json json_of(std::chrono::duration<std::int64_t, Period> duration) {
    return duration.count();
}

template <Listed T>
Json json_of(const T& value);
template <class T>
Json json_of(const std::optional<T>& value);
template <class T>
Json json_of(const std::vector<T>& values);

template <class T>
Json json_of(const std::optional<T>& value) {
    return value ? json_of(*value) : Json(nullptr);
}

template <class T>
Json json_of(const std::vector<T>& values) {
    Json list = Json::array();
    for (const T& value : values) list.push_back(json_of(value));
    return list;
}

template <Listed T>
Json json_of(const T& value) {
    Json object = Json::object();
    for_each_field<T>([&](const auto& field) { object[std::string(field.key)] = json_of(value.*field.member); });
    return object;
}

}  // namespace

std::string render_snapshot(const token::Snapshot& snapshot) {
    const Json document{{"snapshot_version", snapshot_version},
                        {"tool", {{"name", "scca-doctor"}, {"version", SCCA_VERSION}}},
                        {"snapshot", json_of(snapshot)}};
    return document.dump(1) + '\n';
}

}  // namespace scca::archive
