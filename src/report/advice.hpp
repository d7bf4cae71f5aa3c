// SPDX-License-Identifier: Apache-2.0
//
// Advice from the table, laid out: the steps of a cause in the order that fits the reader's system, whom to call, and
// where it comes from. Shared by the report and by explain, so that both say it the same way.
#pragma once

#include "page.hpp"

#include "scca/faq/table.hpp"

#include <cstddef>
#include <string>

namespace scca::report {

/// Whose steps are shown.
enum class Steps : std::uint8_t {
    for_this_system,   ///< this system's and everybody's; another system's only when it is all there is, and said so
    for_every_system,  ///< this system's first, then the others' under a heading
};

/// The warning about a bid that is uploaded and not yet opened, where the entry's advice could spoil it.
void put_bid_warning(Page& page, const faq::Entry& entry, std::size_t indent);
void put_steps(Page& page, const faq::Cause& cause, Steps steps, std::size_t indent);
void put_contacts(Page& page, const faq::Cause& cause, std::size_t indent);
/// "证书常见问题帮助指南 V1.0，2023-08-15 1.3"
[[nodiscard]] std::string sources_text(const faq::Entry& entry, faq::Lang lang);

}  // namespace scca::report
