// SPDX-License-Identifier: Apache-2.0
#include "token_sight.hpp"

#include "machine_doors.hpp"

#include <algorithm>

namespace scca::checks {
namespace {

bool says_removed(const Fault& fault) { return problem_of_refusal(fault) == faq::id::key_removed; }

const Fault* find_removal_among(const std::vector<Fault>& faults) {
    const auto found = std::find_if(faults.begin(), faults.end(), says_removed);
    return found == faults.end() ? nullptr : &*found;
}

const Fault* find_removal_in(const token::ApplicationSeen& application) {
    const Fault* found = find_removal_among(application.faults);
    for (const token::ContainerSeen& container : application.containers) {
        if (found == nullptr) found = find_removal_among(container.faults);
    }
    for (const token::FileSeen& file : application.files) {
        if (found == nullptr && file.fault && says_removed(*file.fault)) found = &*file.fault;
    }
    return found;
}

}  // namespace

Unseen unseen_of(const token::TokenSeen& token) {
    Unseen unseen;
    for (const token::ApplicationSeen& application : token.applications) {
        unseen.hides_objects = unseen.hides_objects || application.hides_objects;
        unseen.containers_left += application.containers_left;
        unseen.files_left += application.files_left;
    }
    return unseen;
}

const Fault* find_removal(const token::TokenSeen& token) {
    const Fault* found = find_removal_among(token.faults);
    for (const token::ApplicationSeen& application : token.applications) {
        if (found == nullptr) found = find_removal_in(application);
    }
    return found;
}

}  // namespace scca::checks
