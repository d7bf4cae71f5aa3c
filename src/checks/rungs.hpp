// SPDX-License-Identifier: Apache-2.0
//
// The checks, one function a rung, one file a function; the table that ties them to the ladder is in way.cpp.
// A check looks at one subject and says what holds. It gives nothing when it does not apply there.
#pragma once

#include "dossier.hpp"

#include "scca/faq/ids.hpp"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace scca::checks {

struct Judgement {
    report::Outcome outcome = report::Outcome::passed;
    std::optional<faq::Id> faq;
    report::Fields evidence;
    std::string blocked_by;  ///< only when the check itself found what it stands on broken, e.g. in a sibling
};

/// Usually none or one, which takes no memory of its own; a rung that can break in two ways at once gives one for each.
class Judgements {
public:
    Judgements() = default;
    Judgements(Judgement only) : first_(std::move(only)) {}  // NOLINT(google-explicit-constructor)

    [[nodiscard]] bool empty() const noexcept { return !first_; }
    void add(Judgement one) {
        if (first_) {
            more_.push_back(std::move(one));
        } else {
            first_ = std::move(one);
        }
    }
    /// In the order in which they were added; each is the taker's.
    void hand_to(auto take) && {
        if (first_) take(std::move(*first_));
        for (Judgement& one : more_) take(std::move(one));
    }

private:
    std::optional<Judgement> first_;
    std::vector<Judgement> more_;
};

[[nodiscard]] inline Judgement passed(report::Fields evidence = {}) {
    return {report::Outcome::passed, std::nullopt, std::move(evidence), {}};
}
[[nodiscard]] inline Judgement noted(report::Fields evidence = {}) {
    return {report::Outcome::noted, std::nullopt, std::move(evidence), {}};
}
[[nodiscard]] inline Judgement warned(faq::Id id, report::Fields evidence = {}) {
    return {report::Outcome::warned, id, std::move(evidence), {}};
}
[[nodiscard]] inline Judgement failed(faq::Id id, report::Fields evidence = {}) {
    return {report::Outcome::failed, id, std::move(evidence), {}};
}
[[nodiscard]] inline Judgement unknown(std::optional<faq::Id> id, report::Fields evidence = {}) {
    return {report::Outcome::unknown, id, std::move(evidence), {}};
}
[[nodiscard]] inline Judgement blocked(std::string by) {
    return {report::Outcome::blocked, std::nullopt, {}, std::move(by)};
}

[[nodiscard]] Judgements check_machine_clock(const Case& machine, const Dossier& dossier);
[[nodiscard]] Judgements check_machine_usb(const Case& machine, const Dossier& dossier);
[[nodiscard]] Judgements check_machine_usb_access(const Case& machine, const Dossier& dossier);
[[nodiscard]] Judgements check_machine_pcsc(const Case& machine, const Dossier& dossier);
[[nodiscard]] Judgements check_machine_driver(const Case& machine, const Dossier& dossier);
[[nodiscard]] Judgements check_machine_helper(const Case& machine, const Dossier& dossier);
[[nodiscard]] Judgements check_machine_conflict(const Case& machine, const Dossier& dossier);
[[nodiscard]] Judgements check_machine_network(const Case& machine, const Dossier& dossier);
[[nodiscard]] Judgements check_reader_found(const Case& machine, const Dossier& dossier);
[[nodiscard]] Judgements check_reader_card(const Case& reader, const Dossier& dossier);
[[nodiscard]] Judgements check_reader_free(const Case& reader, const Dossier& dossier);
[[nodiscard]] Judgements check_reader_answers(const Case& reader, const Dossier& dossier);
[[nodiscard]] Judgements check_module_file(const Case& module, const Dossier& dossier);
[[nodiscard]] Judgements check_module_loads(const Case& module, const Dossier& dossier);
[[nodiscard]] Judgements check_module_answers(const Case& module, const Dossier& dossier);
[[nodiscard]] Judgements check_token_found(const Case& machine, const Dossier& dossier);
[[nodiscard]] Judgements check_token_application(const Case& token, const Dossier& dossier);
[[nodiscard]] Judgements check_token_pin(const Case& token, const Dossier& dossier);
[[nodiscard]] Judgements check_token_container(const Case& token, const Dossier& dossier);
[[nodiscard]] Judgements check_cert_found(const Case& token, const Dossier& dossier);
[[nodiscard]] Judgements check_cert_pair(const Case& key, const Dossier& dossier);
[[nodiscard]] Judgements check_key_signs(const Case& key, const Dossier& dossier);
[[nodiscard]] Judgements check_cert_readable(const Case& certificate, const Dossier& dossier);
[[nodiscard]] Judgements check_cert_dates(const Case& certificate, const Dossier& dossier);
[[nodiscard]] Judgements check_cert_issuer(const Case& certificate, const Dossier& dossier);
[[nodiscard]] Judgements check_cert_chain(const Case& certificate, const Dossier& dossier);
[[nodiscard]] Judgements check_cert_signature(const Case& certificate, const Dossier& dossier);
[[nodiscard]] Judgements check_cert_usage(const Case& certificate, const Dossier& dossier);
[[nodiscard]] Judgements check_cert_key(const Case& certificate, const Dossier& dossier);
[[nodiscard]] Judgements check_cert_strength(const Case& certificate, const Dossier& dossier);
[[nodiscard]] Judgements check_cert_revocation(const Case& certificate, const Dossier& dossier);
[[nodiscard]] Judgements check_seal_found(const Case& token, const Dossier& dossier);
[[nodiscard]] Judgements check_seal_readable(const Case& seal, const Dossier& dossier);
[[nodiscard]] Judgements check_seal_dates(const Case& seal, const Dossier& dossier);
[[nodiscard]] Judgements check_seal_maker(const Case& seal, const Dossier& dossier);
[[nodiscard]] Judgements check_seal_signature(const Case& seal, const Dossier& dossier);
[[nodiscard]] Judgements check_seal_signer(const Case& seal, const Dossier& dossier);
[[nodiscard]] Judgements check_seal_picture(const Case& seal, const Dossier& dossier);
[[nodiscard]] Judgements check_seal_timestamp(const Case& seal, const Dossier& dossier);
[[nodiscard]] Judgements check_document_readable(const Case& document, const Dossier& dossier);
[[nodiscard]] Judgements check_document_signed(const Case& document, const Dossier& dossier);
[[nodiscard]] Judgements check_document_coverage(const Case& document, const Dossier& dossier);
[[nodiscard]] Judgements check_signature_readable(const Case& signature, const Dossier& dossier);
[[nodiscard]] Judgements check_signature_references(const Case& signature, const Dossier& dossier);
[[nodiscard]] Judgements check_signature_value(const Case& signature, const Dossier& dossier);
[[nodiscard]] Judgements check_signature_signer(const Case& signature, const Dossier& dossier);
[[nodiscard]] Judgements check_signature_time(const Case& signature, const Dossier& dossier);
[[nodiscard]] Judgements check_signature_timestamp(const Case& signature, const Dossier& dossier);

}  // namespace scca::checks
