// SPDX-License-Identifier: Apache-2.0
//
// machine.clock: can the computer's clock be right? Not when it is before this program was built, nor before a CA that is
// known issued one of the certificates here. Asks about the clock, whatever moment is judged (--at).
#include "rungs.hpp"

#include "chain.hpp"
#include "scca/pki/verify.hpp"

#include <chrono>

namespace scca::checks {
namespace {

/// A clock that runs in local time is ahead of or behind UTC by up to 14 hours, and that is not what is looked for.
constexpr std::chrono::hours allowance{24};

/// Its date is the CA's word only when the CA's key signed it.
bool is_vouched_for(const pki::Certificate& certificate, const Dossier& dossier) {
    const Chain chain = build_chain(certificate, dossier);
    if (chain.end != ChainEnd::trusted || chain.issuers.empty()) return false;
    return pki::verify_issued(certificate, *chain.issuers.front()).outcome == pki::Verification::holds;
}

report::Fields evidence_of_clock(Moment clock, const char* key, Moment earliest) {
    return {{"clock", utc_text(clock)}, {key, utc_text(earliest)}};
}

}  // namespace

Judgements check_machine_clock(const Case&, const Dossier& dossier) {
    const auto& machine = dossier.snapshot->machine;
    if (!machine || !machine->built_at) return {};
    const Moment clock = dossier.snapshot->taken_at;
    if (clock + allowance < *machine->built_at) {
        return {failed(faq::id::clock_wrong, evidence_of_clock(clock, "built_at", *machine->built_at))};
    }
    for (const CertificateCase& one : dossier.certificates) {
        if (!one.certificate || !one.certificate->not_before || clock + allowance >= *one.certificate->not_before) continue;
        if (!is_vouched_for(*one.certificate, dossier)) continue;
        report::Fields evidence = evidence_of_clock(clock, "not_before", *one.certificate->not_before);
        evidence.push_back({"certificate", one.certificate->subject.text(), report::Privacy::name});
        return {failed(faq::id::clock_wrong, std::move(evidence))};
    }
    return {passed()};
}
}  // namespace scca::checks
