// SPDX-License-Identifier: Apache-2.0
//
// Paths inside an OFD (GB/T 33190 7.5 ST_Loc): absolute from the package's root, or relative to the file that names
// them; in practice also relative to the document's folder or the root, with either slash.
#pragma once

#include "zip_package.hpp"

#include <string>
#include <string_view>

namespace scca::pki {

struct FoundPath {
    std::string name;                  ///< of the entry; without one, what it would be called
    std::optional<std::size_t> entry;  ///< nothing when the package has no such entry
};

/// `from` is the entry that names `path`, `document_folder` ends in '/'. A path that leads out of the package is not
/// found.
[[nodiscard]] FoundPath find_path(const ZipPackage& package, std::string_view path, std::string_view from,
                                  std::string_view document_folder);

/// "Doc_0/Signs/" of "Doc_0/Signs/Signatures.xml"; empty at the root.
[[nodiscard]] std::string_view folder_of(std::string_view name) noexcept;

}  // namespace scca::pki
