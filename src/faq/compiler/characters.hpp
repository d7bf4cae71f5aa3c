// SPDX-License-Identifier: Apache-2.0
//
// Tables about characters, worked out once at build time: what each one folds to (NFKC and case from utf8proc, the rest
// from faq/traditional.txt and faq/confused.txt), and GB 18030's two-byte part from the C library's iconv.
#pragma once

#include "model.hpp"
#include "scca/faq/normalise.hpp"

#include <cstdint>
#include <vector>

namespace scca::faq::compiler {

struct FoldData {
    std::vector<std::uint16_t> page_of, shift, expansions;

    [[nodiscard]] FoldTable view() const { return {page_of, shift, expansions}; }
};

[[nodiscard]] FoldData fold_data(const std::vector<CharacterRow>& rows);

/// 126 leads by 191 trails; all 0 when this machine's iconv lacks the encoding, which is a complaint.
[[nodiscard]] std::vector<std::uint16_t> gb18030_data(Complaints& complaints);

}  // namespace scca::faq::compiler
