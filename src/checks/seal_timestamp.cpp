// SPDX-License-Identifier: Apache-2.0
//
// seal.timestamp: does the time stamp of a V5 seal hold, and is it not older than the seal (GM/T 0031-2025,
// verification of seal data)?
#include "time_stamp.hpp"

namespace scca::checks {
Judgements check_seal_timestamp(const Case& seal, const Dossier& dossier) {
    const pki::Seal& one = *seal.seal->seal;
    return judge_time_stamp({.token = one.time_stamp, .value = one.signature, .not_before = one.created}, dossier);
}
}  // namespace scca::checks
