// SPDX-License-Identifier: Apache-2.0
#include "detail_modules.hpp"

#include "phrases.hpp"

#include "scca/faq/words.hpp"
#include "scca/report/render.hpp"

#include <array>
#include <cerrno>
#include <utility>

namespace scca::report {
namespace {

namespace words = faq::words::report;

constexpr std::array reasons{
    PhraseRow{"not-a-library", words::file_not_library},
    PhraseRow{"damaged", words::file_damaged},
    PhraseRow{"no-interface", words::file_no_interface},
    PhraseRow{"no-such-file", words::file_missing},
    PhraseRow{"not-a-file", words::file_not_plain},
    PhraseRow{"library-missing", words::file_lacks_library},
    PhraseRow{"function-missing", words::file_lacks_function},
    PhraseRow{"load-refused", words::file_refused},
};

}  // namespace

faq::Text driver_file_phrase(const Finding& finding) {
    const std::string_view reason = text_in(finding, "reason");
    if (reason == "version-missing") {
        return has(finding, "has_version") ? words::file_needs_glibc : words::file_needs_version;
    }
    if (reason != "other-machine") return phrase_for(reasons, reason);
    if (!has(finding, "machine")) return {};
    return has(finding, "made_for") ? words::file_other_machine : words::file_other_processor;
}

faq::Text driver_answer_phrase(const Finding& finding) {
    if (!has(finding, "message") || !has(finding, "call")) return {};
    const std::string_view message = text_in(finding, "message");
    if (text_in(finding, "call") == "dlopen") return words::file_refused;
    const bool missing = message.find("undefined symbol") != std::string_view::npos ||
                         message == "not in the function list";  // the host's own word for it
    return missing ? words::detail_no_function : words::detail_garbled;
}

faq::Text system_reason(std::int64_t number) noexcept {
    constexpr std::array<std::pair<int, faq::Text>, 10> all{{{ENOENT, words::system_no_such_file},
                                                             {EACCES, words::system_no_permission},
                                                             {EPERM, words::system_no_permission},
                                                             {EISDIR, words::system_is_folder},
                                                             {ENOTDIR, words::system_not_folder},
                                                             {EEXIST, words::system_exists},
                                                             {ENOSPC, words::system_no_space},
                                                             {EROFS, words::system_read_only},
                                                             {EFBIG, words::system_too_large},
                                                             {EIO, words::system_device}}};
    for (const auto& [known, reason] : all) {
        if (known == number) return reason;
    }
    return {};
}

}  // namespace scca::report
