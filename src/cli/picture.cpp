// SPDX-License-Identifier: Apache-2.0
#include "picture.hpp"

#include "check_plan.hpp"

#include "scca/faq/words.hpp"
#include "scca/token/surroundings.hpp"

namespace scca::cli {

namespace words = faq::words::cli;

std::string numbered(const std::string& path, std::size_t number) {
    const std::size_t slash = path.find_last_of('/');
    const std::size_t name = slash == std::string::npos ? 0 : slash + 1;
    const std::size_t dot = path.find_last_of('.');
    const std::size_t end = dot == std::string::npos || dot <= name ? path.size() : dot;
    return path.substr(0, end) + '-' + std::to_string(number) + path.substr(end);
}

ExitStatus save_pictures(const report::Report& report, const std::string& path, bool must_be_one,
                         const Console& console) {
    if (path.empty()) return ExitStatus::healthy;
    ExitStatus status = ExitStatus::healthy;
    std::size_t count = 0;
    for (const report::Subject& subject : report.subjects) {
        if (subject.picture.empty()) continue;
        const std::string own = ++count == 1 ? path : numbered(path, count);
        if (const auto fault = token::write_new_file(own, subject.picture)) {
            status = console.fail(refuse_output(own, *fault, console.lang()), Format::text);
        } else if (own != path || !must_be_one) {  // one of several: which one became which file?
            console.put_aside(say(console, words::picture_written, {{"path", own}, {"of", subject.path}}));
        }
    }
    if (count > 0 || !must_be_one) return status;
    return console.fail(ExitStatus::bad_data, words::no_picture.in(console.lang()), {}, Format::text);
}

}  // namespace scca::cli
