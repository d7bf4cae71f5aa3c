// SPDX-License-Identifier: Apache-2.0
#include "scca/pki/pkcs12.hpp"

#include "scca/pki/der.hpp"
#include "values.hpp"
#include "verify_openssl.hpp"

#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/pkcs12.h>
#include <openssl/provider.h>

#include <limits>
#include <optional>
#include <string>

namespace scca::pki {
namespace {

using LibraryPtr = std::unique_ptr<OSSL_LIB_CTX, FreeWith<OSSL_LIB_CTX_free>>;
using ProviderPtr = std::unique_ptr<OSSL_PROVIDER, FreeWith<OSSL_PROVIDER_unload>>;
using Pkcs12Ptr = std::unique_ptr<PKCS12, FreeWith<PKCS12_free>>;
using X509Ptr = std::unique_ptr<X509, FreeWith<X509_free>>;

void free_safes(STACK_OF(PKCS7) * safes) { sk_PKCS7_pop_free(safes, PKCS7_free); }
void free_bags(STACK_OF(PKCS12_SAFEBAG) * bags) { sk_PKCS12_SAFEBAG_pop_free(bags, PKCS12_SAFEBAG_free); }
void free_octets(unsigned char* octets) { OPENSSL_free(octets); }
using SafesPtr = std::unique_ptr<STACK_OF(PKCS7), FreeWith<free_safes>>;
using BagsPtr = std::unique_ptr<STACK_OF(PKCS12_SAFEBAG), FreeWith<free_bags>>;

/// Real files say 1 to 600,000; a hostile one would have this program count for hours.
constexpr std::int64_t max_iterations = 5'000'000;
constexpr int max_depth = 4;

/// OpenSSL with the algorithms of yesterday, apart from the library that everything else here uses.
class LegacyLibrary {
public:
    LegacyLibrary()
        : library_(OSSL_LIB_CTX_new()),
          usual_(OSSL_PROVIDER_load(library_.get(), "default")),
          legacy_(OSSL_PROVIDER_load(library_.get(), "legacy")) {}

    [[nodiscard]] OSSL_LIB_CTX* library() const noexcept { return library_.get(); }

private:
    LibraryPtr library_;  // outlives its providers
    ProviderPtr usual_, legacy_;
};

/// The password as PKCS #12 functions take it; RFC 7292 B.1 lets an empty one be "" or nothing at all.
struct Password {
    const char* text;
    int length;
};

Fault openssl_fault(std::string_view call, FaultKind kind) {
    const unsigned long code = ERR_peek_last_error();
    const char* reason = ERR_reason_error_string(code);
    return {.kind = kind,
            .call = std::string(call),
            .family = "OpenSSL",
            .number = kind == FaultKind::damaged ? 0 : static_cast<std::int64_t>(code),
            .text = reason != nullptr ? reason : "it cannot be opened"};
}

/// Whether no number among an algorithm's parameters is beyond reason: its iteration count, wherever it stands.
bool is_bounded(der::Reader reader) {
    der::Element element;
    while (reader.step(element) == der::Break::none) {
        if (element.is(der::Tag::integer) && small_integer(element.content).value_or(INT64_MAX) > max_iterations) {
            return false;
        }
        if (element.is_constructed() && !is_bounded(reader.enter(element))) return false;
    }
    return true;
}

bool is_bounded(const X509_ALGOR* algorithm) {
    unsigned char* encoded = nullptr;
    const int size = i2d_X509_ALGOR(algorithm, &encoded);
    const std::unique_ptr<unsigned char, FreeWith<free_octets>> owner(encoded);
    return size > 0 && is_bounded(der::Reader(ByteView(encoded, static_cast<std::size_t>(size))));
}

bool has_bounded_mac(const PKCS12* file) {
    const ASN1_INTEGER* iterations = nullptr;
    PKCS12_get0_mac(nullptr, nullptr, nullptr, &iterations, file);
    std::int64_t count = 1;
    return iterations == nullptr || (ASN1_INTEGER_get_int64(&count, iterations) == 1 && count <= max_iterations);
}

std::optional<Password> verified_password(PKCS12* file, std::string_view password) {
    const Password whole{password.data(), static_cast<int>(password.size())};
    if (PKCS12_mac_present(file) == 0) return whole;
    if (PKCS12_verify_mac(file, whole.text, whole.length) == 1) return whole;
    if (!password.empty()) return std::nullopt;
    for (const Password& empty : {Password{nullptr, 0}, Password{"", 0}}) {
        if (PKCS12_verify_mac(file, empty.text, empty.length) == 1) return empty;
    }
    return std::nullopt;
}

void add_certificates(const STACK_OF(PKCS12_SAFEBAG) * bags, int depth, std::vector<Bytes>& certificates) {
    for (int i = 0; bags != nullptr && i < sk_PKCS12_SAFEBAG_num(bags); ++i) {
        const PKCS12_SAFEBAG* bag = sk_PKCS12_SAFEBAG_value(bags, i);
        const int type = PKCS12_SAFEBAG_get_nid(bag);
        if (type == NID_safeContentsBag && depth < max_depth) {
            add_certificates(PKCS12_SAFEBAG_get0_safes(bag), depth + 1, certificates);
        }
        if (type != NID_certBag || PKCS12_SAFEBAG_get_bag_nid(bag) != NID_x509Certificate) continue;
        const X509Ptr certificate(PKCS12_SAFEBAG_get1_cert(bag));
        const int size = certificate ? i2d_X509(certificate.get(), nullptr) : 0;
        if (size <= 0) continue;
        Bytes der(static_cast<std::size_t>(size));
        unsigned char* position = der.data();
        i2d_X509(certificate.get(), &position);
        certificates.push_back(std::move(der));
    }
}

BagsPtr bags_of(PKCS7* safe, const Password& password) {
    if (PKCS7_type_is_data(safe)) return BagsPtr(PKCS12_unpack_p7data(safe));
    if (!PKCS7_type_is_encrypted(safe)) return nullptr;
    return BagsPtr(PKCS12_unpack_p7encdata(safe, password.text, password.length));
}

Fault beyond_reason() { return der::damaged("PFX", 0, "an iteration count beyond reason"); }

Result<std::vector<Bytes>> certificates_of(PKCS12* file, std::string_view given) {
    if (!has_bounded_mac(file)) return beyond_reason();
    const auto password = verified_password(file, given);
    if (!password) return openssl_fault("PKCS12_verify_mac", FaultKind::code);
    const SafesPtr safes(PKCS12_unpack_authsafes(file));
    if (!safes) return openssl_fault("PKCS12_unpack_authsafes", FaultKind::damaged);
    std::vector<Bytes> certificates;
    for (int i = 0; i < sk_PKCS7_num(safes.get()); ++i) {
        PKCS7* const safe = sk_PKCS7_value(safes.get(), i);
        if (PKCS7_type_is_encrypted(safe) && !is_bounded(safe->d.encrypted->enc_data->algorithm))
            return beyond_reason();
        const BagsPtr bags = bags_of(safe, *password);
        if (!bags) return openssl_fault("PKCS12_unpack_p7encdata", FaultKind::damaged);
        add_certificates(bags.get(), 0, certificates);
    }
    return certificates;
}

}  // namespace

Result<std::vector<Bytes>> parse_pkcs12(ByteView content, std::string_view password) {
    constexpr auto longest = static_cast<std::size_t>(std::numeric_limits<int>::max());
    if (content.size() > longest || password.size() > longest) return der::damaged("PFX", 0, "too long");
    const QuietErrors quiet;
    const LegacyLibrary openssl;
    Pkcs12Ptr file(PKCS12_init_ex(NID_pkcs7_data, openssl.library(), nullptr));
    PKCS12* reused = file.release();
    const unsigned char* position = content.data();
    // On failure d2i frees what it was given.
    file.reset(d2i_PKCS12(&reused, &position, static_cast<long>(content.size())));
    if (!file) return openssl_fault("d2i_PKCS12", FaultKind::damaged);
    return certificates_of(file.get(), password);
}

}  // namespace scca::pki
