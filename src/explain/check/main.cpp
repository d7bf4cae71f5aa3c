// SPDX-License-Identifier: Apache-2.0
//
// scca-faq-check, run by the build after linking: every message of the table must find its own problem first, and a
// message that several problems list must find them all. Exit 1 with a line for each that does not.
#include "scca/explain/explain.hpp"

#include <algorithm>
#include <iostream>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace {

using scca::explain::Explanation;
using scca::faq::Id;

/// A message as somebody may see it: its holes filled.
std::string filled(std::string_view message) {
    std::string text;
    while (!message.empty()) {
        const std::size_t open = message.find('{');
        const std::size_t close = message.find('}', open);
        text += message.substr(0, open);
        if (close == std::string_view::npos) break;
        const std::string_view name = message.substr(open + 1, close - open - 1);
        text += name == "n" ? "3" : name == "hex" ? "8009" : name == "code" ? "12345" : "ABC";
        message.remove_prefix(close + 1);
    }
    return text;
}

bool is_first(const Explanation& explanation, const std::vector<Id>& owners) {
    if (explanation.matches.size() < owners.size()) return false;
    return std::all_of(owners.begin(), owners.end(), [&](Id owner) {
        const auto end = explanation.matches.begin() + static_cast<std::ptrdiff_t>(owners.size());
        return std::any_of(explanation.matches.begin(), end, [&](const auto& match) { return match.id == owner; });
    });
}

}  // namespace

int main() {
    std::map<std::string_view, std::vector<Id>> owners;
    const auto entries = scca::faq::entries();
    for (std::size_t i = 0; i < entries.size(); ++i) {
        for (const std::string_view message : scca::faq::messages_of(entries[i]))
            owners[message].push_back({static_cast<std::uint16_t>(i)});
    }
    int wrong = 0;
    for (const auto& [message, ids] : owners) {
        const Explanation explanation = scca::explain::explain(filled(message));
        if (is_first(explanation, ids)) continue;
        ++wrong;
        std::cerr << "scca-faq-check: error: '" << message << "' of " << scca::faq::entry(ids.front()).id << " finds ";
        std::cerr << (explanation.matches.empty() ? "nothing" : scca::faq::entry(explanation.matches.front().id).id)
                  << " first\n";
    }
    return wrong == 0 ? 0 : 1;
}
