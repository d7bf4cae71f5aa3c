// SPDX-License-Identifier: Apache-2.0
//
// The order of the calls is that of GM/T 0016 section 7: device, application, container. What one call refuses does
// not stop the others.
#include "skf.hpp"

#include "skf_module.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace scca::host {
namespace {

namespace wire = token::wire;
namespace kinds = wire::kinds;
namespace fields = wire::fields;

constexpr std::size_t certificate_room = 16 * 1024;
constexpr std::size_t block = 4096;

/// GM/T 0016: bSignFlag TRUE is the signing pair, FALSE the encryption pair.
struct Role {
    Word sign_flag;
    std::string_view word;
};
constexpr std::array roles{Role{1, wire::role_words[1]}, Role{0, wire::role_words[2]}};

class SkfWalk {
public:
    SkfWalk(Breadcrumbs& out, SkfModule& module) : out_(out), module_(module) {}

    void devices() {
        for (const std::string& name : module_.names("SKF_EnumDev", wire::max_tokens, skf_present)) device(name);
    }

private:
    void device(const std::string& name);
    void tell_device(void* device, const std::string& name);
    void application(void* device, const std::string& name);
    void tell_pin(void* application);
    template <class Look>
    void each_of(const char* call, void* application, std::size_t most, std::string_view left, Look look);
    void container(void* application, const std::string& name);
    void certificate(void* container, const Role& role);
    void public_key(void* container, const Role& role);
    void file(void* application, const std::string& name);
    void tell_content(void* application, const std::string& name, std::size_t size);

    Breadcrumbs& out_;
    SkfModule& module_;
    bool abi_told_ = false;
};

void SkfWalk::device(const std::string& name) {
    out_.open(kinds::token);
    out_.set_text(fields::device, name);
    if (void* const device = module_.open("SKF_ConnectDev", name)) {
        tell_device(device, name);
        for (const std::string& child : module_.names("SKF_EnumApplication", wire::max_applications, device)) {
            application(device, child);
        }
        module_.close("SKF_DisConnectDev", device);
    }
    out_.close();
}

void SkfWalk::tell_device(void* device, const std::string& name) {
    DeviceInfo info;
    if (const auto structure = module_.fill_structure("SKF_GetDevInfo", device)) {
        info = parse_device_info(*structure);
        out_.set_text(fields::label, info.label);
        out_.set_text(fields::manufacturer, info.manufacturer);
        out_.set_text(fields::serial, info.serial);
        if (!abi_told_ && info.abi != wire::abi_words[0]) {
            out_.set_text(fields::abi, info.abi);
            abi_told_ = true;
        }
    }
    out_.set_text(fields::reference, device_reference(name, info));
    Guarded text = Guarded::text(name);
    Guarded state = module_.cell();
    if (module_.accepted("SKF_GetDevState", module_.call("SKF_GetDevState", text, state))) {
        out_.set_number(fields::state, state.number());
    }
}

void SkfWalk::application(void* device, const std::string& name) {
    out_.open(kinds::application);
    out_.set_text(fields::name, name);
    out_.set_text(fields::reference, name);
    if (void* const application = module_.open("SKF_OpenApplication", name, device)) {
        tell_pin(application);
        each_of("SKF_EnumContainer", application, wire::max_containers, fields::containers_left,
                [&](const std::string& child) { container(application, child); });
        each_of("SKF_EnumFiles", application, wire::max_files, fields::files_left,
                [&](const std::string& child) { file(application, child); });
        module_.close("SKF_CloseApplication", application);
    }
    out_.close();
}

/// Looks at as many as there is time for, and tells how many it left out.
template <class Look>
void SkfWalk::each_of(const char* call, void* application, std::size_t most, std::string_view left, Look look) {
    const std::vector<std::string> names = module_.names(call, wire::max_listed, application);
    const std::size_t count = std::min(names.size(), most);
    std::for_each_n(names.begin(), count, look);
    if (count < names.size()) out_.set_number(left, static_cast<std::uint32_t>(names.size() - count));
}

void SkfWalk::tell_pin(void* application) {
    Guarded most = module_.cell();
    Guarded left = module_.cell();
    Guarded initial = module_.cell();
    const auto code = module_.call("SKF_GetPINInfo", application, skf_user, most, left, initial);
    if (!module_.accepted("SKF_GetPINInfo", code)) return;
    out_.set_number(fields::pin_tries_max, most.number());
    out_.set_number(fields::pin_tries_left, left.number());
    out_.set_truth(fields::pin_initial, initial.number() != 0);
}

void SkfWalk::container(void* application, const std::string& name) {
    out_.open(kinds::container);
    out_.set_text(fields::name, name);
    out_.set_text(fields::reference, name);
    if (void* const container = module_.open("SKF_OpenContainer", name, application)) {
        Guarded type = module_.cell();
        if (module_.accepted("SKF_GetContainerType", module_.call("SKF_GetContainerType", container, type))) {
            out_.set_text(fields::algorithm, algorithm_of_container(type.number()));
        }
        for (const Role& role : roles) {
            if (out_.full()) break;
            certificate(container, role);
            public_key(container, role);
        }
        module_.close("SKF_CloseContainer", container);
    }
    out_.close();
}

void SkfWalk::certificate(void* container, const Role& role) {
    const auto content = module_.fill("SKF_ExportCertificate", certificate_room, container, role.sign_flag);
    if (!content || content->empty()) return;
    out_.open(kinds::certificate);
    out_.set_text(fields::role, role.word);
    out_.set(fields::content, *content);
    out_.close();
}

void SkfWalk::public_key(void* container, const Role& role) {
    const auto blob = module_.fill("SKF_ExportPublicKey", structure_room, container, role.sign_flag);
    if (!blob || blob->empty()) return;
    const auto key = parse_public_key(*blob);
    if (!key) {
        out_.garbled("SKF_ExportPublicKey", "gave " + std::to_string(blob->size()) + " octets that are no known key");
        return;
    }
    out_.open(kinds::public_key);
    out_.set_text(fields::role, role.word);
    out_.set_text(fields::algorithm, key->algorithm);
    out_.set(fields::content, key->content);
    out_.close();
}

void SkfWalk::file(void* application, const std::string& name) {
    out_.open(kinds::file);
    out_.set_text(fields::name, name);
    Guarded text = Guarded::text(name);
    if (const auto structure = module_.fill_structure("SKF_GetFileInfo", application, text)) {
        if (const auto attribute = parse_file_attribute(*structure)) {
            const bool needs_pin = attribute->read_rights != anyone_may;
            out_.set_number(fields::size, attribute->size);
            out_.set_truth(fields::needs_pin, needs_pin);
            if (!needs_pin) tell_content(application, name, attribute->size);
        } else {
            out_.garbled("SKF_GetFileInfo", "wrote less than a size and rights");
        }
    }
    out_.close();
}

void SkfWalk::tell_content(void* application, const std::string& name, std::size_t size) {
    const std::size_t wanted = std::min(size, wire::max_file_octets);
    Guarded text = Guarded::text(name);
    for (std::size_t offset = 0; offset < wanted;) {
        if (out_.full()) return out_.garbled("SKF_ReadFile", "the token holds more than is read in one look");
        const std::size_t part = std::min(block, wanted - offset);
        const auto content = module_.fill("SKF_ReadFile", part, application, text, Word{offset}, Word{part});
        if (!content) return;
        if (content->empty()) {
            return out_.garbled("SKF_ReadFile",
                                "ended after " + std::to_string(offset) + " octets of " + std::to_string(size));
        }
        out_.add(fields::content, *content);
        offset += content->size();
    }
    if (size > wanted) out_.garbled("SKF_ReadFile", "the file is larger than what is read of one");
}

}  // namespace

void look_through_skf(Breadcrumbs& out, const std::string& path, std::size_t cell_octets) {
    SkfModule module(out, cell_octets);
    if (module.load(path)) SkfWalk(out, module).devices();
}

}  // namespace scca::host
