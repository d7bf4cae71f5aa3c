// SPDX-License-Identifier: Apache-2.0
//
// module.file: can this file be a driver module here? Read from the file, before anything is loaded.
#include "loader_words.hpp"
#include "rungs.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>

namespace scca::checks {
namespace {

/// The file reader names what is wrong in `call` (scca/token/snapshot.hpp).
faq::Id problem_of(const Fault& fault) {
    if (fault.call == "elf.machine" || fault.call == "elf.class") return faq::id::driver_wrong_architecture;
    if (fault.kind == FaultKind::system && (fault.number == EACCES || fault.number == EPERM)) {
        return faq::id::driver_blocked;
    }
    return faq::id::driver_not_a_module;
}

/// What glibc's loader says where a file may be read and not be run (noexec, SELinux): nothing that it needs is
/// missing.
bool says_blocked(const Fault& refusal) {
    constexpr std::array<std::string_view, 4> words{"failed to map segment from shared object",
                                                    "cannot enable executable stack", "Operation not permitted",
                                                    "Permission denied"};
    return std::any_of(words.begin(), words.end(),
                       [&](std::string_view word) { return refusal.text.find(word) != std::string::npos; });
}

void put(report::Fields& fields, report::Key key, std::string_view value) {
    fields.push_back({key, std::string(value)});
}

/// "i386 32", as the file reader writes it: two members, the first only when the processor has a name.
void put_kind(report::Fields& fields, std::string_view kind, report::Key processor, report::Key bits) {
    const std::size_t blank = std::min(kind.find(' '), kind.size());
    if (kind.substr(0, blank) != "?") put(fields, processor, kind.substr(0, blank));
    std::int64_t count = 0;
    std::from_chars(kind.data() + std::min(blank + 1, kind.size()), kind.data() + kind.size(), count);
    if (count > 0) fields.push_back({bits, count});
}

/// Why the file cannot be a module, in a word, and for which computer it is made where it is for another.
report::Fields evidence_of_file(const Fault& fault) {
    report::Fields fields = evidence_of(fault);
    constexpr std::array<std::pair<std::string_view, std::string_view>, 3> reasons{
        {{"elf.type", "not-a-library"}, {"elf.exports", "no-interface"}, {"elf.read", "damaged"}}};
    const auto* const known =
        std::find_if(reasons.begin(), reasons.end(), [&](const auto& row) { return row.first == fault.call; });
    if (fault.call == "elf.read" && fault.text == "magic") {
        put(fields, "reason", "not-a-library");
    } else if (known != reasons.end()) {
        put(fields, "reason", known->second);
    } else if (fault.kind == FaultKind::system) {
        if (fault.number == ENOENT || fault.number == ENOTDIR) put(fields, "reason", "no-such-file");
        if (fault.number == EISDIR || fault.number == EINVAL) put(fields, "reason", "not-a-file");
    }
    constexpr std::string_view on = " on ";
    const std::string_view kinds = fault.text;
    const std::size_t here = kinds.find(on);
    if (problem_of(fault) != faq::id::driver_wrong_architecture || here == std::string_view::npos) return fields;
    put(fields, "reason", "other-machine");
    put_kind(fields, kinds.substr(0, here), "made_for", "made_for_bits");
    put_kind(fields, kinds.substr(here + on.size()), "machine", "machine_bits");
    return fields;
}

report::Fields evidence_of_refusal(const Fault& refusal) {
    report::Fields fields = evidence_of(refusal);
    for (report::Field& field : parse_loader_words(refusal.text)) fields.push_back(std::move(field));
    return fields;
}

}  // namespace

Judgements check_module_file(const Case& module, const Dossier&) {
    if (!module.module->file_faults.empty()) {
        const Fault& fault = module.module->file_faults.front();
        return {failed(problem_of(fault), evidence_of_file(fault))};
    }
    // A library or a glibc version that is missing shows only when the loader is asked; it is the file that lacks it.
    const auto& refused = module.module->load_fault;
    if (refused && refused->kind == FaultKind::not_loaded) {
        const faq::Id problem = says_blocked(*refused) ? faq::id::driver_blocked : faq::id::driver_missing_library;
        return {failed(problem, evidence_of_refusal(*refused))};
    }
    return {passed()};
}

}  // namespace scca::checks
