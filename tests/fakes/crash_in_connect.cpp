// SPDX-License-Identifier: Apache-2.0
//
// An SKF module that finds a device and dies on its way to it, by a write to where nothing is.
#include <cstdint>
#include <cstring>

extern "C" {

std::uint32_t SKF_EnumDev(std::uint32_t, char* names, std::uint32_t* length) {
    std::memcpy(names, "BROKEN\0", 8);
    *length = 8;
    return 0;
}

std::uint32_t SKF_ConnectDev(char* name, void**) {
    volatile int* const nowhere = reinterpret_cast<int*>(std::strlen(name) - std::strlen("BROKEN"));
    *nowhere = 1;
    return 0;
}
}
