// SPDX-License-Identifier: Apache-2.0
#include "explain_image.hpp"

#include "explain.hpp"

#include "scca/explain/explain.hpp"
#include "scca/faq/words.hpp"
#include "scca/token/program.hpp"
#include "scca/token/surroundings.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>

namespace scca::cli {
namespace {

namespace words = faq::words::cli;
using std::chrono::seconds;

constexpr std::size_t most_picture = 64U * 1024U * 1024U;
constexpr seconds patience{20};

/// By its first bytes. Pictures that are programs or lists of other files (SVG, MVG, MSL) are none here.
bool is_picture(std::string_view bytes) {
    using namespace std::string_view_literals;
    constexpr std::array starts{"\x89PNG\r\n\x1A\n"sv, "\xFF\xD8\xFF"sv, "GIF8"sv, "BM"sv, "II*\0"sv, "MM\0*"sv};
    const bool webp = bytes.starts_with("RIFF") && bytes.substr(0, 12).ends_with("WEBP");
    return webp || std::any_of(starts.begin(), starts.end(), [&](auto start) { return bytes.starts_with(start); });
}

/// The text in the picture. Screens have 96 dots an inch, which pictures of them seldom say.
Result<std::string> read_text(const std::string& picture) {
    const token::ProgramWish wish{
        .words = {"tesseract", "-", "-", "-l", "chi_sim", "--psm", "6", "--dpi", "96"},
        .input = picture,
        .environment = {"OMP_THREAD_LIMIT=1"},
    };
    return token::run_program(wish, Deadline::after(patience));
}

/// Three times as large; small type is read better so. Empty when that cannot be done here.
std::string enlarged(const std::string& picture) {
    const token::ProgramWish wish{
        .words = {"convert", "-", "-resize", "300%", "png:-"},
        .input = picture,
        .environment = {"MAGICK_THREAD_LIMIT=1"},
        .most_output = most_picture,
    };
    auto larger = token::run_program(wish, Deadline::after(patience));
    return larger ? std::move(larger).value() : std::string();
}

bool is_answer(const explain::Explanation& explanation) {
    const auto sure = [](const explain::Match& match) { return match.confidence != explain::Confidence::possible; };
    return !explanation.codes.empty() || std::any_of(explanation.matches.begin(), explanation.matches.end(), sure);
}

ExitStatus fail_to_read(const Fault& fault, const CommonOptions& common, const Console& console) {
    const faq::Lang lang = console.lang();
    const auto fail = [&](faq::Text message, std::string_view hint) {
        const std::string first_line = fault.text.substr(0, fault.text.find('\n'));
        return console.fail(ExitStatus::unknown, report::fill(message.in(lang), {{"message", first_line}}, lang), hint,
                            common.format);
    };
    const bool absent = fault.kind == FaultKind::system && fault.number == ENOENT;
    const bool no_language = fault.kind == FaultKind::exited && fault.text.find("chi_sim") != std::string::npos;
    if (absent) return fail(words::image_no_tesseract, words::hint_install_tesseract.in(lang));
    if (no_language) return fail(words::image_no_chinese, words::hint_install_tesseract.in(lang));
    if (fault.kind == FaultKind::hung) return fail(words::image_too_slow, {});
    return fail(words::image_not_read, {});
}

}  // namespace

ExitStatus run_explain_image(const std::string& path, const CommonOptions& common, const Console& console,
                             const report::Report* here) {
    const faq::Lang lang = console.lang();
    const token::FileGiven file = token::read_file(path, most_picture);
    if (file.fault) return console.fail(refuse_file(path, *file.fault, lang), common.format);
    const std::string picture(file.content.begin(), file.content.end());
    if (!is_picture(picture)) {
        return console.fail(ExitStatus::bad_data, report::fill(words::not_a_picture.in(lang), {{"path", path}}, lang),
                            {}, common.format);
    }
    const auto text = read_text(picture);
    if (!text) return fail_to_read(text.error(), common, console);
    explain::Explanation explanation = explain::explain(*text);
    if (!is_answer(explanation)) {
        const std::string larger = enlarged(picture);
        const auto again = larger.empty() ? Result<std::string>(std::string()) : read_text(larger);
        if (again && !again->empty()) {
            explain::Explanation better = explain::explain(*again);
            if (is_answer(better) || explanation.matches.empty()) explanation = std::move(better);
        }
    }
    return tell_explanation(explanation, common, console, here);
}

}  // namespace scca::cli
