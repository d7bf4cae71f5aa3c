// SPDX-License-Identifier: Apache-2.0
//
// Personal markers in every dress, and the search for them: as text, and inside whatever base64, hexadecimal or
// two-octet text an output holds. For the tests of redaction.
#pragma once

#include "scca/core/redaction.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace scca::test {

inline constexpr std::string_view user = "mqzhaozilong";
inline constexpr std::string_view host = "vqhostseven";
inline constexpr std::string_view other_user = "wbsunshangxiang";
inline constexpr std::string_view identity = "51010419880229001X";
inline constexpr std::string_view mobile = "13987654321";
inline constexpr std::string_view person = "诸葛孔明";
inline constexpr std::string_view credit_code = "91350100M000100Y43";

inline const std::vector<std::string_view> markers{user, host, other_user, identity, mobile, person, credit_code};

[[nodiscard]] std::string base64(std::string_view text);
/// A DER SEQUENCE with the text as UTF8String and, when it is ASCII, as BMPString (X.690).
[[nodiscard]] std::string der(std::string_view text);
/// One text with every marker in every dress.
[[nodiscard]] std::string disguised();
/// The first marker that can be found in the output, with what stands around it; empty when there is none.
[[nodiscard]] std::string find_leak(const std::string& output);
/// One that knows the user and host among the markers.
[[nodiscard]] Redactor redactor_here();

}  // namespace scca::test
