// SPDX-License-Identifier: Apache-2.0
//
// Whatever stands in a saved snapshot, it is refused or read; what was read is written and read again alike, is masked
// without a change of its sizes, and judged without a crash.
#include "scca/archive/archive.hpp"
#include "scca/checks/judge.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* octets, std::size_t count) {
    const auto parsed = scca::archive::parse_snapshot({octets, count});
    if (!parsed) return 0;
    const auto again = scca::archive::parse_snapshot(scca::as_bytes(scca::archive::render_snapshot(*parsed)));
    if (!again || !(*again == *parsed)) std::abort();
    scca::Redactor redactor({.user = "somebody", .host = "somewhere", .home = "/home/somebody"});
    const auto safe = scca::archive::redacted(*parsed, redactor);
    static_cast<void>(scca::checks::find_answers(*parsed));
    scca::checks::Options options;
    options.at = parsed->taken_at;
    static_cast<void>(scca::checks::judge(safe, options));
    return 0;
}
