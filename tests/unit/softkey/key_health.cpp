// SPDX-License-Identifier: Apache-2.0
//
// Certificates are judged with X509_verify and the signer ID set, seals by walking their DER with ASN1_get_object.
#include "key_health.hpp"

#include "test_key.hpp"

#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <algorithm>
#include <catch2/catch.hpp>
#include <ctime>
#include <memory>
#include <optional>
#include <vector>

namespace softkey_test {

namespace fs = std::filesystem;

namespace {

using X509Ptr = std::unique_ptr<X509, decltype(&X509_free)>;
using Troubles = std::set<std::string>;

constexpr std::string_view signer_id = "1234567812345678";
constexpr long soon = 60L * 24 * 3600;

bool verify_message(EVP_PKEY* key, std::string_view message, std::string_view signature) {
    const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(), EVP_MD_CTX_free);
    const std::unique_ptr<EVP_PKEY_CTX, decltype(&EVP_PKEY_CTX_free)> key_context(
        EVP_PKEY_CTX_new_from_pkey(nullptr, key, nullptr), EVP_PKEY_CTX_free);
    EVP_PKEY_CTX_set1_id(key_context.get(), signer_id.data(), static_cast<int>(signer_id.size()));
    EVP_MD_CTX_set_pkey_ctx(context.get(), key_context.get());
    return EVP_DigestVerifyInit(context.get(), nullptr, EVP_sm3(), nullptr, key) == 1 &&
           EVP_DigestVerify(context.get(), reinterpret_cast<const unsigned char*>(signature.data()), signature.size(),
                            reinterpret_cast<const unsigned char*>(message.data()), message.size()) == 1;
}

X509Ptr read_certificate(const fs::path& path) {
    const std::unique_ptr<BIO, decltype(&BIO_free_all)> file(BIO_new_file(path.c_str(), "rb"), BIO_free_all);
    X509* certificate = file ? PEM_read_bio_X509(file.get(), nullptr, nullptr, nullptr) : nullptr;
    if (file && certificate == nullptr) {
        (void)BIO_reset(file.get());
        certificate = d2i_X509_bio(file.get(), nullptr);
    }
    return {certificate, X509_free};
}

X509Ptr parse_certificate(std::string_view der) {
    const auto* begin = reinterpret_cast<const unsigned char*>(der.data());
    return {d2i_X509(nullptr, &begin, static_cast<long>(der.size())), X509_free};
}

bool is_signed_by(X509* certificate, X509* issuer) {
    auto* const id = ASN1_OCTET_STRING_new();
    ASN1_OCTET_STRING_set(id, reinterpret_cast<const unsigned char*>(signer_id.data()),
                          static_cast<int>(signer_id.size()));
    if (EVP_PKEY_is_a(X509_get0_pubkey(issuer), "SM2") == 1) {
        X509_set0_distinguishing_id(certificate, id);
    } else {
        ASN1_OCTET_STRING_free(id);
    }
    return X509_verify(certificate, X509_get0_pubkey(issuer)) == 1;
}

bool is_valid_now(const X509* certificate) {
    return X509_cmp_current_time(X509_get0_notBefore(certificate)) < 0 &&
           X509_cmp_current_time(X509_get0_notAfter(certificate)) > 0;
}

/// Climbs from `certificate` to a self-signed CA in `authorities`.
void judge_chain(X509* certificate, const std::vector<X509Ptr>& authorities, const std::string& forged,
                 const std::string& expired, Troubles& troubles) {
    X509* lower = certificate;
    for (int depth = 0; depth < 5; ++depth) {
        const auto upper = std::find_if(authorities.begin(), authorities.end(), [&](const X509Ptr& authority) {
            return X509_check_issued(authority.get(), lower) == X509_V_OK;
        });
        REQUIRE(upper != authorities.end());
        REQUIRE(X509_check_ca(upper->get()) == 1);
        if (!is_signed_by(lower, upper->get())) troubles.insert(forged);
        if (!is_valid_now(upper->get())) troubles.insert(expired);
        if (upper->get() == lower) return;
        lower = upper->get();
    }
    FAIL("a chain without end");
}

void judge_dates(const X509* certificate, Troubles& troubles) {
    std::time_t later = std::time(nullptr) + soon;
    if (X509_cmp_current_time(X509_get0_notBefore(certificate)) > 0) troubles.insert("cert-not-yet-valid");
    if (X509_cmp_current_time(X509_get0_notAfter(certificate)) < 0) {
        troubles.insert("cert-expired");
    } else if (X509_cmp_time(X509_get0_notAfter(certificate), &later) < 0) {
        troubles.insert("cert-expiring");
    }
}

void judge_certificate(X509* certificate, bool sign, const fs::path& key_path, Troubles& troubles) {
    judge_dates(certificate, troubles);
    std::array<char, 256> organisation{};
    X509_NAME_get_text_by_NID(X509_get_issuer_name(certificate), NID_organizationName, organisation.data(), 256);
    if (std::string(organisation.data()) != "Sichuan Digital Certificate Authority Management Center") {
        troubles.insert("cert-other-issuer");
    }
    const auto usage = X509_get_key_usage(certificate);
    const auto wanted = sign ? X509v3_KU_DIGITAL_SIGNATURE : X509v3_KU_KEY_ENCIPHERMENT;
    if ((usage & static_cast<unsigned>(wanted)) == 0) troubles.insert("cert-usage-wrong");
    EVP_PKEY* const certified = X509_get0_pubkey(certificate);
    if (EVP_PKEY_is_a(certified, "RSA") == 1 && EVP_PKEY_get_bits(certified) < 2048) troubles.insert("cert-weak");
    const std::unique_ptr<BIO, decltype(&BIO_free_all)> file(BIO_new_file(key_path.c_str(), "rb"), BIO_free_all);
    REQUIRE(file);
    const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> held(
        PEM_read_bio_PrivateKey(file.get(), nullptr, nullptr, nullptr), EVP_PKEY_free);
    if (EVP_PKEY_eq(certified, held.get()) != 1) troubles.insert("cert-key-mismatch");
}

/// One DER element: its whole bytes and its content; nothing when the bytes end too early.
struct Element {
    std::string_view whole, content;
};

std::optional<std::vector<Element>> elements_in(std::string_view der) {
    std::vector<Element> elements;
    while (!der.empty()) {
        const auto* begin = reinterpret_cast<const unsigned char*>(der.data());
        const auto* content = begin;
        long length = 0;
        int tag = 0;
        int tag_class = 0;
        if ((ASN1_get_object(&content, &length, &tag, &tag_class, static_cast<long>(der.size())) & 0x80) != 0) {
            return std::nullopt;
        }
        const auto header = static_cast<std::size_t>(content - begin);
        const auto size = header + static_cast<std::size_t>(length);
        elements.push_back({der.substr(0, size), der.substr(header, static_cast<std::size_t>(length))});
        der.remove_prefix(size);
    }
    return elements;
}

std::time_t time_of(std::string_view generalized) {
    std::tm parts{};
    REQUIRE(strptime(std::string(generalized).c_str(), "%Y%m%d%H%M%SZ", &parts) != nullptr);
    return timegm(&parts);
}

std::string der_of(X509* certificate) {
    std::string der(static_cast<std::size_t>(i2d_X509(certificate, nullptr)), '\0');
    auto* end = reinterpret_cast<unsigned char*>(der.data());
    i2d_X509(certificate, &end);
    return der;
}

void judge_maker(X509* maker, std::string_view info, std::string_view signature, std::time_t created,
                 Troubles& troubles) {
    const bool usable = (X509_get_key_usage(maker) & X509v3_KU_DIGITAL_SIGNATURE) != 0 &&
                        X509_cmp_time(X509_get0_notBefore(maker), &created) < 0 &&
                        X509_cmp_time(X509_get0_notAfter(maker), &created) > 0;
    if (!usable) troubles.insert("seal-maker-invalid");
    REQUIRE(signature.front() == '\0');  // no unused bits
    signature.remove_prefix(1);
    if (signature.size() == 64) {
        troubles.insert("signature-encoding");
    } else if (!verify_message(X509_get0_pubkey(maker), info, signature)) {
        troubles.insert("seal-tampered");
    }
}

void judge_period(std::time_t from, std::time_t to, Troubles& troubles) {
    const auto now = std::time(nullptr);
    if (now < from) troubles.insert("seal-not-yet-valid");
    if (to < now) {
        troubles.insert("seal-expired");
    } else if (to < now + soon) {
        troubles.insert("seal-renewal");
    }
}

void judge_listed(std::string_view listed, X509* held, Troubles& troubles) {
    const auto certificate = parse_certificate(listed);
    REQUIRE(certificate);
    if (held == nullptr || der_of(held) == listed) return;
    const bool same = X509_NAME_cmp(X509_get_subject_name(certificate.get()), X509_get_subject_name(held)) == 0;
    troubles.insert(same ? "seal-cert-replaced" : "seal-key-mismatch");
}

void judge_seal(const std::string& bytes, X509* held, const std::vector<X509Ptr>& authorities, Troubles& troubles) {
    REQUIRE(bytes.find("\x16\x02"
                       "ES\x02\x01\x04") < 20);
    const auto outer = elements_in(bytes);
    if (!outer) {
        troubles.insert("seal-unreadable");
        return;
    }
    const auto seal = elements_in(outer->front().content).value();
    REQUIRE(seal.size() == 4);
    const auto info = elements_in(seal[0].content).value();
    REQUIRE(info.size() == 4);
    const auto property = elements_in(info[2].content).value();
    REQUIRE(property.size() == 7);
    const auto picture = elements_in(info[3].content).value();
    REQUIRE(picture.size() == 4);
    const auto maker = parse_certificate(seal[1].content);
    REQUIRE(maker);
    judge_maker(maker.get(), seal[0].whole, seal[3].content, time_of(property[4].content), troubles);
    judge_chain(maker.get(), authorities, "seal-maker-invalid", "seal-maker-invalid", troubles);
    judge_period(time_of(property[5].content), time_of(property[6].content), troubles);
    judge_listed(elements_in(property[3].content).value().front().content, held, troubles);
    REQUIRE(picture[0].content == "PNG");
    if (!picture[1].content.starts_with("\x89PNG\r\n")) troubles.insert("seal-picture-failed");
}

void judge_pin(const fs::path& application, Troubles& troubles) {
    const auto pin = text_of_file(application / "user.pin");
    if (pin.find("left = 0\n") != std::string::npos) troubles.insert("pin-locked");
    if (pin.find("left = 2\n") != std::string::npos) troubles.insert("pin-few-tries");
    if (pin.find("initial = yes") != std::string::npos) troubles.insert("pin-initial");
    // What scca-softkey says when it makes a key.
    const bool known =
        pin.find("pin = 135790\n") != std::string::npos || pin.find("pin = 12345678\n") != std::string::npos;
    if (!known) troubles.insert("pin-wrong");
}

void judge_application(const fs::path& application, const std::vector<X509Ptr>& authorities, Troubles& troubles) {
    judge_pin(application, troubles);
    const auto container = application / "containers" / "training-container-1";
    REQUIRE(fs::exists(container / "sign.key"));
    if (fs::exists(container / "signs-with.key")) troubles.insert("sign-operation-failed");
    X509Ptr signing(nullptr, X509_free);
    std::size_t found = 0;
    for (const std::string use : {"enc", "sign"}) {
        if (!fs::exists(container / (use + ".crt"))) continue;
        ++found;
        auto certificate = read_certificate(container / (use + ".crt"));
        if (!certificate) {
            troubles.insert("cert-unreadable");
            continue;
        }
        judge_certificate(certificate.get(), use == "sign", container / (use + ".key"), troubles);
        judge_chain(certificate.get(), authorities, "cert-forged", "ca-expired", troubles);
        if (use == "sign") signing = std::move(certificate);
    }
    if (found == 0) troubles.insert("cert-not-found");
    if (found == 1) troubles.insert("cert-pair-incomplete");
    const auto seal = application / "files" / "seal.esl";
    if (fs::exists(seal)) {
        judge_seal(text_of_file(seal), signing.get(), authorities, troubles);
    } else {
        troubles.insert("seal-not-on-key");
    }
}

}  // namespace

std::set<std::string> troubles_of(const fs::path& key) {
    std::vector<X509Ptr> authorities;
    for (const auto& entry : fs::directory_iterator(key / "ca")) {
        authorities.push_back(read_certificate(entry.path()));
        REQUIRE(authorities.back());
    }
    Troubles troubles;
    int devices = 0;
    for (const auto& device : fs::directory_iterator(key / "devices")) {
        ++devices;
        const auto application = device.path() / "applications" / "SCCA-TRAINING";
        if (fs::exists(application)) {
            judge_application(application, authorities, troubles);
        } else {
            troubles.insert("key-blank");
        }
    }
    if (devices > 1) troubles.insert("several-keys");
    return troubles;
}

}  // namespace softkey_test
