// SPDX-License-Identifier: Apache-2.0
#include "discovery_p11_kit.hpp"

#include "small_file.hpp"

#include <algorithm>
#include <map>
#include <system_error>

namespace scca::token {
namespace {

namespace fs = std::filesystem;

using Keys = std::map<std::string, std::string, std::less<>>;

constexpr std::size_t most_files = 256;
constexpr std::size_t most_octets = 64 * 1024;
constexpr std::size_t most_folders = 1024;
constexpr std::string_view our_name = "scca-doctor";

void read_keys(const fs::path& file, Keys& keys) {
    const std::string content = read_start(file, most_octets);
    for (std::size_t at = 0; at < content.size();) {
        const std::size_t end = std::min(content.find('\n', at), content.size());
        const std::string_view line = trimmed(std::string_view(content).substr(at, end - at));
        at = end + 1;
        const std::size_t colon = line.find(':');
        if (line.starts_with('#') || colon == std::string_view::npos) continue;
        keys[std::string(trimmed(line.substr(0, colon)))] = trimmed(line.substr(colon + 1));
    }
}

std::string value_of(const Keys& keys, std::string_view key) {
    const auto found = keys.find(key);
    return found == keys.end() ? std::string() : found->second;
}

/// Programs are separated by commas or blanks.
bool lists_us(std::string_view programs) {
    for (std::size_t at = 0; at < programs.size();) {
        const std::size_t end = std::min(programs.find_first_of(", \t", at), programs.size());
        if (programs.substr(at, end - at) == our_name) return true;
        at = end + 1;
    }
    return false;
}

bool is_for_us(const Keys& keys) {
    const std::string enabled = value_of(keys, "enable-in");
    if (value_of(keys, "trust-policy") == "yes" || !value_of(keys, "remote").empty()) return false;
    return (enabled.empty() || lists_us(enabled)) && !lists_us(value_of(keys, "disable-in"));
}

/// A bare name stands for a file in the pkcs11 folder of one of the folders for libraries.
fs::path find_module(const fs::path& root, const fs::path& name) {
    if (name.is_absolute()) return root / name.relative_path();
    std::error_code ignored;
    for (const char* libraries : {"usr/lib", "usr/lib64", "usr/local/lib"}) {
        const fs::path folder = root / libraries;
        if (fs::exists(folder / "pkcs11" / name, ignored)) return folder / "pkcs11" / name;
        for (const std::string& architecture : list_folder(folder, most_folders)) {
            const fs::path file = folder / architecture / "pkcs11" / name;
            if (fs::exists(file, ignored)) return file;
        }
    }
    return {};
}

}  // namespace

std::vector<ConfiguredModule> read_p11_kit_modules(const fs::path& root) {
    std::map<std::string, Keys> configured;
    for (const char* folder : {"usr/share/p11-kit/modules", "etc/pkcs11/modules"}) {
        for (const std::string& name : list_folder(root / folder, most_files)) {
            if (name.ends_with(".module")) read_keys(root / folder / name, configured[name]);
        }
    }
    std::vector<ConfiguredModule> modules;
    for (const auto& [name, keys] : configured) {
        const std::string module = value_of(keys, "module");
        if (module.empty()) continue;
        modules.push_back({find_module(root, module), is_for_us(keys)});
    }
    return modules;
}

}  // namespace scca::token
