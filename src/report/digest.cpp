// SPDX-License-Identifier: Apache-2.0
#include "scca/report/digest.hpp"

#include <algorithm>
#include <utility>

namespace scca::report {
namespace {

constexpr std::size_t first_subjects = 100;     ///< a batch as short as that is told in full
constexpr std::int64_t enough = 10;             ///< subjects with the same finding
constexpr std::size_t most_octets = 8U << 20U;  ///< beyond, only what shows something new is kept

std::size_t octets_of(const Fields& fields) {
    std::size_t octets = 0;
    for (const Field& field : fields) {
        if (const auto* text = std::get_if<std::string>(&field.value)) octets += text->size();
        if (const auto* list = std::get_if<std::vector<std::string>>(&field.value)) {
            for (const std::string& text : *list) octets += text.size();
        }
    }
    return octets;
}

std::size_t octets_of(const Subject& subject) {
    std::size_t octets = subject.name.size() + subject.path.size() + subject.picture.size() + octets_of(subject.facts);
    for (const Finding& finding : subject.findings) octets += octets_of(finding.evidence);
    return octets;
}

}  // namespace

bool Digest::wants(const Subject& subject) const {
    const bool full = octets_ >= most_octets;
    if (!full && kept_.subjects.size() < first_subjects) return true;
    const auto is_rare = [&](const auto& counts, const auto& key) {
        const auto found = counts.find(key);
        return found == counts.end() || (!full && found->second < enough);
    };
    return std::any_of(subject.findings.begin(), subject.findings.end(), [&](const Finding& finding) {
        return is_rare(of_kept_.rungs, std::pair(finding.rung, finding.outcome)) ||
               (finding.faq && is_rare(of_kept_.problems, std::pair(faq::entry(*finding.faq).id, finding.outcome)));
    });
}

void Digest::keep(Subject subject) {
    if (octets_ >= most_octets) subject.picture.clear();
    octets_ += octets_of(subject);
    of_kept_.count(subject);
    kept_.subjects.push_back(std::move(subject));
}

void Digest::add(Report report) {
    for (Subject& subject : report.subjects) {
        whole_.count(subject);
        if (wants(subject)) keep(std::move(subject));
    }
}

void Digest::add(Digest later) {
    whole_.add(later.whole_);
    for (Subject& subject : later.kept_.subjects) {
        if (wants(subject)) keep(std::move(subject));
    }
}

Report Digest::report() const {
    Report report = kept_;
    report.whole = whole_;
    return report;
}

}  // namespace scca::report
