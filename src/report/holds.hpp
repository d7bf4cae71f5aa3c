// SPDX-License-Identifier: Apache-2.0
//
// What a report of this machine says to the causes of a problem that somebody asked about: explain --check.
#pragma once

#include "ladder_lines.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace scca::report {

enum class Holds : std::uint8_t { yes, no, unknown };

[[nodiscard]] std::string_view name_of(Holds holds) noexcept;

struct CauseHere {
    Holds holds = Holds::unknown;
    std::vector<Seen> said;  ///< the findings that say so
};

/// For each cause of the problem, in its order. A cause holds when one of its rungs broke or warned, and not with
/// another problem that stands beside this one; it does not when its rungs answered and are well. A cause without
/// rungs, or whose rungs could not be answered, is unknown.
[[nodiscard]] std::vector<CauseHere> causes_here(faq::Id id, const Report& here);

/// "这台电脑：不是原因 1（驱动文件正常），是原因 2：四川测试建设有限公司：2026-10-01 到期，已经过了 52 天。"
[[nodiscard]] std::string sentence_of(const std::vector<CauseHere>& causes, faq::Lang lang);

/// The problems of this machine that no cause of these problems speaks of, most urgent first.
[[nodiscard]] std::vector<faq::Id> others_here(const std::vector<faq::Id>& asked, const Report& here);

}  // namespace scca::report
