// SPDX-License-Identifier: Apache-2.0
#include "watch.hpp"

#include "scca/core/deadline.hpp"
#include "scca/core/text.hpp"
#include "scca/faq/words.hpp"
#include "scca/token/surroundings.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <thread>

namespace scca::cli {
namespace {

namespace words = faq::words::cli;
using std::chrono::milliseconds;

constexpr milliseconds between_glances{200};
/// One module that hangs is not to hide what the others see.
constexpr milliseconds longest_look{3'000};
/// Asking modules takes at most a tenth of the time, unless they are slow: who has just plugged in a key that was not
/// ready for the first look is not to wait for half a minute.
constexpr int rest_after_look = 9;
constexpr milliseconds longest_rest{5'000};
/// How much longer a look may take than the one before.
constexpr int most_slower = 4;

class Timeline {
public:
    Timeline(Format format, bool test_follows, const Console& console)
        : format_(format), test_follows_(test_follows), console_(console) {}

    void note(std::optional<milliseconds>& moment, bool reached, std::optional<faq::Text> stage) {
        if (!reached || moment) return;
        moment = std::chrono::duration_cast<milliseconds>(Deadline::Clock::now() - start_);
        if (stage) tell(*moment, *stage);
    }

    void begin(milliseconds timeout) const {
        if (format_ != Format::text) return;
        const auto seconds = static_cast<std::int64_t>((timeout.count() + 999) / 1000);
        // No part of the timeline, so for the person at a terminal alone.
        if (!token::look_at_terminal().stderr_is_terminal) return;
        console_.put_aside(say(console_, words::watch_begins, {{"seconds", seconds}}));
    }

    void note_usb(const token::UsbSeen& usb) {
        token::Snapshot glance;
        glance.usb = usb;
        note(seen_.inserted, checks::find_stages(glance).inserted, words::stage_inserted);
    }

    void note_look(const token::Snapshot& snapshot, const report::Report& report) {
        const checks::Stages stages = checks::find_stages(snapshot);
        note(seen_.inserted, stages.inserted, words::stage_inserted);
        note(seen_.recognised, stages.recognised, words::stage_recognised);
        note(seen_.read, stages.read, words::stage_read);
        note(seen_.certificate, stages.certificate, words::stage_certificate);
        using report::FailOn, report::Verdict;
        note(seen_.healthy, report::verdict(report, FailOn::warn) == Verdict::healthy, words::stage_healthy);
        if (seen_.healthy) return;
        // A warning lasts: waiting would not make it go away.
        const bool read = stages.recognised && stages.read && stages.certificate;
        const bool through = read && report::verdict(report, FailOn::fail) != Verdict::findings;
        // Whether nothing fails is for the signature test to say, where one follows.
        note(through_, through, test_follows_ ? std::nullopt : std::optional(words::stage_through));
    }

    [[nodiscard]] bool is_done() const noexcept { return seen_.healthy || through_; }

    [[nodiscard]] const token::WatchSeen& seen() const noexcept { return seen_; }

private:
    void tell(milliseconds moment, faq::Text stage) const {
        if (format_ != Format::text) return;
        std::array<char, 32> seconds{};
        std::snprintf(seconds.data(), seconds.size(), "%5.1f", static_cast<double>(moment.count()) / 1000.0);
        const std::string line =
            say(console_, words::watch_stage,
                {{"seconds", std::string(seconds.data())}, {"stage", std::string(stage.in(console_.lang()))}});
        static_cast<void>(console_.put_rows(line + '\n', format_));
    }

    Format format_;
    bool test_follows_;
    const Console& console_;
    Deadline::Clock::time_point start_ = Deadline::Clock::now();
    token::WatchSeen seen_;
    std::optional<milliseconds> through_;  ///< all was read and nothing failed, but something is to be told
};

}  // namespace

token::Snapshot watch(const Watching& watching, milliseconds timeout, Format format, const Console& console) {
    const Deadline deadline = Deadline::after(timeout);
    Timeline timeline(format, watching.test_follows, console);
    timeline.begin(timeout);
    token::Snapshot snapshot;
    std::optional<token::UsbSeen> usb;
    auto next_look = Deadline::Clock::now();
    Deadline::Clock::duration took{};
    for (;;) {
        token::UsbSeen now = watching.glance();
        timeline.note_usb(now);
        const bool changed = usb && *usb != now;
        usb = std::move(now);
        // A look that is cut short would say of a good module that it hangs.
        const bool fits = deadline.remaining() >= std::min<Deadline::Clock::duration>(took * most_slower, longest_look);
        if (fits && (changed || Deadline::Clock::now() >= next_look)) {
            const auto start = Deadline::Clock::now();
            snapshot = watching.look(std::min(longest_look, std::max(deadline.remaining(), between_glances)));
            timeline.note_look(snapshot, watching.judge(snapshot));
            const auto end = Deadline::Clock::now();
            took = end - start;
            next_look =
                end + std::clamp<Deadline::Clock::duration>(took * rest_after_look, between_glances, longest_rest);
        }
        if (timeline.is_done() || deadline.passed()) break;
        std::this_thread::sleep_for(std::min(between_glances, deadline.remaining()));
    }
    snapshot.watch = timeline.seen();
    return snapshot;
}

}  // namespace scca::cli
