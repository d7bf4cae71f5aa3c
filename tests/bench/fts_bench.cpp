// SPDX-License-Identifier: Apache-2.0
//
// fts_bench FOLDER: `explain` beside SQLite's FTS5 with its trigram tokeniser, on the same table (messages, titles and
// keywords) and the texts of tests/data/explain: microseconds a text and how many are answered rightly.
#include "../unit/explain/judge.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <functional>
#include <string>
#include <vector>

namespace {

using namespace scca;
using Clock = std::chrono::steady_clock;

class Trigrams {
public:
    Trigrams() {
        sqlite3_open(":memory:", &database_);
        sqlite3_exec(database_, "CREATE VIRTUAL TABLE t USING fts5(id UNINDEXED, body, tokenize='trigram')", nullptr,
                     nullptr, nullptr);
        sqlite3_prepare_v2(database_, "INSERT INTO t VALUES (?1, ?2)", -1, &insert_, nullptr);
        sqlite3_prepare_v2(database_, "SELECT id FROM t WHERE t MATCH ?1 ORDER BY rank LIMIT 1", -1, &ask_, nullptr);
        for (std::size_t i = 0; i < faq::entries().size(); ++i) {
            const faq::Entry& entry = faq::entries()[i];
            add(entry.id, entry.title.zh);
            for (const auto message : faq::messages_of(entry)) add(entry.id, message);
            for (const auto keyword : faq::keywords_of(entry)) add(entry.id, keyword);
        }
    }
    Trigrams(const Trigrams&) = delete;
    Trigrams& operator=(const Trigrams&) = delete;
    ~Trigrams() {
        sqlite3_finalize(insert_);
        sqlite3_finalize(ask_);
        sqlite3_close(database_);
    }

    /// The best row's problem, with every trigram of the text as one alternative; empty when nothing matches.
    [[nodiscard]] std::string answer(const std::string& text) const {
        const std::string query = query_of(text);
        std::string id;
        if (query.empty()) return id;
        sqlite3_bind_text(ask_, 1, query.c_str(), -1, SQLITE_TRANSIENT);
        if (sqlite3_step(ask_) == SQLITE_ROW) id = reinterpret_cast<const char*>(sqlite3_column_text(ask_, 0));
        sqlite3_reset(ask_);
        return id;
    }

private:
    void add(std::string_view id, std::string_view body) {
        sqlite3_bind_text(insert_, 1, id.data(), static_cast<int>(id.size()), SQLITE_TRANSIENT);
        sqlite3_bind_text(insert_, 2, body.data(), static_cast<int>(body.size()), SQLITE_TRANSIENT);
        sqlite3_step(insert_);
        sqlite3_reset(insert_);
    }

    static std::string query_of(const std::string& text) {
        std::vector<std::size_t> starts;
        for (std::size_t i = 0; i < text.size(); ++i) {
            if ((static_cast<unsigned char>(text[i]) & 0xC0U) != 0x80U) starts.push_back(i);
        }
        starts.push_back(text.size());
        std::string query;
        for (std::size_t i = 0; i + 3 < starts.size(); ++i) {
            const std::string gram = text.substr(starts[i], starts[i + 3] - starts[i]);
            if (gram.find_first_of("\"\n") != std::string::npos || gram.find('\0') != std::string::npos) continue;
            query += (query.empty() ? "\"" : " OR \"") + gram + '"';
        }
        return query;
    }

    sqlite3* database_ = nullptr;
    sqlite3_stmt* insert_ = nullptr;
    sqlite3_stmt* ask_ = nullptr;
};

/// Median microseconds a text over five passes.
double median_time(const std::vector<test::SetRow>& rows, const std::function<void(const std::string&)>& ask) {
    std::vector<double> passes;
    for (int pass = 0; pass < 5; ++pass) {
        const auto start = Clock::now();
        for (const auto& row : rows) ask(row.text);
        passes.push_back(std::chrono::duration<double, std::micro>(Clock::now() - start).count() /
                         static_cast<double>(rows.size()));
    }
    std::sort(passes.begin(), passes.end());
    return passes[passes.size() / 2];
}

bool is_right(const test::SetRow& row, const std::string& id) {
    return row.ids.empty() ? id.empty() : std::find(row.ids.begin(), row.ids.end(), id) != row.ids.end();
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 2) return 64;
    const Trigrams trigrams;
    std::size_t sink = 0;
    for (const auto& [name, file] :
         {std::pair("damaged", test::SetFile::damaged), std::pair("questions", test::SetFile::questions),
          std::pair("unrelated", test::SetFile::unrelated)}) {
        const auto rows = test::read_set(argv[1], file);
        const double ours =
            median_time(rows, [&](const std::string& text) { sink += explain::explain(text).matches.size(); });
        const double theirs = median_time(rows, [&](const std::string& text) { sink += trigrams.answer(text).size(); });
        const auto count = [&](const auto& right) {
            return 100.0 * static_cast<double>(std::count_if(rows.begin(), rows.end(), right)) /
                   static_cast<double>(rows.size());
        };
        const double our_share = count([](const auto& row) { return test::is_right(row, explain::explain(row.text)); });
        const double their_share = count([&](const auto& row) { return is_right(row, trigrams.answer(row.text)); });
        std::printf(
            "%-10s explain %6.1f us %5.1f %% right, FTS5 trigram %7.1f us %5.1f %% right, %5.1f times as fast\n", name,
            ours, our_share, theirs, their_share, theirs / ours);
    }
    return sink == 0 ? 1 : 0;
}
