// SPDX-License-Identifier: Apache-2.0
#include "index.hpp"

#include <map>
#include <tuple>
#include <utility>

namespace scca::faq::compiler {
namespace {

class TrieBuilder {
public:
    TrieBuilder(const FoldTable& fold, Complaints& complaints) : fold_(fold), complaints_(complaints) {
        words_.emplace_back();
    }

    void add(const Mention& word, WordKind kind, std::uint16_t number) {
        Folded symbols;
        fold(fold_, word.text, symbols);
        if (symbols.empty()) {
            complaints_.push_back({word.place, "'" + word.text + "' has no letter or character"});
            return;
        }
        if (words_.size() + symbols.size() > most_nodes) {
            complaints_.push_back({word.place, "there is no room for '" + word.text + "': too many words"});
            return;
        }
        std::uint32_t node = 0;
        for (const FoldedSymbol& symbol : symbols) node = child(node, symbol.symbol);
        WordTrie::Word& end = words_[node];
        if (kind == WordKind::foreign) {
            end.foreign = true;
            return;
        }
        if (kind == WordKind::fine) {
            end.fine = true;
            return;
        }
        std::uint16_t& owner = kind == WordKind::thing ? end.thing : end.trouble;
        if (owner != 0 && owner != number + 1)
            complaints_.push_back({word.place, "'" + word.text + "' stands in another list already"});
        owner = static_cast<std::uint16_t>(number + 1);
    }

    [[nodiscard]] TrieData finish() const {
        TrieData trie;
        trie.starts.resize(0x10000);
        trie.words.emplace_back();
        std::map<Ends, std::uint16_t> numbers{{ends(words_[0]), std::uint16_t{0}}};
        std::vector<std::pair<char16_t, std::uint32_t>> in_order{{u'\0', 0}};
        for (std::size_t i = 0; i < in_order.size(); ++i) {
            const auto [symbol, node] = in_order[i];
            const auto next_word = static_cast<std::uint16_t>(trie.words.size());
            const auto [word, fresh] = numbers.emplace(ends(words_[node]), next_word);
            if (fresh) trie.words.push_back(words_[node]);
            trie.nodes.push_back({symbol, static_cast<std::uint16_t>(in_order.size()), word->second});
            for (auto edge = children_.lower_bound(node << 16U); edge != children_.end() && edge->first >> 16U == node;
                 ++edge) {
                in_order.emplace_back(static_cast<char16_t>(edge->first & 0xFFFFU), edge->second);
            }
        }
        trie.nodes.push_back({u'\0', static_cast<std::uint16_t>(in_order.size()), 0});
        for (std::uint16_t child = 1; child < trie.nodes[1].first_child; ++child)
            trie.starts[trie.nodes[child].symbol] = child;
        return trie;
    }

private:
    static constexpr std::size_t most_nodes = 0xFFFF;  ///< their numbers have 16 bits

    using Ends = std::tuple<std::uint16_t, std::uint16_t, bool, bool>;
    static Ends ends(const WordTrie::Word& word) { return {word.thing, word.trouble, word.foreign, word.fine}; }

    std::uint32_t child(std::uint32_t node, char16_t symbol) {
        const auto [edge, fresh] = children_.emplace(node << 16U | symbol, static_cast<std::uint32_t>(words_.size()));
        if (fresh) words_.emplace_back();
        return edge->second;
    }

    const FoldTable& fold_;
    Complaints& complaints_;
    std::vector<WordTrie::Word> words_;                ///< by node, as they were added
    std::map<std::uint32_t, std::uint32_t> children_;  ///< by node << 16 | symbol
};

}  // namespace

TrieData build_trie(const Faq& faq, const FoldTable& fold, Complaints& complaints) {
    TrieBuilder builder(fold, complaints);
    const auto add_all = [&](const std::vector<Synonyms>& lists, WordKind kind) {
        for (std::size_t i = 0; i < lists.size(); ++i) {
            for (const Mention& word : lists[i].words) builder.add(word, kind, static_cast<std::uint16_t>(i));
        }
    };
    add_all(faq.things, WordKind::thing);
    add_all(faq.troubles, WordKind::trouble);
    for (const Mention& word : faq.foreign) builder.add(word, WordKind::foreign, 0);
    for (const Mention& word : faq.fine) builder.add(word, WordKind::fine, 0);
    return builder.finish();
}

}  // namespace scca::faq::compiler
