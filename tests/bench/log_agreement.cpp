// SPDX-License-Identifier: Apache-2.0
//
// log_agreement FOLDER [--misses]: of the texts of tests/data/explain written as log lines, how many problems that
// explain() is certain of the scanner of `explain --log` finds too, by kind of damage.
#include "../unit/explain/sets.hpp"
#include "scca/explain/log.hpp"

#include <algorithm>
#include <cstdio>
#include <map>
#include <set>
#include <string>

namespace {

using namespace scca;

std::set<std::uint16_t> certain_in(const std::string& text) {
    std::set<std::uint16_t> ids;
    for (const auto& match : explain::explain(text).matches) {
        if (match.confidence == explain::Confidence::certain) ids.insert(match.id.index);
    }
    return ids;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 2) return 64;
    const bool misses = argc > 2;
    struct Count {
        std::size_t found = 0, all = 0;
    };
    std::map<std::string, Count> kinds;
    for (const auto& row : test::read_set(argv[1], test::SetFile::damaged)) {
        const std::string line = "2026-11-05 08:58:10.123 ERROR [sign-17] certkit: " + row.text + "\n";
        const auto wanted = certain_in(line);
        const std::string log =
            "2026-11-05 08:58:09.001 INFO started\n" + line + "2026-11-05 08:58:11.001 INFO ended\n";
        explain::LogScanner scanner;
        scanner.begin_file();
        if (scanner.scan(log, true) != log.size()) return 70;
        std::set<std::uint16_t> found;
        for (const auto& error : scanner.findings().errors) found.insert(error.id.index);
        for (const std::uint16_t id : wanted) {
            const bool right = found.contains(id);
            for (const std::string& kind : {row.kind, std::string("(all)")}) {
                ++kinds[kind].all;
                kinds[kind].found += right ? 1 : 0;
            }
            if (!right && misses)
                std::printf("%-12s %s  %s\n", row.kind.c_str(), row.shown.c_str(),
                            std::string(faq::entries()[id].id).c_str());
        }
    }
    for (const auto& [kind, count] : kinds) {
        std::printf("%-14s %4zu of %4zu  %5.1f %%\n", kind.c_str(), count.found, count.all,
                    100.0 * static_cast<double>(count.found) / static_cast<double>(count.all));
    }
}
