// SPDX-License-Identifier: Apache-2.0
//
// The search index over the table, made at build time: what each character folds to, people's words, every message as
// folded symbols with weights, and for pairs of symbols and words how strongly they speak for each problem. Only data;
// how to rank with it is explain's business.
#pragma once

#include "scca/faq/concepts.hpp"
#include "scca/faq/normalise.hpp"
#include "scca/faq/table.hpp"

#include <cstdint>
#include <span>
#include <string_view>

namespace scca::faq {

/// A message, heading or sentence of a library, folded. A hole is the symbol `hole`, which weighs nothing.
struct Phrase {
    Id entry;  ///< when has_entry
    bool has_entry = false;
    std::uint16_t code = 0;   ///< position in codes() plus 1 when it is the sentence of a library, else 0
    std::uint32_t first = 0;  ///< of `phrase_symbols` and `phrase_weights`
    std::uint16_t count = 0;
    std::uint16_t weight = 0;        ///< sum of its weights
    bool is_title = false;           ///< our own words, not a program's
    std::uint16_t thing_weight = 0;  ///< of the symbols that name a thing
};
inline constexpr char16_t hole = 0xFFFF;

/// A stored weight is the weight in quarter bits with its lowest bit set where the symbol names a thing.
[[nodiscard]] constexpr int weight_in(std::uint8_t stored) noexcept { return stored & 0xFE; }
[[nodiscard]] constexpr bool names_thing(std::uint8_t stored) noexcept { return (stored & 1) != 0; }

/// How strongly a feature speaks for a phrase or a problem.
struct Posting {
    std::uint16_t target = 0;
    std::uint16_t weight = 0;
};

/// What is known of a feature (scca/faq/features.hpp).
struct Gram {
    std::uint32_t first_posting = 0;
    char16_t symbol = 0;  ///< the lower half of its key
    std::uint16_t phrase_count = 0, entry_count = 0;
    std::uint16_t weight = 0;  ///< how much the pair tells at all

    /// Of postings: target is a phrase.
    [[nodiscard]] constexpr Slice phrases() const noexcept { return {first_posting, phrase_count}; }
    /// Of postings: target is an entry.
    [[nodiscard]] constexpr Slice entries() const noexcept { return {first_posting + phrase_count, entry_count}; }
};

/// Whose a thing is. The more people have it, the more of its trouble must be named.
enum class Claim : std::uint8_t { common, shared, ours };

/// A thing, or a trouble: where and how are asked by everybody and are common.
struct Concept {
    Slice entries;
    std::uint16_t weight = 0;
    Claim claim = Claim::ours;
};

/// A thing and a trouble that stand together in the table.
struct ConceptPair {
    std::uint32_t key = 0;  ///< thing << 16 | trouble
    Slice entries;
};

/// A code by its low 32 bits, or by its symbol's hash.
struct CodeRow {
    std::uint32_t key = 0;
    std::uint16_t code = 0;  ///< position in codes()
};

/// Letters and digits of a symbol as one number: case, and O for 0, I and L for 1, make no difference.
[[nodiscard]] constexpr std::uint32_t symbol_key(std::string_view symbol) noexcept {
    std::uint32_t hash = 2166136261U;  // FNV-1a
    for (char c : symbol) {
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
        if (c == '0') c = 'O';
        if (c == '1' || c == 'I') c = 'L';
        hash = (hash ^ static_cast<unsigned char>(c)) * 16777619U;
    }
    return hash;
}

/// What may have been meant by a character that was read or typed.
struct Mistake {
    char16_t key = 0;  ///< as it stands there, folded
    char16_t meant = 0;
};

/// A keyword to the letter (scca/faq/asked.hpp) and the problem that it stands at.
struct AskedRow {
    std::uint64_t key = 0;
    std::uint16_t entry = 0;
};

[[nodiscard]] const FoldTable& fold_table() noexcept;
[[nodiscard]] const WordTrie& word_trie() noexcept;
[[nodiscard]] std::span<const Phrase> phrases() noexcept;
[[nodiscard]] std::span<const char16_t> phrase_symbols() noexcept;
[[nodiscard]] std::span<const std::uint8_t> phrase_weights() noexcept;
[[nodiscard]] std::span<const Posting> postings() noexcept;
[[nodiscard]] std::span<const Gram> grams() noexcept;
[[nodiscard]] const Gram* find_gram(std::uint32_t key) noexcept;
[[nodiscard]] const Concept& thing(std::uint16_t number) noexcept;
[[nodiscard]] const Concept& trouble(std::uint16_t number) noexcept;
[[nodiscard]] const ConceptPair* find_pair(std::uint16_t thing, std::uint16_t trouble) noexcept;
/// Every code with these low 32 bits, in table order, patterns such as 63CX not among them.
[[nodiscard]] std::span<const CodeRow> codes_with_value(std::uint32_t value) noexcept;
[[nodiscard]] std::span<const CodeRow> codes_with_symbol(std::string_view symbol) noexcept;
/// Every problem with this keyword, in table order.
[[nodiscard]] std::span<const AskedRow> asked_rows(std::uint64_t key) noexcept;
/// The characters of the messages that this one is taken for, or typed for. Not the character itself.
[[nodiscard]] std::span<const Mistake> mistakes_for(char16_t symbol) noexcept;
/// Codes that stand for a pattern.
[[nodiscard]] std::span<const std::uint16_t> pattern_codes() noexcept;
/// Characters of the two-byte part of GB 18030, lead 0x81-0xFE by trail 0x40-0xFE; 0 where there is none.
[[nodiscard]] std::span<const std::uint16_t> gb18030_table() noexcept;

}  // namespace scca::faq
