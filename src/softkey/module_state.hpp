// SPDX-License-Identifier: Apache-2.0
//
// What the SKF module remembers between calls: open handles, who is logged in, who holds the device lock. A handle is a
// number that is looked up and never a pointer that is followed, so a wrong, closed or invented one is refused. The C
// interface has no context argument; this state is therefore the module's one object of static life.
#pragma once

#include "gmt0016.h"
#include "key_folder.hpp"

#include <condition_variable>
#include <map>
#include <mutex>
#include <new>
#include <set>
#include <span>
#include <utility>
#include <variant>

namespace scca::softkey {

/// Every open object knows the folder it stands for, its device's folder and the handle it was opened from.
struct OpenObject {
    std::filesystem::path folder;
    std::filesystem::path device;
    gmt0016::HANDLE parent = nullptr;
};
struct OpenDevice : OpenObject {};
struct OpenApplication : OpenObject {};
struct OpenContainer : OpenObject {};
struct OpenDigest : OpenObject {
    DigestPtr context;
};

class HandleTable {
public:
    template <class Object>
    [[nodiscard]] gmt0016::HANDLE add(Object object) {
        // NOLINTNEXTLINE(performance-no-int-to-ptr): the number is never followed
        auto* const handle = reinterpret_cast<gmt0016::HANDLE>(++last_);
        objects_.insert_or_assign(handle, std::move(object));
        return handle;
    }

    /// Null when `handle` is not open or is of another kind. Valid until the next add or remove.
    template <class Object>
    [[nodiscard]] Object* find(gmt0016::HANDLE handle) {
        const auto found = objects_.find(handle);
        return found == objects_.end() ? nullptr : std::get_if<Object>(&found->second);
    }

    /// Closes the object and all that was opened from it.
    void remove(gmt0016::HANDLE handle);

private:
    std::map<gmt0016::HANDLE, std::variant<OpenDevice, OpenApplication, OpenContainer, OpenDigest>> objects_;
    std::uintptr_t last_ = 0;
};

struct ModuleState {
    std::mutex guard;                 // held during every call
    std::condition_variable changed;  // an unlocked device, a cancelled wait
    HandleTable handles;
    std::set<std::pair<std::filesystem::path, PinRole>> logged_in;  // by application folder
    std::map<std::filesystem::path, gmt0016::HANDLE> locks;         // device folder → the handle that locked it
    std::uint64_t cancelled_waits = 0;
};

[[nodiscard]] ModuleState& module_state();

/// Runs one call of the interface under the lock; no exception leaves it.
template <class Call>
[[nodiscard]] gmt0016::ULONG guarded(Call call) noexcept {
    try {
        auto& state = module_state();
        std::unique_lock lock(state.guard);
        return call(state, lock);
    } catch (const std::bad_alloc&) {
        return gmt0016::SAR_MEMORYERR;
    } catch (...) {
        return gmt0016::SAR_UNKNOWNERR;
    }
}

/// As guarded, with the open object behind `handle`; refuses a wrong handle and one whose device has gone.
template <class Object, class Call>
[[nodiscard]] gmt0016::ULONG guarded_with(gmt0016::HANDLE handle, Call call) noexcept {
    return guarded([&](ModuleState& state, std::unique_lock<std::mutex>&) {
        Object* const object = state.handles.find<Object>(handle);
        if (object == nullptr) {
            return gmt0016::SAR_INVALIDHANDLEERR;
        }
        std::error_code failed;
        if (!std::filesystem::exists(object->device / device_file, failed)) {
            return gmt0016::SAR_DEVICE_REMOVED;
        }
        return call(state, *object);
    });
}

/// The size rule of all variable outputs: without a buffer only the size is told; a buffer that is too small stays
/// untouched and the needed size is told.
[[nodiscard]] gmt0016::ULONG put_bytes(std::span<const std::uint8_t> bytes, void* buffer, gmt0016::ULONG* size);

/// A list of names: each ends in a NUL, the list in one more; an empty list is that one NUL.
[[nodiscard]] gmt0016::ULONG put_names(const std::vector<std::string>& names, char* buffer, gmt0016::ULONG* size);

/// Whether `name` is one of `names`; SAR_NAMELENERR when it is longer than `longest`, SAR_INVALIDPARAMERR when it is
/// null or empty, `absent` when it is none of them.
[[nodiscard]] gmt0016::ULONG check_name(const char* name, std::size_t longest, const std::vector<std::string>& names,
                                        gmt0016::ULONG absent);

}  // namespace scca::softkey
