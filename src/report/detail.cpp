// SPDX-License-Identifier: Apache-2.0
#include "detail.hpp"

#include "detail_doors.hpp"
#include "detail_modules.hpp"
#include "detail_revocation.hpp"
#include "detail_seals.hpp"
#include "phrases.hpp"

#include "scca/faq/ids.hpp"
#include "scca/faq/words.hpp"

#include <array>
#include <cerrno>

namespace scca::report {
namespace {

namespace words = faq::words::report;

void append_value(std::string& text, const Value& value, faq::Lang lang) {
    if (const auto* flag = std::get_if<bool>(&value)) text += (*flag ? words::yes : words::no).in(lang);
    if (const auto* number = std::get_if<std::int64_t>(&value)) text += std::to_string(*number);
    if (const auto* moment = std::get_if<Moment>(&value)) text += end_text(*moment, lang);
    if (const auto* own = std::get_if<std::string>(&value)) text += *own;
    if (const auto* list = std::get_if<std::vector<std::string>>(&value)) {
        std::string_view separator;
        for (const std::string& item : *list) {
            text.append(separator).append(item);
            separator = words::list_separator.in(lang);
        }
    }
}

std::optional<std::int64_t> number_in(const Fields& evidence, std::string_view key) {
    const Field* field = find_field(evidence, key);
    const auto* found = field == nullptr ? nullptr : std::get_if<std::int64_t>(&field->value);
    return found == nullptr ? std::nullopt : std::optional(*found);
}

/// EX_IOERR of sysexits.h, with which our own host ends when nobody hears it any more.
constexpr std::int64_t nobody_listens = 74;

/// A fault's own phrase, by what its evidence holds; the same for modules, readers and services.
faq::Text fault_phrase(const Finding& finding) {
    const Fields& evidence = finding.evidence;
    if (const auto number = number_in(evidence, "errno")) {
        if (number == EACCES) return words::detail_no_permission;
        if (const faq::Text reason = system_reason(*number); !reason.empty()) return reason;
    }
    if (find_field(evidence, "signal") != nullptr) return words::detail_crashed;
    if (const auto status = number_in(evidence, "exit_status")) {
        return status == nobody_listens ? words::detail_pipe_broken : words::detail_exited;
    }
    if (find_field(evidence, "deadline_ms") != nullptr) return words::detail_hung;
    if (find_field(evidence, "offset") != nullptr) return words::detail_damaged;
    if (find_field(evidence, "code") != nullptr) {
        return find_field(evidence, "symbol") != nullptr ? words::detail_code_symbol : words::detail_code;
    }
    if (find_field(evidence, "message") != nullptr) return words::detail_message;
    return {};
}

/// The same where a driver is at fault: what it said itself is no sentence for people.
faq::Text driver_fault_phrase(const Finding& finding) {
    const faq::Text phrase = fault_phrase(finding);
    if (phrase.zh != words::detail_message.zh) return phrase;
    const faq::Text answer = driver_answer_phrase(finding);
    return answer.empty() ? phrase : answer;
}

faq::Text module_file_phrase(const Finding& finding) {
    if (const faq::Text phrase = driver_file_phrase(finding); !phrase.empty()) return phrase;
    const faq::Text phrase = fault_phrase(finding);
    // Saved before reasons were given: the problem's title says it, the loader's words do not.
    return phrase.zh == words::detail_message.zh ? faq::Text{} : phrase;
}

faq::Text dates_phrase(const Finding& finding) {
    if (finding.evidence.empty()) return {};
    if (finding.faq == faq::id::cert_not_yet_valid || finding.faq == faq::id::seal_not_yet_valid) {
        return words::detail_not_yet_valid;
    }
    if (finding.outcome == Outcome::failed) return words::detail_expired;
    const auto end = moment_in(finding.evidence, "not_after");
    return end && is_endless(*end) ? words::no_end : words::detail_days_left;
}

/// On the first day, the last one and the day before each hours count; empty on any other day.
std::string hour_detail(const Finding& finding, faq::Lang lang) {
    const bool dates = finding.rung == Rung::cert_dates || finding.rung == Rung::seal_dates;
    const auto is = [&](std::string_view key, std::int64_t days) { return number_in(finding.evidence, key) == days; };
    const auto say = [&](faq::Text words, std::string_view key) {
        const auto moment = moment_in(finding.evidence, key);
        if (!moment || is_endless(*moment)) return std::string();
        return fill(words.in(lang), {{"day", beijing_date(*moment)}, {"hour", beijing_hour(*moment)}}, lang);
    };
    if (!dates) return {};
    if (is("days_left", 0)) return say(words::detail_ends_today, "not_after");
    if (is("days_left", 1)) return say(words::detail_ends_tomorrow, "not_after");
    if (is("days_past", 0)) return say(words::detail_ended_today, "not_after");
    if (is("days_until", 1)) return say(words::detail_begins_tomorrow, "not_before");
    return is("days_until", 0) ? say(words::detail_begins_today, "not_before") : std::string();
}

/// Not all of a token could be seen.
faq::Text sight_phrase(const Finding& finding) {
    const std::string_view reason = finding.outcome == Outcome::unknown ? text_in(finding, "reason") : "";
    if (reason == "behind-pin") return words::reason_behind_pin;
    if (reason == "cut-short") return words::reason_cut_short;
    if (find_field(finding.evidence, "ca_certificates") != nullptr) return words::detail_ca_alone;
    return driver_fault_phrase(finding);
}

faq::Text pin_phrase(const Finding& finding) {
    if (finding.outcome == Outcome::unknown) return driver_fault_phrase(finding);
    if (finding.faq == faq::id::pin_initial) return {};
    if (finding.faq == faq::id::pin_locked) return words::detail_pin_locked;
    if (text_in(finding, "reason") == "wrong-before") return words::detail_wrong_before;
    const auto left = number_in(finding.evidence, "tries_left");
    if (!left) return {};
    return left == 1 ? words::detail_last_try : words::detail_tries_left;
}

/// Why a key that was looked at could not be asked to sign.
faq::Text not_possible_phrase(const Finding& finding) {
    return text_in(finding, "call") == "C_GetMechanismList" ? words::not_tried_unknown_kind : words::not_tried_gone;
}

/// What came of a signature test.
faq::Text signs_phrase(const Finding& finding) {
    if (finding.outcome == Outcome::passed) return words::detail_signed;
    const auto left = number_in(finding.evidence, "tries_left");
    if (finding.faq == faq::id::pin_wrong) {
        if (left == 1) return words::detail_pin_wrong_last;
        return left ? words::detail_pin_wrong : words::detail_pin_wrong_uncounted;
    }
    const std::string_view reason = text_in(finding, "reason");
    if (reason == "does-not-verify") return words::detail_no_verify;
    if (reason == "no-signature") return words::detail_no_signature;
    if (reason == "few-tries") return left ? words::not_tried_few_counted : words::not_tried_few;
    if (reason == "wrong-before") return words::not_tried_wrong_before;
    if (reason == "tries-unknown") return words::not_tried_unknown;
    if (reason == "no-signing-certificate") return words::not_tried_no_certificate;
    if (reason == "several-keys") return words::not_tried_several;
    if (reason == "no-pin") return words::not_tried_no_pin;
    if (reason == "not-possible") return not_possible_phrase(finding);
    if (reason == "unsupported") return words::detail_unsupported;
    return driver_fault_phrase(finding);
}

faq::Text maker_phrase(const Finding& finding) {
    const std::string_view reason = text_in(finding, "reason");
    if (reason.empty()) return {};
    if (reason == "usage") return words::maker_usage;
    if (reason == "unreadable") return words::maker_unreadable;
    if (reason == "given-up") return words::detail_given_up;
    if (reason == "created-outside-validity") return words::maker_outside_validity;
    return reason == "issuer-missing" || reason == "untrusted-root" ? words::detail_chain_unknown : words::maker_chain;
}

/// Which name breaks what the CA above says; of redacted octets nobody knows it.
faq::Text name_phrase(const Finding& finding) {
    const bool subject = text_in(finding, "name_kind") == "directory";
    if (has(finding, "permitted")) {
        return subject ? words::detail_subject_not_permitted : words::detail_name_not_permitted;
    }
    if (!has(finding, "excluded")) return words::detail_name_constraints;
    return subject ? words::detail_subject_excluded : words::detail_name_excluded;
}

faq::Text chain_phrase(const Finding& finding) {
    if (text_in(finding, "reason") == "name-constraints") return name_phrase(finding);
    constexpr std::array limits{PhraseRow{"critical-extension", words::detail_critical_extension},
                                PhraseRow{"other-names", words::detail_other_names},
                                PhraseRow{"given-up", words::detail_given_up},
                                PhraseRow{"not-a-ca", words::detail_not_a_ca},
                                PhraseRow{"path-length", words::detail_path_length},
                                PhraseRow{"loop", words::detail_loop}};
    if (const faq::Text limit = phrase_for(limits, text_in(finding, "reason")); !limit.empty()) return limit;
    if (finding.faq == faq::id::ca_expired) return words::detail_ca_expired;
    if (find_field(finding.evidence, "given_key_id") != nullptr) return words::detail_chain_other_key;
    if (find_field(finding.evidence, "not_before") != nullptr) return words::detail_ca_not_yet_valid;
    if (has(finding, "self_signed")) return words::detail_self_signed;
    if (text_in(finding, "reason") == "untrusted-root") return words::detail_untrusted_root;
    if (finding.outcome == Outcome::noted) return words::detail_chain_unknown;
    return text_in(finding, "reason") == "issuer-missing" ? words::detail_issuer_missing : faq::Text{};
}

faq::Text strength_phrase(const Finding& finding) {
    if (text_in(finding, "reason") != "weak-ca") return {};
    return has(finding, "digest") ? words::detail_ca_weak_digest : words::detail_ca_weak_key;
}

/// Of a certificate's text more can be said than of its octets.
faq::Text readable_phrase(const Finding& finding) {
    const std::string_view field = text_in(finding, "field");
    const bool is_text = finding.outcome == Outcome::failed && (field == "PEM" || field == "base64");
    return is_text ? words::detail_text_damaged : fault_phrase(finding);
}

faq::Text phrase_of(const Finding& finding) {
    if (text_in(finding, "reason") == "subject-unreadable") return fault_phrase(finding);
    switch (finding.rung) {
        case Rung::cert_readable: return readable_phrase(finding);
        case Rung::cert_dates:
        case Rung::seal_dates: return dates_phrase(finding);
        case Rung::token_pin: return pin_phrase(finding);
        case Rung::key_signs: return signs_phrase(finding);
        case Rung::token_application:
        case Rung::token_container:
        case Rung::cert_found: return sight_phrase(finding);
        case Rung::token_found: return finding.outcome == Outcome::warned ? words::detail_keys : faq::Text{};
        case Rung::cert_issuer: return words::detail_issuer;
        case Rung::cert_pair:
            if (finding.outcome != Outcome::failed) return {};
            return find_field(finding.evidence, "missing_encryption") != nullptr ? words::detail_pair_encryption
                                                                                 : words::detail_pair_signing;
        case Rung::cert_chain: return chain_phrase(finding);
        case Rung::cert_strength: return strength_phrase(finding);
        case Rung::cert_signature:
            if (text_in(finding, "how") == "given-up") return words::detail_given_up;
            if (find_field(finding.evidence, "how") != nullptr) {
                return finding.outcome == Outcome::warned ? words::detail_near_miss : words::detail_unsupported;
            }
            return finding.outcome == Outcome::noted ? words::detail_chain_unknown : faq::Text{};
        case Rung::seal_signature:
        case Rung::signature_value:
        case Rung::signature_references: return {};
        case Rung::document_coverage:
            return find_field(finding.evidence, "files") != nullptr && finding.outcome != Outcome::passed
                       ? words::detail_files
                       : faq::Text{};
        case Rung::seal_maker: return maker_phrase(finding);
        case Rung::cert_revocation: return revocation_phrase(finding);
        case Rung::seal_signer: return finding.outcome == Outcome::failed ? words::detail_seal_signer : faq::Text{};
        case Rung::module_file: return module_file_phrase(finding);
        case Rung::module_loads:
        case Rung::module_answers: return driver_fault_phrase(finding);
        case Rung::machine_clock:
        case Rung::machine_network:
        case Rung::machine_usb:
        case Rung::machine_usb_access:
        case Rung::machine_pcsc:
        case Rung::machine_driver:
        case Rung::reader_found:
        case Rung::reader_card:
        case Rung::reader_free:
        case Rung::reader_answers: return door_phrase(finding);
        default: return fault_phrase(finding);
    }
}

/// Puts at its end what stands in a sentence for `key`, or for `one|many:key`.
void fill_hole(std::string& filled, std::string_view hole, const Fields& fields, faq::Lang lang) {
    const std::size_t bar = hole.find('|');
    const std::size_t colon = hole.find(':', bar);
    const Field* const field = find_field(fields, bar == std::string_view::npos ? hole : hole.substr(colon + 1));
    if (bar != std::string_view::npos) {
        const bool one = field != nullptr && field->value == Value(std::int64_t{1});
        filled += one ? hole.substr(0, bar) : hole.substr(bar + 1, colon - bar - 1);
    } else if (field == nullptr) {
        filled += '?';
    } else {
        append_value(filled, field->value, lang);
    }
}

}  // namespace

std::string fill(std::string_view text, const Fields& fields, faq::Lang lang) {
    std::string filled;
    constexpr std::size_t usual_values = 64;
    if (!text.empty()) filled.reserve(text.size() + usual_values);
    while (!text.empty()) {
        const std::size_t open = text.find('{');
        const std::size_t close = text.find('}', open);
        if (open == std::string_view::npos || close == std::string_view::npos) break;
        filled += text.substr(0, open);
        fill_hole(filled, text.substr(open + 1, close - open - 1), fields, lang);
        text.remove_prefix(close + 1);
    }
    filled += text;
    return filled;
}

std::string end_text(Moment end, faq::Lang lang) {
    return is_endless(end) ? std::string(words::no_end.in(lang)) : beijing_date(end);
}

std::string path_for_reader(const std::string& path, faq::Lang lang) {
    return path == "-" ? std::string(words::standard_input.in(lang)) : path;
}

std::string detail_of(const Finding& finding, faq::Lang lang) {
    if (std::string detail = seal_detail_of(finding, lang); !detail.empty()) return detail;
    if (std::string detail = hour_detail(finding, lang); !detail.empty()) return detail;
    std::string more = fill(door_addition(finding).in(lang), finding.evidence, lang) +
                       fill(revocation_addition(finding).in(lang), finding.evidence, lang);
    if (has(finding, "permitted_besides"))
        more += fill(words::detail_permitted_besides.in(lang), finding.evidence, lang);
    return fill(phrase_of(finding).in(lang), finding.evidence, lang) + more;
}

}  // namespace scca::report
