// SPDX-License-Identifier: Apache-2.0
//
// A memory of certificates whose issuer's signature was verified already. A batch asks it once for each certificate and
// mostly in vain, so that has to be quick: nothing is moved when it grows, and the oldest gives its place to the
// newest. For one thread.
#pragma once

#include "scca/pki/verify.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <vector>

namespace scca::checks {

class RememberedPairs {
public:
    /// SHA-256 of the certificate, then that of the issuer's key.
    using Pair = std::array<std::uint8_t, 64>;

    static constexpr std::size_t most = 65'536;  ///< of the last distinct ones

    RememberedPairs() : first_(most, nobody) {}

    /// Null when it was never seen, or too long ago.
    [[nodiscard]] const pki::SignatureCheck* find(const Pair& pair) const noexcept;
    /// Of a pair that is not remembered. Stands until as many others were added as are remembered.
    const pki::SignatureCheck& add(const Pair& pair, pki::SignatureCheck check);

private:
    using Place = std::uint32_t;
    static constexpr Place nobody = 0xFFFF'FFFF;
    struct Entry {
        Pair pair;
        Place next;  ///< of those with the same beginning
        pki::SignatureCheck check;
    };

    /// A digest is evenly spread: its first octets are hash enough.
    [[nodiscard]] static std::size_t row_of(const Pair& pair) noexcept { return pair[0] | std::size_t{pair[1]} << 8U; }
    void unlink(Place place) noexcept;

    std::vector<Place> first_;   ///< by row_of
    std::deque<Entry> entries_;  ///< in which references hold while it grows
    Place oldest_ = 0;
};

}  // namespace scca::checks
