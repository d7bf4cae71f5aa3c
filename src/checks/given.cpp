// SPDX-License-Identifier: Apache-2.0
#include "given.hpp"

#include "scca/pki/container.hpp"
#include "scca/pki/refusal.hpp"
#include "scca/pki/ses_signature.hpp"
#include "scca/pki/signed_data.hpp"

#include <algorithm>
#include <array>
#include <list>
#include <string_view>

namespace scca::checks {
namespace {

bool ends_in(std::string_view path, std::string_view ending) {
    if (path.size() < ending.size()) return false;
    return std::equal(ending.begin(), ending.end(), path.end() - static_cast<std::ptrdiff_t>(ending.size()),
                      [](char wanted, char c) { return wanted == (c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c); });
}

/// The signature and, below it, the seal that it carries.
const SignatureCase& open_signature(pki::OfdSignature signature, bool has_document, std::size_t parent,
                                    Dossier& dossier) {
    SignatureCase& opened = dossier.signatures.emplace_back();
    opened.signature = std::move(signature);
    opened.has_document = has_document;
    const std::size_t position = dossier.add({.kind = SubjectKind::signature, .parent = parent, .signature = &opened});
    if (!opened.signature.value) return opened;
    const pki::SignedValue& value = *opened.signature.value;
    if (!value.signer_certificate.empty()) {
        open_certificate(opened.signer.emplace(), token::KeyRole::sign, value.signer_certificate, *dossier.options);
    }
    if (value.seal.empty()) return opened;
    opened.seal = &dossier.seals.emplace_back(open_seal(opened.signature.value_path, value.seal));
    dossier.add({.kind = SubjectKind::seal, .parent = position, .seal = opened.seal, .signature = &opened});
    return opened;
}

void open_document(const token::FileGiven& file, Dossier& dossier) {
    DocumentCase& opened = dossier.documents.emplace_back();
    opened.path = file.path;
    const std::size_t position = dossier.add({.kind = SubjectKind::document, .parent = 0, .document = &opened});
    if (file.fault) {
        opened.fault = file.fault;
        return;
    }
    auto parsed = pki::parse_ofd(file.content);
    if (!parsed) {
        opened.fault = parsed.error();
        return;
    }
    opened.document = std::move(*parsed);
    for (pki::OfdSignature& signature : opened.document->signatures) {
        opened.signatures.push_back(&open_signature(std::move(signature), true, position, dossier));
    }
    opened.document->signatures.clear();
}

/// Base64 undone; some keep a SignedValue.dat as text.
Bytes octets_of(const token::FileGiven& file) {
    const bool may_be_text = !file.content.empty() && file.content.front() == 'M';
    auto decoded = may_be_text ? pki::parse_base64(file.content) : std::nullopt;
    return decoded ? *std::move(decoded) : file.content;
}

bool is_named_signed_value(const std::string& path) {
    return ends_in(path, "signedvalue.dat") || ends_in(path, "signvalue.dat");
}

void open_signed_value(const token::FileGiven& file, Dossier& dossier) {
    pki::OfdSignature alone;
    alone.value_path = file.path;
    auto value = pki::parse_signed_value(octets_of(file));
    if (!value) {
        alone.fault = value.error();
    } else {
        if (!value->defects.empty()) alone.fault = value->defects.front();
        alone.value = std::move(*value);
    }
    open_signature(std::move(alone), false, 0, dossier);
}

void open_seal_file(const token::FileGiven& file, const pki::FoundContent& found, Dossier& dossier) {
    SealCase& opened =
        dossier.seals.emplace_back(open_seal(file.path, found.decoded.empty() ? file.content : found.decoded));
    if (file.fault) opened.fault = file.fault;
    dossier.add({.kind = SubjectKind::seal, .parent = 0, .seal = &opened});
}

/// A certificate that cannot even be found in its file.
void open_unreadable(const token::FileGiven& file, Fault fault, Dossier& dossier) {
    CertificateCase& opened = dossier.certificates.emplace_back();
    opened.fault = std::move(fault);
    opened.path = file.path;
    dossier.add({.kind = SubjectKind::certificate, .parent = 0, .certificate = &opened});
}

/// The place in the whole file, of which this may be a piece.
Fault in_file(Fault defect, const token::FileGiven& file) {
    defect.number += static_cast<std::int64_t>(file.offset);
    return defect;
}

/// Takes the octets. CA certificates in a bundle with others are chain material; where there is nothing else they are
/// what was asked about.
void open_certificates(const token::FileGiven& file, pki::FoundContent& found, Dossier& dossier) {
    std::list<CertificateCase> opened;
    for (pki::FoundCertificate& one : found.certificates) {
        CertificateCase& latest = opened.emplace_back();
        open_certificate(latest, token::KeyRole::unknown, std::move(one.der), *dossier.options);
        latest.path = file.path;
        if (!one.defect) continue;
        // A certificate that breaks off with its text: the text says where. One that is whole all the same is read.
        if (latest.fault || one.doubtful) latest.fault = in_file(*one.defect, file);
        if (!latest.fault) latest.certificate->flaws.push_back(in_file(*one.defect, file));
    }
    const auto is_ca = [](const CertificateCase& one) {
        return one.certificate && one.certificate->is_ca.value_or(false);
    };
    const bool all_cas = !file.has_others && std::all_of(opened.begin(), opened.end(), is_ca);
    for (const CertificateCase& one : opened) {
        if (is_ca(one)) dossier.supplied.push_back(*one.certificate);
        if (is_ca(one) && !all_cas) continue;
        dossier.add({.kind = SubjectKind::certificate, .parent = 0, .certificate = &one});
    }
    opened.remove_if([&](const CertificateCase& one) { return is_ca(one) && !all_cas; });
    dossier.certificates.splice(dossier.certificates.end(), opened);
    for (const Fault& defect : found.defects) open_unreadable(file, in_file(defect, file), dossier);
}

/// Whether its name promises a certificate. PEM of something else, a private key, keeps its own promise.
bool is_called_certificate(const token::FileGiven& file) {
    constexpr std::array<std::string_view, 8> endings{".cer", ".crt", ".pem", ".der", ".p7b", ".p7c", ".p12", ".pfx"};
    return as_text(file.content).find(pki::pem_begin) == std::string_view::npos &&
           std::any_of(endings.begin(), endings.end(), [&](std::string_view e) { return ends_in(file.path, e); });
}

/// A file that is nothing we know is a subject that failed, so that it is not lost among the others.
void open_unknown(const token::FileGiven& file, Dossier& dossier) {
    const Part part = dossier.options->part;
    const Fault fault = find_given_fault(file, part).value();
    const bool is_of_another_kind = pki::find_refusal(fault) == pki::Refusal::pkcs12;
    dossier.has_foreign_file = !file.fault && (is_of_another_kind || !is_called_certificate(file));
    if (part != Part::seals) return open_unreadable(file, fault, dossier);
    SealCase& opened = dossier.seals.emplace_back();
    opened.file = file.path;
    opened.fault = fault;
    dossier.add({.kind = SubjectKind::seal, .parent = 0, .seal = &opened});
}

enum class GivenKind : std::uint8_t { unknown, certificates, seal, signed_value, document };

/// The certificates in SignedData are what is asked about, unless there are none, or signatures are.
bool is_asked_for_signature(const token::FileGiven& file, const pki::FoundContent& found, Part part) {
    if (part != Part::seals && !found.certificates.empty()) return false;
    const auto parsed = pki::parse_signed_data(octets_of(file));
    return parsed && !parsed->signature.empty();
}

/// A seal is looked for before a package: it may hold one, as its picture.
GivenKind kind_of(const token::FileGiven& file, const pki::FoundContent& found, Part part) {
    if (pki::looks_like_ses_signature(file.content)) return GivenKind::signed_value;
    if (is_named_signed_value(file.path)) return GivenKind::signed_value;
    switch (found.kind) {
        case pki::ContentKind::seal: return GivenKind::seal;
        case pki::ContentKind::bundle:
            return is_asked_for_signature(file, found, part) ? GivenKind::signed_value : GivenKind::certificates;
        case pki::ContentKind::pkcs12: return part == Part::seals ? GivenKind::unknown : GivenKind::certificates;
        case pki::ContentKind::certificates: return GivenKind::certificates;
        case pki::ContentKind::unknown: break;
    }
    if (pki::looks_like_zip(file.content)) return GivenKind::document;
    if (ends_in(file.path, ".ofd")) return GivenKind::document;
    if (ends_in(file.path, ".esl")) return GivenKind::seal;
    if (pki::resembles_seal(file.content)) return GivenKind::seal;
    if (pki::looks_like_ses_signature(octets_of(file))) return GivenKind::signed_value;
    return GivenKind::unknown;
}

}  // namespace

FoundFiles find_given(const token::Snapshot& snapshot) {
    FoundFiles found;
    found.reserve(snapshot.files.size());
    for (const token::FileGiven& file : snapshot.files) found.push_back(pki::find_content(file.content));
    return found;
}

void open_given(const token::FileGiven& file, pki::FoundContent found, Dossier& dossier) {
    const std::size_t before = dossier.cases.size();
    switch (kind_of(file, found, dossier.options->part)) {
        case GivenKind::seal: open_seal_file(file, found, dossier); break;
        case GivenKind::signed_value: open_signed_value(file, dossier); break;
        case GivenKind::document: open_document(file, dossier); break;
        case GivenKind::certificates: open_certificates(file, found, dossier); break;
        case GivenKind::unknown: open_unknown(file, dossier); break;
    }
    // Recognised, but with nothing in it (a bundle without certificates): it must not vanish, and least of all read as
    // well.
    const bool only_material = file.has_others && !found.certificates.empty();
    if (dossier.cases.size() == before && !only_material) {
        open_unreadable(
            file, file.fault.value_or(Fault{FaultKind::damaged, "content", {}, 0, "nothing to judge in it"}), dossier);
    }
}

std::optional<Fault> find_given_fault(const token::FileGiven& file, Part part) {
    const pki::FoundContent found = pki::find_content(file.content);
    if (kind_of(file, found, part) != GivenKind::unknown) return std::nullopt;
    if (file.fault) return file.fault;
    const bool is_pkcs12 = found.kind == pki::ContentKind::pkcs12;
    return pki::refused(file.path, is_pkcs12 ? pki::Refusal::pkcs12 : pki::Refusal::nothing_known);
}

}  // namespace scca::checks
