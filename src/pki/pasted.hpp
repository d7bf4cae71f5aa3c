// SPDX-License-Identifier: Apache-2.0
//
// A certificate's text as it was before mail, chat programs, JSON or XML had it: quoting marks, line numbers and
// escapes undone, the lines that begin and end it put right. Changes no character that may be base64, decodes nothing,
// and looks at nothing longer than a paste.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace scca::pki {

struct Mended {
    std::string text;
    /// Of positions in the mended text and in the one that it came from, those from which both go on alike; in order.
    std::vector<std::pair<std::size_t, std::size_t>> places;

    /// Where a character of the mended text stood, or what it stands for.
    [[nodiscard]] std::size_t place_of(std::size_t at) const noexcept;
};

/// Nothing where no certificate seems to be in it.
[[nodiscard]] std::optional<Mended> find_mended(std::string_view text);

}  // namespace scca::pki
