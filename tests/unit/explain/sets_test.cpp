// SPDX-License-Identifier: Apache-2.0
//
// The sets of tests/data/explain, by kind. Rows set aside are not looked at here: tests/bench/explain_sets counts them.
#include "judge.hpp"

#include <catch2/catch.hpp>
#include <map>
#include <string>

using namespace scca::test;

namespace {

struct Count {
    int right = 0, all = 0;
};

/// Per cent of the open rows that are right; a warning line for each kind.
double per_cent_right(const std::string& folder, SetFile file) {
    std::map<std::string, Count> kinds;
    Count sum;
    for (const SetRow& row : read_set(SCCA_EXPLAIN_SETS + folder, file)) {
        if (row.held) continue;
        const int right = is_right(row, scca::explain::explain(row.text)) ? 1 : 0;
        for (Count* count : {&kinds[row.kind], &sum}) {
            count->right += right;
            ++count->all;
        }
    }
    std::string lines;
    for (const auto& [kind, count] : kinds)
        lines += kind + " " + std::to_string(count.right) + "/" + std::to_string(count.all) + "  ";
    WARN(lines);
    return sum.all == 0 ? 0 : 100.0 * sum.right / sum.all;
}

}  // namespace

TEST_CASE("damaged messages are recognised") {
    CHECK(per_cent_right("", SetFile::damaged) >= 99.5);
    CHECK(per_cent_right("/second", SetFile::damaged) >= 98.5);  // readings of pictures only, half of them shrunk
    CHECK(per_cent_right("/third", SetFile::damaged) >= 98.0);
    CHECK(per_cent_right("/strangers", SetFile::damaged) >= 98.5);
    CHECK(per_cent_right("/fourth", SetFile::damaged) >= 97.5);
}
TEST_CASE("people's own questions are understood") {
    CHECK(per_cent_right("", SetFile::questions) >= 98.0);
    CHECK(per_cent_right("/second", SetFile::questions) >= 98.0);
    CHECK(per_cent_right("/third", SetFile::questions) >= 95.0);
    CHECK(per_cent_right("/strangers", SetFile::questions) >= 96.5);
    CHECK(per_cent_right("/fourth", SetFile::questions) >= 94.5);
}
TEST_CASE("unrelated texts get no answer") {
    CHECK(per_cent_right("", SetFile::unrelated) >= 99.0);
    CHECK(per_cent_right("/second", SetFile::unrelated) >= 99.0);
    CHECK(per_cent_right("/third", SetFile::unrelated) >= 98.0);
    CHECK(per_cent_right("/strangers", SetFile::unrelated) >= 99.0);
    CHECK(per_cent_right("/fourth", SetFile::unrelated) >= 99.0);
}
