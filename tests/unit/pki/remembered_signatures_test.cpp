// SPDX-License-Identifier: Apache-2.0
#include "pki/remembered_signatures.hpp"

#include <catch2/catch.hpp>

using namespace scca;
using pki::RememberedSignatures;

namespace {

constexpr std::size_t most = 300;

/// The last octets tell them apart, so `row` decides alone whether they stand in one row.
Bytes digest_of(std::size_t number, std::uint8_t row) {
    Bytes digest(32);
    digest[0] = row;
    for (std::size_t i = 0; i < 4; ++i) digest[28 + i] = static_cast<std::uint8_t>(number >> (8 * i) & 0xFFU);
    return digest;
}

/// Whether it had to be verified; what was remembered of it, or is found out now, must be `holds`.
bool is_verified(RememberedSignatures& remembered, const RememberedSignatures::Asked& asked, bool holds) {
    bool verified = false;
    CHECK(remembered.recall_or(asked, [&] { return verified = true, holds; }) == holds);
    return verified;
}

}  // namespace

TEST_CASE("a verified signature is remembered until as many others were verified as are remembered") {
    RememberedSignatures remembered(most);
    const Bytes signature(256, 0x5A);
    const auto ask = [&](std::size_t number) {
        const Bytes digest = digest_of(number, static_cast<std::uint8_t>(number % 7));
        return is_verified(remembered, {1, digest, signature}, number % 3 == 0);
    };
    const std::size_t before = GENERATE(std::size_t{0}, most + 5);
    for (std::size_t i = 0; i < before + most; ++i) CHECK(ask(i));
    for (std::size_t i = before; i < before + most; ++i) CHECK_FALSE(ask(i));
    CHECK(ask(9'999'999));
    CHECK_FALSE(ask(9'999'999));
    CHECK_FALSE(ask(before + 1));
    CHECK(ask(before));
}

TEST_CASE("neither another digest nor another signature nor another key is taken for one that was verified") {
    RememberedSignatures remembered(most);
    const std::size_t size = GENERATE(std::size_t{64}, std::size_t{256}, std::size_t{512});
    const Bytes digest = digest_of(1, 0);
    const Bytes signature(size, 0x5A);
    REQUIRE(is_verified(remembered, {1, digest, signature}, true));
    CHECK_FALSE(is_verified(remembered, {1, digest, signature}, true));
    CHECK(is_verified(remembered, {1, digest_of(2, 0), signature}, false));
    CHECK(is_verified(remembered, {2, digest, signature}, false));
    for (const std::size_t at : {std::size_t{0}, size / 2, size - 1}) {
        Bytes changed = signature;
        changed[at] ^= 1U;
        CHECK(is_verified(remembered, {1, digest, changed}, false));
    }
    CHECK(is_verified(remembered, {1, digest, Bytes(size - 1, 0x5A)}, false));
    CHECK_FALSE(is_verified(remembered, {1, digest, signature}, true));
}

TEST_CASE("of many that begin alike only some are looked at, and the rest is verified again") {
    constexpr std::size_t many = 2 * most, some = 50, looked_at_by_none = 100;
    RememberedSignatures remembered(most);
    const auto ask = [&](std::size_t number) {
        return is_verified(remembered, {1, digest_of(0, 0), digest_of(number, 0)}, number % 2 == 0);
    };
    for (std::size_t i = 0; i < many; ++i) CHECK(ask(i));
    for (std::size_t i = many - some; i < many; ++i) CHECK_FALSE(ask(i));
    CHECK(ask(many - looked_at_by_none));
    CHECK_FALSE(ask(many - looked_at_by_none));
}

TEST_CASE("where nothing is to be remembered each is verified anew") {
    RememberedSignatures remembered(0);
    const Bytes digest = digest_of(1, 0);
    CHECK(is_verified(remembered, {1, digest, digest}, true));
    CHECK(is_verified(remembered, {1, digest, digest}, false));
}
