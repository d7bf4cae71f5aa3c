// SPDX-License-Identifier: Apache-2.0
#include "json_text.hpp"
#include "page.hpp"

#include "scca/faq/words.hpp"
#include "scca/report/render.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace scca::report {
namespace {

namespace words = faq::words::report;

using Json = nlohmann::ordered_json;
using Paths = std::vector<std::string>;

std::string path_of(const explain::LogPlace& place, const Paths& paths) {
    return place.file < paths.size() ? paths[place.file] : std::string();
}

Json json_of(const explain::LogPlace& place, const Paths& paths) {
    return {{"file", json_text(path_of(place, paths))}, {"line", place.line}, {"text", json_text(place.text)}};
}

template <class Row>
Json json_of_row(const Row& row, const Paths& paths) {
    return {{"count", row.count}, {"first", json_of(row.first, paths)}, {"last", json_of(row.last, paths)}};
}

/// "3", and with several files "a.log:3".
std::string place_text(const explain::LogPlace& place, const Paths& paths) {
    return paths.size() > 1 ? fmt::format("{}:{}", path_of(place, paths), place.line) : std::to_string(place.line);
}

template <class Row>
void put_row(Page& page, std::string_view title, const Row& row, const Paths& paths) {
    const faq::Lang lang = page.style().lang;
    page.gap();
    const Fields fields{{"count", std::to_string(row.count)},
                        {"first", place_text(row.first, paths)},
                        {"last", place_text(row.last, paths)}};
    page.marked(Mark::failed, title, 0, true);
    page.paragraph(fill((row.count == 1 ? words::log_once : words::log_count).in(lang), fields, lang), 2);
    page.paragraph(row.first.text, 2, {}, Ink::faint);
}

}  // namespace

std::string render_text(const explain::LogFindings& findings, const Paths& paths, const Style& style) {
    Page page(style);
    for (const explain::LogError& error : findings.errors) {
        const faq::Entry& entry = faq::entry(error.id);
        put_row(page, entry.title.in(style.lang), error, paths);
        page.command(fmt::format("scca-doctor explain --id {}", entry.id), 2);
    }
    for (const explain::LogCode& code : findings.codes) {
        put_row(
            page,
            fmt::format("{}{}{}", code.code->symbol, words::colon.in(style.lang), code.code->meaning.in(style.lang)),
            code, paths);
    }
    if (findings.errors.empty() && findings.codes.empty())
        page.marked(Mark::unknown, words::log_nothing.in(style.lang), 0, true);
    return std::move(page).finish();
}

std::string render_json(const explain::LogFindings& findings, const Paths& paths, faq::Lang lang) {
    Json json{{"schema_version", schema_version}, {"log", Json::array()}, {"codes", Json::array()}};
    for (const explain::LogError& error : findings.errors) {
        const faq::Entry& entry = faq::entry(error.id);
        Json row = json_of_row(error, paths);
        row["id"] = entry.id;
        row["title"] = entry.title.in(lang);
        json["log"].push_back(std::move(row));
    }
    for (const explain::LogCode& code : findings.codes) {
        Json row = json_of_row(code, paths);
        row["family"] = faq::code_families()[code.code->family].id;
        row["symbol"] = code.code->symbol;
        row["meaning"] = code.code->meaning.in(lang);
        json["codes"].push_back(std::move(row));
    }
    return visible_json(json.dump(2, ' ', false, Json::error_handler_t::replace)) + '\n';
}

}  // namespace scca::report
