// SPDX-License-Identifier: Apache-2.0
#include "loader_words.hpp"

#include <optional>
#include <string>

namespace scca::checks {
namespace {

/// What stands between the two marks; nothing when either is missing.
std::optional<std::string_view> between(std::string_view text, std::string_view before, std::string_view after) {
    const std::size_t found = text.find(before);
    if (found == std::string_view::npos) return std::nullopt;
    text.remove_prefix(found + before.size());
    const std::size_t end = text.find(after);
    if (end == std::string_view::npos) return std::nullopt;
    return text.substr(0, end);
}

std::string file_name(std::string_view path) { return std::string(path.substr(path.rfind('/') + 1)); }

report::Fields version_fields(std::string_view sentence, std::string_view wanted) {
    report::Fields fields{{"reason", std::string("version-missing")},
                          {"library", file_name(sentence.substr(0, sentence.find(": version `")))},
                          {"needs_version", std::string(wanted)}};
    if (const auto here = between(sentence, "(glibc ", " here)")) {
        fields.push_back({"has_version", "GLIBC_" + std::string(*here)});
    }
    return fields;
}

}  // namespace

report::Fields parse_loader_words(std::string_view sentence) {
    if (const auto wanted = between(sentence, ": version `", "' not found")) return version_fields(sentence, *wanted);
    constexpr std::string_view not_there = ": cannot open shared object file: No such file or directory";
    if (const std::size_t end = sentence.find(not_there); end != std::string_view::npos) {
        return {{"reason", std::string("library-missing")}, {"library", file_name(sentence.substr(0, end))}};
    }
    constexpr std::string_view undefined = ": undefined symbol: ";
    if (const std::size_t at = sentence.find(undefined); at != std::string_view::npos) {
        const std::string_view name = sentence.substr(at + undefined.size());
        return {{"reason", std::string("function-missing")},
                {"function", std::string(name.substr(0, name.find_first_of(", ")))}};
    }
    return {{"reason", std::string("load-refused")}};
}

}  // namespace scca::checks
