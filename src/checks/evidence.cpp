// SPDX-License-Identifier: Apache-2.0
#include "scca/checks/judge.hpp"
#include "scca/faq/table.hpp"
#include "scca/pki/refusal.hpp"

#include <csignal>
#include <cstring>
#include <string>

namespace scca::checks {
namespace {

void put(report::Fields& fields, report::Key key, std::string value) {
    if (!value.empty()) fields.push_back({key, std::move(value)});
}

std::string code_text(std::int64_t code) {
    char buffer[24];
    const int length = std::snprintf(buffer, sizeof buffer, "0x%08llX", static_cast<unsigned long long>(code));
    return {buffer, static_cast<std::size_t>(length)};
}

/// "SIGSEGV", as signal(7) spells it; strsignal would answer in the locale's language.
std::string signal_text(std::int64_t number) {
    const char* name = sigabbrev_np(static_cast<int>(number));
    return name == nullptr ? std::to_string(number) : std::string("SIG") + name;
}

}  // namespace

report::Fields evidence_of(const Fault& fault) {
    report::Fields fields;
    put(fields, "call", fault.call);
    switch (fault.kind) {
        case FaultKind::code:
            put(fields, "family", fault.family);
            put(fields, "code", code_text(fault.number));
            if (const faq::Code* code = faq::find_code(fault.family, fault.number)) {
                put(fields, "symbol", std::string(code->symbol));
            }
            break;
        case FaultKind::crashed: put(fields, "signal", signal_text(fault.number)); break;
        case FaultKind::exited: fields.push_back({"exit_status", fault.number}); break;
        case FaultKind::hung: fields.push_back({"deadline_ms", fault.number}); break;
        case FaultKind::system: fields.push_back({"errno", fault.number}); break;
        case FaultKind::damaged:
            fields.push_back({"offset", fault.number});
            put(fields, "field", fault.call);
            if (const auto why = pki::find_refusal(fault)) put(fields, "reason", std::string(name_of(*why)));
            break;
        case FaultKind::garbled:
        case FaultKind::not_loaded: break;
    }
    std::string message = fault.text;
    if (message.empty() && fault.kind == FaultKind::system) message = std::strerror(static_cast<int>(fault.number));
    put(fields, "message", std::move(message));
    return fields;
}

}  // namespace scca::checks
