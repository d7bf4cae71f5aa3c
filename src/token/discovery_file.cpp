// SPDX-License-Identifier: Apache-2.0
#include "discovery_file.hpp"

#include "owned_fd.hpp"

#include <elf.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <algorithm>
#include <array>
#include <cerrno>

namespace scca::token {
namespace {

constexpr std::string_view skf_export = "SKF_EnumDev";
constexpr std::string_view pkcs11_export = "C_GetFunctionList";
constexpr off_t most_mapped = 1024L * 1024 * 1024;
/// The largest module known has a twentieth of it.
constexpr off_t most_copied = 64L * 1024 * 1024;

Bytes copy_of(int file, std::size_t size) {
    Bytes content(size);
    std::size_t got = 0;
    while (got < content.size()) {
        const ssize_t count = read(file, content.data() + got, content.size() - got);
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) break;
        got += static_cast<std::size_t>(count);
    }
    content.resize(got);
    return content;
}

}  // namespace

LibraryBytes::LibraryBytes(const std::filesystem::path& path, bool is_roots_own) {
    const OwnedFd file(open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
    struct stat facts {};
    if (!file.is_open() || fstat(file.number(), &facts) != 0 || !S_ISREG(facts.st_mode) || facts.st_size <= 0) return;
    if (facts.st_size > (is_roots_own ? most_mapped : most_copied)) return;
    const auto size = static_cast<std::size_t>(facts.st_size);
    if (!is_roots_own) {
        copied_ = copy_of(file.number(), size);
        view_ = copied_;
        return;
    }
    void* const address = mmap(nullptr, size, PROT_READ, MAP_PRIVATE, file.number(), 0);
    if (address == MAP_FAILED) return;
    // A few pages of each tell enough: reading ahead would bring in most of /usr/lib.
    static_cast<void>(madvise(address, size, MADV_RANDOM));
    mapped_ = address;
    view_ = {static_cast<const std::uint8_t*>(address), size};
}

void LibraryBytes::expect_all() const {
    if (mapped_ != nullptr) static_cast<void>(madvise(mapped_, view_.size(), MADV_SEQUENTIAL));
}

LibraryBytes::~LibraryBytes() {
    if (mapped_ != nullptr) munmap(mapped_, view_.size());
}

std::optional<LibraryFacts> look_at_library(ByteView file) {
    const auto header = parse_elf_header(file);
    if (!header || header->type != ET_DYN) return std::nullopt;
    // Most libraries are out of the question, and reading all their names off a disk takes long.
    constexpr std::array<std::string_view, 2> wanted{skf_export, pkcs11_export};
    if (!may_export(file, wanted)) return std::nullopt;
    const auto exports = parse_elf_exports(file);
    if (!exports) return std::nullopt;
    LibraryFacts facts{*header, false, false};
    for (const std::string_view name : *exports) {
        facts.exports_skf = facts.exports_skf || name == skf_export;
        facts.exports_pkcs11 = facts.exports_pkcs11 || name == pkcs11_export;
    }
    if (!facts.exports_skf && !facts.exports_pkcs11) return std::nullopt;
    return facts;
}

}  // namespace scca::token
