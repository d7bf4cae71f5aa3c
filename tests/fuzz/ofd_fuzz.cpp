// SPDX-License-Identifier: Apache-2.0
//
// Any bytes as an OFD package, and as a bare Signature.xml, which mutations of a compressed one would never reach.
// Build with the preset `fuzz`.
#include "scca/pki/ofd.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    const scca::ByteView content{bytes, size};
    static_cast<void>(scca::pki::parse_ofd_signature(content));
    const auto document = scca::pki::parse_ofd(content);
    return document && document->offset > size ? -1 : 0;
}
