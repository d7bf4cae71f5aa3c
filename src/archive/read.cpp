// SPDX-License-Identifier: Apache-2.0
//
// Reads back what write.cpp wrote, and nothing else: every member must be there and be of its kind. What a hostile file
// can reach is bounded by its own size, which whoever read it has bounded.
#include "fields.hpp"

#include "scca/archive/archive.hpp"
#include "scca/pki/container.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <concepts>

namespace scca::archive {
namespace {

using Json = nlohmann::json;

/// Deeper than the structs are nested, and shallow enough for any stack.
constexpr int deepest = 40;

Fault wrong(std::string where, std::string why) {
    return {.kind = FaultKind::damaged, .call = std::move(where), .family = {}, .number = 0, .text = std::move(why)};
}

class Reader {
public:
    template <Listed T>
    void read(const Json& json, T& value) {
        if (!json.is_object()) return refuse("an object belongs here");
        std::size_t members = 0;
        for_each_field<T>([&](const auto& field) {
            const std::size_t length = path_.size();
            path_ += '.';
            path_ += field.key;
            const auto found = json.find(field.key);
            if (found == json.end()) {
                refuse("missing");
            } else if (!fault_) {
                read(*found, value.*field.member);
            }
            path_.resize(length);
            ++members;
        });
        if (json.size() != members) refuse("members that this version does not know");
    }

    [[nodiscard]] const std::optional<Fault>& fault() const noexcept { return fault_; }

private:
    void refuse(std::string why) {
        if (!fault_) fault_ = wrong(path_, std::move(why));
    }

    void read(const Json& json, bool& flag) {
        if (!json.is_boolean()) return refuse("true or false belongs here");
        flag = json.get<bool>();
    }

    template <std::integral T>
    void read(const Json& json, T& number) {
        const bool fits = json.is_number_unsigned()
                              ? std::in_range<T>(json.get<std::uint64_t>())
                              : json.is_number_integer() && std::in_range<T>(json.get<std::int64_t>());
        if (!fits) return refuse("a whole number within bounds belongs here");
        number = json.get<T>();
    }

    void read(const Json& json, std::string& text) {
        if (json.is_object() && json.size() == 1 && json.contains("base64")) {
            Bytes octets;
            read(json["base64"], octets);
            text = as_text(octets);
            return;
        }
        if (!json.is_string()) return refuse("a text belongs here");
        text = json.get<std::string>();
    }

    void read(const Json& json, Bytes& octets) {
        if (!json.is_string()) return refuse("base64 belongs here");
        const auto& text = json.get_ref<const std::string&>();
        if (text.empty()) return octets.clear();
        auto decoded = pki::parse_base64(as_bytes(text));
        if (!decoded) return refuse("no base64");
        octets = std::move(*decoded);
    }

    void read(const Json& json, Moment& moment) {
        const auto parsed = json.is_string() ? parse_moment(json.get_ref<const std::string&>()) : std::nullopt;
        if (!parsed) return refuse("a moment belongs here");
        moment = *parsed;
    }

    template <class Period>
    void read(const Json& json, std::chrono::duration<std::int64_t, Period>& duration) {
        constexpr std::int64_t longest = 1'000'000'000'000;
        std::int64_t count = 0;
        read(json, count);
        if (count < 0 || count > longest) return refuse("no such span of time");
        duration = std::chrono::duration<std::int64_t, Period>(count);
    }

    template <class E>
    requires std::is_enum_v<E>
    void read(const Json& json, E& value) {
        const auto& words = words_of<E>;
        const auto* const found =
            json.is_string() ? std::find(words.begin(), words.end(), json.get_ref<const std::string&>()) : words.end();
        if (found == words.end()) return refuse("a word that this version does not know");
        value = static_cast<E>(found - words.begin());
    }

    template <class T>
    void read(const Json& json, std::optional<T>& value) {
        value.reset();
        if (!json.is_null()) read(json, value.emplace());
    }

    template <class T>
    void read(const Json& json, std::vector<T>& values) {
        if (!json.is_array()) return refuse("a list belongs here");
        values.clear();
        for (const Json& item : json) {
            if (fault_) return;
            read(item, values.emplace_back());
        }
    }

    std::string path_ = "snapshot";
    std::optional<Fault> fault_;
};

std::optional<Fault> find_version_fault(const Json& document) {
    if (!document.is_object() || !document.contains("snapshot_version") ||
        !document["snapshot_version"].is_number_integer()) {
        return wrong("snapshot", "no snapshot_version");
    }
    const auto version = document["snapshot_version"].get<std::int64_t>();
    if (version == snapshot_version) return std::nullopt;
    Fault fault = wrong(version > snapshot_version ? "newer" : "older", "snapshot_version");
    fault.number = version;
    return fault;
}

}  // namespace

Result<token::Snapshot> parse_snapshot(ByteView content) {
    const auto shallow = [](int depth, Json::parse_event_t, Json&) {
        return depth <= deepest;  // what is deeper is left out, and then missing
    };
    const Json document = Json::parse(content.begin(), content.end(), shallow, false);
    if (document.is_discarded()) return wrong("snapshot", "no JSON document, or not all of one");
    if (auto fault = find_version_fault(document)) return *fault;
    if (!document.contains("snapshot")) return wrong("snapshot", "missing");
    token::Snapshot snapshot;
    Reader reader;
    reader.read(document["snapshot"], snapshot);
    if (reader.fault()) return *reader.fault();
    return snapshot;
}

}  // namespace scca::archive
