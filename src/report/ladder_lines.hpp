// SPDX-License-Identifier: Apache-2.0
//
// The ladder in words, one line a rung: where every subject agrees, once; where one differs, each by name.
#pragma once

#include "letter.hpp"

#include <vector>

namespace scca::report {

struct Seen {
    const Subject* subject;
    const Finding* finding;
};

/// The findings that are wanted, subject by subject.
[[nodiscard]] std::vector<Seen> findings_of(const Report& report, auto wanted) {
    std::vector<Seen> seen;
    for (const Subject& subject : report.subjects) {
        for (const Finding& finding : subject.findings) {
            if (wanted(finding)) seen.push_back({&subject, &finding});
        }
    }
    return seen;
}

/// "未检查：先处理“驱动文件”"
[[nodiscard]] std::string blocked_text(const Finding& finding, faq::Lang lang);

/// "吊销状态：没能查清"
[[nodiscard]] std::string unknown_text(Rung rung, faq::Lang lang);

/// `with_spans` tells how long certificates and seals last and which PIN tries are left even where all is well.
[[nodiscard]] std::vector<RungLine> ladder_lines(const Report& report, const Style& style, bool with_spans);

}  // namespace scca::report
