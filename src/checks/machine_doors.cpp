// SPDX-License-Identifier: Apache-2.0
#include "machine_doors.hpp"

#include "pcsc_door.hpp"

#include "scca/devices/usb.hpp"
#include "scca/faq/table.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>

namespace scca::checks {
namespace {

constexpr std::uint8_t hid_class = 0x03;
constexpr std::uint8_t storage_class = 0x08;
constexpr std::uint8_t ccid_class = 0x0b;
constexpr std::uint8_t vendor_class = 0xff;

bool has_class(const token::UsbDeviceSeen& device, std::uint8_t wanted) {
    return std::any_of(device.interfaces.begin(), device.interfaces.end(),
                       [&](const token::UsbInterfaceSeen& one) { return one.interface_class == wanted; });
}

bool is_fido(const token::UsbDeviceSeen& device) {
    return std::any_of(device.interfaces.begin(), device.interfaces.end(),
                       [](const token::UsbInterfaceSeen& one) { return one.is_fido; });
}

/// The device's own word counts; the table's only where no interface could be read.
bool presents_ccid(const token::UsbDeviceSeen& device, const devices::UsbProduct* known) {
    if (!device.interfaces.empty()) return has_class(device, ccid_class);
    return known != nullptr && known->seen_as.ccid && !known->seen_as.hid && !known->seen_as.storage;
}

bool presents_a_channel(const token::UsbDeviceSeen& device) {
    return device.interfaces.empty() || has_class(device, hid_class) || has_class(device, storage_class) ||
           has_class(device, vendor_class);
}

bool is_broken(const token::ModuleSeen& module) {
    return !module.file_faults.empty() || module.load_fault || module.answer_fault;
}

std::string_view file_name_of(std::string_view path) { return path.substr(path.rfind('/') + 1); }

}  // namespace

UsbMeaning meaning_of(const token::UsbDeviceSeen& device) {
    const devices::UsbProduct* product = devices::find_usb_product(device.vendor_id, device.product_id);
    const devices::UsbVendor* vendor = devices::find_usb_vendor(device.vendor_id);
    const bool ccid = presents_ccid(device, product);
    if (product == nullptr && is_fido(device)) return UsbMeaning::nothing;
    if (product == nullptr && vendor == nullptr) return ccid ? UsbMeaning::reader : UsbMeaning::nothing;
    switch (product != nullptr ? product->kind : vendor->kind) {
        case devices::UsbKind::reader: return ccid ? UsbMeaning::reader : UsbMeaning::nothing;
        case devices::UsbKind::certificate_key: break;
        default: return UsbMeaning::nothing;
    }
    if (product != nullptr && product->borrowed) return UsbMeaning::doubtful;
    if (ccid) return UsbMeaning::pcsc_key;
    return presents_a_channel(device) ? UsbMeaning::module_key : UsbMeaning::nothing;
}

devices::Vendor vendor_of(const token::UsbDeviceSeen& device) {
    if (const auto* product = devices::find_usb_product(device.vendor_id, device.product_id)) return product->vendor;
    const auto* vendor = devices::find_usb_vendor(device.vendor_id);
    return vendor == nullptr ? devices::Vendor::unknown : vendor->vendor;
}

std::string text_of(const token::UsbDeviceSeen& device) {
    std::array<char, 16> id{};
    std::snprintf(id.data(), id.size(), "%04x:%04x", static_cast<unsigned>(device.vendor_id),
                  static_cast<unsigned>(device.product_id));
    const auto* product = devices::find_usb_product(device.vendor_id, device.product_id);
    std::string text = id.data();
    const std::string_view vendor = name_of(vendor_of(device));
    for (const std::string_view word : {vendor.empty() ? std::string_view(device.manufacturer) : vendor,
                                        product == nullptr ? std::string_view(device.product) : product->name}) {
        if (!word.empty()) text.append(1, ' ').append(word);
    }
    return text;
}

namespace {

void look_at_pcsc_door(const token::Snapshot& snapshot, Doors& doors) {
    doors.pcsc_asked = snapshot.pcsc.has_value();
    if (!snapshot.pcsc) return;
    const ServiceState service = service_state(*snapshot.pcsc);
    const bool has_fault = snapshot.pcsc->library && is_broken(*snapshot.pcsc->library);
    doors.module_broken = doors.module_broken || has_fault || service == ServiceState::hung;
    for (const token::ReaderSeen& reader : readers_of(snapshot)) {
        const CardState card = card_state(reader);
        doors.lists_reader = doors.lists_reader || card != CardState::ghost;
        if (card == CardState::answers && service == ServiceState::answers) doors.cards.push_back(&reader);
    }
}

}  // namespace

Doors doors_of(const token::Snapshot& snapshot) {
    Doors doors;
    for (const token::ModuleSeen& module : snapshot.modules) {
        doors.reached_token = doors.reached_token || !module.tokens.empty();
        doors.module_broken = doors.module_broken || is_broken(module);
    }
    look_at_pcsc_door(snapshot, doors);
    doors.usb_looked_at = snapshot.usb.has_value();
    if (!snapshot.usb) return doors;
    doors.usb_visible = snapshot.usb->is_visible;
    for (const token::UsbDeviceSeen& device : snapshot.usb->devices) {
        switch (meaning_of(device)) {
            case UsbMeaning::module_key: doors.module_keys.push_back(&device); break;
            case UsbMeaning::pcsc_key: doors.pcsc_keys.push_back(&device); break;
            case UsbMeaning::reader: doors.readers.push_back(&device); break;
            case UsbMeaning::doubtful: doors.doubtful.push_back(&device); break;
            case UsbMeaning::nothing: break;
        }
    }
    return doors;
}

Stages find_stages(const token::Snapshot& snapshot) {
    Stages stages;
    const Doors doors = doors_of(snapshot);
    stages.inserted = doors.sees_key() || !doors.readers.empty() || !doors.doubtful.empty();
    stages.recognised = doors.reached_token;
    for (const token::ModuleSeen& module : snapshot.modules) {
        for (const token::TokenSeen& token : module.tokens) {
            for (const token::ApplicationSeen& application : token.applications) {
                stages.read = stages.read || !application.containers.empty() || !application.files.empty();
                for (const token::ContainerSeen& container : application.containers) {
                    stages.certificate = stages.certificate || !container.certificates.empty();
                }
            }
        }
    }
    return stages;
}

bool could_drive(std::string_view path, const token::UsbDeviceSeen& device) {
    const devices::ModuleName* name = devices::find_module_name(file_name_of(path));
    if (name == nullptr) return true;
    switch (name->role) {
        case devices::ModuleRole::card_driver: return meaning_of(device) == UsbMeaning::pcsc_key;
        case devices::ModuleRole::key_driver: break;
        default: return false;
    }
    const devices::Vendor vendor = vendor_of(device);
    return vendor == devices::Vendor::unknown || name->vendor == vendor;
}

bool has_broken_module(const token::Snapshot& snapshot, const token::UsbDeviceSeen& device) {
    return std::any_of(snapshot.modules.begin(), snapshot.modules.end(), [&](const token::ModuleSeen& module) {
        return (is_broken(module) || find_refusal(module) != nullptr) && could_drive(module.path, device);
    });
}

const Fault* find_refusal(const token::ModuleSeen& module) {
    if (!module.tokens.empty() || module.tokens_elsewhere > 0) return nullptr;
    const auto refused = std::find_if(module.refusals.begin(), module.refusals.end(),
                                      [](const Fault& fault) { return fault.kind == FaultKind::code; });
    return refused == module.refusals.end() ? nullptr : &*refused;
}

bool refuses_its_key(const Doors& doors, const token::ModuleSeen& module) {
    return doors.expects_module() && find_refusal(module) != nullptr &&
           std::any_of(doors.module_keys.begin(), doors.module_keys.end(), [&](const token::UsbDeviceSeen* key) {
               return !find_obstacle(*key).stands() && could_drive(module.path, *key);
           });
}

faq::Id problem_of_refusal(const Fault& fault) {
    const faq::Code* const code = fault.kind == FaultKind::code ? faq::find_code(fault.family, fault.number) : nullptr;
    const bool is_gone = code != nullptr && code->has_entry && code->entry == faq::id::key_removed;
    return is_gone ? faq::id::key_removed : faq::id::key_unresponsive;
}

Obstacle find_obstacle(const token::UsbDeviceSeen& device) {
    const auto bars = [](const token::NodeSeen& node) { return node.refusal != 0; };
    const auto obstacle_of = [&](const token::NodeSeen& node) {
        // The kernel has the device, and nobody made a node here: no permission would help.
        if (node.refusal == ENOENT) return Obstacle{"node-missing", &node};
        return Obstacle{device.udev_rule.empty() ? "no-permission" : "rule-not-applied", &node};
    };
    const bool by_usbfs = !has_class(device, storage_class) || has_class(device, hid_class);
    if (by_usbfs) return device.node && bars(*device.node) ? obstacle_of(*device.node) : Obstacle{};
    const auto barred = std::find_if(device.scsi_nodes.begin(), device.scsi_nodes.end(), bars);
    if (barred != device.scsi_nodes.end()) return obstacle_of(*barred);
    return {device.scsi_units > 0 && device.scsi_nodes.empty() ? "sg-missing" : "", nullptr};
}

bool lacks_storage_driver(const token::UsbDeviceSeen& device) {
    return std::any_of(device.interfaces.begin(), device.interfaces.end(), [](const token::UsbInterfaceSeen& one) {
        return one.interface_class == storage_class && one.driver.empty();
    });
}

std::string udev_rule_for(const token::UsbDeviceSeen& device) {
    std::array<char, 8> vendor{};
    std::snprintf(vendor.data(), vendor.size(), "%04x", static_cast<unsigned>(device.vendor_id));
    // uaccess gives the node to whoever sits at the machine; a mode of 0666 would give it to every program on it.
    const bool by_usbfs = !has_class(device, storage_class) || has_class(device, hid_class);
    const std::string node = by_usbfs ? R"(SUBSYSTEM=="usb", ENV{DEVTYPE}=="usb_device", ATTR{idVendor}==")"
                                      : R"(SUBSYSTEM=="scsi_generic", ATTRS{idVendor}==")";
    return node + vendor.data() + R"(", TAG+="uaccess")";
}

}  // namespace scca::checks
