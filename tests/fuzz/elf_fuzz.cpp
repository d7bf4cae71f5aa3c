// SPDX-License-Identifier: Apache-2.0
//
// Whatever a file calls itself, reading its exports stays within it.
#include "token/elf_file.hpp"

#include <cstddef>
#include <cstdint>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* octets, std::size_t count) {
    const auto exports = scca::token::parse_elf_exports({octets, count});
    return exports && exports->size() > count ? -1 : 0;
}
