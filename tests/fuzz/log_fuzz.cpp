// SPDX-License-Identifier: Apache-2.0
//
// Any bytes as a log, in blocks of any size: no crash, and nothing is counted in a line that there is not.
#include "scca/explain/log.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(bytes), size);
    static scca::explain::LogScanner scanner;  // making one takes longer than the rest
    scanner.begin_file();
    std::size_t block = size == 0 ? 1 : 1 + bytes[0];
    for (std::size_t at = 0; at < size;) {
        const std::string_view next = text.substr(at, block);
        const std::size_t used = scanner.scan(next, at + next.size() == size);
        if (used > next.size()) std::abort();
        if (used == 0) block *= 2;
        at += used;
    }
    const auto lines = static_cast<std::uint64_t>(std::count(text.begin(), text.end(), '\n')) + 1;
    static std::size_t files = 0;
    for (const auto& error : scanner.findings().errors) {
        if (error.last.file == files && error.last.line > lines) std::abort();
    }
    ++files;
    return 0;
}
