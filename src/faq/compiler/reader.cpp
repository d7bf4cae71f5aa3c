// SPDX-License-Identifier: Apache-2.0
#include "reader.hpp"

namespace scca::faq::compiler {

std::optional<toml::table> parse_file(const std::filesystem::path& path, const std::string& name,
                                      Complaints& complaints) {
    try {
        return toml::parse_file(path.string());
    } catch (const toml::parse_error& error) {
        complaints.push_back({{name, error.source().begin.line}, std::string(error.description())});
        return std::nullopt;
    }
}

TableReader::TableReader(const toml::table& table, std::string file, Complaints& complaints)
    : table_(&table), file_(std::move(file)), complaints_(&complaints) {}

Place TableReader::place() const { return place_of(*table_); }

Place TableReader::place_of(const toml::node& node) const { return {file_, node.source().begin.line}; }

void TableReader::complain(const Place& place, std::string text) { complaints_->push_back({place, std::move(text)}); }

const toml::node* TableReader::find(std::string_view key, Need need) {
    asked_.emplace(key);
    const toml::node* node = table_->get(key);
    if (node == nullptr && need == Need::required) complain(place(), "'" + std::string(key) + "' is missing");
    return node;
}

std::string TableReader::string(std::string_view key, Need need) {
    const toml::node* node = find(key, need);
    if (node == nullptr) return {};
    const auto value = node->value<std::string>();
    if (!node->is_string() || value->empty()) {
        complain(place_of(*node), "'" + std::string(key) + "' must be a string that is not empty");
        return {};
    }
    return *value;
}

std::optional<std::int64_t> TableReader::integer(std::string_view key, Need need) {
    const toml::node* node = find(key, need);
    if (node == nullptr) return std::nullopt;
    if (!node->is_integer()) {
        complain(place_of(*node), "'" + std::string(key) + "' must be a whole number");
        return std::nullopt;
    }
    return node->value<std::int64_t>();
}

bool TableReader::boolean(std::string_view key) {
    const toml::node* node = find(key, Need::optional);
    if (node == nullptr) return false;
    if (!node->is_boolean()) complain(place_of(*node), "'" + std::string(key) + "' must be true or false");
    return node->value_or(false);
}

Text TableReader::text(std::string_view key, Need need) {
    const toml::node* node = find(key, need);
    if (node == nullptr) return {};
    Text text;
    text.place = place_of(*node);
    if (!node->is_table()) {
        complain(text.place, "'" + std::string(key) + "' must have zh and en");
        return text;
    }
    TableReader languages(*node->as_table(), file_, *complaints_);
    text.zh = languages.string("zh", Need::required);
    text.en = languages.string("en", Need::required);
    languages.refuse_the_rest();
    return text;
}

std::vector<Mention> TableReader::strings(std::string_view key) {
    std::vector<Mention> strings;
    const toml::node* node = find(key, Need::optional);
    if (node == nullptr) return strings;
    if (!node->is_array()) {
        complain(place_of(*node), "'" + std::string(key) + "' must be a list of strings");
        return strings;
    }
    for (const toml::node& element : *node->as_array()) {
        const auto value = element.value<std::string>();
        if (!element.is_string() || value->empty()) {
            complain(place_of(element),
                     "'" + std::string(key) + "' holds something that is no string, or an empty one");
            continue;
        }
        strings.push_back({*value, place_of(element)});
    }
    return strings;
}

std::vector<std::pair<std::int64_t, std::int64_t>> TableReader::ranges(std::string_view key) {
    std::vector<std::pair<std::int64_t, std::int64_t>> ranges;
    const toml::node* node = find(key, Need::optional);
    if (node == nullptr) return ranges;
    const toml::array* list = node->as_array();
    if (list == nullptr) {
        complain(place_of(*node), "'" + std::string(key) + "' must be a list of [first, last]");
        return ranges;
    }
    for (const toml::node& element : *list) {
        const toml::array* pair = element.as_array();
        if (pair == nullptr || pair->size() != 2 || !(*pair)[0].is_integer() || !(*pair)[1].is_integer()) {
            complain(place_of(element), "'" + std::string(key) + "' must be a list of [first, last]");
            continue;
        }
        ranges.emplace_back(*(*pair)[0].value<std::int64_t>(), *(*pair)[1].value<std::int64_t>());
    }
    return ranges;
}

std::vector<TableReader> TableReader::tables(std::string_view key) {
    std::vector<TableReader> tables;
    const toml::node* node = find(key, Need::optional);
    if (node == nullptr) return tables;
    const toml::array* list = node->as_array();
    if (list == nullptr) {
        complain(place_of(*node), "'" + std::string(key) + "' must be a list of tables");
        return tables;
    }
    for (const toml::node& element : *list) {
        if (const toml::table* row = element.as_table()) {
            tables.emplace_back(*row, file_, *complaints_);
        } else {
            complain(place_of(element), "'" + std::string(key) + "' must be a list of tables");
        }
    }
    return tables;
}

std::vector<std::string> TableReader::keys() const {
    std::vector<std::string> keys;
    for (const auto& [key, node] : *table_) keys.emplace_back(key.str());
    return keys;
}

std::optional<TableReader> TableReader::table(std::string_view key) {
    const toml::node* node = find(key, Need::required);
    if (node == nullptr) return std::nullopt;
    if (const toml::table* below = node->as_table()) return TableReader(*below, file_, *complaints_);
    complain(place_of(*node), "'" + std::string(key) + "' must be a table");
    return std::nullopt;
}

void TableReader::refuse_the_rest() {
    for (const auto& [key, node] : *table_) {
        if (!asked_.contains(key.str())) complain(place_of(node), "unknown key '" + std::string(key.str()) + "'");
    }
}

}  // namespace scca::faq::compiler
