// SPDX-License-Identifier: Apache-2.0
//
// A folder of the test's own that stands for a machine: its sysfs, its nodes, its libraries. Gone with its owner.
#pragma once

#include <sys/stat.h>
#include <unistd.h>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>
#include <string_view>

namespace fake {

class Tree {
public:
    Tree() {
        std::string name = (std::filesystem::temp_directory_path() / "scca-tree-XXXXXX").string();
        if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("mkdtemp");
        root_ = std::filesystem::canonical(name);
        chmod(root_.c_str(), 0755);  // another user is to walk through it
    }
    Tree(const Tree&) = delete;
    Tree& operator=(const Tree&) = delete;
    ~Tree() {
        std::error_code ignored;
        std::filesystem::remove_all(root_, ignored);
    }

    [[nodiscard]] const std::filesystem::path& root() const { return root_; }

    std::filesystem::path file(const std::filesystem::path& name, std::string_view content, mode_t mode = 0644) const {
        const auto path = root_ / name;
        std::filesystem::create_directories(path.parent_path());
        std::ofstream(path, std::ios::binary) << content;
        chmod(path.c_str(), mode);
        return path;
    }
    std::filesystem::path folder(const std::filesystem::path& name) const {
        std::filesystem::create_directories(root_ / name);
        return root_ / name;
    }
    void link(const std::filesystem::path& name, const std::filesystem::path& target) const {
        std::filesystem::create_directories((root_ / name).parent_path());
        std::filesystem::create_symlink(target, root_ / name);
    }

private:
    std::filesystem::path root_;
};

/// One USB device in a tree's sys/ as the kernel shows it, with links from bus/usb/devices, and its nodes in dev/.
class UsbDevice {
public:
    UsbDevice(const Tree& tree, std::string address, std::string_view vendor, std::string_view product, int number = 4)
        : tree_(tree), address_(std::move(address)) {
        attribute("idVendor", vendor);
        attribute("idProduct", product);
        attribute("busnum", "1");
        attribute("devnum", std::to_string(number));
        enter(address_, folder());
        node_ = tree_.file("dev/bus/usb/001/00" + std::to_string(number), "");
    }

    void attribute(const std::string& name, std::string_view value) const {
        tree_.file(folder() / name, std::string(value) + '\n');
    }
    /// Returns the interface's folder below the tree's root.
    std::filesystem::path interface(std::string_view interface_class, const std::string& driver = {}) {
        const std::string name = address_ + ":1." + std::to_string(interfaces_++);
        tree_.file(folder() / name / "bInterfaceClass", std::string(interface_class) + '\n');
        if (!driver.empty()) tree_.link(folder() / name / "driver", "../../../bus/usb/drivers/" + driver);
        enter(name, folder() / name);
        return folder() / name;
    }
    /// A logical unit below a storage interface; without a name the sg driver has not seen it.
    void scsi_unit(const std::filesystem::path& interface, std::string_view vendor, const std::string& sg) const {
        const auto unit = interface / "host6" / "target6:0:0" / "6:0:0:0";
        tree_.file(unit / "vendor", vendor);
        if (sg.empty()) return;
        tree_.folder(unit / "scsi_generic" / sg);
        tree_.file(std::filesystem::path("dev") / sg, "");
    }
    void node_mode(mode_t mode) const { chmod(node_.c_str(), mode); }

private:
    [[nodiscard]] std::filesystem::path folder() const { return std::filesystem::path("sys/devices/usb1") / address_; }
    void enter(const std::string& name, const std::filesystem::path& target) const {
        tree_.link(std::filesystem::path("sys/bus/usb/devices") / name, tree_.root() / target);
    }

    const Tree& tree_;
    std::string address_;
    std::filesystem::path node_;
    int interfaces_ = 0;
};

/// While it lives, a test that runs as root asks access(2) as nobody, to whom permissions apply. Others stay who they
/// are.
class AsNobody {
public:
    AsNobody() : was_root_(getuid() == 0) {
        if (was_root_ && setreuid(65534, kept) != 0) throw std::runtime_error("setreuid");
    }
    AsNobody(const AsNobody&) = delete;
    AsNobody& operator=(const AsNobody&) = delete;
    ~AsNobody() {
        if (was_root_ && setreuid(0, kept) != 0) std::abort();
    }

private:
    static constexpr uid_t kept = static_cast<uid_t>(-1);
    bool was_root_;
};

}  // namespace fake
