// SPDX-License-Identifier: Apache-2.0
//
// What kind of picture some bytes are, and how large, by their own header; whatever the seal around them says. Draws
// nothing and does not check that the rest of the picture is whole.
#pragma once

#include "scca/core/bytes.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

namespace scca::pki {

enum class PictureKind : std::uint8_t { png, gif, bmp, jpeg, svg, ofd };

/// "PNG", "GIF", "BMP", "JPG", "SVG", "OFD": the words of GM/T 0031 (V5), and OFD as tax seals have it.
[[nodiscard]] std::string_view name_of(PictureKind kind) noexcept;

struct PictureHeader {
    PictureKind kind = PictureKind::png;
    /// In pixels; 0 where the header does not say (OFD never does, SVG may not).
    std::uint32_t width = 0, height = 0;
};

/// Nothing when the content begins like no picture that a seal may hold.
[[nodiscard]] std::optional<PictureHeader> find_picture_header(ByteView content) noexcept;

/// Whether the seal's stated picture type ("PNG", "gif", "jpeg" …, any case) means this kind.
[[nodiscard]] bool is_stated_as(PictureKind kind, std::string_view stated) noexcept;

}  // namespace scca::pki
