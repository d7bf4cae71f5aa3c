// SPDX-License-Identifier: Apache-2.0
//
// The compiled-in FAQ: every problem, code, contact and source of faq/, as flat constant tables. Nothing is parsed at
// start-up. The compiler (src/faq/compiler) writes the tables, and scca/faq/ids.hpp with a constant for each problem,
// so that naming a problem that has no words does not compile.
#pragma once

#include "scca/core/rung.hpp"

#include <compare>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace scca::faq {

enum class Lang : std::uint8_t { zh, en };

struct Text {
    std::string_view zh, en;

    [[nodiscard]] constexpr std::string_view in(Lang lang) const noexcept { return lang == Lang::zh ? zh : en; }
    [[nodiscard]] constexpr bool empty() const noexcept { return zh.empty(); }
};

/// A problem of the table. Values are positions in `entries()` and are not stable between builds; the id string is.
struct Id {
    std::uint16_t index = 0;

    constexpr auto operator<=>(const Id&) const = default;
};

/// A run of rows in one of the flat tables.
struct Slice {
    std::uint32_t first = 0, count = 0;
};

enum class Who : std::uint8_t { you, it, platform, ca, driver };
enum class System : std::uint8_t { any, windows, linux };
/// Whose certificate a step is for.
enum class Issuer : std::uint8_t { any, scca, other };

[[nodiscard]] std::string_view name_of(Who who) noexcept;        ///< as in JSON: "you"
[[nodiscard]] std::string_view name_of(System system) noexcept;  ///< "windows", "linux", empty for any

struct Contact {
    std::string_view id;
    Text name;
    Slice phones, qq;  ///< of `strings`
    std::string_view url;
};

struct Fix {
    Who who;
    System on;
    Issuer issuer;
    Text text;
    std::string_view run;  ///< a command to copy; may be empty
};

struct Cause {
    Text text;
    Slice rungs;
    Slice reasons;  ///< words of a finding's evidence for which it alone is meant; empty: whatever no other names
    Slice fixes, contacts;
};

struct Source {
    std::string_view id;
    Text name;               ///< of the document
    std::string_view place;  ///< in it; may be empty
};

struct Entry {
    std::string_view id, family;
    Text family_name, title;
    std::uint8_t urgency;  ///< 1 first … 9
    bool unopened_bid;     ///< its advice must not be followed between upload and opening of a bid
    Slice messages, codes, keywords, sources, causes;
};

/// Both ends belong to it.
struct Range {
    std::int64_t first = 0, last = 0;
};

struct CodeFamily {
    std::string_view id;
    Text name;
    Slice ranges;        ///< values that belong to it, listed or not; may be empty
    Slice contexts;      ///< words beside a number that speak for this family
    bool needs_context;  ///< its values are too ordinary to be read without such a word
    Slice codes;         ///< by value
};

struct Code {
    std::uint16_t family;  ///< position in code_families()
    std::string_view symbol;
    std::int64_t value;             ///< unsigned 32-bit, negative for the families that are (OPENSC)
    std::uint32_t mask;             ///< 0xFFFFFFFF, less for patterns such as 63CX
    Text meaning, advice;           ///< advice may be empty
    std::string_view library_text;  ///< the library's own sentence; may be empty
    bool has_entry;
    Id entry;  ///< the problem it belongs to, when has_entry
};

[[nodiscard]] std::span<const Entry> entries() noexcept;
[[nodiscard]] const Entry& entry(Id id) noexcept;
[[nodiscard]] std::optional<Id> find_entry(std::string_view id) noexcept;

[[nodiscard]] std::span<const Cause> causes_of(const Entry& entry) noexcept;
[[nodiscard]] std::span<const std::string_view> messages_of(const Entry& entry) noexcept;
[[nodiscard]] std::span<const std::string_view> keywords_of(const Entry& entry) noexcept;
[[nodiscard]] std::span<const Source> sources_of(const Entry& entry) noexcept;
[[nodiscard]] std::span<const Rung> rungs_of(const Cause& cause) noexcept;
[[nodiscard]] std::span<const std::string_view> reasons_of(const Cause& cause) noexcept;
[[nodiscard]] std::span<const Fix> fixes_of(const Cause& cause) noexcept;
[[nodiscard]] std::span<const Contact> contacts_of(const Cause& cause) noexcept;
[[nodiscard]] std::span<const std::string_view> phones_of(const Contact& contact) noexcept;
[[nodiscard]] std::span<const std::string_view> qq_of(const Contact& contact) noexcept;

[[nodiscard]] std::span<const CodeFamily> code_families() noexcept;
[[nodiscard]] std::span<const Range> ranges_of(const CodeFamily& family) noexcept;
[[nodiscard]] std::span<const std::string_view> contexts_of(const CodeFamily& family) noexcept;
[[nodiscard]] std::span<const Code> codes_of(const CodeFamily& family) noexcept;
[[nodiscard]] std::span<const Code> codes() noexcept;
/// The code of this family and value, under its mask; the first one where a family has two names for it.
[[nodiscard]] const Code* find_code(std::string_view family, std::int64_t value) noexcept;

/// Title of a rung in words; every rung has one, or the build fails.
[[nodiscard]] Text title_of(Rung rung) noexcept;

}  // namespace scca::faq
