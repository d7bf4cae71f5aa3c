// SPDX-License-Identifier: Apache-2.0
#include "index.hpp"

#include <bit>
#include <map>

namespace scca::faq::compiler {
namespace {

class TrieBuilder {
public:
    TrieBuilder(const FoldTable& fold, Complaints& complaints) : fold_(fold), complaints_(complaints) {
        nodes_.emplace_back();
    }

    void add(const Mention& word, WordKind kind, std::uint16_t number) {
        Folded symbols;
        fold(fold_, word.text, symbols);
        if (symbols.empty()) {
            complaints_.push_back({word.place, "'" + word.text + "' has no letter or character"});
            return;
        }
        if (nodes_.size() + symbols.size() > most_nodes) {
            complaints_.push_back({word.place, "there is no room for '" + word.text + "': too many words"});
            return;
        }
        std::uint32_t node = 0;
        for (const FoldedSymbol& symbol : symbols) node = child(node, symbol.symbol);
        WordTrie::Node& end = nodes_[node];
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
        trie.nodes = nodes_;
        trie.edges.resize(std::bit_ceil(children_.size() * 2 + 1));
        const auto mask = static_cast<std::uint32_t>(trie.edges.size() - 1);
        for (const auto& [key, node] : children_) {
            std::uint32_t place = edge_hash(key >> 16U, static_cast<char16_t>(key & 0xFFFFU)) & mask;
            while (trie.edges[place].child != 0) place = (place + 1) & mask;
            trie.edges[place] = {key, node};
        }
        return trie;
    }

private:
    static constexpr std::size_t most_nodes = 0xFFFF;  ///< their numbers have 16 bits of an edge's key

    std::uint32_t child(std::uint32_t node, char16_t symbol) {
        const auto [edge, fresh] = children_.emplace(node << 16U | symbol, static_cast<std::uint32_t>(nodes_.size()));
        if (fresh) nodes_.emplace_back();
        return edge->second;
    }

    const FoldTable& fold_;
    Complaints& complaints_;
    std::vector<WordTrie::Node> nodes_;
    std::map<std::uint32_t, std::uint32_t> children_;
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
