// SPDX-License-Identifier: Apache-2.0
//
// A Case as it appears in the report: its name and the facts about it. Facts are what was read, not what it means.
#pragma once

#include "dossier.hpp"

namespace scca::checks {

/// Everything but id, parent and findings.
[[nodiscard]] report::Subject subject_of(const Case& one, Authorities& authorities, bool in_brief);

/// The timeline of --watch, in milliseconds since it began; null for what never came.
[[nodiscard]] report::Fields facts_of(const token::WatchSeen& watch);

/// What a person would call the token: its label, else the module's name for it.
[[nodiscard]] std::string name_of(const token::TokenSeen& token);

/// The holder of a certificate as a person would call it: CN, else O, else the whole name.
[[nodiscard]] std::string holder_of(const pki::Certificate& certificate);
/// Whether the holder is a natural person: SCCA writes ID3:Personal, and a name without organisation is one.
[[nodiscard]] bool is_personal(const pki::Certificate& certificate);

}  // namespace scca::checks
