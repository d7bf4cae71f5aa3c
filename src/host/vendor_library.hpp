// SPDX-License-Identifier: Apache-2.0
//
// A vendor's library in this process, and the one way in which anything in it is called: between breadcrumbs, timed,
// and with a look at the guarded memory afterwards. Looks up no symbol but the one being called; never unloads: the
// process ends instead.
#pragma once

#include "breadcrumbs.hpp"
#include "guarded.hpp"

#include <chrono>
#include <concepts>
#include <cstdint>
#include <set>
#include <string>

namespace scca::host {

/// How an integer travels as an argument: a register on 64-bit machines, right for either width of ULONG.
using Word = std::uintptr_t;

class VendorLibrary {
public:
    explicit VendorLibrary(Breadcrumbs& out) : out_(out) {}

    /// False when the loader refused, which it has then told.
    [[nodiscard]] bool load(const std::string& path);

    /// Null when the library lacks the symbol, which is told once.
    [[nodiscard]] void* find(const char* name);
    /// Tells once that there is no such function.
    void tell_missing(const char* name, const std::string& sentence);

    /// The low 32 bits of the answer. Arguments are Word, void*, std::nullptr_t and Guarded&.
    template <class... Arguments>
    std::uint32_t call(void* address, const char* name, Arguments&&... arguments) {
        using Function = Word (*)(decltype(as_argument(arguments))...);
        out_.begin(name);
        const auto start = std::chrono::steady_clock::now();
        const Word answer = reinterpret_cast<Function>(address)(as_argument(arguments)...);
        const auto took = std::chrono::steady_clock::now() - start;
        const auto code = static_cast<std::uint32_t>(answer & 0xFFFFFFFFU);
        out_.end(name, code, std::chrono::duration_cast<std::chrono::microseconds>(took));
        if (!(is_intact(arguments) && ...)) tell_overrun(name);
        return code;
    }
    void tell_overrun(const char* name) { out_.broken(name, "wrote outside the memory it was given"); }

private:
    static Word as_argument(std::integral auto value) { return static_cast<Word>(value); }
    static void* as_argument(void* memory) { return memory; }
    static void* as_argument(std::nullptr_t) { return nullptr; }
    static void* as_argument(Guarded& memory) { return memory.address(); }
    static bool is_intact(std::integral auto) { return true; }
    static bool is_intact(const void*) { return true; }
    static bool is_intact(std::nullptr_t) { return true; }
    static bool is_intact(const Guarded& memory) { return memory.intact(); }

    Breadcrumbs& out_;
    void* library_ = nullptr;
    std::set<std::string> missing_;
};

}  // namespace scca::host
