// SPDX-License-Identifier: Apache-2.0
//
// The rungs of a certificate against the fixtures of tests/fixtures/pki: each finding has one that fails and one that
// passes.
#include "certificate_cases.hpp"

#include "scca/pki/certificate.hpp"
#include "scca/report/render.hpp"

using namespace scca;
using namespace scca::test;

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

TEST_CASE("a certificate without an end does not expire on the last day that can be written") {
    auto last = options();
    last.at = *parse_moment("9999-12-31T23:59:59Z");
    expect(find(snapshot_of({{"certificates/year-9999"}}), Rung::cert_dates, last), Outcome::passed);
    expect(find(snapshot_of({{"ends-2026-12-31"}}), Rung::cert_dates, last), Outcome::failed, faq::id::cert_expiring);
}

TEST_CASE("issuer: Sichuan CA or another") {
    expect(find({{"whole"}}, Rung::cert_issuer), Outcome::warned, faq::id::cert_other_issuer);
    expect(find({{"issued-by-scca"}}, Rung::cert_issuer), Outcome::passed);
}

TEST_CASE("whom to ask about a certificate is known of a CA's own, too, and when its issuer was not asked for") {
    checks::Options dates_alone = options();
    dates_alone.only = {Rung::cert_dates};
    const auto issuer_of = [&](const std::string& name, const checks::Options& chosen) {
        token::Snapshot snapshot;
        snapshot.files.push_back({.path = name, .content = der(name), .fault = {}});
        return checks::judge(snapshot, chosen).subjects.back().issuer;
    };
    CHECK(issuer_of("issued-by-scca", dates_alone) == faq::Issuer::scca);
    CHECK(issuer_of("whole", dates_alone) == faq::Issuer::other);
    CHECK(issuer_of("root-ca", options()) == faq::Issuer::other);
}

TEST_CASE("files that are judged together are judged as each is alone") {
    checks::Options chosen = options();
    std::vector<token::Snapshot> snapshots;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(SCCA_PKI_FIXTURES)) {
        if (!entry.is_regular_file()) continue;
        const auto name = std::filesystem::relative(entry.path(), SCCA_PKI_FIXTURES).string();
        snapshots.emplace_back().files.push_back({name, fixture(name), {}});
    }
    REQUIRE(snapshots.size() > 50);
    const std::vector<token::FileGiven> trust{{"root", der("root-ca"), {}}};
    for (const bool asked : {false, true}) {
        if (asked) chosen.only = {Rung::cert_dates, Rung::cert_signature};
        const auto together = checks::Judge(chosen, trust).judge_together(snapshots);
        REQUIRE(together.size() == snapshots.size());
        for (std::size_t i = 0; i < snapshots.size(); ++i) {
            INFO(snapshots[i].files.front().path);
            const auto text = [](const report::Report& report) {
                return report::render_json(report, faq::Lang::en, report::FailOn::warn);
            };
            CHECK(text(together[i]) == text(checks::Judge(chosen, trust).judge(snapshots[i])));
        }
    }
    CHECK(checks::Judge(chosen, trust).judge_together({}).empty());
}

TEST_CASE("what cannot be read is never well, whichever rung was asked for alone, and nothing is said of it") {
    const Rung rung = GENERATE(Rung::cert_dates, Rung::cert_issuer, Rung::cert_chain, Rung::cert_signature,
                               Rung::cert_usage, Rung::cert_strength, Rung::cert_revocation, Rung::machine_driver);
    const Bytes whole = der("whole");
    const std::size_t size = GENERATE_COPY(std::size_t{4}, std::size_t{100}, whole.size() - 1);
    token::Snapshot snapshot;
    snapshot.files.push_back({.path = "a.cer", .content = Bytes(whole.begin(), whole.begin() + size), .fault = {}});
    const std::string text = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
    snapshot.files.push_back({.path = "b.pem", .content = Bytes(text.begin(), text.end()), .fault = {}});
    checks::Options alone = options();
    alone.only = {rung};
    const report::Report report = checks::judge(snapshot, alone);
    CHECK(report::verdict(report, report::FailOn::warn) == report::Verdict::unknown);
    CHECK(report.subjects.front().findings.empty());  // a file has nothing to do with the machine
    for (const report::Subject& subject : report.subjects) {
        for (const report::Finding& finding : subject.findings) {
            CHECK(finding.rung == rung);
            CHECK(finding.outcome == report::Outcome::unknown);
        }
    }
    // Whoever leaves the reading out learns no more.
    checks::Options unread = options();
    unread.skip = {Rung::cert_readable};
    CHECK(report::verdict(checks::judge(snapshot, unread), report::FailOn::warn) == report::Verdict::unknown);
}

TEST_CASE("revocation that was asked for alone, with nothing to ask, is unknown") {
    checks::Options alone = options();
    alone.only = {Rung::cert_revocation};
    token::Snapshot snapshot;
    snapshot.files.push_back({.path = "a.cer", .content = der("whole"), .fault = {}});
    const report::Report report = checks::judge(snapshot, alone);
    CHECK(report::verdict(report, report::FailOn::warn) == report::Verdict::unknown);
    REQUIRE(report.subjects.back().findings.size() == 1);
    CHECK(report.subjects.back().findings.front().faq == faq::id::revocation_unknown);
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
    const ByteView content = parsed->public_key.content();
    token::PublicKeySeen right{token::KeyRole::unknown, token::KeyAlgorithm::sm2,
                               Bytes(content.begin(), content.end())};
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

TEST_CASE("strength: a weak CA above is warned of by its name, but not for how a root signed itself") {
    for (const auto& trust : {std::vector<std::string>{}, {"weak-root-ca"}}) {
        const auto above = [&](const std::string& case_name) {
            return find({{case_name, case_name + "-ca", "weak-root-ca"}, trust}, Rung::cert_strength);
        };
        INFO("trusting " << trust.size());
        expect(above("weak-sha1"), Outcome::warned, faq::id::cert_weak);
        CHECK(evidence(above("weak-sha1"), "ca") == "CN=训练用CA weak sha1, O=训练用机构, C=CN");
        CHECK(evidence(above("weak-sha1"), "digest") == "SHA-1");
        expect(above("weak-short"), Outcome::warned, faq::id::cert_weak);
        CHECK(evidence(above("weak-short"), "ca") == "CN=训练用CA weak short, O=训练用机构, C=CN");
        expect(find({{"weak-root", "weak-root-ca"}, trust}, Rung::cert_strength), Outcome::passed);
    }
    // Whoever trusts a CA itself does not ask who signed it; its key is weak all the same.
    expect(find({{"weak-sha1"}, {"weak-sha1-ca"}}, Rung::cert_strength), Outcome::passed);
    expect(find({{"weak-short"}, {"weak-short-ca"}}, Rung::cert_strength), Outcome::warned, faq::id::cert_weak);
    // A CA that did not sign it stands above nothing.
    token::Snapshot forged = snapshot_of({{"weak-short", "weak-short-ca"}});
    forged.modules[0].tokens[0].applications[0].containers[0].certificates[0].content.back() ^= 1U;
    expect(find(forged, Rung::cert_strength, options()), Outcome::passed);
}

TEST_CASE("strength: of a CA's certificates the one with the best signature counts, wherever it stands") {
    const std::vector<std::string> roots{"weak-root-ca"};
    for (const auto& trust : {std::vector<std::string>{}, roots}) {
        INFO("trusting " << trust.size());
        std::vector<std::string> twins{"weak-sha1-ca", "weak-sha1-md5-ca", "weak-sha1-sha256-ca"};
        do {
            INFO(twins[0] << ' ' << twins[1]);
            expect(find({{"weak-sha1", twins[0], twins[1], twins[2], roots[0]}, trust}, Rung::cert_strength),
                   Outcome::passed);
        } while (std::next_permutation(twins.begin(), twins.end()));
        for (const Key& key : {Key{{"weak-sha1", "weak-sha1-ca", "weak-sha1-md5-ca", roots[0]}, trust},
                               Key{{"weak-sha1", "weak-sha1-md5-ca", "weak-sha1-ca", roots[0]}, trust}}) {
            expect(find(key, Rung::cert_strength), Outcome::warned, faq::id::cert_weak);
            CHECK(evidence(find(key, Rung::cert_strength), "digest") == "SHA-1");
        }
    }
    // One that is trusted itself needs no signature.
    expect(find({{"weak-sha1", "weak-sha1-sha256-ca"}, {"weak-sha1-md5-ca"}}, Rung::cert_strength), Outcome::passed);
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
    const std::vector<token::FileGiven> lists{{"one", fixture("lists/one.crl"), {}}};
    auto chosen = options();
    chosen.revocation = checks::open_revocation(lists, {});
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
