// SPDX-License-Identifier: Apache-2.0
#include "scca/pki/certificate.hpp"

#include "fixtures.hpp"

using namespace scca;
using namespace scca::pki;
using scca::test::certificate;

namespace {

std::string until(const std::string& name) {
    const Certificate read = certificate(name);
    return read.not_after ? utc_text(*read.not_after) : "none";
}

std::string holder(const std::string& name) {
    const Certificate read = certificate(name);
    CHECK(read.defects.empty());
    return std::string(read.subject.find("CN"));
}

}  // namespace

TEST_CASE("a certificate tells its holder, issuer, dates, serial and key") {
    const Certificate leaf = certificate("sm2-leaf");
    CHECK(leaf.defects.empty());
    CHECK(leaf.subject.text() == "CN=测试单位, O=训练用机构, C=CN");
    CHECK(leaf.issuer.find("CN") == "训练用CA");
    CHECK(leaf.issuer.find("ST").empty());
    CHECK(leaf.serial == "1234567890");
    REQUIRE(leaf.not_before);
    CHECK(utc_text(*leaf.not_before) == "2025-01-01T00:00:00Z");
    CHECK(until("sm2-leaf") == "2099-12-31T23:59:59Z");
    CHECK(leaf.public_key.type == PublicKeyType::sm2);
    CHECK(leaf.public_key.bits == 256);
    CHECK(leaf.public_key.content().size() == 64);
    CHECK(leaf.signature_oid == "1.2.156.10197.1.501");
    CHECK(leaf.tbs().front() == 0x30);
    CHECK(leaf.tbs().size() + leaf.signature.size() < leaf.der.size());
    CHECK_FALSE(leaf.is_self_issued());
}

TEST_CASE("values of names are compared without regard to case and needless spaces, and to nothing else") {
    CHECK(same_value("Name  Test", " name test "));
    CHECK(same_value("四川 CA", "四川\tca"));
    CHECK(same_value("", " "));
    CHECK_FALSE(same_value("NameTest", "Name Test"));
    CHECK_FALSE(same_value("Name", "Names"));
    CHECK_FALSE(same_value("ROOTCA", std::string_view("ROOTCA\0", 7)));
    CHECK_FALSE(same_name(DistinguishedName{{}, {0x30, 0x00}}, DistinguishedName{{}, {0x30, 0x01}}));
}

TEST_CASE("a certificate tells its usages, its place in a chain and where to ask about it") {
    const Certificate leaf = certificate("sm2-leaf");
    CHECK(leaf.has_usage(KeyUsage::digital_signature));
    CHECK(leaf.has_usage(KeyUsage::non_repudiation));
    CHECK_FALSE(leaf.has_usage(KeyUsage::key_cert_sign));
    CHECK(leaf.extended_key_usage == std::vector<std::string>{"1.3.6.1.5.5.7.3.2", "1.3.6.1.5.5.7.3.4"});
    CHECK(leaf.crl_urls == std::vector<std::string>{"http://crl.example/one.crl", "ldap://ldap.example/two"});
    CHECK(leaf.ocsp_urls == std::vector<std::string>{"http://ocsp.example/"});
    CHECK(leaf.issuer_urls == std::vector<std::string>{"http://ca.example/ca.cer"});
    CHECK(leaf.subject_key_id.size() == 20);
    CHECK(leaf.authority_key_id.front() == 20);

    const Certificate ca = certificate("sm2-ca");
    CHECK(ca.is_ca == true);
    CHECK(ca.path_length == 1U);
    CHECK(ca.key_usage == 0x60);
    CHECK(ca.is_self_issued());
}

TEST_CASE("an empty BasicConstraints says that it is no CA, a missing one says nothing") {
    CHECK(certificate("sm2-leaf").is_ca == false);
    CHECK_FALSE(certificate("no-extensions").is_ca);
    CHECK_FALSE(certificate("no-extensions").key_usage);
}

TEST_CASE("a Chinese name is read in every string type, also when GBK stands in the wrong one") {
    for (const auto* name : {"gbk-in-utf8string", "gbk-in-printablestring", "gbk-in-teletexstring", "gbk-in-ia5string",
                             "bmpstring", "universalstring"}) {
        INFO(name);
        CHECK(holder(name) == "测试公司");
    }
    CHECK(holder("latin1-in-teletexstring") == "Café");
    CHECK(holder("no-characters-in-utf8string") == "\\xFF\\xFF");
}

TEST_CASE("two names that are no text, or torn, are two names still") {
    // OpenSSL makes no such string, so the RDNSequence is written out: CN of this type and these octets.
    const auto common_name = [](std::uint8_t type, const Bytes& octets) {
        const auto size = static_cast<std::uint8_t>(octets.size());
        Bytes der{0x30, static_cast<std::uint8_t>(size + 11),
                  0x31, static_cast<std::uint8_t>(size + 9),
                  0x30, static_cast<std::uint8_t>(size + 7),
                  0x06, 3,
                  0x55, 4,
                  3,    type,
                  size};
        der.insert(der.end(), octets.begin(), octets.end());
        return parse_name(der).text();
    };
    constexpr std::uint8_t utf8 = 12;
    constexpr std::uint8_t printable = 19;
    constexpr std::uint8_t universal = 28;
    constexpr std::uint8_t bmp = 30;
    CHECK(common_name(utf8, {'C', 0xE9}) == "CN=C\\\\xE9");
    CHECK(common_name(printable, {'C', 0xE8}) == "CN=C\\\\xE8");
    CHECK(common_name(bmp, {0x6D, 0x4B, 0xD8, 0x00, 0x00, 'x', 0x42}) == "CN=测\\\\u{D800}x\\\\x42");
    CHECK(common_name(universal, {0x00, 0x11, 0x00, 0x00, 0x00, 0xFF}) == "CN=\\\\u{110000}\\\\x00\\\\xFF");
}

TEST_CASE("a name keeps its NUL and escape octets for whoever shows it to make harmless") {
    CHECK(holder("nul-in-name") == std::string("a.example\0.b", 12));
    CHECK(holder("escape-in-name") == "\x1b[31mred");
}

TEST_CASE("a name that is no string, an empty one and a type that is no identifier are still names") {
    CHECK(holder("no-string-in-name") == "#020107");
    CHECK(certificate("empty-subject").subject.text().empty());
    CHECK(certificate("oid-of-ascii-in-name").subject.text() == "2.36.97.103=x");
    CHECK(certificate("name-from-person-to-country").subject.text() == "CN=Shop\\, Ltd, SERIALNUMBER=91510000, C=CN");
}

TEST_CASE("dates are read however they are written") {
    CHECK(until("year-9999") == "9999-12-31T23:59:59Z");
    CHECK(until("year-1950") == "1950-01-01T00:00:00Z");
    CHECK(until("year-2049") == "2049-12-31T23:59:59Z");
    CHECK(until("time-with-fraction") == "2030-01-01T00:00:00Z");
    CHECK(until("time-with-offset") == "2030-01-01T00:00:00Z");
    CHECK(until("time-without-seconds") == "2030-01-01T00:00:00Z");
    for (const auto* name : {"year-9999", "time-with-fraction", "time-with-offset", "time-without-seconds"}) {
        CHECK(certificate(name).defects.empty());
    }
}

TEST_CASE("a date that cannot be right is a defect at its field, and the rest is read") {
    for (const auto* name : {"month-13", "time-is-text", "time-is-integer"}) {
        INFO(name);
        const Certificate read = certificate(name);
        REQUIRE(read.defects.size() == 1);
        CHECK(read.defects[0].call == "Certificate.tbsCertificate.validity.notAfter");
        CHECK(read.defects[0].kind == FaultKind::damaged);
        const auto at = static_cast<std::size_t>(read.defects[0].number);
        CHECK(at > read.tbs_offset);
        CHECK(at < read.der.size());
        CHECK(read.subject.find("CN") == "测试单位");
        CHECK(read.public_key.type == PublicKeyType::sm2);
    }
    CHECK(until("month-13") == "none");
}

TEST_CASE("a date without zone is a flaw at its field, and no defect: it is read all the same") {
    const Certificate read = certificate("time-without-zone");
    CHECK(read.defects.empty());
    REQUIRE(read.flaws.size() == 1);
    CHECK(read.flaws[0].call == "Certificate.tbsCertificate.validity.notAfter");
    CHECK(until("time-without-zone") == "2030-01-01T00:00:00Z");
}

TEST_CASE("SM2 keys are recognised by either identifier, by the curve spelt out, and without the leading 04") {
    const Certificate plain = certificate("sm2-leaf");
    const std::string_view point = as_text(plain.public_key.content());
    for (const auto* name : {"sm2-oid-as-key-algorithm", "sm2-explicit-parameters", "point-without-04"}) {
        INFO(name);
        const Certificate read = certificate(name);
        CHECK(read.defects.empty());
        CHECK(read.public_key.type == PublicKeyType::sm2);
        CHECK(as_text(read.public_key.content()) == point);
    }
}

TEST_CASE("SM2's curve with another base point is not SM2: anyone could make its private key") {
    const PublicKey other = certificate("sm2-parameters-other-base-point").public_key;
    CHECK(other.type == PublicKeyType::other);
    CHECK(other.algorithm_oid == "1.2.840.10045.2.1");
}

TEST_CASE("a key that is no point of the curve is a defect of the key") {
    const Certificate read = certificate("point-of-10-octets");
    REQUIRE(read.defects.size() == 1);
    CHECK(read.defects[0].call == "Certificate.tbsCertificate.subjectPublicKeyInfo");
}

TEST_CASE("RSA and EC keys tell their size") {
    CHECK(certificate("rsa-sha256").public_key.type == PublicKeyType::rsa);
    CHECK(certificate("rsa-sha256").public_key.bits == 2048);
    CHECK(certificate("rsa-sha256").public_key.content().size() == 256);
    CHECK(certificate("p384-sha384").public_key.type == PublicKeyType::ec);
    CHECK(certificate("p384-sha384").public_key.bits == 384);
}

TEST_CASE("a negative serial is shown as it is written") { CHECK(certificate("negative-serial").serial == "fb"); }

TEST_CASE("a damaged extension is a defect that names it") {
    const Certificate usage = certificate("key-usage-no-der");
    REQUIRE(usage.defects.size() == 1);
    CHECK(usage.defects[0].call == "Certificate.tbsCertificate.extensions.keyUsage");
    CHECK_FALSE(usage.key_usage);
    const Certificate length = certificate("path-length-negative");
    REQUIRE(length.defects.size() == 1);
    CHECK(length.defects[0].call == "Certificate.tbsCertificate.extensions.basicConstraints");
    CHECK(length.is_ca == true);
}

TEST_CASE("a certificate of BER indefinite lengths reads like its DER") {
    const Certificate ber = certificate("ber-indefinite-length");
    const Certificate der = certificate("sm2-leaf");
    CHECK(ber.defects.empty());
    CHECK(ber.subject.text() == der.subject.text());
    CHECK(ber.not_after == der.not_after);
    CHECK(ber.crl_urls == der.crl_urls);
    CHECK(as_text(ber.public_key.content()) == as_text(der.public_key.content()));
}

TEST_CASE("what follows a certificate is not part of it") {
    Bytes longer = test::fixture("certificates/sm2-leaf.der");
    const Bytes alone = longer;
    longer.insert(longer.end(), {0x30, 0x03, 0x02});
    CHECK(parse_certificate(longer)->der == alone);
    CHECK(parse_certificate(longer)->defects.empty());
}

TEST_CASE("what is no certificate is refused") {
    for (const auto* text : {"", "0", "hello", "0\x03\x02\x01\x05", "-----BEGIN CERTIFICATE-----"}) {
        INFO(text);
        CHECK_FALSE(parse_certificate(as_bytes(text)));
    }
}
