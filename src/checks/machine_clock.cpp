// SPDX-License-Identifier: Apache-2.0
//
// machine.clock: can the computer's clock be right? Not when it is before this program was built, nor before a CA that
// is known issued one of the certificates here, nor when all servers that were asked for something with --online say
// that it is another time. Asks about the clock, whatever moment is judged (--at).
#include "rungs.hpp"

#include "chain.hpp"
#include "scca/pki/verify.hpp"

#include <chrono>

namespace scca::checks {
namespace {

/// A clock that runs in local time is ahead of or behind UTC by up to 14 hours, and that is not what is looked for.
constexpr std::chrono::hours allowance{24};

/// The CA that issued this certificate and was itself made after `clock`. Its date is the CA's word only when the chain
/// is trusted and the CA's key signed. A user's own certificate may be dated ahead, and cert.dates tells of that; but
/// no CA signs before it exists, so then it is the clock that is wrong.
const pki::Certificate* find_younger_ca(const pki::Certificate& certificate, Moment clock, const Dossier& dossier) {
    const Chain& chain = chain_of(certificate, dossier);
    if (chain.end != ChainEnd::trusted || chain.issuers.empty()) return nullptr;
    const pki::Certificate& issuer = *chain.issuers.front();
    if (chain.checks.front().outcome != pki::Verification::holds) return nullptr;
    return issuer.not_before && clock + allowance < *issuer.not_before ? &issuer : nullptr;
}

report::Fields evidence_of_clock(Moment clock, const char* key, Moment earliest) {
    return {{"clock", clock}, {key, earliest}};
}

/// What a server's clock may be off by, and the way to it may take.
constexpr std::chrono::minutes server_allowance{5};

/// An answer from a server that says it is another time; null when there is none, or another server agrees with us:
/// then it is the first one's clock that is wrong.
const token::FetchedSeen* find_other_time(const token::Snapshot& snapshot) {
    const token::FetchedSeen* other = nullptr;
    for (const token::FetchedSeen& fetched : snapshot.fetched) {
        if (!fetched.date) continue;
        if (std::chrono::abs(*fetched.date - fetched.heard_at) <= server_allowance) return nullptr;
        if (other == nullptr) other = &fetched;
    }
    return other;
}

}  // namespace

Judgements check_machine_clock(const Case&, const Dossier& dossier) {
    const auto& machine = dossier.snapshot->machine;
    const token::FetchedSeen* const other = find_other_time(*dossier.snapshot);
    if (other != nullptr) {
        report::Fields evidence = evidence_of_clock(other->heard_at, "server_time", *other->date);
        evidence.push_back({"source", other->url});
        const auto apart = std::chrono::abs(*other->date - other->heard_at);
        evidence.push_back(
            {"minutes_off", static_cast<std::int64_t>(std::chrono::floor<std::chrono::minutes>(apart).count())});
        return {failed(faq::id::clock_wrong, std::move(evidence))};
    }
    if (!machine || !machine->built_at) return {};
    const Moment clock = dossier.snapshot->taken_at;
    if (clock + allowance < *machine->built_at) {
        return {failed(faq::id::clock_wrong, evidence_of_clock(clock, "built_at", *machine->built_at))};
    }
    for (const CertificateCase& one : dossier.certificates) {
        if (!one.certificate) continue;
        const pki::Certificate* ca = find_younger_ca(*one.certificate, clock, dossier);
        if (ca == nullptr) continue;
        report::Fields evidence = evidence_of_clock(clock, "not_before", *ca->not_before);
        evidence.push_back({"certificate", ca->subject.text(), report::Privacy::name});
        return {failed(faq::id::clock_wrong, std::move(evidence))};
    }
    return {passed()};
}
}  // namespace scca::checks
