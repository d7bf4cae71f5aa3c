// SPDX-License-Identifier: Apache-2.0
#include "verify_names.hpp"

#include "scca/pki/name_limits.hpp"

#include <cstddef>

namespace scca::pki {
namespace {

/// Of a name and a limit: more than any real pair of certificates needs, and done in a millisecond.
constexpr std::size_t most_comparisons = 16'384;

/// Nothing when OpenSSL refuses it.
X509Ptr open(const Certificate& certificate) {
    const unsigned char* at = certificate.der.data();
    return X509Ptr(d2i_X509(nullptr, &at, static_cast<long>(certificate.der.size())));
}

/// OpenSSL takes a mail address in a subject only as IA5String (RFC 5280 4.1.2.6); others write it like the rest.
void retype_mail(X509& certificate) {
    X509_NAME* const subject = X509_get_subject_name(&certificate);
    for (int at = -1; (at = X509_NAME_get_index_by_NID(subject, NID_pkcs9_emailAddress, at)) >= 0;) {
        X509_NAME_ENTRY* const entry = X509_NAME_get_entry(subject, at);
        const ASN1_STRING* const value = X509_NAME_ENTRY_get_data(entry);
        const int type = ASN1_STRING_type(value);
        if (type != V_ASN1_UTF8STRING && type != V_ASN1_PRINTABLESTRING) continue;
        const auto* const octets = ASN1_STRING_get0_data(value);
        const Bytes copy(octets, octets + ASN1_STRING_length(value));
        X509_NAME_ENTRY_set_data(entry, V_ASN1_IA5STRING, copy.data(), static_cast<int>(copy.size()));
    }
}

bool has_host(const GENERAL_NAMES* names) {
    for (int at = 0; at < sk_GENERAL_NAME_num(names); ++at) {
        if (sk_GENERAL_NAME_value(names, at)->type == GEN_DNS) return true;
    }
    return false;
}

/// OpenSSL's count of a list that may be absent.
std::size_t count(int number) noexcept { return number < 0 ? 0 : static_cast<std::size_t>(number); }

NamesHeld meaning_of(int result) noexcept {
    switch (result) {
        case X509_V_OK: return NamesHeld::permitted;
        case X509_V_ERR_PERMITTED_VIOLATION:
        case X509_V_ERR_EXCLUDED_VIOLATION: return NamesHeld::foreign;
        default: return NamesHeld::unread;
    }
}

}  // namespace

X509Ptr open_names(const Certificate& certificate) {
    X509Ptr opened = open(certificate);
    if (opened) retype_mail(*opened);
    return opened;
}

LimitsPtr open_limits(const Certificate& ca) {
    const X509Ptr above = open(ca);
    if (!above || X509_check_purpose(above.get(), -1, 0) != 1) return nullptr;
    return LimitsPtr(
        static_cast<NAME_CONSTRAINTS*>(X509_get_ext_d2i(above.get(), NID_name_constraints, nullptr, nullptr)));
}

NamesPtr alternative_names(const X509& certificate) {
    return NamesPtr(
        static_cast<GENERAL_NAMES*>(X509_get_ext_d2i(&certificate, NID_subject_alt_name, nullptr, nullptr)));
}

int check_names(X509& certificate, NAME_CONSTRAINTS& limits) {
    // OpenSSL compares alternative names only after it was made to read the extensions.
    if (X509_check_purpose(&certificate, -1, 0) != 1) return X509_V_ERR_UNSPECIFIED;
    return NAME_CONSTRAINTS_check(&certificate, &limits);
}

NamesHeld verify_names(const Certificate& certificate, const Certificate& ca) {
    const QuietErrors quiet;
    const X509Ptr holder = open_names(certificate);
    const LimitsPtr limits = open_limits(ca);
    if (!holder || !limits) return NamesHeld::unread;
    const NamesPtr names = alternative_names(*holder);
    const std::size_t held =
        count(sk_GENERAL_NAME_num(names.get())) + count(X509_NAME_entry_count(X509_get_subject_name(holder.get())));
    const std::size_t against = count(sk_GENERAL_SUBTREE_num(limits->permittedSubtrees)) +
                                count(sk_GENERAL_SUBTREE_num(limits->excludedSubtrees));
    if (held * against > most_comparisons) return NamesHeld::unread;
    int result = check_names(*holder, *limits);
    if (result == X509_V_OK && !certificate.is_ca.value_or(false) && !has_host(names.get())) {
        result = NAME_CONSTRAINTS_check_CN(holder.get(), limits.get());
    }
    return meaning_of(result);
}

}  // namespace scca::pki
