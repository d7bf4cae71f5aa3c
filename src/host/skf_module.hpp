// SPDX-License-Identifier: Apache-2.0
//
// A vendor's SKF module, loaded into this process, and the one way in which it is called whatever its ABI: every ULONG
// argument goes as a machine word, every ULONG* points to a zeroed cell, of the answer only the low 32 bits count, and
// all memory that it gets is guarded. Each call leaves breadcrumbs. Looks up no symbol but the one being called.
#pragma once

#include "breadcrumbs.hpp"
#include "guarded.hpp"
#include "skf_abi.hpp"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <optional>
#include <set>
#include <string>

namespace scca::host {

/// How a ULONG or BOOL travels as an argument: a register on 64-bit machines, right for either width of ULONG.
using Word = std::uintptr_t;

class SkfModule {
public:
    /// `cell_octets` is 8 for real use: a ULONG* of either width fits. Tests show what 4 does.
    SkfModule(Breadcrumbs& out, std::size_t cell_octets) : out_(out), cell_octets_(cell_octets) {}

    /// False when the loader refused, which it has then told. Never unloaded: the process ends instead.
    [[nodiscard]] bool load(const std::string& path);

    /// The code that came back; nothing when the module lacks the function, which is told once.
    /// Arguments are Word, void* and Guarded&.
    template <class... Arguments>
    std::optional<std::uint32_t> call(const char* name, Arguments&&... arguments) {
        void* const address = find(name);
        if (address == nullptr) return std::nullopt;
        using Function = Word (*)(decltype(as_argument(arguments))...);
        out_.begin(name);
        const auto start = std::chrono::steady_clock::now();
        const Word answer = reinterpret_cast<Function>(address)(as_argument(arguments)...);
        const auto took = std::chrono::steady_clock::now() - start;
        const auto code = static_cast<std::uint32_t>(answer & 0xFFFFFFFFU);
        out_.end(name, code, std::chrono::duration_cast<std::chrono::microseconds>(took));
        if (!(is_intact(arguments) && ...)) out_.broken(name, "wrote outside the memory it was given");
        return code;
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

private:
    static constexpr std::size_t most_room = 1024 * 1024;

    static Word as_argument(Word value) { return value; }
    static void* as_argument(void* handle) { return handle; }
    static void* as_argument(Guarded& memory) { return memory.address(); }
    static bool is_intact(Word) { return true; }
    static bool is_intact(const void*) { return true; }
    static bool is_intact(const Guarded& memory) { return memory.intact(); }

    void* find(const char* name);
    std::optional<Bytes> judge(const char* name, std::uint32_t code, const Guarded& buffer, std::size_t claimed,
                               std::size_t written);
    std::optional<TwiceWritten> judge(const char* name, const Guarded& first, const Guarded& second);

    Breadcrumbs& out_;
    std::size_t cell_octets_;
    void* library_ = nullptr;
    std::set<std::string> missing_;
};

}  // namespace scca::host
