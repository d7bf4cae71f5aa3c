// SPDX-License-Identifier: Apache-2.0
#include "load.hpp"
#include "small_faq.hpp"
#include "write.hpp"

#include <catch2/catch.hpp>

using Catch::Matchers::Contains;
using scca::test::small_codes;
using scca::test::small_problem;
using scca::test::SmallFaq;
using scca::test::with;

namespace {

/// What the compiler says when one piece of the problem's file reads otherwise.
std::string after_change(const std::string& from, const std::string& to) {
    SmallFaq faq;
    faq.write("pin/pin-wrong.toml", with(small_problem, from, to));
    return faq.complaints();
}

}  // namespace

TEST_CASE("a right faq folder compiles without a word") { CHECK(SmallFaq().complaints().empty()); }

TEST_CASE("each problem becomes a constant, each word a name, each contact its number") {
    const auto files = SmallFaq().files();
    CHECK_THAT(files.at("scca/faq/ids.hpp"), Contains("inline constexpr Id pin_wrong{0};"));
    CHECK_THAT(files.at("scca/faq/words.hpp"), Contains("namespace scca::faq::words::report"));
    CHECK_THAT(files.at("scca/faq/words.hpp"), Contains("Text days_left{\"还剩{days}天\"sv, \"{days} days left\"sv}"));
    CHECK_THAT(files.at("faq_tables.cpp"),
               Contains("打400-000-0001、400-000-0002问热线（400-000-0001、400-000-0002）。"));
    CHECK_THAT(files.at("faq_tables.cpp"),
               Contains("Call 400-000-0001, 400-000-0002 of hotline (400-000-0001, 400-000-0002)."));
}

TEST_CASE("a quote, a backslash or a line end in a text cannot leave the string it stands in") {
    CHECK(scca::faq::compiler::literal("a\"b\\c\nd") == "\"a\\\"b\\\\c\\012d\"sv");
    CHECK(scca::faq::compiler::literal("\x01"
                                       "23") == "\"\\00123\"sv");
}

TEST_CASE("a missing language is named with file and line") {
    CHECK_THAT(after_change("zh = \"密码不对。\", ", ""), Contains("pin/pin-wrong.toml:9: 'zh' is missing"));
    CHECK_THAT(after_change("en = \"The PIN is wrong\"", "en = \"\""), Contains("pin/pin-wrong.toml:2: 'en' must be"));
}

TEST_CASE("a key that nobody knows is refused wherever it stands") {
    CHECK_THAT(after_change("urgency", "urgence"), Contains("pin/pin-wrong.toml:3: unknown key 'urgence'"));
    CHECK_THAT(after_change("run = ", "runs = "), Contains("unknown key 'runs'"));
    CHECK_THAT(after_change("zh = \"密码输错了\"", "zh = \"密码输错了\", fr = \"x\""), Contains("unknown key 'fr'"));
}

TEST_CASE("an id that is not the file's name is refused") {
    CHECK_THAT(after_change("\"pin-wrong\"", "\"pin-bad\""), Contains("id 'pin-bad' is not the name of the file"));
}

TEST_CASE("an id used in two families is refused") {
    SmallFaq faq;
    faq.write("key/pin-wrong.toml", with(small_problem, "codes ", "# "));
    CHECK_THAT(faq.complaints(), Contains("id 'pin-wrong' is used twice, first in key/pin-wrong.toml:1"));
}

TEST_CASE("a code in two problems is refused, and so is one used twice in its family") {
    SmallFaq faq;
    faq.write("pin/pin-again.toml", with(small_problem, "pin-wrong", "pin-again"));
    CHECK_THAT(faq.complaints(), Contains("code 'SAR:SAR_PIN_INCORRECT' already belongs to pin/pin-again.toml:5"));
    SmallFaq twice;
    twice.write("codes/sar.toml", small_codes + small_codes.substr(small_codes.find("[[code]]")));
    CHECK_THAT(twice.complaints(), Contains("codes/sar.toml:8: code 'SAR_PIN_INCORRECT' is used twice"));
}

TEST_CASE("a rung, code, contact or source that does not exist is refused") {
    CHECK_THAT(after_change("token.pin", "token.pim"), Contains("unknown rung 'token.pim'"));
    CHECK_THAT(after_change("SAR:SAR_PIN_INCORRECT", "SAR:SAR_NO"), Contains("unknown code 'SAR:SAR_NO'"));
    CHECK_THAT(after_change("[\"hotline\"]", "[\"nobody\"]"), Contains("unknown contact 'nobody'"));
    CHECK_THAT(after_change("{@hotline}", "{@hotline.fax}"), Contains("unknown contact '{@hotline.fax}'"));
    CHECK_THAT(after_change("guide 2.1", "gossip"), Contains("unknown source 'gossip'"));
    CHECK_THAT(after_change("who = \"you\"", "who = \"me\""), Contains("'who' is 'me'"));
    CHECK_THAT(after_change("on = \"windows\"", "issuer = \"me\""), Contains("'issuer' is 'me'"));
    CHECK_THAT(after_change("{n}次", "{times}次"), Contains("unknown hole {times}"));
}

TEST_CASE("a folder of problems has a name in both languages") {
    const SmallFaq faq;
    faq.write("families.toml", "seal = { zh = \"签章\", en = \"Seals\" }\n");
    CHECK(faq.complaints().find("families.toml:0: folder 'pin' has no name") != std::string::npos);
    faq.write("families.toml", "pin = { zh = \"密码\" }\n");
    CHECK(faq.complaints().find("families.toml:1:") != std::string::npos);
}

TEST_CASE("telephone numbers and host names stand in contacts.toml alone") {
    for (const char* raw : {"请打400-028-1130", "请打028-85987887", "手机13812345678", "QQ：4008676868",
                            "打开wt.scca.com.cn", "见 https://example.invalid/x"}) {
        CHECK_THAT(after_change("密码不对。", raw), Contains("written out; name its contact instead"));
    }
    for (const char* fine : {"代码0x80100069", "日期2025-08-23", "本机127.0.0.1", "初始密码12345678"}) {
        CHECK(after_change("密码不对。", fine).empty());
    }
}

TEST_CASE("a word with other holes in English than in Chinese is refused") {
    SmallFaq faq;
    faq.write("words/report.toml", "days_left = { zh = \"还剩{days}天\", en = \"{day} days left\" }\n");
    CHECK_THAT(faq.complaints(), Contains("words/report.toml:1: 'days_left' has other {holes} in zh than in en"));
}

TEST_CASE("a rung without a title is refused") {
    SmallFaq faq;
    faq.write("words/rungs.toml", "\"token.pin\" = { title = { zh = \"密码\", en = \"PIN\" } }\n");
    CHECK_THAT(faq.complaints(), Contains("rung 'cert.dates' has no title"));
    CHECK_THAT(faq.complaints(), !Contains("rung 'token.pin' has no title"));
}

TEST_CASE("a question for a problem that does not exist is refused") {
    SmallFaq faq;
    faq.write("questions.toml", "pin-wrong = [\"密码老是错\"]\npin-bad = [\"x\"]\n");
    CHECK_THAT(faq.complaints(), Contains("questions.toml:2: unknown id 'pin-bad'"));
    CHECK_THAT(faq.complaints(), !Contains("'pin-wrong'"));
}

TEST_CASE("a word in two lists of things, or one without a letter, is refused") {
    SmallFaq faq;
    faq.write("synonyms.toml",
              "[[thing]]\nname = \"a\"\nwords = [\"锁\"]\n[[thing]]\nname = \"b\"\nwords = [\"锁\", \"！\"]\n"
              "[[trouble]]\nname = \"c\"\nclaim = \"mine\"\nwords = [\"锁\"]\n");
    CHECK_THAT(faq.complaints(), Contains("synonyms.toml:6: '锁' stands in another list already"));
    CHECK_THAT(faq.complaints(), Contains("'！' has no letter"));
    CHECK_THAT(faq.complaints(), Contains("'claim' is 'mine', not shared or common"));
}

TEST_CASE("a line of characters that is no such line is refused") {
    SmallFaq faq;
    faq.write("confused.txt", "# fine\no 0\nno line\n");
    CHECK_THAT(faq.complaints(), Contains("confused.txt:3: a line is one character"));
}

TEST_CASE("a line of misread characters, or of sounds, that says nothing is refused") {
    SmallFaq faq;
    faq.write("misread.txt", "# fine\n签 答荃\n签\n");
    CHECK_THAT(faq.complaints(), Contains("misread.txt:3: a line is one character"));
    faq.write("misread.txt", "");
    faq.write("sounds.txt", "# fine\n签前\n签\n");
    CHECK_THAT(faq.complaints(), Contains("sounds.txt:3: a line is two characters or more"));
}

TEST_CASE("a line of regional words that is no pair is refused") {
    SmallFaq faq;
    faq.write("regional.txt", "# fine\n用户 使用者\n用户\n");
    CHECK_THAT(faq.complaints(), Contains("regional.txt:3: a line is a word of the messages"));
}

TEST_CASE("a file that is no TOML is named with the line where it breaks") {
    SmallFaq faq;
    faq.write("pin/pin-wrong.toml", "id = \"pin-wrong\"\ntitle = {\n");
    CHECK_THAT(faq.complaints(), Contains("pin/pin-wrong.toml:2: "));
}

TEST_CASE("an unchanged table is not written again, so nothing is rebuilt") {
    SmallFaq faq;
    const auto out = faq.folder() / "out";
    REQUIRE(scca::faq::compiler::write_changed(out, faq.files()));
    const auto before = std::filesystem::last_write_time(out / "faq_tables.cpp");
    std::filesystem::last_write_time(out / "faq_tables.cpp", before - std::chrono::hours(1));
    REQUIRE(scca::faq::compiler::write_changed(out, faq.files()));
    CHECK(std::filesystem::last_write_time(out / "faq_tables.cpp") == before - std::chrono::hours(1));
}

TEST_CASE("a code that people meet must be there and have advice in both languages") {
    SmallFaq faq;
    faq.write("advised.toml", "SAR = [\"SAR_PIN_INCORRECT\"]\n");
    CHECK_THAT(faq.complaints(), Contains("advised.toml:1: code 'SAR:SAR_PIN_INCORRECT' has no advice"));
    faq.write("codes/sar.toml", small_codes + "advice = { zh = \"再输一次。\", en = \"Type it again.\" }\n");
    CHECK(faq.complaints().empty());
    faq.write("codes/sar.toml", small_codes + "advice = { zh = \"再输一次。\" }\n");
    CHECK_THAT(faq.complaints(), Contains("codes/sar.toml:8: 'en' is missing"));
    faq.write("advised.toml", "SAR = [\"SAR_PIN_LOCKED\"]\n");
    CHECK_THAT(faq.complaints(), Contains("unknown code 'SAR:SAR_PIN_LOCKED'"));
}

TEST_CASE("the table advises on the 254 codes that people meet") {
    scca::faq::compiler::Complaints complaints;
    const auto faq = scca::faq::compiler::load(SCCA_FAQ_FOLDER, complaints);
    CHECK(faq.advised.size() == 254);
}
