// SPDX-License-Identifier: Apache-2.0
#include "detail_doors.hpp"

#include "phrases.hpp"

#include "scca/faq/words.hpp"

#include <array>

namespace scca::report {
namespace {

namespace words = faq::words::report;

constexpr std::array reasons{
    PhraseRow{"usb-not-visible", words::usb_not_visible},
    PhraseRow{"no-permission", words::node_closed},
    PhraseRow{"rule-not-applied", words::node_closed},
    PhraseRow{"node-missing", words::node_missing},
    PhraseRow{"sg-missing", words::sg_missing},
    PhraseRow{"storage-driver-missing", words::driver_storage},
    PhraseRow{"not-installed", words::service_not_installed},
    PhraseRow{"socket-missing", words::service_socket_missing},
    PhraseRow{"socket-stale", words::service_socket_stale},
    PhraseRow{"socket-forbidden", words::service_socket_forbidden},
    PhraseRow{"connection-closed", words::service_refuses},
    PhraseRow{"ended-meanwhile", words::service_ended},
    PhraseRow{"no-answer", words::service_hung},
    PhraseRow{"library", words::service_library},
    PhraseRow{"empty", words::card_empty},
    PhraseRow{"mute", words::card_mute},
    PhraseRow{"reader-dead", words::card_reader_dead},
    PhraseRow{"removed", words::card_removed},
};

std::string_view reason_in(const Finding& finding) { return text_in(finding, "reason"); }

faq::Text phrase_of_reason(const Finding& finding) { return phrase_for(reasons, reason_in(finding)); }

faq::Text driver_phrase(const Finding& finding) {
    if (finding.outcome != Outcome::failed || !has(finding, "device")) return {};
    if (has(finding, "reason")) return phrase_of_reason(finding);
    return has(finding, "modules") ? words::driver_missing_tried : words::driver_missing;
}

/// A code that no rung knows: whoever reads it can have it explained.
faq::Text code_phrase(const Finding& finding) {
    return has(finding, "symbol") ? words::code_to_explain : words::detail_code;
}

/// Who keeps a card, to itself or for so long that our turn never came.
faq::Text holder_phrase(const Finding& finding) {
    const bool waited = has(finding, "deadline_ms");
    if (has(finding, "holders_possible")) return waited ? words::card_busy_by_one_of : words::card_held_by_one_of;
    if (reason_in(finding) == "holder-unknown")
        return waited ? words::card_busy_by_unknown : words::card_held_by_unknown;
    return waited ? words::card_busy : words::card_held;
}

faq::Text reader_phrase(const Finding& finding) {
    if (has(finding, "holder")) return holder_phrase(finding);
    if (has(finding, "reason")) return phrase_of_reason(finding);
    if (has(finding, "deadline_ms")) return words::card_silent;
    if (has(finding, "code")) return code_phrase(finding);
    if (!has(finding, "atr")) return {};
    return has(finding, "vendor") ? words::card_atr_vendor : words::card_atr;
}

}  // namespace

faq::Text door_phrase(const Finding& finding) {
    switch (finding.rung) {
        case Rung::machine_clock: return has(finding, "server_time") ? words::clock_of_server : faq::Text{};
        case Rung::machine_network: return has(finding, "hosts_not_reached") ? words::network_not_reached : faq::Text{};
        case Rung::machine_pcsc:
            if (reason_in(finding) == "no-answer" && has(finding, "deadline_ms")) return words::service_hung_in_call;
            // Said no over a socket that is open: there is no mode to show.
            if (reason_in(finding) == "socket-forbidden" && !has(finding, "mode")) return words::service_forbids;
            if (reason_in(finding) == "error") return code_phrase(finding);
            return phrase_of_reason(finding);
        case Rung::reader_found:
            if (finding.outcome == Outcome::passed) return {};
            return has(finding, "ghosts") ? words::readers_ghosts : words::readers_none;
        case Rung::machine_driver: return driver_phrase(finding);
        case Rung::reader_card:
        case Rung::reader_free:
        case Rung::reader_answers: return reader_phrase(finding);
        default: return phrase_of_reason(finding);
    }
}

faq::Text door_addition(const Finding& finding) {
    const bool waits = finding.outcome == Outcome::failed && reason_in(finding) == "rule-not-applied";
    return waits && has(finding, "udev_rule_file") ? words::node_rule_waits : faq::Text{};
}

}  // namespace scca::report
