// SPDX-License-Identifier: Apache-2.0
#include "batch_end.hpp"

#include "check_plan.hpp"

#include "scca/faq/words.hpp"
#include "scca/token/orderly_end.hpp"

#include <chrono>
#include <thread>

namespace scca::cli {
namespace {

namespace words = faq::words::cli;

Refusal refuse_bug(const std::exception& error, const Console& console) {
    const report::Fields fields{{"message", std::string(error.what())}};
    return {ExitStatus::internal, say(console, words::internal_error, fields),
            std::string(words::hint_report_bug.in(console.lang()))};
}

Refusal refuse_list(const token::BrokenList& list, const Console& console) {
    report::Fields fields{{"path", report::path_for_reader(list.path, console.lang())}};
    if (!list.fault) {
        return {ExitStatus::bad_data, say(console, words::no_path_list, fields),
                std::string(words::hint_path_list.in(console.lang()))};
    }
    fields.push_back({"message", reason_of(*list.fault, console.lang())});
    return {ExitStatus::bad_data, say(console, words::cannot_read, fields), {}};
}

}  // namespace

Ending BatchEnd::cut_short(report::CutShort why, faq::Text sentence, report::Fields fields) const {
    fields.push_back({"files", belt_.summary().files()});
    return {why, say(console_, sentence, fields)};
}

std::optional<Refusal> BatchEnd::find_refusal(const std::exception_ptr& trouble, Ending& ending) const {
    if (const auto list = belt_.find_broken_list()) {
        ending = cut_short(report::CutShort::broken_list, words::batch_list_broke,
                           {{"path", report::path_for_reader(list->path, console_.lang())}});
        return refuse_list(*list, console_);
    }
    if (!trouble) return std::nullopt;
    ending = cut_short(report::CutShort::internal_error, words::batch_broke);
    try {
        std::rethrow_exception(trouble);
    } catch (const std::exception& error) {
        return refuse_bug(error, console_);
    }
}

std::optional<Fault> BatchEnd::put(const Ending& ending) {
    return rows_.put_end(belt_.summary(), ending, [&](std::string_view text) { belt_.put_end(text); });
}

ExitStatus BatchEnd::finish(const std::exception_ptr& trouble) {
    belt_.finish_progress();
    if (token::is_interrupted() && !rows_.is_single()) end_interrupted();
    const auto held = belt_.hold();
    closed_ = true;
    Ending ending;
    const auto refusal = find_refusal(trouble, ending);
    // A plugin has but one line, and nobody looks at what is below a bug.
    if (refusal && refusal->status == ExitStatus::internal && format_ == Format::nagios) {
        return console_.fail(*refusal, format_);
    }
    if (const auto fault = put(ending)) return console_.fail(refuse_output(*fault, console_.lang()), Format::text);
    const ExitStatus status = rows_.status(belt_.summary(), ending);
    if (refusal) {
        const ExitStatus refused = console_.fail(*refusal, Format::text);
        return format_ == Format::nagios ? status : refused;
    }
    if (belt_.cannot_write()) return ExitStatus::cannot_write;
    return belt_.noted().value_or(status);
}

void BatchEnd::interrupt() {
    constexpr std::chrono::milliseconds moment{
        200};  // longer than a certificate takes that nobody has to be asked about
    belt_.stop();
    std::this_thread::sleep_for(moment);
    end_interrupted();
}

void BatchEnd::end_interrupted() {
    const auto held = belt_.hold();
    if (closed_ || belt_.is_complete()) return;
    belt_.finish_progress();
    const Ending ending = cut_short(report::CutShort::interrupted, words::batch_interrupted);
    if (const auto fault = put(ending)) {
        static_cast<void>(console_.fail(refuse_output(*fault, console_.lang()), Format::text));
    }
    const bool plugin = format_ == Format::nagios;
    token::end_interrupted(static_cast<int>(plugin ? rows_.status(belt_.summary(), ending) : ExitStatus::interrupted));
}

}  // namespace scca::cli
