// SPDX-License-Identifier: Apache-2.0
//
// The PC/SC library, loaded into this process at run time, and the one way in which it is called: by name, with
// breadcrumbs around each call and guarded memory. Nothing of it is linked: a doctor must start where it is missing.
#pragma once

#include "breadcrumbs.hpp"
#include "guarded.hpp"

#include <winscard.h>
#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace scca::host {

class PcscLibrary {
public:
    explicit PcscLibrary(Breadcrumbs& out) : out_(out) {}

    /// False when the loader refused, which is then told. Never unloaded: the process ends instead.
    [[nodiscard]] bool load(const std::string& path);

    /// The code that came back; nothing when the library has no such function, which is told. `Function` is the
    /// header's declaration, e.g. decltype(SCardConnect); arguments are Guarded& where it takes a pointer.
    template <class Function, class... Arguments>
    std::optional<std::uint32_t> call(const char* name, Arguments&&... arguments) {
        void* const address = find(name);
        if (address == nullptr) return std::nullopt;
        out_.begin(name);
        const auto start = std::chrono::steady_clock::now();
        const LONG answer = enter(reinterpret_cast<Function*>(address), arguments...);
        const auto took = std::chrono::steady_clock::now() - start;
        const auto code = static_cast<std::uint32_t>(static_cast<unsigned long>(answer) & 0xFFFFFFFFU);
        out_.end(name, code, std::chrono::duration_cast<std::chrono::microseconds>(took));
        if (!(is_intact(arguments) && ...)) out_.broken(name, "wrote outside the memory it was given");
        return code;
    }

    /// Whether it said SCARD_S_SUCCESS; another code is told.
    bool accepted(const char* name, std::optional<std::uint32_t> code);

private:
    template <class... Parameters, class... Arguments>
    static LONG enter(LONG (*function)(Parameters...), Arguments&... arguments) {
        return function(as_argument<Parameters>(arguments)...);
    }
    template <class Parameter, class Argument>
    static Parameter as_argument(Argument& argument) {
        if constexpr (std::is_same_v<std::remove_cv_t<Argument>, Guarded>) {
            return static_cast<Parameter>(argument.address());
        } else {
            return static_cast<Parameter>(argument);
        }
    }
    static bool is_intact(const Guarded& memory) { return memory.intact(); }
    template <class Other>
    static bool is_intact(const Other&) {
        return true;
    }

    [[nodiscard]] void* find(const char* name);

    Breadcrumbs& out_;
    void* library_ = nullptr;
};

}  // namespace scca::host
