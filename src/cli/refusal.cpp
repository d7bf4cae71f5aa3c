// SPDX-License-Identifier: Apache-2.0
#include "refusal.hpp"

#include "scca/faq/words.hpp"
#include "scca/report/render.hpp"
#include "scca/token/surroundings.hpp"

#include <cerrno>

namespace scca::cli {

namespace words = faq::words::cli;

std::string reason_of(const Fault& fault, faq::Lang lang) {
    const faq::Text reason = report::system_reason(fault.number);
    const bool known = fault.kind == FaultKind::system && lang == faq::Lang::zh && !reason.empty();
    return known ? std::string(reason.in(lang)) : fault.text;
}

Refusal refuse_output(const Fault& fault, faq::Lang lang) {
    const report::Fields fields{{"message", reason_of(fault, lang)}};
    return {ExitStatus::cannot_write, report::fill(words::cannot_write.in(lang), fields, lang), {}};
}

Refusal refuse_output(const std::string& path, const Fault& fault, faq::Lang lang) {
    const report::Fields fields{{"path", path}, {"message", reason_of(fault, lang)}};
    return {ExitStatus::cannot_write, report::fill(words::cannot_write_file.in(lang), fields, lang), {}};
}

Refusal refuse_file(const std::string& path, const Fault& fault, faq::Lang lang) {
    const auto refused = [&](ExitStatus status, faq::Text sentence) {
        const report::Fields fields{{"path", report::path_for_reader(path, lang)}, {"message", reason_of(fault, lang)}};
        return Refusal{status, report::fill(sentence.in(lang), fields, lang), {}};
    };
    if (token::is_no_file(fault)) return refused(ExitStatus::bad_data, words::no_plain_file);
    const bool is_system = fault.kind == FaultKind::system;
    if (is_system && (fault.number == ENOENT || fault.number == ENOTDIR))
        return refused(ExitStatus::no_input, words::no_such_file);
    const bool forbidden = is_system && (fault.number == EACCES || fault.number == EPERM);
    return refused(forbidden ? ExitStatus::no_permission : ExitStatus::bad_data, words::cannot_read);
}

}  // namespace scca::cli
