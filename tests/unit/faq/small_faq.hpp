// SPDX-License-Identifier: Apache-2.0
//
// A small right faq/ in a temporary folder, to be spoilt by a test and compiled. Removed with the object.
#pragma once

#include "compile.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

namespace scca::test {

inline const std::string small_problem = R"(id       = "pin-wrong"
title    = { zh = "密码输错了", en = "The PIN is wrong" }
urgency  = 2
messages = ["校验证书密码失败!您还有{n}次机会重试!"]
codes    = ["SAR:SAR_PIN_INCORRECT"]
keywords = ["密码 不对"]
source   = ["guide 2.1"]
[[cause]]
text    = { zh = "密码不对。", en = "The PIN is not right." }
rungs   = ["token.pin"]
contact = ["hotline"]
fix     = [{ who = "you", on = "windows", text = { zh = "打{@hotline.phone}问{@hotline}。", en = "Call {@hotline.phone} of {@hotline}." }, run = "x" }]
)";

inline const std::string small_codes = R"(family = "SAR"
name   = { zh = "接口", en = "Interface" }
range  = [[0x0A000001, 0x0A000032]]
[[code]]
symbol  = "SAR_PIN_INCORRECT"
value   = 0x0A000024
meaning = { zh = "密码不对。", en = "Wrong PIN." }
)";

class SmallFaq {
public:
    SmallFaq() {
        std::string name = (std::filesystem::temp_directory_path() / "scca-faq-XXXXXX").string();
        folder_ = ::mkdtemp(name.data());
        write("pin/pin-wrong.toml", small_problem);
        write("codes/sar.toml", small_codes);
        write("contacts.toml",
              "[hotline]\nname = { zh = \"热线\", en = \"hotline\" }\nphone = [\"400-000-0001\", \"400-000-0002\"]\n");
        write("families.toml", "pin = { zh = \"密码\", en = \"PIN\" }\n");
        write("sources.toml", "[guide]\nzh = \"指南\"\nen = \"Guide\"\n");
        write("words/report.toml", "days_left = { zh = \"还剩{days}天\", en = \"{days} days left\" }\n");
        std::filesystem::create_directories(folder_ / "words");
        for (const char* name_of_file : {"words/rungs.toml", "traditional.txt", "confused.txt", "synonyms.toml"}) {
            const std::filesystem::path real = std::filesystem::path(SCCA_FAQ_FOLDER) / name_of_file;
            if (std::filesystem::exists(real)) std::filesystem::copy_file(real, folder_ / name_of_file);
        }
    }
    ~SmallFaq() { std::filesystem::remove_all(folder_); }
    SmallFaq(const SmallFaq&) = delete;
    SmallFaq& operator=(const SmallFaq&) = delete;

    void write(const std::string& name, const std::string& content) const {
        std::filesystem::create_directories((folder_ / name).parent_path());
        std::ofstream(folder_ / name) << content;
    }

    void remove(const std::string& name) const { std::filesystem::remove(folder_ / name); }

    /// The complaints, one a line as `file:line: text`.
    [[nodiscard]] std::string complaints() const {
        faq::compiler::Complaints found;
        const auto files = faq::compiler::compile(folder_, found);
        std::string text;
        for (const auto& complaint : found) {
            text += complaint.place.file + ":" + std::to_string(complaint.place.line) + ": " + complaint.text + "\n";
        }
        return files.empty() == found.empty() ? "files in spite of complaints, or neither\n" + text : text;
    }

    [[nodiscard]] faq::compiler::Files files() const {
        faq::compiler::Complaints none;
        return faq::compiler::compile(folder_, none);
    }

    [[nodiscard]] const std::filesystem::path& folder() const { return folder_; }

private:
    std::filesystem::path folder_;
};

/// `text` with the first `from` replaced.
[[nodiscard]] inline std::string with(std::string text, const std::string& from, const std::string& to) {
    return text.replace(text.find(from), from.size(), to);
}

}  // namespace scca::test
