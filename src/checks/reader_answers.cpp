// SPDX-License-Identifier: Apache-2.0
//
// reader.answers: did the connection to the card come about, and in time?
#include "rungs.hpp"

#include "pcsc_door.hpp"

namespace scca::checks {
Judgements check_reader_answers(const Case& one, const Dossier& dossier) {
    const token::ReaderSeen& reader = *one.reader;
    if (service_state(*dossier.snapshot->pcsc) != ServiceState::answers) return {};
    report::Fields evidence = evidence_of_reader(reader);
    const auto add = [&](const Fault& fault) {
        for (report::Field& field : evidence_of(fault)) evidence.push_back(std::move(field));
    };
    switch (card_state(reader)) {
        case CardState::answers: return {passed(std::move(evidence))};
        case CardState::silent:
            if (is_kept(reader, *dossier.snapshot->pcsc)) return {};  // it is not the card's turn to be blamed
            add(*reader.answer_fault);
            return {failed(faq::id::key_unresponsive, std::move(evidence))};
        case CardState::refused:
            if (const Fault* refusal = refusal_of(reader)) add(*refusal);
            return {unknown(std::nullopt, std::move(evidence))};
        default: return {};
    }
}
}  // namespace scca::checks
