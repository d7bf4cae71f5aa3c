// SPDX-License-Identifier: Apache-2.0
//
// Advice from the table: the steps of a cause in the order that fits the reader's system, whom to call, and where it
// comes from. Shared by the report and by explain, so that both say it the same way.
#pragma once

#include "page.hpp"

#include "scca/faq/table.hpp"

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace scca::report {

struct Step {
    std::string text;
    std::string run;  ///< a command or a line to copy; may be empty
};

inline constexpr std::size_t all_steps = static_cast<std::size_t>(-1);

/// Whether the finding says that this cause holds: by its rung, and by its "reason" where one of the problem's causes
/// is for that reason alone.
[[nodiscard]] bool is_about(const faq::Entry& entry, const faq::Cause& cause, const Finding& finding);

/// Who issued the certificate that is spoken of.
struct IssuedBy {
    faq::Issuer who = faq::Issuer::any;  ///< any: nobody knows, or several did
    std::string_view name = {};          ///< of another CA than Sichuan CA; it lives as long as the subject

    bool operator==(const IssuedBy&) const = default;
};

/// Whether or not cert.issuer was asked.
[[nodiscard]] IssuedBy issued_by(const Subject& subject);

/// The steps for a reader at this system: its own and everybody's; another system's only when it has none of its own,
/// and then each is said to be the other's. None that is only for another CA's certificates. The first `most` of them.
[[nodiscard]] std::vector<Step> steps_for(const faq::Cause& cause, faq::System here, faq::Lang lang,
                                          faq::Issuer issuer = faq::Issuer::any, std::size_t most = all_steps);

/// Steps with something to copy that stands in the evidence: a rule for udev, a driver to try.
[[nodiscard]] std::vector<Step> own_steps_of(const Finding& finding, faq::Lang lang);

/// Somebody to call. `ways` are label and value, e.g. "电话", "400-028-1130".
struct Call {
    std::string name;
    std::vector<std::pair<std::string_view, std::string>> ways;
};

/// Telephones before sites: who is in a hurry calls. Sichuan CA cannot help with what others issued: where that
/// is true of all `issuers`, these are named in its place.
[[nodiscard]] std::vector<Call> calls_of(const std::vector<const faq::Cause*>& causes, faq::Lang lang,
                                         std::span<const IssuedBy> issuers = {});
/// "四川CA（客服热线）  电话 400-028-1130  QQ 4008676868"
[[nodiscard]] std::string text_of(const Call& call);

/// The warning about a bid that is uploaded and not yet opened, where the entry's advice could spoil it.
void put_bid_warning(Page& page, const faq::Entry& entry, std::size_t indent);
void put_steps(Page& page, const std::vector<Step>& steps, std::size_t indent);
/// This system's steps first, then the others' under a heading.
void put_steps_of_all(Page& page, const faq::Cause& cause, std::size_t indent);
void put_calls(Page& page, const std::vector<Call>& calls, std::size_t indent);
/// "证书常见问题帮助指南 V1.0，2023-08-15 1.3" and the entry's others, those that are not yet among the sources.
void add_sources(std::vector<std::string>& sources, const faq::Entry& entry, faq::Lang lang);
/// All of them, in one line.
[[nodiscard]] std::string sources_text(const std::vector<std::string>& sources, faq::Lang lang);
[[nodiscard]] std::string sources_text(const faq::Entry& entry, faq::Lang lang);

}  // namespace scca::report
