// SPDX-License-Identifier: Apache-2.0
//
// Chains of the fixtures of tests/fixtures/pki: which of several ways is taken, how it ends, and what limits it.
#include "certificate_cases.hpp"

#include "scca/pki/certificate.hpp"
#include "scca/pki/container.hpp"

#include <chrono>

using namespace scca;
using namespace scca::test;

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
    const auto key = parsed->public_key.content();
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

TEST_CASE("where not all CAs of a name could be tried nobody is told to be a forger") {
    const Bytes real = der("weak-short-ca");
    const auto parsed = pki::parse_certificate(real);
    REQUIRE(parsed);
    const auto modulus = parsed->public_key.content();
    const auto among = [&](std::uint8_t others, Rung rung) {
        token::Snapshot snapshot = snapshot_of({{"weak-short"}, {"weak-root-ca"}});
        for (std::uint8_t i = 1; i <= others; ++i) {
            Bytes other = real;
            const auto at = std::search(other.begin(), other.end(), modulus.begin(), modulus.end());
            REQUIRE(at != other.end());
            std::fill_n(at, 8, i);
            snapshot.supplied.push_back({"other", other, {}});
        }
        return find(snapshot, rung, options());
    };
    expect(among(20, Rung::cert_signature), Outcome::failed, faq::id::cert_forged);
    expect(among(200, Rung::cert_chain), Outcome::unknown, faq::id::chain_unknown);
    expect(among(200, Rung::cert_signature), Outcome::unknown);
    CHECK(evidence(among(200, Rung::cert_signature), "how") == "given-up");
}

const std::vector<std::string> crossed_root{"crossed-root-ca"};

TEST_CASE("of two certificates of one CA the one that leads to trust is found, in whatever order both were supplied") {
    for (const std::string name : {"crossed", "crossed-missing", "crossed-expired", "crossed-long", "crossed-no-ca",
                                   "crossed-foreign", "crossed-critical", "crossed-loop"}) {
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
    expect(finding, Outcome::unknown, faq::id::chain_unknown);
    CHECK(evidence(finding, "reason") == "given-up");
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
            CHECK(list(finding, "unknown_critical") == std::vector<std::string>{"1.2.3.4.5.6"});
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
        CHECK(evidence(chain(name), "name_kind") == "directory");
        CHECK(evidence(chain(name), "name") == evidence(chain(name), "certificate"));
    }
    CHECK(list(chain("names-of-others"), "permitted") == std::vector<std::string>{"O=别家, C=CN"});
    CHECK(list(chain("names-excluded"), "excluded") == std::vector<std::string>{"O=训练用机构, C=CN"});
    expect(chain("names-damaged"), Outcome::unknown, faq::id::chain_unknown);
    CHECK(evidence(chain("names-damaged"), "reason") == "other-names");
}

TEST_CASE("hosts, mail addresses and nets are held against what the CA above may issue for") {
    const auto chain = [](const std::string& name) { return find({{name, "limited-ca"}, root}, Rung::cert_chain); };
    for (const std::string name : {"no-name", "host", "mail", "v4", "v6", "subject-mail", "common-host"}) {
        INFO(name);
        expect(chain("limited-" + name), Outcome::passed);
    }
    for (const std::string name : {"other-host", "closed-host", "second-host", "other-mail", "other-v4", "other-v6",
                                   "subject-other-mail", "common-other-host"}) {
        INFO(name);
        const auto finding = chain("limited-" + name);
        expect(finding, Outcome::failed, faq::id::cert_untrusted);
        CHECK(evidence(finding, "reason") == "name-constraints");
        CHECK(evidence(finding, "ca") == "CN=训练用CA limited, O=训练用机构, C=CN");
    }
    expect(chain("limited-number"), Outcome::unknown, faq::id::chain_unknown);
    expect(find({{"crowded", "crowded-ca"}, root}, Rung::cert_chain), Outcome::unknown, faq::id::chain_unknown);
}

TEST_CASE("who may not issue for a name is told with that name and the rule") {
    using Texts = std::vector<std::string>;
    struct Told {
        std::string name, kind, foreign, rule;
        Texts limits;
    };
    const Texts hosts{"example.cn"};
    const Texts nets{"10.0.0.0/255.0.0.0", "2001:db8:0:0:0:0:0:0/ffff:ffff:0:0:0:0:0:0"};
    for (const Told& told : {Told{"other-host", "host", "www.example.org", "permitted", hosts},
                             Told{"closed-host", "host", "www.closed.example.cn", "excluded", {"closed.example.cn"}},
                             Told{"second-host", "host", "example.org", "permitted", hosts},
                             Told{"other-mail", "mail", "one@example.org", "permitted", hosts},
                             Told{"other-v4", "address", "192.168.0.1", "permitted", nets},
                             Told{"other-v6", "address", "2001:db9:0:0:0:0:0:1", "permitted", nets},
                             Told{"subject-other-mail", "mail", "one@example.org", "permitted", hosts},
                             Told{"common-other-host", "host", "www.example.org", "permitted", hosts}}) {
        INFO(told.name);
        const auto finding = find({{"limited-" + told.name, "limited-ca"}, root}, Rung::cert_chain);
        CHECK(evidence(finding, "name_kind") == told.kind);
        CHECK(evidence(finding, "name") == told.foreign);
        CHECK(list(finding, told.rule) == told.limits);
        CHECK(report::find_field(finding.evidence, "permitted_besides") == nullptr);
    }
    // The first of several, and but a few of a hundred limits.
    const auto finding = find({{"crowded-fifth", "crowded-ca"}, root}, Rung::cert_chain);
    CHECK(evidence(finding, "name") == "mail.other.example");
    CHECK(list(finding, "permitted").size() == 4);
    const report::Field* const besides = report::find_field(finding.evidence, "permitted_besides");
    REQUIRE(besides != nullptr);
    CHECK(besides->value == report::Value(std::int64_t{96}));
}

TEST_CASE("a CA between is held against the names of the CA above it like any other, and is named") {
    const auto finding = find({{"limited-lower", "limited-lower-ca"}, {"limited-ca"}}, Rung::cert_chain);
    expect(finding, Outcome::failed, faq::id::cert_untrusted);
    CHECK(evidence(finding, "reason") == "name-constraints");
    CHECK(evidence(finding, "certificate") == "CN=训练用CA limited 下级, O=训练用机构, C=CN");
}

TEST_CASE("a path that is closed to one certificate for its name is open to the next") {
    const token::Snapshot snapshot =
        snapshot_of({{"limited-other-host", "limited-host", "limited-blind-ca", "limited-ca"}, root});
    std::vector<Outcome> outcomes;
    for (const report::Subject& subject : checks::judge(snapshot, options()).subjects) {
        for (const report::Finding& finding : subject.findings) {
            if (finding.rung == Rung::cert_chain) outcomes.push_back(finding.outcome);
        }
    }
    CHECK(outcomes == std::vector{Outcome::failed, Outcome::passed});
}

TEST_CASE("a root's new key is trusted for the old one that signed it") {
    expect(find({{"new-key", "new-key-ca"}, root}, Rung::cert_chain), Outcome::passed);
    expect(find({{"new-key", "new-key-ca"}, root}, Rung::cert_signature), Outcome::passed);
    expect(find({{"new-key", "new-key-ca"}}, Rung::cert_chain), Outcome::noted);
    expect(find({{"new-key"}, root}, Rung::cert_signature), Outcome::failed, faq::id::cert_forged);
}

TEST_CASE("who signed itself is told as that, and whoever changed it is a forger, whomever one trusts") {
    // Each is a file, for a CA's own certificate is none that a key is asked about. The second names no key.
    for (const std::string name : {"certificates/p256-sha256", "chains/crossed-stranger-ca"}) {
        INFO(name);
        token::Snapshot snapshot;
        snapshot.files.push_back({.path = "own.cer", .content = der(name), .fault = {}});
        const auto finding = find(snapshot, Rung::cert_chain, options());
        expect(finding, Outcome::noted);
        CHECK(report::find_field(finding.evidence, "self_signed") != nullptr);
        expect(find(snapshot, Rung::cert_signature, options()), Outcome::passed);
        const Bytes intact = snapshot.files.front().content;
        Bytes changed = intact;
        changed.back() ^= 1U;
        snapshot.files.front().content = changed;
        for (const Bytes& trusted : {Bytes{}, der("root-ca"), changed}) {
            INFO("trusting " << (trusted == changed ? "itself" : "another"));
            if (!trusted.empty()) snapshot.trust = {{"trusted", trusted, {}}};
            expect(find(snapshot, Rung::cert_signature, options()), Outcome::failed, faq::id::cert_forged);
        }
        snapshot.files.front().content = intact;
        snapshot.trust = {{"trusted", intact, {}}};
        expect(find(snapshot, Rung::cert_signature, options()), Outcome::passed);
    }
}
