// SPDX-License-Identifier: Apache-2.0
#include "scca/core/text.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

using namespace scca;

TEST_CASE("a name with an escape sequence or a bidi mark prints no control character") {
    CHECK(harmless("张三\x1b[31m") == "张三\\u{1B}[31m");
    CHECK(harmless("a\xE2\x80\xAE"
                   "b") == "a\\u{202E}b");
    CHECK(harmless("one\ntwo") == "one\\u{A}two");
}

TEST_CASE("bytes that are no UTF-8 are spelt out, so that two names stay two, the rest stays") {
    CHECK(valid_utf8("a\xFF\xE4\xBD\xA0") == "a\\xFF\xE4\xBD\xA0");
    CHECK(valid_utf8("\xE6\xB5.pem") != valid_utf8("\xE6\xB6.pem"));
    CHECK(harmless("\xFE\n") == "\\xFE\\u{A}");
    CHECK_FALSE(is_valid_utf8("\xC0\xAF"));
    CHECK(is_valid_utf8("签章"));
}

TEST_CASE("every common ideograph is printed as it is, and half of one as octets") {
    for (unsigned code = 0x4E00; code <= 0x9FBF; ++code) {
        const std::string text{static_cast<char>(0xE0U | code >> 12U), static_cast<char>(0x80U | (code >> 6U & 0x3FU)),
                               static_cast<char>(0x80U | (code & 0x3FU))};
        if (harmless(text) != text || !is_valid_utf8(text) || display_width(text) != 2) FAIL(code);
        if (is_valid_utf8(text.substr(0, 2)) || is_valid_utf8(text.substr(1))) FAIL(code);
    }
    CHECK(harmless("\xE4\xB8") == "\\xE4\\xB8");
    CHECK(harmless("\xE9\xBE\x41") ==
          "\\xE9\\xBE"
          "A");
}

TEST_CASE("a Chinese character fills two columns") {
    CHECK(display_width("签章ok") == 6);
    CHECK(pad_right("签章", 6) == "签章  ");
}

TEST_CASE("lines never exceed the width, and no line opens with a closing mark or ends with an opening one") {
    const std::string text =
        "钥匙没有被识别，请拔下来换一个 USB "
        "口再插。如果还不行（灯也不亮），请联系发证机构，或者点“证书服务”→“更新服务”。";
    for (std::size_t width = 10; width <= 90; ++width) {
        for (const std::string& line : wrap(text, width)) {
            INFO(width << ": " << line);
            CHECK(display_width(line) <= width);
            CHECK(line.substr(0, 3) != "，");
            CHECK(line.substr(0, 3) != "。");
            CHECK_FALSE(line.ends_with("（"));
            CHECK_FALSE(line.ends_with("“"));
        }
    }
}

TEST_CASE("a name of a megabyte, or of brackets alone, is wrapped all the same") {
    for (const char* unit : {"a", "（", "("}) {
        std::string name;
        while (name.size() < 1'000'000) name += unit;
        std::size_t columns = 0;
        for (const std::string& line : wrap(name, 60)) columns = std::max(columns, display_width(line));
        CHECK(columns <= 60);
    }
}

TEST_CASE("a word longer than the line is cut, and nothing is lost") {
    std::string joined;
    for (const std::string& line : wrap("abcdefghijklmnop", 5)) joined += line;
    CHECK(joined == "abcdefghijklmnop");
}
