// SPDX-License-Identifier: Apache-2.0
#include "skf_module.hpp"

#include <algorithm>

namespace scca::host {

bool SkfModule::accepted(const char* name, std::optional<std::uint32_t> code) {
    if (!code) return false;
    if (*code == sar_ok) return true;
    out_.refused(name, "SAR", *code);
    return false;
}

std::optional<Bytes> SkfModule::judge(const char* name, std::uint32_t code, const Guarded& buffer, std::size_t claimed,
                                      std::size_t written) {
    if (code != sar_ok && says_there_is_none(code)) return std::nullopt;
    if (!accepted(name, code)) return std::nullopt;
    const std::size_t room = buffer.content().size();
    if (claimed > room) {
        out_.broken(name,
                    "claims " + std::to_string(claimed) + " octets where there was room for " + std::to_string(room));
        return std::nullopt;
    }
    if (claimed == 0) return Bytes();
    if (written == 0) {
        out_.garbled(name, "said success and wrote nothing");
        return std::nullopt;
    }
    // A module that does not set the length claims all the room.
    const ByteView given = buffer.content().first(std::min(claimed, written));
    return Bytes(given.begin(), given.end());
}

std::optional<TwiceWritten> SkfModule::judge(const char* name, const Guarded& first, const Guarded& second) {
    TwiceWritten structure{Bytes(second.content().begin(), second.content().end()),
                           std::max(first.written(), second.written())};
    if (structure.written == 0) {
        out_.garbled(name, "said success and wrote nothing");
        return std::nullopt;
    }
    return structure;
}

}  // namespace scca::host
