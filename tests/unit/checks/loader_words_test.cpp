// SPDX-License-Identifier: Apache-2.0
//
// Sentences as glibc 2.36 said them.
#include "checks/loader_words.hpp"

#include <catch2/catch.hpp>

using namespace scca;
using report::Fields;

namespace {

report::Field field(const char* key, const char* value) { return {key, std::string(value)}; }

}  // namespace

TEST_CASE("the loader's sentence tells which library, version or function is missing") {
    using checks::parse_loader_words;
    CHECK(parse_loader_words("libmissing99.so.1: cannot open shared object file: No such file or directory") ==
          Fields{field("reason", "library-missing"), field("library", "libmissing99.so.1")});
    CHECK(parse_loader_words("/lib/x86_64-linux-gnu/libc.so.6: version `GLIBC_2.99' not found (required by "
                             "/opt/m.so) (glibc 2.36 here)") ==
          Fields{field("reason", "version-missing"), field("library", "libc.so.6"),
                 field("needs_version", "GLIBC_2.99"), field("has_version", "GLIBC_2.36")});
    CHECK(parse_loader_words("/lib/libstdc++.so.6: version `GLIBCXX_3.4.99' not found (required by /opt/m.so)") ==
          Fields{field("reason", "version-missing"), field("library", "libstdc++.so.6"),
                 field("needs_version", "GLIBCXX_3.4.99")});
    CHECK(parse_loader_words("/opt/m.so: undefined symbol: SM2_sign, version OPENSSL_3.0") ==
          Fields{field("reason", "function-missing"), field("function", "SM2_sign")});
    CHECK(parse_loader_words("/opt/m.so: file too short") == Fields{field("reason", "load-refused")});
    CHECK(parse_loader_words("") == Fields{field("reason", "load-refused")});
}
