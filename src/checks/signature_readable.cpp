// SPDX-License-Identifier: Apache-2.0
//
// signature.readable: are Signature.xml and SignedValue there, and can both be read to the end?
#include "rungs.hpp"

namespace scca::checks {
Judgements check_signature_readable(const Case& signature, const Dossier&) {
    const pki::OfdSignature& one = signature.signature->signature;
    if (!one.fault) return {passed({{"kind", std::string(name_of(one.value->kind))}})};
    report::Fields evidence = evidence_of(*one.fault);
    const std::string& file = one.value_path.empty() ? one.xml_path : one.value_path;
    const bool inside = signature.signature->has_document;
    evidence.push_back({"file", file, inside ? report::Privacy::open : report::Privacy::path});
    return {failed(faq::id::signature_unreadable, std::move(evidence))};
}
}  // namespace scca::checks
