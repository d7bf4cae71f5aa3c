// SPDX-License-Identifier: Apache-2.0
//
// The handle table and the output rules that every SKF call shares.
#include "module_state.hpp"

#include <algorithm>
#include <cstring>

namespace scca::softkey {

void HandleTable::remove(gmt0016::HANDLE handle) {
    std::vector<gmt0016::HANDLE> doomed{handle};
    while (!doomed.empty()) {
        const auto closing = doomed.back();
        doomed.pop_back();
        objects_.erase(closing);
        for (const auto& [child, object] : objects_) {
            if (std::visit([](const OpenObject& open) { return open.parent; }, object) == closing) {
                doomed.push_back(child);
            }
        }
    }
}

ModuleState& module_state() {
    static ModuleState state;
    return state;
}

gmt0016::ULONG put_bytes(std::span<const std::uint8_t> bytes, void* buffer, gmt0016::ULONG* size) {
    if (size == nullptr) {
        return gmt0016::SAR_INVALIDPARAMERR;
    }
    const auto room = std::exchange(*size, static_cast<gmt0016::ULONG>(bytes.size()));
    if (buffer == nullptr) {
        return gmt0016::SAR_OK;
    }
    if (room < bytes.size()) {
        return gmt0016::SAR_BUFFER_TOO_SMALL;
    }
    if (!bytes.empty()) {
        std::memcpy(buffer, bytes.data(), bytes.size());
    }
    return gmt0016::SAR_OK;
}

gmt0016::ULONG put_names(const std::vector<std::string>& names, char* buffer, gmt0016::ULONG* size) {
    Bytes list;
    for (const auto& name : names) {
        list.insert(list.end(), name.begin(), name.end());
        list.push_back(0);
    }
    list.push_back(0);
    return put_bytes(list, buffer, size);
}

gmt0016::ULONG check_name(const char* name, std::size_t longest, const std::vector<std::string>& names,
                          gmt0016::ULONG absent) {
    if (name == nullptr || *name == '\0') {
        return gmt0016::SAR_INVALIDPARAMERR;
    }
    if (::strnlen(name, longest + 1) > longest) {
        return gmt0016::SAR_NAMELENERR;
    }
    return std::find(names.begin(), names.end(), name) == names.end() ? absent : gmt0016::SAR_OK;
}

}  // namespace scca::softkey
