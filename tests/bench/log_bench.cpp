// SPDX-License-Identifier: Apache-2.0
//
// log_bench FILE: how fast the scanner of `explain --log` goes through a file that lies in memory, without reading it.
#include "scca/explain/log.hpp"

#include <chrono>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <string>

int main(int argc, char** argv) {
    if (argc < 2) return 64;
    std::ifstream in(argv[1], std::ios::binary);
    const std::string bytes((std::istreambuf_iterator<char>(in)), {});
    const auto seconds = [](auto since) {
        return std::chrono::duration<double>(std::chrono::steady_clock::now() - since).count();
    };
    const auto made = std::chrono::steady_clock::now();
    scca::explain::LogScanner scanner;
    std::printf("%.1f ms to make the filter\n", 1e3 * seconds(made));
    scanner.begin_file();
    const auto start = std::chrono::steady_clock::now();
    constexpr std::size_t block = 512 * 1024;
    for (std::size_t at = 0; at < bytes.size();) {
        const std::string_view rest = std::string_view(bytes).substr(at, block);
        at += scanner.scan(rest, at + rest.size() == bytes.size());
    }
    const double took = seconds(start);
    std::printf("%.3f s, %.0f MB/s\n", took, static_cast<double>(bytes.size()) / took / 1e6);
    std::uint64_t lines = 0;
    for (const auto& error : scanner.findings().errors) lines += error.count;
    std::printf("%zu problems in %llu places\n", scanner.findings().errors.size(),
                static_cast<unsigned long long>(lines));
}
