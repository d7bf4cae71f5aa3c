// SPDX-License-Identifier: Apache-2.0
//
// Judge: from what was seen to what it means. Climbs the ladder for every subject; a rung that breaks blocks what stands
// on it, so every failed finding is a root cause. Pure: the same Snapshot and Options give the same Report.
#pragma once

#include "scca/core/calendar.hpp"
#include "scca/report/report.hpp"
#include "scca/token/snapshot.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace scca::checks {

/// Which part of the ladder was asked for.
enum class Part : std::uint8_t {
    everything,    ///< check
    key,           ///< check-key: everything but the insides of certificates and seals
    certificates,  ///< check-cert
    seals,         ///< check-seal
    no_key,        ///< check --no-key: machine and modules
};

struct Options {
    std::string command = "check";
    Part part = Part::everything;
    Moment at{};
    std::int64_t warn_days = 60;    ///< the CA's renewal window (guide 2.2)
    std::vector<Rung> only, skip;   ///< a rung left out leaves no finding and blocks nothing
};

[[nodiscard]] report::Report judge(const token::Snapshot& snapshot, const Options& options);

/// Why a file that was named has no subject in the report: it could not be read, or is nothing that is known here.
/// Nothing when it has one.
[[nodiscard]] std::optional<Fault> find_given_fault(const token::FileGiven& file);

/// What a fault is called in a finding's evidence: call, family, code, symbol, signal, exit_status, deadline_ms, message.
[[nodiscard]] report::Fields evidence_of(const Fault& fault);

}  // namespace scca::checks
