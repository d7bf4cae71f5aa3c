// SPDX-License-Identifier: Apache-2.0
#include "scca/devices/vendor.hpp"

#include <array>
#include <cstddef>

namespace scca::devices {
namespace {

/// In the order of the enum.
constexpr std::array<std::string_view, 23> names{
    "",
    "Aratek 亚略特",
    "Dingxin 鼎信",
    "EtaxViton 天翼税通",
    "Excelsecu 文鼎创",
    "Feitian 飞天诚信",
    "Fisec 渔翁",
    "Haitai 海泰方圆",
    "Hengbao 恒宝",
    "HSIC 华申",
    "Huada 华大",
    "HyperSecu",
    "LinGuo 林果",
    "Longmai 龙脉",
    "Mingwah 明华",
    "Olym 奥联",
    "OpenSC",
    "Senseshield 深思",
    "TianYu 天喻",
    "TrustKey",
    "Watchdata 握奇",
    "WinTrust 赢达信",
    "ZTXA",
};
static_assert(static_cast<std::size_t>(Vendor::ztxa) + 1 == names.size());

}  // namespace

std::string_view name_of(Vendor vendor) noexcept { return names[static_cast<std::size_t>(vendor)]; }

}  // namespace scca::devices
