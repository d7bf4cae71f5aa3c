// SPDX-License-Identifier: Apache-2.0
//
// How a batch is told, row by row, in each format; and PKCS #12 files, which need a password before they can be read.
#pragma once

#include "batch_summary.hpp"
#include "command_line.hpp"

#include "scca/core/redaction.hpp"
#include "scca/report/render.hpp"

#include <cstddef>
#include <string>

namespace scca::cli {

/// Used by several workers at once.
class BatchRows {
public:
    /// With `single` one file is told as a whole letter. A page, a plugin's line and metrics are of the whole batch,
    /// too: then rows are collected and told at the end.
    BatchRows(const CheckRequest& request, const CommonOptions& common, const Console& console, Moment at, bool single);

    [[nodiscard]] std::string start() const;
    /// The rows of the `file`-th file, from 1.
    [[nodiscard]] std::string of(const report::Report& report, std::size_t file);
    [[nodiscard]] std::string end(const BatchSummary& summary) const;
    /// What makes valid output of what was written so far, when the run ends here.
    [[nodiscard]] std::string last_words() const;
    /// One worker alone keeps the order of what is collected.
    [[nodiscard]] bool collects() const noexcept { return collects_; }
    /// The status of plugins for their format, else that of the summary.
    [[nodiscard]] ExitStatus status(const BatchSummary& summary) const;

    /// The report of the `file`-th file, its subjects' ids unique in the batch and without the machine, which has
    /// nothing to say of a file. Personal values are masked here when that was asked for.
    [[nodiscard]] report::Report numbered(report::Report report, std::size_t file);

private:
    const CheckRequest& request_;
    const CommonOptions& common_;
    const Console& console_;
    Moment at_;
    bool collects_, redact_;
    Redactor::Surroundings surroundings_;
    report::Report collected_;
};

/// Where the password of PKCS #12 files comes from: a descriptor (--password-fd), read once, up to its first line feed.
class PasswordSource {
public:
    /// `refusal` is what to say of a file that this password does not open.
    PasswordSource(int descriptor, std::string refusal);
    ~PasswordSource();
    PasswordSource(const PasswordSource&) = delete;
    PasswordSource& operator=(const PasswordSource&) = delete;

    /// A PKCS #12 file as the certificates in it, end to end; every other file as it is.
    [[nodiscard]] token::FileGiven opened(token::FileGiven file) const;

private:
    std::string password_, refusal_;
};

}  // namespace scca::cli
