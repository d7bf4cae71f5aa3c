// SPDX-License-Identifier: Apache-2.0
//
// Who makes keys, and what else one meets on the same buses. A vendor is the same whether it is recognised by a USB id,
// an ATR or the name of a module. Says nothing about which CA issued a key.
#pragma once

#include <cstdint>
#include <string_view>

namespace scca::devices {

enum class Vendor : std::uint8_t {
    unknown,
    aratek,
    dingxin,
    etaxviton,
    excelsecu,
    feitian,
    fisec,
    haitai,
    hengbao,
    hsic,
    huada,
    hypersecu,
    linguo,
    longmai,
    mingwah,
    olym,
    opensc,
    senseshield,
    tianyu,
    trustkey,
    watchdata,
    wintrust,
    ztxa,
};

/// "Longmai 龙脉"; empty for the unknown.
[[nodiscard]] std::string_view name_of(Vendor vendor) noexcept;

}  // namespace scca::devices
