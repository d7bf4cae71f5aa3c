// SPDX-License-Identifier: Apache-2.0
//
// From the words of a command line to what is to be done: moments parsed, files read, rungs found; or why it cannot be.
#pragma once

#include "command_line.hpp"

#include "scca/checks/judge.hpp"
#include "scca/token/source.hpp"

#include <optional>
#include <string>
#include <vector>

namespace scca::cli {

/// To be moved and not copied: `judge.revocation` points into the files.
struct Plan {
    token::LookOptions look;
    checks::Options judge;
    std::vector<token::FileGiven> trust, crls, ocsp_answers;
};

/// Fills `plan`, or says why it cannot be carried out. Reads the files of --trust, --crl and --ocsp.
[[nodiscard]] std::optional<Refusal> make_plan(const CheckRequest& request, const Console& console, Plan& plan);

/// A sentence of the table in the console's language, its holes filled.
[[nodiscard]] std::string say(const Console& console, faq::Text text, const report::Fields& fields);

}  // namespace scca::cli
