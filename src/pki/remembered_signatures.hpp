// SPDX-License-Identifier: Apache-2.0
//
// A memory of signatures that were verified already, so that what comes twice is verified once. A batch asks it for
// each certificate and mostly in vain, so that has to be quick: nothing is moved when it grows, and the oldest gives
// its place to the newest. What decides is kept whole, or by its SHA-256: none is taken for another. For one thread.
#pragma once

#include "scca/core/bytes.hpp"
#include "scca/pki/verify.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <optional>

namespace scca::pki {

class RememberedSignatures {
public:
    /// `most`: of the last distinct ones.
    explicit RememberedSignatures(std::size_t most) : most_(most) {}

    /// What decides whether a signature holds.
    struct Asked {
        std::uint64_t by = 0;  ///< key and way of verifying, numbered by whoever asks
        ByteView digest;       ///< evenly spread, of one size for each way
        ByteView signature;
    };

    /// What was found out before; otherwise what `verify` finds out now.
    bool recall_or(const Asked& asked, auto verify) {
        if (most_ == 0) return verify();
        const Bytes both = fits(asked) ? Bytes() : sha256_of(asked);
        const Asked kept = fits(asked) ? asked : Asked{asked.by, both, {}};
        if (const auto known = find(kept)) return *known;
        const bool holds = verify();
        add(kept, holds);
        return holds;
    }

private:
    using Place = std::uint32_t;
    static constexpr Place nobody = 0;
    static constexpr std::size_t longest = 32 + 256;  ///< for a digest of 256 bits and a signature of RSA-2048
    static constexpr std::size_t rows = 65'536;
    /// So many of one row are looked at: whoever wants a batch to be slow can have them all begin alike.
    static constexpr std::size_t most_looked_at = 64;
    struct Entry {
        std::uint64_t by;
        Place next, previous;  ///< of those whose digests begin alike, the newest first
        std::uint16_t digest_size, signature_size;
        bool holds;
        std::array<std::uint8_t, longest> octets;  ///< digest, signature
    };

    [[nodiscard]] static bool fits(const Asked& asked) noexcept {
        return asked.digest.size() + asked.signature.size() <= longest;
    }
    [[nodiscard]] static Bytes sha256_of(const Asked& asked);
    [[nodiscard]] static std::size_t row_of(ByteView digest) noexcept {
        return digest.size() < 2 ? 0 : digest[0] | std::size_t{digest[1]} << 8U;
    }
    [[nodiscard]] std::optional<bool> find(const Asked& asked) const noexcept;
    void add(const Asked& asked, bool holds);
    /// When the first is added; false where there is no room for that.
    [[nodiscard]] bool begin() noexcept;
    /// A place that nobody has any more, or never had.
    [[nodiscard]] Place make_room() noexcept;

    struct Free {
        void operator()(void* room) const noexcept { std::free(room); }
    };

    std::size_t most_;
    /// Zero as the system gave it: of what is not used yet no page is touched.
    std::unique_ptr<Place[], Free> first_;    ///< by row_of
    std::unique_ptr<Entry[], Free> entries_;  ///< from 1 on
    Place count_ = 0, oldest_ = 1;
};

}  // namespace scca::pki
