// SPDX-License-Identifier: Apache-2.0
//
// A request that cannot be carried out, and the reasons that files give for it, in the reader's language. Opens no
// file.
#pragma once

#include "exit_status.hpp"

#include "scca/core/fault.hpp"
#include "scca/faq/table.hpp"

#include <string>
#include <string_view>

namespace scca::cli {

/// What to say, and the status to end with.
struct Refusal {
    ExitStatus status = ExitStatus::usage;
    std::string message, hint;
};

/// What the system says is wrong: in Chinese where the table has it, otherwise in the system's own words.
[[nodiscard]] std::string reason_of(const Fault& fault, faq::Lang lang);

/// The result cannot be written: 73.
[[nodiscard]] Refusal refuse_output(const Fault& fault, faq::Lang lang);
/// A file that cannot be written: 73.
[[nodiscard]] Refusal refuse_output(const std::string& path, const Fault& fault, faq::Lang lang);

/// A file that cannot be read: 66 there is none, 77 it may not be read, 65 anything else.
[[nodiscard]] Refusal refuse_file(const std::string& path, const Fault& fault, faq::Lang lang);

}  // namespace scca::cli
