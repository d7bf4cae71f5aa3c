// SPDX-License-Identifier: Apache-2.0
#include "detail_doors.hpp"

#include "scca/faq/words.hpp"

#include <algorithm>
#include <array>

namespace scca::report {
namespace {

namespace words = faq::words::report;

struct ReasonRow {
    std::string_view reason;
    faq::Text phrase;
};

constexpr std::array reasons{
    ReasonRow{"usb-not-visible", words::usb_not_visible},
    ReasonRow{"no-permission", words::node_closed},
    ReasonRow{"rule-not-applied", words::node_closed},
    ReasonRow{"sg-missing", words::sg_missing},
    ReasonRow{"storage-driver-missing", words::driver_storage},
    ReasonRow{"not-installed", words::service_not_installed},
    ReasonRow{"socket-missing", words::service_socket_missing},
    ReasonRow{"socket-stale", words::service_socket_stale},
    ReasonRow{"socket-forbidden", words::service_socket_forbidden},
    ReasonRow{"connection-closed", words::service_refuses},
    ReasonRow{"ended-meanwhile", words::service_ended},
    ReasonRow{"no-answer", words::service_hung},
    ReasonRow{"library", words::service_library},
    ReasonRow{"empty", words::card_empty},
    ReasonRow{"mute", words::card_mute},
    ReasonRow{"reader-dead", words::card_reader_dead},
    ReasonRow{"removed", words::card_removed},
    ReasonRow{"holder-unknown", words::card_held_by_unknown},
};

bool has(const Finding& finding, std::string_view key) { return find_field(finding.evidence, key) != nullptr; }

std::string_view reason_in(const Finding& finding) {
    const Field* field = find_field(finding.evidence, "reason");
    const auto* text = field == nullptr ? nullptr : std::get_if<std::string>(&field->value);
    return text == nullptr ? std::string_view() : std::string_view(*text);
}

faq::Text phrase_of_reason(const Finding& finding) {
    const std::string_view reason = reason_in(finding);
    const auto* row =
        std::find_if(reasons.begin(), reasons.end(), [&](const ReasonRow& one) { return one.reason == reason; });
    return row == reasons.end() ? faq::Text{} : row->phrase;
}

faq::Text driver_phrase(const Finding& finding) {
    if (finding.outcome != Outcome::failed || !has(finding, "device")) return {};
    if (has(finding, "reason")) return phrase_of_reason(finding);
    return has(finding, "modules") ? words::driver_missing_tried : words::driver_missing;
}

faq::Text reader_phrase(const Finding& finding) {
    if (has(finding, "holders_possible")) return words::card_held_by_one_of;
    if (has(finding, "reason")) return phrase_of_reason(finding);
    if (has(finding, "holder")) return words::card_held;
    if (has(finding, "deadline_ms")) return words::card_silent;
    if (has(finding, "code")) return words::detail_code;
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
            if (reason_in(finding) == "socket-forbidden" && !has(finding, "mode")) return words::service_refuses;
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
    if (finding.outcome != Outcome::failed) return {};
    if (finding.rung == Rung::machine_driver) return has(finding, "option") ? words::driver_option : faq::Text{};
    if (finding.rung != Rung::machine_usb_access) return {};
    if (has(finding, "udev_rule")) return words::node_rule;
    return has(finding, "udev_rule_file") ? words::node_rule_waits : faq::Text{};
}

}  // namespace scca::report
