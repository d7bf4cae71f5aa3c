// SPDX-License-Identifier: Apache-2.0
//
// GM/T 0016 clause 7.1: the devices. A device is plugged in while its folder has a device.conf; a missing or unset
// $SCCA_SOFTKEY_DIR is an empty list, as with a computer that has no key in it.
#include "module_state.hpp"

#include <algorithm>
#include <chrono>
#include <cstring>

namespace gmt0016 {

namespace {

namespace fs = std::filesystem;
using scca::softkey::device_names;
using scca::softkey::guarded;
using scca::softkey::guarded_with;
using scca::softkey::ModuleState;
using scca::softkey::OpenDevice;
using Lock = std::unique_lock<std::mutex>;

constexpr std::size_t longest_device_name = 128;
constexpr ULONG wait_for_ever = 0xFFFFFFFF;

fs::path folder_of(const char* device) {
    return scca::softkey::find_key_folder().value_or(fs::path()) / scca::softkey::devices_folder / device;
}

/// Copies `text` into a NUL-terminated field, cut at its end.
template <std::size_t Size>
void put_text(const std::string& text, char (&field)[Size]) {
    std::memcpy(field, text.data(), std::min(text.size(), Size - 1));
}

std::uint64_t bytes_below(const fs::path& folder) {
    std::uint64_t sum = 0;
    std::error_code failed;
    for (fs::recursive_directory_iterator entry(folder, failed), end; !failed && entry != end;
         entry.increment(failed)) {
        std::error_code no_file;
        const auto size = entry->file_size(no_file);
        sum += no_file ? 0 : size;
    }
    return sum;
}

DEVINFO look_at(const fs::path& folder) {
    constexpr std::uint64_t total = 256 * 1024;
    const auto settings = scca::softkey::read_settings(folder / scca::softkey::device_file);
    const auto text = [&](std::string_view name) {
        return settings ? scca::softkey::text_of(*settings, name, "") : std::string();
    };
    DEVINFO info{};
    info.Version = {1, 0};
    put_text(text("manufacturer"), info.Manufacturer);
    put_text(text("issuer"), info.Issuer);
    put_text(text("label"), info.Label);
    put_text(text("serial"), info.SerialNumber);
    info.HWVersion = {1, 0};
    info.FirmwareVersion = {1, 0};
    info.AlgAsymCap = SGD_RSA | SGD_SM2_1;
    info.AlgHashCap = SGD_SM3 | SGD_SHA1 | SGD_SHA256;
    info.DevAuthAlgId = SGD_SM4_ECB;
    info.TotalSpace = static_cast<ULONG>(total);
    info.FreeSpace = static_cast<ULONG>(total - std::min(total, bytes_below(folder)));
    info.MaxECCBufferSize = 32;
    info.MaxBufferSize = 4096;
    return info;
}

/// The first name that is in one list and not in the other; empty when there is none.
std::string first_missing(const std::vector<std::string>& names, const std::vector<std::string>& others) {
    const auto missing = std::find_if(names.begin(), names.end(), [&](const std::string& name) {
        return std::find(others.begin(), others.end(), name) == others.end();
    });
    return missing == names.end() ? std::string() : *missing;
}

}  // namespace

ULONG SKF_EnumDev(BOOL, char* szNameList, ULONG* pulSize) {
    return guarded([&](ModuleState&, Lock&) { return scca::softkey::put_names(device_names(), szNameList, pulSize); });
}

ULONG SKF_ConnectDev(char* szName, DEVHANDLE* phDev) {
    return guarded([&](ModuleState& state, Lock&) {
        const ULONG refused =
            scca::softkey::check_name(szName, longest_device_name, device_names(), SAR_INVALIDPARAMERR);
        if (phDev == nullptr || refused != SAR_OK) {
            return phDev == nullptr ? SAR_INVALIDPARAMERR : refused;
        }
        OpenDevice device;
        device.folder = folder_of(szName);
        device.device = device.folder;
        *phDev = state.handles.add(std::move(device));
        return SAR_OK;
    });
}

ULONG SKF_DisConnectDev(DEVHANDLE hDev) {
    return guarded([&](ModuleState& state, Lock&) {
        if (state.handles.find<OpenDevice>(hDev) == nullptr) {
            return SAR_INVALIDHANDLEERR;
        }
        std::erase_if(state.locks, [&](const auto& held) { return held.second == hDev; });
        state.changed.notify_all();
        state.handles.remove(hDev);
        return SAR_OK;
    });
}

ULONG SKF_GetDevState(char* szDevName, ULONG* pulDevState) {
    return guarded([&](ModuleState&, Lock&) {
        if (szDevName == nullptr || pulDevState == nullptr) {
            return SAR_INVALIDPARAMERR;
        }
        const bool present =
            scca::softkey::check_name(szDevName, longest_device_name, device_names(), SAR_FAIL) == SAR_OK;
        *pulDevState = present ? DEV_PRESENT_STATE : DEV_ABSENT_STATE;
        return SAR_OK;
    });
}

ULONG SKF_GetDevInfo(DEVHANDLE hDev, DEVINFO* pDevInfo) {
    return guarded_with<OpenDevice>(hDev, [&](ModuleState&, OpenDevice& device) {
        if (pDevInfo == nullptr) {
            return SAR_INVALIDPARAMERR;
        }
        const DEVINFO info = look_at(device.folder);
        std::memcpy(pDevInfo, &info, sizeof info);  // the caller's buffer need not be aligned
        return SAR_OK;
    });
}

ULONG SKF_LockDev(DEVHANDLE hDev, ULONG ulTimeOut) {
    return guarded([&](ModuleState& state, Lock& lock) {
        const auto* const device = state.handles.find<OpenDevice>(hDev);
        if (device == nullptr) {
            return SAR_INVALIDHANDLEERR;
        }
        const auto folder = device->folder;
        const auto mine_or_free = [&] {
            const auto held = state.locks.find(folder);
            return held == state.locks.end() || held->second == hDev;
        };
        if (ulTimeOut == wait_for_ever) {
            state.changed.wait(lock, mine_or_free);
        } else if (!state.changed.wait_for(lock, std::chrono::milliseconds(ulTimeOut), mine_or_free)) {
            return SAR_TIMEOUTERR;
        }
        if (state.handles.find<OpenDevice>(hDev) == nullptr) {
            return SAR_INVALIDHANDLEERR;  // closed by another thread meanwhile
        }
        state.locks.insert_or_assign(folder, hDev);
        return SAR_OK;
    });
}

ULONG SKF_UnlockDev(DEVHANDLE hDev) {
    return guarded([&](ModuleState& state, Lock&) {
        if (state.handles.find<OpenDevice>(hDev) == nullptr) {
            return SAR_INVALIDHANDLEERR;
        }
        const auto freed = std::erase_if(state.locks, [&](const auto& held) { return held.second == hDev; });
        state.changed.notify_all();
        return freed == 0 ? SAR_FAIL : SAR_OK;
    });
}

ULONG SKF_WaitForDevEvent(char* szDevName, ULONG* pulDevNameLen, ULONG* pulEvent) {
    return guarded([&](ModuleState& state, Lock& lock) {
        if (pulDevNameLen == nullptr || pulEvent == nullptr) {
            return SAR_INVALIDPARAMERR;
        }
        const auto before = device_names();
        const auto cancelled = state.cancelled_waits;
        while (state.cancelled_waits == cancelled) {
            const auto now = device_names();
            const auto inserted = first_missing(now, before);
            const auto name = inserted.empty() ? first_missing(before, now) : inserted;
            if (!name.empty()) {
                *pulEvent = inserted.empty() ? DEV_REMOVED : DEV_INSERTED;
                const auto* const text = reinterpret_cast<const std::uint8_t*>(name.c_str());
                return scca::softkey::put_bytes({text, name.size() + 1}, szDevName, pulDevNameLen);
            }
            state.changed.wait_for(lock, std::chrono::milliseconds(100));
        }
        return SAR_NOT_EVENTERR;
    });
}

ULONG SKF_CancelWaitForDevEvent() {
    return guarded([](ModuleState& state, Lock&) {
        ++state.cancelled_waits;
        state.changed.notify_all();
        return SAR_OK;
    });
}

}  // namespace gmt0016
