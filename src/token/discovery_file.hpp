// SPDX-License-Identifier: Apache-2.0
//
// A library as the search sees it: which of the two interfaces it exports, and for which machine it is made.
#pragma once

#include "elf_file.hpp"
#include "scca/core/bytes.hpp"

#include <filesystem>
#include <optional>

namespace scca::token {

/// A file's octets for as long as this lives. Root's own files are mapped, so that only what is looked at is read;
/// others are copied, for one that shrinks while it is mapped would end this program.
class LibraryBytes {
public:
    LibraryBytes(const std::filesystem::path& path, bool is_roots_own);
    LibraryBytes(const LibraryBytes&) = delete;
    LibraryBytes& operator=(const LibraryBytes&) = delete;
    ~LibraryBytes();

    /// Empty when it is no plain file, too large or not to be read.
    [[nodiscard]] ByteView view() const noexcept { return view_; }
    /// All of it is going to be read, from the front.
    void expect_all() const;

private:
    ByteView view_;
    void* mapped_ = nullptr;
    Bytes copied_;
};

struct LibraryFacts {
    ElfHeader header;
    bool exports_skf = false, exports_pkcs11 = false;
};

/// Nothing when it is no shared object or exports neither.
[[nodiscard]] std::optional<LibraryFacts> look_at_library(ByteView file);

}  // namespace scca::token
