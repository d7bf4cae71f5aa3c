// SPDX-License-Identifier: Apache-2.0
#include "remembered_pairs.hpp"

#include <utility>

namespace scca::checks {

const pki::SignatureCheck* RememberedPairs::find(const Pair& pair) const noexcept {
    for (Place at = first_[row_of(pair)]; at != nobody; at = entries_[at].next) {
        if (entries_[at].pair == pair) return &entries_[at].check;
    }
    return nullptr;
}

const pki::SignatureCheck& RememberedPairs::add(const Pair& pair, pki::SignatureCheck check) {
    Place& first = first_[row_of(pair)];
    if (entries_.size() < most) {
        const auto place = static_cast<Place>(entries_.size());
        entries_.push_back({pair, first, std::move(check)});
        first = place;
        return entries_.back().check;
    }
    const Place place = oldest_;
    oldest_ = static_cast<Place>((oldest_ + 1) % most);
    unlink(place);
    entries_[place] = {pair, first, std::move(check)};
    first = place;
    return entries_[place].check;
}

void RememberedPairs::unlink(Place place) noexcept {
    Place* at = &first_[row_of(entries_[place].pair)];
    while (*at != place) at = &entries_[*at].next;
    *at = entries_[place].next;
}

}  // namespace scca::checks
