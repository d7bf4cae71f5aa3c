// SPDX-License-Identifier: Apache-2.0
//
// A PKCS#11 module, loaded into this process, and the one way in which it is called: through its function list, with
// guarded memory, and with breadcrumbs around each call. Never asks for a size with a NULL buffer: that doubles the
// calls, and modules are known that answer it wrong.
#pragma once

#include "pkcs11_abi.hpp"
#include "vendor_library.hpp"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace scca::host {

/// An attribute to read: its first buffer has `room` octets; when the module wants more, it gets `most`.
struct WantedAttribute {
    Ulong type;
    std::size_t room;
    std::size_t most;
};

/// Where a module writes a structure: CK_INFO has 88 octets, CK_TOKEN_INFO 208.
inline constexpr std::size_t pkcs11_structure_octets = 1024;

class Pkcs11Module {
public:
    explicit Pkcs11Module(Breadcrumbs& out) : out_(out), library_(out) {}

    /// False when the loader refused or no function list came, which is then told.
    [[nodiscard]] bool load(const std::string& path);

    /// The code that came back; nothing when the list lacks the function, which is told once.
    /// Arguments are Ulong, void*, std::nullptr_t and Guarded&.
    template <class... Arguments>
    std::optional<std::uint32_t> call(const Pkcs11Function& function, Arguments&&... arguments) {
        void* const address = list_->functions[function.place];
        if (address == nullptr) {
            library_.tell_missing(function.name, "not in the function list");
            return std::nullopt;
        }
        return library_.call(address, function.name, arguments...);
    }

    /// Whether the call came back with CKR_OK; another code is told.
    bool accepted(const Pkcs11Function& function, std::optional<std::uint32_t> code);

    /// Slots that claim to hold a token, each once.
    [[nodiscard]] std::vector<Ulong> slots();
    /// Nothing when the slot holds no token after all, or when the module refused, which is told.
    [[nodiscard]] std::optional<TokenInfo> token_info(Ulong slot);
    /// The objects of this class, with this CKA_ID unless it is empty; at most 129: that there are more shows.
    [[nodiscard]] std::vector<Ulong> find(Ulong session, Ulong object_class, ByteView id = {});

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
    [[nodiscard]] bool find_list();
    [[nodiscard]] bool take_handles(Ulong session, std::vector<Ulong>& found);
    std::optional<Bytes> judge(std::uint32_t code, const Guarded& buffer, Ulong claimed, std::size_t written);

    Breadcrumbs& out_;
    VendorLibrary library_;
    const FunctionList* list_ = nullptr;  ///< the module's own memory
};

}  // namespace scca::host
