// SPDX-License-Identifier: Apache-2.0
#include "belt.hpp"

#include <algorithm>
#include <utility>

namespace scca::cli {
namespace {

constexpr std::size_t files_at_once = 64;  ///< handed to a worker together: a lock a file would be felt
constexpr std::size_t most_waiting = 32;   ///< finished handfuls that wait for an earlier one

}  // namespace

std::optional<Handful> Belt::take() {
    const std::scoped_lock taking(taking_);
    Handful handful;
    {
        std::unique_lock lock(mutex_);
        room_.wait(lock, [&] { return taken_ - put_ < most_waiting || stopped(); });
        handful = {.number = taken_, .first_file = files_, .paths = {}};
    }
    while (!stopped() && handful.paths.size() < files_at_once) {
        if (!handful.paths.empty() && !paths_.is_ready()) break;
        auto path = paths_.next();
        if (!path) break;
        handful.paths.push_back(std::move(*path));
    }
    const std::scoped_lock lock(mutex_);
    if (handful.paths.empty()) {
        if (!stopped()) all_ = taken_;
        return std::nullopt;
    }
    ++taken_;
    files_ += handful.paths.size();
    return handful;
}

void Belt::put_part(std::size_t number, Told told) {
    const std::scoped_lock lock(mutex_);
    lay_down(number, std::move(told), false);
}

void Belt::put_part_in_turn(std::size_t number, Told told) {
    std::unique_lock lock(mutex_);
    lay_down(number, std::move(told), false);
    room_.wait(lock, [&] { return put_ == number || stopped(); });
}

void Belt::put(std::size_t number, Told told) {
    const std::scoped_lock lock(mutex_);
    lay_down(number, std::move(told), true);
}

void Belt::lay_down(std::size_t number, Told told, bool whole) {
    Waiting& mine = waiting_[number];
    mine.parts.push_back(std::move(told));
    mine.whole = whole;
    while (!waiting_.empty() && waiting_.begin()->first == put_) {
        Waiting& first = waiting_.begin()->second;
        for (Told& part : std::exchange(first.parts, {})) take_up(std::move(part));
        if (!first.whole) break;
        waiting_.erase(waiting_.begin());
        ++put_;
        progress_.show(std::min(files_, put_ * files_at_once));
    }
    room_.notify_all();
}

void Belt::put_start() {
    const std::scoped_lock lock(mutex_);
    begin();
}

void Belt::put_end(std::string_view text) {
    begin();
    write(text);
}

void Belt::stop() {
    const std::scoped_lock lock(mutex_);
    stopped_ = true;
    room_.notify_all();
}

void Belt::note(ExitStatus status) {
    const std::scoped_lock lock(mutex_);
    if (status != ExitStatus::healthy) noted_ = status;
}

void Belt::begin() {
    if (!std::exchange(begun_, true)) write(rows_.start());
}

void Belt::write(std::string_view text) {
    if (text.empty() || cannot_write_) return;
    cannot_write_ = console_.put_rows(text, format_) != ExitStatus::healthy;
    if (cannot_write_) stopped_ = true;
}

/// Each row of a JSON array comes with the comma before it, and the first has none.
void Belt::take_up(Told told) {
    summary_.add(told.summary);
    if (told.share) rows_.take(std::move(*told.share));
    std::string_view rows = told.rows;
    if (rows.empty()) return;
    if (format_ == Format::json && !any_row_) rows.remove_prefix(1);
    any_row_ = true;
    write(rows);
}

}  // namespace scca::cli
