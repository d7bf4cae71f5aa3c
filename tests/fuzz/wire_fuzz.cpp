// SPDX-License-Identifier: Apache-2.0
//
// Whatever a module host says, in whatever pieces, its parent reads it within its bounds.
#include "token/wire_reader.hpp"

#include <cstddef>
#include <cstdint>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* octets, std::size_t count) {
    scca::token::ModuleSeen seen;
    scca::token::WireReader reader(seen);
    const auto text = scca::as_text({octets, count});
    reader.feed(text.substr(0, count / 2));
    reader.feed(text.substr(count / 2));
    if (!reader.done()) reader.conclude({});
    return 0;
}
