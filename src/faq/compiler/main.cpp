// SPDX-License-Identifier: Apache-2.0
//
// scca-faq-compiler FAQ_FOLDER OUTPUT_FOLDER, run by the build. Exit 1 with one line a complaint when faq/ is not
// right, 64 on wrong arguments, 73 when it cannot write.
#include "compile.hpp"

#include <exception>
#include <iostream>

int main(int argc, char** argv) {
    namespace compiler = scca::faq::compiler;
    if (argc != 3) {
        std::cerr << "usage: scca-faq-compiler FAQ_FOLDER OUTPUT_FOLDER\n";
        return 64;
    }
    try {
        const std::filesystem::path folder(argv[1]);
        compiler::Complaints complaints;
        const compiler::Files files = compiler::compile(folder, complaints);
        for (const compiler::Complaint& complaint : complaints) {
            std::cerr << (folder / complaint.place.file).string() << ":" << complaint.place.line
                      << ": error: " << complaint.text << "\n";
        }
        if (!complaints.empty()) return 1;
        if (compiler::write_changed(argv[2], files)) return 0;
        std::cerr << "scca-faq-compiler: error: cannot write below " << argv[2] << "\n";
    } catch (const std::exception& error) {
        std::cerr << "scca-faq-compiler: error: " << error.what() << "\n";
    }
    return 73;
}
