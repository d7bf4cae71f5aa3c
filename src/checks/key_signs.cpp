// SPDX-License-Identifier: Apache-2.0
//
// key.signs: does the key sign, and does its certificate verify what it signed? Only when the user asked for that.
#include "rungs.hpp"

#include "scca/faq/table.hpp"
#include "scca/pki/verify.hpp"
#include "sign_plan.hpp"

#include <algorithm>

namespace scca::checks {
namespace {

Judgement not_tried(std::string_view reason, report::Fields more = {}) {
    report::Fields evidence{{"reason", std::string(reason)}};
    evidence.insert(evidence.end(), more.begin(), more.end());
    return unknown(std::nullopt, std::move(evidence));
}

report::Fields tries_of(const token::PinSeen& pin) {
    if (!pin.tries_left) return {};
    return {{"tries_left", static_cast<std::int64_t>(*pin.tries_left)}};
}

/// Wrong or locked PINs are told as such, whatever the family of the code; everything else did not sign.
Judgement refused(const Fault& fault, const token::PinSeen& pin) {
    report::Fields evidence = evidence_of(fault);
    for (report::Field& field : tries_of(pin)) evidence.push_back(std::move(field));
    const faq::Code* const code = fault.kind == FaultKind::code ? faq::find_code(fault.family, fault.number) : nullptr;
    const bool about_pin =
        code != nullptr && code->has_entry && (code->entry == faq::id::pin_wrong || code->entry == faq::id::pin_locked);
    return failed(about_pin ? code->entry : faq::id::sign_operation_failed, std::move(evidence));
}

Judgement broken(const Fault& fault) {
    return failed(fault.kind == FaultKind::hung ? faq::id::driver_hung : faq::id::driver_crashed, evidence_of(fault));
}

/// The calls that say yes or no to a PIN.
bool is_login(const Fault& fault) { return fault.call == "SKF_VerifyPIN" || fault.call == "C_Login"; }

/// Whether the token holds, for signing, another key than the one in the certificate.
bool holds_another_key(const Case& key, const pki::PublicKey& certified) {
    const auto& keys = key.container->public_keys;
    const auto may_sign = [](const token::PublicKeySeen& one) {
        return one.role != token::KeyRole::encrypt && !one.content.empty();
    };
    return std::any_of(keys.begin(), keys.end(), may_sign) &&
           std::none_of(keys.begin(), keys.end(), [&](const token::PublicKeySeen& one) {
               return may_sign(one) && as_text(one.content) == as_text(certified.content());
           });
}

Judgement verified(const Case& key, const pki::PublicKey& certified, const Bytes& challenge, const Bytes& signature) {
    const auto check = pki::verify_signature(certified, signature_oid_of(certified), challenge, signature);
    switch (check.outcome) {
        case pki::Verification::holds:
        case pki::Verification::near_miss:
            return passed({{"signature_octets", static_cast<std::int64_t>(signature.size())}});
        case pki::Verification::unsupported: return not_tried("unsupported");
        case pki::Verification::fails: break;
    }
    // Then it is the certificate that is wrong, which cert.key says.
    if (holds_another_key(key, certified)) return blocked(std::string(id_of(Rung::cert_key)));
    return failed(faq::id::sign_operation_failed, {{"reason", std::string("does-not-verify")}});
}

/// What went wrong before any container was reached, or in this one.
const Fault* find_fault(const token::SignTestSeen& test, const token::ContainerSeen* container) {
    if (test.answer.load_fault) return &*test.answer.load_fault;
    if (container != nullptr && !container->faults.empty()) return &container->faults.front();
    if (test.answer.answer_fault) return &*test.answer.answer_fault;
    for (const auto& token : test.answer.tokens) {
        for (const auto& application : token.applications) {
            if (!application.faults.empty()) return &application.faults.front();
        }
        if (!token.faults.empty()) return &token.faults.front();
    }
    return test.answer.refusals.empty() ? nullptr : &test.answer.refusals.front();
}

Judgement judge_test(const Case& key, const Case& certificate, const token::SignTestSeen& test) {
    const token::ApplicationSeen* application = nullptr;
    const token::ContainerSeen* container = nullptr;
    if (!test.answer.tokens.empty() && !test.answer.tokens.front().applications.empty()) {
        application = &test.answer.tokens.front().applications.front();
        for (const auto& one : application->containers) {
            if (one.reference == key.container->reference) container = &one;
        }
    }
    if (container != nullptr && !container->signature.empty()) {
        const pki::PublicKey& certified = certificate.certificate->certificate->public_key;
        Judgement judgement = verified(key, certified, test.challenge, container->signature);
        // It signed, and then the module broke: on the way out, most likely still logged in.
        const bool broke = judgement.outcome == report::Outcome::passed && test.answer.answer_fault;
        return broke ? broken(*test.answer.answer_fault) : judgement;
    }
    const Fault* const fault = find_fault(test, container);
    const token::PinSeen pin = application == nullptr ? token::PinSeen{} : application->pin;
    if (fault == nullptr) {
        // The host itself looked at the tries again, and sent nothing.
        if (pin.tries_left) return not_tried("few-tries", tries_of(pin));
        return pin.few.value_or(false)
                   ? not_tried("wrong-before")
                   : failed(faq::id::sign_operation_failed, {{"reason", std::string("no-signature")}});
    }
    if (test.answer.answer_fault && fault == &*test.answer.answer_fault) return broken(*fault);
    switch (fault->kind) {
        case FaultKind::code: return refused(*fault, is_login(*fault) ? pin : token::PinSeen{});
        case FaultKind::garbled:
            // Nothing was sent: the key has gone, or signs in no way that is known here.
            if (fault->call == "C_GetMechanismList" || fault->call == "C_GetSlotList" || fault->call == "SKF_EnumDev") {
                return not_tried("not-possible", evidence_of(*fault));
            }
            return failed(faq::id::sign_operation_failed, evidence_of(*fault));
        case FaultKind::not_loaded: return failed(faq::id::sign_operation_failed, evidence_of(*fault));
        default: return broken(*fault);
    }
}

}  // namespace

Judgements check_key_signs(const Case& key, const Dossier& dossier) {
    const auto& test = dossier.snapshot->sign_test;
    const Case* const certificate = find_signing_certificate(key, dossier);
    if (certificate == nullptr) return {};
    if (test) return {judge_test(key, *certificate, *test)};
    const SignPlan plan = plan_of(dossier);
    if (plan.obstacle.empty()) return {not_tried("no-pin")};
    return {not_tried(plan.obstacle, plan.application == nullptr ? report::Fields{} : tries_of(plan.application->pin))};
}

}  // namespace scca::checks
