// SPDX-License-Identifier: Apache-2.0
//
// reader.card: is there a card in the reader, and does it power up? An empty reader beside one with a card is no fault.
#include "rungs.hpp"

#include "machine_doors.hpp"
#include "pcsc_door.hpp"

#include <algorithm>
#include <optional>

namespace scca::checks {
namespace {

struct Trouble {
    std::string_view reason;
    faq::Id problem;
};

std::optional<Trouble> trouble_of(CardState state) {
    switch (state) {
        case CardState::empty: return Trouble{"empty", faq::id::key_not_detected};
        case CardState::mute: return Trouble{"mute", faq::id::key_unresponsive};
        case CardState::dead: return Trouble{"reader-dead", faq::id::key_unresponsive};
        case CardState::gone: return Trouble{"removed", faq::id::key_removed};
        case CardState::ghost: return Trouble{"ghost", faq::id::reader_not_found};
        default: return std::nullopt;
    }
}

}  // namespace

Judgements check_reader_card(const Case& one, const Dossier& dossier) {
    const token::Snapshot& snapshot = *dossier.snapshot;
    if (service_state(*snapshot.pcsc) != ServiceState::answers) return {};
    const auto trouble = trouble_of(card_state(*one.reader));
    report::Fields evidence = evidence_of_reader(*one.reader);
    if (!trouble) return {passed(std::move(evidence))};
    evidence.push_back({"reason", std::string(trouble->reason)});
    if (const Fault* refusal = refusal_of(*one.reader)) {
        for (report::Field& field : evidence_of(*refusal)) evidence.push_back(std::move(field));
    }
    const auto& readers = readers_of(snapshot);
    const bool elsewhere = std::any_of(readers.begin(), readers.end(),
                                       [](const token::ReaderSeen& reader) { return has_card(card_state(reader)); });
    const bool has_none = trouble->reason == "empty" || trouble->reason == "ghost";
    // A name without a reader behind it is told once, by reader.found.
    const bool counts = doors_of(snapshot).expects_pcsc() && !(has_none && elsewhere) && trouble->reason != "ghost";
    return {counts ? failed(trouble->problem, std::move(evidence)) : noted(std::move(evidence))};
}
}  // namespace scca::checks
