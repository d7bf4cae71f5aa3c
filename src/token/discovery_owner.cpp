// SPDX-License-Identifier: Apache-2.0
#include "discovery_owner.hpp"

#include <sys/stat.h>

namespace scca::token {
namespace {

/// A sticky bit changes nothing: it keeps others from removing the file, not from putting one beside it.
bool only_root_writes(const std::filesystem::path& path) {
    struct stat facts {};
    return lstat(path.c_str(), &facts) == 0 && facts.st_uid == 0 && (facts.st_mode & (S_IWGRP | S_IWOTH)) == 0;
}

}  // namespace

std::string OwnershipCheck::find_culprit(const std::filesystem::path& file) {
    const std::string& above = culprit_of_folder(file.parent_path());
    if (!above.empty()) return above;
    return only_root_writes(file) ? std::string() : file.string();
}

const std::string& OwnershipCheck::culprit_of_folder(const std::filesystem::path& folder) {
    const auto known = folders_.find(folder);
    if (known != folders_.end()) return known->second;
    std::string culprit;
    if (folder != root_ && folder != folder.parent_path()) culprit = culprit_of_folder(folder.parent_path());
    if (culprit.empty() && !only_root_writes(folder)) culprit = folder.string();
    return folders_.emplace(folder, std::move(culprit)).first->second;
}

}  // namespace scca::token
