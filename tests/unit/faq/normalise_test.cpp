// SPDX-License-Identifier: Apache-2.0
#include "scca/faq/normalise.hpp"

#include "scca/faq/concepts.hpp"
#include "scca/faq/index.hpp"

#include <catch2/catch.hpp>
#include <string>
#include <string_view>

using namespace scca;

namespace {

std::u16string folded(std::string_view text) {
    faq::Folded symbols;
    faq::fold(faq::fold_table(), text, symbols);
    std::u16string result;
    for (const auto& symbol : symbols) result.push_back(symbol.symbol);
    return result;
}

/// Kinds of the words found, one letter each: t(hing), w(rong), f(oreign), o(k).
std::string kinds_in(std::string_view text) {
    faq::Folded symbols;
    faq::fold(faq::fold_table(), text, symbols);
    std::string kinds;
    for (const auto& hit : faq::find_words(faq::word_trie(), symbols))
        kinds += "twfo"[static_cast<std::size_t>(hit.kind)];
    return kinds;
}

}  // namespace

TEST_CASE("full-width, spaced, punctuated and traditional text folds to the plain one") {
    CHECK(folded("ＵＳＢ－ＫＥＹ") == folded("usb key"));
    CHECK(folded("簽 章，軟件！") == folded("签章软件"));
    CHECK(folded("CKR_PIN_LOCKED") == folded("ckr pin locked"));
    CHECK(folded("①㈠ﬁ") == folded("1 一 fi"));
    CHECK(folded(" \t\n×【】…") == std::u16string());
    CHECK(folded("证书过期") != folded("证书到期"));
}

TEST_CASE("characters that small print or a quick hand mixes up fold to one") {
    CHECK(folded("蜜码末激活") == folded("密码未激活"));
    CHECK(folded("请揪入铀匙") == folded("请插入钥匙"));
    CHECK(folded("巳注消") == folded("已注销"));
}

TEST_CASE("a look-alike that is a word of its own stays itself") {
    CHECK(folded("老板") != folded("老版"));
    CHECK(folded("竟在") != folded("章在"));
    CHECK(folded("乡镇") != folded("乡锁"));
    CHECK(folded("设置") != folded("没置"));
}

TEST_CASE("a folded symbol remembers the byte where its character stands") {
    faq::Folded symbols;
    const std::string text = "×  签 a";
    faq::fold(faq::fold_table(), text, symbols);
    REQUIRE(symbols.size() == 2);
    CHECK(symbols[0].at == 4);
    CHECK(symbols[0].after_gap);
    CHECK(symbols[1].at == 8);
    CHECK(faq::character_length(text, 4) == 3);
    CHECK(faq::character_length(text, 9) == 0);
}

TEST_CASE("broken UTF-8 separates and is never read past its end") {
    CHECK(folded("签\xE7\xAB") == folded("签"));
    CHECK(folded("\xFF签\x80章") == folded("签章"));
    CHECK(folded("\xF0\x9F\x94\x91 钥匙") == folded("钥匙"));
}

TEST_CASE("a thing and its trouble are found, the longest word first") {
    CHECK(kinds_in("证书过期") == "tw");
    CHECK(kinds_in("锁死了") == "w");
    CHECK(kinds_in("车钥匙丢了") == "fw");
    CHECK(kinds_in("改密码").find('t') != std::string::npos);
    CHECK(kinds_in("今天") == "");
}

TEST_CASE("an English word is found between word boundaries only") {
    CHECK(kinds_in("key").find('t') != std::string::npos);
    CHECK(kinds_in("monkeys").find('t') == std::string::npos);
    CHECK(kinds_in("keyboard").find('t') == std::string::npos);
}
