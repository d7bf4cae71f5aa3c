// SPDX-License-Identifier: Apache-2.0
#include "supervise.hpp"

#include "foreign_text.hpp"
#include "wire_reader.hpp"

#include <poll.h>
#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <memory>
#include <string>

namespace scca::token {
namespace {

using std::chrono::milliseconds;

/// Whoever answers sooner is not worth telling of.
constexpr milliseconds worth_telling{1'000};
constexpr std::size_t chunk = 64 * 1024;
/// How often a child is asked whether it still runs while its pipes are open: a child of its own may hold them.
constexpr milliseconds glance{20};
/// The same once it was killed, or has closed its pipe.
constexpr milliseconds close_glance{2};
/// How long a killed child may take to vanish before it is left to init.
constexpr milliseconds grace{150};
/// Chunks read at most from a child that ended: one that it started may go on writing.
constexpr int last_chunks = 512;

std::string signal_name(int number) {
    const char* const name = sigabbrev_np(number);
    return name == nullptr ? std::string() : std::string("SIG") + name;
}

class Watch {
public:
    explicit Watch(Watched watched)
        : seen_(watched.seen),
          host_(std::move(watched.host)),
          start_(watched.started),
          deadline_(watched.deadline),
          path_(std::move(watched.path)),
          holds_secret_(watched.holds_secret),
          reader_(seen_) {}

    [[nodiscard]] bool finished() const noexcept { return state_ == State::finished; }
    [[nodiscard]] int wire() noexcept { return host_.wire().number(); }
    [[nodiscard]] int printed() noexcept { return host_.printed().number(); }

    [[nodiscard]] milliseconds patience() noexcept {
        if (state_ == State::dying || !host_.wire().is_open()) return close_glance;
        return std::min(glance, deadline_.remaining());
    }

    /// Reads one chunk of what has arrived.
    void hear_wire() {
        hear(host_.wire(), [this](std::string_view octets) { reader_.feed(octets); });
    }
    void hear_printed() {
        hear(host_.printed(), [this](std::string_view octets) { note_printed(octets); });
    }

    [[nodiscard]] bool tell(const Waiting& waiting) const {
        const bool told = state_ == State::listening && Deadline::Clock::now() - start_ >= worth_telling;
        if (told) waiting(path_, deadline_.remaining());
        return told;
    }

    /// Looks where the child stands and does what follows from it.
    void settle() {
        if (state_ == State::listening) judge();
        if (state_ == State::dying && (host_.reap() || grace_.passed())) finish();
    }

private:
    enum class State : std::uint8_t { listening, dying, finished };

    /// False when there is nothing to read now.
    template <class Ear>
    bool hear(OwnedFd& from, Ear ear) {
        std::array<char, chunk> octets;
        const ssize_t count = from.is_open() ? read(from.number(), octets.data(), octets.size()) : 0;
        if (count < 0 && (errno == EAGAIN || errno == EINTR)) return false;
        if (count <= 0) {
            from.close();
            return false;
        }
        ear(std::string_view(octets.data(), static_cast<std::size_t>(count)));
        if (holds_secret_) explicit_bzero(octets.data(), octets.size());
        return true;
    }

    void note_printed(std::string_view octets) {
        if (!holds_secret_) printed_.feed(octets);
    }

    void judge() {
        if (reader_.done() || reader_.garbled()) return end();
        if (host_.ended()) {
            const auto feed = [this](std::string_view octets) { reader_.feed(octets); };
            for (int i = 0; i < last_chunks && hear(host_.wire(), feed); ++i) {
            }
            end();
            // What it said before it ended may have been all there was to say.
            if (!reader_.done() && !reader_.garbled()) note_ending();
            return;
        }
        if (!deadline_.passed()) return;
        reader_.conclude({FaultKind::hung, {}, {}, deadline_.span().count(), {}});
        end();
    }

    void note_ending() {
        const auto ending = host_.reap();
        if (!ending) return;
        if (ending->by_signal) {
            reader_.conclude({FaultKind::crashed, {}, {}, ending->number, signal_name(ending->number)});
        } else {
            reader_.conclude({FaultKind::exited, {}, {}, ending->number, {}});
        }
    }

    void end() {
        host_.kill();
        grace_ = Deadline::after(grace);
        state_ = State::dying;
    }

    void finish() {
        const auto feed = [this](std::string_view octets) { note_printed(octets); };
        for (int i = 0; i < last_chunks && hear(host_.printed(), feed); ++i) {
        }
        seen_.printed = printed_.finish();
        seen_.duration = std::chrono::duration_cast<milliseconds>(Deadline::Clock::now() - start_);
        host_.wire().close();
        host_.printed().close();
        host_.abandon();
        state_ = State::finished;
    }

    ModuleSeen& seen_;
    HostProcess host_;
    Deadline::Clock::time_point start_;
    Deadline deadline_;
    std::string path_;
    bool holds_secret_;
    Deadline grace_ = Deadline::after(grace);
    WireReader reader_;
    PrintedLines printed_;
    State state_ = State::listening;
};

}  // namespace

void supervise(std::vector<Watched> watched, const Waiting& waiting) {
    std::vector<std::unique_ptr<Watch>> watches;
    for (Watched& one : watched) watches.push_back(std::make_unique<Watch>(std::move(one)));

    for (;;) {
        std::vector<pollfd> ears;
        std::vector<Watch*> listened;
        milliseconds patience = glance;
        for (const auto& watch : watches) {
            if (watch->finished()) continue;
            listened.push_back(watch.get());
            ears.push_back({watch->wire(), POLLIN, 0});
            ears.push_back({watch->printed(), POLLIN, 0});
            patience = std::min(patience, watch->patience());
        }
        if (listened.empty()) return;
        if (waiting) {
            static_cast<void>(std::any_of(listened.begin(), listened.end(),
                                          [&](const Watch* watch) { return watch->tell(waiting); }));
        }
        poll(ears.data(), ears.size(), static_cast<int>(patience.count()));
        for (std::size_t i = 0; i < listened.size(); ++i) {
            if (ears[2 * i].revents != 0) listened[i]->hear_wire();
            if (ears[2 * i + 1].revents != 0) listened[i]->hear_printed();
            listened[i]->settle();
        }
    }
}

}  // namespace scca::token
