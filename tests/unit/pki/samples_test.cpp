// SPDX-License-Identifier: Apache-2.0
//
// Certificates and seals that others made, in the folder $SCCA_SAMPLES; without it these tests have nothing to say.
#include "fixtures.hpp"
#include "scca/pki/container.hpp"
#include "scca/pki/picture.hpp"
#include "scca/pki/pkcs12.hpp"
#include "scca/pki/verify.hpp"

#include <cstdlib>
#include <optional>

using namespace scca;
using namespace scca::pki;

namespace {

std::optional<std::filesystem::path> samples() {
    const char* folder = std::getenv("SCCA_SAMPLES");
    if (folder == nullptr) return std::nullopt;
    return folder;
}

Certificate only_certificate(const std::filesystem::path& path) {
    const auto found = find_certificates(test::read_bytes(path));
    REQUIRE(found.size() == 1);
    const auto parsed = parse_certificate(found[0].der);
    REQUIRE(parsed);
    CHECK(parsed->defects.empty());
    return *parsed;
}

}  // namespace

TEST_CASE("SCCA's certificate verifies under the national SM2 root") {
    const auto folder = samples();
    if (!folder) return;
    const Certificate root = only_certificate(*folder / "ca/nrcac_sm2_rootca.pem");
    const Certificate scca_ca = only_certificate(*folder / "ca/scca_sm2_operational_ca.pem");
    CHECK(verify_issued(root, root).outcome == Verification::holds);
    CHECK(verify_issued(scca_ca, root).outcome == Verification::holds);
    CHECK(verify_issued(root, scca_ca).outcome == Verification::fails);
    CHECK(to_hex(sha256(root.der)) == "9c28d3847414bfff1a5749e7e2381146f82842083e8c592e16a612d04a5ba8cd");
    CHECK(to_hex(sha256(scca_ca.der)) == "ac8bd361dbfd1d8375a819eb4666aa080643259e8c98b5de0dbd735cd44fce46");
    CHECK(scca_ca.subject.text() ==
          "CN=SCCA, OU=SM2 Certificate System, O=Sichuan Digital Certificate Authority Management Center, C=CN");
    CHECK(scca_ca.is_ca == true);
    CHECK(scca_ca.has_usage(KeyUsage::key_cert_sign));
    CHECK(scca_ca.authority_key_id == root.subject_key_id);
    CHECK(scca_ca.crl_urls.size() == 2);
}

TEST_CASE("seals that another library made are read and carry their maker's signature") {
    const auto folder = samples();
    if (!folder) return;
    const std::vector<std::pair<std::string, std::string>> cases{
        {"UserV1.esl", "V1"}, {"UserV4.esl", "V4"}, {"UserV5.esl", "V5"}, {"UserV5_ts.esl", "V5"}};
    for (const auto& [name, generation] : cases) {
        INFO(name);
        const auto seal = parse_seal(test::read_bytes(*folder / "ofdrw" / name));
        REQUIRE(seal);
        CHECK(seal->defects.empty());
        CHECK(name_of(seal->generation) == generation);
        CHECK(seal->signers.size() == 1);
        const auto maker = parse_certificate(seal->maker_certificate);
        REQUIRE(maker);
        CHECK(maker->defects.empty());
        CHECK(verify_seal(*seal, maker->public_key).outcome == Verification::holds);
        const auto picture = find_picture_header(seal->picture.content);
        REQUIRE(picture);
        CHECK(is_stated_as(picture->kind, seal->picture.type));
        CHECK(picture->width > 0);
    }
}

TEST_CASE("PKCS #12 files of an older tool open with their passwords") {
    const auto folder = samples();
    if (!folder) return;
    for (const auto& [name, password] :
         {std::pair{"USER.p12", "777777"}, {"SealBuilder.p12", "777777"}, {"ROOT.p12", "123456"}}) {
        INFO(name);
        const auto certificates = parse_pkcs12(test::read_bytes(*folder / "ofdrw" / name), password);
        REQUIRE(certificates);
        REQUIRE_FALSE(certificates->empty());
        CHECK(parse_certificate(certificates->front())->defects.empty());
    }
}
