// SPDX-License-Identifier: Apache-2.0
//
// Base64 of one long block, with or without PEM lines around it, undone as it is read. Looks for no second block: where
// something follows the first it says so, and whoever reads takes the file whole.
#pragma once

#include "scca/core/bytes.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace scca::cli {

class Armour {
public:
    /// Behind the line that begins the only block of this text, whose end is not in it, or at the front of text that is
    /// base64 from there; nothing when a block ends in it.
    [[nodiscard]] static std::optional<std::size_t> find_start(std::string_view text);

    /// The octets that the text goes on with.
    [[nodiscard]] Bytes undo(std::string_view text);
    /// As far as can be seen it is no block of base64, or more than one.
    [[nodiscard]] bool is_broken() const noexcept;

private:
    std::string left_;  ///< characters that spell no octet yet
    std::string end_;   ///< from where the block ends, but for white space behind it
    bool broken_ = false;
};

}  // namespace scca::cli
