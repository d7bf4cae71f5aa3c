// SPDX-License-Identifier: Apache-2.0
//
// A report in words, before it is laid out: the verdict, each problem with why, what to do and whom to call, and one
// line for each rung. Text and page both tell this, so that they cannot say different things. Escapes nothing: whoever
// lays it out knows the medium.
#pragma once

#include "advice.hpp"

#include <optional>
#include <string>
#include <vector>

namespace scca::report {

struct Reason {
    std::string label;  ///< "原因：", or "原因 2：" where a machine cannot tell which it is
    std::string text;
    std::vector<Step> steps;
};

struct Problem {
    faq::Id id;
    Mark mark = Mark::failed;
    std::string title;
    std::vector<std::string> where;  ///< in which subjects, and what was seen there
    std::size_t places = 0;          ///< how many there are, told of or not
    bool unopened_bid = false;
    std::vector<Step> own;  ///< with what the evidence holds to copy; the first reason begins with them
    std::vector<Reason> reasons;
    std::vector<Call> calls;
};

/// What a person wants to know of a key that works, and of a file's certificate in any case.
struct KeyFact {
    std::string label, value;
    bool below = false;  ///< tells of the fact above it
};

struct RungLine {
    Mark mark = Mark::passed;
    Rung rung{};
    std::string title, text;
    std::vector<std::string> evidence;  ///< "days_left = 45"; only when asked for
};

/// What came of a signature test that found no problem.
struct SignTestLine {
    Mark mark = Mark::passed;
    std::string text;

    bool operator==(const SignTestLine&) const = default;
};

struct Letter {
    Mark mark = Mark::passed;
    std::string about;  ///< the file that was checked; empty for a key
    std::string verdict;
    std::vector<Problem> problems;        ///< most urgent first
    std::vector<Problem> unanswered;      ///< what could not be found out of a certificate, e.g. whether it was revoked
    std::vector<std::string> works;       ///< beside a driver that crashed or hung: the healthy keys that others read
    std::vector<SignTestLine> sign_test;  ///< empty when none was asked for
    std::vector<KeyFact> facts;
    std::vector<KeyFact> signatures;  ///< of a document: a block each, its seal and what holds of it
    std::string replayed;             ///< that a saved snapshot was judged; empty when none was
    std::string checked_heading;
    std::vector<RungLine> ladder;
    std::vector<std::string> sources;  ///< of the problems, in their order, each once
    std::size_t first_sources = 0;     ///< so many of them are of the first problem; 0 when there is none
};

[[nodiscard]] Letter write_letter(const Report& report, const Style& style, FailOn fail_on);

/// The causes of this problem that findings about the subject prove; all of them where a machine cannot tell.
[[nodiscard]] std::vector<const faq::Cause*> proven_causes(const Subject& subject, faq::Id id);

/// "四川测试建设有限公司（签名证书）"
[[nodiscard]] std::string subject_title(const Subject& subject, faq::Lang lang);

/// The fact's text; empty when there is none or it is no text. It lives as long as the subject.
[[nodiscard]] std::string_view fact_text(const Subject& subject, std::string_view key);
/// The fact's moment, when it has one.
[[nodiscard]] std::optional<Moment> fact_moment(const Subject& subject, std::string_view key);

}  // namespace scca::report
