// SPDX-License-Identifier: Apache-2.0
//
// The conveyor of a batch: hands out paths in order and takes the rows back in order, from however many workers. What
// comes slowly, as from a pipe that somebody is still writing to, is handed out as it comes.
#pragma once

#include "batch_rows.hpp"
#include "batch_summary.hpp"
#include "progress.hpp"

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
    /// Part of a handful that is not finished; waits until every earlier one is.
    void put_part(std::size_t number, Told told);
    /// The rest of a handful. It waits here for the earlier ones.
    void put(std::size_t number, Told told);
    /// What stands before and after the rows; not while workers are at work.
    void put_start(std::string_view text) { write(text, rows_.last_words(summary_)); }
    void put_end(std::string_view text) { write(text, {}); }

    /// Hands out no more.
    void stop();
    void finish_progress() { progress_.finish(); }
    /// Something beside the rows went wrong: the batch goes on and ends with this.
    void note(ExitStatus status);
    [[nodiscard]] std::optional<ExitStatus> noted() const noexcept { return noted_; }
    [[nodiscard]] const BatchSummary& summary() const noexcept { return summary_; }
    [[nodiscard]] bool stopped() const noexcept { return stopped_; }
    [[nodiscard]] bool cannot_write() const noexcept { return cannot_write_; }
    [[nodiscard]] std::optional<std::string> find_broken_list() const { return paths_.find_broken_list(); }

private:
    void write(std::string_view text, std::string_view then);
    void take_up(Told told);

    std::mutex taking_;  ///< guards the paths and `taken_`; held while waiting for them, so never while writing
    token::PathStream paths_;
    std::size_t taken_ = 0;

    std::mutex mutex_;  ///< guards the rest
    const Console& console_;
    Format format_;
    BatchRows& rows_;
    std::condition_variable room_;
    std::map<std::size_t, Told> waiting_;
    /// Not beside rows on the same terminal.
    Progress progress_{console_, !token::look_at_terminal().stdout_is_terminal};
    BatchSummary summary_;  ///< of what was taken up
    std::size_t put_ = 0, files_ = 0;
    bool any_row_ = false;
    std::optional<ExitStatus> noted_;
    std::atomic<bool> stopped_ = false, cannot_write_ = false;
};

}  // namespace scca::cli
