// SPDX-License-Identifier: Apache-2.0
#include "module_file.hpp"

#include "elf_file.hpp"
#include "owned_fd.hpp"

#include <elf.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <algorithm>
#include <cerrno>
#include <cstring>

namespace scca::token {
namespace {

/// No module known has a tenth of it.
constexpr std::size_t max_module_octets = 256 * 1024 * 1024;
constexpr std::size_t header_octets = 64;

Fault refused_by_system(int number) { return {FaultKind::system, "open", {}, number, std::strerror(number)}; }

/// At most `most` octets of a plain file. Anything else is refused before it is opened for good: a pipe would hang.
Result<Bytes> read_file(const std::filesystem::path& path, std::size_t most) {
    const OwnedFd file(open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
    if (!file.is_open()) return refused_by_system(errno);
    struct stat facts {};
    if (fstat(file.number(), &facts) != 0) return refused_by_system(errno);
    if (S_ISDIR(facts.st_mode)) return refused_by_system(EISDIR);
    if (!S_ISREG(facts.st_mode)) return refused_by_system(EINVAL);
    Bytes content(std::min(most, static_cast<std::size_t>(std::max<off_t>(facts.st_size, 0))));
    std::size_t got = 0;
    while (got < content.size()) {
        const ssize_t count = read(file.number(), content.data() + got, content.size() - got);
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) return refused_by_system(errno);
        if (count == 0) break;
        got += static_cast<std::size_t>(count);
    }
    content.resize(got);
    return content;
}

Fault unfit(const char* call, std::int64_t number, std::string text) {
    return {FaultKind::not_loaded, call, {}, number, std::move(text)};
}

/// EM_LOONGARCH and EM_SW_64, of which the libc's own list knows nothing everywhere.
constexpr std::uint16_t em_loongarch = 258;
constexpr std::uint16_t em_sunway = 0x9916;

/// As makers of drivers call it; empty for what nobody who bids has.
std::string_view processor_of(const ElfHeader& header) {
    if (header.encoding != ELFDATA2LSB) return {};
    switch (header.machine) {
        case EM_386: return "i386";
        case EM_X86_64: return "x86-64";
        case EM_ARM: return "ARM";
        case EM_AARCH64: return "ARM64";
        case EM_MIPS: return "MIPS";
        case EM_RISCV: return "RISC-V";
        case em_loongarch: return "LoongArch";
        case em_sunway: return "SW-64";
        default: return {};
    }
}

/// "i386 32": processor and bits; "? 64" of a processor without a name here.
std::string kind_of(const ElfHeader& header) {
    const std::string_view processor = processor_of(header);
    return std::string(processor.empty() ? "?" : processor) + (header.elf_class == ELFCLASS32 ? " 32" : " 64");
}

std::optional<Fault> find_misfit(const ElfHeader& module, const ElfHeader& host) {
    const std::string kinds = kind_of(module) + " on " + kind_of(host);
    if (module.elf_class != host.elf_class) return unfit("elf.class", module.elf_class, kinds);
    if (module.machine != host.machine || module.encoding != host.encoding) {
        return unfit("elf.machine", module.machine, kinds);
    }
    if (module.type != ET_DYN) return unfit("elf.type", module.type, "e_type " + std::to_string(module.type));
    return std::nullopt;
}

}  // namespace

void look_at_module_file(ModuleSeen& seen, const std::filesystem::path& module_host) {
    // Its start first: what is no module is not read to the end.
    const auto start = read_file(seen.path, header_octets);
    if (!start) return seen.file_faults.push_back(start.error());
    const auto header = parse_elf_header(*start);
    if (!header) return seen.file_faults.push_back(header.error());
    std::error_code ignored;
    if (std::filesystem::file_size(seen.path, ignored) > max_module_octets) {
        return seen.file_faults.push_back({FaultKind::damaged, "elf.read", {}, max_module_octets, "file size"});
    }
    const auto file = read_file(seen.path, max_module_octets);
    if (!file) return seen.file_faults.push_back(file.error());

    // A host that cannot be read cannot be started either, and that has a fault of its own.
    const auto host_file = read_file(module_host, header_octets);
    const auto host = host_file ? parse_elf_header(*host_file) : Result<ElfHeader>(host_file.error());
    const auto misfit = host ? find_misfit(*header, *host) : std::nullopt;

    const auto exports = parse_elf_exports(*file);
    if (exports) {
        const auto has = [&](std::string_view name) {
            return std::find(exports->begin(), exports->end(), name) != exports->end();
        };
        seen.exports_skf = has("SKF_EnumDev");
        seen.exports_pkcs11 = has("C_GetFunctionList");
    }
    if (misfit) return seen.file_faults.push_back(*misfit);
    if (!exports) return seen.file_faults.push_back(exports.error());
    if (!seen.exports_skf && !seen.exports_pkcs11) {
        seen.file_faults.push_back(unfit("elf.exports", 0, "neither SKF_EnumDev nor C_GetFunctionList"));
    }
}

}  // namespace scca::token
