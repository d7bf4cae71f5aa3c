// SPDX-License-Identifier: Apache-2.0
//
// The conveyor of a batch: hands out paths in order and takes the rows back in order, from however many workers. What
// comes slowly, as from a pipe that somebody is still writing to, is handed out as it comes.
#pragma once

#include "batch_rows.hpp"
#include "batch_summary.hpp"
#include "progress.hpp"

#include "scca/token/orderly_end.hpp"
#include "scca/token/path_stream.hpp"
#include "scca/token/surroundings.hpp"

#include <atomic>
#include <condition_variable>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace scca::cli {

/// Some files for one worker.
struct Handful {
    std::size_t number = 0;
    std::size_t first_file = 0;
    std::vector<token::PathFound> paths;
};

class Belt {
public:
    Belt(token::PathStream paths, const Console& console, Format format, BatchRows& rows)
        : paths_(std::move(paths)), console_(console), format_(format), rows_(rows) {}

    /// The next files; nothing when there are no more, or when nothing can be written any more. Waits for a file, not
    /// for a handful of them.
    [[nodiscard]] std::optional<Handful> take();
    /// Part of a handful that is not finished. It waits here for the earlier ones.
    void put_part(std::size_t number, Told told);
    /// The same, and this thread waits with it: a part may be long, and another follows.
    void put_part_in_turn(std::size_t number, Told told);
    /// The rest of a handful. It waits here for the earlier ones.
    void put(std::size_t number, Told told);
    /// What stands before the rows.
    void put_start();
    /// While it is held nothing is taken up and only put_end writes.
    [[nodiscard]] std::unique_lock<std::mutex> hold() { return std::unique_lock(mutex_); }
    /// What stands after the rows, and before them if that is not written yet.
    void put_end(std::string_view text);

    /// Hands out no more.
    void stop();
    void finish_progress() { progress_.finish(); }
    /// Something beside the rows went wrong: the batch goes on and ends with this.
    void note(ExitStatus status);
    [[nodiscard]] std::optional<ExitStatus> noted() const noexcept { return noted_; }
    [[nodiscard]] const BatchSummary& summary() const noexcept { return summary_; }
    [[nodiscard]] bool stopped() const noexcept { return stopped_ || token::is_interrupted(); }
    /// All that there was to hand out has been put; asked while the belt is held.
    [[nodiscard]] bool is_complete() const noexcept { return all_ == put_; }
    [[nodiscard]] bool cannot_write() const noexcept { return cannot_write_; }
    [[nodiscard]] std::optional<token::BrokenList> find_broken_list() const { return paths_.find_broken_list(); }

private:
    /// What of a handful has been put and not been taken up.
    struct Waiting {
        std::vector<Told> parts;
        bool whole = false;
    };

    void lay_down(std::size_t number, Told told, bool whole);
    void take_up(Told told);
    void write(std::string_view text);
    void begin();

    std::mutex taking_;  ///< guards the paths and `taken_`; held while waiting for them, so never while writing
    token::PathStream paths_;
    std::size_t taken_ = 0;

    std::mutex mutex_;  ///< guards the rest
    const Console& console_;
    Format format_;
    BatchRows& rows_;
    std::condition_variable room_;
    std::map<std::size_t, Waiting> waiting_;
    /// Not beside rows on the same terminal.
    Progress progress_{console_, !token::look_at_terminal().stdout_is_terminal};
    BatchSummary summary_;  ///< of what was taken up
    std::size_t put_ = 0, files_ = 0;
    std::optional<std::size_t> all_;  ///< handfuls, once there are no more
    bool begun_ = false, any_row_ = false;
    std::optional<ExitStatus> noted_;
    std::atomic<bool> stopped_ = false, cannot_write_ = false;
};

}  // namespace scca::cli
