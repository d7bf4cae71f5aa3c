// SPDX-License-Identifier: Apache-2.0
//
// Standard input, or another stream that can be read but once, kept so that it can be read again: in memory that no
// folder shows, never on a disk.
#pragma once

#include "scca/core/result.hpp"

#include <cstdint>
#include <string>

namespace scca::token {

class Spool {
public:
    /// Everything that comes from `path`, which is waited for. Fault: it cannot be read, or is longer than `limit`
    /// octets (EFBIG).
    [[nodiscard]] static Result<Spool> open(const std::string& path, std::uint64_t limit = 64U * 1024U * 1024U);
    Spool(Spool&& other) noexcept;
    Spool(const Spool&) = delete;
    Spool& operator=(const Spool&) = delete;
    ~Spool();

    /// A plain file for whoever opens it, as long as this lives.
    [[nodiscard]] std::string path() const;

private:
    explicit Spool(int descriptor) noexcept : descriptor_(descriptor) {}

    int descriptor_;
};

}  // namespace scca::token
