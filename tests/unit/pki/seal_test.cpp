// SPDX-License-Identifier: Apache-2.0
#include "scca/pki/seal.hpp"

#include "fixtures.hpp"
#include "scca/pki/picture.hpp"
#include "scca/pki/verify.hpp"

using namespace scca;
using namespace scca::pki;

namespace {

Seal seal(const std::string& name) {
    INFO(name);
    const auto parsed = parse_seal(test::fixture("seals/" + name + ".esl"));
    REQUIRE(parsed);
    return *parsed;
}

SignatureCheck by_its_maker(const std::string& name) {
    const Seal read = seal(name);
    const auto maker = parse_certificate(read.maker_certificate);
    REQUIRE(maker);
    return verify_seal(read, maker->public_key);
}

Bytes signer() { return test::fixture("certificates/sm2-leaf.der"); }

}  // namespace

TEST_CASE("a seal's generation is told by its shape, not by its version number") {
    const std::vector<std::pair<std::string, std::string>> cases{
        {"v1", "V1"}, {"v1-header-version-2", "V1"}, {"v3", "V3"}, {"v4", "V4"}, {"v5", "V5"}, {"v5-time-stamp", "V5"},
    };
    for (const auto& [name, generation] : cases) {
        INFO(name);
        CHECK(name_of(seal(name).generation) == generation);
    }
    CHECK(seal("v1-header-version-2").version == 2);
    CHECK(seal("v5-time-stamp").time_stamp == Bytes{1, 2, 3});
}

TEST_CASE("a seal of every generation tells its name, dates, holder, picture and maker, and its signature holds") {
    for (const auto* name : {"v1", "v3", "v4", "v5", "v5-time-stamp", "v1-general-times", "v1-header-version-2"}) {
        INFO(name);
        const Seal read = seal(name);
        CHECK(read.defects.empty());
        CHECK(read.vendor == "TrainingMaker");
        CHECK(read.id == "51010000000001");
        CHECK(read.type == 1);
        CHECK(read.name == "测试单位公章");
        REQUIRE((read.created && read.valid_from && read.valid_to));
        CHECK(utc_text(*read.created) == "2025-01-01T00:00:00Z");
        CHECK(utc_text(*read.valid_from) == "2025-01-01T16:00:00Z");
        CHECK(beijing_text(*read.valid_to) == "2030-12-31 23:59:59");
        REQUIRE(read.signers.size() == 1);
        CHECK(read.signers[0].certificate == signer());
        CHECK(read.picture.type == "PNG");
        CHECK(read.picture.width_mm == 40);
        CHECK(read.picture.height_mm == 30);
        CHECK(read.maker_certificate == test::fixture("certificates/maker.der"));
        CHECK(read.signature_oid == "1.2.156.10197.1.501");
        CHECK(by_its_maker(name).outcome == Verification::holds);
    }
}

TEST_CASE("oddities of real seals change nothing of what they say, and the received bytes are what is verified") {
    for (const auto* name : {"v4-extension-critical-false", "v4-extension-oid-of-ascii", "v4-extensions-empty",
                             "v4-extensions-in-octet-string", "v4-extensions-in-context-0", "v4-gbk-name",
                             "v4-algorithm-in-sequence", "v4-ber-signed-as-it-is"}) {
        INFO(name);
        const Seal read = seal(name);
        CHECK(read.defects.empty());
        CHECK(read.generation == SealGeneration::v4);
        CHECK(read.name == "测试单位公章");
        CHECK(read.signers.at(0).certificate == signer());
        CHECK(by_its_maker(name).outcome == Verification::holds);
    }
    CHECK(seal("v4-name-is-uuid").type == 109);
    CHECK(seal("v4-two-signers").signers.size() == 2);
}

TEST_CASE("a list of digests and an old list of texts are kept as what they are") {
    const Seal digests = seal("v4-digest-list");
    CHECK(digests.signer_list_type == 2);
    REQUIRE(digests.signers.size() == 1);
    CHECK(digests.signers[0].certificate.empty());
    CHECK(digests.signers[0].digest_type == "SM3");
    CHECK(digests.signers[0].digest == sm3(signer()));
    const Seal texts = seal("v1-signer-is-a-text");
    CHECK(texts.defects.empty());
    REQUIRE(texts.signers.size() == 1);
    CHECK(texts.signers[0].text == "1");
    CHECK(texts.signers[0].certificate.empty());
}

TEST_CASE("a seal whose signature only its maker's software spoils is a near miss that names the mistake") {
    const std::vector<std::pair<std::string, std::string>> cases{
        {"v4-raw-rs", "raw-rs"},
        {"v4-negative-integer", "negative-integer"},
        {"v4-non-minimal-integer", "non-minimal-integer"},
        {"v4-signer-id", "signer-id:1234567811111111"},
        {"v1-ber-signed-as-der", "der-reencoded"},
        {"v4-ber-signed-as-der", "der-reencoded"},
    };
    for (const auto& [name, how] : cases) {
        INFO(name);
        CHECK(seal(name).defects.empty());
        CHECK(by_its_maker(name).outcome == Verification::near_miss);
        CHECK(by_its_maker(name).how == how);
    }
}

TEST_CASE("a changed seal and one that another maker signed fail, and a seal by RSA holds under its key") {
    CHECK(seal("v4-name-changed").name == "改过单位公章");
    CHECK(by_its_maker("v4-name-changed").outcome == Verification::fails);
    CHECK(by_its_maker("v4-other-maker").outcome == Verification::fails);
    const auto rsa = parse_certificate(test::fixture("certificates/rsa-sha256.der"));
    REQUIRE(rsa);
    CHECK(verify_seal(seal("v4-rsa"), rsa->public_key).outcome == Verification::holds);
}

TEST_CASE("a date without a zone is read and is a defect of its field") {
    const Seal read = seal("v4-time-without-zone");
    REQUIRE(read.defects.size() == 1);
    CHECK(read.defects[0].call == "SESeal.eSealInfo.property.validEnd");
    REQUIRE(read.valid_to);
    CHECK(utc_text(*read.valid_to) == "2030-12-31T15:59:59Z");
}

TEST_CASE("a picture of any kind is kept whole") {
    for (const auto* kind : {"png", "gif", "bmp", "jpg", "svg", "ofd"}) {
        INFO(kind);
        const Seal read = seal(std::string("v4-picture-") + kind);
        const auto header = find_picture_header(read.picture.content);
        REQUIRE(header);
        CHECK(is_stated_as(header->kind, read.picture.type));
    }
}

TEST_CASE("what follows a seal is not part of it") {
    Bytes longer = test::fixture("seals/v4.esl");
    const Bytes alone = longer;
    longer.resize(longer.size() + 4096);
    const auto parsed = parse_seal(longer);
    REQUIRE(parsed);
    CHECK(parsed->der == alone);
    CHECK(parsed->defects.empty());
}

TEST_CASE("what is no seal is refused, and an old binary or a text-damaged seal is named") {
    CHECK_FALSE(looks_like_seal(signer()));
    CHECK_FALSE(parse_seal(signer()));
    CHECK_FALSE(parse_seal({}));
    CHECK_FALSE(parse_seal(as_bytes("ESTIMATE of costs, a text that begins with the same two letters as a seal does")));
    const auto binary = parse_seal(test::fixture("seals/not-bjca-binary.esl"));
    REQUIRE_FALSE(binary);
    CHECK(binary.error().text.find("BJCA") != std::string::npos);
    const auto converted = parse_seal(test::fixture("seals/not-text-converted.esl"));
    REQUIRE_FALSE(converted);
    CHECK(converted.error().text.find("EF BF BD") != std::string::npos);
    CHECK(converted.error().kind == FaultKind::damaged);
}
