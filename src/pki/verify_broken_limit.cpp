// SPDX-License-Identifier: Apache-2.0
//
// Which name it is that a CA may not issue for, and by which rule. OpenSSL says no more than that there is one, so it
// is asked again: about fewer names, then about single rules.
#include "verify_names.hpp"

#include "scca/core/text.hpp"
#include "scca/pki/name_limits.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace scca::pki {
namespace {

constexpr std::size_t most_limits = 4;     ///< of a rule that are told
constexpr std::size_t longest_name = 256;  ///< octets that are told of a name; a host's has 253 at most

/// What is in the list is another's.
struct FreeListAlone {
    void operator()(GENERAL_NAMES* names) const noexcept { sk_GENERAL_NAME_free(names); }
    void operator()(STACK_OF(GENERAL_SUBTREE) * limits) const noexcept { sk_GENERAL_SUBTREE_free(limits); }
};
using BorrowedNamesPtr = std::unique_ptr<GENERAL_NAMES, FreeListAlone>;
using BorrowedLimitsPtr = std::unique_ptr<STACK_OF(GENERAL_SUBTREE), FreeListAlone>;

using NamePtr = std::unique_ptr<GENERAL_NAME, FreeWith<GENERAL_NAME_free>>;
using SubjectPtr = std::unique_ptr<X509_NAME, FreeWith<X509_NAME_free>>;

bool is_violation(int result) noexcept {
    return result == X509_V_ERR_PERMITTED_VIOLATION || result == X509_V_ERR_EXCLUDED_VIOLATION;
}

/// A name of this kind, which keeps the value; nothing without one.
NamePtr name_of(int kind, void* value) {
    NamePtr name(value == nullptr ? nullptr : GENERAL_NAME_new());
    if (name) GENERAL_NAME_set0_value(name.get(), kind, value);
    return name;
}

/// All names of a certificate in the order in which OpenSSL compares them: subject, its mail addresses, the others.
NamesPtr all_names(const X509& certificate) {
    NamesPtr names = alternative_names(certificate);
    if (!names) names.reset(sk_GENERAL_NAME_new_null());
    const X509_NAME* const subject = X509_get_subject_name(&certificate);
    int next = 0;
    const auto insert = [&](NamePtr name) {
        if (names && name && sk_GENERAL_NAME_insert(names.get(), name.get(), next++) > 0)
            static_cast<void>(name.release());
    };
    if (X509_NAME_entry_count(subject) > 0) insert(name_of(GEN_DIRNAME, X509_NAME_dup(subject)));
    for (int at = -1; (at = X509_NAME_get_index_by_NID(subject, NID_pkcs9_emailAddress, at)) >= 0;) {
        insert(name_of(GEN_EMAIL, ASN1_STRING_dup(X509_NAME_ENTRY_get_data(X509_NAME_get_entry(subject, at)))));
    }
    return names;
}

/// The same certificate with some of its names alone, all as alternative names.
X509Ptr bearer_of(const GENERAL_NAMES& names, int first, int last, const Certificate& certificate) {
    X509Ptr bearer = open_names(certificate);
    const SubjectPtr nobody(X509_NAME_new());
    const BorrowedNamesPtr some(sk_GENERAL_NAME_new_null());
    if (!bearer || !nobody || !some) return nullptr;
    for (int at = first; at < last; ++at) sk_GENERAL_NAME_push(some.get(), sk_GENERAL_NAME_value(&names, at));
    const bool made = X509_set_subject_name(bearer.get(), nobody.get()) == 1 &&
                      X509_add1_ext_i2d(bearer.get(), NID_subject_alt_name, some.get(), 0, X509V3_ADD_REPLACE) == 1;
    return made ? std::move(bearer) : nullptr;
}

/// Where the first name stands that breaks a limit; nothing when all of them together break none.
std::optional<int> find_first(const GENERAL_NAMES& names, const Certificate& certificate, NAME_CONSTRAINTS& limits) {
    const auto breaks = [&](int count) {
        const X509Ptr bearer = bearer_of(names, 0, count, certificate);
        return bearer && is_violation(check_names(*bearer, limits));
    };
    int sound = 0;
    int broken = sk_GENERAL_NAME_num(&names);
    if (broken <= 0 || !breaks(broken)) return std::nullopt;
    while (broken - sound > 1) {
        const int middle = sound + (broken - sound) / 2;
        (breaks(middle) ? broken : sound) = middle;
    }
    return sound;
}

/// A common name that reads like a host's, as that.
NamesPtr common_host(const X509& certificate, NAME_CONSTRAINTS& limits) {
    NamesPtr host(sk_GENERAL_NAME_new_null());
    const X509_NAME* const subject = X509_get_subject_name(&certificate);
    for (int at = -1; host && (at = X509_NAME_get_index_by_NID(subject, NID_commonName, at)) >= 0;) {
        const X509_NAME_ENTRY* const entry = X509_NAME_get_entry(subject, at);
        const X509Ptr alone(X509_new());
        const SubjectPtr one(X509_NAME_new());
        if (!alone || !one || X509_NAME_add_entry(one.get(), entry, -1, 0) != 1) continue;
        X509_set_subject_name(alone.get(), one.get());
        if (!is_violation(NAME_CONSTRAINTS_check_CN(alone.get(), &limits))) continue;
        unsigned char* text = nullptr;
        const int length = ASN1_STRING_to_UTF8(&text, X509_NAME_ENTRY_get_data(entry));
        ASN1_STRING* const value = length < 0 ? nullptr : ASN1_STRING_type_new(V_ASN1_IA5STRING);
        if (value != nullptr) ASN1_STRING_set(value, text, length);
        OPENSSL_free(text);
        NamePtr name = name_of(GEN_DNS, value);
        if (name && sk_GENERAL_NAME_push(host.get(), name.get()) > 0) static_cast<void>(name.release());
        break;
    }
    return host;
}

std::string_view kind_of(const GENERAL_NAME& name) noexcept {
    switch (name.type) {
        case GEN_DIRNAME: return "directory";
        case GEN_EMAIL: return "mail";
        case GEN_DNS: return "host";
        case GEN_URI: return "uri";
        case GEN_IPADD: return "address";
        default: return {};
    }
}

std::string shortened(std::string_view text) {
    if (text.size() <= longest_name) return std::string(text);
    std::size_t end = longest_name;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
    return std::string(text.substr(0, end)) + "…";
}

/// "10.1.2.3", "2001:db8:0:0:0:0:0:1"
std::string address_text(ByteView octets) {
    std::string text;
    constexpr std::size_t old_length = 4;
    if (octets.size() == old_length) {
        for (const std::uint8_t octet : octets) text += (text.empty() ? "" : ".") + std::to_string(octet);
        return text;
    }
    for (std::size_t i = 0; i + 1 < octets.size(); i += 2) {
        std::array<char, 4> digits{};
        const auto group = static_cast<unsigned>(octets[i] << 8U | octets[i + 1]);
        const auto written = std::to_chars(digits.data(), digits.data() + digits.size(), group, 16);
        text.append(text.empty() ? "" : ":").append(digits.data(), written.ptr);
    }
    return text;
}

/// An address, or a net: "10.0.0.0/255.0.0.0" (RFC 5280 4.2.1.10 writes its mask behind it).
std::string net_text(ByteView octets) {
    constexpr std::array<std::size_t, 2> nets{8, 32};
    if (std::find(nets.begin(), nets.end(), octets.size()) == nets.end()) return address_text(octets);
    const std::size_t half = octets.size() / 2;
    return address_text(octets.first(half)) + '/' + address_text(octets.subspan(half));
}

std::string text_of(const GENERAL_NAME& name) {
    if (name.type == GEN_DIRNAME) {
        const unsigned char* der = nullptr;
        std::size_t length = 0;
        if (X509_NAME_get0_der(name.d.directoryName, &der, &length) != 1) return {};
        return shortened(parse_name({der, length}).text());
    }
    const ASN1_STRING* const value = name.type == GEN_IPADD ? name.d.iPAddress : name.d.ia5;
    const ByteView octets(ASN1_STRING_get0_data(value), static_cast<std::size_t>(ASN1_STRING_length(value)));
    return name.type == GEN_IPADD ? net_text(octets.first(std::min(octets.size(), longest_name)))
                                  : shortened(valid_utf8(as_text(octets)));
}

bool excludes(GENERAL_SUBTREE& limit, X509& bearer) {
    const BorrowedLimitsPtr alone(sk_GENERAL_SUBTREE_new_null());
    if (!alone || sk_GENERAL_SUBTREE_push(alone.get(), &limit) <= 0) return false;
    NAME_CONSTRAINTS only{nullptr, alone.get()};
    return is_violation(check_names(bearer, only));
}

/// The rule that this name, which stands alone in `bearer`, breaks.
BrokenLimit explain(const GENERAL_NAME& name, X509& bearer, NAME_CONSTRAINTS& limits) {
    BrokenLimit broken{kind_of(name), text_of(name), false, {}, 0};
    broken.excluded = check_names(bearer, limits) == X509_V_ERR_EXCLUDED_VIOLATION;
    auto* const list = broken.excluded ? limits.excludedSubtrees : limits.permittedSubtrees;
    for (int at = 0; at < sk_GENERAL_SUBTREE_num(list); ++at) {
        GENERAL_SUBTREE* const subtree = sk_GENERAL_SUBTREE_value(list, at);
        if (subtree->base->type != name.type || (broken.excluded && !excludes(*subtree, bearer))) continue;
        ++broken.limits_in_all;
        std::string limit = text_of(*subtree->base);
        if (limit.empty()) limit = "*";  // every name of the kind
        if (broken.limits.size() < most_limits) broken.limits.push_back(std::move(limit));
        if (broken.excluded) break;
    }
    return broken;
}

}  // namespace

std::optional<BrokenLimit> find_broken_limit(const Certificate& certificate, const Certificate& ca) {
    const QuietErrors quiet;
    const X509Ptr holder = open_names(certificate);
    const LimitsPtr limits = open_limits(ca);
    if (!holder || !limits || verify_names(certificate, ca) != NamesHeld::foreign) return std::nullopt;
    NamesPtr names = all_names(*holder);
    if (!names) return std::nullopt;
    auto first = find_first(*names, certificate, *limits);
    if (!first) {
        names = common_host(*holder, *limits);
        if (!names || sk_GENERAL_NAME_num(names.get()) != 1) return std::nullopt;
        first = 0;
    }
    const X509Ptr bearer = bearer_of(*names, *first, *first + 1, certificate);
    if (!bearer) return std::nullopt;
    return explain(*sk_GENERAL_NAME_value(names.get(), *first), *bearer, *limits);
}

}  // namespace scca::pki
