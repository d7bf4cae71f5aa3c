// SPDX-License-Identifier: Apache-2.0
#include "look_fixture.hpp"

#include <sys/wait.h>
#include <unistd.h>
#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>

namespace scca::token::test {
namespace {

std::ptrdiff_t open_descriptors() { return std::distance(std::filesystem::directory_iterator("/proc/self/fd"), {}); }

std::vector<std::string> lines_of(const std::filesystem::path& path) {
    std::ifstream file(path);
    std::vector<std::string> lines;
    for (std::string line; std::getline(file, line);) lines.push_back(line);
    return lines;
}

}  // namespace

std::string fake(const std::string& name) { return std::string(SCCA_FAKES) + "/" + name + ".so"; }

std::size_t Looked::count(const std::string& line) const {
    return static_cast<std::size_t>(std::count(ledger.begin(), ledger.end(), line));
}

Looked look_at(const std::vector<std::string>& modules, const std::string& script, std::chrono::milliseconds timeout,
               const std::string& module_host) {
    return look_with({module_host, modules, timeout}, script);
}

Looked look_with(const LookOptions& options, const std::string& script) {
    const auto ledger = std::filesystem::temp_directory_path() / ("scca-ledger-" + std::to_string(getpid()) + ".txt");
    std::filesystem::remove(ledger);
    setenv("SCCA_FAKE", script.c_str(), 1);
    setenv("SCCA_FAKE_LEDGER", ledger.c_str(), 1);
    const auto descriptors = open_descriptors();
    const auto start = std::chrono::steady_clock::now();

    Looked looked;
    looked.snapshot = look(options);
    looked.took = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - start);

    CHECK(open_descriptors() == descriptors);
    CHECK(waitpid(-1, nullptr, WNOHANG) == -1);
    CHECK(errno == ECHILD);
    CHECK(looked.took < options.timeout + room);

    unsetenv("SCCA_FAKE");
    unsetenv("SCCA_FAKE_LEDGER");
    looked.ledger = lines_of(ledger);
    std::filesystem::remove(ledger);
    std::istringstream steps(script);
    for (std::string step; std::getline(steps, step, ',');) {
        CAPTURE(step);
        CHECK(looked.count("spent " + step) >= 1);
    }
    return looked;
}

}  // namespace scca::token::test
