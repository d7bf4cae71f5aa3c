// SPDX-License-Identifier: Apache-2.0
//
// Text of a vendor's module on its way to a person: the standard says UTF-8, some vendors write GBK. The result is
// bounded and valid UTF-8; control characters are left to whoever prints it (scca/core/text.hpp).
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace scca::token {

/// At most `most` octets of `octets`: as they are when they are UTF-8, else read as GBK, else with every wrong octet
/// replaced.
[[nodiscard]] std::string foreign_text(std::string_view octets, std::size_t most);

/// What a module wrote to stdout or stderr, line by line; keeps the first hundred lines and forgets the rest.
class PrintedLines {
public:
    void feed(std::string_view octets);
    /// Ends the last line and gives them all.
    [[nodiscard]] std::vector<std::string> finish();

private:
    void end_line();

    static constexpr std::size_t max_lines = 100;
    static constexpr std::size_t max_line = 1000;

    std::string line_;
    std::vector<std::string> lines_;
};

}  // namespace scca::token
