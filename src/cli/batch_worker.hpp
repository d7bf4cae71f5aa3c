// SPDX-License-Identifier: Apache-2.0
//
// One worker of a batch: takes files from the belt, reads, judges and tells them, and puts their rows back.
#pragma once

#include "batch_rows.hpp"
#include "belt.hpp"
#include "check_plan.hpp"
#include "fetch_memory.hpp"
#include "large_file.hpp"
#include "password_source.hpp"

#include "scca/checks/judge.hpp"
#include "scca/core/redaction.hpp"
#include "scca/token/file_reader.hpp"
#include "scca/token/spool.hpp"

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace scca::cli {

/// The one file that was named, if there is but one.
struct Named {
    std::optional<token::Spool> spool;     ///< of what can be read but once
    std::optional<token::FileGiven> file;  ///< already read, unless it comes in pieces
};

/// A PKCS #12 file is no seal: among seals nobody is asked for its password, but who gives it wants it opened.
[[nodiscard]] bool opens_pkcs12(const CheckRequest& request) noexcept;

/// What signs a bundle is asked about among seals.
[[nodiscard]] bool takes_bundles(checks::Part part) noexcept;

/// What every worker works with.
struct Workshop {
    Belt& belt;
    BatchRows& rows;
    const CheckRequest& request;
    const Plan& plan;
    checks::Options judging;  ///< each worker's, or that of each hand
    PasswordSource& passwords;
    const Console& console;
    Named& named;
    FetchMemory& fetched;
    std::size_t hands;  ///< for the pieces of one large file
};

/// Its own judge and redactor, for each is for one thread. The workshop must outlive it.
class Worker {
public:
    explicit Worker(const Workshop& shop);

    /// Before the first handful, while another worker looks for it.
    void get_ready() { judge_.get_ready(); }
    /// From this handful to the last that the belt has.
    void work(std::optional<Handful> handful);

private:
    /// A file that was read, and waits for others to be judged with.
    struct Gathered {
        std::size_t number = 0;
        bool is_named = false;
    };

    [[nodiscard]] bool do_all(const Handful& handful);
    void do_file(const token::PathFound& found, std::size_t handful);
    void do_large(const std::string& path, const std::string& source, const Survey& seen, std::size_t handful);
    void gather(token::FileGiven file, bool is_named, std::size_t handful);
    void judge_gathered(std::size_t handful);
    [[nodiscard]] std::vector<report::Report> judged(std::span<token::Snapshot> snapshots, std::size_t handful);
    [[nodiscard]] report::Report judged_piece(checks::Judge& judge, token::FileGiven file,
                                              const std::vector<Bytes>& supplied) const;
    void put_part(std::size_t handful);
    void put_part_in_turn(std::size_t handful);
    void prepare(report::Report& report, std::size_t file, SubjectCounts& counts);
    void tell(report::Report report);

    const Workshop& shop_;
    checks::Judge judge_;
    Redactor redactor_;
    token::FileReader reader_{large_octets};
    std::vector<Gathered> gathered_;
    std::vector<token::Snapshot> snapshots_;  ///< of those, and room for more
    Told told_;                               ///< of the handful, not yet handed on
    std::size_t file_ = 0;
    bool is_cut_ = false;  ///< a long file was stopped before its end
};

}  // namespace scca::cli
