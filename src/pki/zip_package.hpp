// SPDX-License-Identifier: Apache-2.0
//
// A zip archive in memory, read by libzip and extracted nowhere. Refuses an archive as a whole when it has an entry
// whose name leads out of it, two entries of one name, too many entries, or inflates beyond measure.
#pragma once

#include "scca/core/bytes.hpp"
#include "scca/core/result.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

struct zip;

namespace scca::pki {

class ZipPackage {
public:
    struct Entry {
        std::string name;
        std::uint64_t size = 0;  ///< inflated, as the archive states it
        bool encrypted = false;
    };

    /// `content` must live as long as the package.
    [[nodiscard]] static Result<ZipPackage> open(ByteView content);

    /// Those that are no folders.
    [[nodiscard]] const std::vector<Entry>& entries() const noexcept { return entries_; }
    [[nodiscard]] std::optional<std::size_t> find(std::string_view name) const;
    /// Inflates one entry. A fault when it is damaged, encrypted or not as long as stated, when it is longer than
    /// `limit`, and when more was read from this package in all than anybody needs.
    [[nodiscard]] Result<Bytes> read(std::size_t entry, std::uint64_t limit);
    /// Of the archive in the content.
    [[nodiscard]] std::size_t offset() const noexcept { return offset_; }

private:
    struct Discard {
        void operator()(zip* archive) const noexcept;
    };

    ZipPackage() = default;
    [[nodiscard]] std::optional<Fault> list_entries(std::uint64_t archive_size);

    std::unique_ptr<zip, Discard> archive_;
    std::vector<Entry> entries_;
    std::vector<std::uint64_t> positions_;  ///< of the entries, in libzip's counting
    std::map<std::string, std::size_t, std::less<>> by_name_;
    std::uint64_t budget_ = 0;
    std::size_t offset_ = 0;
};

/// Where the archive begins; nothing when there is none.
[[nodiscard]] std::optional<std::size_t> find_zip(ByteView content) noexcept;

}  // namespace scca::pki
