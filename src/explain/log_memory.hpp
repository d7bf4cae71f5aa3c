// SPDX-License-Identifier: Apache-2.0
//
// What explain() said of a line, remembered under the line without its times and numbers, so that an error which a log
// repeats a million times is explained once. Bounded: a newer line takes an older one's place.
#pragma once

#include "scca/faq/table.hpp"

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

namespace scca::explain {

struct LogVerdict {
    static constexpr std::size_t most = 4;

    std::uint64_t signature = 0;  ///< 0 for none
    std::array<std::uint16_t, most> problems{};
    std::array<const faq::Code*, most> codes{};
    std::uint8_t problem_count = 0, code_count = 0;

    [[nodiscard]] bool empty() const noexcept { return problem_count == 0 && code_count == 0; }
};

/// The line without what differs from time to time: digits, which are those of hexadecimal numbers too. `codes` stands
/// for the codes of the table in it. Never 0.
[[nodiscard]] std::uint64_t signature_of(std::string_view line, std::uint64_t codes);

class LogMemory {
public:
    LogMemory() : verdicts_(std::size_t{1} << bits) {}

    /// Where the verdict of this signature is, or is to be written.
    [[nodiscard]] LogVerdict& at(std::uint64_t signature) noexcept { return verdicts_[signature >> (64 - bits)]; }

private:
    static constexpr unsigned bits = 14;
    std::vector<LogVerdict> verdicts_;
};

}  // namespace scca::explain
