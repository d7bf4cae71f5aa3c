// SPDX-License-Identifier: Apache-2.0
#include "given_files.hpp"

#include "scca/faq/ids.hpp"

#include <catch2/catch.hpp>

#include <cstdlib>

using namespace scca;
using namespace scca::test;
using report::Outcome;

namespace {

report::Report judge_seal(std::string_view name) { return judge_file(seal_cases() / "seals" / name); }

}  // namespace

TEST_CASE("a sound seal, however peculiarly written, has nothing to complain of") {
    for (const char* const name : {"sound-v1.esl",
                                   "sound-v3.esl",
                                   "sound-v4.esl",
                                   "sound-v5.esl",
                                   "v5-time-stamp.esl",
                                   "v5-time-stamp-sha256.esl",
                                   "two-listed.esl",
                                   "maker-forged.esl",
                                   "base64.esl",
                                   "picture-gif.esl",
                                   "picture-bmp.esl",
                                   "picture-JPG.esl",
                                   "picture-SVG.esl",
                                   "picture-ofd.esl",
                                   "trailing-bytes.esl",
                                   "explicit-boolean-false.esl",
                                   "critical-unknown-extension.esl",
                                   "text-as-oid.esl",
                                   "empty-extensions.esl",
                                   "extensions-in-octet-string.esl",
                                   "extensions-tagged.esl",
                                   "version-2-v1-layout.esl",
                                   "ia5-string-in-list.esl",
                                   "v1-generalized-times.esl",
                                   "digest-list.esl",
                                   "peculiar-certificate.esl",
                                   "uuid-outlives-certificates.esl",
                                   "v4-indefinite-lengths.esl"}) {
        INFO(name);
        const auto report = judge_seal(name);
        CHECK(complaints(report).empty());
        const auto signature = findings_of(report, Rung::seal_signature);
        REQUIRE(signature.size() == 1);
        CHECK(signature.front().outcome == Outcome::passed);
    }
}

TEST_CASE("each fault of a seal breaks its own rung and no other") {
    const std::vector<Expected> cases{
        {"raw-rs.esl", Rung::seal_signature, Outcome::warned, "signature-encoding", "raw-rs"},
        {"negative-integer.esl", Rung::seal_signature, Outcome::warned, "signature-encoding", "negative-integer"},
        {"non-minimal-integer.esl", Rung::seal_signature, Outcome::warned, "signature-encoding", "non-minimal-integer"},
        {"v1-indefinite-lengths.esl", Rung::seal_signature, Outcome::warned, "signature-encoding", "der-reencoded"},
        {"damaged-as-text.esl", Rung::seal_readable, Outcome::failed, "seal-unreadable", "EF BF BD"},
        {"cut.esl", Rung::seal_readable, Outcome::failed, "seal-unreadable", "SESeal.eSealInfo"},
        {"bjca-old-binary.esl", Rung::seal_readable, Outcome::failed, "seal-unreadable", "BJCA"},
        {"signed-by-another-maker.esl", Rung::seal_signature, Outcome::failed, "seal-tampered", "测试制章单位"},
        {"tampered.esl", Rung::seal_signature, Outcome::failed, "seal-tampered", "测试制章单位"},
        {"not-a-picture.esl", Rung::seal_picture, Outcome::warned, "seal-picture-failed", "PNG"},
        {"expired.esl", Rung::seal_dates, Outcome::failed, "seal-expired", "2025-04-30"},
        {"not-yet-valid.esl", Rung::seal_dates, Outcome::failed, "seal-not-yet-valid", "2025-07-31"},
        {"created-before-makers-certificate.esl", Rung::seal_maker, Outcome::warned, "seal-maker-invalid",
         "2023-11-20"},
        {"maker-usage.esl", Rung::seal_maker, Outcome::warned, "seal-maker-invalid", "reason=usage"},
        {"other-signer-id.esl", Rung::seal_signature, Outcome::warned, "signature-encoding",
         "signer-id:1234567811111111"},
        {"algorithm-of-rsa.esl", Rung::seal_signature, Outcome::warned, "signature-encoding", "algorithm-identifier"},
        {"algorithm-of-rsa-forged.esl", Rung::seal_signature, Outcome::failed, "seal-tampered",
         "reason=algorithm-key-mismatch"},
    };
    for (const Expected& expected : cases) check_expected(judge_seal(expected.file), expected);
}

TEST_CASE("a seal that cannot be read blocks what stands on it") {
    const auto report = judge_seal("cut.esl");
    const auto signature = findings_of(report, Rung::seal_signature);
    REQUIRE(signature.size() == 1);
    CHECK(signature.front().outcome == Outcome::blocked);
    CHECK(signature.front().blocked_by == "seal.readable");
}

TEST_CASE("a file that is nothing we know has no subject and says why") {
    token::FileGiven file;
    file.path = "notes.txt";
    const std::string_view text = "hello";
    file.content.assign(text.begin(), text.end());
    const auto fault = checks::find_given_fault(file, checks::Part::seals);
    REQUIRE(fault);
    CHECK(fault->call == "notes.txt");
    CHECK_FALSE(checks::find_given_fault(given(seal_cases() / "seals/sound-v4.esl"), checks::Part::seals));
    CHECK_FALSE(checks::find_given_fault(given(seal_cases() / "documents/sound-v4.ofd"), checks::Part::seals));
}

TEST_CASE("a maker whose CA is at hand and never signed its certificate is told") {
    const auto report =
        judge_file(seal_cases() / "seals/maker-forged.esl", "2025-06-01", {seal_cases() / "authority.cer"});
    const auto found = findings_of(report, Rung::seal_maker);
    REQUIRE(found.size() == 1);
    CHECK(found.front().outcome == Outcome::warned);
    CHECK(evidence_text(found.front()).find("reason=forged") != std::string::npos);
}

TEST_CASE("a time stamp of a seal or a signature is judged as far as it can be, and the reason named") {
    constexpr std::string_view problem = "time-stamp-invalid";
    const std::vector<Expected> cases{
        {"time-stamp-no-token", {}, Outcome::warned, problem, "stamp-unreadable"},
        {"time-stamp-of-another", {}, Outcome::warned, problem, "stamp-imprint"},
        {"time-stamp-forged", {}, Outcome::warned, problem, "stamp-signature"},
        {"time-stamp-too-early", {}, Outcome::warned, problem, "stamp-too-early"},
        {"time-stamp-authority-expired", {}, Outcome::warned, problem, "过期时间戳机构"},
        {"time-stamp-other-usage", {}, Outcome::warned, problem, "stamp-usage"},
        {"time-stamp-no-certificate", {}, Outcome::unknown, problem, "stamp-no-certificate"},
        {"time-stamp-unknown-digest", {}, Outcome::unknown, problem, "stamp-unknown-digest"},
    };
    for (Expected expected : cases) {
        const std::string name(expected.file);
        expected.rung = Rung::seal_timestamp;
        check_expected(judge_seal("v5-" + name + ".esl"), expected);
        expected.rung = Rung::signature_timestamp;
        check_expected(judge_file(seal_cases() / "documents" / (name + ".ofd")), expected);
    }
    const auto foreign =
        judge_file(seal_cases() / "seals/v5-time-stamp.esl", "2025-06-01", {seal_cases() / "stranger.cer"});
    const auto found = findings_of(foreign, Rung::seal_timestamp);
    REQUIRE(found.size() == 1);
    CHECK(evidence_text(found.front()).find("stamp-chain") != std::string::npos);
}

TEST_CASE("the seals of another library are sound in their time, and only their dates are complained of later") {
    const char* const samples = std::getenv("SCCA_SAMPLES");
    if (samples == nullptr) return;
    const std::filesystem::path folder = std::filesystem::path(samples) / "ofdrw";
    for (const char* const name : {"UserV1.esl", "UserV4.esl"}) {
        INFO(name);
        CHECK(complaints(judge_file(folder / name, "2021-01-01")).empty());
        CHECK(report::root_causes(judge_file(folder / name, "2026-11-22")) == std::vector{faq::id::seal_expired});
    }
    for (const char* const name : {"UserV5.esl", "UserV5_ts.esl"}) {
        INFO(name);
        const auto report = judge_file(folder / name, "2021-01-01");
        CHECK(report::root_causes(report).front() == faq::id::seal_not_yet_valid);
        CHECK(findings_of(report, Rung::seal_signature).front().outcome == Outcome::passed);
        CHECK(findings_of(report, Rung::seal_maker).front().outcome == Outcome::warned);
    }
    const auto stamped = findings_of(judge_file(folder / "UserV5_ts.esl"), Rung::seal_timestamp);
    REQUIRE(stamped.size() == 1);
    CHECK(evidence_text(stamped.front()).find("stamp-unreadable") != std::string::npos);
}
