// SPDX-License-Identifier: Apache-2.0
//
// What a finding is told as: true of what was seen, and nothing that only a programmer reads.
#include "report/detail.hpp"
#include "report/advice.hpp"

#include "scca/faq/ids.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cerrno>

using namespace scca;
using namespace scca::report;

namespace {

Finding failed(Rung rung, faq::Id id, Fields evidence) {
    return {rung, Outcome::failed, id, std::move(evidence), {}, {}};
}

std::string zh(const Finding& finding) { return detail_of(finding, faq::Lang::zh); }

Field text(const char* key, const char* value) { return {key, std::string(value)}; }

Subject subject(SubjectKind kind, std::string id, std::string name = {}, std::string parent = {}) {
    Subject made;
    made.kind = kind;
    made.id = std::move(id);
    made.name = std::move(name);
    made.parent = std::move(parent);
    return made;
}

/// The causes of its problem that the finding proves, by their place in the entry.
std::vector<std::size_t> causes_of(const Finding& finding) {
    const faq::Entry& entry = faq::entry(*finding.faq);
    std::vector<std::size_t> places;
    std::size_t place = 0;
    for (const faq::Cause& cause : faq::causes_of(entry)) {
        if (is_about(entry, cause, finding)) places.push_back(place);
        ++place;
    }
    return places;
}

}  // namespace

TEST_CASE("a name that the CA above may not issue for is told with the rule, and has causes of its own") {
    Fields evidence{
        text("reason", "name-constraints"), text("ca", "CN=CA"),
        text("certificate", "CN=单位"),     text("name_kind", "host"),
        text("name", "mail.other.example"), {"permitted", std::vector<std::string>{".example.cn", ".example.org"}}};
    const auto finding = [&] { return failed(Rung::cert_chain, faq::id::cert_untrusted, evidence); };
    CHECK(zh(finding()) ==
          "CN=单位 里的名称 mail.other.example 不在上级证书 CN=CA 准许的范围内，它只准 .example.cn；.example.org");
    CHECK(causes_of(finding()) == std::vector<std::size_t>{2});
    evidence.push_back({"permitted_besides", std::int64_t{3}});
    CHECK(zh(finding()).ends_with(".example.org 和另外 3 个"));
    evidence.pop_back();
    evidence.back() = {"excluded", std::vector<std::string>{".other.example"}};
    CHECK(zh(finding()) == "CN=单位 里的名称 mail.other.example 是上级证书 CN=CA 明文排除的，它不准 .other.example");
    evidence[3] = text("name_kind", "directory");
    CHECK(zh(finding()).starts_with("mail.other.example 是上级证书"));
    // Redaction has changed the octets.
    evidence.erase(evidence.begin() + 3, evidence.end());
    CHECK(zh(finding()) == "上级证书 CN=CA 限定了可以发给谁，CN=单位 不在其内");
}

TEST_CASE("a driver for another computer is told by the names of both") {
    const Fields here{text("message", "i386 32 on x86-64 64"),
                      text("reason", "other-machine"),
                      text("machine", "x86-64"),
                      {"machine_bits", std::int64_t{64}}};
    Fields named = here;
    named.push_back(text("made_for", "i386"));
    named.push_back({"made_for_bits", std::int64_t{32}});
    CHECK(zh(failed(Rung::module_file, faq::id::driver_wrong_architecture, named)) ==
          "这是给 i386（32 位）电脑用的驱动，这台电脑是 x86-64（64 位）");
    CHECK(zh(failed(Rung::module_file, faq::id::driver_wrong_architecture, here)) ==
          "这是给另一种处理器做的驱动，这台电脑是 x86-64（64 位）");
}

TEST_CASE("a driver that wants a newer glibc leads to its maker, one that lacks a library to the package") {
    const auto newer = failed(Rung::module_file, faq::id::driver_missing_library,
                              {text("reason", "version-missing"), text("library", "libc.so.6"),
                               text("needs_version", "GLIBC_2.99"), text("has_version", "GLIBC_2.36")});
    CHECK(zh(newer) == "要 GLIBC_2.99，这台电脑只有 GLIBC_2.36");
    CHECK(causes_of(newer) == std::vector<std::size_t>{1});
    const auto lacking = failed(Rung::module_file, faq::id::driver_missing_library,
                                {text("reason", "library-missing"), text("library", "libmissing99.so.1")});
    CHECK(zh(lacking) == "缺 libmissing99.so.1");
    CHECK(causes_of(lacking) == std::vector<std::size_t>{0});
    // A snapshot of before there were reasons.
    CHECK(causes_of(failed(Rung::module_file, faq::id::driver_missing_library, {})) == std::vector<std::size_t>{0});
}

TEST_CASE("what the system says of a file is told in the reader's language") {
    const auto said = [](std::int64_t number, const char* message) {
        return zh(failed(Rung::module_loads, faq::id::driver_crashed, {{"errno", number}, text("message", message)}));
    };
    CHECK(said(EIO, "Input/output error") == "磁盘或设备读写出错");
    CHECK(said(ENOENT, "No such file or directory") == "没有这个文件或文件夹");
}

TEST_CASE("a driver's wild answer, a lost pipe and a code are told without the machine's own words") {
    const auto answers = [](Fields evidence) {
        return zh(failed(Rung::module_answers, faq::id::driver_crashed, std::move(evidence)));
    };
    CHECK(
        answers({text("call", "C_GetAttributeValue"), text("message", "claims 9 octets where there was room for 1")}) ==
        "驱动在 C_GetAttributeValue 中给出的数据不合规矩，不能用");
    CHECK(answers({text("call", "C_Sign"), text("message", "/m.so: undefined symbol: C_Sign")}) ==
          "驱动里没有 C_Sign 这个函数");
    CHECK(answers({text("call", "SKF_EnumDev"), {"exit_status", std::int64_t{74}}}) ==
          "驱动在 SKF_EnumDev 中弄断了检查用的管道");
    CHECK(answers({text("call", "SKF_EnumDev"), {"exit_status", std::int64_t{1}}}) ==
          "驱动在 SKF_EnumDev 中自行退出（状态 1）");
    CHECK(answers({text("call", "C_Initialize"), text("code", "0x00000005"), text("symbol", "CKR_GENERAL_ERROR")}) ==
          "C_Initialize 返回 CKR_GENERAL_ERROR（0x00000005）");
}

TEST_CASE("no number of tries is told where none is known") {
    const auto warned = [](Fields evidence) {
        return Finding{Rung::token_pin, Outcome::warned, faq::id::pin_few_tries, std::move(evidence), {}, {}};
    };
    const Finding unknown = warned({text("reason", "wrong-before")});
    CHECK(zh(unknown) == "输错过，还剩几次不知道");
    CHECK(causes_of(unknown) == std::vector<std::size_t>{1});
    CHECK(zh(warned({{"tries_left", std::int64_t{1}}})) == "只剩 1 次，再输错就锁住");
    CHECK(zh(warned({{"tries_left", std::int64_t{2}}})) == "还可以输错 2 次");
    CHECK(causes_of(warned({{"tries_left", std::int64_t{2}}})) == std::vector<std::size_t>{0});
    CHECK(zh(failed(Rung::token_pin, faq::id::pin_locked, {})) == "已锁定：剩余 0 次");
}

TEST_CASE("the step fits the reason: modules of the kernel, permission, a computer without USB") {
    const auto first_run = [](const Finding& finding) {
        const auto places = causes_of(finding);
        REQUIRE(places.size() == 1);
        const auto steps =
            steps_for(faq::causes_of(faq::entry(*finding.faq))[places[0]], faq::System::linux, faq::Lang::zh);
        return steps.front().run;
    };
    CHECK(first_run(failed(Rung::machine_usb_access, faq::id::key_no_permission, {text("reason", "sg-missing")})) ==
          "modprobe sg");
    CHECK(first_run(failed(Rung::machine_driver, faq::id::key_driver_missing,
                           {text("reason", "storage-driver-missing")})) == "modprobe usb-storage && modprobe sg");
    CHECK(first_run(failed(Rung::machine_pcsc, faq::id::service_not_running, {text("reason", "socket-missing")})) ==
          "apt install pcscd libccid");
    CHECK(first_run(failed(Rung::machine_pcsc, faq::id::service_not_running, {text("reason", "socket-forbidden")}))
              .empty());
    CHECK(causes_of(failed(Rung::machine_usb, faq::id::key_not_detected, {text("reason", "usb-not-visible")})) ==
          std::vector<std::size_t>{2});
}

TEST_CASE("a chain that leads nowhere is told with what stands in its way") {
    const auto zh = [](const char* reason, const Field& field) {
        return detail_of(failed(Rung::cert_chain, faq::id::cert_untrusted, {text("reason", reason), field}),
                         faq::Lang::zh);
    };
    const Field ca = text("certificate", "CN=中间");
    CHECK(zh("not-a-ca", ca) == "上面的 CN=中间 没有签发证书的资格，它不是 CA 证书");
    CHECK(zh("path-length", ca) == "上面的 CN=中间 不准下面再有这么多级 CA");
    CHECK(zh("loop", ca) == "上面的 CA 证书互相签发，转成了一个圈，到不了根（到 CN=中间 为止）");
    CHECK(zh("issuer-missing", text("missing_issuer", "CN=根")) == "缺了签发者 CN=根 的证书");
    CHECK(detail_of({Rung::cert_chain, Outcome::passed, {}, {{"issuers", std::int64_t{2}}}, {}, {}}, faq::Lang::zh)
              .empty());
}

TEST_CASE("one day is no days in English, and a number that is not there is not one") {
    const auto past = [](std::int64_t days) {
        return detail_of(failed(Rung::cert_dates, faq::id::cert_expiring,
                                {{"days_past", days}, {"not_after", *parse_moment("2026-11-24T00:00:00Z")}}),
                         faq::Lang::en);
    };
    CHECK(past(1).ends_with(" 1 day ago"));
    CHECK(past(2).ends_with(" 2 days ago"));
    CHECK(fill("{file is|files are:n} open", {}, faq::Lang::en) == "files are open");
}

TEST_CASE("what is to be copied stands on a line of its own, whatever the width") {
    const std::string rule =
        "SUBSYSTEM==\"usb\", ATTRS{idVendor}==\"055c\", ATTRS{idProduct}==\"e618\", TAG+=\"uaccess\"";
    Report report;
    report.command = "check-key";
    report.subjects.push_back(subject(SubjectKind::machine, "machine"));
    report.subjects[0].findings.push_back(failed(Rung::machine_usb_access, faq::id::key_no_permission,
                                                 {text("device", "055c:e618"),
                                                  text("reason", "no-permission"),
                                                  text("node", "/dev/bus/usb/001/004"),
                                                  text("udev_rule_file", "/etc/a.rules"),
                                                  {"udev_rule", rule}}));
    Style style;
    style.width = 60;
    const std::string page = render_text(report, style, FailOn::warn);
    INFO(page);
    CHECK(page.find("\n       " + rule + "\n") != std::string::npos);
    CHECK(page.find(rule) == page.rfind(rule));
    CHECK(page.find("udevadm control --reload && udevadm trigger") > page.find(rule));
}

TEST_CASE("of two keys it is told which of them lacks a certificate") {
    Report report;
    report.command = "check-key";
    for (const char* const number : {"1", "2"}) {
        const std::string token = std::string("token-") + number;
        report.subjects.push_back(subject(SubjectKind::token, token, number[0] == '1' ? "SCCA A1" : "SCCA B2"));
        report.subjects.push_back(subject(SubjectKind::key, std::string("key-") + number, "sign", token));
        report.subjects.back().findings.push_back(
            failed(Rung::cert_pair, faq::id::cert_pair_incomplete, {{"missing_encryption", true}}));
    }
    const std::string page = render_text(report, {}, FailOn::warn);
    INFO(page);
    CHECK(page.find("钥匙“SCCA A1”里的 sign：只有签名证书") != std::string::npos);
    CHECK(page.find("钥匙“SCCA B2”里的 sign：只有签名证书") != std::string::npos);
}

TEST_CASE("what came of a signature test is told below the verdict, with -q as well") {
    Report report;
    report.command = "check-key";
    report.subjects.push_back(subject(SubjectKind::token, "token-1", "SCCA"));
    report.subjects.push_back(subject(SubjectKind::key, "key-1", "sign", "token-1"));
    Style style;
    style.quiet = true;
    report.subjects[1].findings = {
        {Rung::key_signs, Outcome::passed, {}, {{"signature_octets", std::int64_t{256}}}, {}, {}}};
    CHECK(render_text(report, style, FailOn::warn).find("✓ 签名测试：签名成功") != std::string::npos);
    report.subjects[1].findings = {{Rung::key_signs, Outcome::unknown, {}, {text("reason", "wrong-before")}, {}, {}}};
    CHECK(render_text(report, style, FailOn::warn).find("? 签名测试：没有试：密码输错过，还剩几次不知道") !=
          std::string::npos);
}

TEST_CASE("a rule to copy is a step of its own, with the file that it belongs into") {
    const auto steps =
        own_steps_of(failed(Rung::machine_usb_access, faq::id::key_no_permission,
                            {text("reason", "no-permission"), text("udev_rule_file", "/etc/udev/rules.d/70-a.rules"),
                             text("udev_rule", "SUBSYSTEM==\"usb\", TAG+=\"uaccess\"")}),
                     faq::Lang::zh);
    REQUIRE(steps.size() == 1);
    CHECK(steps[0].text.find("/etc/udev/rules.d/70-a.rules") != std::string::npos);
    CHECK(steps[0].run == "SUBSYSTEM==\"usb\", TAG+=\"uaccess\"");
}

TEST_CASE("why nobody can tell whether a certificate was revoked is told apart") {
    const auto unknown = [](Fields evidence) {
        return Finding{
            Rung::cert_revocation, Outcome::unknown, faq::id::revocation_unknown, std::move(evidence), {}, {}};
    };
    const Field from = text("source", "http://crl.example/ca.crl");
    const Finding silent = unknown({text("reason", "no-answer"), {"deadline_ms", std::int64_t{8000}}, from});
    CHECK(zh(silent) == "查询吊销的服务器（http://crl.example/ca.crl）没有回应，等了 8000 毫秒");
    const Finding refused = unknown({text("reason", "no-answer"), text("message", "Connection refused"), from});
    CHECK(zh(refused) == "没有从 http://crl.example/ca.crl 得到结果（Connection refused）");
    const Field end{"next_update", *parse_moment("2026-11-01T00:00:00Z")};
    const Finding stale_list = unknown({text("reason", "expired"), text("kind", "crl"), end, from});
    CHECK(zh(stale_list) == "吊销列表（http://crl.example/ca.crl）只用到 2026-11-01，已经过期");
    const Finding stale_answer = unknown({text("reason", "expired"), text("kind", "ocsp"), end, from});
    CHECK(zh(stale_answer) == "查询应答（http://crl.example/ca.crl）只用到 2026-11-01，已经过期");
    const Finding part = unknown({text("reason", "partial-list"), text("kind", "crl"), from});
    CHECK(zh(part) == "吊销列表（http://crl.example/ca.crl）只是一部分，例如增量列表；里面没有这张证书，不说明什么");
    CHECK(zh(unknown({text("reason", "wrong-signer"), text("kind", "crl"), from})) ==
          "吊销列表（http://crl.example/ca.crl）不是签发者的密钥签的");
    CHECK(zh(unknown({text("reason", "no-address")})) == "没有吊销列表，证书里也没写可以查询的网址");
    const Field ldap{"not_asked", std::vector<std::string>{"https://crl.example/", "ldap://crl.example/"}};
    const Finding never = unknown({text("reason", "address-not-asked"), ldap});
    CHECK(zh(never) == "证书里只写了 https://crl.example/；ldap://crl.example/，本程序不问这种网址，只问 http 的");
    CHECK(causes_of(never) == std::vector<std::size_t>{4});
    CHECK(zh(unknown({text("reason", "no-answer"), text("message", "Connection refused"), from, ldap})) ==
          "没有从 http://crl.example/ca.crl 得到结果（Connection "
          "refused）（没有问的：https://crl.example/；ldap://crl.example/）");
    CHECK(causes_of(silent) == std::vector<std::size_t>{0});
    CHECK(causes_of(stale_list) == std::vector<std::size_t>{1});
    CHECK(causes_of(unknown({text("reason", "issuer-missing")})) == std::vector<std::size_t>{2});
    CHECK(causes_of(part) == std::vector<std::size_t>{3});
}

TEST_CASE("no reason why revocation is unknown is left without words") {
    for (const char* reason :
         {"expired", "not-yet-valid", "no-next-update", "status-unknown", "partial-list", "damaged", "cut",
          "signer-expired", "signer-not-appointed", "wrong-signer", "unsupported-algorithm", "responder-refused",
          "other-certificate", "other-issuer", "no-address", "address-not-asked", "issuer-missing"}) {
        for (const char* kind : {"crl", "ocsp"}) {
            INFO(reason << ' ' << kind);
            CHECK_FALSE(zh({Rung::cert_revocation,
                            Outcome::unknown,
                            faq::id::revocation_unknown,
                            {text("reason", reason), text("kind", kind)},
                            {},
                            {}})
                            .empty());
        }
    }
}

TEST_CASE("who pasted a certificate's text is told what may have happened to it, and what to ask for") {
    const Fields text_breaks{{"offset", std::int64_t{30}}, text("field", "PEM"), text("message", "no base64 here")};
    CHECK(zh(failed(Rung::cert_readable, faq::id::cert_unreadable, text_breaks)).ends_with("请向对方要证书文件本身"));
    const Fields octets_break{{"offset", std::int64_t{30}}, text("field", "Certificate.tbsCertificate")};
    CHECK(zh(failed(Rung::cert_readable, faq::id::cert_unreadable, octets_break)) ==
          "在第 30 字节处（Certificate.tbsCertificate）读不下去");
}
