// SPDX-License-Identifier: Apache-2.0
//
// read_files FOLDER…: opens, reads and closes every file below, and nothing else; what any reader of them must at least
// do.
#include <fcntl.h>
#include <unistd.h>

#include <cstdio>
#include <filesystem>

int main(int argc, char** argv) {
    static char block[65536];
    unsigned long files = 0;
    for (int i = 1; i < argc; ++i) {
        for (const auto& entry : std::filesystem::recursive_directory_iterator(argv[i])) {
            if (!entry.is_regular_file()) continue;
            const int file = ::open(entry.path().c_str(), O_RDONLY | O_CLOEXEC);
            while (::read(file, block, sizeof block) > 0) {
            }
            ::close(file);
            ++files;
        }
    }
    std::printf("%lu\n", files);
}
