// SPDX-License-Identifier: Apache-2.0
//
// The FAQ compiler: the folder faq/ in, C++ files out, or complaints that name file and line. It writes nothing unless
// everything is right.
#pragma once

#include "model.hpp"

#include <filesystem>
#include <map>
#include <string>

namespace scca::faq::compiler {

/// Path below the output folder → its content.
using Files = std::map<std::string, std::string>;

/// The generated files; empty when there are complaints, which are sorted by place.
[[nodiscard]] Files compile(const std::filesystem::path& folder, Complaints& complaints);

/// Writes the files that differ from what is there, so that an unchanged header rebuilds nothing. False when the disk
/// refuses.
[[nodiscard]] bool write_changed(const std::filesystem::path& folder, const Files& files);

}  // namespace scca::faq::compiler
