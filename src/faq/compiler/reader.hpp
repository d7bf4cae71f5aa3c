// SPDX-License-Identifier: Apache-2.0
//
// A TOML table that is read key by key, complains with file and line about what is missing or of the wrong kind, and
// at the end about every key that nobody asked for.
#pragma once

#include "model.hpp"

#include <toml++/toml.h>
#include <cstddef>
#include <filesystem>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace scca::faq::compiler {

/// The table of a file; a complaint and nothing when it cannot be parsed. `name` is the file as complaints show it.
[[nodiscard]] std::optional<toml::table> parse_file(const std::filesystem::path& path, const std::string& name,
                                                    Complaints& complaints);

enum class Need : bool { optional, required };

class TableReader {
public:
    /// `table` and `complaints` must outlive the reader.
    TableReader(const toml::table& table, std::string file, Complaints& complaints);

    [[nodiscard]] Place place() const;
    void complain(const Place& place, std::string text);

    [[nodiscard]] std::string string(std::string_view key, Need need);
    [[nodiscard]] std::optional<std::int64_t> integer(std::string_view key, Need need);
    [[nodiscard]] bool boolean(std::string_view key);
    /// { zh = "…", en = "…" }; both must be there and must not be empty.
    [[nodiscard]] Text text(std::string_view key, Need need);
    [[nodiscard]] std::vector<Mention> strings(std::string_view key);
    /// [[first, last], …]
    [[nodiscard]] std::vector<std::pair<std::int64_t, std::int64_t>> ranges(std::string_view key);
    /// The tables of an array of tables; they live as long as the file's table.
    [[nodiscard]] std::vector<TableReader> tables(std::string_view key);
    [[nodiscard]] std::vector<std::string> keys() const;
    /// A table below this one.
    [[nodiscard]] std::optional<TableReader> table(std::string_view key);

    /// Complains about the keys that were not asked for.
    void refuse_the_rest();

private:
    const toml::node* find(std::string_view key, Need need);
    [[nodiscard]] Place place_of(const toml::node& node) const;

    const toml::table* table_;
    std::string file_;
    Complaints* complaints_;
    std::set<std::string, std::less<>> asked_;
};

}  // namespace scca::faq::compiler
