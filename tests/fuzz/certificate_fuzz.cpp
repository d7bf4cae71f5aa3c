// SPDX-License-Identifier: Apache-2.0
//
// Any bytes as a certificate, and as a file that may hold some. Build with the preset `fuzz`.
#include "scca/pki/certificate.hpp"
#include "scca/pki/container.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    for (const auto& found : scca::pki::find_certificates({bytes, size})) {
        static_cast<void>(scca::pki::parse_certificate(found.der));
    }
    const auto certificate = scca::pki::parse_certificate({bytes, size});
    return certificate && certificate->tbs().size() > size ? -1 : 0;
}
