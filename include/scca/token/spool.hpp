// SPDX-License-Identifier: Apache-2.0
//
// What is kept to be read again, in a file that no folder shows and that is gone with this program. Standard input, or
// another stream that can be read but once, is kept in memory and never on a disk; our own results are kept on one.
#pragma once

#include "scca/core/result.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace scca::token {

class Spool {
public:
    /// Everything that comes from `path`, which is waited for. Fault: it cannot be read, or is longer than `limit`
    /// octets (EFBIG).
    [[nodiscard]] static Result<Spool> open(const std::string& path, std::uint64_t limit = 64U * 1024U * 1024U);
    /// An empty one for results, where TMPDIR leads to, in /var/tmp or in /tmp; in memory if none of them takes it.
    [[nodiscard]] static Result<Spool> make();
    Spool(Spool&& other) noexcept;
    Spool(const Spool&) = delete;
    Spool& operator=(const Spool&) = delete;
    ~Spool();

    /// Puts it behind what is there; nothing on success.
    [[nodiscard]] std::optional<Fault> append(std::string_view text);
    /// A plain file for whoever opens it, as long as this lives.
    [[nodiscard]] std::string path() const;

private:
    explicit Spool(int descriptor) noexcept : descriptor_(descriptor) {}

    int descriptor_;
};

}  // namespace scca::token
