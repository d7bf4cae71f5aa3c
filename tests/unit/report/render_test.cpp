// SPDX-License-Identifier: Apache-2.0
#include "sample_reports.hpp"

#include "scca/core/text.hpp"
#include "scca/faq/ids.hpp"
#include "scca/report/render.hpp"

#include <catch2/catch.hpp>

#include <sstream>

using namespace scca;
using namespace scca::report;

namespace {

Style of_width(std::size_t width, faq::Lang lang = faq::Lang::zh) {
    Style style;
    style.width = width;
    style.lang = lang;
    return style;
}

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines;
    std::istringstream stream(text);
    for (std::string line; std::getline(stream, line);) lines.push_back(line);
    return lines;
}

bool holds(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

std::string without_escapes(std::string text) {
    for (std::size_t at = text.find('\x1b'); at != std::string::npos; at = text.find('\x1b'))
        text.erase(at, text.find('m', at) - at + 1);
    return text;
}

}  // namespace

TEST_CASE("no line of the letter is wider than the terminal, a command to copy excepted") {
    for (const auto& sample : samples::all()) {
        for (const std::size_t width : {60U, 80U, 200U}) {
            for (const faq::Lang lang : {faq::Lang::zh, faq::Lang::en}) {
                for (const std::string& line :
                     lines_of(render_text(sample.report, of_width(width, lang), FailOn::warn))) {
                    INFO(sample.name << ' ' << width << ": " << line);
                    CHECK(display_width(line) <= width);
                    CHECK_FALSE(line.ends_with(' '));
                }
            }
        }
    }
}

TEST_CASE("the letter says verdict, why, what to do, whom to call and what was checked, in this order") {
    const std::string text = render_text(samples::expired(), of_width(80), FailOn::warn);
    std::size_t at = 0;
    for (const std::string_view part : {"查出 3 个问题", "1. 证书已过期", "先想一想", "原因：", "怎么办：", "1. 先核对",
                                        "找谁：", "400-028-1130", "2. 密码", "3. 电子签章", "检查经过", "来源："}) {
        INFO(part);
        at = text.find(part, at);
        REQUIRE(at != std::string::npos);
    }
}

TEST_CASE("only the first problem is told in full") {
    const std::string text = render_text(samples::broken_modules(), of_width(80), FailOn::warn);
    CHECK(text.find("原因：") == text.rfind("原因："));
    CHECK(holds(text, "scca-doctor explain --id driver-hung"));
}

TEST_CASE("when nobody could tell whether a certificate was revoked, the letter says how to find out") {
    Report report = samples::healthy();
    for (Subject& subject : report.subjects) {
        if (subject.kind != SubjectKind::certificate) continue;
        subject.findings.push_back({Rung::cert_revocation,
                                    Outcome::unknown,
                                    faq::id::revocation_unknown,
                                    {{"reason", std::string("issuer-missing")}},
                                    {},
                                    {}});
    }
    const std::string title = "查不到证书是否被吊销";
    const std::string step = "用 --trust 指给";
    const std::string alone = render_text(report, of_width(200), FailOn::warn);
    CHECK(alone.starts_with("? 有的项目没能检查成"));
    CHECK(holds(alone, "? " + title));
    CHECK(holds(alone, step));
    CHECK_FALSE(holds(alone, "看看电脑能不能上网"));
    const std::string page = render_html(report, of_width(200), FailOn::warn);
    CHECK(holds(page, title));
    CHECK(holds(page, step));
    const Report worse = samples::expired();
    report.subjects.insert(report.subjects.end(), worse.subjects.begin(), worse.subjects.end());
    const std::string beside = render_text(report, of_width(200), FailOn::warn);
    CHECK(beside.starts_with("✗"));
    CHECK(holds(beside, "scca-doctor explain --id revocation-unknown"));
    CHECK_FALSE(holds(beside, step));
}

TEST_CASE("what is blocked names what to deal with first") {
    CHECK(holds(render_text(samples::no_key(), of_width(80), FailOn::warn), "未检查：先处理“电脑上插着的 USB 设备”"));
}

TEST_CASE("a file is named in the first line") {
    CHECK(render_text(samples::seal_file(), of_width(80), FailOn::warn)
              .starts_with("✗ 公章/公司公章.esl：查出 1 个问题"));
}

TEST_CASE("colour changes no letter of the text") {
    for (const auto& sample : samples::all()) {
        Style coloured = of_width(80);
        coloured.colour = true;
        const std::string text = render_text(sample.report, coloured, FailOn::warn);
        CHECK(holds(text, "\x1b["));
        CHECK(without_escapes(text) == render_text(sample.report, of_width(80), FailOn::warn));
    }
}

TEST_CASE("a terminal without the signs gets ASCII ones") {
    Style style = of_width(80);
    style.unicode = false;
    CHECK(render_text(samples::healthy(), style, FailOn::warn).starts_with("+ "));
}

TEST_CASE("a bug of ours is neither a healthy key nor a fault of the key") {
    CHECK(verdict(samples::crashed(), FailOn::warn) == Verdict::unknown);
    CHECK(holds(render_text(samples::crashed(), of_width(80), FailOn::warn), "本程序自己出错了"));
    CHECK(nagios_status(samples::crashed(), FailOn::warn) == 3);
}

TEST_CASE("a monitoring plugin ends with 0, 1, 2 or 3") {
    Report warned = samples::expired();
    warned.subjects[4] = samples::healthy().subjects[4];
    CHECK(nagios_status(samples::healthy(), FailOn::warn) == 0);
    CHECK(nagios_status(warned, FailOn::warn) == 1);
    CHECK(nagios_status(warned, FailOn::fail) == 0);
    CHECK(nagios_status(samples::expired(), FailOn::warn) == 2);
    CHECK(nagios_status(samples::expired(), FailOn::fail) == 2);
    CHECK(nagios_status(samples::expired(), FailOn::never) == 0);
    CHECK(nagios_status(samples::unknown(), FailOn::warn) == 3);
    CHECK(render_nagios_error("no\nhost|x") == "SCCA UNKNOWN - no\\u{A}host\\u{7C}x\n");
}

TEST_CASE("two files with the same ids do not share a graph or a series") {
    Report report = samples::seal_file();
    report.subjects.push_back(report.subjects.front());
    CHECK(holds(render_nagios(report, faq::Lang::zh, FailOn::warn), "'seal-1 days left (2)'=374"));
    const std::string metrics = render_prometheus(report, FailOn::warn, samples::evening());
    CHECK(metrics.find("scca_seal_remaining_seconds{") == metrics.rfind("scca_seal_remaining_seconds{"));
}

TEST_CASE("a picture is shown by its octets and never by its name, and never when it could hold script") {
    Report report = samples::seal_file();
    CHECK(holds(render_html(report, of_width(80), FailOn::warn), "src=\"data:image/png;base64,iVBOR"));
    const std::string svg = "<svg xmlns='http://www.w3.org/2000/svg'/>";
    report.subjects[0].picture.assign(svg.begin(), svg.end());
    CHECK_FALSE(holds(render_html(report, of_width(80), FailOn::warn), "<img"));
}

TEST_CASE("a certificate of nearly eternal life does not squeeze the timeline") {
    Report report = samples::healthy();
    for (Field& field : report.subjects[4].facts) {
        if (field.key == "not_before") field.value = *parse_moment("1950-01-01T00:00:00Z");
        if (field.key == "not_after") field.value = *parse_moment("9999-12-31T23:59:59Z");
    }
    const std::string page = render_html(report, of_width(80), FailOn::warn);
    CHECK(holds(page, "1950-01-01 – 没有截止日期<"));
    CHECK_FALSE(holds(page, "10000"));
    CHECK(holds(page, ">2025</text>"));  // not only centuries
}

TEST_CASE("that a certificate has no end is told in words, and to programs as it stands") {
    Report report = samples::expired_file();
    report.subjects.resize(1);
    Subject& one = report.subjects.front();
    const Field end{"not_after", *parse_moment("9999-12-31T23:59:59Z")};
    for (Field& field : one.facts) {
        if (field.key == end.key) field = end;
    }
    one.findings = {{Rung::cert_dates, Outcome::passed, {}, {end, {"days_left", std::int64_t{2912117}}}, {}, {}}};
    CHECK(holds(render_text(report, of_width(80), FailOn::warn), "有效期  没有截止日期\n"));
    CHECK(holds(render_text(report, of_width(80, faq::Lang::en), FailOn::warn), "  no end date\n"));
    CHECK(holds(render_csv(report, of_width(80)), ",\"没有截止日期\",,"));
    CHECK(holds(render_json(report, faq::Lang::zh, FailOn::warn), "\"9999-12-31T23:59:59Z\""));
}

TEST_CASE("on its last day it matters until which hour a certificate holds") {
    Report report = samples::expired_file();
    report.subjects.resize(1);
    Subject& one = report.subjects.front();
    const Field end{"not_after", *parse_moment("2026-11-22T10:30:00Z")};
    for (Field& field : one.facts) {
        if (field.key == end.key) field = end;
    }
    const auto text_where = [&](Outcome outcome, const char* key, std::int64_t days, faq::Lang lang = faq::Lang::zh) {
        one.findings = {{Rung::cert_dates, outcome, faq::id::cert_expiring, {end, {key, days}}, {}, {}}};
        return render_text(report, of_width(200, lang), FailOn::warn);
    };
    const std::string today = text_where(Outcome::warned, "days_left", 0);
    CHECK(holds(today, "有效期  今天（2026-11-22）18:30 到期\n"));
    CHECK(holds(today, "能不能用到开标？"));
    CHECK(holds(today, "scca-doctor check-cert --at 'YYYY-MM-DD HH:MM' FILE\n"));
    CHECK_FALSE(holds(today, "还有 0 天"));
    CHECK(holds(text_where(Outcome::warned, "days_left", 0, faq::Lang::en),
                "ends today, 2026-11-22, at 18:30 Beijing time\n"));
    CHECK(holds(text_where(Outcome::warned, "days_left", 1), "明天（2026-11-22）18:30 到期\n"));
    CHECK(holds(text_where(Outcome::warned, "days_left", 2), "还有 2 天，2026-11-22 到期\n"));
    const std::string past = text_where(Outcome::failed, "days_past", 0);
    CHECK(holds(past, "今天（2026-11-22）18:30 已经到期\n"));
    CHECK_FALSE(holds(past, "能不能用到开标？"));
    one.findings = {{Rung::cert_dates,
                     Outcome::failed,
                     faq::id::cert_not_yet_valid,
                     {{"not_before", *parse_moment("2026-11-22T16:05:00Z")}, {"days_until", std::int64_t{1}}},
                     {},
                     {}}};
    const auto begins = [&](faq::Lang lang) { return render_text(report, of_width(200, lang), FailOn::warn); };
    CHECK(holds(begins(faq::Lang::zh), "明天（2026-11-23）00:05 起才生效\n"));
    CHECK(holds(begins(faq::Lang::en), "valid from tomorrow, 2026-11-23, 00:05 Beijing time\n"));
    one.findings.front().evidence.back().value = std::int64_t{0};
    CHECK(holds(begins(faq::Lang::zh), "今天（2026-11-23）00:05 起才生效\n"));
    one.findings.front().evidence.back().value = std::int64_t{2};
    CHECK(holds(begins(faq::Lang::en), "valid from 2026-11-23, in 2 days\n"));
    const auto page_at = [&](const char* at) {
        report.at = *parse_moment(at);
        return render_html(report, of_width(80), FailOn::warn);
    };
    CHECK(holds(page_at("2026-11-22 18:00"), " · 当天 18:30 到期</text>"));
    CHECK(holds(page_at("2026-11-22 19:00"), " · 当天 18:30 已经到期</text>"));
    CHECK(holds(page_at("2026-11-21 18:00"), " · 还有 1 天</text>"));
    one.path.clear();
    CHECK(holds(text_where(Outcome::warned, "days_left", 0), "--at 'YYYY-MM-DD HH:MM'\n"));
}

TEST_CASE("of a file's certificate one sees whose it is also when it has a fault, cause and steps first") {
    const Report report = samples::expired_file();
    const std::string text = render_text(report, of_width(80), FailOn::warn);
    const auto issuer = text.find("签发者  ");
    REQUIRE(issuer != std::string::npos);
    CHECK(text.find("怎么办") < issuer);
    CHECK(issuer < text.find("检查经过"));
    CHECK(holds(text, "用途    "));
    CHECK(holds(render_html(report, of_width(80), FailOn::warn), "<th>签发者</th>"));
    CHECK_FALSE(holds(render_text(samples::expired(), of_width(80), FailOn::warn), "签发者  "));
    Style brief = of_width(80);
    brief.quiet = true;
    CHECK_FALSE(holds(render_text(report, brief, FailOn::warn), "签发者  "));
}

TEST_CASE("whoever issued the certificate is whom to ask, and what helps with others' certificates is not told") {
    const auto issue = [](Subject& subject, faq::Issuer issuer) {
        subject.issuer = issuer;
        for (Field& field : subject.facts) {
            if (field.key == "issuer" && issuer == faq::Issuer::other) field.value = std::string("CN=北京某CA, C=CN");
        }
    };
    const auto text_where = [&](faq::Issuer issuer) {
        Report report = samples::expired_file();
        report.subjects.resize(1);
        issue(report.subjects.front(), issuer);
        return render_text(report, of_width(400), FailOn::warn) + render_csv(report, of_width(80)) +
               render_html(report, of_width(80), FailOn::warn);
    };
    const std::string ours = text_where(faq::Issuer::scca);
    CHECK(holds(ours, "400-028-1130"));
    CHECK(holds(ours, "wt.scca.com.cn"));
    CHECK_FALSE(holds(ours, "四川CA 办不了别家的证书"));
    const std::string others = text_where(faq::Issuer::other);
    CHECK_FALSE(holds(others, "400-028-1130"));
    CHECK_FALSE(holds(others, "wt.scca.com.cn"));
    CHECK(holds(others, "四川CA 办不了别家的证书"));
    CHECK(holds(others, "找谁：发证书的 CA：CN=北京某CA, C=CN\n"));
    CHECK(holds(others, ",\"发证书的 CA：CN=北京某CA, C=CN\","));
    CHECK(holds(others, "<b>发证书的 CA：CN=北京某CA, C=CN</b>"));
    // Of several, Sichuan CA's among them, all is told.
    Report both = samples::expired_file();
    for (Subject& subject : both.subjects) {
        issue(subject, &subject == &both.subjects.front() ? faq::Issuer::other : faq::Issuer::scca);
        for (Finding& one : subject.findings) {
            if (one.rung != Rung::cert_dates) continue;
            one.outcome = Outcome::failed;
            one.faq = faq::id::cert_expiring;
        }
    }
    CHECK(holds(render_text(both, of_width(400), FailOn::warn), "四川CA 办不了别家的证书"));
    CHECK(holds(render_text(both, of_width(400), FailOn::warn), "wt.scca.com.cn"));
    const std::string unknown = text_where(faq::Issuer::any);
    CHECK(holds(unknown, "400-028-1130"));
    CHECK(holds(unknown, "四川CA 办不了别家的证书"));
}

TEST_CASE("a report without any subject is still a report in every format") {
    const Report empty{"check", samples::evening(), {}};
    CHECK(holds(render_text(empty, of_width(60), FailOn::warn), "检查经过"));
    CHECK(render_ndjson(empty, FailOn::warn).empty());
    CHECK(render_csv(empty, of_width(80)).empty());
    CHECK(holds(render_html(empty, of_width(80), FailOn::warn), "</html>"));
    CHECK(holds(render_nagios(empty, faq::Lang::en, FailOn::warn), "SCCA OK"));
}

TEST_CASE("a spreadsheet's row says what could not be checked, and why") {
    Report report = samples::seal_file();
    Subject& seal = report.subjects.back();
    seal.findings = {{Rung::seal_dates, Outcome::unknown, {}, {}, {}, {}}};
    CHECK(holds(render_csv(report, of_width(80)), "\"签章有效期：没能查到结果\""));
    CHECK(holds(render_csv(report, of_width(80, faq::Lang::en)), ": no answer could be had\""));
    seal.findings = {{Rung::seal_dates, Outcome::crashed, {}, {{"message", std::string("oh")}}, {}, {}}};
    CHECK(holds(render_csv(report, of_width(80)), "签章有效期：本程序自己出错了"));
}

TEST_CASE("what nobody could tell stands in the file's line beside its fault, and in a plugin's") {
    Report report = samples::expired_file();
    report.subjects.resize(1);
    const std::string before = render_rows_text(report, of_width(200));
    CHECK(lines_of(before).size() == 1);
    report.subjects.back().findings.push_back(
        {Rung::cert_revocation, Outcome::unknown, faq::id::revocation_unknown, {}, {}, {}});
    const std::string row = render_rows_text(report, of_width(200));
    CHECK(row == before.substr(0, before.size() - 1) + "  证书有没有被吊销：没能查清\n");
    Whole whole;
    for (const Subject& subject : report.subjects) whole.count(subject);
    whole.rungs[{Rung::cert_revocation, Outcome::unknown}] = 90'000;
    report.whole = whole;
    const std::string line = render_nagios(report, faq::Lang::en, FailOn::warn);
    CHECK(line.starts_with("SCCA CRITICAL"));
    CHECK(holds(line, "Revocation of the certificate: could not be judged (" + report.subjects.back().path +
                          " … and 89999 more)"));
}

TEST_CASE("a plugin's line does not point to a list below it") {
    const std::string line = render_nagios(samples::unknown(), faq::Lang::en, FailOn::warn);
    CHECK(holds(line, ": could not be judged ("));
    CHECK_FALSE(holds(line, "below"));
}

TEST_CASE("a page of several problems names each of its sources once, the letter those of the first") {
    Report report = samples::expired_file();
    report.subjects[0].findings.push_back({Rung::cert_chain, Outcome::failed, faq::id::cert_untrusted, {}, {}, {}});
    report.subjects[0].findings.push_back({Rung::cert_signature, Outcome::failed, faq::id::cert_forged, {}, {}, {}});
    const auto count = [](std::string_view text, std::string_view part) {
        std::size_t found = 0;
        for (std::size_t at = text.find(part); at != text.npos; at = text.find(part, at + 1)) ++found;
        return found;
    };
    const std::string page = render_html(report, of_width(80), FailOn::warn);
    const std::string_view sources = std::string_view(page).substr(page.find("<footer>"));
    CHECK(count(sources, "scca-doctor 自己的检查") == 1);
    CHECK(count(sources, "帮助指南") == 1);
    const std::string letter = render_text(report, of_width(200), FailOn::warn);
    CHECK(holds(letter, "四川CA业务网页的程序"));
    CHECK_FALSE(holds(letter, "自己的检查"));
}
