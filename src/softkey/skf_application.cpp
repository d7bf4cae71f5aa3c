// SPDX-License-Identifier: Apache-2.0
//
// GM/T 0016 clauses 7.2 and 7.3: applications and their PINs. A try is written down as lost before the PIN is
// compared, as a card does it: pulling the plug wins no tries. The counter is in the key's directory, so it outlives
// the process; the login does not.
#include "module_state.hpp"

#include <cstring>

namespace gmt0016 {

namespace {

using scca::softkey::applications_folder;
using scca::softkey::guarded;
using scca::softkey::guarded_with;
using scca::softkey::ModuleState;
using scca::softkey::OpenApplication;
using scca::softkey::OpenDevice;
using scca::softkey::PinRole;

constexpr std::size_t longest_application_name = 32;
constexpr std::size_t shortest_pin = 6;  // 8.2.4
constexpr std::size_t longest_pin = 16;

PinRole role_of(ULONG type) { return type == USER_TYPE ? PinRole::user : PinRole::admin; }

ULONG compare_pin(ModuleState& state, const OpenApplication& application, PinRole role, std::string_view pin,
                  ULONG& tries_left) {
    auto record = scca::softkey::read_pin(application.folder, role);
    if (!record) {
        return SAR_USER_PIN_NOT_INITIALIZED;
    }
    tries_left = record->tries_left;
    if (record->tries_left == 0) {
        return SAR_PIN_LOCKED;
    }
    if (pin.size() < shortest_pin || pin.size() > longest_pin) {
        return SAR_PIN_LEN_RANGE;
    }
    --record->tries_left;
    if (!scca::softkey::replace_pin(application.folder, role, *record)) {
        return SAR_WRITEFILEERR;
    }
    tries_left = record->tries_left;
    if (pin != record->pin) {
        return SAR_PIN_INCORRECT;
    }
    record->tries_left = record->tries_max;
    tries_left = record->tries_left;
    state.logged_in.emplace(application.folder, role);
    return scca::softkey::replace_pin(application.folder, role, *record) ? SAR_OK : SAR_WRITEFILEERR;
}

}  // namespace

ULONG SKF_EnumApplication(DEVHANDLE hDev, char* szAppName, ULONG* pulSize) {
    return guarded_with<OpenDevice>(hDev, [&](ModuleState&, OpenDevice& device) {
        const auto names = scca::softkey::folder_names(device.folder / applications_folder, longest_application_name);
        return scca::softkey::put_names(names, szAppName, pulSize);
    });
}

ULONG SKF_OpenApplication(DEVHANDLE hDev, char* szAppName, HAPPLICATION* phApp) {
    return guarded_with<OpenDevice>(hDev, [&](ModuleState& state, OpenDevice& device) {
        const auto parent = device.folder / applications_folder;
        const ULONG refused = scca::softkey::check_name(szAppName, longest_application_name,
                                                        scca::softkey::folder_names(parent, longest_application_name),
                                                        SAR_APPLICATION_NOT_EXISTS);
        if (phApp == nullptr || refused != SAR_OK) {
            return phApp == nullptr ? SAR_INVALIDPARAMERR : refused;
        }
        OpenApplication application;
        application.folder = parent / szAppName;
        application.device = device.device;
        application.parent = hDev;
        *phApp = state.handles.add(std::move(application));
        return SAR_OK;
    });
}

ULONG SKF_CloseApplication(HAPPLICATION hApp) {
    return guarded([&](ModuleState& state, auto&) {
        if (state.handles.find<OpenApplication>(hApp) == nullptr) {
            return SAR_INVALIDHANDLEERR;
        }
        state.handles.remove(hApp);  // the login stays: 7.3.6
        return SAR_OK;
    });
}

ULONG SKF_GetPINInfo(HAPPLICATION hApp, ULONG ulPINType, ULONG* pulMaxRetryCount, ULONG* pulRemainRetryCount,
                     BOOL* pbDefaultPin) {
    return guarded_with<OpenApplication>(hApp, [&](ModuleState&, OpenApplication& application) {
        if (ulPINType != USER_TYPE && ulPINType != ADMIN_TYPE) {
            return SAR_USER_TYPE_INVALID;
        }
        if (pulMaxRetryCount == nullptr || pulRemainRetryCount == nullptr || pbDefaultPin == nullptr) {
            return SAR_INVALIDPARAMERR;
        }
        const auto record = scca::softkey::read_pin(application.folder, role_of(ulPINType));
        if (!record) {
            return SAR_USER_PIN_NOT_INITIALIZED;
        }
        *pulMaxRetryCount = record->tries_max;
        *pulRemainRetryCount = record->tries_left;
        *pbDefaultPin = record->initial ? TRUE : FALSE;
        return SAR_OK;
    });
}

ULONG SKF_VerifyPIN(HAPPLICATION hApp, ULONG ulPINType, char* szPIN, ULONG* pulRetryCount) {
    return guarded_with<OpenApplication>(hApp, [&](ModuleState& state, OpenApplication& application) {
        if (ulPINType != USER_TYPE && ulPINType != ADMIN_TYPE) {
            return SAR_USER_TYPE_INVALID;
        }
        if (szPIN == nullptr || pulRetryCount == nullptr) {
            return SAR_INVALIDPARAMERR;
        }
        const std::string_view pin(szPIN, ::strnlen(szPIN, longest_pin + 1));
        return compare_pin(state, application, role_of(ulPINType), pin, *pulRetryCount);
    });
}

ULONG SKF_ClearSecureState(HAPPLICATION hApp) {
    return guarded_with<OpenApplication>(hApp, [&](ModuleState& state, OpenApplication& application) {
        state.logged_in.erase({application.folder, PinRole::user});
        state.logged_in.erase({application.folder, PinRole::admin});
        return SAR_OK;
    });
}

}  // namespace gmt0016
