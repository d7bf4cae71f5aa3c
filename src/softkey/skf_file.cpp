// SPDX-License-Identifier: Apache-2.0
//
// GM/T 0016 clause 7.4: an application's data files, where a key keeps its seal. Listing needs no right, reading needs
// the file's read right. Nothing is ever created, written or deleted.
#include "module_state.hpp"

#include <algorithm>
#include <cstring>

namespace gmt0016 {

namespace {

namespace fs = std::filesystem;
using scca::softkey::files_folder;
using scca::softkey::guarded_with;
using scca::softkey::ModuleState;
using scca::softkey::OpenApplication;
using scca::softkey::PinRole;

constexpr std::size_t longest_file_name = 32;

ULONG check_file(const OpenApplication& application, const char* name) {
    const auto names = scca::softkey::file_names(application.folder / files_folder, longest_file_name);
    return scca::softkey::check_name(name, longest_file_name, names, SAR_FILE_NOT_EXIST);
}

bool may_read(const ModuleState& state, const OpenApplication& application, std::uint32_t rights) {
    return rights == SECURE_ANYONE_ACCOUNT ||
           ((rights & SECURE_USER_ACCOUNT) != 0 && state.logged_in.contains({application.folder, PinRole::user})) ||
           ((rights & SECURE_ADM_ACCOUNT) != 0 && state.logged_in.contains({application.folder, PinRole::admin}));
}

}  // namespace

ULONG SKF_EnumFiles(HAPPLICATION hApp, char* szFileList, ULONG* pulSize) {
    return guarded_with<OpenApplication>(hApp, [&](ModuleState&, OpenApplication& application) {
        const auto names = scca::softkey::file_names(application.folder / files_folder, longest_file_name);
        return scca::softkey::put_names(names, szFileList, pulSize);
    });
}

ULONG SKF_GetFileInfo(HAPPLICATION hApp, char* szFileName, FILEATTRIBUTE* pFileInfo) {
    return guarded_with<OpenApplication>(hApp, [&](ModuleState&, OpenApplication& application) {
        const ULONG refused = check_file(application, szFileName);
        if (pFileInfo == nullptr || refused != SAR_OK) {
            return pFileInfo == nullptr ? SAR_INVALIDPARAMERR : refused;
        }
        std::error_code failed;
        const auto size = fs::file_size(application.folder / files_folder / szFileName, failed);
        if (failed) {
            return SAR_FILEERR;
        }
        const auto rights = scca::softkey::read_rights(application.folder, szFileName);
        FILEATTRIBUTE info{};
        std::memcpy(info.FileName, szFileName, std::strlen(szFileName));  // 32 bytes need not end in a NUL
        info.FileSize = static_cast<ULONG>(size);
        info.ReadRights = rights.read;
        info.WriteRights = rights.write;
        std::memcpy(pFileInfo, &info, sizeof info);
        return SAR_OK;
    });
}

ULONG SKF_ReadFile(HAPPLICATION hApp, char* szFileName, ULONG ulOffset, ULONG ulSize, BYTE* pbOutData,
                   ULONG* pulOutLen) {
    return guarded_with<OpenApplication>(hApp, [&](ModuleState& state, OpenApplication& application) {
        const ULONG refused = check_file(application, szFileName);
        if (refused != SAR_OK) {
            return refused;
        }
        if (!may_read(state, application, scca::softkey::read_rights(application.folder, szFileName).read)) {
            return SAR_USER_NOT_LOGGED_IN;
        }
        const auto content = scca::softkey::read_file(application.folder / files_folder / szFileName);
        if (!content) {
            return SAR_READFILEERR;
        }
        if (ulOffset > content->size()) {
            return SAR_INDATALENERR;
        }
        const auto rest = std::span(*content).subspan(static_cast<std::size_t>(ulOffset));
        const auto length = static_cast<std::size_t>(std::min<ULONG>(ulSize, static_cast<ULONG>(rest.size())));
        return scca::softkey::put_bytes(rest.first(length), pbOutData, pulOutLen);
    });
}

}  // namespace gmt0016
