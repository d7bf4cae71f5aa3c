// SPDX-License-Identifier: Apache-2.0
//
// scca-log-compiler FILE, run by the build: writes the tables of `explain --log` as C++. Exit 64 on wrong arguments, 73
// when it cannot write.
#include "log_grams.hpp"

#include <fstream>
#include <iostream>

int main(int argc, char** argv) {
    if (argc != 2) {
        std::cerr << "usage: scca-log-compiler FILE\n";
        return 64;
    }
    std::ofstream out(argv[1], std::ios::binary);
    out << scca::explain::LogGrams().source();
    if (out.flush()) return 0;
    std::cerr << "scca-log-compiler: error: cannot write " << argv[1] << "\n";
    return 73;
}
