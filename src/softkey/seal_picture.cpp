// SPDX-License-Identifier: Apache-2.0
//
// A PNG (ISO/IEC 15948) with a palette of transparent and red, its one deflate block stored uncompressed.
#include "seal_picture.hpp"

#include <array>
#include <span>
#include <string_view>

namespace scca::softkey {

namespace {

constexpr int side = 96;

void put_number(Bytes& bytes, std::uint32_t number) {
    for (const int shift : {24, 16, 8, 0}) {
        bytes.push_back(static_cast<std::uint8_t>(number >> shift));
    }
}

std::uint32_t crc32(std::span<const std::uint8_t> bytes) {
    std::uint32_t crc = 0xFFFFFFFF;
    for (const auto byte : bytes) {
        crc ^= byte;
        for (int bit = 0; bit < 8; ++bit) {
            crc = (crc >> 1) ^ ((crc & 1) != 0 ? 0xEDB88320U : 0U);
        }
    }
    return ~crc;
}

std::uint32_t adler32(std::span<const std::uint8_t> bytes) {
    std::uint32_t low = 1;
    std::uint32_t high = 0;
    for (const auto byte : bytes) {
        low = (low + byte) % 65521;
        high = (high + low) % 65521;
    }
    return (high << 16) | low;
}

void put_chunk(Bytes& png, std::string_view type, const Bytes& content) {
    put_number(png, static_cast<std::uint32_t>(content.size()));
    const auto begin = png.size();
    png.insert(png.end(), type.begin(), type.end());
    png.insert(png.end(), content.begin(), content.end());
    put_number(png, crc32(std::span(png).subspan(begin)));
}

bool is_red(int column, int row) {
    const int x = column - side / 2;
    const int y = row - side / 2;
    const int distance = x * x + y * y;
    const bool ring = distance <= 46 * 46 && distance >= 41 * 41;
    const bool bar = distance < 41 * 41 && x + y > -5 && x + y < 5;
    return ring || bar;
}

/// Rows of one bit a pixel, each after its filter byte.
Bytes pixels() {
    Bytes rows;
    for (int row = 0; row < side; ++row) {
        rows.push_back(0);
        for (int column = 0; column < side; column += 8) {
            unsigned int byte = 0;
            for (int bit = 0; bit < 8; ++bit) {
                byte = byte << 1 | (is_red(column + bit, row) ? 1U : 0U);
            }
            rows.push_back(static_cast<std::uint8_t>(byte));
        }
    }
    return rows;
}

/// RFC 1950 and 1951: a zlib stream of one stored block.
Bytes stored(const Bytes& content) {
    const auto length = static_cast<unsigned int>(content.size());
    const auto low = [](unsigned int number) { return static_cast<std::uint8_t>(number & 0xFF); };
    Bytes stream{0x78, 0x01, 0x01, low(length), low(length >> 8), low(~length), low(~length >> 8)};
    stream.insert(stream.end(), content.begin(), content.end());
    put_number(stream, adler32(content));
    return stream;
}

}  // namespace

Bytes draw_seal_picture() {
    Bytes png{0x89, 'P', 'N', 'G', 0x0D, 0x0A, 0x1A, 0x0A};
    Bytes header;
    put_number(header, side);
    put_number(header, side);
    const std::array<std::uint8_t, 5> one_bit_palette = {1, 3, 0, 0, 0};
    header.insert(header.end(), one_bit_palette.begin(), one_bit_palette.end());
    put_chunk(png, "IHDR", header);
    put_chunk(png, "PLTE", {0xFF, 0xFF, 0xFF, 0xE6, 0x00, 0x12});
    put_chunk(png, "tRNS", {0x00});
    put_chunk(png, "IDAT", stored(pixels()));
    put_chunk(png, "IEND", {});
    return png;
}

}  // namespace scca::softkey
