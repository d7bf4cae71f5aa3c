// SPDX-License-Identifier: Apache-2.0
//
// Climbs the ladder for what one Snapshot shows: row by row, for every subject of the row's kind, looks first whether
// what the rung stands on holds. In steps, so that several can take each of them together.
#pragma once

#include "given.hpp"
#include "way.hpp"

#include <array>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace scca::checks {

class Climb {
public:
    /// Opens the dossier; what it refers to must outlive this.
    Climb(const token::Snapshot& snapshot, FoundFiles found, const Options& options, Authorities& authorities,
          const FetchedDocuments& fetched);

    [[nodiscard]] const Dossier& dossier() const noexcept { return dossier_; }

    /// The first step: names the subjects.
    void describe();
    /// Of those that this row finds unreadable the others can say nothing. Before these.
    void find_unreadable(const CheckRow& row);
    /// In the ladder's order.
    void climb(const CheckRow& row);
    /// The last step: takes the subjects away.
    [[nodiscard]] report::Report finish(const Way& way);

private:
    [[nodiscard]] std::size_t outermost(std::size_t position) const;
    [[nodiscard]] bool was_asked(Rung rung) const;
    [[nodiscard]] bool revocation_was_asked() const;
    [[nodiscard]] bool was_told(Rung rung) const;
    void tell_tokens_apart();
    void tell_unsigned();
    void tell_unanswered();
    [[nodiscard]] report::Subject& place_of(Rung rung);
    void climb(const CheckRow& row, std::size_t position);
    [[nodiscard]] const report::Fields* find_unreadable_at(std::size_t position) const;
    [[nodiscard]] std::string find_blocker(Rung rung, std::size_t position) const;

    Dossier dossier_;
    std::vector<report::Subject> subjects_;
    std::array<bool, subject_kinds> is_present_{};
    std::vector<std::pair<std::size_t, report::Fields>> unreadable_;  ///< positions of subjects, and why
    bool broke_ = false;                                              ///< something did, so far
};

}  // namespace scca::checks
