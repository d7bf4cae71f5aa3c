// SPDX-License-Identifier: Apache-2.0
//
// Puts personal markers into every field of every kind of subject, as text and encoded, and looks for them in every
// format, also inside whatever base64, hexadecimal or two-octet text the output holds.
#include "markers.hpp"
#include "sample_reports.hpp"

#include "scca/core/redaction.hpp"
#include "scca/faq/ids.hpp"
#include "scca/report/render.hpp"

#include <catch2/catch.hpp>

using namespace scca;
using namespace scca::report;
using namespace scca::test;

namespace {

Report marked() {
    const std::string name = "CN=" + std::string(person) + ", SERIALNUMBER=" + std::string(identity) +
                             ", OU=NO.1:" + std::string(credit_code) + ", E=" + std::string(user) + "@x.cn, C=CN";
    Report report{"check " + disguised(), samples::evening(), {}};
    for (std::size_t kind = 0; kind < subject_kind_names.size(); ++kind) {
        Subject subject;
        subject.id = std::string(subject_kind_names[kind]) + "-1";
        subject.kind = static_cast<SubjectKind>(kind);
        subject.name = disguised();
        subject.parent = disguised();
        subject.picture_type = disguised();
        const std::string picture = "\x89PNG\r\n\x1a\n tEXt" + disguised();
        subject.picture.assign(picture.begin(), picture.end());
        for (const std::string_view key : {"label", "serial", "id", "maker", "role", "generation", "algorithm", "path",
                                           "signer", "abi", "holder", "atr", "sha256", "subject", "issuer"}) {
            subject.facts.push_back({key, disguised()});
        }
        subject.facts.push_back({"typed", std::string(person), Privacy::person});
        subject.facts.push_back({"number", std::string(identity), Privacy::number});
        subject.facts.push_back({"dn", name, Privacy::name});
        subject.facts.push_back({"dn_list", std::vector<std::string>{name, disguised()}, Privacy::name});
        subject.facts.push_back({"file", disguised(), Privacy::path});
        for (const Outcome outcome : {Outcome::passed, Outcome::failed, Outcome::crashed}) {
            subject.findings.push_back(
                {Rung::cert_chain,
                 outcome,
                 faq::id::ca_expired,
                 {{"ca", disguised()}, {"message", disguised()}, {"listed", std::vector{disguised()}}},
                 {},
                 {}});
        }
        subject.findings.push_back({Rung::seal_signer, Outcome::blocked, {}, {{"how", disguised()}}, disguised(), {}});
        report.subjects.push_back(std::move(subject));
    }
    return report;
}

}  // namespace

TEST_CASE("the search itself finds each marker in each dress") {
    for (const std::string_view marker : {user, host, identity, mobile}) {
        CHECK_FALSE(find_leak("x " + std::string(marker)).empty());
        CHECK_FALSE(find_leak("x " + base64(marker)).empty());
        CHECK_FALSE(find_leak("x " + base64(der(marker))).empty());
        CHECK_FALSE(find_leak("x#" + to_hex(as_bytes(der(marker)))).empty());
    }
    CHECK_FALSE(find_leak("139-8765-4321").empty());
    CHECK_FALSE(find_leak(render_json(marked(), faq::Lang::zh, FailOn::warn)).empty());
}

TEST_CASE("no personal marker reaches any format") {
    Redactor redactor = redactor_here();
    const Report safe = redacted(marked(), redactor);
    Style style;
    style.verbose = true;
    for (const std::size_t width : {60U, 200U}) {
        style.width = width;
        CHECK(find_leak(render_text(safe, style, FailOn::warn)) == "");
    }
    for (const faq::Lang lang : {faq::Lang::zh, faq::Lang::en}) {
        style.lang = lang;
        CHECK(find_leak(render_json(safe, lang, FailOn::warn)) == "");
        CHECK(find_leak(render_csv(safe, style)) == "");
        CHECK(find_leak(render_nagios(safe, lang, FailOn::warn)) == "");
        CHECK(find_leak(render_html(safe, style, FailOn::warn)) == "");
    }
    CHECK(find_leak(render_ndjson(safe, FailOn::warn)) == "");
    CHECK(find_leak(render_prometheus(safe, FailOn::warn, samples::evening())) == "");
}

TEST_CASE("a path that the user named stays as it was given") {
    Redactor redactor = redactor_here();
    Report report = samples::seal_file();
    report.subjects[0].path = "/home/" + std::string(other_user) + "/seal.esl";
    CHECK(redacted(report, redactor).subjects[0].path == report.subjects[0].path);
}

TEST_CASE("a company's name, a serial number and a digest are no secret") {
    Redactor redactor = redactor_here();
    Report report = samples::healthy();
    Field* serial = const_cast<Field*>(find_field(report.subjects[4].facts, "serial"));
    serial->value = std::string("510104198802290012");  // hexadecimal, and nearly an identity number
    Field* digest = const_cast<Field*>(find_field(report.subjects[4].facts, "sha256"));
    digest->value = "13987654321" + std::string(53, 'a');
    const Report safe = redacted(report, redactor);
    CHECK(safe.subjects[4].name == report.subjects[4].name);
    CHECK(find_field(safe.subjects[4].facts, "serial")->value == serial->value);
    CHECK(find_field(safe.subjects[4].facts, "sha256")->value == digest->value);
    CHECK(std::get<std::string>(find_field(safe.subjects[4].facts, "subject")->value) ==
          "CN=四川测试建设有限公司, O=四川测试建设有限公司, SERIALNUMBER=number-1, C=CN");
}

TEST_CASE("redaction changes neither the verdict nor the causes") {
    for (const auto& sample : samples::all()) {
        Redactor redactor = redactor_here();
        const Report safe = redacted(sample.report, redactor);
        CHECK(verdict(safe, FailOn::warn) == verdict(sample.report, FailOn::warn));
        CHECK(root_causes(safe) == root_causes(sample.report));
    }
}

TEST_CASE("a person's seal shows no picture and one name throughout") {
    Redactor redactor = redactor_here();
    Report report = samples::seal_file();
    Subject& seal = report.subjects[0];
    seal.name = person;
    for (Field& field : seal.facts) {
        if (field.key == "name") field = {"name", std::string(person), Privacy::person};
    }
    const Report safe = redacted(report, redactor);
    CHECK(safe.subjects[0].name == "person-1");
    CHECK(safe.subjects[0].picture.empty());
}

TEST_CASE("what explain quotes from a paste is swept") {
    Redactor redactor = redactor_here();
    explain::Explanation explanation;
    explanation.matches.push_back(
        {.id = faq::id::cert_expiring, .confidence = {}, .score = 1, .matched = "电话13987654321", .at = 0});
    CHECK(redacted(explanation, redactor).matches[0].matched == "电话number-1");
}
