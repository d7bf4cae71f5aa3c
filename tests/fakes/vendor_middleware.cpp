// SPDX-License-Identifier: Apache-2.0
//
// What missing_library.cpp is linked against; it stands where no loader looks.
#include <cstdint>

extern "C" std::uint32_t vendor_middleware_open() { return 0; }
