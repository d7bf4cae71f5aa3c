// SPDX-License-Identifier: Apache-2.0
//
// How well a message of the table fits somewhere into a text: local alignment (Smith and Waterman 1981) with the
// message's own weights. A hole swallows whatever stands there.
#pragma once

#include "scca/faq/index.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace scca::explain {

struct Alignment {
    int score = 0;                     ///< weights matched less penalties
    int thing_matched = 0;             ///< weight of the matched symbols that name a thing
    int matched = 0;                   ///< symbols
    std::uint32_t first = 0, end = 0;  ///< of the text
};

/// Keeps its memory from one message to the next.
class Aligner {
public:
    /// Takes the text in which messages are to be looked for; it must stay.
    void read(std::span<const faq::FoldedSymbol> text);
    /// No place can score more. O(symbols of the message).
    [[nodiscard]] int highest_score(const faq::Phrase& phrase) const noexcept;
    /// The best place. O(symbols of the message × symbols of the text).
    [[nodiscard]] Alignment align(const faq::Phrase& phrase);

private:
    /// Two cells of the table side by side, each a whole number (align.cpp says of what). The processor has a maximum
    /// for two of these at once, but none for two integers of this size.
    using Cells = double __attribute__((vector_size(16)));
    /// What the steps at one symbol of the message bring, in [1], and at the one before it, in [0].
    struct Step {
        Cells symbol{};
        Cells match{}, mismatch{};
        Cells extra{};  ///< lost with each symbol of the text that stands before it
        Cells loss{};   ///< when it is missing
    };
    struct TwoRows;

    /// Which symbols a text or a message has, by their low bits: says only "perhaps".
    class SymbolSet {
    public:
        void add(char16_t symbol) noexcept { bits_[symbol / 64U % 8U] |= std::uint64_t{1} << (symbol & 63U); }
        [[nodiscard]] bool may_have(char16_t symbol) const noexcept {
            return (bits_[symbol / 64U % 8U] >> (symbol & 63U) & 1U) != 0;
        }

    private:
        std::array<std::uint64_t, 8> bits_{};
    };
    /// Symbols of the text, or of the message.
    struct Stretch {
        std::uint32_t first = 0, end = 0;
    };

    void take_steps(const faq::Phrase& phrase, Stretch columns);
    [[nodiscard]] TwoRows two_rows(std::uint32_t first) const noexcept;
    /// From the first that may match to the last: where nothing matches no path begins, and none ends.
    [[nodiscard]] Stretch rows_to_look_at(std::span<const char16_t> message) const noexcept;
    [[nodiscard]] Stretch columns_to_look_at(std::span<const char16_t> message) const noexcept;

    std::span<const faq::FoldedSymbol> text_;
    SymbolSet in_text_;
    std::vector<Step> steps_;  ///< of the columns, with `margin` columns on either side
    std::vector<double> row_;  ///< the last one that was worked out, likewise
};

}  // namespace scca::explain
