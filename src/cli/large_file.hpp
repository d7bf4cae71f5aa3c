// SPDX-License-Identifier: Apache-2.0
//
// A file of any length with certificates in it, PEM with text around, DER one after another or a bundle (PKCS #7),
// these also in one block of base64, piece by piece: memory is bounded where the file is not. Knows where blocks and
// elements end and nothing of what is in them.
#pragma once

#include "armour.hpp"

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
/// and whose first block ends; or DER of certificates, with `bundles` also of a bundle, or base64 of either. Its
/// signatures are left out, so not where those are asked about.
[[nodiscard]] bool may_come_in_pieces(ByteView octets, bool bundles);

struct Piece {
    Bytes content;             ///< whole blocks or elements, of a bundle a smaller one; empty at the end of the file
    std::uint64_t offset = 0;  ///< of its first octet in the file; in one block of base64 what that spells
};

class LargeFile {
public:
    /// `bundles` as for may_come_in_pieces.
    [[nodiscard]] static Result<LargeFile> open(const std::string& path, bool bundles);

    /// The next blocks, text between them left out where it is long.
    [[nodiscard]] Result<Piece> next();
    /// What has come so far is not all that the file holds: it is to be taken whole.
    [[nodiscard]] bool is_more() const noexcept { return armour_ && armour_->is_broken(); }

private:
    enum class Shape : std::uint8_t { text, der, bundle };

    LargeFile(token::FileStream stream, bool bundles) : stream_(std::move(stream)), bundles_(bundles) {}

    /// Reads on; nothing on success.
    [[nodiscard]] std::optional<Fault> fill();
    /// Learns the shape from the first octets, and of a bundle drops what stands before its certificates.
    void learn_shape();
    /// Drops what belongs to no block or element from the front.
    void drop_text();
    /// Where a certificate may begin in text; npos where none does.
    [[nodiscard]] std::size_t begin_in_text() const;
    /// Behind the last whole block or element that has been read, at the end of the file behind one that was cut off,
    /// too; npos when there is none.
    [[nodiscard]] std::size_t end_of_whole() const;
    /// The octets up to here, taken from the front.
    [[nodiscard]] Piece cut_off(std::size_t end);

    token::FileStream stream_;
    std::string text_;
    std::uint64_t offset_ = 0;  ///< of `text_` in the file
    bool ended_ = false;
    std::optional<Shape> shape_;  ///< nothing before the first octets came
    bool bundles_;
    std::optional<Armour> armour_;
};

/// What has to be known of the whole before its pieces are judged.
struct Survey {
    std::size_t certificates = 0;
    bool only_authorities = true;    ///< every one is a CA's
    std::vector<Bytes> authorities;  ///< DER of the CAs' certificates, the first 64
};

/// Nothing in it: no certificate, or it cannot be read. `bundles` as for may_come_in_pieces.
[[nodiscard]] Survey survey(const std::string& path, bool bundles);

}  // namespace scca::cli
