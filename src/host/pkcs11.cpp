// SPDX-License-Identifier: Apache-2.0
//
// The order of the calls is that of PKCS#11 v2.40 section 5: module, slots, token, session, objects. What one call
// refuses does not stop the others. A slot's own claims are not asked for: modules are known that say "present" always.
#include "pkcs11.hpp"

#include "pkcs11_module.hpp"

#include <algorithm>
#include <array>
#include <vector>

namespace scca::host {
namespace {

namespace wire = token::wire;
namespace kinds = wire::kinds;
namespace fields = wire::fields;

constexpr WantedAttribute wanted_id{attribute::id, 1024, 1024};
constexpr WantedAttribute wanted_label{attribute::label, wire::max_text, wire::max_text};
constexpr WantedAttribute wanted_application{attribute::application, wire::max_text, wire::max_text};
constexpr WantedAttribute wanted_value{attribute::value, std::size_t{16} * 1024, wire::max_file_octets};
constexpr WantedAttribute wanted_modulus{attribute::modulus, 2048, 2048};
constexpr WantedAttribute wanted_parameters{attribute::ec_parameters, 1024, 1024};
constexpr WantedAttribute wanted_point{attribute::ec_point, 1024, 1024};

/// The objects that belong to one key, by their handles.
struct Group {
    Bytes id;  ///< CKA_ID; empty when the object has none and stands alone
    std::string name;
    std::vector<Ulong> certificates, public_keys;
};

class Pkcs11Walk {
public:
    Pkcs11Walk(Breadcrumbs& out, Pkcs11Module& module) : out_(out), module_(module) {}

    void look() {
        if (!module_.accepted(functions::initialize, module_.call(functions::initialize, nullptr))) return;
        library();
        for (const Ulong slot : module_.slots()) {
            if (out_.full() || tokens_ == wire::max_tokens) break;
            token(slot);
        }
        module_.accepted(functions::finalize, module_.call(functions::finalize, nullptr));
    }

private:
    void library();
    void token(Ulong slot);
    void tell_pin(const TokenInfo& info);
    void objects(Ulong slot);
    [[nodiscard]] std::vector<Group> groups();
    [[nodiscard]] Group& group_of(std::vector<Group>& all, Ulong object);
    void container(const Group& group);
    void certificate(Ulong object);
    [[nodiscard]] std::optional<Pkcs11Key> key_of(Ulong object);
    void public_key(const Pkcs11Key& key);
    void file(Ulong object);
    [[nodiscard]] std::string text_of(Ulong object, const WantedAttribute& wanted);

    Breadcrumbs& out_;
    Pkcs11Module& module_;
    std::size_t tokens_ = 0;
    Ulong session_ = 0;
};

void Pkcs11Walk::library() {
    const Pkcs11Function& function = functions::library_info;
    Guarded info(pkcs11_structure_octets, Guarded::first_fill);
    if (!module_.accepted(function, module_.call(function, info))) return;
    if (!is_known_cryptoki(info.content())) out_.garbled(function.name, "states a version that does not exist");
}

void Pkcs11Walk::token(Ulong slot) {
    const auto info = module_.token_info(slot);
    // An empty place of a software token, or a card that nobody has personalised.
    if (!info || !info->initialized) return;
    ++tokens_;
    out_.open(kinds::token);
    out_.set_text(fields::device, "slot " + std::to_string(slot));
    out_.set_text(fields::label, info->label);
    out_.set_text(fields::manufacturer, info->manufacturer);
    out_.set_text(fields::serial, info->serial);
    out_.set_text(fields::reference, token_reference(*info));
    out_.open(kinds::application);
    tell_pin(*info);
    out_.set_truth(fields::hides_objects, info->hides_objects);
    objects(slot);
    out_.close();
    out_.close();
}

void Pkcs11Walk::tell_pin(const TokenInfo& info) {
    out_.set_truth(fields::pin_locked, info.pin_locked);
    out_.set_truth(fields::pin_few, info.pin_few);
    if (info.pin_last_try && !info.pin_locked) out_.set_number(fields::pin_tries_left, 1);
    // Section 3.2: a token that does not know the initial PIN from another leaves the flag unset, which tells nothing.
    if (info.pin_to_change) out_.set_truth(fields::pin_initial, true);
}

void Pkcs11Walk::objects(Ulong slot) {
    Guarded session = Pkcs11Module::cell();
    const auto code = module_.call(functions::open_session, slot, serial_session, nullptr, nullptr, session);
    if (!module_.accepted(functions::open_session, code)) return;
    session_ = Pkcs11Module::word(session);
    for (const Group& group : groups()) {
        if (out_.full()) break;
        container(group);
    }
    std::size_t files = 0;
    const std::vector<Ulong> data = module_.find(session_, object_class::data);
    for (const Ulong object : data) {
        if (out_.full() || files == wire::max_files) break;
        file(object);
        ++files;
    }
    if (files < data.size()) out_.set_number(fields::files_left, static_cast<std::uint32_t>(data.size() - files));
    module_.accepted(functions::close_session, module_.call(functions::close_session, session_));
}

std::vector<Group> Pkcs11Walk::groups() {
    std::vector<Group> all;
    for (const Ulong object : module_.find(session_, object_class::certificate))
        group_of(all, object).certificates.push_back(object);
    for (const Ulong object : module_.find(session_, object_class::public_key))
        group_of(all, object).public_keys.push_back(object);
    if (all.size() > wire::max_containers) {
        out_.set_number(fields::containers_left, static_cast<std::uint32_t>(all.size() - wire::max_containers));
        all.resize(wire::max_containers);
    }
    return all;
}

Group& Pkcs11Walk::group_of(std::vector<Group>& all, Ulong object) {
    Bytes id = module_.attribute(session_, object, wanted_id).value_or(Bytes());
    const auto same =
        std::find_if(all.begin(), all.end(), [&](const Group& one) { return !id.empty() && one.id == id; });
    if (same != all.end()) return *same;
    std::string name = text_of(object, wanted_label);
    if (name.empty()) name = to_hex(id);
    return all.emplace_back(Group{std::move(id), std::move(name), {}, {}});
}

std::string Pkcs11Walk::text_of(Ulong object, const WantedAttribute& wanted) {
    const auto octets = module_.attribute(session_, object, wanted);
    return octets ? std::string(as_text(*octets)) : std::string();
}

void Pkcs11Walk::container(const Group& group) {
    out_.open(kinds::container);
    out_.set_text(fields::name, group.name);
    out_.set(fields::reference, group.id);
    for (std::size_t i = 0; i < std::min(group.certificates.size(), wire::max_in_container); ++i) {
        certificate(group.certificates[i]);
    }
    std::string_view algorithm = wire::algorithm_words[0];
    for (std::size_t i = 0; i < std::min(group.public_keys.size(), wire::max_in_container); ++i) {
        if (const auto key = key_of(group.public_keys[i])) {
            public_key(*key);
            algorithm = key->algorithm;
        }
    }
    out_.set_text(fields::algorithm, algorithm);
    out_.close();
}

void Pkcs11Walk::certificate(Ulong object) {
    const auto content = module_.attribute(session_, object, wanted_value);
    if (!content || content->empty()) return;
    out_.open(kinds::certificate);
    out_.set(fields::content, *content);
    out_.close();
}

/// What the key has says what it is: for SM2 the vendors have types of their own.
std::optional<Pkcs11Key> Pkcs11Walk::key_of(Ulong object) {
    if (const auto modulus = module_.attribute(session_, object, wanted_modulus)) return parse_rsa_key(*modulus);
    const auto point = module_.attribute(session_, object, wanted_point);
    if (!point) return std::nullopt;
    return parse_ec_key(module_.attribute(session_, object, wanted_parameters).value_or(Bytes()), *point);
}

void Pkcs11Walk::public_key(const Pkcs11Key& key) {
    out_.open(kinds::public_key);
    out_.set_text(fields::algorithm, key.algorithm);
    out_.set(fields::content, key.content);
    out_.close();
}

void Pkcs11Walk::file(Ulong object) {
    std::string name = text_of(object, wanted_label);
    if (name.empty()) name = text_of(object, wanted_application);
    out_.open(kinds::file);
    out_.set_text(fields::name, name);
    if (const auto content = module_.attribute(session_, object, wanted_value)) {
        out_.set_number(fields::size, static_cast<std::uint32_t>(content->size()));
        out_.set(fields::content, *content);
    }
    out_.close();
}

}  // namespace

void look_through_pkcs11(Breadcrumbs& out, const std::string& path) {
    Pkcs11Module module(out);
    if (module.load(path)) Pkcs11Walk(out, module).look();
}

}  // namespace scca::host
