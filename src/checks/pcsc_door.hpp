// SPDX-License-Identifier: Apache-2.0
//
// The PC/SC door, from what was seen to what it means: how the smart card service stands, and how each of its readers.
// Names no problem: the rungs do.
#pragma once

#include "dossier.hpp"

#include "scca/report/report.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace scca::checks {

enum class ServiceState : std::uint8_t {
    not_installed,
    not_started,       ///< installed, and no socket
    stale,             ///< a socket that nobody stands behind
    forbidden,         ///< a socket that this user may not use, or a service that says no, if only to every card
    closed,            ///< it took the connection and hung up: it refuses this user, or is about to end
    ended,             ///< it answered and went away
    hung,              ///< it takes connections and does not answer
    error,             ///< it answers with an error that is about itself, or with what nobody understands
    library_at_fault,  ///< the PC/SC library cannot be loaded, crashed, or lied: its own rungs tell
    answers,
};
[[nodiscard]] ServiceState service_state(const token::PcscSeen& seen);
/// The fault that this rests on; null when there is none.
[[nodiscard]] const Fault* fault_of(const token::PcscSeen& seen);
/// For evidence: "socket-missing"; empty when it answers.
[[nodiscard]] std::string_view reason_of(ServiceState state);

enum class CardState : std::uint8_t {
    ghost,    ///< a reader that is listed and not there: its driver was not loaded
    gone,     ///< reader or card went away while it was asked
    dead,     ///< the reader itself no longer answers the service
    empty,    ///< no card
    mute,     ///< a card that does not power up, or says what nobody understands
    held,     ///< another program keeps it to itself
    silent,   ///< a call about it did not come back
    refused,  ///< it could not be connected to, for a reason that says nothing of the card
    answers,
};
[[nodiscard]] CardState card_state(const token::ReaderSeen& reader);
/// There is a card in it, whatever else.
[[nodiscard]] bool has_card(CardState state) noexcept;
/// Another program keeps its card from us: to itself, or busy for so long that our turn never came. A card that died
/// under that program's hands looks the same; nobody can tell before it has let go.
[[nodiscard]] bool is_kept(const token::ReaderSeen& reader, const token::PcscSeen& seen);
/// The refusal that a reader's state rests on; null when there was none.
[[nodiscard]] const Fault* refusal_of(const token::ReaderSeen& reader) noexcept;

/// What was listed; empty when nobody was asked.
[[nodiscard]] const std::vector<token::ReaderSeen>& readers_of(const token::Snapshot& snapshot) noexcept;

/// "firefox (pid 1234)"
[[nodiscard]] std::string text_of(const token::ProcessSeen& process);
/// The same, when it is known who holds a card; empty when not.
[[nodiscard]] std::string holder_of(const token::PcscSeen& seen);

/// Name, ATR and its maker.
[[nodiscard]] report::Fields evidence_of_reader(const token::ReaderSeen& reader);

/// A module for cards, by its name, or one that nobody knows.
[[nodiscard]] bool may_use_cards(std::string_view path);

/// What a module that hung had waited for, when that is a service or a card that does not answer: a rung of this
/// report, as blocked_by has it, empty when that rung is not looked at. Nothing when the module's hanging is its own.
[[nodiscard]] std::optional<std::string> culprit_of_hanging(const Case& module, const Dossier& dossier);

}  // namespace scca::checks
