// SPDX-License-Identifier: Apache-2.0
//
// Any bytes as a SignedValue.dat, the seal inside and its time stamp. Build with the preset `fuzz`.
#include "scca/pki/seal.hpp"
#include "scca/pki/signed_value.hpp"
#include "scca/pki/time_stamp.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    const auto value = scca::pki::parse_signed_value({bytes, size});
    if (!value) return 0;
    static_cast<void>(scca::pki::parse_seal(value->seal));
    static_cast<void>(scca::pki::find_stamped_time(value->time_stamp));
    return value->seal.size() > size ? -1 : 0;
}
