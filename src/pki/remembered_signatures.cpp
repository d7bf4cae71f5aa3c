// SPDX-License-Identifier: Apache-2.0
#include "remembered_signatures.hpp"

#include <algorithm>

namespace scca::pki {

Bytes RememberedSignatures::sha256_of(const Asked& asked) {
    Bytes both(asked.digest.begin(), asked.digest.end());
    both.insert(both.end(), asked.signature.begin(), asked.signature.end());
    return sha256(both);
}

std::optional<bool> RememberedSignatures::find(const Asked& asked) const noexcept {
    if (!entries_) return std::nullopt;
    Place place = first_[row_of(asked.digest)];
    for (std::size_t looked_at = 0; place != nobody && looked_at < most_looked_at; ++looked_at) {
        const Entry& one = entries_[place];
        if (one.by == asked.by && one.digest_size == asked.digest.size() &&
            one.signature_size == asked.signature.size() &&
            std::equal(asked.digest.begin(), asked.digest.end(), one.octets.begin()) &&
            std::equal(asked.signature.begin(), asked.signature.end(), one.octets.begin() + one.digest_size)) {
            return one.holds;
        }
        place = one.next;
    }
    return std::nullopt;
}

void RememberedSignatures::add(const Asked& asked, bool holds) {
    if (!entries_ && !begin()) return;
    const Place place = make_room();
    Place& first = first_[row_of(asked.digest)];
    Entry& one = entries_[place];
    one.by = asked.by;
    one.next = first;
    one.previous = nobody;
    if (first != nobody) entries_[first].previous = place;
    one.digest_size = static_cast<std::uint16_t>(asked.digest.size());
    one.signature_size = static_cast<std::uint16_t>(asked.signature.size());
    one.holds = holds;
    const auto end = std::copy(asked.digest.begin(), asked.digest.end(), one.octets.begin());
    std::copy(asked.signature.begin(), asked.signature.end(), end);
    first = place;
}

bool RememberedSignatures::begin() noexcept {
    if (!first_) first_.reset(static_cast<Place*>(std::calloc(rows, sizeof(Place))));
    if (first_) entries_.reset(static_cast<Entry*>(std::calloc(most_ + 1, sizeof(Entry))));
    return entries_ != nullptr;
}

RememberedSignatures::Place RememberedSignatures::make_room() noexcept {
    if (count_ < most_) return ++count_;
    const Place place = oldest_;
    oldest_ = static_cast<Place>(oldest_ % most_ + 1);
    const Entry& old = entries_[place];  // the oldest of its row, too, so the last
    Place& first = first_[row_of(ByteView(old.octets).first(old.digest_size))];
    (old.previous == nobody ? first : entries_[old.previous].next) = nobody;
    return place;
}

}  // namespace scca::pki
