// SPDX-License-Identifier: Apache-2.0
//
// Any bytes to explain(): no crash, no hang, and offsets that lie in the text.
#include "scca/explain/explain.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(bytes), size);
    const auto explanation = scca::explain::explain(text);
    for (const auto& match : explanation.matches) {
        if (match.at > size || match.id.index >= scca::faq::entries().size()) std::abort();
    }
    for (const auto& code : explanation.codes) {
        if (code.at > size || code.code == nullptr) std::abort();
    }
    return 0;
}
