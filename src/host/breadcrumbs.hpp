// SPDX-License-Identifier: Apache-2.0
//
// The child's voice: writes the lines of wire.hpp, each at once and unbuffered, so that what was said before a crash
// has been said. When nobody listens any more the process ends.
#pragma once

#include "scca/core/bytes.hpp"
#include "scca/token/wire.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace scca::host {

class Breadcrumbs {
public:
    /// Borrows the descriptor.
    explicit Breadcrumbs(int descriptor) : descriptor_(descriptor) {}

    void begin(std::string_view call);
    void end(std::string_view call, std::uint32_t code, std::chrono::microseconds took);

    void open(std::string_view kind);
    void set(std::string_view field, ByteView octets);
    /// Cut at wire::max_text octets.
    void set_text(std::string_view field, std::string_view text);
    void set_number(std::string_view field, std::uint32_t number);
    void set_truth(std::string_view field, bool truth);
    void add(std::string_view field, ByteView octets);
    void close();

    /// The call answered with an error code of this family.
    void refused(std::string_view call, std::string_view family, std::uint32_t code);
    /// The call said yes and gave nothing that can be used.
    void garbled(std::string_view call, std::string_view sentence);
    /// The module has no such function.
    void missing(std::string_view call, std::string_view sentence);
    /// The call did what no call may do.
    void broken(std::string_view call, std::string_view sentence);
    void unloadable(std::string_view sentence);
    void done();

    /// So much was said that the look should come to its end: the parent reads wire::max_total octets at most.
    [[nodiscard]] bool full() const noexcept { return said_ > token::wire::max_total / 2; }

private:
    void say(std::string line);

    int descriptor_;
    std::size_t said_ = 0;
};

}  // namespace scca::host
