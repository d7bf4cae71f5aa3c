// SPDX-License-Identifier: Apache-2.0
#include "scca/explain/log.hpp"

#include "sets.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

using namespace scca;

namespace {

const std::string filler =
    "2026-11-05 08:58:10.001 INFO  [main-17] certkit: 正在检查环境 step=3 connection ok 请稍候\n";

/// What is found when the log comes in blocks of this size.
explain::LogFindings found_in(const std::string& log, std::size_t block = std::size_t{1} << 20U) {
    explain::LogScanner scanner;
    scanner.begin_file();
    for (std::size_t at = 0; at < log.size();) {
        const std::string_view next = std::string_view(log).substr(at, block);
        const std::size_t used = scanner.scan(next, at + next.size() == log.size());
        if (used == 0) block *= 2;
        at += used;
    }
    return scanner.findings();
}

std::vector<std::string> ids_of(const explain::LogFindings& findings) {
    std::vector<std::string> ids;
    for (const auto& error : findings.errors) ids.emplace_back(faq::entry(error.id).id);
    return ids;
}

std::string times(const std::string& text, int count) {
    std::string all;
    for (int i = 0; i < count; ++i) all += text;
    return all;
}

}  // namespace

TEST_CASE("each error of a log is counted, with the first and the last line that it stands in") {
    const std::string locked = "2026-11-05 09:00:01 ERROR SKF_VerifyPIN returned 0x0A000025\n";
    const std::string log = times(filler, 40) + locked + times(filler, 2000) +
                            "09:01 WARN 签章软件未识别到USB-KEY,在确认USB-KEY驱动运行正常的情况下,插入USB-KEY\n" +
                            times(filler, 3000) + "2026-11-06 10:00:02 ERROR SKF_VerifyPIN returned 0x0A000025\n";
    for (const std::size_t block : {std::size_t{70000}, std::size_t{1} << 20U}) {
        const auto findings = found_in(log, block);
        REQUIRE(ids_of(findings) == std::vector<std::string>{"pin-locked", "seal-key-not-recognised"});
        CHECK(findings.errors[0].count == 2);
        CHECK(findings.errors[0].first.line == 41);
        CHECK(findings.errors[0].first.text == locked.substr(0, locked.size() - 1));
        CHECK(findings.errors[0].last.line == 5043);
        CHECK(findings.errors[1].count == 1);
        CHECK(findings.errors[1].first.line == 2042);
    }
}

TEST_CASE("a log without errors, and one that is not text, have none") {
    CHECK(found_in(times(filler, 500)).errors.empty());
    std::string noise;
    std::uint32_t state = 1;
    for (int i = 0; i < 300000; ++i) noise += static_cast<char>((state = state * 1664525U + 1013904223U) >> 24U);
    CHECK(found_in(noise).errors.empty());
    CHECK(found_in("").errors.empty());
}

TEST_CASE("codes that differ are told apart in lines that are otherwise the same") {
    const auto findings = found_in("10:00 ERROR rv 0x0A000025 in SKF\n10:01 ERROR rv 0x0A000024 in SKF\n");
    CHECK(ids_of(findings) == std::vector<std::string>{"pin-locked", "pin-wrong"});
}

TEST_CASE("a sentence that is wrapped over two lines of a log is found") {
    const auto findings =
        found_in(times(filler, 3) + "09:00 WARN 钥匙盘已过期，不\n能获取签章信息\n" + times(filler, 3));
    REQUIRE(ids_of(findings) == std::vector<std::string>{"seal-expired"});
    CHECK(findings.errors[0].first.line == 4);
}

TEST_CASE("a log that is one long line is looked through") {
    const std::string log = times("abc def ", 40000) + "钥匙盘已过期，不能获取签章信息 " + times("ghi ", 50000);
    CHECK(ids_of(found_in(log, 65536)) == std::vector<std::string>{"seal-expired"});
}

TEST_CASE("an error is found and counted wherever a log is cut into blocks") {
    const std::string log = filler + "09:00 ERROR 钥匙盘已过期，不能获取签章信息\n" + filler +
                            "09:01 WARN 钥匙盘已过期，不\n能获取签章信息\n" + filler +
                            "09:02 ERROR SKF_VerifyPIN returned 0x0A000025\n" + filler;
    for (std::size_t block = 40; block < log.size(); ++block) {
        const auto findings = found_in(log, block);
        CAPTURE(block);
        REQUIRE(ids_of(findings) == std::vector<std::string>{"seal-expired", "pin-locked"});
        CHECK(findings.errors[0].count == 2);
        CHECK(findings.errors[0].first.line == 2);
        CHECK(findings.errors[0].last.line == 4);
        CHECK(findings.errors[1].last.line == 7);
    }
}

TEST_CASE("badly read messages are found or missed alike, however a log is cut") {
    std::string log;
    for (const auto& row : test::read_set(SCCA_EXPLAIN_SETS, test::SetFile::damaged))
        log += "2026-11-05 08:58:10.123 ERROR [sign-17] " + row.text + "\n" + filler;
    const auto whole = found_in(log);
    for (const std::size_t block : {std::size_t{9001}, std::size_t{20000}, std::size_t{65537}}) {
        const auto findings = found_in(log, block);
        REQUIRE(ids_of(findings) == ids_of(whole));
        for (std::size_t i = 0; i < whole.errors.size(); ++i) {
            CHECK(findings.errors[i].count == whole.errors[i].count);
            CHECK(findings.errors[i].first.line == whole.errors[i].first.line);
        }
    }
}

TEST_CASE("an error in the last bytes of a log is found") {
    CHECK(ids_of(found_in(filler + "0x0A000025")) == std::vector<std::string>{"pin-locked"});
}

TEST_CASE("of what explain is certain of in damaged messages, logs lose one in twenty at most") {
    std::size_t all = 0;
    std::size_t found = 0;
    for (const auto& row : test::read_set(SCCA_EXPLAIN_SETS, test::SetFile::damaged)) {
        const std::string line = "2026-11-05 08:58:10.123 ERROR [sign-17] certkit: " + row.text + "\n";
        std::set<std::uint16_t> sure;
        for (const auto& match : explain::explain(line).matches) {
            if (match.confidence == explain::Confidence::certain) sure.insert(match.id.index);
        }
        const auto findings = found_in(filler + line + filler);
        for (const auto& error : findings.errors) found += sure.contains(error.id.index) ? 1 : 0;
        all += sure.size();
    }
    CAPTURE(found, all);
    CHECK(found * 20 >= all * 19);
}

TEST_CASE("a long log that several scanners share gives what one of them finds") {
    const std::string locked = "2026-11-05 09:00:01 ERROR SKF_VerifyPIN returned 0x0A000025\n";
    const std::string wrapped = "09:01 WARN 签章软件未识别到USB-KEY,在确认\nUSB-KEY驱动运行正常的情况下,插入USB-KEY\n";
    std::string log;
    for (int i = 0; i < 40; ++i) log += times(filler, 20) + (i % 2 == 0 ? locked : wrapped);
    const auto whole = found_in(log);
    for (std::size_t nominal = 0; nominal < log.size(); nominal += 997) {
        const std::size_t seam = explain::LogScanner::find_seam(std::string_view(log).substr(nominal));
        if (seam == 0) continue;
        const std::size_t cut = nominal + seam;
        REQUIRE(log[cut - 1] == '\n');
        explain::LogScanner first;
        explain::LogScanner rest;
        first.begin_file();
        rest.begin_file(cut);
        REQUIRE(first.scan(std::string_view(log).substr(0, cut), true) == cut);
        REQUIRE(rest.scan(std::string_view(log).substr(cut), true) == log.size() - cut);
        first.add_rest(rest);
        const auto together = first.findings();
        REQUIRE(ids_of(together) == ids_of(whole));
        for (std::size_t i = 0; i < whole.errors.size(); ++i) {
            CHECK(together.errors[i].count == whole.errors[i].count);
            CHECK(together.errors[i].first.line == whole.errors[i].first.line);
            CHECK(together.errors[i].last.line == whole.errors[i].last.line);
            CHECK(together.errors[i].last.text == whole.errors[i].last.text);
        }
    }
    CHECK(explain::LogScanner::find_seam("one line without an end") == 0);
}
