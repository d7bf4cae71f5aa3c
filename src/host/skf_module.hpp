// SPDX-License-Identifier: Apache-2.0
//
// A vendor's SKF module, loaded into this process, and the one way in which it is called whatever its ABI: every ULONG
// argument goes as a machine word, every ULONG* points to a zeroed cell, of the answer only the low 32 bits count, and
// all memory that it gets is guarded. Each call leaves breadcrumbs. Looks up no symbol but the one being called.
#pragma once

#include "skf_abi.hpp"
#include "vendor_library.hpp"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>

namespace scca::host {

inline constexpr Word skf_user = 1;     ///< USER_TYPE
inline constexpr Word skf_present = 1;  ///< TRUE: devices that are there

class SkfModule {
public:
    /// `cell_octets` is 8 for real use: a ULONG* of either width fits. Tests show what 4 does.
    SkfModule(Breadcrumbs& out, std::size_t cell_octets) : out_(out), cell_octets_(cell_octets), library_(out) {}

    /// False when the loader refused, which it has then told.
    [[nodiscard]] bool load(const std::string& path) { return library_.load(path); }

    /// The code that came back; nothing when the module lacks the function, which is told once.
    /// Arguments are Word, void* and Guarded&.
    template <class... Arguments>
    std::optional<std::uint32_t> call(const char* name, Arguments&&... arguments) {
        void* const address = library_.find(name);
        if (address == nullptr) return std::nullopt;
        return library_.call(address, name, arguments...);
    }

    /// Calls `name(before…, buffer, &length)`. The octets that it gave; nothing when it lacks the function or
    /// refused or gave nothing, which is told unless it said that there is none. A second call, into another fill,
    /// tells an octet that looks untouched from one that is.
    template <class... Before>
    std::optional<Bytes> fill(const char* name, std::size_t room, Before&&... before) {
        std::size_t written = 0;
        std::uint8_t pattern = Guarded::first_fill;
        for (bool again = false;; again = true) {
            Guarded buffer(room, pattern);
            Guarded length = cell(static_cast<std::uint32_t>(room));
            const auto code = call(name, before..., buffer, length);
            if (!code) return std::nullopt;
            if (*code == sar_buffer_too_small && !again && length.number() > room && length.number() <= most_room) {
                room = length.number();
                continue;
            }
            written = std::max(written, buffer.written());
            const bool unsure = *code == sar_ok && length.number() <= room && written < length.number();
            if (!unsure || pattern == Guarded::second_fill) return judge(name, *code, buffer, length.number(), written);
            pattern = Guarded::second_fill;
        }
    }

    /// Calls `name(before…, structure)` into two fills; nothing when it could not or wrote nothing, which is told.
    template <class Before, class... More>
    std::optional<TwiceWritten> fill_structure(const char* name, Before&& before, More&&... more) {
        Guarded first(structure_room, Guarded::first_fill);
        if (!accepted(name, call(name, before, more..., first))) return std::nullopt;
        Guarded second(structure_room, Guarded::second_fill);
        if (!accepted(name, call(name, before, more..., second))) return std::nullopt;
        return judge(name, first, second);
    }

    /// Whether the call came back with SAR_OK; another code is told.
    bool accepted(const char* name, std::optional<std::uint32_t> code);

    [[nodiscard]] Guarded cell(std::uint32_t value = 0) const { return Guarded::cell(cell_octets_, value); }

    /// The handle that `call(of…, name, &handle)` gave; null when there is none, which is told.
    template <class... Of>
    void* open(const char* call_name, const std::string& name, Of... of) {
        Guarded text = Guarded::text(name);
        Guarded handle = Guarded::handle();
        if (!accepted(call_name, call(call_name, of..., text, handle))) return nullptr;
        if (handle.pointer() == nullptr) out_.garbled(call_name, "said success and gave no handle");
        return handle.pointer();
    }
    /// What an Enum call lists.
    template <class Of>
    std::vector<std::string> names(const char* call_name, std::size_t most, Of of) {
        if (out_.full()) return {};
        const auto list = fill(call_name, list_room, of);
        return list ? parse_names(*list, most) : std::vector<std::string>();
    }

    void close(const char* call_name, void* handle) { accepted(call_name, call(call_name, handle)); }

private:
    static constexpr std::size_t most_room = 1024 * 1024;
    static constexpr std::size_t list_room = 64 * 1024;

    std::optional<Bytes> judge(const char* name, std::uint32_t code, const Guarded& buffer, std::size_t claimed,
                               std::size_t written);
    std::optional<TwiceWritten> judge(const char* name, const Guarded& first, const Guarded& second);

    Breadcrumbs& out_;
    std::size_t cell_octets_;
    VendorLibrary library_;
};

}  // namespace scca::host
