// SPDX-License-Identifier: Apache-2.0
//
// signature.references: are the files still those that were signed, and Signature.xml, which names them, too? When a
// later signature was made over a changed file, it is named: then its software broke the earlier one.
#include "rungs.hpp"

#include "named_files.hpp"
#include "signed_original.hpp"

#include "scca/pki/digest.hpp"
#include "scca/pki/verify.hpp"

#include <algorithm>

namespace scca::checks {
namespace {

using pki::ReferenceState;

struct Changes {
    std::vector<std::string> files;  ///< all that are not as they were
    std::vector<std::string> missing, unreadable, unknown_methods;
    bool with_z = false;
};

void add_once(std::vector<std::string>& list, const std::string& item) {
    if (std::find(list.begin(), list.end(), item) == list.end()) list.push_back(item);
}

void look_at_references(const pki::OfdSignature& signature, Changes& changes) {
    for (const pki::OfdReference& reference : signature.references) {
        changes.with_z = changes.with_z || reference.with_z;
        switch (reference.state) {
            case ReferenceState::holds:
            case ReferenceState::not_compared: continue;
            case ReferenceState::unknown_method: add_once(changes.unknown_methods, reference.method); continue;
            case ReferenceState::missing: changes.missing.push_back(reference.file); break;
            case ReferenceState::unreadable: changes.unreadable.push_back(reference.file); break;
            case ReferenceState::differs: break;
        }
        add_once(changes.files, reference.file);
    }
}

/// The digest of Signature.xml that was signed. A signature over Signature.xml itself records none.
void look_at_original(const SignatureCase& one, Changes& changes) {
    const pki::SignedValue& value = *one.signature.value;
    if (!value.covered) return;
    const auto method = pki::find_digest_method(value.digest_oid);
    if (!method) return add_once(changes.unknown_methods, value.digest_oid);
    if (!value.original_digest.empty() && pki::digest(*method, one.signature.xml) == value.original_digest) return;
    const bool has_key = one.signer && one.signer->certificate && *method == pki::DigestMethod::sm3;
    if (has_key && !value.original_digest.empty() &&
        pki::sm3_with_z(one.signer->certificate->public_key, one.signature.xml) == value.original_digest) {
        changes.with_z = true;
        return;
    }
    add_once(changes.files, one.signature.xml_path);
}

/// Seal.esl must be the seal that was signed; whatever follows it does no harm.
void look_at_seal_copy(const pki::OfdSignature& signature, Changes& changes) {
    const Bytes& seal = signature.value->seal;
    if (!signature.seal_copy || seal.empty()) return;
    const Bytes& copy = *signature.seal_copy;
    if (copy.size() < seal.size() || !std::equal(seal.begin(), seal.end(), copy.begin())) {
        add_once(changes.files, signature.seal_path);
    }
}

bool holds_over(const pki::OfdSignature& signature, const std::string& file) {
    return std::any_of(signature.references.begin(), signature.references.end(),
                       [&](const pki::OfdReference& reference) {
                           return reference.file == file && reference.state == ReferenceState::holds;
                       });
}

/// Ids of the later signatures that were made over a file as it is now; Signatures.xml changes with every one.
std::vector<std::string> find_breakers(const SignatureCase& broken, const DocumentCase& document,
                                       const Changes& changes) {
    const auto& all = document.signatures;
    const auto& lists = document.document->lists;
    const auto own = std::find(all.begin(), all.end(), &broken);
    std::vector<std::string> breakers;
    for (auto later = own == all.end() ? own : own + 1; later != all.end(); ++later) {
        const bool broke = std::any_of(changes.files.begin(), changes.files.end(), [&](const std::string& file) {
            return holds_over((*later)->signature, file) || std::find(lists.begin(), lists.end(), file) != lists.end();
        });
        if (broke) breakers.push_back((*later)->signature.id);
    }
    return breakers;
}

}  // namespace

bool original_differs(const SignatureCase& one) {
    if (!one.signature.value) return false;
    Changes changes;
    look_at_original(one, changes);
    return !changes.files.empty();
}

Judgements check_signature_references(const Case& signature, const Dossier& dossier) {
    const SignatureCase& one = *signature.signature;
    if (!one.has_document) return {};
    Changes changes;
    look_at_references(one.signature, changes);
    look_at_original(one, changes);
    look_at_seal_copy(one.signature, changes);
    report::Fields evidence{{"references", static_cast<std::int64_t>(one.signature.references.size())}};
    if (changes.with_z) evidence.push_back({"how", std::string("sm3-with-z")});
    if (!changes.files.empty()) {
        name_files(evidence, "files", "more_files", changes.files);
        name_files(evidence, "missing", "more_missing", changes.missing);
        name_files(evidence, "unreadable", "more_unreadable", changes.unreadable);
        name_files(evidence, "broken_by", "more_broken_by",
                   find_breakers(one, *dossier.parent_of(signature)->document, changes));
        return {failed(faq::id::document_altered, std::move(evidence))};
    }
    if (!changes.unknown_methods.empty()) {
        evidence.push_back({"methods", std::move(changes.unknown_methods)});
        return {unknown(std::nullopt, std::move(evidence))};
    }
    return {passed(std::move(evidence))};
}
}  // namespace scca::checks
