// SPDX-License-Identifier: Apache-2.0
//
// Certificates in text as it stands: PEM (RFC 7468) with text around it, or base64 alone.
#pragma once

#include "scca/pki/container.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace scca::pki {

/// How much of what can be read of a block is taken.
enum class Taken : std::uint8_t { all, whole };

/// Sets `passed_over` where the text between the blocks speaks of another.
[[nodiscard]] FoundContent find_as_it_stands(std::string_view text, Taken taken, bool& passed_over);

/// Base64 of any SEQUENCE begins with M; npos when this does not.
[[nodiscard]] std::size_t start_of_base64(std::string_view text) noexcept;

}  // namespace scca::pki
