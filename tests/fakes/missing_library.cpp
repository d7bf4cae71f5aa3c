// SPDX-License-Identifier: Apache-2.0
//
// An SKF module that needs a library which the loader does not find, as one does whose middleware is not installed.
#include <cstdint>

extern "C" {
std::uint32_t vendor_middleware_open();
std::uint32_t SKF_EnumDev(std::uint32_t, char*, std::uint32_t*) { return vendor_middleware_open(); }
}
