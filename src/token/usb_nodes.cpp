// SPDX-License-Identifier: Apache-2.0
#include "usb_nodes.hpp"

#include "small_file.hpp"

#include <grp.h>
#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>
#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>

namespace scca::token {
namespace {

constexpr std::size_t most_rule_files = 1000;
constexpr std::size_t most_rule_octets = 256 * 1024;
constexpr std::size_t most_rule_lines = 4096;

std::string name_of_user(uid_t number) {
    const passwd* entry = getpwuid(number);
    return entry == nullptr ? std::to_string(number) : entry->pw_name;
}

std::string name_of_group(gid_t number) {
    const group* entry = getgrgid(number);
    return entry == nullptr ? std::to_string(number) : entry->gr_name;
}

std::string lower(std::string_view text) {
    std::string result(text);
    std::transform(result.begin(), result.end(), result.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return result;
}

bool contains(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

bool grants(std::string_view line) {
    return contains(line, "uaccess") || contains(line, "mode=") || contains(line, "mode:=") ||
           contains(line, "group=") || contains(line, "group:=");
}

bool names_a_vendor(std::string_view line) {
    return contains(line, "idvendor") || contains(line, "id_vendor") || contains(line, "attrs{vendor}");
}

}  // namespace

NodeSeen look_at_node(const std::filesystem::path& path) {
    NodeSeen node{.path = path.string(), .refusal = 0, .mode = {}, .owner = {}, .group = {}};
    struct stat facts {};
    if (stat(path.c_str(), &facts) == 0) {
        constexpr mode_t permissions = 07777;
        node.mode = facts.st_mode & permissions;
        node.owner = name_of_user(facts.st_uid);
        node.group = name_of_group(facts.st_gid);
    }
    if (access(path.c_str(), R_OK | W_OK) != 0) node.refusal = errno;
    return node;
}

UdevRules::UdevRules(const std::vector<std::filesystem::path>& folders) {
    for (const auto& folder : folders) {
        for (const std::string& name : list_folder(folder, most_rule_files)) {
            if (name.ends_with(".rules")) keep_lines(folder / name);
        }
    }
}

void UdevRules::keep_lines(const std::filesystem::path& file) {
    const std::string content = read_start(file, most_rule_octets);
    std::string joined;  // a backslash at the end continues the line
    for (std::size_t at = 0; at < content.size() && lines_.size() < most_rule_lines;) {
        const std::size_t end = std::min(content.find('\n', at), content.size());
        const std::string_view line = trimmed(std::string_view(content).substr(at, end - at));
        at = end + 1;
        if (line.ends_with('\\')) {
            joined += lower(line.substr(0, line.size() - 1));
            continue;
        }
        joined += lower(line);
        if (!joined.starts_with('#') && names_a_vendor(joined) && grants(joined))
            lines_.push_back({file.string(), joined});
        joined.clear();
    }
}

std::string UdevRules::find_rule(std::uint16_t vendor_id, std::string_view scsi_vendor) const {
    std::array<char, 8> hex{};
    std::snprintf(hex.data(), hex.size(), "\"%04x\"", static_cast<unsigned>(vendor_id));
    const std::string scsi = scsi_vendor.empty() ? std::string() : "attrs{vendor}==\"" + lower(scsi_vendor);
    const auto found = std::find_if(lines_.begin(), lines_.end(), [&](const Line& line) {
        return contains(line.text, hex.data()) || (!scsi.empty() && contains(line.text, scsi));
    });
    return found == lines_.end() ? std::string() : found->file;
}

}  // namespace scca::token
