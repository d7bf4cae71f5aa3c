// SPDX-License-Identifier: Apache-2.0
//
// render_samples FOLDER: writes every sample in every format there, and the documents that need no report, for the
// golden comparison and the foreign readers.
#include "sample_reports.hpp"

#include "scca/explain/explain.hpp"
#include "scca/report/render.hpp"

#include <filesystem>
#include <fstream>
#include <iostream>

namespace {

using namespace scca;
using namespace scca::report;

class Folder {
public:
    explicit Folder(std::filesystem::path path) : path_(std::move(path)) { std::filesystem::create_directories(path_); }
    void put(const std::string& name, const std::string& content) const {
        std::ofstream(path_ / name, std::ios::binary) << content;
    }

private:
    std::filesystem::path path_;
};

Style style_of(faq::Lang lang, std::size_t width, bool verbose = false) {
    Style style;
    style.lang = lang;
    style.width = width;
    style.verbose = verbose;
    return style;
}

/// Widths and languages in which text is compared: what people have, and the two ends.
void put_text(const Folder& folder, const samples::Sample& sample) {
    for (const std::size_t width : {60U, 80U, 200U}) {
        folder.put(sample.name + '.' + std::to_string(width) + ".txt",
                   render_text(sample.report, style_of(faq::Lang::zh, width), FailOn::warn));
    }
    folder.put(sample.name + ".en.txt", render_text(sample.report, style_of(faq::Lang::en, 80), FailOn::warn));
    folder.put(sample.name + ".verbose.txt",
               render_text(sample.report, style_of(faq::Lang::zh, 80, true), FailOn::warn));
}

void put_sample(const Folder& folder, const samples::Sample& sample) {
    const Style zh = style_of(faq::Lang::zh, 80);
    const Style en = style_of(faq::Lang::en, 80);
    put_text(folder, sample);
    folder.put(sample.name + ".json", render_json(sample.report, faq::Lang::zh, FailOn::warn));
    folder.put(sample.name + ".ndjson", render_ndjson(sample.report, FailOn::warn));
    folder.put(sample.name + ".csv", csv_header(faq::Lang::zh) + render_csv(sample.report, zh));
    folder.put(sample.name + ".en.csv", csv_header(faq::Lang::en) + render_csv(sample.report, en));
    folder.put(sample.name + ".nagios", render_nagios(sample.report, faq::Lang::zh, FailOn::warn));
    folder.put(sample.name + ".prom", render_prometheus(sample.report, FailOn::warn, samples::evening()));
    folder.put(sample.name + ".html", render_html(sample.report, zh, FailOn::warn));
    folder.put(sample.name + ".en.html", render_html(sample.report, en, FailOn::warn));
}

std::vector<faq::Id> every_problem() {
    std::vector<faq::Id> problems;
    for (std::uint16_t i = 0; i < faq::entries().size(); ++i) problems.push_back({i});
    return problems;
}

void put_documents(const Folder& folder) {
    const auto text = std::string("签章软件未识别到USB-KEY 0x0A000025 SCardEstablishContext: Service not available.");
    folder.put("error.json", render_error_json(66, "没有这个文件：a\x1b[31m\u202E", ""));
    folder.put("explain.json", render_json(explain::explain(text), faq::Lang::zh));
    folder.put("explain-nothing.json", render_json(explain::explain("今天天气不错"), faq::Lang::en));
    folder.put("list.json", render_list_json(every_problem(), faq::Lang::zh));
    folder.put("checks.json", render_checks_json(faq::Lang::zh));
    folder.put("list.csv", render_list_csv(every_problem(), style_of(faq::Lang::zh, 80)));
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 2) {
        std::cerr << "usage: render_samples FOLDER\n";
        return 64;
    }
    const Folder folder(argv[1]);
    for (const samples::Sample& sample : samples::all()) put_sample(folder, sample);
    put_documents(folder);
    return 0;
}
