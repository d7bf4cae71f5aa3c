// SPDX-License-Identifier: Apache-2.0
#include "vendor_library.hpp"

#include <dlfcn.h>
#include <gnu/libc-version.h>

namespace scca::host {
namespace {

std::string loader_says() {
    const char* const sentence = dlerror();
    if (sentence == nullptr) return {};
    std::string said(sentence);
    // What is wanted it says itself, and not what there is.
    if (said.find("GLIBC_") != std::string::npos) said += std::string(" (glibc ") + gnu_get_libc_version() + " here)";
    return said;
}

}  // namespace

bool VendorLibrary::load(const std::string& path) {
    out_.begin(token::wire::loading_call);
    const auto start = std::chrono::steady_clock::now();
    library_ = dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL);
    const auto took = std::chrono::steady_clock::now() - start;
    if (library_ == nullptr) {
        out_.unloadable(loader_says());
        return false;
    }
    out_.end(token::wire::loading_call, 0, std::chrono::duration_cast<std::chrono::microseconds>(took));
    return true;
}

void* VendorLibrary::find(const char* name) {
    void* const address = dlsym(library_, name);
    if (address == nullptr) tell_missing(name, loader_says());
    return address;
}

void VendorLibrary::tell_missing(const char* name, const std::string& sentence) {
    if (missing_.insert(name).second) out_.missing(name, sentence);
}

}  // namespace scca::host
