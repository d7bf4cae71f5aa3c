// SPDX-License-Identifier: Apache-2.0
//
// A PKCS#11 module, loaded into this process, and the one way in which it is called: through its function list, with
// guarded memory, and with breadcrumbs around each call. Never asks for a size with a NULL buffer: that doubles the
// calls, and modules are known that answer it wrong.
#pragma once

#include "breadcrumbs.hpp"
#include "guarded.hpp"
#include "pkcs11_abi.hpp"

#include <chrono>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>

namespace scca::host {

/// An attribute to read: its first buffer has `room` octets; when the module wants more, it gets `most`.
struct WantedAttribute {
    Ulong type;
    std::size_t room;
    std::size_t most;
};

class Pkcs11Module {
public:
    explicit Pkcs11Module(Breadcrumbs& out) : out_(out) {}

    /// False when the loader refused or no function list came, which is then told. Never unloaded: the process ends
    /// instead.
    [[nodiscard]] bool load(const std::string& path);

    /// The code that came back; nothing when the list lacks the function, which is told once.
    /// Arguments are Ulong, std::nullptr_t and Guarded&.
    template <class... Arguments>
    std::optional<std::uint32_t> call(const Pkcs11Function& function, Arguments&&... arguments) {
        void* const address = list_->functions[function.place];
        if (address == nullptr) return lacking(function);
        return call_at(address, function.name, arguments...);
    }

    /// Whether the call came back with CKR_OK; another code is told.
    bool accepted(const Pkcs11Function& function, std::optional<std::uint32_t> code);

    /// The octets of an attribute; nothing when the object has none, or when the module refused or answered what
    /// cannot be right, which is told.
    [[nodiscard]] std::optional<Bytes> attribute(Ulong session, Ulong object, const WantedAttribute& wanted);

    /// A zeroed CK_ULONG with this value in it.
    [[nodiscard]] static Guarded cell(Ulong value = 0) { return words({&value, 1}); }
    [[nodiscard]] static Guarded words(std::span<const Ulong> values);
    /// A CK_ATTRIBUTE that borrows its value.
    [[nodiscard]] static Guarded query(Ulong type, Guarded& value);
    /// The CK_ULONG at this index.
    [[nodiscard]] static Ulong word(const Guarded& memory, std::size_t index = 0);

private:
    template <class... Arguments>
    std::uint32_t call_at(void* address, const char* name, Arguments&... arguments) {
        using Called = Ulong (*)(decltype(as_argument(arguments))...);
        out_.begin(name);
        const auto start = std::chrono::steady_clock::now();
        const Ulong answer = reinterpret_cast<Called>(address)(as_argument(arguments)...);
        const auto took = std::chrono::steady_clock::now() - start;
        const auto code = static_cast<std::uint32_t>(answer & 0xFFFFFFFFU);
        out_.end(name, code, std::chrono::duration_cast<std::chrono::microseconds>(took));
        if (!(is_intact(arguments) && ...)) tell_overrun(name);
        return code;
    }

    static Ulong as_argument(Ulong value) { return value; }
    static void* as_argument(std::nullptr_t) { return nullptr; }
    static void* as_argument(Guarded& memory) { return memory.address(); }
    static bool is_intact(Ulong) { return true; }
    static bool is_intact(std::nullptr_t) { return true; }
    static bool is_intact(const Guarded& memory) { return memory.intact(); }

    std::optional<std::uint32_t> lacking(const Pkcs11Function& function);
    void tell_overrun(const char* name) { out_.broken(name, "wrote outside the memory it was given"); }
    [[nodiscard]] bool find_list();
    std::optional<Bytes> judge(std::uint32_t code, const Guarded& buffer, Ulong claimed, std::size_t written);

    Breadcrumbs& out_;
    void* library_ = nullptr;
    const FunctionList* list_ = nullptr;  ///< the module's own memory
    std::set<std::string_view> missing_;
};

}  // namespace scca::host
