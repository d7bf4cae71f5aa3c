// SPDX-License-Identifier: Apache-2.0
#include "checks/remembered_pairs.hpp"

#include <catch2/catch.hpp>

using namespace scca;
using checks::RememberedPairs;

namespace {

/// The last octets tell them apart, so `row` decides alone whether they stand in one row.
RememberedPairs::Pair pair_of(std::size_t number, std::uint8_t row) {
    RememberedPairs::Pair pair{};
    pair[0] = row;
    for (std::size_t i = 0; i < 4; ++i) pair[60 + i] = static_cast<std::uint8_t>(number >> (8 * i) & 0xFFU);
    return pair;
}

std::string how(const RememberedPairs& remembered, std::size_t number, std::uint8_t row) {
    const pki::SignatureCheck* const known = remembered.find(pair_of(number, row));
    return known == nullptr ? "forgotten" : known->how;
}

void add(RememberedPairs& remembered, std::size_t number, std::uint8_t row) {
    remembered.add(pair_of(number, row), {pki::Verification::near_miss, std::to_string(number)});
}

}  // namespace

TEST_CASE("a verified certificate is remembered until 65,536 others were verified") {
    RememberedPairs remembered;
    const auto row = [](std::size_t number) { return static_cast<std::uint8_t>(number % 251); };
    const std::size_t before = GENERATE(std::size_t{0}, RememberedPairs::most + 5);
    for (std::size_t i = 0; i < before + RememberedPairs::most; ++i) add(remembered, i, row(i));
    CHECK(how(remembered, before, row(before)) == std::to_string(before));
    CHECK(how(remembered, before + RememberedPairs::most - 1, row(before + RememberedPairs::most - 1)) ==
          std::to_string(before + RememberedPairs::most - 1));
    if (before > 0) CHECK(how(remembered, before - 1, row(before - 1)) == "forgotten");
    add(remembered, 9'999'999, 7);
    CHECK(how(remembered, before, row(before)) == "forgotten");
    CHECK(how(remembered, before + 1, row(before + 1)) == std::to_string(before + 1));
    CHECK(how(remembered, 9'999'999, 7) == "9999999");
}

TEST_CASE("another certificate with the same beginning is not taken for one that was verified") {
    RememberedPairs remembered;
    add(remembered, 1, 0);
    CHECK(remembered.find(pair_of(2, 0)) == nullptr);
    CHECK(how(remembered, 1, 0) == "1");
}
