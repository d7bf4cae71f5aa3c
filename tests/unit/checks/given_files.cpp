// SPDX-License-Identifier: Apache-2.0
#include "given_files.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <fstream>
#include <iterator>

namespace scca::test {
namespace {

using report::Outcome;

std::string problem_of(const report::Finding& finding) {
    return finding.faq ? std::string(faq::entry(*finding.faq).id) : std::string();
}

struct ValueText {
    std::string operator()(std::monostate) const { return "null"; }
    std::string operator()(bool flag) const { return flag ? "true" : "false"; }
    std::string operator()(std::int64_t number) const { return std::to_string(number); }
    std::string operator()(Moment moment) const { return utc_text(moment); }
    std::string operator()(const std::string& text) const { return text; }
    std::string operator()(const std::vector<std::string>& list) const {
        std::string all;
        for (const std::string& one : list) all += one + ' ';
        return all;
    }
};

}  // namespace

std::filesystem::path seal_cases() { return SCCA_SEAL_CASES; }

token::FileGiven given(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    REQUIRE(in);
    token::FileGiven file;
    file.path = path.string();
    file.content.assign(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
    return file;
}

report::Report judge_file(const std::filesystem::path& path, std::string_view at,
                          const std::vector<std::filesystem::path>& trust) {
    token::Snapshot snapshot;
    snapshot.files.push_back(given(path));
    for (const auto& one : trust) snapshot.trust.push_back(given(one));
    checks::Options options;
    options.command = "check-seal";
    options.part = checks::Part::seals;
    options.at = parse_moment(at).value();
    return checks::judge(snapshot, options);
}

std::vector<report::Finding> findings_of(const report::Report& report, Rung rung) {
    std::vector<report::Finding> found;
    for (const report::Subject& subject : report.subjects) {
        for (const report::Finding& finding : subject.findings) {
            if (finding.rung == rung) found.push_back(finding);
        }
    }
    return found;
}

std::vector<std::string> complaints(const report::Report& report) {
    std::vector<std::string> all;
    for (const report::Subject& subject : report.subjects) {
        for (const report::Finding& finding : subject.findings) {
            if (finding.outcome == Outcome::passed || finding.outcome == Outcome::noted) continue;
            all.push_back(std::string(id_of(finding.rung)) + ' ' + std::string(name_of(finding.outcome)) + ' ' +
                          problem_of(finding) + " | " + evidence_text(finding));
        }
    }
    return all;
}

std::string evidence_text(const report::Finding& finding) {
    std::string text;
    for (const report::Field& field : finding.evidence)
        text.append(field.key).append("=").append(std::visit(ValueText{}, field.value)).append(" ");
    return text;
}

void check_expected(const report::Report& report, const Expected& expected) {
    INFO(expected.file);
    INFO(Catch::Detail::stringify(complaints(report)));
    const auto found = findings_of(report, expected.rung);
    const auto fits = [&](const report::Finding& finding) {
        return finding.outcome == expected.outcome && problem_of(finding) == expected.problem &&
               evidence_text(finding).find(expected.named) != std::string::npos;
    };
    CHECK(std::any_of(found.begin(), found.end(), fits));
    for (const report::Subject& subject : report.subjects) {
        for (const report::Finding& finding : subject.findings) {
            const bool expected_one = finding.rung == expected.rung;
            const bool bad = finding.outcome == Outcome::failed || finding.outcome == Outcome::crashed ||
                             finding.outcome == Outcome::unknown;
            CHECK((expected_one || !bad));
        }
    }
}

}  // namespace scca::test
