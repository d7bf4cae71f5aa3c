// SPDX-License-Identifier: Apache-2.0
//
// The flat arrays that scca-faq-compiler writes, and nothing else. Seen only by src/faq/.
#pragma once

#include "scca/core/rung.hpp"
#include "scca/faq/table.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace scca::faq::tables {

extern const std::string_view strings[];
extern const std::size_t strings_size;
extern const Rung rungs[];
extern const std::size_t rungs_size;
extern const Contact contacts[];  ///< one row for each time that a cause names it
extern const std::size_t contacts_size;
extern const Fix fixes[];
extern const std::size_t fixes_size;
extern const Cause causes[];
extern const std::size_t causes_size;
extern const Source sources[];
extern const std::size_t sources_size;
extern const Entry entries[];
extern const std::size_t entries_size;
extern const Range ranges[];
extern const std::size_t ranges_size;
extern const CodeFamily families[];
extern const std::size_t families_size;
extern const Code codes[];
extern const std::size_t codes_size;
extern const Text rung_titles[];  ///< in ladder order
extern const std::size_t rung_titles_size;

}  // namespace scca::faq::tables
