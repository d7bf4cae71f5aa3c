// SPDX-License-Identifier: Apache-2.0
#include "token/foreign_text.hpp"

#include "scca/core/text.hpp"

#include <catch2/catch.hpp>

using namespace scca;
using namespace scca::token;

TEST_CASE("a name in UTF-8 stays, one in GBK is read, one in neither is made valid") {
    CHECK(foreign_text("龙脉", 100) == "龙脉");
    CHECK(foreign_text("\xC7\xFD\xB6\xAF", 100) == "驱动");
    CHECK(foreign_text("ok\xFF\xFF", 100) == "ok\\xFF\\xFF");
    CHECK(foreign_text("", 100).empty());
}

TEST_CASE("a cut inside a Chinese character does not make it GBK") {
    const std::string text = "龙脉";
    for (std::size_t most = 0; most <= text.size(); ++most) {
        CHECK(foreign_text(text, most) == text.substr(0, most / 3 * 3));
    }
}

TEST_CASE("what a module prints is kept line by line, a hundred lines and no more") {
    PrintedLines lines;
    lines.feed("one\r\ntw");
    lines.feed("o\n\n\xC7\xFD\nend");
    CHECK(lines.finish() == std::vector<std::string>{"one", "two", "", "驱", "end"});

    PrintedLines flood;
    for (int i = 0; i < 1000; ++i) flood.feed("again\n" + std::string(5000, 'x'));
    const auto kept = flood.finish();
    CHECK(kept.size() == 100);
    for (const auto& line : kept) CHECK(line.size() <= 1000);
}
