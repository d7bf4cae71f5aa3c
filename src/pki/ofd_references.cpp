// SPDX-License-Identifier: Apache-2.0
#include "ofd_references.hpp"

#include "ofd_paths.hpp"
#include "scca/pki/verify.hpp"

#include <limits>

namespace scca::pki {
namespace {

/// The schema's default is MD5, but software that leaves CheckMethod out has written other digests: the length tells.
std::optional<DigestMethod> method_of(const OfdReference& reference) {
    const auto stated = find_digest_method(reference.method);
    const auto by_length = guess_digest_method(reference.check_value.size());
    if (stated == DigestMethod::md5 && by_length && by_length != stated) return by_length;
    return stated;
}

}  // namespace

void ReferenceComparison::compare(OfdSignature& signature) {
    std::optional<Certificate> signer;
    if (signature.value) {
        if (auto parsed = parse_certificate(signature.value->signer_certificate)) signer = std::move(*parsed);
    }
    const PublicKey* key = signer ? &signer->public_key : nullptr;
    for (OfdReference& reference : signature.references) compare(reference, signature.xml_path, key);
}

void ReferenceComparison::compare(OfdReference& reference, std::string_view from, const PublicKey* signer) {
    const FoundPath path = find_path(*package_, reference.file, from, document_folder_);
    reference.file = path.name;
    reference.state = ReferenceState::missing;
    if (!path.entry) return;
    reference.state = ReferenceState::unknown_method;
    const auto method = method_of(reference);
    if (!method) return;
    const auto known = digests_.find({*path.entry, *method});
    const bool compared = known != digests_.end();
    if (compared && known->second == reference.check_value) {
        reference.state = ReferenceState::holds;
        return;
    }
    reference.state = ReferenceState::differs;
    const bool may_have_z = *method == DigestMethod::sm3 && signer != nullptr;
    if (compared && !may_have_z) return;
    const auto content = package_->read(*path.entry, std::numeric_limits<std::uint64_t>::max());
    if (!content) {
        reference.state = ReferenceState::unreadable;
        return;
    }
    const Bytes& plain = digests_[{*path.entry, *method}] = digest(*method, *content);
    reference.with_z =
        plain != reference.check_value && may_have_z && sm3_with_z(*signer, *content) == reference.check_value;
    if (plain.empty()) reference.state = ReferenceState::unknown_method;
    if (reference.with_z || (!plain.empty() && plain == reference.check_value)) reference.state = ReferenceState::holds;
}

}  // namespace scca::pki
