// SPDX-License-Identifier: Apache-2.0
#include "scca/pki/verify.hpp"

#include "fixtures.hpp"

#include <algorithm>

using namespace scca;
using namespace scca::pki;
using scca::test::certificate;

namespace {

SignatureCheck by_ca(const std::string& name) { return verify_issued(certificate(name), certificate("sm2-ca")); }

}  // namespace

TEST_CASE("an SM2 signature holds with the default signer ID") {
    CHECK(by_ca("sm2-leaf").outcome == Verification::holds);
    CHECK(by_ca("sm2-leaf").how.empty());
    CHECK(by_ca("sm2-ca").outcome == Verification::holds);
    CHECK(by_ca("bare-sm2-signature-oid").outcome == Verification::holds);
}

TEST_CASE("a signature by another key, or over one changed octet, fails") {
    CHECK(by_ca("wrong-key").outcome == Verification::fails);
    Certificate changed = certificate("sm2-leaf");
    changed.der[changed.tbs_offset + changed.tbs_length / 2] ^= 1U;
    CHECK(verify_issued(changed, certificate("sm2-ca")).outcome == Verification::fails);
}

TEST_CASE("a signature that only a mistake of its maker's software spoils is a near miss that names the mistake") {
    const std::vector<std::pair<std::string, std::string>> cases{
        {"signer-id-1234567811111111", "signer-id:1234567811111111"},
        {"signer-id-empty", "signer-id:"},
        {"raw-rs", "raw-rs"},
        {"negative-integer", "negative-integer"},
        {"non-minimal-integer", "non-minimal-integer"},
        {"raw-rs-and-signer-id", "raw-rs+signer-id:1234567811111111"},
        {"ber-indefinite-length", "der-reencoded"},
    };
    for (const auto& [name, how] : cases) {
        INFO(name);
        CHECK(by_ca(name).outcome == Verification::near_miss);
        CHECK(by_ca(name).how == how);
    }
}

TEST_CASE("RSA and ECDSA signatures hold with every usual digest and fail when changed") {
    for (const auto* name : {"rsa-md5", "rsa-sha1", "rsa-sha256", "rsa-sha512", "rsa-pss", "rsa-exponent-3",
                             "rsa-exponent-37", "rsa-exponent-of-65-bits", "p256-sha256", "p384-sha384"}) {
        INFO(name);
        Certificate self = certificate(name);
        CHECK(verify_issued(self, self).outcome == Verification::holds);
        self.signature.back() ^= 1U;
        CHECK(verify_issued(self, self).outcome == Verification::fails);
    }
}

TEST_CASE("what is not exactly the padded digest is no RSA signature") {
    const Certificate ca = certificate("rsa-sha256");
    for (const auto* name :
         {"rsa-octets-behind-digest", "rsa-digest-without-null", "rsa-other-digest-named", "rsa-padding-of-zeros"}) {
        INFO(name);
        CHECK(verify_issued(certificate(name), ca).outcome == Verification::fails);
    }
    // The right number, written as another of the same length.
    CHECK(verify_issued(certificate("rsa-plus-modulus"), certificate("rsa-exponent-3")).outcome == Verification::fails);
}

TEST_CASE("an RSA signature of another length, or of extreme numbers, fails without harm") {
    const Certificate self = certificate("rsa-sha256");
    const std::size_t size = self.signature.size();
    Bytes longer{0x00};
    longer.insert(longer.end(), self.signature.begin(), self.signature.end());
    for (const Bytes& signature : {Bytes{}, Bytes{0x01}, Bytes(size, 0x00), Bytes(size, 0xFF), Bytes(size - 1, 0x5A),
                                   longer, Bytes(100'000, 0x5A)}) {
        CHECK(verify_signature(self.public_key, self.signature_oid, self.tbs(), signature).outcome ==
              Verification::fails);
    }
}

TEST_CASE("RSA with SM3 holds") {
    Certificate sm3_signed = certificate("rsa-sm3");
    CHECK(verify_issued(sm3_signed, certificate("rsa-sha256")).outcome == Verification::holds);
    sm3_signed.der[sm3_signed.tbs_offset + 20] ^= 1U;
    CHECK(verify_issued(sm3_signed, certificate("rsa-sha256")).outcome == Verification::fails);
}

TEST_CASE("an algorithm or a key that nobody here knows is unsupported, never a failure") {
    CHECK(by_ca("unknown-signature-oid").outcome == Verification::unsupported);
    const Certificate strange = certificate("sm2-parameters-other-base-point");
    CHECK(verify_issued(certificate("sm2-leaf"), strange).outcome == Verification::unsupported);
    CHECK(verify_issued(certificate("sm2-leaf"), certificate("point-of-10-octets")).outcome ==
          Verification::unsupported);
}

TEST_CASE("a signature of another family than the key's fails") {
    CHECK(verify_issued(certificate("sm2-leaf"), certificate("rsa-sha256")).outcome == Verification::fails);
}

TEST_CASE("a key is the same key however its certificate writes it") {
    const Certificate ca = certificate("sm2-ca");
    const Certificate leaf = certificate("sm2-leaf");
    PublicKey odd = certificate("sm2-oid-as-key-algorithm").public_key;
    const ByteView point = ca.public_key.content();
    REQUIRE(point.size() == odd.content_length);
    std::copy(point.begin(), point.end(), odd.spki.begin() + static_cast<std::ptrdiff_t>(odd.content_offset));
    CHECK(verify_signature(odd, leaf.signature_oid, leaf.tbs(), leaf.signature).outcome == Verification::holds);
}

TEST_CASE("one verifier answers the same again and again, whatever was asked between") {
    Verifier verifier;
    for (int round = 0; round < 3; ++round) {
        CHECK(verifier.verify_issued(certificate("sm2-leaf"), certificate("sm2-ca")).outcome == Verification::holds);
        CHECK(verifier.verify_issued(certificate("wrong-key"), certificate("sm2-ca")).outcome == Verification::fails);
        CHECK(verifier.verify_issued(certificate("sm2-leaf"), certificate("sm2-leaf")).outcome == Verification::fails);
    }
}

TEST_CASE("an empty or endless signature fails without harm") {
    const Certificate leaf = certificate("sm2-leaf");
    const PublicKey key = certificate("sm2-ca").public_key;
    for (const Bytes& signature : {Bytes{}, Bytes(64, 0xFF), Bytes(64, 0), Bytes(100'000, 0x30)}) {
        CHECK(verify_signature(key, leaf.signature_oid, leaf.tbs(), signature).outcome == Verification::fails);
    }
}

TEST_CASE("digests are those of the standards' own examples") {
    // FIPS 180-4 and GB/T 32905-2016 A.1, "abc"
    CHECK(to_hex(sha256(as_bytes("abc"))) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    CHECK(to_hex(sm3(as_bytes("abc"))) == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0");
}

TEST_CASE("the digest with Z is the one that an SM2 signature is made over") {
    // Without a key of type SM2 there is no Z.
    CHECK(sm3_with_z(certificate("rsa-sha256").public_key, as_bytes("abc")).empty());
    const PublicKey key = certificate("sm2-ca").public_key;
    CHECK(sm3_with_z(key, as_bytes("abc")).size() == 32);
    CHECK(sm3_with_z(key, as_bytes("abc")) != sm3_with_z(key, as_bytes("abc"), "1234567811111111"));
}
