// SPDX-License-Identifier: Apache-2.0
//
// A file of any size, read block by block. Pipes and standard input ("-") are read likewise.
#pragma once

#include "scca/core/result.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>

namespace scca::token {

class FileStream {
public:
    [[nodiscard]] static Result<FileStream> open(const std::string& path);
    FileStream(FileStream&& other) noexcept;
    FileStream(const FileStream&) = delete;
    FileStream& operator=(const FileStream&) = delete;
    ~FileStream();

    /// Goes on reading at this byte; not for pipes.
    [[nodiscard]] std::optional<Fault> go_to(std::uint64_t byte);
    /// The next bytes; 0 of them at the end.
    [[nodiscard]] Result<std::size_t> read(std::span<char> into);
    /// In bytes; 0 when that cannot be known.
    [[nodiscard]] std::uint64_t size() const noexcept { return size_; }

private:
    FileStream(int descriptor, std::uint64_t size) noexcept : descriptor_(descriptor), size_(size) {}

    int descriptor_;
    std::uint64_t size_;
};

}  // namespace scca::token
