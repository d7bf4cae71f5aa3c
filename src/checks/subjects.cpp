// SPDX-License-Identifier: Apache-2.0
#include "subjects.hpp"

#include "pcsc_door.hpp"
#include "scca.hpp"
#include "stated_time.hpp"

#include "scca/pki/verify.hpp"

#include <array>
#include <bit>
#include <string_view>

namespace scca::checks {
namespace {

using report::Fields;
using report::Privacy;
using report::Value;

template <class Optional>
Value number_or_null(const Optional& value) {
    return value ? Value(static_cast<std::int64_t>(*value)) : Value();
}

Value moment_or_null(const std::optional<Moment>& moment) { return moment ? Value(*moment) : Value(); }

Value flag_or_null(const std::optional<bool>& flag) { return flag ? Value(*flag) : Value(); }

std::string role_name(token::KeyRole role) {
    constexpr std::array<std::string_view, 3> names{"unknown", "sign", "encrypt"};
    return std::string(names[static_cast<std::size_t>(role)]);
}

Value usage_names(const pki::Certificate& certificate) {
    if (!certificate.key_usage) return {};
    constexpr std::array<std::string_view, 9> names{"digitalSignature", "nonRepudiation", "keyEncipherment",
                                                    "dataEncipherment", "keyAgreement",   "keyCertSign",
                                                    "cRLSign",          "encipherOnly",   "decipherOnly"};
    std::vector<std::string> usages;
    usages.reserve(static_cast<std::size_t>(std::popcount(*certificate.key_usage)));
    for (std::size_t bit = 0; bit < names.size(); ++bit) {
        if ((*certificate.key_usage >> bit & 1U) != 0) usages.emplace_back(names[bit]);
    }
    return usages;
}

std::string algorithm_name(const pki::PublicKey& key) {
    switch (key.type) {
        case pki::PublicKeyType::sm2: return "SM2";
        case pki::PublicKeyType::rsa: return "RSA-" + std::to_string(key.bits);
        case pki::PublicKeyType::ec: return "EC-" + std::to_string(key.bits);
        case pki::PublicKeyType::other: break;
    }
    return key.algorithm_oid;
}

Fields reader_facts(const token::ReaderSeen& reader, const token::PcscSeen& pcsc) {
    const std::string holder = is_kept(reader, pcsc) ? holder_of(pcsc) : std::string();
    return {{"name", reader.name},
            {"atr", reader.atr.empty() ? Value() : Value(to_hex(reader.atr))},
            {"holder", holder.empty() ? Value() : Value(holder)}};
}

Fields module_facts(const token::ModuleSeen& module, bool is_pcsc) {
    constexpr std::array<std::string_view, 5> abis{"", "ulong32-packed", "ulong32-natural", "ulong64-packed",
                                                   "ulong64-natural"};
    const bool both = module.exports_skf && module.exports_pkcs11;
    const std::string_view abi = abis[static_cast<std::size_t>(module.abi)];
    return {{"path", module.path, Privacy::path},
            {"kind", std::string(is_pcsc                 ? "pcsc"
                                 : both                  ? "both"
                                 : module.exports_pkcs11 ? "pkcs11"
                                                         : "skf")},
            {"abi", abi.empty() ? Value() : Value(std::string(abi))}};
}

Fields token_facts(const token::TokenSeen& token) {
    token::PinSeen pin;
    if (!token.applications.empty()) pin = token.applications.front().pin;
    std::optional<bool> locked = pin.locked;
    if (pin.tries_left) locked = *pin.tries_left == 0;
    return {{"label", token.label},
            {"manufacturer", token.manufacturer},
            {"serial", token.serial},
            {"pin_tries_left", number_or_null(pin.tries_left)},
            {"pin_tries_max", number_or_null(pin.tries_max)},
            {"pin_locked", flag_or_null(locked)},
            {"pin_initial", flag_or_null(pin.initial)}};
}

Fields certificate_facts(const CertificateCase& one, Authorities& authorities, bool in_brief) {
    Fields facts;
    facts.reserve(9);
    facts.push_back({"role", role_name(one.role)});
    if (!one.certificate) return facts;
    const pki::Certificate& certificate = *one.certificate;
    facts.push_back({"subject", certificate.subject.text(), Privacy::name});
    facts.push_back({"issuer", authorities.issuer_of(certificate).text});  // a CA is no person
    facts.push_back({"serial", certificate.serial});
    facts.push_back({"not_before", moment_or_null(certificate.not_before)});
    facts.push_back({"not_after", moment_or_null(certificate.not_after)});
    facts.push_back({"algorithm", algorithm_name(certificate.public_key)});
    if (in_brief) return facts;
    facts.push_back({"key_usage", usage_names(certificate)});
    facts.push_back({"sha256", to_hex(authorities.before_redaction(one.sha256))});
    return facts;
}

/// Whom to ask about it: its own certificates are Sichuan CA's matter, too.
faq::Issuer issuer_of(const pki::Certificate& certificate, Authorities& authorities) {
    const bool own = certificate.is_ca.value_or(false) && is_scca_name(certificate.subject);
    if (own || authorities.issuer_of(certificate).is_scca) return faq::Issuer::scca;
    return certificate.issuer.attributes.empty() ? faq::Issuer::any : faq::Issuer::other;
}

Value signer_names(const pki::Seal& seal) {
    std::vector<std::string> names;
    for (const pki::SealSigner& signer : seal.signers) {
        const auto parsed = pki::parse_certificate(signer.certificate);
        names.push_back(parsed ? parsed->subject.text() : to_hex(signer.digest));
    }
    return names;
}

Fields seal_facts(const SealCase& one) {
    if (!one.seal) return {};
    const pki::Seal& seal = *one.seal;
    return {{"generation", std::string(name_of(seal.generation))},
            {"id", seal.id},
            {"name", seal.name, seal.type == 2 ? Privacy::person : Privacy::open},
            {"type", seal.type},
            {"valid_from", moment_or_null(seal.valid_from)},
            {"valid_to", moment_or_null(seal.valid_to)},
            {"created", moment_or_null(seal.created)},
            {"maker", one.maker ? Value(one.maker->subject.text()) : Value(), Privacy::name},
            {"signers", signer_names(seal), Privacy::name},
            {"picture", seal.picture.type}};
}

/// The time of signing as the signature has it; otherwise the text of Signature.xml, taken for Beijing time.
Value signed_at(const pki::OfdSignature& signature) {
    if (signature.value && signature.value->signed_at) return *signature.value->signed_at;
    const auto stated = moments_of(signature.date);
    return stated.empty() ? Value() : Value(stated.back());
}

Fields signature_facts(const SignatureCase& one) {
    const bool known = one.signer && one.signer->certificate;
    const pki::OfdSignature& signature = one.signature;
    const std::string& stated = signature.method;
    const std::string method = stated.empty() && signature.value ? signature.value->signature_oid : stated;
    return {{"id", signature.id},
            {"signer", known ? Value(one.signer->certificate->subject.text()) : Value(), Privacy::name},
            {"signed_at", signed_at(signature)},
            {"method", method}};
}

std::string file_name(const std::string& path) { return path.substr(path.find_last_of('/') + 1); }

}  // namespace

Fields facts_of(const token::WatchSeen& watch) {
    const auto when = [](const std::optional<std::chrono::milliseconds>& moment) {
        return moment ? Value(static_cast<std::int64_t>(moment->count())) : Value();
    };
    return {{"inserted_ms", when(watch.inserted)},
            {"recognised_ms", when(watch.recognised)},
            {"read_ms", when(watch.read)},
            {"certificate_ms", when(watch.certificate)},
            {"healthy_ms", when(watch.healthy)}};
}

std::string name_of(const token::TokenSeen& token) { return token.label.empty() ? token.device : token.label; }

std::string holder_of(const pki::Certificate& certificate) {
    for (const std::string_view type : {"CN", "O"}) {
        const std::string_view value = certificate.subject.find(type);
        if (!value.empty()) return std::string(value);
    }
    return certificate.subject.text();
}

bool is_personal(const pki::Certificate& certificate) {
    if (certificate.subject.find("O").empty()) return true;
    for (const pki::NameAttribute& attribute : certificate.subject.attributes) {
        if (attribute.value.starts_with("ID3:P")) return true;
    }
    return false;
}

report::Subject subject_of(const Case& one, Authorities& authorities, bool in_brief) {
    report::Subject subject;
    subject.kind = one.kind;
    switch (one.kind) {
        case SubjectKind::reader:
            subject.name = one.reader->name;
            subject.facts = reader_facts(*one.reader, *one.pcsc);
            break;
        case SubjectKind::module:
            subject.name = file_name(one.module->path);
            subject.path = one.module->path;
            subject.facts = module_facts(*one.module, one.pcsc != nullptr);
            break;
        case SubjectKind::token:
            subject.name = name_of(*one.token);
            subject.facts = token_facts(*one.token);
            break;
        case SubjectKind::key:
            subject.name = one.container->name;
            subject.facts = {{"container", one.container->name}};
            break;
        case SubjectKind::certificate:
            subject.facts = certificate_facts(*one.certificate, authorities, in_brief);
            subject.path = one.certificate->path;
            if (one.certificate->certificate) {
                subject.name = holder_of(*one.certificate->certificate);
                subject.issuer = issuer_of(*one.certificate->certificate, authorities);
                if (is_personal(*one.certificate->certificate)) subject.name_privacy = Privacy::person;
            }
            break;
        case SubjectKind::seal:
            subject.name = one.seal->seal && !one.seal->seal->name.empty() ? one.seal->seal->name : one.seal->file;
            subject.facts = seal_facts(*one.seal);
            if (one.seal->seal) subject.picture = one.seal->seal->picture.content;
            if (one.seal->seal) subject.picture_type = one.seal->seal->picture.type;
            if (one.token == nullptr) subject.path = one.seal->file;
            break;
        case SubjectKind::document:
            subject.name = file_name(one.document->path);
            subject.path = one.document->path;
            break;
        case SubjectKind::signature:
            subject.name = one.signature->signature.id;
            subject.path =
                one.signature->has_document ? one.signature->signature.xml_path : one.signature->signature.value_path;
            if (subject.name.empty()) subject.name = file_name(subject.path);
            subject.facts = signature_facts(*one.signature);
            break;
        default: break;
    }
    return subject;
}

}  // namespace scca::checks
