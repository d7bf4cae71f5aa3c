// SPDX-License-Identifier: Apache-2.0
//
// Puts personal markers into every field of every kind of subject, as text and encoded, and looks for them in every
// format, also inside whatever base64, hexadecimal or two-octet text the output holds.
#include "sample_reports.hpp"

#include "scca/core/redaction.hpp"
#include "scca/faq/ids.hpp"
#include "scca/report/render.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cctype>

using namespace scca;
using namespace scca::report;

namespace {

constexpr std::string_view user = "mqzhaozilong";
constexpr std::string_view host = "vqhostseven";
constexpr std::string_view other_user = "wbsunshangxiang";
constexpr std::string_view identity = "51010419880229001X";
constexpr std::string_view mobile = "13987654321";
constexpr std::string_view person = "诸葛孔明";
constexpr std::string_view credit_code = "91350100M000100Y43";

const std::vector<std::string_view> markers{user, host, other_user, identity, mobile, person, credit_code};

std::string base64(std::string_view text) {
    constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string encoded;
    for (std::size_t i = 0; i < text.size(); i += 3) {
        unsigned group = 0;
        for (std::size_t k = 0; k < 3; ++k)
            group = group << 8U | (i + k < text.size() ? static_cast<unsigned char>(text[i + k]) : 0U);
        for (std::size_t k = 0; k < 4; ++k)
            encoded += i + k > text.size() ? '=' : alphabet[group >> (18 - 6 * k) & 63U];
    }
    return encoded;
}

/// A DER SEQUENCE with the text as UTF8String and, when it is ASCII, as BMPString (X.690).
std::string der(std::string_view text) {
    std::string wide;
    for (const char c : text) wide += {'\0', c};
    const auto tlv = [](char tag, const std::string& content) {
        return std::string{tag, static_cast<char>(content.size())} + content;
    };
    return tlv('\x30', tlv('\x0C', std::string(text)) + tlv('\x1E', wide));
}

/// One text with every marker in every dress.
std::string disguised() {
    const std::string id(identity);
    std::string text = std::string(person) + " /home/" + std::string(user) + "/a /home/" + std::string(other_user) +
                       "/b C:\\Users\\" + std::string(other_user) + "\\c " + std::string(user) + "_key.cer cert-" + id +
                       ".pem SF0" + id + " " + id.substr(0, 17) + "x tel+86 139-8765-4321, 139 8765 4321; " +
                       std::string(mobile) + " " + std::string(host) + ".local " + std::string(credit_code);
    for (const std::string_view marker : {user, host, identity, mobile}) {
        for (const std::string& octets : {std::string(marker), der(marker)}) {
            text += ' ' + base64(octets) + " #" + to_hex(as_bytes(octets)) + " x_" + base64(octets);
        }
    }
    return text;
}

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
            subject.facts.push_back({std::string(key), disguised()});
        }
        subject.facts.push_back({"typed", std::string(person), Privacy::person});
        subject.facts.push_back({"number", std::string(identity), Privacy::number});
        subject.facts.push_back({"dn", name, Privacy::name});
        subject.facts.push_back({"dn_list", std::vector<std::string>{name, disguised()}, Privacy::name});
        subject.facts.push_back({"file", disguised(), Privacy::path});
        subject.facts.push_back({disguised(), true});
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

std::string lower(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return text;
}

/// Digits of a number may stand apart; then only the joined text shows them.
std::string joined(const std::string& text) {
    std::string together;
    for (const char c : text) {
        if (c != ' ' && c != '-') together += c;
    }
    return together;
}

std::vector<std::string> decoded_runs(const std::string& text) {
    constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::vector<std::string> decoded;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (alphabet.find(text[i]) == std::string::npos ||
            (i > 0 && std::isalnum(static_cast<unsigned char>(text[i - 1]))))
            continue;
        const std::size_t end = std::min(text.find_first_not_of(alphabet, i), text.size());
        const std::string run = text.substr(i, end - i);
        if (run.size() < 12) continue;
        if (const auto hex = parse_hex(run.substr(0, run.size() & ~std::size_t{1})))
            decoded.emplace_back(as_text(*hex));
        std::string octets;
        unsigned bits = 0;
        unsigned count = 0;
        for (const char c : run) {
            bits = (bits << 6U | static_cast<unsigned>(alphabet.find(c))) & 0xFFFFU;
            count += 6;
            if (count >= 8) octets += static_cast<char>(bits >> (count -= 8) & 0xFFU);
        }
        decoded.push_back(std::move(octets));
    }
    return decoded;
}

std::string find_leak(const std::string& output) {
    std::vector<std::string> texts{output, joined(output)};
    for (const std::string& octets : decoded_runs(output)) {
        texts.push_back(octets);
        std::string narrow = octets;  // two-octet text without its zeros
        narrow.erase(std::remove(narrow.begin(), narrow.end(), '\0'), narrow.end());
        texts.push_back(narrow);
    }
    for (const std::string& text : texts) {
        for (const std::string_view marker : markers) {
            const std::size_t at = lower(text).find(lower(std::string(marker)));
            if (at != std::string::npos) return std::string(marker) + " in …" + text.substr(at > 30 ? at - 30 : 0, 90);
        }
    }
    return {};
}

Redactor redactor_here() {
    return Redactor({.user = std::string(user), .host = std::string(host), .home = "/home/" + std::string(user)});
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
