// SPDX-License-Identifier: Apache-2.0
#include "ofd_paths.hpp"

#include <algorithm>
#include <vector>

namespace scca::pki {
namespace {

/// Without ".", "..", empty steps and backslashes; nothing when it leads out of the package.
std::optional<std::string> normal(std::string path) {
    std::replace(path.begin(), path.end(), '\\', '/');
    std::vector<std::string_view> steps;
    const std::string_view whole = path;
    for (std::size_t at = 0; at <= whole.size();) {
        const std::size_t end = std::min(whole.find('/', at), whole.size());
        const std::string_view step = whole.substr(at, end - at);
        at = end + 1;
        if (step.empty() || step == ".") continue;
        if (step != "..") {
            steps.push_back(step);
        } else if (steps.empty()) {
            return std::nullopt;
        } else {
            steps.pop_back();
        }
    }
    std::string name;
    for (const std::string_view step : steps) name.append(name.empty() ? "" : "/").append(step);
    return name;
}

}  // namespace

FoundPath find_path(const ZipPackage& package, std::string_view path, std::string_view from,
                    std::string_view document_folder) {
    FoundPath found{std::string(path), std::nullopt};
    const bool absolute = path.starts_with('/') || path.starts_with('\\');
    std::vector<std::string_view> folders{""};
    if (!absolute) folders = {folder_of(from), document_folder, ""};
    bool named = false;
    for (const std::string_view folder : folders) {
        auto name = normal(std::string(folder).append(path));
        if (!name) continue;
        if (const auto entry = package.find(*name)) return {*std::move(name), entry};
        if (!named) found.name = *std::move(name);
        named = true;
    }
    return found;
}

std::string_view folder_of(std::string_view name) noexcept {
    const std::size_t slash = name.find_last_of('/');
    return slash == std::string_view::npos ? std::string_view() : name.substr(0, slash + 1);
}

}  // namespace scca::pki
