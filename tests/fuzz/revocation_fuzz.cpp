// SPDX-License-Identifier: Apache-2.0
//
// Any bytes as a revocation list and as an OCSP answer. Build with the preset `fuzz`.
#include "scca/pki/revocation.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    for (const auto& found : scca::pki::find_crls({bytes, size})) {
        if (const auto crl = scca::pki::parse_crl(found.der)) static_cast<void>(crl->find("1234567890"));
    }
    scca::Bytes content(bytes, bytes + size);
    scca::pki::take_off_armour(content);
    if (scca::pki::find_crls(content).size() != scca::pki::find_crls({bytes, size}).size()) return -1;
    const auto answer = scca::pki::parse_ocsp_answer({bytes, size});
    return answer && answer->der.size() > size ? -1 : 0;
}
