// SPDX-License-Identifier: Apache-2.0
#include "scca/devices/atr.hpp"

#include <algorithm>
#include <array>

namespace scca::devices {
namespace {

struct AtrPattern {
    std::string_view pattern;
    Vendor vendor;
};

/// The first that fits decides: a maker's own rebranding stands before the family that it was made from.
constexpr std::array atr_patterns{
    AtrPattern{"3B9F958131FE9F006646530510113171DF0000860000B5", Vendor::hypersecu},
    AtrPattern{"3B9F958131FE9F006646530551003371DF0000860000E7", Vendor::hypersecu},
    AtrPattern{"3B9F958131FE9F0066465305......71DF............", Vendor::feitian},
    AtrPattern{"3B9F958131FE9F006646530523002571C39F0000000086", Vendor::feitian},
    AtrPattern{"3B9F958131FE9F0065465305..0671DF000000........", Vendor::feitian},
    AtrPattern{"3B0F0065465305....71DF0000........", Vendor::feitian},
    AtrPattern{"3BFC180000813180459067464A..................", Vendor::feitian},
    AtrPattern{"3B9C9580811F039067464A01005404F272FE00C0", Vendor::feitian},
    AtrPattern{"3B9C958131FE9F9067464A010253050172FE00FB", Vendor::feitian},
    AtrPattern{"3B8C80019067464A006808060000000090", Vendor::feitian},
    AtrPattern{"3BF99400008131FE6546542056313030900083", Vendor::feitian},
    AtrPattern{"3B6A00000.4431314352020025C3", Vendor::feitian},
    AtrPattern{"3B7A130000094431314352020025C3", Vendor::feitian},
    AtrPattern{"3B9F118131FE9F006A6D546F6B656E2D..00..819000..", Vendor::longmai},  // "jmToken-"
    AtrPattern{"3B6E0000574436....8693..............", Vendor::watchdata},          // "WD6"
    AtrPattern{"3B6D000057443641018693............", Vendor::watchdata},
    AtrPattern{"3B6A0000813F017511010281010A", Vendor::huada},
    AtrPattern{"3B058073F701C0", Vendor::mingwah},
};

}  // namespace

bool fits_atr_pattern(ByteView atr, std::string_view pattern) noexcept {
    constexpr std::string_view digits = "0123456789ABCDEF";
    if (pattern.size() != 2 * atr.size()) return false;
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        const unsigned octet = atr[i / 2];
        const unsigned half = i % 2 == 0 ? octet >> 4U : octet & 0x0FU;
        if (pattern[i] != '.' && pattern[i] != digits[half]) return false;
    }
    return true;
}

Vendor find_atr_vendor(ByteView atr) noexcept {
    const auto found = std::find_if(atr_patterns.begin(), atr_patterns.end(),
                                    [&](const AtrPattern& row) { return fits_atr_pattern(atr, row.pattern); });
    return found == atr_patterns.end() ? Vendor::unknown : found->vendor;
}

}  // namespace scca::devices
