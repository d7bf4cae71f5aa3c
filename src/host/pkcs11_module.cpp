// SPDX-License-Identifier: Apache-2.0
#include "pkcs11_module.hpp"

#include <algorithm>
#include <array>
#include <cstring>

namespace scca::host {
namespace {

constexpr std::size_t max_slots = 64;
/// Of one class, on one token; one more than is looked at.
constexpr std::size_t max_objects = 129;
/// Handles asked for at a time.
constexpr std::size_t batch = 32;
constexpr Ulong with_token = 1;  ///< CK_TRUE

}  // namespace

bool Pkcs11Module::load(const std::string& path) { return library_.load(path) && find_list(); }

bool Pkcs11Module::find_list() {
    const Pkcs11Function& function = functions::list_of_functions;
    void* const address = library_.find(function.name);
    if (address == nullptr) return false;
    Guarded list = Guarded::handle();
    if (!accepted(function, library_.call(address, function.name, list))) return false;
    list_ = static_cast<const FunctionList*>(list.pointer());
    // Of the list all is taken on trust but its address and its version: a wild one crashes in this call's name.
    if (list_ != nullptr && is_known_cryptoki({&list_->major, 1})) return true;
    out_.broken(function.name, list_ == nullptr ? "said success and gave no list" : "gave a list of another version");
    return false;
}

bool Pkcs11Module::accepted(const Pkcs11Function& function, std::optional<std::uint32_t> code) {
    if (!code) return false;
    if (*code == ckr::ok) return true;
    out_.refused(function.name, "CKR", *code);
    return false;
}

std::optional<Bytes> Pkcs11Module::attribute(Ulong session, Ulong object, const WantedAttribute& wanted) {
    const Pkcs11Function& function = functions::attribute_value;
    std::size_t room = wanted.room;
    std::size_t written = 0;
    std::uint8_t pattern = Guarded::first_fill;
    for (;;) {
        Guarded buffer(room, pattern);
        Guarded asked = query(wanted.type, buffer);
        const auto code = call(function, session, object, asked, Ulong{1});
        if (!code) return std::nullopt;
        if (!buffer.intact()) library_.tell_overrun(function.name);
        if (*code == ckr::buffer_too_small && room < wanted.most) {
            room = wanted.most;
            continue;
        }
        const Ulong claimed = word(asked, 2);
        written = std::max(written, buffer.written());
        // An octet may look untouched; in another fill it does not.
        const bool unsure = *code == ckr::ok && claimed <= room && written < claimed;
        if (!unsure || pattern == Guarded::second_fill) return judge(*code, buffer, claimed, written);
        pattern = Guarded::second_fill;
    }
}

std::optional<Bytes> Pkcs11Module::judge(std::uint32_t code, const Guarded& buffer, Ulong claimed,
                                         std::size_t written) {
    const Pkcs11Function& function = functions::attribute_value;
    if (code == ckr::attribute_type_invalid) return std::nullopt;
    if (!accepted(function, code)) return std::nullopt;
    if (claimed == 0) return Bytes();
    if (claimed == unavailable) {
        out_.garbled(function.name, "said success and that the value cannot be had");
        return std::nullopt;
    }
    const ByteView content = buffer.content();
    if (claimed > content.size()) {
        out_.broken(function.name, "claims " + std::to_string(claimed) + " octets where there was room for " +
                                       std::to_string(content.size()));
        return std::nullopt;
    }
    if (written == 0) {
        out_.garbled(function.name, "said success and wrote nothing");
        return std::nullopt;
    }
    const ByteView given = content.first(std::min<std::size_t>(claimed, written));
    return Bytes(given.begin(), given.end());
}

std::vector<Ulong> Pkcs11Module::slots() {
    const Pkcs11Function& function = functions::slot_list;
    Guarded list(max_slots * sizeof(Ulong), 0);
    Guarded count = cell(max_slots);
    if (!accepted(function, call(function, with_token, list, count))) return {};
    const Ulong claimed = word(count);
    if (claimed > max_slots) {
        out_.broken(function.name, "claims " + std::to_string(claimed) + " slots where there was room for " +
                                       std::to_string(max_slots));
        return {};
    }
    std::vector<Ulong> slots;
    for (std::size_t i = 0; i < claimed; ++i) {
        const Ulong slot = word(list, i);
        if (std::find(slots.begin(), slots.end(), slot) == slots.end()) slots.push_back(slot);
    }
    return slots;
}

std::optional<TokenInfo> Pkcs11Module::token_info(Ulong slot) {
    const Pkcs11Function& function = functions::token_info;
    Guarded structure(pkcs11_structure_octets, Guarded::first_fill);
    const auto code = call(function, slot, structure);
    // The slot was listed as one with a token, and has none: so much for slots.
    if (code == ckr::token_not_present || !accepted(function, code)) return std::nullopt;
    auto info = parse_token_info(structure.content().first(structure.written()));
    if (!info) out_.garbled(function.name, "said success and wrote less than names and flags");
    return info;
}

std::vector<Ulong> Pkcs11Module::find(Ulong session, Ulong object_class, ByteView id) {
    Guarded value = cell(object_class);
    Guarded id_value = Guarded::copy(id);
    const std::array<AttributeQuery, 2> wanted{
        AttributeQuery{attribute::object_class, value.address(), value.content().size()},
        AttributeQuery{attribute::id, id_value.address(), id.size()}};
    Guarded asked = Guarded::copy({reinterpret_cast<const std::uint8_t*>(wanted.data()), sizeof wanted});
    const Ulong count = id.empty() ? 1 : 2;
    if (!accepted(functions::find_init, call(functions::find_init, session, asked, count))) return {};
    std::vector<Ulong> found;
    while (found.size() < max_objects && take_handles(session, found)) {
    }
    accepted(functions::find_final, call(functions::find_final, session));
    if (found.size() > max_objects) found.resize(max_objects);
    return found;
}

/// Takes the next handles; false when there are no more, or none that were not had before.
bool Pkcs11Module::take_handles(Ulong session, std::vector<Ulong>& found) {
    const Pkcs11Function& function = functions::find;
    Guarded handles(batch * sizeof(Ulong), 0);
    Guarded count = cell();
    if (!accepted(function, call(function, session, handles, Ulong{batch}, count))) return false;
    const Ulong claimed = word(count);
    if (claimed > batch) {
        out_.broken(function.name,
                    "claims " + std::to_string(claimed) + " objects where there was room for " + std::to_string(batch));
        return false;
    }
    const std::size_t before = found.size();
    for (std::size_t i = 0; i < claimed; ++i) {
        const Ulong handle = word(handles, i);
        if (handle != 0 && std::find(found.begin(), found.end(), handle) == found.end()) found.push_back(handle);
    }
    if (claimed > 0 && found.size() == before) out_.garbled(function.name, "gives the same objects again and again");
    return found.size() > before;
}

Guarded Pkcs11Module::words(std::span<const Ulong> values) {
    Guarded made(values.size_bytes(), 0);
    std::memcpy(made.address(), values.data(), values.size_bytes());
    return made;
}

Guarded Pkcs11Module::query(Ulong type, Guarded& value) {
    const AttributeQuery asked{type, value.address(), value.content().size()};
    Guarded made(sizeof asked, 0);
    std::memcpy(made.address(), &asked, sizeof asked);
    return made;
}

Ulong Pkcs11Module::word(const Guarded& memory, std::size_t index) {
    Ulong value = 0;
    std::memcpy(&value, memory.content().subspan(index * sizeof value, sizeof value).data(), sizeof value);
    return value;
}

}  // namespace scca::host
