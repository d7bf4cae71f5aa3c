// SPDX-License-Identifier: Apache-2.0
#include "scca/token/usb.hpp"

#include "scca/core/text.hpp"
#include "small_file.hpp"
#include "usb_nodes.hpp"

#include <array>
#include <charconv>
#include <cstdio>
#include <system_error>

namespace scca::token {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t most_entries = 4096;
constexpr std::size_t most_devices = 256;
constexpr std::size_t most_interfaces = 32;
constexpr std::size_t most_units = 16;
/// A string descriptor has at most 126 UTF-16 units (USB 2.0, section 9.6.7).
constexpr std::size_t most_text = 512;
constexpr std::uint8_t hub_class = 0x09;

template <class Number>
std::optional<Number> read_number(const fs::path& attribute, int base) {
    const std::string content = read_start(attribute, 16);
    const std::string_view text = trimmed(content);
    Number number{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number, base);
    if (text.empty() || error != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return number;
}

/// A cut may go through a character; valid_utf8 mends it.
std::string read_text(const fs::path& attribute) {
    const std::string content = read_start(attribute, most_text);
    return valid_utf8(trimmed(content));
}

std::vector<std::string> names_like(const fs::path& folder, std::string_view prefix) {
    std::vector<std::string> names = list_folder(folder, most_entries);
    std::erase_if(names, [&](const std::string& name) { return !name.starts_with(prefix); });
    return names;
}

/// "1:0:0:0": host, channel, target and unit of a SCSI device.
bool is_scsi_address(std::string_view name) {
    return !name.empty() && name.find_first_not_of("0123456789:") == std::string_view::npos &&
           name.find(':') != std::string_view::npos;
}

bool is_scsi_generic(std::string_view name) {
    return name.starts_with("sg") && name.size() > 2 &&
           name.find_first_not_of("0123456789", 2) == std::string_view::npos;
}

class Scan {
public:
    explicit Scan(const UsbPlaces& places)
        : places_(places), rules_(places.udev_rules), entries_(list_folder(devices_folder(), most_entries)) {}

    UsbSeen run() {
        UsbSeen seen;
        std::error_code ignored;
        seen.is_visible = fs::is_directory(places_.sysfs / "bus" / "usb", ignored);
        seen.nodes_looked_at = !places_.dev.empty();
        for (const std::string& name : entries_) {
            if (seen.devices.size() == most_devices) break;
            if (name.find(':') != std::string::npos) continue;  // an interface
            if (auto device = look_at_device(name)) seen.devices.push_back(std::move(*device));
        }
        return seen;
    }

private:
    [[nodiscard]] fs::path devices_folder() const { return places_.sysfs / "bus" / "usb" / "devices"; }

    [[nodiscard]] std::optional<UsbDeviceSeen> look_at_device(const std::string& name) const {
        const fs::path folder = devices_folder() / name;
        const auto vendor = read_number<std::uint16_t>(folder / "idVendor", 16);
        const auto product = read_number<std::uint16_t>(folder / "idProduct", 16);
        if (!vendor || !product || name.starts_with("usb")) return std::nullopt;
        if (read_number<std::uint8_t>(folder / "bDeviceClass", 16) == hub_class) return std::nullopt;
        UsbDeviceSeen device;
        device.address = name;
        device.vendor_id = *vendor;
        device.product_id = *product;
        device.manufacturer = read_text(folder / "manufacturer");
        device.product = read_text(folder / "product");
        for (const std::string& entry : entries_) {
            if (!entry.starts_with(name + ':') || device.interfaces.size() == most_interfaces) continue;
            look_at_interface(devices_folder() / entry, device);
        }
        look_at_usb_node(folder, device);
        device.udev_rule = rules_.find_rule(device.vendor_id, device.scsi_vendor);
        return device;
    }

    void look_at_interface(const fs::path& folder, UsbDeviceSeen& device) const {
        const auto interface_class = read_number<std::uint8_t>(folder / "bInterfaceClass", 16);
        if (!interface_class) return;
        std::error_code none_bound;
        const std::string driver = fs::read_symlink(folder / "driver", none_bound).filename().string();
        device.interfaces.push_back({*interface_class, driver, is_fido(folder)});
        for (const std::string& host : names_like(folder, "host")) {
            for (const std::string& target : names_like(folder / host, "target")) {
                look_at_scsi_target(folder / host / target, device);
            }
        }
    }

    /// HID usage page F1D0 (FIDO alliance), the first item of the report descriptor.
    static bool is_fido(const fs::path& folder) {
        constexpr std::string_view usage_page_fido("\x06\xd0\xf1", 3);
        for (const std::string& name : list_folder(folder, most_entries)) {
            // A HID device below the interface is named bus:vendor:product.number.
            if (name.find(':') == std::string::npos) continue;
            if (read_start(folder / name / "report_descriptor", 16).starts_with(usage_page_fido)) return true;
        }
        return false;
    }

    void look_at_scsi_target(const fs::path& folder, UsbDeviceSeen& device) const {
        for (const std::string& unit : list_folder(folder, most_entries)) {
            if (!is_scsi_address(unit) || device.scsi_units == most_units) continue;
            ++device.scsi_units;
            if (device.scsi_vendor.empty()) device.scsi_vendor = read_scsi_vendor(folder / unit / "vendor");
            for (const std::string& name : list_folder(folder / unit / "scsi_generic", most_units)) {
                if (!is_scsi_generic(name) || device.scsi_nodes.size() == most_units) continue;
                if (!places_.dev.empty()) device.scsi_nodes.push_back(look_at_node(places_.dev / name));
            }
        }
    }

    /// Eight characters, padded with blanks (SPC-4, section 6.6.2): a rule has to match the blanks, too.
    static std::string read_scsi_vendor(const fs::path& attribute) {
        const std::string content = read_start(attribute, 8);
        return valid_utf8(std::string_view(content).substr(0, content.find_first_of("\n\0", 0, 2)));
    }

    void look_at_usb_node(const fs::path& folder, UsbDeviceSeen& device) const {
        const auto bus = read_number<unsigned>(folder / "busnum", 10);
        const auto number = read_number<unsigned>(folder / "devnum", 10);
        if (!bus || !number || places_.dev.empty()) return;
        std::array<char, 32> name{};
        std::snprintf(name.data(), name.size(), "bus/usb/%03u/%03u", *bus, *number);
        device.node = look_at_node(places_.dev / name.data());
    }

    const UsbPlaces& places_;
    UdevRules rules_;
    std::vector<std::string> entries_;
};

}  // namespace

UsbPlaces places_of_sysfs(const fs::path& root) {
    std::error_code ignored;
    UsbPlaces places;
    places.sysfs = fs::is_directory(root / "sys" / "bus", ignored) ? root / "sys" : root;
    const fs::path plain = places.sysfs.lexically_normal();
    if (plain == "/sys" || plain == "/sys/") return places;
    const fs::path beside = (plain.has_filename() ? plain : plain.parent_path()).parent_path();
    places.dev = fs::is_directory(beside / "dev", ignored) ? beside / "dev" : fs::path();
    places.udev_rules = {beside / "etc" / "udev" / "rules.d"};
    return places;
}

UsbSeen look_at_usb(const UsbPlaces& places) { return Scan(places).run(); }

}  // namespace scca::token
