// SPDX-License-Identifier: Apache-2.0
//
// A Dossier is the Snapshot prepared for judging: certificates and seals read once, every subject as a Case with its
// parents, and the CA certificates that chains may be built from. Checks read it and each other's findings, nothing
// else.
#pragma once

#include "authorities.hpp"
#include "chain.hpp"
#include "revocation_sources.hpp"

#include "scca/checks/judge.hpp"
#include "scca/pki/certificate.hpp"
#include "scca/pki/container.hpp"
#include "scca/pki/ofd.hpp"
#include "scca/pki/seal.hpp"

#include <cstddef>
#include <list>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

namespace scca::checks {

inline constexpr std::size_t no_parent = static_cast<std::size_t>(-1);

struct CertificateCase {
    token::KeyRole role = token::KeyRole::unknown;
    Bytes sha256;                                 ///< of the octets as they were found; empty in brief
    std::optional<pki::Certificate> certificate;  ///< nothing when it is no certificate at all
    std::optional<Fault> fault;                   ///< why it is not readable; the first defect otherwise
    std::string_view path;                        ///< of the file that it was found in; empty on a token
};

struct SealCase {
    std::string file;  ///< the name it was found under
    std::optional<pki::Seal> seal;
    std::optional<Fault> fault;
    std::optional<pki::Certificate> maker;  ///< of the seal's maker_certificate, when that can be read
};

/// A signature of an OFD document, or a SignedValue.dat without its document.
struct SignatureCase {
    pki::OfdSignature signature;
    bool has_document = false;
    std::optional<CertificateCase> signer;  ///< nothing when no certificate came with it
    const SealCase* seal = nullptr;         ///< the seal inside; null when there is none
};

struct DocumentCase {
    std::string path;
    std::optional<pki::OfdDocument> document;  ///< its signatures are in the cases below
    std::optional<Fault> fault;                ///< why it is not readable
    std::vector<const SignatureCase*> signatures;
};

/// One subject with all that its checks may look at; what does not apply is null.
struct Case {
    SubjectKind kind = SubjectKind::machine;
    std::size_t parent = no_parent;  ///< position in Dossier::cases
    const token::ReaderSeen* reader = nullptr;
    const token::PcscSeen* pcsc = nullptr;  ///< the service that lists the reader, or whose library the module is
    const token::ModuleSeen* module = nullptr;
    const token::TokenSeen* token = nullptr;
    const token::ContainerSeen* container = nullptr;
    const CertificateCase* certificate = nullptr;
    const SealCase* seal = nullptr;
    const DocumentCase* document = nullptr;
    const SignatureCase* signature = nullptr;
};

struct Dossier {
    const token::Snapshot* snapshot = nullptr;
    const Options* options = nullptr;
    std::list<CertificateCase> certificates;  ///< lists: cases point into them, and an empty one costs nothing
    std::list<SealCase> seals;
    std::list<DocumentCase> documents;
    std::list<SignatureCase> signatures;
    std::vector<Case> cases;                              ///< parents before children; the machine is the first
    Authorities* authorities = nullptr;                   ///< --trust, and what was verified already
    std::vector<pki::Certificate> supplied;               ///< CA certificates met on tokens and in bundles
    FetchedDocuments fetched;                             ///< what addresses gave that certificates name
    bool has_foreign_file = false;                        ///< a file that was given is nothing we know
    std::shared_ptr<const RevocationSources> revocation;  ///< what was given to say whether one was taken back
    mutable ChainMemory chains;                           ///< those built so far: several rungs ask for the same one

    /// Its position in `cases`.
    std::size_t add(Case one) {
        cases.push_back(one);
        return cases.size() - 1;
    }
    [[nodiscard]] bool trust_given() const noexcept { return authorities->given(); }
    [[nodiscard]] const Case* parent_of(const Case& one) const noexcept {
        return one.parent == no_parent ? nullptr : &cases[one.parent];
    }
};

/// Fills a case that is still empty.
void open_certificate(CertificateCase& opened, token::KeyRole role, Bytes content, const Options& options);
/// What it is for. PKCS#11 does not say; then its key usage does (RFC 5280 4.2.1.3).
[[nodiscard]] token::KeyRole role_of(const CertificateCase& one);
[[nodiscard]] SealCase open_seal(std::string file, ByteView content);
/// What files hold, not yet opened.
using FoundFiles = std::vector<pki::FoundContent>;

/// The snapshot, options and authorities must outlive it. `found` is what find_given tells of the snapshot; `fetched`
/// joins what it has from addresses.
[[nodiscard]] Dossier open_dossier(const token::Snapshot& snapshot, FoundFiles found, const Options& options,
                                   Authorities& authorities, const FetchedDocuments& fetched = {});

/// Cases of this kind below the one at `parent`, at any depth.
[[nodiscard]] std::vector<const Case*> cases_below(const Dossier& dossier, const Case& parent, SubjectKind kind);

}  // namespace scca::checks
