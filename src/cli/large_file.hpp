// SPDX-License-Identifier: Apache-2.0
//
// A file of any length with certificates in it, PEM with text around or DER one after another, piece by piece: memory
// is bounded where the file is not. Knows where blocks and elements end and nothing of what is in them. A bundle (PKCS
// #7) is one element and comes whole.
#pragma once

#include "scca/core/bytes.hpp"
#include "scca/core/result.hpp"
#include "scca/token/stream.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace scca::cli {

inline constexpr std::size_t large_octets = 1U << 20U;  ///< what is longer comes in pieces

/// Whether a file with these first octets can be taken in pieces: text, which has no zero among them as packages have,
/// or DER of certificates.
[[nodiscard]] bool may_come_in_pieces(ByteView octets);

struct Piece {
    Bytes content;             ///< whole blocks or elements; empty at the end of the file
    std::uint64_t offset = 0;  ///< of its first octet in the file
};

class LargeFile {
public:
    [[nodiscard]] static Result<LargeFile> open(const std::string& path);

    /// The next blocks, text between them left out where it is long.
    [[nodiscard]] Result<Piece> next();

private:
    explicit LargeFile(token::FileStream stream) : stream_(std::move(stream)) {}

    /// Drops what belongs to no block or element from the front.
    void drop_text();
    /// Behind the last whole block or element that has been read; npos when none ends there.
    [[nodiscard]] std::size_t end_of_whole() const;

    token::FileStream stream_;
    std::string text_;
    std::uint64_t offset_ = 0;  ///< of `text_` in the file
    bool ended_ = false;
    std::optional<bool> is_der_;  ///< nothing before the first octets came
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
