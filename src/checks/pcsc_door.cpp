// SPDX-License-Identifier: Apache-2.0
//
// SCARD_STATE_* and SCARD_* codes as pcsc-lite and PC/SC part 5 number them; what each situation answers was measured
// with pcsc-lite 1.9.9.
#include "pcsc_door.hpp"

#include "scca/devices/atr.hpp"
#include "scca/devices/module.hpp"

#include <algorithm>
#include <array>

namespace scca::checks {
namespace {

constexpr std::uint32_t state_unknown = 0x0004;
constexpr std::uint32_t state_unavailable = 0x0008;
constexpr std::uint32_t state_empty = 0x0010;
constexpr std::uint32_t state_exclusive = 0x0080;
constexpr std::uint32_t state_in_use = 0x0100;
constexpr std::uint32_t state_mute = 0x0200;

constexpr std::int64_t security_violation = 0x8010006A;

struct CodeMeaning {
    std::int64_t code;
    CardState state;
};
/// What SCardConnect or SCardGetStatusChange said.
constexpr std::array code_meanings{
    CodeMeaning{0x80100009, CardState::gone},   // SCARD_E_UNKNOWN_READER
    CodeMeaning{0x8010000B, CardState::held},   // SCARD_E_SHARING_VIOLATION
    CodeMeaning{0x8010000C, CardState::empty},  // SCARD_E_NO_SMARTCARD
    CodeMeaning{0x8010000F, CardState::mute},   // SCARD_E_PROTO_MISMATCH
    CodeMeaning{0x80100011, CardState::gone},   // SCARD_E_INVALID_VALUE, of a handle whose reader was unplugged
    CodeMeaning{0x80100016, CardState::gone},   // SCARD_E_NOT_TRANSACTED, just after a card was pulled
    CodeMeaning{0x80100017, CardState::gone},   // SCARD_E_READER_UNAVAILABLE
    CodeMeaning{0x8010002F, CardState::mute},   // SCARD_F_COMM_ERROR on Windows
    CodeMeaning{0x80100065, CardState::mute},   // SCARD_W_UNSUPPORTED_CARD
    CodeMeaning{0x80100066, CardState::mute},   // SCARD_W_UNRESPONSIVE_CARD
    CodeMeaning{0x80100067, CardState::mute},   // SCARD_W_UNPOWERED_CARD
    CodeMeaning{0x80100068, CardState::held},   // SCARD_W_RESET_CARD
    CodeMeaning{0x80100069, CardState::gone},   // SCARD_W_REMOVED_CARD
};

constexpr std::string_view connect_call = "SCardConnect";
constexpr std::string_view establish_call = "SCardEstablishContext";

bool has_answered(const token::ModuleSeen& library) {
    return std::any_of(library.steps.begin(), library.steps.end(),
                       [](const token::Step& step) { return step.call == establish_call && step.code == 0; });
}

/// SCARD_E_NO_SERVICE, SCARD_E_SERVICE_STOPPED, SCARD_F_COMM_ERROR of pcsc-lite.
bool says_it_is_gone(const Fault& fault) {
    return fault.number == 0x8010001D || fault.number == 0x8010001E || fault.number == 0x80100013;
}

/// A reader's state is the service's own knowledge: no card is asked.
constexpr std::string_view state_call = "SCardGetStatusChange";

/// The call to the service that never came back.
const Fault* find_hang(const token::ModuleSeen& library) {
    if (library.answer_fault && library.answer_fault->kind == FaultKind::hung &&
        library.answer_fault->call.starts_with("SCard")) {
        return &*library.answer_fault;
    }
    const auto reader = std::find_if(library.readers.begin(), library.readers.end(), [](const token::ReaderSeen& one) {
        return one.answer_fault && one.answer_fault->call == state_call;
    });
    return reader == library.readers.end() ? nullptr : &*reader->answer_fault;
}

bool says_no(const Fault& fault) { return fault.number == security_violation; }

/// It cannot do what was asked, and nobody's absence is the reason.
bool says_error(const Fault& fault) {
    constexpr std::int64_t no_readers = 0x8010002E;
    return fault.kind == FaultKind::code && fault.number != no_readers &&
           (fault.call == establish_call || fault.call == "SCardListReaders");
}

/// The first answer that is so, to whatever it was asked; null when none is.
template <class Predicate>
const Fault* find_told(const token::ModuleSeen& library, Predicate is_so) {
    const auto among = [&](const std::vector<Fault>& faults) {
        const auto found = std::find_if(faults.begin(), faults.end(), is_so);
        return found == faults.end() ? nullptr : &*found;
    };
    const Fault* found = among(library.refusals);
    for (const token::ReaderSeen& reader : library.readers) {
        if (found == nullptr) found = among(reader.faults);
    }
    return found;
}

/// Nothing when it lets this user at one of its cards.
const Fault* find_no(const token::ModuleSeen& library) {
    const bool said_yes = std::any_of(library.readers.begin(), library.readers.end(),
                                      [](const token::ReaderSeen& reader) { return reader.connected; });
    return said_yes ? nullptr : find_told(library, says_no);
}

ServiceState state_of_socket(const token::PcscSeen& seen) {
    switch (seen.socket_state) {
        case token::SocketState::missing:
            return seen.installed ? ServiceState::not_started : ServiceState::not_installed;
        case token::SocketState::stale: return ServiceState::stale;
        case token::SocketState::forbidden: return ServiceState::forbidden;
        case token::SocketState::full: return ServiceState::hung;
        case token::SocketState::accepts: break;
    }
    return ServiceState::closed;
}

/// Whether a rung is looked at in this run: what leaves no finding blocks nothing.
bool is_asked_for(const Options& options, Rung rung) {
    if (options.part == Part::no_key && row_of(rung).kind == SubjectKind::reader) return false;
    const auto listed = [&](const std::vector<Rung>& list) {
        return std::find(list.begin(), list.end(), rung) != list.end();
    };
    return (options.only.empty() || listed(options.only)) && !listed(options.skip);
}

/// The rung that tells of a card on which a module can hang; nothing of one that answers, or of an empty reader.
std::optional<Rung> rung_of_silence(const token::ReaderSeen& reader, const token::PcscSeen& seen) {
    if (is_kept(reader, seen)) return Rung::reader_free;
    switch (card_state(reader)) {
        case CardState::mute:
        case CardState::dead: return Rung::reader_card;
        case CardState::silent: return Rung::reader_answers;
        default: return std::nullopt;
    }
}

}  // namespace

ServiceState service_state(const token::PcscSeen& seen) {
    if (!seen.library) return state_of_socket(seen);
    const token::ModuleSeen& library = *seen.library;
    if (library.load_fault) return ServiceState::library_at_fault;
    if (find_hang(library) != nullptr) return ServiceState::hung;
    if (library.answer_fault) return ServiceState::library_at_fault;
    if (find_told(library, says_it_is_gone) != nullptr) {
        return has_answered(library) ? ServiceState::ended : state_of_socket(seen);
    }
    if (find_no(library) != nullptr) return ServiceState::forbidden;
    if (find_told(library, says_error) != nullptr) return ServiceState::error;
    return has_answered(library) ? ServiceState::answers : ServiceState::library_at_fault;
}

const Fault* fault_of(const token::PcscSeen& seen) {
    if (!seen.library) return nullptr;
    const token::ModuleSeen& library = *seen.library;
    if (const Fault* hang = find_hang(library)) return hang;
    if (library.answer_fault) return &*library.answer_fault;
    if (library.load_fault) return &*library.load_fault;
    if (service_state(seen) == ServiceState::answers) return nullptr;
    if (const Fault* gone = find_told(library, says_it_is_gone)) return gone;
    if (const Fault* no = find_no(library)) return no;
    return library.refusals.empty() ? nullptr : &library.refusals.front();
}

std::string_view reason_of(ServiceState state) {
    switch (state) {
        case ServiceState::not_installed: return "not-installed";
        case ServiceState::not_started: return "socket-missing";
        case ServiceState::stale: return "socket-stale";
        case ServiceState::forbidden: return "socket-forbidden";
        case ServiceState::closed: return "connection-closed";
        case ServiceState::ended: return "ended-meanwhile";
        case ServiceState::hung: return "no-answer";
        case ServiceState::error: return "error";
        case ServiceState::library_at_fault: return "library";
        case ServiceState::answers: break;
    }
    return {};
}

bool may_use_cards(std::string_view path) {
    const devices::ModuleName* name = devices::find_module_name(path.substr(path.rfind('/') + 1));
    return name == nullptr || name->role == devices::ModuleRole::card_driver;
}

const Fault* refusal_of(const token::ReaderSeen& reader) noexcept {
    const auto found = std::find_if(reader.faults.begin(), reader.faults.end(),
                                    [](const Fault& fault) { return fault.kind == FaultKind::code; });
    return found == reader.faults.end() ? nullptr : &*found;
}

CardState card_state(const token::ReaderSeen& reader) {
    if (reader.answer_fault) return CardState::silent;
    if (reader.connected) return CardState::answers;
    const std::uint32_t state = reader.state.value_or(0);
    if ((state & (state_unknown | state_unavailable)) != 0) return CardState::dead;
    if ((state & state_empty) != 0) return CardState::empty;
    if ((state & state_mute) != 0) return CardState::mute;
    if ((state & state_exclusive) != 0) return CardState::held;
    const Fault* refusal = refusal_of(reader);
    if (refusal == nullptr) return CardState::refused;
    const auto* known = std::find_if(code_meanings.begin(), code_meanings.end(),
                                     [&](const CodeMeaning& row) { return row.code == refusal->number; });
    if (known == code_meanings.end()) return CardState::refused;
    // Listed without a word on a card, and then unknown: a name in the configuration without a reader behind it.
    const bool listed_only = reader.state && reader.atr.empty() && refusal->call == connect_call;
    return known->state == CardState::gone && listed_only ? CardState::ghost : known->state;
}

bool has_card(CardState state) noexcept {
    switch (state) {
        case CardState::ghost:
        case CardState::gone:
        case CardState::dead:
        case CardState::empty: return false;
        default: return true;
    }
}

bool is_kept(const token::ReaderSeen& reader, const token::PcscSeen& seen) {
    const CardState state = card_state(reader);
    const bool anybody_else = !seen.clients.empty() || seen.hidden_clients > 0;
    const bool in_use = (reader.state.value_or(0) & state_in_use) != 0;
    return state == CardState::held || (state == CardState::silent && in_use && anybody_else);
}

const std::vector<token::ReaderSeen>& readers_of(const token::Snapshot& snapshot) noexcept {
    static const std::vector<token::ReaderSeen> none;
    return snapshot.pcsc && snapshot.pcsc->library ? snapshot.pcsc->library->readers : none;
}

std::string text_of(const token::ProcessSeen& process) {
    return process.name + " (pid " + std::to_string(process.number) + ')';
}

std::string holder_of(const token::PcscSeen& seen) {
    if (seen.clients.size() != 1 || seen.hidden_clients != 0) return {};
    return text_of(seen.clients.front());
}

report::Fields evidence_of_reader(const token::ReaderSeen& reader) {
    report::Fields evidence{{"reader", reader.name}};
    if (!reader.vendor.empty()) evidence.push_back({"reader_vendor", reader.vendor});
    if (!reader.atr.empty()) evidence.push_back({"atr", to_hex(reader.atr)});
    const std::string_view vendor = name_of(devices::find_atr_vendor(reader.atr));
    if (!vendor.empty()) evidence.push_back({"vendor", std::string(vendor)});
    return evidence;
}

std::optional<std::string> culprit_of_hanging(const Case& module, const Dossier& dossier) {
    const auto& pcsc = dossier.snapshot->pcsc;
    if (!pcsc || !(module.pcsc != nullptr || may_use_cards(module.module->path))) return std::nullopt;
    const auto name = [&](Rung rung, const std::string& subject) {
        return is_asked_for(*dossier.options, rung) ? subject + std::string(id_of(rung)) : std::string();
    };
    if (service_state(*pcsc) == ServiceState::hung) return name(Rung::machine_pcsc, {});
    std::size_t number = 0;
    for (const token::ReaderSeen& reader : readers_of(*dossier.snapshot)) {
        ++number;
        const auto rung = rung_of_silence(reader, *pcsc);
        if (rung) return name(*rung, "reader-" + std::to_string(number) + '#');
    }
    return std::nullopt;
}

}  // namespace scca::checks
