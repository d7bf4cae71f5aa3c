// SPDX-License-Identifier: Apache-2.0
//
// What an ELF file says about itself, read without loading it: for which machine it is made and what it exports (System
// V ABI, chapters 4 and 5, by way of the dynamic segment, as the loader does). The bytes are not trusted: every read is
// bounded and no loop outlives the file. Relocations, versions and sections are of no interest here.
#pragma once

#include "scca/core/bytes.hpp"
#include "scca/core/result.hpp"

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace scca::token {

struct ElfHeader {
    std::uint8_t elf_class = 0;  ///< ELFCLASS32 1, ELFCLASS64 2
    std::uint8_t encoding = 0;   ///< ELFDATA2LSB 1, ELFDATA2MSB 2
    std::uint16_t type = 0;      ///< e_type; a shared object is 3
    std::uint16_t machine = 0;   ///< e_machine

    bool operator==(const ElfHeader&) const = default;
};

/// A fault is `damaged` with the offset at which the reading stopped, in "elf.read".
[[nodiscard]] Result<ElfHeader> parse_elf_header(ByteView file);

/// Names of the symbols that the file defines for others; the views live as long as the file's bytes. Empty when it
/// has no dynamic segment, and for the encoding that is not this machine's.
[[nodiscard]] Result<std::vector<std::string_view>> parse_elf_exports(ByteView file);

/// False when the file certainly exports none of these names. Reads a few octets, where parse_elf_exports reads all the
/// names; true says nothing.
[[nodiscard]] bool may_export(ByteView file, std::span<const std::string_view> names);

}  // namespace scca::token
