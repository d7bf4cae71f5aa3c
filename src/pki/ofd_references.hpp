// SPDX-License-Identifier: Apache-2.0
//
// Compares the files of a package with the digests that its signatures recorded.
#pragma once

#include "scca/pki/certificate.hpp"
#include "scca/pki/digest.hpp"
#include "scca/pki/ofd.hpp"
#include "zip_package.hpp"

#include <map>
#include <string_view>
#include <utility>

namespace scca::pki {

/// Keeps what it has digested: several signatures cover the same files.
class ReferenceComparison {
public:
    /// Both must outlive the comparison; `document_folder` is where Document.xml lies.
    ReferenceComparison(ZipPackage& package, std::string_view document_folder) noexcept
        : package_(&package), document_folder_(document_folder) {}

    /// Fills in the state of every reference, and the name of its entry.
    void compare(OfdSignature& signature);

private:
    void compare(OfdReference& reference, std::string_view from, const PublicKey* signer);

    ZipPackage* package_;
    std::string_view document_folder_;
    std::map<std::pair<std::size_t, DigestMethod>, Bytes> digests_;
};

}  // namespace scca::pki
