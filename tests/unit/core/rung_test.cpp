// SPDX-License-Identifier: Apache-2.0
#include "scca/core/rung.hpp"

#include <catch2/catch.hpp>

#include <set>

using namespace scca;

TEST_CASE("every rung has an id of its own by which it is found") {
    std::set<std::string_view> ids;
    for (const RungRow& row : ladder) {
        CHECK(ids.insert(row.id).second);
        CHECK(find_rung(row.id) == row.rung);
    }
    CHECK_FALSE(find_rung("no.such.rung"));
}
