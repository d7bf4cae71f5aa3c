// SPDX-License-Identifier: Apache-2.0
//
// What the checks found, before it is told: findings in ladder order for each subject, with ids and evidence and no
// advice (words come from the FAQ when it is rendered). The contract of ids, outcomes and facts is the design's.
#pragma once

#include "scca/core/bytes.hpp"
#include "scca/core/calendar.hpp"
#include "scca/core/rung.hpp"
#include "scca/faq/table.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace scca::report {

enum class Outcome : std::uint8_t { passed, noted, warned, failed, blocked, unknown, crashed };

[[nodiscard]] std::string_view name_of(Outcome outcome) noexcept;

/// Whether a value is somebody's own: redaction masks it by this, before it sweeps the text.
enum class Privacy : std::uint8_t {
    open,    ///< organisation names, serial numbers of certificates, codes
    person,  ///< a natural person's name
    number,  ///< ID, telephone or social credit number
    name,    ///< a distinguished name: its personal attributes are masked, the rest stays
    path,    ///< a path below somebody's home, a user or host name
};

using Value = std::variant<std::monostate, bool, std::int64_t, Moment, std::string,
                           std::vector<std::string>>;  ///< monostate is JSON's null

/// A word of our own that stands in the program, never one that was put together.
class Key {
public:
    constexpr Key(const char* word) noexcept : word_(word) {}       // NOLINT(google-explicit-constructor)
    constexpr Key(std::string_view word) noexcept : word_(word) {}  // NOLINT(google-explicit-constructor)
    Key(const std::string&) = delete;
    [[nodiscard]] constexpr operator std::string_view() const noexcept { return word_; }  // NOLINT

    bool operator==(const Key&) const = default;

private:
    std::string_view word_;
};

struct Field {
    Key key;
    Value value;
    Privacy privacy = Privacy::open;

    bool operator==(const Field&) const = default;
};

/// Keys in the order in which they are to be told.
using Fields = std::vector<Field>;

/// The field of this key, when there is one.
[[nodiscard]] const Field* find_field(const Fields& fields, std::string_view key) noexcept;

struct Finding {
    Rung rung{};
    Outcome outcome = Outcome::passed;
    std::optional<faq::Id> faq;
    Fields evidence;
    std::string blocked_by;  ///< a rung id, or "subject#rung"; only when blocked
    std::chrono::milliseconds duration{0};
};

struct Subject {
    std::string id;  ///< unique in the report, e.g. "token-1"
    SubjectKind kind = SubjectKind::machine;
    std::string name;
    Privacy name_privacy = Privacy::open;
    std::string path;
    std::string parent;                     ///< id of another subject; empty at the top
    faq::Issuer issuer = faq::Issuer::any;  ///< whose certificate it is, as far as its names say; `any` of all else
    Fields facts;
    std::vector<Finding> findings;
    Bytes picture;             ///< of a seal, for the page; empty when there is none or it cannot be shown
    std::string picture_type;  ///< as the seal states it; what is shown goes by the octets
};

enum class Verdict : std::uint8_t { healthy, findings, unknown };

[[nodiscard]] std::string_view name_of(Verdict verdict) noexcept;

/// What makes a finding count for the exit status: --fail-on.
enum class FailOn : std::uint8_t { warn, fail, never };

/// The report is about a snapshot that was saved, not about what is here now.
struct Replay {
    Moment taken_at{};
    bool redacted = false;  ///< what redaction would have spoilt was found out before it

    bool operator==(const Replay&) const = default;
};

/// How often something came, for programs.
struct Figure {
    std::string_view name;
    std::int64_t count = 0;
};

/// Why a batch was not judged to its end.
enum class CutShort : std::uint8_t { no, interrupted, broken_list, internal_error };

/// "broken-list"; empty for `no`.
[[nodiscard]] std::string_view name_of(CutShort why) noexcept;

/// A batch of which a report holds but some subjects.
struct Whole {
    std::size_t subjects = 0;
    std::map<std::pair<Rung, Outcome>, std::int64_t> rungs;                 ///< findings
    std::map<std::pair<std::string_view, Outcome>, std::int64_t> problems;  ///< findings, by the problem's id
    std::string sentence;                                                   ///< what it adds up to
    std::vector<Figure> figures;                                            ///< the same, number by number
    CutShort cut_short = CutShort::no;
    std::string ending;  ///< that it was, and how far it came; empty when it was not

    void count(const Subject& subject);
    void add(const Whole& other);
    /// In how many places a problem was seen.
    [[nodiscard]] std::size_t places(faq::Id problem) const;
};

struct Report {
    std::string command;  ///< "check", "check-key" …
    Moment at{};          ///< the moment that was judged
    std::vector<Subject> subjects;
    bool partial = false;  ///< only some rungs were asked for: healthy then means no more than those
    std::optional<Replay> replay{};
    bool is_foreign = false;       ///< of a file that is nothing we know, by content and name
    std::optional<Whole> whole{};  ///< more than these subjects; each problem of it has some among them
};

/// FAQ ids of failed findings, then of warned ones, most urgent first, each once.
[[nodiscard]] std::vector<faq::Id> root_causes(std::span<const Subject> subjects);
[[nodiscard]] inline std::vector<faq::Id> root_causes(const Report& report) { return root_causes(report.subjects); }

[[nodiscard]] Verdict verdict(std::span<const Subject> subjects, FailOn fail_on);
/// A batch without anything in it was not checked, and of one that was cut short nobody knows the rest.
[[nodiscard]] Verdict verdict(const Report& report, FailOn fail_on);

/// True when a check of ours threw: exit status 70.
[[nodiscard]] bool has_crashed(std::span<const Subject> subjects) noexcept;
[[nodiscard]] inline bool has_crashed(const Report& report) noexcept { return has_crashed(report.subjects); }

}  // namespace scca::report
