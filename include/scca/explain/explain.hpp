// SPDX-License-Identifier: Apache-2.0
//
// From a pasted text to the problems of the table: read the codes in it in every spelling, normalise, rank, and say
// honestly when nothing fits. Pure: no file, no clock, no call into libcrypto. Any bytes are welcome.
#pragma once

#include "scca/faq/table.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace scca::explain {

enum class Confidence : std::uint8_t { possible, likely, certain };

[[nodiscard]] std::string_view name_of(Confidence confidence) noexcept;

struct Match {
    faq::Id id;
    Confidence confidence = Confidence::possible;
    double score = 0;     ///< 0 to 1
    std::string matched;  ///< the words of the paste that matched, as they stand there
    std::size_t at = 0;   ///< their byte offset in the input
};

/// A number or symbol that was read, in one family that it may belong to.
struct CodeRead {
    const faq::Code* code = nullptr;  ///< of the table
    std::string written;              ///< as it stands in the input
    std::size_t at = 0;
    std::int64_t value = 0;  ///< as read: 0x63C2 where the table has the pattern 63CX
};

struct Explanation {
    std::vector<Match> matches;    ///< best first
    std::vector<CodeRead> codes;   ///< in order of appearance, best family first
    std::vector<faq::Id> similar;  ///< at most 3, only when there is no match
    bool from_linux = false;       ///< the text reads as a Linux tool's
    bool from_id = false;          ///< no text was read: an id or a code was looked up
};

[[nodiscard]] Explanation explain(std::string_view text);

/// `code` is nothing but a code, a symbol or a number in any spelling, and needs no words around it: every family that
/// has it. Empty when none has.
[[nodiscard]] std::vector<CodeRead> look_up_code(std::string_view code);

}  // namespace scca::explain
