// SPDX-License-Identifier: Apache-2.0
#include "scca.hpp"

#include "scca/pki/verify.hpp"

#include <algorithm>
#include <array>

namespace scca::checks {
namespace {

struct NamePart {
    std::string_view type, value;
};

struct KnownCa {
    std::array<NamePart, 4> name;  ///< the common name first; of a shorter one the last are empty
    std::string_view certificate_sha256;
    std::string_view public_key_sha256;  ///< of the SubjectPublicKeyInfo
};

// Published by rootca.gov.cn; the public keys' digests were computed from those certificates.
constexpr std::array<KnownCa, 2> known_cas{{
    {{{{"CN", "ROOTCA"}, {"O", "NRCAC"}, {"C", "CN"}, {}}},
     "9c28d3847414bfff1a5749e7e2381146f82842083e8c592e16a612d04a5ba8cd",
     "23df1e617daffdec8b9a893e261635a1ef3ddf2a941c4cb26959935ed25ceae8"},
    {{{{"CN", "SCCA"},
       {"OU", "SM2 Certificate System"},
       {"O", "Sichuan Digital Certificate Authority Management Center"},
       {"C", "CN"}}},
     "ac8bd361dbfd1d8375a819eb4666aa080643259e8c98b5de0dbd735cd44fce46",
     "d1e18d484bb2a689e5b7efc3212e85c16d3126be574f2786eea22c09d1e54407"},
}};

/// In whatever order the name was written, and however its values are spelt: a forger chooses both.
bool is_named(const pki::DistinguishedName& name, const std::array<NamePart, 4>& wanted) {
    const auto has = [&](const NamePart& part) {
        return part.type.empty() || pki::same_value(name.find(part.type), part.value);
    };
    const auto parts = std::ranges::count_if(wanted, [](const NamePart& part) { return !part.type.empty(); });
    return std::ssize(name.attributes) == parts && std::ranges::all_of(wanted, has);
}

const KnownCa* find_known(const pki::Certificate& certificate) {
    const auto* const found =
        std::ranges::find_if(known_cas, [&](const KnownCa& ca) { return is_named(certificate.subject, ca.name); });
    return found == known_cas.end() ? nullptr : found;
}

}  // namespace

bool is_scca_name(const pki::DistinguishedName& name) noexcept {
    constexpr std::array<std::string_view, 2> organisations{"Sichuan Digital Certificate Authority Management Center",
                                                            "四川省数字证书认证管理中心有限公司"};
    const std::string_view organisation = name.find("O");
    return std::any_of(organisations.begin(), organisations.end(),
                       [&](std::string_view known) { return pki::same_value(organisation, known); });
}

bool is_known_ca(const pki::Certificate& certificate) {
    const KnownCa* known = find_known(certificate);
    return known != nullptr && to_hex(pki::sha256(certificate.der)) == known->certificate_sha256;
}

bool impersonates_known_ca(const pki::Certificate& certificate) {
    const KnownCa* known = find_known(certificate);
    return known != nullptr && to_hex(pki::sha256(certificate.public_key.spki)) != known->public_key_sha256;
}

std::optional<Moment> find_end_of_old_root(const pki::DistinguishedName& name) {
    constexpr std::array<NamePart, 4> old_root{{{"CN", "ROOTCA"}, {"O", "OSCCA"}, {"C", "CN"}, {}}};
    if (!is_named(name, old_root)) return std::nullopt;
    return moment_of(2025, 8, 23, 15, 59, 59);  // the day is known, in Beijing; the hour is not
}

}  // namespace scca::checks
