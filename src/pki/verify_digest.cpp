// SPDX-License-Identifier: Apache-2.0
#include "scca/pki/digest.hpp"

#include "verify_openssl.hpp"

#include <algorithm>
#include <array>

namespace scca::pki {
namespace {

struct MethodRow {
    DigestMethod method;
    std::string_view name, openssl;
    std::size_t octets;
};

constexpr std::array methods{
    MethodRow{DigestMethod::md5, "MD5", "MD5", 16},           MethodRow{DigestMethod::sha1, "SHA-1", "SHA1", 20},
    MethodRow{DigestMethod::sha256, "SHA-256", "SHA256", 32}, MethodRow{DigestMethod::sha384, "SHA-384", "SHA384", 48},
    MethodRow{DigestMethod::sha512, "SHA-512", "SHA512", 64}, MethodRow{DigestMethod::sm3, "SM3", "SM3", 32},
};

struct Identifier {
    std::string_view oid;
    DigestMethod method;
};

constexpr std::array identifiers{
    Identifier{"1.2.156.10197.1.401", DigestMethod::sm3},
    Identifier{"1.2.156.10197.1.401.1", DigestMethod::sm3},
    Identifier{"1.2.156.10197.1.401.2", DigestMethod::sm3},
    Identifier{"1.2.156.10197.1.501", DigestMethod::sm3},
    Identifier{"1.2.840.113549.2.5", DigestMethod::md5},
    Identifier{"1.3.14.3.2.26", DigestMethod::sha1},
    Identifier{"2.16.840.1.101.3.4.2.1", DigestMethod::sha256},
    Identifier{"2.16.840.1.101.3.4.2.2", DigestMethod::sha384},
    Identifier{"2.16.840.1.101.3.4.2.3", DigestMethod::sha512},
};

char upper(char c) noexcept { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }

/// The same letters and digits, whatever stands between them.
bool same_spelling(std::string_view written, std::string_view name) noexcept {
    const auto next = [](std::string_view& text) {
        while (!text.empty() && (text.front() == '-' || text.front() == '_' || text.front() == ' '))
            text.remove_prefix(1);
        if (text.empty()) return '\0';
        const char c = upper(text.front());
        text.remove_prefix(1);
        return c;
    };
    for (;;) {
        const char a = next(written);
        if (a != next(name)) return false;
        if (a == '\0') return true;
    }
}

const MethodRow& row_of(DigestMethod method) noexcept { return methods[static_cast<std::size_t>(method)]; }

}  // namespace

std::optional<DigestMethod> find_digest_method(std::string_view name) noexcept {
    for (const Identifier& known : identifiers) {
        if (known.oid == name) return known.method;
    }
    for (const MethodRow& known : methods) {
        if (same_spelling(name, known.name)) return known.method;
    }
    return std::nullopt;
}

std::string_view name_of(DigestMethod method) noexcept { return row_of(method).name; }

std::optional<DigestMethod> guess_digest_method(std::size_t octets) noexcept {
    constexpr std::size_t sm3_octets = 32;
    if (octets == sm3_octets) return DigestMethod::sm3;
    for (const MethodRow& known : methods) {
        if (known.octets == octets) return known.method;
    }
    return std::nullopt;
}

Bytes digest(DigestMethod method, ByteView content) {
    Bytes value(EVP_MAX_MD_SIZE);
    std::size_t length = 0;
    if (EVP_Q_digest(nullptr, row_of(method).openssl.data(), nullptr, content.data(), content.size(), value.data(),
                     &length) != 1) {
        return {};
    }
    value.resize(length);
    return value;
}

}  // namespace scca::pki
