// SPDX-License-Identifier: Apache-2.0
//
// From the checked values to C++: the headers scca/faq/ids.hpp and scca/faq/words.hpp, and the flat tables.
#pragma once

#include "model.hpp"

#include <string>
#include <string_view>

namespace scca::faq::compiler {

[[nodiscard]] std::string ids_header(const Faq& faq);
[[nodiscard]] std::string words_header(const Faq& faq);
/// Definitions of what src/faq/tables.hpp declares.
[[nodiscard]] std::string tables_source(const Faq& faq);

/// A C++ string_view literal of any bytes.
[[nodiscard]] std::string literal(std::string_view text);

}  // namespace scca::faq::compiler
