// SPDX-License-Identifier: Apache-2.0
#include "elf_file.hpp"

#include <elf.h>
#include <algorithm>
#include <bit>
#include <cstring>
#include <optional>
#include <type_traits>

namespace scca::token {
namespace {

struct Elf32 {
    using Header = Elf32_Ehdr;
    using Segment = Elf32_Phdr;
    using Dynamic = Elf32_Dyn;
    using Symbol = Elf32_Sym;
    using BloomWord = std::uint32_t;
};
struct Elf64 {
    using Header = Elf64_Ehdr;
    using Segment = Elf64_Phdr;
    using Dynamic = Elf64_Dyn;
    using Symbol = Elf64_Sym;
    using BloomWord = std::uint64_t;
};

constexpr std::size_t max_name = 1024;

Fault damaged(std::uint64_t offset, const char* field) {
    return {FaultKind::damaged, "elf.read", {}, static_cast<std::int64_t>(offset), field};
}

template <class T>
std::optional<T> read_at(ByteView file, std::uint64_t offset) {
    static_assert(std::is_trivially_copyable_v<T>);
    if (offset > file.size() || file.size() - offset < sizeof(T)) return std::nullopt;
    T value;
    std::memcpy(&value, file.data() + offset, sizeof value);
    return value;
}

constexpr unsigned char native_encoding = std::endian::native == std::endian::little ? ELFDATA2LSB : ELFDATA2MSB;

/// Offsets in the file, already translated from addresses.
struct Tables {
    std::optional<std::uint64_t> symbols, strings, hash, gnu_hash;
    std::uint64_t strings_size = 0;
};

template <class Elf>
class ExportReader {
public:
    explicit ExportReader(ByteView file) : file_(file) {}

    Result<std::vector<std::string_view>> names() {
        if (auto fault = read_segments()) return *fault;
        if (!dynamic_) return std::vector<std::string_view>();
        if (auto fault = read_dynamic()) return *fault;
        if (!tables_.symbols || !tables_.strings) return std::vector<std::string_view>();
        return read_symbols(count_symbols());
    }

    /// False only where the hash table, which the loader asks first, has none of them.
    bool may_export(std::span<const std::string_view> names) {
        if (read_segments() || !dynamic_ || read_dynamic() || !tables_.gnu_hash) return true;
        return std::any_of(names.begin(), names.end(), [this](std::string_view name) {
            return passes_bloom(*tables_.gnu_hash, gnu_hash_of(name));
        });
    }

private:
    static std::uint32_t gnu_hash_of(std::string_view name) noexcept {
        std::uint32_t hash = 5381;
        for (const char c : name) hash = hash * 33 + static_cast<unsigned char>(c);
        return hash;
    }

    /// The table's Bloom filter: two bits in one word for each name that it has.
    bool passes_bloom(std::uint64_t table, std::uint32_t hash) const {
        constexpr std::uint32_t bits = 8 * sizeof(typename Elf::BloomWord);
        const auto words = read_at<std::uint32_t>(file_, table + 8);
        const auto shift = read_at<std::uint32_t>(file_, table + 12);
        if (!words || !std::has_single_bit(*words) || !shift || *shift >= 32) return true;
        const std::uint64_t word_at = (hash / bits) & (*words - 1);
        const auto word =
            read_at<typename Elf::BloomWord>(file_, table + 16 + word_at * sizeof(typename Elf::BloomWord));
        return !word || ((*word >> (hash % bits)) & (*word >> ((hash >> *shift) % bits)) & 1U) != 0;
    }

    std::optional<Fault> read_segments() {
        const auto header = read_at<typename Elf::Header>(file_, 0);
        if (!header) return damaged(file_.size(), "header");
        if (header->e_phnum > 0 && header->e_phentsize != sizeof(typename Elf::Segment)) {
            return damaged(0, "program header size");
        }
        for (std::uint64_t i = 0; i < header->e_phnum; ++i) {
            const std::uint64_t offset = header->e_phoff + i * sizeof(typename Elf::Segment);
            const auto segment = read_at<typename Elf::Segment>(file_, offset);
            if (!segment) return damaged(offset, "program header");
            if (segment->p_type == PT_LOAD) loaded_.push_back(*segment);
            if (segment->p_type == PT_DYNAMIC) dynamic_ = *segment;
        }
        return std::nullopt;
    }

    std::optional<Fault> read_dynamic() {
        for (std::uint64_t i = 0; i < dynamic_->p_filesz / sizeof(typename Elf::Dynamic); ++i) {
            const std::uint64_t offset = dynamic_->p_offset + i * sizeof(typename Elf::Dynamic);
            const auto entry = read_at<typename Elf::Dynamic>(file_, offset);
            if (!entry) return damaged(offset, "dynamic segment");
            switch (entry->d_tag) {
                case DT_NULL: return std::nullopt;
                case DT_SYMTAB: tables_.symbols = offset_of(entry->d_un.d_ptr); break;
                case DT_STRTAB: tables_.strings = offset_of(entry->d_un.d_ptr); break;
                case DT_HASH: tables_.hash = offset_of(entry->d_un.d_ptr); break;
                case DT_GNU_HASH: tables_.gnu_hash = offset_of(entry->d_un.d_ptr); break;
                case DT_STRSZ: tables_.strings_size = entry->d_un.d_val; break;
                default: break;
            }
        }
        return std::nullopt;
    }

    std::optional<std::uint64_t> offset_of(std::uint64_t address) const {
        for (const auto& segment : loaded_) {
            if (address >= segment.p_vaddr && address - segment.p_vaddr < segment.p_filesz) {
                return segment.p_offset + (address - segment.p_vaddr);
            }
        }
        return std::nullopt;
    }

    /// The dynamic segment does not say how many symbols there are; its hash tables do.
    std::uint64_t count_symbols() const {
        if (tables_.hash) return read_at<std::uint32_t>(file_, *tables_.hash + 4).value_or(0);
        return tables_.gnu_hash ? count_by_gnu_hash(*tables_.gnu_hash) : 0;
    }

    std::uint64_t count_by_gnu_hash(std::uint64_t table) const {
        const auto buckets = read_at<std::uint32_t>(file_, table);
        const auto first = read_at<std::uint32_t>(file_, table + 4);
        const auto blooms = read_at<std::uint32_t>(file_, table + 8);
        if (!buckets || !first || !blooms) return 0;
        const std::uint64_t bucket_table = table + 16 + std::uint64_t{*blooms} * sizeof(typename Elf::BloomWord);
        std::uint32_t last = 0;
        for (std::uint64_t i = 0; i < *buckets; ++i) {
            const auto bucket = read_at<std::uint32_t>(file_, bucket_table + 4 * i);
            if (!bucket) break;
            last = std::max(last, *bucket);
        }
        if (last < *first) return *first;
        const std::uint64_t chains = bucket_table + 4 * std::uint64_t{*buckets};
        for (std::uint64_t symbol = last;; ++symbol) {
            const auto chain = read_at<std::uint32_t>(file_, chains + 4 * (symbol - *first));
            if (!chain || (*chain & 1U) != 0) return symbol + 1;
        }
    }

    Result<std::vector<std::string_view>> read_symbols(std::uint64_t count) const {
        std::vector<std::string_view> names;
        for (std::uint64_t i = 1; i < count; ++i) {
            const std::uint64_t offset = *tables_.symbols + i * sizeof(typename Elf::Symbol);
            const auto symbol = read_at<typename Elf::Symbol>(file_, offset);
            if (!symbol) return damaged(offset, "symbol table");
            const auto binding = symbol->st_info >> 4U;
            if (symbol->st_shndx == SHN_UNDEF || (binding != STB_GLOBAL && binding != STB_WEAK)) continue;
            const auto name = name_at(symbol->st_name);
            if (!name) return damaged(offset, "symbol name");
            names.push_back(*name);
        }
        return names;
    }

    std::optional<std::string_view> name_at(std::uint64_t position) const {
        if (position >= tables_.strings_size || *tables_.strings > file_.size()) return std::nullopt;
        const std::string_view rest = as_text(file_.subspan(*tables_.strings));
        if (position >= rest.size()) return std::nullopt;
        // Cut where no name of interest is as long: a hostile file could else make every symbol as long as itself.
        const std::uint64_t room = std::min<std::uint64_t>(tables_.strings_size - position, max_name);
        const std::string_view name = rest.substr(position, room);
        return name.substr(0, name.find('\0'));
    }

    ByteView file_;
    std::vector<typename Elf::Segment> loaded_;
    std::optional<typename Elf::Segment> dynamic_;
    Tables tables_;
};

}  // namespace

Result<ElfHeader> parse_elf_header(ByteView file) {
    constexpr std::size_t type_at = EI_NIDENT;
    constexpr std::size_t machine_at = EI_NIDENT + 2;
    if (file.size() < SELFMAG || std::memcmp(file.data(), ELFMAG, SELFMAG) != 0) return damaged(0, "magic");
    if (file.size() < machine_at + 2) return damaged(file.size(), "header");
    ElfHeader header{file[EI_CLASS], file[EI_DATA], 0, 0};
    if (header.elf_class != ELFCLASS32 && header.elf_class != ELFCLASS64) return damaged(EI_CLASS, "class");
    if (header.encoding != ELFDATA2LSB && header.encoding != ELFDATA2MSB) return damaged(EI_DATA, "encoding");
    const auto half = [&](std::size_t at) {
        const std::size_t low = header.encoding == ELFDATA2LSB ? at : at + 1;
        const std::size_t high = header.encoding == ELFDATA2LSB ? at + 1 : at;
        return static_cast<std::uint16_t>(file[low] | (file[high] << 8U));
    };
    header.type = half(type_at);
    header.machine = half(machine_at);
    return header;
}

bool may_export(ByteView file, std::span<const std::string_view> names) {
    const auto header = parse_elf_header(file);
    if (!header || header->encoding != native_encoding) return true;
    return header->elf_class == ELFCLASS64 ? ExportReader<Elf64>(file).may_export(names)
                                           : ExportReader<Elf32>(file).may_export(names);
}

Result<std::vector<std::string_view>> parse_elf_exports(ByteView file) {
    const auto header = parse_elf_header(file);
    if (!header) return header.error();
    if (header->encoding != native_encoding) return std::vector<std::string_view>();
    return header->elf_class == ELFCLASS64 ? ExportReader<Elf64>(file).names() : ExportReader<Elf32>(file).names();
}

}  // namespace scca::token
