// SPDX-License-Identifier: Apache-2.0
#include "zip_package.hpp"

#include "scca/pki/der.hpp"
#include "scca/pki/refusal.hpp"
#include "values.hpp"

#include <zip.h>

#include <algorithm>

namespace scca::pki {
namespace {

constexpr std::uint64_t max_entries = 10'000;
constexpr std::uint64_t max_inflated = std::uint64_t{512} << 20U;
/// Documents are XML and compressed pictures; only a bomb is this much larger than its archive.
constexpr std::uint64_t max_ratio = 200;
constexpr std::uint64_t small_enough = std::uint64_t{64} << 20U;
/// Files may be digested by several signatures in several ways.
constexpr std::uint64_t read_budget = 4 * max_inflated;

constexpr std::size_t end_record_size = 22;
constexpr std::size_t longest_comment = 0xFFFF;

std::uint32_t little_endian(ByteView octets, std::size_t at) noexcept {
    std::uint32_t value = 0;
    for (std::size_t i = 4; i > 0; --i) value = value << 8U | octets[at + i - 1];
    return value;
}

bool starts_with(ByteView content, std::size_t at, std::string_view magic) noexcept {
    return content.size() - at >= magic.size() && as_text(content.subspan(at, magic.size())) == magic;
}

std::optional<std::size_t> find_end_record(ByteView content) noexcept {
    if (content.size() < end_record_size) return std::nullopt;
    const std::size_t last = content.size() - end_record_size;
    const std::size_t first = last > longest_comment ? last - longest_comment : 0;
    for (std::size_t at = last + 1; at > first; --at) {
        if (starts_with(content, at - 1, "PK\x05\x06")) return at - 1;
    }
    return std::nullopt;
}

/// Absolute, with a drive, or with a step upwards; either slash counts.
bool leads_out(std::string_view name) noexcept {
    if (name.empty() || name.front() == '/' || name.front() == '\\') return true;
    if (name.size() > 1 && name[1] == ':') return true;
    for (std::size_t at = 0; at <= name.size();) {
        const std::size_t end = std::min(name.find_first_of("/\\", at), name.size());
        if (name.substr(at, end - at) == "..") return true;
        at = end + 1;
    }
    return false;
}

/// As UTF-8 with '/' between its steps: programs of Windows write '\\', and names in GBK without saying so.
std::string name_of_entry(std::string_view raw) {
    der::Element text;
    text.tag = static_cast<std::uint8_t>(der::Tag::utf8_string);
    text.content = as_bytes(raw);
    std::string name = string_of(text).value_or(std::string(raw));
    std::replace(name.begin(), name.end(), '\\', '/');
    return name;
}

struct CloseFile {
    void operator()(zip_file_t* file) const noexcept { zip_fclose(file); }
};

}  // namespace

std::optional<std::size_t> find_zip(ByteView content) noexcept {
    if (content.size() >= 4 && starts_with(content, 0, "PK\x03\x04")) return 0;
    const auto end = find_end_record(content);
    if (!end) return std::nullopt;
    const std::uint64_t directory =
        std::uint64_t{little_endian(content, *end + 12)} + little_endian(content, *end + 16);
    if (directory > *end) return std::nullopt;
    const std::size_t start = *end - static_cast<std::size_t>(directory);
    if (start != 0 && !starts_with(content, start, "PK\x03\x04")) return std::nullopt;
    return start;
}

void ZipPackage::Discard::operator()(zip* archive) const noexcept { zip_discard(archive); }

Result<ZipPackage> ZipPackage::open(ByteView content) {
    const auto start = find_zip(content);
    if (!start) return refused("zip", Refusal::not_a_zip);
    const ByteView archive = content.subspan(*start);
    zip_error_t error;
    zip_error_init(&error);
    ZipPackage package;
    package.offset_ = *start;
    package.budget_ = read_budget;
    zip_source_t* const source = zip_source_buffer_create(archive.data(), archive.size(), 0, &error);
    if (source != nullptr) package.archive_.reset(zip_open_from_source(source, ZIP_RDONLY, &error));
    if (package.archive_ == nullptr) {
        Fault fault = der::damaged("zip", 0, zip_error_strerror(&error));
        zip_source_free(source);  // still ours; null is allowed
        zip_error_fini(&error);
        return fault;
    }
    zip_error_fini(&error);
    if (auto fault = package.list_entries(archive.size())) return *std::move(fault);
    return package;
}

std::optional<Fault> ZipPackage::list_entries(std::uint64_t archive_size) {
    const zip_int64_t count = zip_get_num_entries(archive_.get(), 0);
    if (count < 0 || static_cast<std::uint64_t>(count) > max_entries) {
        return refused("zip", Refusal::too_many_entries);
    }
    std::uint64_t inflated = 0;
    for (zip_uint64_t i = 0; i < static_cast<zip_uint64_t>(count); ++i) {
        zip_stat_t about;
        zip_stat_init(&about);
        if (zip_stat_index(archive_.get(), i, ZIP_FL_ENC_RAW, &about) != 0 || about.name == nullptr) {
            return der::damaged("zip", 0, "its directory cannot be read");
        }
        if (leads_out(about.name)) return refused(about.name, Refusal::leads_out);
        const std::string name = name_of_entry(about.name);
        if (!by_name_.emplace(name, entries_.size()).second) return refused(name, Refusal::entry_twice);
        inflated += std::min(about.size, max_inflated + 1);
        if (inflated > max_inflated || (inflated > small_enough && inflated / max_ratio > archive_size)) {
            return refused(name, Refusal::zip_bomb);
        }
        if (name.back() == '/') {
            by_name_.erase(name);
            continue;
        }
        entries_.push_back({name, about.size, about.encryption_method != ZIP_EM_NONE});
        positions_.push_back(i);
    }
    return std::nullopt;
}

std::optional<std::size_t> ZipPackage::find(std::string_view name) const {
    const auto found = by_name_.find(name);
    if (found == by_name_.end()) return std::nullopt;
    return found->second;
}

Result<Bytes> ZipPackage::read(std::size_t entry, std::uint64_t limit) {
    const Entry& about = entries_[entry];
    if (about.encrypted) return refused(about.name, Refusal::encrypted);
    if (about.size > limit) return refused(about.name, Refusal::too_long);
    if (about.size > budget_) return refused(about.name, Refusal::zip_bomb);
    budget_ -= about.size;
    const std::unique_ptr<zip_file_t, CloseFile> file(zip_fopen_index(archive_.get(), positions_[entry], 0));
    if (file == nullptr) return der::damaged(about.name, 0, zip_strerror(archive_.get()));
    Bytes content(static_cast<std::size_t>(about.size));
    std::size_t filled = 0;
    while (filled < content.size()) {
        const zip_int64_t got = zip_fread(file.get(), content.data() + filled, content.size() - filled);
        if (got <= 0)
            return der::damaged(about.name, filled, got < 0 ? zip_file_strerror(file.get()) : "shorter than stated");
        filled += static_cast<std::size_t>(got);
    }
    std::uint8_t more = 0;  // reading on to the end also compares the checksum
    const zip_int64_t got = zip_fread(file.get(), &more, 1);
    if (got < 0) return der::damaged(about.name, filled, zip_file_strerror(file.get()));
    if (got > 0) return der::damaged(about.name, filled, "longer than stated");
    return content;
}

}  // namespace scca::pki
