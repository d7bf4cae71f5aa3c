// SPDX-License-Identifier: Apache-2.0
#include "scca/pki/ses_signature.hpp"
#include "fixtures.hpp"
#include "scca/pki/certificate.hpp"
#include "scca/pki/digest.hpp"
#include "scca/pki/seal.hpp"
#include "scca/pki/signed_data.hpp"
#include "scca/pki/signed_value.hpp"
#include "scca/pki/time_stamp.hpp"
#include "scca/pki/verify.hpp"

#include <catch2/catch.hpp>

using namespace scca;
using namespace scca::pki;

namespace {

Bytes value_case(const std::string& name) {
    return test::read_bytes(std::filesystem::path(SCCA_SEAL_CASES) / "values" / name);
}

Bytes signed_xml() {
    constexpr std::string_view xml = "<Signature/>";
    return {xml.begin(), xml.end()};
}

SesSignature ses_case(const std::string& name) {
    INFO(name);
    auto parsed = parse_ses_signature(value_case(name));
    REQUIRE(parsed);
    CHECK(parsed->defects.empty());
    return std::move(parsed).value();
}

}  // namespace

TEST_CASE("a seal signature of every generation tells who signed what and when, and verifies") {
    for (const char* const generation : {"V1", "V3", "V4", "V5"}) {
        const std::string lower = std::string("ses-v") + generation[1] + ".dat";
        const SesSignature made = ses_case(lower);
        CHECK(made.signed_at == moment_of(2025, 3, 1, 2, 3, 4));
        CHECK_FALSE(made.time_is_text);
        CHECK(made.data_hash == sm3(signed_xml()));
        CHECK(made.property == "/Doc_0/Signs/Sign_0/Signature.xml");
        const auto seal = parse_seal(made.seal);
        REQUIRE(seal);
        CHECK(name_of(seal->generation) == generation);
        const auto signer = parse_certificate(made.signer_certificate);
        REQUIRE(signer);
        CHECK(signer->subject.find("CN") == "四川测试建设有限公司");
        const auto check = verify_signature(signer->public_key, made.signature_oid, made.signed_bytes, made.signature);
        CHECK(check.outcome == Verification::holds);
    }
}

TEST_CASE("a time written as text, or in the wrong string, is the same time") {
    const auto wanted = moment_of(2025, 3, 1, 2, 3, 4);
    CHECK(ses_case("ses-v1-text-time.dat").signed_at == wanted);
    CHECK(ses_case("ses-v1-text-time.dat").time_is_text);
    CHECK(ses_case("ses-v1-iso-text-time.dat").signed_at == wanted);
    CHECK(ses_case("ses-v1-octet-string-time.dat").signed_at == wanted);
    CHECK_FALSE(ses_case("ses-v1-octet-string-time.dat").time_is_text);
}

TEST_CASE("what follows a seal signature is not part of it, and a dummy time stamp is kept as it is") {
    CHECK(ses_case("ses-trailing-bytes.dat").signature.size() > 64);
    const SesSignature stamped = ses_case("ses-v5-dummy-time-stamp.dat");
    CHECK(as_text(stamped.time_stamp) == "abc");
    CHECK_FALSE(find_stamped_time(stamped.time_stamp));
}

TEST_CASE("SignedData tells its signer and what the signature covers") {
    for (const char* const name : {"signed-data-attributes.dat", "signed-data-digest.dat"}) {
        INFO(name);
        const auto value = parse_signed_value(value_case(name));
        REQUIRE(value);
        CHECK(value->defects.empty());
        CHECK(value->kind == SignedValueKind::signed_data);
        CHECK(value->original_digest == sm3(signed_xml()));
        CHECK(find_digest_method(value->digest_oid) == DigestMethod::sm3);
        const auto signer = parse_certificate(value->signer_certificate);
        REQUIRE(signer);
        REQUIRE(value->covered);
        CHECK(verify_signature(signer->public_key, value->signature_oid, *value->covered, value->signature).outcome ==
              Verification::holds);
    }
    const auto attributes = parse_signed_value(value_case("signed-data-attributes.dat"));
    CHECK(attributes->signed_at == moment_of(2025, 3, 1, 2, 3, 4));
    CHECK(attributes->time_source == TimeSource::attribute);
    const auto anonymous = parse_signed_value(value_case("signed-data-no-certificate.dat"));
    REQUIRE(anonymous);
    CHECK(anonymous->signer_certificate.empty());
}

TEST_CASE("a bare signature is told from a file that is none") {
    const auto bare = parse_signed_value(value_case("bare.dat"));
    REQUIRE(bare);
    CHECK(bare->kind == SignedValueKind::bare);
    CHECK_FALSE(bare->covered);
    CHECK_FALSE(parse_signed_value(as_bytes("not a signature at all, and longer than sixty-four characters are")));
    CHECK_FALSE(parse_signed_value({}));
}

TEST_CASE("a signed value cut at any octet yields a defect or is refused, inside its length") {
    for (const char* const name : {"ses-v1.dat", "ses-v4.dat", "signed-data-attributes.dat"}) {
        const Bytes whole = value_case(name);
        for (std::size_t length = 0; length < whole.size(); ++length) {
            const auto value = parse_signed_value(ByteView(whole).first(length));
            if (!value) continue;
            if (value->defects.empty()) FAIL(name << " cut at " << length << " passes for whole");
            for (const Fault& defect : value->defects) {
                if (static_cast<std::size_t>(defect.number) > length) FAIL(name << " cut at " << length);
            }
        }
    }
}

TEST_CASE("digests go by many names") {
    CHECK(find_digest_method("SM3") == DigestMethod::sm3);
    CHECK(find_digest_method("sha1") == DigestMethod::sha1);
    CHECK(find_digest_method("SHA_256") == DigestMethod::sha256);
    CHECK(find_digest_method("1.2.156.10197.1.401.2") == DigestMethod::sm3);
    CHECK_FALSE(find_digest_method("SHA"));
    CHECK_FALSE(find_digest_method(""));
    CHECK(to_hex(digest(DigestMethod::md5, as_bytes("abc"))) == "900150983cd24fb0d6963f7d28e17f72");
    CHECK(to_hex(digest(DigestMethod::sm3, as_bytes("abc"))) ==
          "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0");
}
