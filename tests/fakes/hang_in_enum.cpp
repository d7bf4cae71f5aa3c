// SPDX-License-Identifier: Apache-2.0
//
// An SKF module that looks for its devices for ever.
#include <cstdint>

extern "C" std::uint32_t SKF_EnumDev(std::uint32_t, char*, std::uint32_t*) {
    volatile std::uint32_t rounds = 0;
    for (;;) rounds = rounds + 1;
}
