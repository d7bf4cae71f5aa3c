// SPDX-License-Identifier: Apache-2.0
//
// Two chains: root → issuing CA (RSA keys get an RSA chain, as SCCA has one), and root → seal CA → seal maker.
#include "training_authorities.hpp"

#include <openssl/obj_mac.h>

namespace scca::softkey {

namespace {

constexpr unsigned int authority_bits = 2048;
constexpr auto authority_usage = "keyCertSign,cRLSign";

NameParts training_name(std::string common_name) {
    return {{NID_countryName, "CN"},
            {NID_organizationName, "scca-doctor training, not a certification authority"},
            {NID_commonName, std::move(common_name)}};
}

NameParts issuing_name(const FaultSet& faults, bool rsa) {
    if (faults.has(KeyFault::cert_other_issuer)) {
        return {{NID_countryName, "CN"},
                {NID_organizationName, "练习示例电子认证有限公司"},
                {NID_commonName, "Training Example Other CA"}};
    }
    return {{NID_countryName, "CN"},
            {NID_organizationName, "Sichuan Digital Certificate Authority Management Center"},
            {NID_organizationalUnitName, rsa ? "RSA Certificate System" : "SM2 Certificate System"},
            {NID_commonName, "SCEGB CA"}};
}

Authority make_authority(NameParts name, const Authority* issuer, Validity validity, bool rsa) {
    Authority authority;
    authority.key = rsa ? make_rsa_key(authority_bits) : make_sm2_key();
    authority.certificate = issue_certificate({.subject = std::move(name),
                                               .holder_key = authority.key.get(),
                                               .issuer = issuer,
                                               .validity = validity,
                                               .key_usage = authority_usage,
                                               .authority = true});
    return authority;
}

Authority make_seal_maker(const Authority& seal_ca, const FaultSet& faults, Moment at) {
    Authority maker;
    maker.key = make_sm2_key();
    const bool expired = faults.has(KeyFault::seal_maker_invalid);  // before the seal was made
    maker.certificate = issue_certificate({.subject = training_name("scca-doctor 练习制章者 (training seal maker)"),
                                           .holder_key = maker.key.get(),
                                           .issuer = &seal_ca,
                                           .validity = validity_around(at, -700, expired ? -420 : 1100),
                                           .key_usage = "digitalSignature,nonRepudiation"});
    return maker;
}

}  // namespace

TrainingAuthorities make_training_authorities(const FaultSet& faults, bool rsa, Moment at) {
    const auto root_validity = validity_around(at, -1800, 5400);
    const auto ca_validity = validity_around(at, -1100, 2500);
    const auto issuing_validity = faults.has(KeyFault::ca_expired) ? validity_around(at, -1100, -20) : ca_validity;

    const auto root =
        make_authority(training_name("scca-doctor 练习根 (training root)"), nullptr, root_validity, false);
    const auto seal_ca =
        make_authority(training_name("scca-doctor 练习制章 CA (training seal CA)"), &root, ca_validity, false);
    Authority rsa_root;
    if (rsa) {
        rsa_root =
            make_authority(training_name("scca-doctor 练习根 RSA (training root)"), nullptr, root_validity, true);
    }

    TrainingAuthorities made;
    made.issuing = make_authority(issuing_name(faults, rsa), rsa ? &rsa_root : &root, issuing_validity, rsa);
    made.seal_maker = make_seal_maker(seal_ca, faults, at);
    if (faults.has(KeyFault::cert_forged)) {
        made.forger_key = rsa ? make_rsa_key(authority_bits) : make_sm2_key();
    }
    made.pem_files = {{"root.pem", certificate_pem(root.certificate.get())},
                      {"issuing.pem", certificate_pem(made.issuing.certificate.get())},
                      {"seal-ca.pem", certificate_pem(seal_ca.certificate.get())}};
    if (rsa) {
        made.pem_files.emplace_back("rsa-root.pem", certificate_pem(rsa_root.certificate.get()));
    }
    return made;
}

}  // namespace scca::softkey
