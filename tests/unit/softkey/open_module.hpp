// SPDX-License-Identifier: Apache-2.0
//
// The module under test, opened with dlopen as a host opens it, and $SCCA_SOFTKEY_DIR while a key is plugged in.
// OpenKey walks to a key's only application and container.
#pragma once

#include "gmt0016.h"
#include "test_key.hpp"

#include <dlfcn.h>
#include <algorithm>
#include <array>
#include <catch2/catch.hpp>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>
#include <vector>

namespace softkey_test {

class Module {
public:
    Module() : library_(dlopen(SOFTKEY_MODULE, RTLD_NOW | RTLD_LOCAL)) { REQUIRE(library_ != nullptr); }

    template <class Function>
    [[nodiscard]] Function* function(const char* name) const {
        auto* const found = reinterpret_cast<Function*>(dlsym(library_.get(), name));
        INFO(name);
        REQUIRE(found != nullptr);
        return found;
    }

private:
    struct Close {
        void operator()(void* library) const { dlclose(library); }
    };
    std::unique_ptr<void, Close> library_;
};

class PluggedIn {
public:
    explicit PluggedIn(const std::filesystem::path& folder) { setenv("SCCA_SOFTKEY_DIR", folder.c_str(), 1); }
    ~PluggedIn() { unsetenv("SCCA_SOFTKEY_DIR"); }
    PluggedIn(const PluggedIn&) = delete;
    PluggedIn& operator=(const PluggedIn&) = delete;
};

/// Bytes for a callee with a pattern behind them that must survive.
class GuardedBuffer {
public:
    explicit GuardedBuffer(std::size_t size, std::uint8_t fill = 0xCC) : size_(size), bytes_(size + 64, fill) {
        std::fill(bytes_.begin() + static_cast<std::ptrdiff_t>(size), bytes_.end(), std::uint8_t{0xA5});
    }
    template <class As = std::uint8_t>
    [[nodiscard]] As* as() {
        return reinterpret_cast<As*>(bytes_.data());
    }
    [[nodiscard]] bool guard_intact() const {
        return std::all_of(bytes_.begin() + static_cast<std::ptrdiff_t>(size_), bytes_.end(),
                           [](auto byte) { return byte == 0xA5; });
    }
    [[nodiscard]] bool untouched() const {
        return guard_intact() && std::all_of(bytes_.begin(), bytes_.begin() + static_cast<std::ptrdiff_t>(size_),
                                             [](auto byte) { return byte == 0xCC; });
    }

private:
    std::size_t size_;
    std::vector<std::uint8_t> bytes_;
};

[[nodiscard]] constexpr gmt0016::ULONG as_ulong(std::size_t number) { return static_cast<gmt0016::ULONG>(number); }

/// "a\0b\0\0" → {"a", "b"}; the list must end where its size says.
[[nodiscard]] inline std::vector<std::string> names_in(const std::string& list) {
    REQUIRE(!list.empty());
    REQUIRE(list.back() == '\0');
    std::vector<std::string> names;
    for (std::size_t at = 0; at + 1 < list.size();) {
        names.emplace_back(list.c_str() + at);
        at += names.back().size() + 1;
    }
    return names;
}

/// Asks for a list with a call of (buffer, size).
template <class Call>
[[nodiscard]] std::vector<std::string> list_from(Call call) {
    std::string buffer(4096, '\x5A');
    gmt0016::ULONG size = as_ulong(buffer.size());
    REQUIRE(call(buffer.data(), &size) == gmt0016::SAR_OK);
    REQUIRE(size <= buffer.size());
    return names_in(buffer.substr(0, size));
}

struct OpenKey {
    explicit OpenKey(const Module& from) : module(from) {
        char device_name[] = "softkey-1";
        char application_name[] = "SCCA-TRAINING";
        char container_name[] = "training-container-1";
        REQUIRE(module.function<decltype(gmt0016::SKF_ConnectDev)>("SKF_ConnectDev")(device_name, &device) ==
                gmt0016::SAR_OK);
        REQUIRE(module.function<decltype(gmt0016::SKF_OpenApplication)>("SKF_OpenApplication")(
                    device, application_name, &application) == gmt0016::SAR_OK);
        REQUIRE(module.function<decltype(gmt0016::SKF_OpenContainer)>("SKF_OpenContainer")(
                    application, container_name, &container) == gmt0016::SAR_OK);
    }
    /// SKF_VerifyPIN of the user; `left` takes the tries that the module tells.
    gmt0016::ULONG verify_pin(std::string pin, gmt0016::ULONG& left) const {
        return module.function<decltype(gmt0016::SKF_VerifyPIN)>("SKF_VerifyPIN")(application, gmt0016::USER_TYPE,
                                                                                  pin.data(), &left);
    }
    void log_in() const {
        gmt0016::ULONG left = 0;
        REQUIRE(verify_pin("135790", left) == gmt0016::SAR_OK);
    }

    const Module& module;
    gmt0016::DEVHANDLE device = nullptr;
    gmt0016::HAPPLICATION application = nullptr;
    gmt0016::HCONTAINER container = nullptr;
};

}  // namespace softkey_test
