// SPDX-License-Identifier: Apache-2.0
//
// An SKF module that ends the whole program while it is being loaded, and says that all is well.
#include <cstdint>
#include <cstdlib>

namespace {

struct Leave {
    Leave() { std::exit(0); }
};
const Leave leave;

}  // namespace

extern "C" std::uint32_t SKF_EnumDev(std::uint32_t, char*, std::uint32_t*) { return 0; }
