// SPDX-License-Identifier: Apache-2.0
#include "picture.hpp"

#include "check_plan.hpp"

#include "scca/faq/words.hpp"
#include "scca/token/surroundings.hpp"

#include <algorithm>

namespace scca::cli {

ExitStatus save_picture(const report::Report& report, const std::string& path, const Console& console,
                        ExitStatus status) {
    namespace words = faq::words::cli;
    if (path.empty()) return status;
    const auto found = std::find_if(report.subjects.begin(), report.subjects.end(),
                                    [](const report::Subject& subject) { return !subject.picture.empty(); });
    if (found == report.subjects.end()) {
        return console.fail(ExitStatus::bad_data, words::no_picture.in(console.lang()), {}, Format::text);
    }
    const auto fault = token::write_file(path, found->picture);
    if (!fault) return status;
    return console.fail(ExitStatus::cannot_write,
                        say(console, words::cannot_write, {{"message", path + ": " + fault->text}}), {}, Format::text);
}

}  // namespace scca::cli
