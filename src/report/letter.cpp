// SPDX-License-Identifier: Apache-2.0
#include "letter.hpp"

#include "detail.hpp"
#include "ladder_lines.hpp"
#include "letter_signatures.hpp"
#include "phrases.hpp"

#include "scca/faq/ids.hpp"
#include "scca/faq/words.hpp"

#include <algorithm>

namespace scca::report {
namespace {

namespace words = faq::words::report;

/// The causes that these findings prove; all of them where a machine cannot tell.
std::vector<const faq::Cause*> causes_where(const faq::Entry& entry, auto holds) {
    std::vector<const faq::Cause*> causes;
    for (const faq::Cause& cause : faq::causes_of(entry)) {
        if (holds(cause)) causes.push_back(&cause);
    }
    if (!causes.empty()) return causes;
    for (const faq::Cause& cause : faq::causes_of(entry)) causes.push_back(&cause);
    return causes;
}

bool tells_of(const Finding& finding) {
    return finding.faq && (finding.outcome == Outcome::failed || finding.outcome == Outcome::warned);
}

bool tells_of(const Finding& finding, faq::Id id) { return finding.faq == id && tells_of(finding); }

bool is_below(const Report& report, const Subject& subject, const std::string& id) {
    for (const Subject* at = &subject; !at->parent.empty();) {
        if (at->parent == id) return true;
        const auto above = std::find_if(report.subjects.begin(), report.subjects.end(),
                                        [&](const Subject& one) { return one.id == at->parent; });
        if (above == report.subjects.end()) return false;
        at = &*above;
    }
    return false;
}

/// The key that the subject stands on; null when it stands on none.
const Subject* token_above(const Report& report, const Subject& subject) {
    for (const Subject& token : report.subjects) {
        if (token.kind == SubjectKind::token && is_below(report, subject, token.id)) return &token;
    }
    return nullptr;
}

/// A container says nothing to who holds two keys. Keys of one name have been told apart in their subjects already.
std::string place_title(const Report& report, const Subject& subject, faq::Lang lang) {
    std::string title = subject_title(subject, lang);
    // Masked people have one name, and what cannot be read has none.
    const bool is_nameless = title.empty() || subject.name_privacy == Privacy::person;
    if (report.whole && is_nameless && !subject.path.empty()) return path_for_reader(subject.path, lang);
    const auto is_token = [](const Subject& one) { return one.kind == SubjectKind::token; };
    const Subject* const token = token_above(report, subject);
    if (token == nullptr || std::count_if(report.subjects.begin(), report.subjects.end(), is_token) < 2) return title;
    const Fields fields{{"key", token->name}, {"what", title}};
    return fill((title.empty() ? words::on_key_alone : words::on_key).in(lang), fields, lang);
}

/// Where the problem was seen: one line a subject, and only a count of the rest when there are many. `all` is how many
/// there are beside those that have nothing to say.
std::vector<std::string> places_of(const Report& report, const std::vector<Seen>& findings, std::size_t all,
                                   faq::Lang lang) {
    constexpr std::size_t most = 8;
    std::vector<std::string> places;
    for (const Seen& seen : findings) {
        std::string text = place_title(report, *seen.subject, lang);
        const std::string detail = detail_of(*seen.finding, lang);
        if (!detail.empty()) text += (text.empty() ? "" : std::string(words::colon.in(lang))) + detail;
        if (!text.empty()) places.push_back(std::move(text));
    }
    const std::size_t untold = all - findings.size();
    if (places.size() + untold > most) {
        const std::size_t told = std::min(places.size(), most);
        const std::string count = std::to_string(places.size() + untold - told);
        places.resize(told);
        places.push_back(fill(words::more_places.in(lang), {{"count", count}}, lang));
    }
    return places;
}

/// Whether it is valid now and not for long: then it matters until which hour.
bool ends_soon(const Finding& finding) {
    return finding.outcome == Outcome::warned && (finding.rung == Rung::cert_dates || finding.rung == Rung::seal_dates);
}

/// Each once, whoever of the findings has it.
std::vector<Step> own_steps_of(const Report& report, const std::vector<Seen>& findings, faq::Lang lang) {
    std::vector<Step> steps;
    for (const Seen& seen : findings) {
        for (Step& step : own_steps_of(*seen.finding, lang)) {
            const bool known =
                std::any_of(steps.begin(), steps.end(), [&](const Step& other) { return other.run == step.run; });
            if (!known) steps.push_back(std::move(step));
        }
    }
    const auto soon =
        std::find_if(findings.begin(), findings.end(), [](const Seen& seen) { return ends_soon(*seen.finding); });
    if (soon != findings.end()) {
        const std::string_view file = soon->subject->path.empty() ? "" : " FILE";
        std::string run = "scca-doctor " + report.command + " --at 'YYYY-MM-DD HH:MM'";
        steps.push_back({std::string(words::step_lasts_until.in(lang)), run.append(file)});
    }
    return steps;
}

/// Who issued what these findings are about, each once, and of the other CAs only the first few.
std::vector<IssuedBy> issuers_of(const std::vector<Seen>& findings) {
    constexpr std::size_t most = 4;
    std::vector<IssuedBy> issuers;
    for (const Seen& seen : findings) {
        const IssuedBy one = issued_by(*seen.subject);
        const bool known = std::find(issuers.begin(), issuers.end(), one) != issuers.end();
        if (!known && (issuers.size() < most || one.who != faq::Issuer::other)) issuers.push_back(one);
    }
    return issuers;
}

Problem problem_of(const Report& report, faq::Id id, const std::vector<Seen>& findings, const Style& style) {
    const faq::Entry& entry = faq::entry(id);
    const auto causes = causes_where(entry, [&](const faq::Cause& cause) {
        return std::any_of(findings.begin(), findings.end(),
                           [&](const Seen& seen) { return is_about(entry, cause, *seen.finding); });
    });
    Problem problem;
    problem.id = id;
    problem.title = entry.title.in(style.lang);
    problem.places = std::max(findings.size(), report.whole ? report.whole->places(id) : 0);
    problem.where = places_of(report, findings, problem.places, style.lang);
    problem.unopened_bid = entry.unopened_bid;
    const std::vector<IssuedBy> issuers = issuers_of(findings);
    const auto same = [&](const IssuedBy& one) { return one.who == issuers.front().who; };
    const faq::Issuer issuer =
        std::all_of(issuers.begin(), issuers.end(), same) ? issuers.front().who : faq::Issuer::any;
    problem.calls = calls_of(causes, style.lang, issuers);
    const bool failed = std::any_of(findings.begin(), findings.end(),
                                    [](const Seen& seen) { return seen.finding->outcome == Outcome::failed; });
    problem.mark = failed ? Mark::failed : mark_of(findings.front().finding->outcome);
    problem.own = own_steps_of(report, findings, style.lang);
    for (const faq::Cause* cause : causes) {
        const std::string number = std::to_string(problem.reasons.size() + 1);
        const std::string label = causes.size() > 1
                                      ? fill(words::why_numbered.in(style.lang), {{"number", number}}, style.lang)
                                      : std::string(words::why.in(style.lang));
        problem.reasons.push_back(
            {label, std::string(cause->text.in(style.lang)), steps_for(*cause, style.system, style.lang, issuer)});
    }
    if (!problem.reasons.empty()) {
        auto& first = problem.reasons.front().steps;
        first.insert(first.begin(), problem.own.begin(), problem.own.end());
    }
    return problem;
}

/// That nobody can tell is no problem of the certificate's; but whoever asked wants to know how to find out.
std::vector<Problem> find_unanswered(const Report& report, const Style& style) {
    std::vector<Problem> unanswered;
    for (const faq::Id id : {faq::id::chain_unknown, faq::id::revocation_unknown}) {
        const auto findings = findings_of(report, [&](const Finding& finding) { return finding.faq == id; });
        if (!findings.empty()) unanswered.push_back(problem_of(report, id, findings, style));
    }
    return unanswered;
}

/// The one file that all of it is about.
std::string path_of(const Report& report) {
    std::string path;
    for (const Subject& subject : report.subjects) {
        if (subject.kind == SubjectKind::module || subject.kind == SubjectKind::machine) continue;
        if (path.empty()) path = subject.path;
        if (subject.path.empty() || (subject.path != path && !subject.path.starts_with(path + '!'))) return {};
    }
    return path;
}

bool has_kind(const Report& report, SubjectKind kind) {
    return std::any_of(report.subjects.begin(), report.subjects.end(),
                       [&](const Subject& s) { return s.kind == kind; });
}

void put_verdict(Letter& letter, const Report& report, const Style& style, FailOn fail_on) {
    const auto say = [&](Mark mark, faq::Text words, const report::Fields& fields = {}) {
        letter.mark = mark;
        letter.verdict = fill(words.in(style.lang), fields, style.lang);
    };
    const bool failed = std::any_of(letter.problems.begin(), letter.problems.end(),
                                    [](const Problem& problem) { return problem.mark == Mark::failed; });
    const std::string count = std::to_string(letter.problems.size());
    if (failed) {
        say(Mark::failed, letter.problems.size() == 1 ? words::one_problem : words::problems, {{"count", count}});
    } else if (!letter.problems.empty()) {
        say(Mark::warned, letter.problems.size() == 1 ? words::one_warning : words::warnings, {{"count", count}});
    } else if (has_crashed(report)) {
        say(Mark::unknown, words::crashed_here);
    } else if (report.whole && report.whole->cut_short != CutShort::no &&
               verdict(report.subjects, fail_on) == Verdict::healthy) {
        say(Mark::unknown, words::not_all_checked);
    } else if (report.whole && report.whole->subjects == 0) {
        say(Mark::unknown, words::nothing_checked);
    } else if (verdict(report, fail_on) == Verdict::unknown) {
        say(Mark::unknown, words::could_not_check);
    } else {
        say(Mark::passed,
            has_kind(report, SubjectKind::token) && !report.partial ? words::healthy : words::healthy_file);
    }
}

faq::Text label_of(const Subject& subject) {
    switch (subject.kind) {
        case SubjectKind::token: return words::label_key;
        case SubjectKind::certificate:
            if (fact_text(subject, "role") == "encrypt") return words::label_certificate_encrypt;
            return fact_text(subject, "role") == "sign" ? words::label_certificate_sign : words::label_certificate;
        case SubjectKind::seal: return words::label_seal;
        default: return {};
    }
}

/// What a certificate may be used for, in words.
std::string usage_text(const Subject& subject, faq::Lang lang) {
    const Field* field = find_field(subject.facts, "key_usage");
    const auto* bits = field == nullptr ? nullptr : std::get_if<std::vector<std::string>>(&field->value);
    if (bits == nullptr) return {};
    const auto has = [&](std::initializer_list<std::string_view> names) {
        return std::any_of(bits->begin(), bits->end(), [&](const std::string& bit) {
            return std::find(names.begin(), names.end(), bit) != names.end();
        });
    };
    std::string text;
    const auto add = [&](bool holds, faq::Text use) {
        if (holds)
            text += (text.empty() ? "" : std::string(words::list_separator.in(lang))) + std::string(use.in(lang));
    };
    add(has({"digitalSignature", "nonRepudiation"}), words::usage_sign);
    add(has({"keyEncipherment", "dataEncipherment", "keyAgreement"}), words::usage_encrypt);
    add(has({"keyCertSign"}), words::usage_certify);
    return text;
}

/// Whether certificates from files are all that there is: who asks about one wants to see whose it is, also when it has
/// a fault.
bool is_about_certificates(const Report& report) {
    return !has_kind(report, SubjectKind::token) && !has_kind(report, SubjectKind::document) &&
           !has_kind(report, SubjectKind::signature) && has_kind(report, SubjectKind::certificate);
}

/// Whose it is, how long certificate and seal last, PIN tries left. Beside problems no more than a screen of it.
void put_facts(Letter& letter, const Report& report, faq::Lang lang) {
    const auto put = [&](faq::Text label, std::string value, bool below) {
        if (!value.empty() && !label.empty())
            letter.facts.push_back({std::string(label.in(lang)), std::move(value), below});
    };
    constexpr std::size_t most = 3;
    std::size_t told = 0;
    for (const Subject& subject : report.subjects) {
        if (!letter.problems.empty() && !label_of(subject).empty() && told++ == most) return;
        put(label_of(subject), subject.name, false);
        for (const Finding& finding : subject.findings) {
            const bool dates = finding.rung == Rung::cert_dates || finding.rung == Rung::seal_dates;
            if (dates) put(words::label_validity, detail_of(finding, lang), true);
            if (finding.rung == Rung::token_pin) put(words::label_pin, detail_of(finding, lang), true);
        }
        if (subject.kind != SubjectKind::certificate || has_kind(report, SubjectKind::token)) continue;
        // Of a file a person wants to know more than that it is well; a key is told in one screen.
        put(words::label_issuer, std::string(fact_text(subject, "issuer")), true);
        put(words::label_serial, std::string(fact_text(subject, "serial")), true);
        put(words::label_usage, usage_text(subject, lang), true);
    }
}

bool is_broken_driver(const Subject& subject) {
    return subject.kind == SubjectKind::module &&
           std::any_of(subject.findings.begin(), subject.findings.end(), [](const Finding& finding) {
               return finding.outcome == Outcome::failed &&
                      (finding.faq == faq::id::driver_crashed || finding.faq == faq::id::driver_hung);
           });
}

/// The day on which the first of a key's certificates ends; nothing when it has none or anything is wrong with it.
std::optional<Moment> good_until(const Report& report, const Subject& key) {
    std::optional<Moment> until;
    for (const Subject& subject : report.subjects) {
        if (&subject != &key && !is_below(report, subject, key.id)) continue;
        for (const Finding& finding : subject.findings) {
            const bool sound = finding.outcome == Outcome::passed || finding.outcome == Outcome::noted;
            if (!sound && finding.outcome != Outcome::unknown) return std::nullopt;
            const auto end =
                sound && finding.rung == Rung::cert_dates ? fact_moment(subject, "not_after") : std::nullopt;
            if (end && (!until || *end < *until)) until = end;
        }
    }
    return until;
}

/// Who reads that a driver crashed wants to know as well which key can be used through another.
void put_works(Letter& letter, const Report& report, faq::Lang lang) {
    const auto broken = std::find_if(report.subjects.begin(), report.subjects.end(), is_broken_driver);
    if (broken == report.subjects.end()) return;
    for (const Subject& key : report.subjects) {
        if (key.kind != SubjectKind::token) continue;
        const bool its_own = std::any_of(report.subjects.begin(), report.subjects.end(), [&](const Subject& module) {
            return is_broken_driver(module) && is_below(report, key, module.id);
        });
        const auto until = its_own ? std::nullopt : good_until(report, key);
        if (!until) continue;
        const Fields fields{{"name", key.name}, {"day", beijing_date(*until)}};
        letter.works.push_back(fill(words::works_beside.in(lang), fields, lang));
    }
}

/// Who asked for a signature wants to know what came of it, whatever else was found; a failure is a problem of its own.
void put_sign_test(Letter& letter, const Report& report, faq::Lang lang) {
    for (const Subject& key : report.subjects) {
        for (const Finding& finding : key.findings) {
            if (finding.rung != Rung::key_signs || tells_of(finding)) continue;
            std::string what =
                finding.outcome == Outcome::blocked ? blocked_text(finding, lang) : detail_of(finding, lang);
            if (what.empty()) what = words::no_answer.in(lang);
            SignTestLine line{mark_of(finding.outcome),
                              fill(words::sign_test.in(lang), {{"what", std::move(what)}}, lang)};
            if (std::find(letter.sign_test.begin(), letter.sign_test.end(), line) == letter.sign_test.end())
                letter.sign_test.push_back(std::move(line));
        }
    }
}

void put_sources(Letter& letter, faq::Lang lang) {
    const auto put = [&](const Problem& problem) {
        add_sources(letter.sources, faq::entry(problem.id), lang);
        if (letter.first_sources == 0) letter.first_sources = letter.sources.size();
    };
    for (const Problem& problem : letter.problems) put(problem);
    for (const Problem& problem : letter.unanswered) put(problem);
    if (letter.sources.empty()) letter.sources.emplace_back(words::guide_name.in(lang));
}

}  // namespace

std::vector<const faq::Cause*> proven_causes(const Subject& subject, faq::Id id) {
    const faq::Entry& entry = faq::entry(id);
    return causes_where(entry, [&](const faq::Cause& cause) {
        return std::any_of(subject.findings.begin(), subject.findings.end(), [&](const Finding& finding) {
            return tells_of(finding, id) && is_about(entry, cause, finding);
        });
    });
}

std::string subject_title(const Subject& subject, faq::Lang lang) {
    const std::string_view role = fact_text(subject, "role");
    if (role.empty() || role == "unknown") return subject.name;
    return subject.name + std::string((role == "sign" ? words::role_sign : words::role_encrypt).in(lang));
}

std::string_view fact_text(const Subject& subject, std::string_view key) {
    const Field* field = find_field(subject.facts, key);
    const auto* text = field == nullptr ? nullptr : std::get_if<std::string>(&field->value);
    return text == nullptr ? std::string_view() : std::string_view(*text);
}

std::optional<Moment> fact_moment(const Subject& subject, std::string_view key) {
    return moment_in(subject.facts, key);
}

Letter write_letter(const Report& report, const Style& style, FailOn fail_on) {
    Letter letter;
    letter.about = path_for_reader(path_of(report), style.lang);
    for (const faq::Id id : root_causes(report)) {
        const auto findings = findings_of(report, [&](const Finding& finding) { return tells_of(finding, id); });
        letter.problems.push_back(problem_of(report, id, findings, style));
    }
    letter.unanswered = find_unanswered(report, style);
    put_verdict(letter, report, style, fail_on);
    if (letter.problems.empty() || is_about_certificates(report)) put_facts(letter, report, style.lang);
    put_works(letter, report, style.lang);
    put_sign_test(letter, report, style.lang);
    put_signatures(letter, report, style);
    const std::string at = beijing_text(report.at).substr(0, 16);
    letter.checked_heading = fill(words::checked_at.in(style.lang), {{"at", at}}, style.lang);
    if (report.replay) {
        const std::string taken = beijing_text(report.replay->taken_at).substr(0, 16);
        const faq::Text words = report.replay->redacted ? words::replayed_redacted : words::replayed;
        letter.replayed = fill(words.in(style.lang), {{"at", taken}}, style.lang);
    }
    letter.ladder = ladder_lines(report, style, !letter.problems.empty());
    put_sources(letter, style.lang);
    return letter;
}

}  // namespace scca::report
