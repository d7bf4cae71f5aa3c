// SPDX-License-Identifier: Apache-2.0
#include "scca/core/large_room.hpp"

#include <sys/mman.h>

namespace scca {

LargeRoom::LargeRoom(std::size_t octets) noexcept {
    constexpr std::size_t page = 2U << 20U;  // of x86-64 and AArch64
    const std::size_t size = (octets + page - 1) / page * page;
    begin_.reset(static_cast<std::byte*>(std::aligned_alloc(page, size)));
    if (!begin_) return;
    size_ = size;
    ::madvise(begin_.get(), size, MADV_HUGEPAGE);  // advice: without it there are only more pages
}

}  // namespace scca
