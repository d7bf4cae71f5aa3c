// SPDX-License-Identifier: Apache-2.0
//
// How far a message that was aligned with a text is to be believed. Judges one hit at a time, in the light of what else
// the text says; which of several problems has the better claim is for rank.cpp.
#pragma once

#include "rank.hpp"

namespace scca::explain {

/// What the words of the text, taken as a question, say for the problem, and for the one that they say most for.
[[nodiscard]] double evidence_for(const Findings& findings, faq::Id id);
[[nodiscard]] double best_evidence(const Findings& findings);

/// A message that stands there, whatever else the text says.
[[nodiscard]] bool is_nearly_whole(const MessageHit& hit, const Findings& findings);

/// How sure a message's hit is, 0 to 1. Nearly complete ones count by coverage, pieces by how much they tell.
[[nodiscard]] double score_of(const MessageHit& hit, const Findings& findings);

/// The words of the text, taken as a question, name the same problem: a badly read message may then be believed.
[[nodiscard]] bool is_spoken_for(const MessageHit& hit, const Findings& findings);

/// At a second look: half of a long message where nothing else comes near it and nothing speaks of other people's
/// things.
[[nodiscard]] bool stands_out(const MessageHit& hit, const Findings& findings);

/// How much the message explains, less what of it is not there; in quarter bits.
[[nodiscard]] double gain_of(const MessageHit& hit);

}  // namespace scca::explain
