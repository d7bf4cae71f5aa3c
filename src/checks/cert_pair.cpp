// SPDX-License-Identifier: Apache-2.0
//
// cert.pair: has the container both certificates of the two-certificate model (GM/T 0016 section 7.5)?
#include "rungs.hpp"

namespace scca::checks {
Judgements check_cert_pair(const Case& key, const Dossier& dossier) {
    const auto certificates = cases_below(dossier, key, SubjectKind::certificate);
    if (certificates.empty()) return {};
    bool sign = false;
    bool encrypt = false;
    for (const Case* one : certificates) {
        const token::KeyRole role = role_of(*one->certificate);
        // One that tells nothing of its use may be either: better silent than wrong.
        if (role == token::KeyRole::unknown) return {};
        (role == token::KeyRole::sign ? sign : encrypt) = true;
    }
    if (sign && encrypt) return {passed()};
    return {failed(faq::id::cert_pair_incomplete, {{sign ? "missing_encryption" : "missing_signing", true}})};
}
}  // namespace scca::checks
