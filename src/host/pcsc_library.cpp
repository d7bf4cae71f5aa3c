// SPDX-License-Identifier: Apache-2.0
#include "pcsc_library.hpp"

#include <dlfcn.h>

namespace scca::host {
namespace {

std::string loader_says() {
    const char* const sentence = dlerror();
    return sentence == nullptr ? std::string() : std::string(sentence);
}

}  // namespace

bool PcscLibrary::load(const std::string& path) {
    out_.begin(token::wire::loading_call);
    const auto start = std::chrono::steady_clock::now();
    library_ = dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL);
    const auto took = std::chrono::steady_clock::now() - start;
    if (library_ == nullptr) {
        out_.unloadable(loader_says());
        return false;
    }
    out_.end(token::wire::loading_call, SCARD_S_SUCCESS, std::chrono::duration_cast<std::chrono::microseconds>(took));
    return true;
}

void* PcscLibrary::find(const char* name) {
    void* const address = dlsym(library_, name);
    if (address == nullptr) out_.missing(name, loader_says());
    return address;
}

bool PcscLibrary::accepted(const char* name, std::optional<std::uint32_t> code) {
    if (!code) return false;
    if (*code == SCARD_S_SUCCESS) return true;
    out_.refused(name, "SCARD", *code);
    return false;
}

}  // namespace scca::host
