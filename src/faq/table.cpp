// SPDX-License-Identifier: Apache-2.0
#include "scca/faq/table.hpp"

#include "tables.hpp"

#include <array>

namespace scca::faq {
namespace {

template <class Row>
std::span<const Row> rows(const Row* table, Slice slice) noexcept {
    return {table + slice.first, slice.count};
}

bool stands_for(const Code& code, std::int64_t value) noexcept {
    if (code.mask == 0xFFFFFFFF || value < 0) return code.value == value;
    return (value & static_cast<std::int64_t>(code.mask)) == code.value;
}

}  // namespace

std::string_view name_of(Who who) noexcept {
    constexpr std::array<std::string_view, 5> names{"you", "it", "platform", "ca", "driver"};
    return names[static_cast<std::size_t>(who)];
}

std::string_view name_of(System system) noexcept {
    constexpr std::array<std::string_view, 3> names{"", "windows", "linux"};
    return names[static_cast<std::size_t>(system)];
}

std::span<const Entry> entries() noexcept { return {tables::entries, tables::entries_size}; }
const Entry& entry(Id id) noexcept { return tables::entries[id.index]; }

std::optional<Id> find_entry(std::string_view id) noexcept {
    for (std::size_t i = 0; i < tables::entries_size; ++i) {
        if (tables::entries[i].id == id) return Id{static_cast<std::uint16_t>(i)};
    }
    return std::nullopt;
}

std::span<const Cause> causes_of(const Entry& entry) noexcept { return rows(tables::causes, entry.causes); }
std::span<const std::string_view> messages_of(const Entry& entry) noexcept {
    return rows(tables::strings, entry.messages);
}
std::span<const std::string_view> keywords_of(const Entry& entry) noexcept {
    return rows(tables::strings, entry.keywords);
}
std::span<const Source> sources_of(const Entry& entry) noexcept { return rows(tables::sources, entry.sources); }
std::span<const Rung> rungs_of(const Cause& cause) noexcept { return rows(tables::rungs, cause.rungs); }
std::span<const std::string_view> reasons_of(const Cause& cause) noexcept {
    return rows(tables::strings, cause.reasons);
}
std::span<const Fix> fixes_of(const Cause& cause) noexcept { return rows(tables::fixes, cause.fixes); }
std::span<const Contact> contacts_of(const Cause& cause) noexcept { return rows(tables::contacts, cause.contacts); }
std::span<const std::string_view> phones_of(const Contact& contact) noexcept {
    return rows(tables::strings, contact.phones);
}
std::span<const std::string_view> qq_of(const Contact& contact) noexcept { return rows(tables::strings, contact.qq); }

std::span<const CodeFamily> code_families() noexcept { return {tables::families, tables::families_size}; }
std::span<const Range> ranges_of(const CodeFamily& family) noexcept { return rows(tables::ranges, family.ranges); }
std::span<const std::string_view> contexts_of(const CodeFamily& family) noexcept {
    return rows(tables::strings, family.contexts);
}
std::span<const Code> codes_of(const CodeFamily& family) noexcept { return rows(tables::codes, family.codes); }
std::span<const Code> codes() noexcept { return {tables::codes, tables::codes_size}; }

const Code* find_code(std::string_view family, std::int64_t value) noexcept {
    for (const CodeFamily& candidate : code_families()) {
        if (candidate.id != family) continue;
        for (const Code& code : codes_of(candidate)) {
            if (stands_for(code, value)) return &code;
        }
    }
    return nullptr;
}

Text title_of(Rung rung) noexcept { return tables::rung_titles[static_cast<std::size_t>(rung)]; }

}  // namespace scca::faq
