// SPDX-License-Identifier: Apache-2.0
//
// document.readable: is it an OFD package that can be read to the end, and that dares nothing no document needs?
#include "rungs.hpp"

namespace scca::checks {
Judgements check_document_readable(const Case& document, const Dossier&) {
    const DocumentCase& one = *document.document;
    if (one.fault) return {failed(faq::id::document_unreadable, evidence_of(*one.fault))};
    report::Fields evidence{{"files", static_cast<std::int64_t>(one.document->files.size())}};
    if (one.document->offset > 0) evidence.push_back({"offset", static_cast<std::int64_t>(one.document->offset)});
    return {passed(std::move(evidence))};
}
}  // namespace scca::checks
