// SPDX-License-Identifier: Apache-2.0
#include "sign_order.hpp"

#include "scca/token/wire.hpp"

#include <algorithm>

namespace scca::host {
namespace {

namespace wire = token::wire;

constexpr std::size_t words_before = 3;
constexpr std::size_t words_of_task = 3;

std::optional<Bytes> octets_of(std::string_view word) {
    return word == wire::nothing ? std::optional(Bytes()) : parse_hex(word);
}

}  // namespace

std::optional<SignOrder> parse_sign_order(std::span<const char* const> words) {
    if (words.size() <= words_before || (words.size() - words_before) % words_of_task != 0) return std::nullopt;
    auto token = octets_of(words[0]);
    auto application = octets_of(words[1]);
    auto message = octets_of(words[2]);
    if (!token || !application || !message) return std::nullopt;
    SignOrder order{std::move(*token), std::move(*application), std::move(*message), {}};
    for (auto rest = words.subspan(words_before); !rest.empty(); rest = rest.subspan(words_of_task)) {
        auto container = octets_of(rest[0]);
        const auto algorithm =
            std::find(wire::algorithm_words.begin(), wire::algorithm_words.end(), std::string_view(rest[1]));
        auto input = octets_of(rest[2]);
        if (!container || algorithm == wire::algorithm_words.end() || !input || input->empty()) return std::nullopt;
        order.tasks.push_back({std::move(*container), *algorithm, std::move(*input)});
    }
    if (order.tasks.size() > wire::max_containers) return std::nullopt;
    return order;
}

}  // namespace scca::host
