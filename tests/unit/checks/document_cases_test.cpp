// SPDX-License-Identifier: Apache-2.0
#include "given_files.hpp"

#include "scca/faq/ids.hpp"

#include "scca/report/render.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cstdlib>

using namespace scca;
using namespace scca::test;
using report::Outcome;

namespace {

constexpr const char* page_1 = "Doc_0/Pages/Page_1/Content.xml";

report::Report judge_document(std::string_view name) { return judge_file(seal_cases() / "documents" / name); }

Outcome outcome_of(const report::Report& report, Rung rung) {
    const auto found = findings_of(report, rung);
    REQUIRE(found.size() == 1);
    return found.front().outcome;
}

}  // namespace

TEST_CASE("a document that was signed properly, however peculiarly, has nothing to complain of") {
    for (const char* const name : {"sound-v1.ofd",
                                   "sound-v3.ofd",
                                   "sound-v4.ofd",
                                   "sound-v5.ofd",
                                   "digest-list.ofd",
                                   "signed-data-attributes.ofd",
                                   "signed-data-digest.ofd",
                                   "signed-data-detached.ofd",
                                   "digest-sm3-oid.ofd",
                                   "digest-sm3-with-z.ofd",
                                   "digest-sha1.ofd",
                                   "digest-sha256.ofd",
                                   "digest-md5-by-default.ofd",
                                   "data-hash-with-z.ofd",
                                   "text-time.ofd",
                                   "version-2-v1-layout.ofd",
                                   "json-property.ofd",
                                   "trailing-bytes.ofd",
                                   "relative-paths.ofd",
                                   "sign-value-misspelt.ofd",
                                   "type-absent.ofd",
                                   "list-beside-document.ofd",
                                   "data-before-the-zip.ofd",
                                   "undeclared-empty-signature.ofd",
                                   "time-stamp.ofd",
                                   "time-stamp-sha256.ofd",
                                   "backslash-entries.ofd",
                                   "entry-in-gbk.ofd",
                                   "two-signatures.ofd"}) {
        INFO(name);
        const auto report = judge_document(name);
        CHECK(complaints(report).empty());
        for (const Rung rung : {Rung::signature_readable, Rung::signature_references, Rung::signature_value,
                                Rung::signature_time, Rung::document_coverage}) {
            const auto found = findings_of(report, rung);
            CHECK_FALSE(found.empty());
            for (const report::Finding& finding : found) CHECK(finding.outcome == Outcome::passed);
        }
    }
}

TEST_CASE("a document without a signature is noted and nothing more") {
    for (const char* const name : {"not-signed.ofd", "list-without-signature.ofd"}) {
        INFO(name);
        const auto report = judge_document(name);
        CHECK(outcome_of(report, Rung::document_readable) == Outcome::passed);
        CHECK(outcome_of(report, Rung::document_signed) == Outcome::noted);
        CHECK(evidence_text(findings_of(report, Rung::document_signed).front()).find("not-signed") !=
              std::string::npos);
        CHECK(findings_of(report, Rung::document_coverage).empty());
        CHECK(report::verdict(report, report::FailOn::warn) == report::Verdict::healthy);
    }
}

TEST_CASE("each fault of a signed document breaks its own rung, and the file or field is named") {
    const std::vector<Expected> cases{
        {"page-edited.ofd", Rung::signature_references, Outcome::failed, "document-altered", page_1},
        {"page-missing.ofd", Rung::signature_references, Outcome::failed, "document-altered",
         "missing=Doc_0/Pages/Page_1/Content.xml"},
        {"signature-xml-edited.ofd", Rung::signature_references, Outcome::failed, "document-altered",
         "Doc_0/Signs/Sign_0/Signature.xml"},
        {"data-hash-wrong.ofd", Rung::signature_references, Outcome::failed, "document-altered",
         "Doc_0/Signs/Sign_0/Signature.xml"},
        {"seal-copy-differs.ofd", Rung::signature_references, Outcome::failed, "document-altered",
         "Doc_0/Signs/Sign_0/Seal.esl"},
        {"page-added.ofd", Rung::document_coverage, Outcome::warned, "document-not-covered",
         "Doc_0/Pages/Page_2/Content.xml"},
        {"page-not-covered.ofd", Rung::document_coverage, Outcome::warned, "document-not-covered", page_1},
        {"signature-xml-missing.ofd", Rung::signature_readable, Outcome::failed, "signature-unreadable",
         "Doc_0/Signs/Sign_0/Signature.xml"},
        {"signed-value-missing.ofd", Rung::signature_readable, Outcome::failed, "signature-unreadable",
         "Doc_0/Signs/Sign_0/SignedValue.dat"},
        {"signed-value-empty.ofd", Rung::signature_readable, Outcome::failed, "signature-unreadable", "it is empty"},
        {"signed-value-cut.ofd", Rung::signature_readable, Outcome::failed, "signature-unreadable",
         "SES_Signature.signature"},
        {"signed-value-cut-in-seal.ofd", Rung::signature_readable, Outcome::failed, "signature-unreadable",
         "SES_Signature.toSign"},
        {"signer-renewed.ofd", Rung::signature_signer, Outcome::failed, "seal-cert-replaced",
         "signer=四川测试建设有限公司 (06)"},
        {"signer-usage.ofd", Rung::signature_signer, Outcome::warned, "cert-usage-wrong", "lacks=digitalSignature"},
        {"other-signer-id.ofd", Rung::signature_value, Outcome::warned, "signature-encoding", "1234567811111111"},
        {"digest-signed-directly.ofd", Rung::signature_value, Outcome::warned, "signature-encoding", "digest-direct"},
        {"signed-data-raw-rs.ofd", Rung::signature_value, Outcome::warned, "signature-encoding", "raw-rs"},
        {"signer-not-listed.ofd", Rung::signature_signer, Outcome::failed, "seal-key-mismatch", "另一家公司"},
        {"no-certificate-listed.ofd", Rung::signature_signer, Outcome::unknown, "", "四川测试建设有限公司"},
        {"value-by-another-key.ofd", Rung::signature_value, Outcome::failed, "signature-mismatch", "SignedValue.dat"},
        {"raw-rs.ofd", Rung::signature_value, Outcome::warned, "signature-encoding", "raw-rs"},
        {"negative-integer.ofd", Rung::signature_value, Outcome::warned, "signature-encoding", "negative-integer"},
        {"bare-sm2.ofd", Rung::signature_value, Outcome::unknown, "signature-mismatch", "no-certificate"},
        {"seal-of-another-maker.ofd", Rung::seal_signature, Outcome::failed, "seal-tampered", "测试制章单位"},
        {"seal-tampered.ofd", Rung::seal_signature, Outcome::failed, "seal-tampered", "测试制章单位"},
        {"signed-after-expiry.ofd", Rung::signature_time, Outcome::warned, "signed-outside-validity",
         "not_after=2025-01-31T15:59:59Z"},
        {"signed-before-validity.ofd", Rung::signature_time, Outcome::warned, "signed-outside-validity",
         "2023-10-01T02:03:04Z"},
        {"seal-expired-when-signed.ofd", Rung::signature_time, Outcome::warned, "signed-outside-validity",
         "reason=outside-seal"},
        {"edited-then-signed-again.ofd", Rung::signature_references, Outcome::failed, "document-altered",
         "broken_by=s002"},
        {"list-covered-then-signed-again.ofd", Rung::signature_references, Outcome::failed, "document-altered",
         "broken_by=s002"},
    };
    for (const Expected& expected : cases) check_expected(judge_document(expected.file), expected);
}

TEST_CASE("a package that no document needs to be is refused, and the entry is named") {
    const std::vector<Expected> cases{
        {"entry-above-root.ofd", Rung::document_readable, Outcome::failed, "document-unreadable", "../../etc/cron.d/x"},
        {"entry-absolute.ofd", Rung::document_readable, Outcome::failed, "document-unreadable", "/etc/cron.d/x"},
        {"entry-with-drive.ofd", Rung::document_readable, Outcome::failed, "document-unreadable", "C:\\Windows\\x"},
        {"entry-twice.ofd", Rung::document_readable, Outcome::failed, "document-unreadable", "Doc_0/PublicRes.xml"},
        {"bomb.ofd", Rung::document_readable, Outcome::failed, "document-unreadable", "Doc_0/Res/zeros.bin"},
        {"bomb.ofd", Rung::document_readable, Outcome::failed, "document-unreadable", "reason=zip-bomb"},
        {"external-entity.ofd", Rung::document_readable, Outcome::failed, "document-unreadable",
         "field=OFD.xml reason=external-entity"},
        {"xml-bomb.ofd", Rung::document_readable, Outcome::failed, "document-unreadable",
         "field=OFD.xml reason=entity-bomb"},
        {"entry-absolute.ofd", Rung::document_readable, Outcome::failed, "document-unreadable", "reason=leads-out"},
        {"list-of-another-kind.ofd", Rung::document_readable, Outcome::failed, "document-unreadable",
         "field=Doc_0/Signs/Signatures.xml reason=wrong-root"},
        {"too-many-signatures.ofd", Rung::document_readable, Outcome::failed, "document-unreadable",
         "reason=too-many-entries"},
        {"empty.ofd", Rung::document_readable, Outcome::failed, "document-unreadable", "reason=empty"},
        {"encrypted.ofd", Rung::document_readable, Outcome::failed, "document-unreadable", "reason=encrypted"},
        {"no-ofd-xml.ofd", Rung::document_readable, Outcome::failed, "document-unreadable", "OFD.xml"},
        {"ofd-xml-malformed.ofd", Rung::document_readable, Outcome::failed, "document-unreadable", "OFD.xml"},
        {"list-missing.ofd", Rung::document_readable, Outcome::failed, "document-unreadable",
         "Doc_0/Signs/Signatures.xml"},
        {"list-malformed.ofd", Rung::document_readable, Outcome::failed, "document-unreadable",
         "Doc_0/Signs/Signatures.xml"},
        {"zip-cut.ofd", Rung::document_readable, Outcome::failed, "document-unreadable", "zip"},
        {"not-a-zip.ofd", Rung::document_readable, Outcome::failed, "document-unreadable", "no zip archive"},
    };
    for (const Expected& expected : cases) check_expected(judge_document(expected.file), expected);
}

TEST_CASE("a signature that breaks off is the one root cause, and what hangs on it waits") {
    for (const char* const name : {"signed-value-cut.ofd", "signed-value-cut-in-seal.ofd", "signed-value-missing.ofd",
                                   "signed-value-empty.ofd", "signature-xml-missing.ofd"}) {
        INFO(name);
        const auto report = judge_document(name);
        CHECK(report::root_causes(report) == std::vector{faq::id::signature_unreadable});
        const auto coverage = findings_of(report, Rung::document_coverage);
        REQUIRE(coverage.size() == 1);
        CHECK(coverage.front().outcome == Outcome::blocked);
        CHECK(coverage.front().blocked_by == "signature.readable");
        for (const report::Finding& finding : findings_of(report, Rung::seal_readable)) {
            CHECK((finding.outcome == Outcome::passed || finding.blocked_by == "signature.readable"));
        }
    }
}

TEST_CASE("of two signatures, only the one that a later edit broke is called broken") {
    const auto report = judge_document("edited-then-signed-again.ofd");
    const auto found = findings_of(report, Rung::signature_references);
    REQUIRE(found.size() == 2);
    CHECK(found[0].outcome == Outcome::failed);
    CHECK(found[1].outcome == Outcome::passed);
    for (const report::Finding& finding : findings_of(report, Rung::signature_value)) {
        CHECK(finding.outcome == Outcome::passed);
    }
}

TEST_CASE("a document signed in time stays good after certificate and seal have expired") {
    const auto report = judge_file(seal_cases() / "documents/sound-v4.ofd", "2030-01-01");
    CHECK(complaints(report).empty());
}

TEST_CASE("with --trust, a signer whose CA is not in it is untrusted, and one whose CA is passes") {
    const auto document = seal_cases() / "documents/sound-v4.ofd";
    const auto trusted = judge_file(document, "2025-06-01", {seal_cases() / "authority.cer"});
    CHECK(complaints(trusted).empty());
    const auto untrusted = judge_file(document, "2025-06-01", {seal_cases() / "signer.cer"});
    CHECK(outcome_of(untrusted, Rung::signature_signer) == Outcome::passed);  // the certificate itself is trusted
    const auto foreign = judge_file(document, "2025-06-01", {seal_cases() / "stranger.cer"});
    const auto found = findings_of(foreign, Rung::signature_signer);
    REQUIRE(found.size() == 1);
    CHECK(found.front().outcome == Outcome::failed);
    CHECK(faq::entry(*found.front().faq).id == "cert-untrusted");
}

TEST_CASE("a bare signature passes once the signer's certificate is at hand, and with another's it stays unknown") {
    const auto document = seal_cases() / "documents/bare-sm2.ofd";
    const auto signers = judge_file(document, "2025-06-01", {seal_cases() / "signer.cer"});
    CHECK(outcome_of(signers, Rung::signature_value) == Outcome::passed);
    const auto others = judge_file(document, "2025-06-01", {seal_cases() / "stranger.cer"});
    CHECK(outcome_of(others, Rung::signature_value) == Outcome::unknown);
}

TEST_CASE("without a time inside the signature, the one that Signature.xml states is taken for Beijing time") {
    const auto report = judge_document("bare-sm2.ofd");
    const auto signature = std::find_if(report.subjects.begin(), report.subjects.end(),
                                        [](const auto& subject) { return subject.kind == SubjectKind::signature; });
    REQUIRE(signature != report.subjects.end());
    CHECK(std::get<Moment>(report::find_field(signature->facts, "signed_at")->value) ==
          parse_moment("2025-03-01T02:03:04Z"));
}

TEST_CASE("a Signature.xml that is not the one that was signed leaves open what is covered, and is named once") {
    const auto report = judge_document("signature-xml-edited.ofd");
    CHECK(report::root_causes(report) == std::vector{faq::id::document_altered});
    const auto coverage = findings_of(report, Rung::document_coverage);
    REQUIRE(coverage.size() == 1);
    CHECK(coverage.front().blocked_by == "signature.references");
    const auto itself = findings_of(judge_document("references-itself.ofd"), Rung::signature_references);
    REQUIRE(itself.size() == 1);
    CHECK(evidence_text(itself.front()).find("files=Doc_0/Signs/Sign_0/Signature.xml  ") != std::string::npos);
}

TEST_CASE("a signed value is known by its name or its shape, as base64 too, and an old seal by its shape alone") {
    CHECK(outcome_of(judge_file(seal_cases() / "values/SignedValue.dat"), Rung::signature_value) == Outcome::passed);
    CHECK(outcome_of(judge_file(seal_cases() / "values/ses-base64.txt"), Rung::signature_value) == Outcome::passed);
    CHECK(outcome_of(judge_file(seal_cases() / "values/bjca-old.bin"), Rung::seal_readable) == Outcome::failed);
    for (const char* const name : {"values/signed-data-no-certificate.dat", "values/signed-data-digest.dat"}) {
        CHECK(outcome_of(judge_file(seal_cases() / name), Rung::signature_readable) == Outcome::passed);
    }
}

TEST_CASE("among several files a broken one does not stop the rest") {
    token::Snapshot snapshot;
    for (const char* const name :
         {"documents/zip-cut.ofd", "documents/sound-v4.ofd", "seals/cut.esl", "seals/sound-v1.esl"}) {
        snapshot.files.push_back(given(seal_cases() / name));
    }
    checks::Options options;
    options.part = checks::Part::seals;
    options.at = parse_moment("2025-06-01").value();
    const auto report = checks::judge(snapshot, options);
    CHECK(report::root_causes(report) == std::vector{faq::id::seal_unreadable, faq::id::document_unreadable});
    CHECK(findings_of(report, Rung::signature_value).size() == 1);
    CHECK(findings_of(report, Rung::seal_signature).size() == 3);
}

TEST_CASE("a signed value without its document is judged as far as it goes, and its seal with it") {
    const auto report = judge_file(seal_cases() / "values/ses-v4.dat");
    CHECK(complaints(report).empty());
    CHECK(outcome_of(report, Rung::signature_value) == Outcome::passed);
    CHECK(outcome_of(report, Rung::signature_signer) == Outcome::passed);
    CHECK(outcome_of(report, Rung::seal_signature) == Outcome::passed);
    CHECK(findings_of(report, Rung::signature_references).empty());
    // The seal stands in that one file, which is named once.
    const std::string path = (seal_cases() / "values/ses-v4.dat").string();
    for (const report::Subject& subject : report.subjects) CHECK((subject.path.empty() || subject.path == path));
}

TEST_CASE("what is inside a document is named with its file, and the letter names the file alone") {
    const std::filesystem::path original = seal_cases() / "documents/sound-v4.ofd";
    token::Snapshot snapshot;
    snapshot.files.push_back(given(original));
    snapshot.files.front().path = "a!b.ofd";
    checks::Options options;
    options.part = checks::Part::seals;
    options.at = parse_moment("2025-06-01").value();
    const auto report = checks::judge(snapshot, options);
    bool any = false;
    for (const report::Subject& subject : report.subjects) {
        if (subject.kind != SubjectKind::signature && subject.kind != SubjectKind::seal) continue;
        any = true;
        CHECK(subject.path.starts_with("a!b.ofd!Doc_0/"));
    }
    CHECK(any);
    CHECK(report::render_text(report, {}, report::FailOn::warn).find("a!b.ofd") < 10);
}

TEST_CASE("the documents of another library are judged as their makers meant them") {
    const char* const samples = std::getenv("SCCA_SAMPLES");
    if (samples == nullptr) return;
    const std::filesystem::path folder = std::filesystem::path(samples) / "ofdrw";
    const auto unsigned_one = judge_file(folder / "helloworld.ofd");
    CHECK(outcome_of(unsigned_one, Rung::document_signed) == Outcome::noted);
    CHECK(complaints(unsigned_one).empty());
    const auto sealed = judge_file(folder / "V4RideRight.ofd");
    INFO(Catch::Detail::stringify(complaints(sealed)));
    CHECK(outcome_of(sealed, Rung::signature_references) == Outcome::passed);
    CHECK(outcome_of(sealed, Rung::signature_value) == Outcome::passed);
    CHECK(outcome_of(sealed, Rung::signature_signer) == Outcome::passed);
    const auto bare = judge_file(folder / "DigitalSign.ofd");
    CHECK(outcome_of(bare, Rung::signature_references) == Outcome::passed);
    CHECK(outcome_of(bare, Rung::signature_value) == Outcome::unknown);
}
