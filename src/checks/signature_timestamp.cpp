// SPDX-License-Identifier: Apache-2.0
//
// signature.timestamp: does the time stamp over the signature value hold (GB/T 38540 SES_Signature.timeStamp)? Older
// than the seal that was used it cannot be; timeInfo comes from the signer's clock, which nobody vouches for.
#include "time_stamp.hpp"

namespace scca::checks {
Judgements check_signature_timestamp(const Case& signature, const Dossier& dossier) {
    const SignatureCase& one = *signature.signature;
    const pki::SignedValue& value = *one.signature.value;
    const bool has_seal = one.seal != nullptr && one.seal->seal;
    return judge_time_stamp({.token = value.time_stamp,
                             .value = value.signature,
                             .not_before = has_seal ? one.seal->seal->created : std::nullopt},
                            dossier);
}
}  // namespace scca::checks
