// SPDX-License-Identifier: Apache-2.0
#include "compile.hpp"

#include "check.hpp"
#include "index.hpp"
#include "load.hpp"
#include "write.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>

namespace scca::faq::compiler {
namespace {

namespace fs = std::filesystem;

std::string content_of(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

}  // namespace

Files compile(const fs::path& folder, Complaints& complaints) {
    Faq faq = load(folder, complaints);
    check(faq, complaints);
    expand_contacts(faq, complaints);
    const IndexData index = build_index(faq, complaints);
    std::sort(complaints.begin(), complaints.end());
    if (!complaints.empty()) return {};
    return {{"scca/faq/ids.hpp", ids_header(faq)},
            {"scca/faq/words.hpp", words_header(faq)},
            {"faq_tables.cpp", tables_source(faq)},
            {"faq_index.cpp", index_source(index)}};
}

bool write_changed(const fs::path& folder, const Files& files) {
    for (const auto& [name, content] : files) {
        const fs::path path = folder / name;
        std::error_code failed;
        fs::create_directories(path.parent_path(), failed);
        if (fs::exists(path) && content_of(path) == content) continue;
        std::ofstream out(path, std::ios::binary);
        out << content;
        if (!out.flush()) return false;
    }
    return true;
}

}  // namespace scca::faq::compiler
