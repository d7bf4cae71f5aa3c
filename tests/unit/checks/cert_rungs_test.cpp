// SPDX-License-Identifier: Apache-2.0
//
// The rungs of a certificate against the fixtures of tests/fixtures/pki: each finding has one that fails and one that
// passes.
#include "scca/checks/judge.hpp"
#include "scca/faq/ids.hpp"
#include "scca/pki/certificate.hpp"
#include "scca/pki/container.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>

using namespace scca;
using report::Outcome;

namespace {

Bytes fixture(const std::string& name) {
    const auto path = std::filesystem::path(SCCA_PKI_FIXTURES) / name;
    INFO(path.string());
    std::ifstream file(path, std::ios::binary);
    REQUIRE(file);
    return Bytes(std::istreambuf_iterator<char>(file), {});
}

/// "chains/<name>.der", or a path below the fixtures.
Bytes der(const std::string& name) {
    return fixture(name.find('/') == std::string::npos ? "chains/" + name + ".der" : name + ".der");
}

/// A key with these certificates in one container; the first is the one that is judged.
struct Key {
    std::vector<std::string> certificates;
    std::vector<std::string> trust = {};
    token::KeyRole role = token::KeyRole::unknown;
    std::vector<token::PublicKeySeen> public_keys = {};
};

token::Snapshot snapshot_of(const Key& key) {
    token::ContainerSeen container;
    container.name = "one";
    for (const std::string& name : key.certificates) container.certificates.push_back({key.role, der(name)});
    container.public_keys = key.public_keys;
    token::ApplicationSeen application;
    application.containers.push_back(std::move(container));
    token::TokenSeen token;
    token.applications.push_back(std::move(application));
    token::ModuleSeen module;
    module.exports_skf = true;
    module.tokens.push_back(std::move(token));
    token::Snapshot snapshot;
    snapshot.modules.push_back(std::move(module));
    for (const std::string& name : key.trust) snapshot.trust.push_back({name, der(name), {}});
    return snapshot;
}

std::vector<checks::Wish> wishes_for(const token::Snapshot& snapshot, const checks::Options& chosen) {
    return checks::Judge(chosen, snapshot.trust).find_wishes(snapshot);
}

checks::Options options() {
    checks::Options chosen;
    chosen.at = *parse_moment("2026-11-22");
    return chosen;
}

/// The finding about the first certificate, or about what carries the rung.
report::Finding find(const token::Snapshot& snapshot, Rung rung, const checks::Options& chosen) {
    const report::Report report = checks::judge(snapshot, chosen);
    for (const report::Subject& subject : report.subjects) {
        for (const report::Finding& finding : subject.findings) {
            if (finding.rung == rung) return finding;
        }
    }
    INFO(id_of(rung));
    REQUIRE(false);
    return {};
}

report::Finding find(const Key& key, Rung rung) { return find(snapshot_of(key), rung, options()); }

void expect(const report::Finding& finding, Outcome outcome, std::optional<faq::Id> id = std::nullopt) {
    INFO(id_of(finding.rung) << ' ' << name_of(finding.outcome));
    CHECK(finding.outcome == outcome);
    CHECK(finding.faq == id);
}

std::string evidence(const report::Finding& finding, std::string_view key) {
    const report::Field* const field = report::find_field(finding.evidence, key);
    const auto* const text = field == nullptr ? nullptr : std::get_if<std::string>(&field->value);
    return text == nullptr ? std::string() : *text;
}

const std::vector<std::string> root{"root-ca"};

}  // namespace

TEST_CASE("a whole chain to a trusted CA passes, and its signatures hold") {
    const Key key{{"whole", "whole-ca"}, root};
    expect(find(key, Rung::cert_chain), Outcome::passed);
    expect(find(key, Rung::cert_signature), Outcome::passed);
}

TEST_CASE("an issuer that nobody supplied is noted, and fails when trust was given") {
    expect(find({{"whole"}}, Rung::cert_chain), Outcome::noted);
    expect(find({{"whole"}}, Rung::cert_signature), Outcome::noted);
    expect(find({{"whole", "whole-ca"}}, Rung::cert_chain), Outcome::noted);
    const auto finding = find({{"whole"}, root}, Rung::cert_chain);
    expect(finding, Outcome::failed, faq::id::cert_untrusted);
    CHECK(evidence(finding, "reason") == "issuer-missing");
}

TEST_CASE("a CA's name is the same in another string type, in other case and with other spaces") {
    for (const std::string how : {"utf8", "bmp", "case", "spaces"}) {
        INFO(how);
        expect(find({{"spelt-" + how, "spelt-ca"}, root}, Rung::cert_chain), Outcome::passed);
        expect(find({{"spelt-" + how, "spelt-ca"}, root}, Rung::cert_signature), Outcome::passed);
    }
    expect(find({{"spelt-other", "spelt-ca"}, root}, Rung::cert_chain), Outcome::failed, faq::id::cert_untrusted);
}

TEST_CASE("a chain through what is no CA, too long a chain and a loop fail, with and without trust") {
    const std::vector<std::pair<std::vector<std::string>, std::string>> cases{
        {{"without-ca-flag", "without-ca-flag-ca"}, "not-a-ca"},
        {{"ca-flag-false", "ca-flag-false-ca"}, "not-a-ca"},
        {{"without-cert-sign", "without-cert-sign-ca"}, "not-a-ca"},
        {{"path-length", "path-length-ca", "path-length-first-ca", "root-ca"}, "path-length"},
        {{"loop", "loop-ca", "loop-other-ca"}, "loop"},
    };
    for (const auto& [certificates, reason] : cases) {
        for (const auto& trust : {std::vector<std::string>{}, root}) {
            INFO(certificates.front() << " trusting " << trust.size());
            const auto finding = find({certificates, trust}, Rung::cert_chain);
            expect(finding, Outcome::failed, faq::id::cert_untrusted);
            CHECK(evidence(finding, "reason") == reason);
        }
    }
    expect(find({{"cert-sign-alone", "cert-sign-alone-ca"}, root}, Rung::cert_chain), Outcome::passed);
}

TEST_CASE("a CA above that has expired is warned of, whether or not the chain ends in trust") {
    for (const auto& trust : {std::vector<std::string>{}, root}) {
        const auto finding = find({{"ca-expired", "ca-expired-ca"}, trust}, Rung::cert_chain);
        expect(finding, Outcome::warned, faq::id::ca_expired);
        CHECK(evidence(finding, "not_after") == "2020-12-31T23:59:59Z");
    }
}

TEST_CASE("the old national root has expired, though nobody has its certificate") {
    const auto finding = find({{"below-old-root"}}, Rung::cert_chain);
    expect(finding, Outcome::warned, faq::id::ca_expired);
    CHECK(evidence(finding, "ca") == "CN=ROOTCA, O=OSCCA, C=CN");
    auto then = options();
    then.at = *parse_moment("2025-08-01");
    expect(find(snapshot_of({{"below-old-root"}}), Rung::cert_chain, then), Outcome::noted);
}

TEST_CASE("a CA whose certificate was renewed is the valid one, in whatever order both were supplied") {
    expect(find({{"ca-expired", "ca-expired-ca", "ca-renewed-ca"}, root}, Rung::cert_chain), Outcome::passed);
    expect(find({{"ca-expired", "ca-renewed-ca", "ca-expired-ca"}, root}, Rung::cert_chain), Outcome::passed);
}

TEST_CASE("a CA above that is not yet valid fails the chain, and is named") {
    for (const auto& trust : {std::vector<std::string>{}, root}) {
        const auto finding = find({{"ca-not-yet-valid", "ca-not-yet-valid-ca"}, trust}, Rung::cert_chain);
        expect(finding, Outcome::failed, faq::id::cert_untrusted);
        CHECK(evidence(finding, "reason") == "ca-not-yet-valid");
        CHECK(evidence(finding, "not_before") == "2090-01-01T00:00:00Z");
    }
}

TEST_CASE("the CA that signed is found among dozens of its name, and a file with hundreds keeps nobody busy") {
    const Bytes real = der("spelt-ca");
    const auto parsed = pki::parse_certificate(real);
    REQUIRE(parsed);
    const auto& key = parsed->public_key.content;
    const auto among = [&](std::uint8_t others) {
        token::Snapshot snapshot = snapshot_of({{"spelt-utf8"}, root});
        for (std::uint8_t i = 0; i < others; ++i) {
            Bytes other = real;
            const auto at = std::search(other.begin(), other.end(), key.begin(), key.end());
            REQUIRE(at != other.end());
            std::fill_n(at, 8, i);
            snapshot.supplied.push_back({"other", other, {}});
        }
        snapshot.supplied.push_back({"real", real, {}});
        return find(snapshot, Rung::cert_signature, options());
    };
    expect(among(60), Outcome::passed);
    expect(among(200), Outcome::unknown);
}

const std::vector<std::string> crossed_root{"crossed-root-ca"};

TEST_CASE("of two certificates of one CA the one that leads to trust is found, in whatever order both were supplied") {
    for (const std::string name :
         {"crossed", "crossed-missing", "crossed-expired", "crossed-long", "crossed-no-ca", "crossed-loop"}) {
        std::vector<std::string> others{name + "-blind-ca", name + "-ca"};
        if (name == "crossed")
            others.emplace_back("crossed-stranger-ca");
        else if (name != "crossed-missing")
            others.push_back(name + "-upper-ca");
        std::ranges::sort(others);
        do {
            std::vector<std::string> certificates{name};
            certificates.insert(certificates.end(), others.begin(), others.end());
            INFO(name << ", first " << others.front());
            expect(find({certificates, crossed_root}, Rung::cert_chain), Outcome::passed);
            expect(find({certificates, crossed_root}, Rung::cert_signature), Outcome::passed);
        } while (std::ranges::next_permutation(others).found);
    }
}

TEST_CASE("a CA that another one signed as well is trusted by either") {
    const std::vector<std::string> certificates{"crossed", "crossed-ca", "crossed-blind-ca", "crossed-stranger-ca"};
    expect(find({certificates, {"crossed-stranger-ca"}}, Rung::cert_chain), Outcome::passed);
    expect(find({certificates, crossed_root}, Rung::cert_chain), Outcome::passed);
    expect(find({certificates, {"whole-ca"}}, Rung::cert_chain), Outcome::failed, faq::id::cert_untrusted);
}

TEST_CASE("where no way leads to trust the end of the best one is told") {
    const auto reason = [](const std::vector<std::string>& certificates) {
        const auto finding = find({certificates, {"whole-ca"}}, Rung::cert_chain);
        expect(finding, Outcome::failed, faq::id::cert_untrusted);
        return evidence(finding, "reason");
    };
    CHECK(reason({"crossed-loop", "crossed-loop-blind-ca", "crossed-loop-upper-ca"}) == "loop");
    CHECK(reason({"crossed-no-ca", "crossed-no-ca-blind-ca", "crossed-no-ca-upper-ca"}) == "not-a-ca");
    CHECK(reason({"crossed", "crossed-blind-ca", "crossed-stranger-ca"}) == "untrusted-root");
    CHECK(reason({"crossed-missing", "crossed-missing-blind-ca"}) == "issuer-missing");
    expect(find({{"crossed-expired", "crossed-expired-blind-ca", "crossed-expired-upper-ca"}, crossed_root},
                Rung::cert_chain),
           Outcome::warned, faq::id::ca_expired);
}

TEST_CASE("two hundred CAs of one name and key that all signed each other are told in bounded time") {
    const auto swarm = pki::find_certificates(fixture("chains/swarm.pem"));
    REQUIRE(swarm.size() == 200);
    token::Snapshot snapshot = snapshot_of({{"below-swarm"}, root});
    for (const pki::FoundCertificate& one : swarm) snapshot.supplied.push_back({"swarm", one.der, {}});
    auto& certificates = snapshot.modules[0].tokens[0].applications[0].containers[0].certificates;
    certificates.resize(500, certificates.front());
    const auto begin = std::chrono::steady_clock::now();
    const auto finding = find(snapshot, Rung::cert_chain, options());
    const auto took = std::chrono::steady_clock::now() - begin;
    expect(finding, Outcome::failed, faq::id::cert_untrusted);
    CHECK(std::chrono::duration_cast<std::chrono::milliseconds>(took).count() < 5000);
}

TEST_CASE("a critical extension that nobody knows is warned of by its number, in the certificate and above it") {
    for (const std::string name : {"critical-unknown", "critical-unknown-above"}) {
        for (const auto& trust : {std::vector<std::string>{}, root}) {
            std::vector<std::string> certificates{name};
            if (name.ends_with("above")) certificates.push_back(name + "-ca");
            INFO(name);
            const auto finding = find({certificates, trust}, Rung::cert_chain);
            expect(finding, Outcome::warned, faq::id::cert_untrusted);
            CHECK(evidence(finding, "reason") == "critical-extension");
            const report::Field* const oids = report::find_field(finding.evidence, "unknown_critical");
            REQUIRE(oids != nullptr);
            CHECK(std::get<std::vector<std::string>>(oids->value) == std::vector<std::string>{"1.2.3.4.5.6"});
            expect(find({certificates, root}, Rung::cert_signature), Outcome::passed);
        }
    }
    expect(find({{"critical-known"}, root}, Rung::cert_chain), Outcome::passed);
}

TEST_CASE("a CA's certificate is held against the names that those above it may issue for") {
    const auto chain = [](const std::string& name) { return find({{name, name + "-ca"}, root}, Rung::cert_chain); };
    expect(chain("names-permitted"), Outcome::passed);
    expect(chain("names-excluded-elsewhere"), Outcome::passed);
    for (const std::string name : {"names-of-others", "names-excluded"}) {
        INFO(name);
        expect(chain(name), Outcome::failed, faq::id::cert_untrusted);
        CHECK(evidence(chain(name), "reason") == "name-constraints");
    }
    expect(chain("names-of-hosts"), Outcome::unknown);
    CHECK(evidence(chain("names-of-hosts"), "reason") == "other-names");
}

TEST_CASE("a root's new key is trusted for the old one that signed it") {
    expect(find({{"new-key", "new-key-ca"}, root}, Rung::cert_chain), Outcome::passed);
    expect(find({{"new-key", "new-key-ca"}, root}, Rung::cert_signature), Outcome::passed);
    expect(find({{"new-key", "new-key-ca"}}, Rung::cert_chain), Outcome::noted);
    expect(find({{"new-key"}, root}, Rung::cert_signature), Outcome::failed, faq::id::cert_forged);
}

TEST_CASE("the right names over a wrong key are a forgery") {
    expect(find({{"wrong-key", "whole-ca"}, root}, Rung::cert_signature), Outcome::failed, faq::id::cert_forged);
    expect(find({{"wrong-key", "whole-ca"}}, Rung::cert_signature), Outcome::failed, faq::id::cert_forged);
    expect(find({{"certificates/wrong-key"}, root}, Rung::cert_signature), Outcome::failed, faq::id::cert_forged);
}

TEST_CASE("whoever takes the name of a known CA over another key is a forger, even when trusted") {
    for (const std::string name : {"named-rootca", "named-scca", "named-rootca-otherwise"}) {
        INFO(name);
        expect(find({{name, name + "-ca"}}, Rung::cert_signature), Outcome::failed, faq::id::cert_forged);
        expect(find({{name}, {name + "-ca"}}, Rung::cert_signature), Outcome::failed, faq::id::cert_forged);
    }
}

TEST_CASE("a forgery is told with and without trust, whatever else was supplied") {
    const std::vector<std::vector<std::string>> cases{
        {"named-scca", "named-scca-ca"},
        {"named-scca", "named-scca-ca", "named-rootca-ca"},
        {"below-named-rootca", "below-named-rootca-ca", "named-rootca-ca"},
        {"wrong-key", "whole-ca"},
    };
    for (const auto& certificates : cases) {
        for (const auto& trust : {std::vector<std::string>{}, root, std::vector<std::string>{"named-rootca-ca"}}) {
            INFO(certificates.size() << " from " << certificates.front() << " trusting " << trust.size());
            expect(find({certificates, trust}, Rung::cert_signature), Outcome::failed, faq::id::cert_forged);
            CHECK(find({certificates, trust}, Rung::cert_chain).outcome != Outcome::failed);
        }
    }
}

TEST_CASE("a signature that holds only when its maker's mistake is put right is warned of by the mistake's name") {
    const std::vector<std::pair<std::string, std::string>> cases{
        {"signer-id-1234567811111111", "signer-id:1234567811111111"},
        {"signer-id-empty", "signer-id:"},
        {"raw-rs", "raw-rs"},
        {"negative-integer", "negative-integer"},
        {"non-minimal-integer", "non-minimal-integer"},
        {"ber-indefinite-length", "der-reencoded"},
    };
    for (const auto& [name, how] : cases) {
        const auto finding = find({{"certificates/" + name}, root}, Rung::cert_signature);
        INFO(name);
        expect(finding, Outcome::warned, faq::id::signature_encoding);
        CHECK(evidence(finding, "how") == how);
    }
    expect(find({{"certificates/sm2-leaf"}, root}, Rung::cert_signature), Outcome::passed);
    expect(find({{"certificates/unknown-signature-oid"}, root}, Rung::cert_signature), Outcome::unknown);
    expect(find({{"certificates/unknown-signature-oid"}}, Rung::cert_signature), Outcome::noted);
}

TEST_CASE("dates: expired, expiring, not yet valid, valid") {
    expect(find({{"expired"}}, Rung::cert_dates), Outcome::failed, faq::id::cert_expiring);
    expect(find({{"ends-2026-12-31"}}, Rung::cert_dates), Outcome::warned, faq::id::cert_expiring);
    expect(find({{"not-yet-valid"}}, Rung::cert_dates), Outcome::failed, faq::id::cert_not_yet_valid);
    expect(find({{"whole"}}, Rung::cert_dates), Outcome::passed);
    auto early = options();
    early.at = *parse_moment("2026-10-31");
    expect(find(snapshot_of({{"ends-2026-12-31"}}), Rung::cert_dates, early), Outcome::passed);
}

TEST_CASE("issuer: Sichuan CA or another") {
    expect(find({{"whole"}}, Rung::cert_issuer), Outcome::warned, faq::id::cert_other_issuer);
    expect(find({{"issued-by-scca"}}, Rung::cert_issuer), Outcome::passed);
}

TEST_CASE("usage: a signing certificate must be allowed to sign, an encryption certificate to encrypt") {
    using token::KeyRole;
    expect(find({{"for-encryption"}, {}, KeyRole::sign}, Rung::cert_usage), Outcome::warned, faq::id::cert_usage_wrong);
    expect(find({{"whole"}, {}, KeyRole::encrypt}, Rung::cert_usage), Outcome::warned, faq::id::cert_usage_wrong);
    expect(find({{"whole"}, {}, KeyRole::sign}, Rung::cert_usage), Outcome::passed);
    expect(find({{"for-encryption"}, {}, KeyRole::encrypt}, Rung::cert_usage), Outcome::passed);
}

TEST_CASE("pair: both certificates, or one of them missing") {
    expect(find({{"whole"}}, Rung::cert_pair), Outcome::failed, faq::id::cert_pair_incomplete);
    expect(find({{"for-encryption"}}, Rung::cert_pair), Outcome::failed, faq::id::cert_pair_incomplete);
    expect(find({{"whole", "for-encryption"}}, Rung::cert_pair), Outcome::passed);
}

TEST_CASE("key: the certificate's or another") {
    const auto parsed = pki::parse_certificate(der("whole"));
    REQUIRE(parsed);
    token::PublicKeySeen right{token::KeyRole::unknown, token::KeyAlgorithm::sm2, parsed->public_key.content};
    token::PublicKeySeen wrong = right;
    wrong.content.front() ^= 1U;
    expect(find({{"whole"}, {}, token::KeyRole::unknown, {right}}, Rung::cert_key), Outcome::passed);
    expect(find({{"whole"}, {}, token::KeyRole::unknown, {wrong}}, Rung::cert_key), Outcome::failed,
           faq::id::cert_key_mismatch);
}

TEST_CASE("strength: broken digests and short keys are warned of") {
    for (const std::string name : {"signed-with-md5", "signed-with-sha1", "rsa-1024"}) {
        INFO(name);
        expect(find({{name}}, Rung::cert_strength), Outcome::warned, faq::id::cert_weak);
    }
    expect(find({{"whole"}}, Rung::cert_strength), Outcome::passed);
    expect(find({{"certificates/rsa-sm3"}}, Rung::cert_strength), Outcome::passed);
}

TEST_CASE("found: a certificate, or none but a CA's") {
    expect(find({{"whole"}}, Rung::cert_found), Outcome::passed);
    token::PublicKeySeen key{token::KeyRole::sign, token::KeyAlgorithm::sm2, Bytes(64, 1)};
    expect(find({{"whole-ca"}, {}, token::KeyRole::unknown, {key}}, Rung::cert_found), Outcome::failed,
           faq::id::cert_not_found);
}

TEST_CASE("readable: a damaged certificate says where it breaks") {
    token::Snapshot snapshot = snapshot_of({{"whole"}});
    Bytes& content = snapshot.modules[0].tokens[0].applications[0].containers[0].certificates[0].content;
    content.resize(content.size() / 2);
    const auto finding = find(snapshot, Rung::cert_readable, options());
    expect(finding, Outcome::failed, faq::id::cert_unreadable);
    CHECK(report::find_field(finding.evidence, "offset") != nullptr);
    expect(find({{"whole"}}, Rung::cert_readable), Outcome::passed);
}

TEST_CASE("readable: a date without zone is noted, and the reading goes on") {
    const auto finding = find({{"certificates/time-without-zone"}}, Rung::cert_readable);
    expect(finding, Outcome::noted);
    CHECK(report::find_field(finding.evidence, "offset") != nullptr);
    expect(find({{"certificates/time-without-zone"}}, Rung::cert_dates), Outcome::passed);
}

TEST_CASE("revocation: what a list does not speak of stays unknown") {
    for (const std::string name : {"delta", "indirect", "ca-only", "other-part", "unknown-critical"}) {
        INFO(name);
        token::Snapshot snapshot = snapshot_of({{"certificates/sm2-leaf"}, root});
        snapshot.crls.push_back({name, fixture("lists/" + name + ".crl"), {}});
        const auto finding = find(snapshot, Rung::cert_revocation, options());
        expect(finding, Outcome::unknown, faq::id::revocation_unknown);
        CHECK(evidence(finding, "reason") == "partial-list");
    }
}

TEST_CASE("revocation: listed, not listed, without an end, damaged") {
    const auto with = [](const std::string& name) {
        token::Snapshot snapshot = snapshot_of({{"certificates/sm2-leaf"}, root});
        snapshot.crls.push_back({name, fixture("lists/" + name + ".crl"), {}});
        return find(snapshot, Rung::cert_revocation, options());
    };
    expect(with("one"), Outcome::failed, faq::id::cert_revoked);
    CHECK(evidence(with("one"), "reason") == "keyCompromise");
    CHECK(evidence(with("one"), "source") == "one");
    expect(with("empty"), Outcome::passed);
    expect(with("user-only"), Outcome::passed);
    CHECK(evidence(with("empty"), "next_update") == "2099-12-31T23:59:59Z");
    CHECK(evidence(with("no-next-update"), "reason") == "no-next-update");
    CHECK(evidence(with("entry-is-text"), "reason") == "damaged");
}

TEST_CASE("revocation: a CA that was taken back takes with it what it issued") {
    const auto with = [](const std::string& name) {
        token::Snapshot snapshot = snapshot_of({{"whole", "whole-ca"}, root});
        snapshot.crls.push_back({name, fixture("lists/" + name + ".crl"), {}});
        return find(snapshot, Rung::cert_revocation, options());
    };
    expect(with("one"), Outcome::failed, faq::id::cert_revoked);
    CHECK(evidence(with("one"), "ca") == "CN=训练用CA whole, O=训练用机构, C=CN");
    expect(with("empty"), Outcome::unknown, faq::id::revocation_unknown);
}

TEST_CASE("revocation: lists opened once serve many judgements") {
    token::Snapshot lists;
    lists.crls.push_back({"one", fixture("lists/one.crl"), {}});
    auto chosen = options();
    chosen.revocation = checks::open_revocation(lists);
    expect(find(snapshot_of({{"certificates/sm2-leaf"}, root}), Rung::cert_revocation, chosen), Outcome::failed,
           faq::id::cert_revoked);
    expect(find(snapshot_of({{"certificates/negative-serial"}, root}), Rung::cert_revocation, chosen), Outcome::passed);
}

TEST_CASE("nothing is wished for unless asked, and never twice") {
    token::Snapshot snapshot = snapshot_of({{"certificates/sm2-leaf"}, root});
    auto chosen = options();
    CHECK(wishes_for(snapshot, chosen).empty());
    chosen.online = true;
    auto wishes = wishes_for(snapshot, chosen);
    REQUIRE(wishes.size() == 1);
    CHECK(wishes[0].url == "http://ocsp.example/");
    CHECK(wishes[0].request == fixture("ocsp/request.der"));
    wishes = wishes_for(snapshot_of({{"certificates/sm2-leaf"}}), chosen);
    REQUIRE(wishes.size() == 1);
    CHECK(wishes[0].url == "http://ca.example/ca.cer");
    CHECK(wishes[0].request.empty());
    token::Snapshot asked = snapshot_of({{"certificates/sm2-leaf"}});
    asked.fetched.push_back({"http://ca.example/ca.cer", {}, {}, {}, {}});
    CHECK(wishes_for(asked, chosen).empty());
    snapshot.crls.push_back({"empty", fixture("lists/empty.crl"), {}});
    CHECK(wishes_for(snapshot, chosen).empty());
}
