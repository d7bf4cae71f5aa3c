// SPDX-License-Identifier: Apache-2.0
#include "scca/pki/revocation.hpp"

#include "fixtures.hpp"

#include <chrono>
#include <map>

using namespace scca;
using namespace scca::pki;
using scca::test::certificate;
using scca::test::fixture;

namespace {

/// Its octets stay for as long as the tests run.
Crl list(const std::string& name) {
    static std::map<std::string, Bytes> files;
    const Bytes& octets = files.try_emplace(name, fixture("lists/" + name + ".crl")).first->second;
    const auto parsed = parse_crl(octets);
    INFO(name);
    REQUIRE(parsed);
    return *parsed;
}

OcspAnswer answer(const std::string& name = "revoked.der") {
    const auto parsed = parse_ocsp_answer(fixture("ocsp/" + name));
    INFO(name);
    REQUIRE(parsed);
    return *parsed;
}

}  // namespace

TEST_CASE("a revocation list tells whose it is, from when to when, and who is on it") {
    const Crl one = list("one");
    CHECK(one.defects.empty());
    CHECK(one.issuer.text() == "CN=训练用CA, O=训练用机构, C=CN");
    CHECK(utc_text(*one.this_update) == "2025-01-01T00:00:00Z");
    CHECK(utc_text(*one.next_update) == "2099-12-31T23:59:59Z");
    CHECK(one.entries.size() == 4);
    const auto found = one.find(certificate("sm2-leaf").serial);
    REQUIRE(found);
    CHECK(utc_text(*found->at) == "2025-03-01T08:00:00Z");
    CHECK(name_of_reason(*found->reason) == "keyCompromise");
    CHECK_FALSE(one.find("05")->reason);
    CHECK_FALSE(one.find("06"));
    CHECK_FALSE(one.find("no number"));
    CHECK(list("numbered").number == "1234");
}

TEST_CASE("serial numbers are found negative, with a high first bit and with needless zeros") {
    const Crl one = list("one");
    CHECK(one.find("f9"));
    CHECK(one.find("00ff00000000000001"));
    CHECK(one.find("0005"));
}

TEST_CASE("an empty list lists nobody, and one without an end says so") {
    CHECK(list("empty").entries.empty());
    CHECK_FALSE(list("empty").find("05"));
    CHECK_FALSE(list("no-next-update").next_update);
    CHECK(list("no-next-update").defects.empty());
}

TEST_CASE("a list tells of whom it does not speak") {
    CHECK(list("delta").scope.delta);
    CHECK(list("indirect").scope.indirect);
    CHECK(list("ca-only").scope.ca_only);
    CHECK(list("user-only").scope.user_only);
    CHECK(list("other-part").scope.urls == std::vector<std::string>{"http://crl.example/other.crl"});
    CHECK(list("unknown-critical").scope.unknown_critical);
    CHECK_FALSE(list("numbered").scope.unknown_critical);
}

TEST_CASE("a list that breaks among its entries keeps those before and says where") {
    const Crl broken = list("entry-is-text");
    CHECK(broken.find("05"));
    REQUIRE(broken.defects.size() == 1);
    CHECK(broken.defects.front().call == "CertificateList.tbsCertList.revokedCertificates");
}

TEST_CASE("a list of a hundred thousand is read once and then answers at once") {
    using Clock = std::chrono::steady_clock;
    const Crl many = list("long");
    CHECK(many.entries.size() == 100'000);
    const auto start = Clock::now();
    std::size_t found = 0;
    for (unsigned i = 0; i < 10'000; ++i) {
        const std::uint32_t serial = 0x10000000U + i * 7919U;
        const Bytes octets{static_cast<std::uint8_t>(serial >> 24U), static_cast<std::uint8_t>(serial >> 16U),
                           static_cast<std::uint8_t>(serial >> 8U), static_cast<std::uint8_t>(serial)};
        found += many.find(to_hex(octets)) ? 1 : 0;
    }
    CHECK(found == 10'000);
    CHECK_FALSE(many.find("10000001"));
    // A look-up that walked the list would need minutes.
    CHECK(Clock::now() - start < std::chrono::seconds(5));
}

TEST_CASE("lists are found in DER, PEM and base64, and nowhere else") {
    const Bytes der = fixture("lists/one.crl");
    const auto found = find_crls(der);
    REQUIRE(found.size() == 1);
    CHECK((found[0].der.data() == der.data() && found[0].der.size() == der.size()));
    const std::string text = to_base64(der), pem = "-----BEGIN X509 CRL-----\n" + text + "\n-----END X509 CRL-----\n";
    // As certutil of Windows and some old CAs head it.
    const std::string other = "-----BEGIN CERTIFICATE-----\n" + text + "\n-----END CERTIFICATE-----\n";
    for (const auto& [content, count] : {std::pair{text, 1U},
                                         {pem, 1U},
                                         {other, 1U},
                                         {"-----BEGIN CRL-----\n" + text, 1U},
                                         {"first\n" + pem + "second\n" + other, 2U}}) {
        const auto decoded = find_crls(as_bytes(content));
        REQUIRE(decoded.size() == count);
        for (const FoundCrl& one : decoded) CHECK(std::ranges::equal(one.der, der));
    }
    CHECK(find_crls(fixture("certificates/sm2-leaf.der")).empty());
    CHECK(find_crls(fixture("containers/bundle-pem.p7b")).empty());
    CHECK(find_crls({}).empty());
    for (const char* name : {"certificates/sm2-leaf.der", "certificates/rsa-sha256.der"}) {
        const Bytes certificate = fixture(name);
        CHECK_FALSE(parse_crl(certificate));
    }
}

TEST_CASE("a list or an answer whose end is missing is known to be cut") {
    CHECK_FALSE(list("one").is_cut);
    CHECK_FALSE(answer().is_cut);
    const std::string pem = "-----BEGIN X509 CRL-----\n" + to_base64(fixture("lists/one.crl"));
    const auto found = find_crls(as_bytes(pem).first(pem.size() - 40));
    REQUIRE(found.size() == 1);
    CHECK(parse_crl(found.front().der)->is_cut);
    const Bytes whole = fixture("ocsp/revoked.der");
    CHECK(parse_ocsp_answer(ByteView(whole).first(whole.size() - 1))->is_cut);
}

TEST_CASE("one list in PEM becomes itself where it stands, and nothing is lost of anything else") {
    const Bytes der = fixture("lists/one.crl");
    const std::string pem = "-----BEGIN X509 CRL-----\n" + to_base64(der) + "\n-----END X509 CRL-----\n";
    const std::string other = "-----BEGIN CERTIFICATE-----\n" + to_base64(der) + "\n-----END CERTIFICATE-----\n";
    for (const std::string& text : {pem, other, "\xEF\xBB\xBF\r\nthe list:\n" + pem, pem.substr(0, pem.size() - 24)}) {
        const ByteView octets = as_bytes(text);
        Bytes content(octets.begin(), octets.end());
        const std::uint8_t* const place = content.data();
        take_off_armour(content);
        CHECK((content == der && content.data() == place));
    }
    const std::string certificate = "-----BEGIN CERTIFICATE-----\n", cut = pem.substr(0, 200) + "!" + pem.substr(200);
    for (const std::string& text : {pem + pem, certificate + pem, pem + certificate, to_base64(der), std::string(),
                                    std::string("-----BEGIN X509 CRL-----\nAAAA\n-----END X509 CRL-----\n")}) {
        const ByteView octets = as_bytes(text);
        Bytes content(octets.begin(), octets.end());
        take_off_armour(content);
        CHECK(std::ranges::equal(content, octets));
    }
    // Up to where it breaks, as beside the text.
    Bytes broken(as_bytes(cut).begin(), as_bytes(cut).end());
    const auto beside = find_crls(broken);
    REQUIRE(beside.size() == 1);
    take_off_armour(broken);
    CHECK(std::ranges::equal(broken, beside.front().decoded));
    Bytes plain = der;
    take_off_armour(plain);
    CHECK(plain == der);
}

TEST_CASE("a list counts only from the issuer's own key, of its name, that may sign lists") {
    const Certificate ca = certificate("sm2-ca");
    CHECK(verify_crl(list("one"), ca).holds);
    Certificate other = ca;
    other.subject = certificate("sm2-leaf").subject;
    CHECK(verify_crl(list("one"), other).reason == "wrong-signer");
    other = ca;
    other.public_key = certificate("sm2-leaf").public_key;
    CHECK(verify_crl(list("one"), other).reason == "wrong-signer");
    other = ca;
    other.key_usage = static_cast<std::uint16_t>(KeyUsage::key_cert_sign);
    CHECK(verify_crl(list("one"), other).reason == "signer-not-appointed");
    const Crl one = list("one");
    Bytes altered(one.der.begin(), one.der.end());
    altered[one.tbs_offset + one.tbs_length - 20] ^= 1U;
    CHECK_FALSE(verify_crl(*parse_crl(altered), ca).holds);
}

TEST_CASE("the request for an OCSP answer is octet for octet openssl's own") {
    CHECK(make_ocsp_request(certificate("sm2-leaf"), certificate("sm2-ca")) == fixture("ocsp/request.der"));
}

TEST_CASE("an OCSP answer tells status, time and reason of the certificate it is about") {
    const OcspAnswer one = answer();
    CHECK(one.defects.empty());
    CHECK(one.response_status == 0);
    const OcspSingle* const single = find_single(one, certificate("sm2-leaf"), certificate("sm2-ca"));
    REQUIRE(single != nullptr);
    CHECK(single->status == OcspStatus::revoked);
    CHECK(utc_text(*single->revocation.at) == "2025-03-01T08:00:00Z");
    CHECK(name_of_reason(*single->revocation.reason) == "superseded");
    CHECK(find_single(one, certificate("negative-serial"), certificate("sm2-ca")) == nullptr);
    CHECK(find_single(one, certificate("sm2-leaf"), certificate("sm2-leaf")) == nullptr);
    CHECK(answer("revoked.txt").singles.size() == 1);
}

TEST_CASE("an SM2 answer by an appointed responder holds, and by nobody else") {
    const Certificate ca = certificate("sm2-ca");
    CHECK(verify_ocsp_answer(answer(), ca).holds);
    OcspAnswer one = answer();
    one.der.back() ^= 1U;
    CHECK(verify_ocsp_answer(one, ca).reason == "wrong-signer");
    one = answer();
    one.certificates.clear();
    CHECK(verify_ocsp_answer(one, ca).reason == "wrong-signer");
    one = answer();
    one.produced_at = parse_moment("2100-06-01");
    CHECK(verify_ocsp_answer(one, ca).reason == "signer-expired");
    Certificate other = ca;
    other.public_key = certificate("sm2-leaf").public_key;
    CHECK(verify_ocsp_answer(answer(), other).reason == "wrong-signer");
}

TEST_CASE("a responder that refuses says why, and what is no answer is refused") {
    CHECK(name_of_response_status(answer("try-later.der").response_status) == "tryLater");
    CHECK_FALSE(parse_ocsp_answer(fixture("certificates/sm2-leaf.der")));
    CHECK_FALSE(parse_ocsp_answer({}));
    CHECK_FALSE(parse_ocsp_answer(as_bytes("<html></html>")));
}

TEST_CASE("every beginning of a list or an answer is refused or read with a defect") {
    const Bytes crl = fixture("lists/one.crl");
    for (std::size_t length = 0; length < crl.size(); ++length) {
        const auto parsed = parse_crl(ByteView(crl).first(length));
        CHECK((!parsed || !parsed->defects.empty()));
        if (parsed) static_cast<void>(parsed->find("1234567890"));
    }
    const Bytes ocsp = fixture("ocsp/revoked.der");
    for (std::size_t length = 0; length < ocsp.size(); ++length) {
        const auto parsed = parse_ocsp_answer(ByteView(ocsp).first(length));
        CHECK((!parsed || !parsed->defects.empty()));
    }
}

TEST_CASE("a list or an answer with any octet changed does no harm and proves nothing") {
    const Certificate ca = certificate("sm2-ca");
    const Bytes crl = fixture("lists/one.crl");
    for (std::size_t i = 0; i < crl.size(); ++i) {
        Bytes changed = crl;
        changed[i] ^= 0x5AU;
        const auto parsed = parse_crl(changed);
        // The lengths around what is signed are not signed.
        const bool is_signed = parsed && i >= parsed->tbs_offset && i < parsed->tbs_offset + parsed->tbs_length;
        if (is_signed) CHECK_FALSE(verify_crl(*parsed, ca).holds);
    }
    const Bytes ocsp = fixture("ocsp/revoked.der");
    for (std::size_t i = 0; i < ocsp.size(); ++i) {
        Bytes changed = ocsp;
        changed[i] ^= 0x5AU;
        if (const auto parsed = parse_ocsp_answer(changed)) {
            static_cast<void>(find_single(*parsed, certificate("sm2-leaf"), ca));
        }
    }
}
