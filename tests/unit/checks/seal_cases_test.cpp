// SPDX-License-Identifier: Apache-2.0
#include "given_files.hpp"

#include <catch2/catch.hpp>

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
    const auto fault = checks::find_given_fault(file);
    REQUIRE(fault);
    CHECK(fault->call == "notes.txt");
    CHECK_FALSE(checks::find_given_fault(given(seal_cases() / "seals/sound-v4.esl")));
    CHECK_FALSE(checks::find_given_fault(given(seal_cases() / "documents/sound-v4.ofd")));
}
