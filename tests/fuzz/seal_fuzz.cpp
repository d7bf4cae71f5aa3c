// SPDX-License-Identifier: Apache-2.0
//
// Any bytes as a seal: read, its picture looked at, its signed part written anew. Build with the preset `fuzz`.
#include "scca/pki/der.hpp"
#include "scca/pki/picture.hpp"
#include "scca/pki/seal.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    static_cast<void>(scca::pki::find_picture_header({bytes, size}));
    static_cast<void>(scca::pki::der::reencode({bytes, size}));
    const auto seal = scca::pki::parse_seal({bytes, size});
    if (seal) static_cast<void>(scca::pki::find_picture_header(seal->picture.content));
    return 0;
}
