// SPDX-License-Identifier: Apache-2.0
//
// A text file of any length with certificates in it (PEM), piece by piece: memory is bounded where the file is not.
// Knows where blocks end and nothing of what is in them.
#pragma once

#include "scca/core/bytes.hpp"
#include "scca/core/result.hpp"
#include "scca/token/stream.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace scca::cli {

inline constexpr std::size_t large_octets = 1U << 20U;  ///< what is longer comes in pieces

/// Whether octets, the first of a file, are text: DER and packages have a zero among them.
[[nodiscard]] bool begins_like_text(ByteView octets);

struct Piece {
    Bytes content;             ///< whole blocks; empty at the end of the file
    std::uint64_t offset = 0;  ///< of its first octet in the file
};

class LargeFile {
public:
    [[nodiscard]] static Result<LargeFile> open(const std::string& path);

    /// The next blocks, text between them left out where it is long.
    [[nodiscard]] Result<Piece> next();

private:
    explicit LargeFile(token::FileStream stream) : stream_(std::move(stream)) {}

    /// Drops text that belongs to no block from the front.
    void drop_text();

    token::FileStream stream_;
    std::string text_;
    std::uint64_t offset_ = 0;  ///< of `text_` in the file
    bool ended_ = false;
};

/// What has to be known of the whole before its pieces are judged.
struct Survey {
    std::size_t certificates = 0;
    bool only_authorities = true;    ///< every one is a CA's
    std::vector<Bytes> authorities;  ///< DER of the CAs' certificates, the first 64
};

/// Nothing in it: no certificate, or it cannot be read.
[[nodiscard]] Survey survey(const std::string& path);

}  // namespace scca::cli
