// SPDX-License-Identifier: Apache-2.0
//
// document.coverage: is every file of a signed document covered by one of its signatures? What is not can be changed
// without a trace.
#include "rungs.hpp"

#include "named_files.hpp"
#include "signed_original.hpp"

#include <algorithm>

namespace scca::checks {
Judgements check_document_coverage(const Case& document, const Dossier&) {
    const DocumentCase& one = *document.document;
    if (one.signatures.empty()) return {};
    // What a signature covers that cannot be read is not known.
    if (std::any_of(one.signatures.begin(), one.signatures.end(),
                    [](const SignatureCase* signature) { return signature->signature.fault.has_value(); })) {
        return {blocked(std::string(id_of(Rung::signature_readable)))};
    }
    if (std::any_of(one.signatures.begin(), one.signatures.end(),
                    [](const SignatureCase* signature) { return original_differs(*signature); })) {
        return {blocked(std::string(id_of(Rung::signature_references)))};
    }
    const std::vector<std::string>& uncovered = one.document->uncovered;
    if (uncovered.empty()) return {passed()};
    report::Fields evidence;
    name_files(evidence, "files", "more_files", uncovered);
    return {warned(faq::id::document_not_covered, std::move(evidence))};
}
}  // namespace scca::checks
