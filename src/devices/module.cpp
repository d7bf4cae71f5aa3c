// SPDX-License-Identifier: Apache-2.0
#include "scca/devices/module.hpp"

#include <algorithm>
#include <array>

namespace scca::devices {
namespace {

constexpr std::array module_names{
    // GM/T 0016 (SKF)
    ModuleName{"libgm3000.1.0", Vendor::longmai, ModuleRole::key_driver},
    ModuleName{"libgm3000_scard.1.0", Vendor::longmai, ModuleRole::key_driver},
    ModuleName{"libgm3000_pcsc.1.0", Vendor::longmai, ModuleRole::key_driver},
    ModuleName{"libes_3000gm", Vendor::feitian, ModuleRole::key_driver},
    ModuleName{"libhunca_ht_h2070f63_skfapi", Vendor::haitai, ModuleRole::key_driver},
    ModuleName{"libGDBapi", Vendor::fisec, ModuleRole::key_driver},
    ModuleName{"SKF_APP", Vendor::hsic, ModuleRole::key_driver},
    // PKCS#11
    ModuleName{"libgm3000_pkcs11", Vendor::longmai, ModuleRole::key_driver},
    ModuleName{"libmtoken_pkcs11", Vendor::longmai, ModuleRole::key_driver},
    ModuleName{"libshuttle_p11v220", Vendor::feitian, ModuleRole::key_driver},
    ModuleName{"libcastle", Vendor::feitian, ModuleRole::key_driver},
    ModuleName{"libcastle_v2", Vendor::feitian, ModuleRole::key_driver},
    ModuleName{"libepsng_p11", Vendor::feitian, ModuleRole::key_driver},
    ModuleName{"libwdpkcs", Vendor::watchdata, ModuleRole::key_driver},
    ModuleName{"libwdpkcs_icp", Vendor::watchdata, ModuleRole::key_driver},
    ModuleName{"libwdpkcs_SignatureP11", Vendor::watchdata, ModuleRole::key_driver},
    ModuleName{"opensc-pkcs11", Vendor::opensc, ModuleRole::card_driver},
    ModuleName{"libopensc-pkcs11", Vendor::opensc, ModuleRole::card_driver},
    ModuleName{"libsofthsm2", Vendor::unknown, ModuleRole::software},
    ModuleName{"libtpm2_pkcs11", Vendor::unknown, ModuleRole::software},
    // These answer to C_GetFunctionList and have no key of their own: loading them finds nothing, or everything twice
    // (onepin is OpenSC once more, without the second PIN).
    ModuleName{"gnome-keyring-pkcs11", Vendor::unknown, ModuleRole::no_key},
    ModuleName{"libnssckbi", Vendor::unknown, ModuleRole::no_key},
    ModuleName{"libnssckbi-testlib", Vendor::unknown, ModuleRole::no_key},
    ModuleName{"libnsspem", Vendor::unknown, ModuleRole::no_key},
    ModuleName{"libsoftokn3", Vendor::unknown, ModuleRole::no_key},
    ModuleName{"libp11-kit", Vendor::unknown, ModuleRole::no_key},
    ModuleName{"onepin-opensc-pkcs11", Vendor::opensc, ModuleRole::no_key},
    ModuleName{"p11-kit-client", Vendor::unknown, ModuleRole::no_key},
    ModuleName{"p11-kit-proxy", Vendor::unknown, ModuleRole::no_key},
    ModuleName{"p11-kit-trust", Vendor::unknown, ModuleRole::no_key},
    ModuleName{"pkcs11-spy", Vendor::opensc, ModuleRole::no_key},
};

/// Vendors' packages first, then the places that several share.
constexpr std::array<std::string_view, 30> module_paths{
    "/opt/apps/com.longmai.gm3000user/files/lib/libgm3000.1.0.so",
    "/opt/apps/com.longmai.gm3000admin/files/lib/libgm3000.1.0.so",
    "/opt/apps/com.longmai.mpluginv4/files/lib/libgm3000.1.0.so",
    "/opt/lm-gm3000user/lib/libgm3000.1.0.so",
    "/opt/lm-gm3000admin/lib/libgm3000.1.0.so",
    "/opt/lm-gm3000/lib/libgm3000.1.0.so",
    "/opt/mpluginv4/lib/libgm3000.1.0.so",
    "/usr/lib64/libgm3000.1.0.so",
    "/usr/lib/libgm3000.1.0.so",
    "/usr/lib64/kiran-authentication-devices-sdk/ukey/skf/libes_3000gm.so",
    "/usr/lib64/kiran-authentication-devices-sdk/ukey/skf/libGDBapi.so",
    "/opt/TopSAP/libgm3000.1.0.so",
    "/opt/TopSAP/libes_3000gm.so.1.0.0",
    "/opt/apps/com.longmai.gm3000user/files/lib/libgm3000_pkcs11.so",
    "/opt/apps/com.longmai.gm3000admin/files/lib/libgm3000_pkcs11.so",
    "/opt/lm-gm3000user/lib/libgm3000_pkcs11.so",
    "/opt/lm-gm3000admin/lib/libgm3000_pkcs11.so",
    "/usr/lib64/libgm3000_pkcs11.so",
    "/usr/lib/libgm3000_pkcs11.so",
    "/usr/lib/libmtoken_pkcs11.so",
    "/opt/SecurityData_Linux/redist/x86_64/libshuttle_p11v220.so.1.0.0",
    "/usr/local/lib/libshuttle_p11v220.so",
    "/opt/ePass2003-Castle-*/x64/redist/libcastle.so.1.0.0",
    "/usr/local/ngsrv/libepsng_p11.so.1",
    "/usr/lib/watchdata/ICP/lib/libwdpkcs_icp.so",
    "/usr/lib/watchdata/lib/libwdpkcs.so",
    "/opt/watchdata/lib64/libwdpkcs.so",
    "/usr/local/lib64/libwdpkcs.so",
    "/usr/lib/WatchData/ProxKey/lib/libwdpkcs_SignatureP11.so",
    "/usr/lib/*/pkcs11/opensc-pkcs11.so",
};

}  // namespace

const ModuleName* find_module_name(std::string_view file_name) noexcept {
    const std::string_view stem = file_name.substr(0, file_name.find(".so"));
    const auto found =
        std::find_if(module_names.begin(), module_names.end(), [&](const ModuleName& row) { return row.stem == stem; });
    return found == module_names.end() ? nullptr : &*found;
}

std::span<const std::string_view> known_module_paths() noexcept { return module_paths; }

}  // namespace scca::devices
