// SPDX-License-Identifier: Apache-2.0
#include "doors.hpp"

#include <algorithm>
#include <iterator>

namespace scca::token {
namespace {

template <class List>
void append(List& to, List&& from) {
    to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
}

/// Whether a list of the token's containers holds this content already.
template <class Part>
bool holds(const TokenSeen& token, std::vector<Part> ContainerSeen::*list, const Part& wanted) {
    for (const ApplicationSeen& application : token.applications) {
        for (const ContainerSeen& container : application.containers) {
            for (const Part& part : container.*list) {
                if (part.content == wanted.content) return true;
            }
        }
    }
    return false;
}

bool holds_certificate(const TokenSeen& token, const CertificateSeen& certificate) {
    return holds(token, &ContainerSeen::certificates, certificate);
}

/// One that could not be read is known by its name and size alone.
bool holds_file(const TokenSeen& token, const FileSeen& wanted) {
    const auto is_same = [&](const FileSeen& file) {
        if (!wanted.content.empty()) return file.content == wanted.content;
        return file.content.empty() && file.name == wanted.name && file.size == wanted.size;
    };
    return std::any_of(token.applications.begin(), token.applications.end(), [&](const ApplicationSeen& application) {
        return std::any_of(application.files.begin(), application.files.end(), is_same);
    });
}

/// A serial number of one repeated character is what unnumbered keys have.
bool tells_keys_apart(const std::string& serial) {
    return serial.find_first_not_of(serial.front()) != std::string::npos;
}

/// Of one token's certificates there are some, and the other has them all. One in common proves nothing: keys of the
/// same CA may all carry its certificate.
bool holds_certificates_of(const TokenSeen& token, const TokenSeen& other) {
    bool has_any = false;
    for (const ApplicationSeen& application : other.applications) {
        for (const ContainerSeen& container : application.containers) {
            for (const CertificateSeen& certificate : container.certificates) {
                if (!holds_certificate(token, certificate)) return false;
                has_any = true;
            }
        }
    }
    return has_any;
}

bool is_same_key(const TokenSeen& one, const TokenSeen& other) {
    if (!one.serial.empty() && one.serial == other.serial && tells_keys_apart(one.serial)) return true;
    return holds_certificates_of(one, other) || holds_certificates_of(other, one);
}

/// Whether the token's own count, or the same flags, stand there already: two words on one PIN are one too many.
bool tells_of_pin(const TokenSeen& token, const PinSeen& pin) {
    return std::any_of(token.applications.begin(), token.applications.end(), [&](const ApplicationSeen& application) {
        return application.pin.tries_max || application.pin == pin;
    });
}

/// Leaves of an application only what `token` does not show yet.
void keep_news(ApplicationSeen& application, const TokenSeen& token) {
    for (ContainerSeen& container : application.containers) {
        std::erase_if(container.certificates, [&](const auto& one) { return holds_certificate(token, one); });
        std::erase_if(container.public_keys,
                      [&](const auto& one) { return holds(token, &ContainerSeen::public_keys, one); });
    }
    std::erase_if(application.containers, [](const ContainerSeen& container) {
        return container.certificates.empty() && container.public_keys.empty() && container.faults.empty();
    });
    std::erase_if(application.files, [&](const FileSeen& file) { return holds_file(token, file); });
    if (tells_of_pin(token, application.pin)) application.pin = {};
}

bool has_certificates(const TokenSeen& token) {
    return std::any_of(token.applications.begin(), token.applications.end(), [](const ApplicationSeen& application) {
        return std::any_of(application.containers.begin(), application.containers.end(),
                           [](const ContainerSeen& container) { return !container.certificates.empty(); });
    });
}

/// Modules of different makers number their keys by themselves: a number in common counts only where the certificates
/// do not say otherwise.
bool is_same_key_elsewhere(const TokenSeen& one, const TokenSeen& other) {
    if (holds_certificates_of(one, other) || holds_certificates_of(other, one)) return true;
    return is_same_key(one, other) && !(has_certificates(one) && has_certificates(other));
}

bool counts_tries(const TokenSeen& token) {
    return std::any_of(token.applications.begin(), token.applications.end(),
                       [](const ApplicationSeen& application) { return application.pin.tries_left.has_value(); });
}

void join_token(TokenSeen& token, TokenSeen other) {
    if (token.label.empty()) token.label = std::move(other.label);
    if (token.manufacturer.empty()) token.manufacturer = std::move(other.manufacturer);
    if (token.serial.empty()) token.serial = std::move(other.serial);
    append(token.faults, std::move(other.faults));
    for (ApplicationSeen& application : other.applications) {
        keep_news(application, token);
        ApplicationSeen nothing;
        nothing.name = application.name;
        nothing.reference = application.reference;
        nothing.route = application.route;
        // What this door leaves out the other one shows.
        nothing.hides_objects = application.hides_objects;
        nothing.containers_left = application.containers_left;
        nothing.files_left = application.files_left;
        if (application != nothing) token.applications.push_back(std::move(application));
    }
}

/// One of two faults stands; the worse one, else the first. The other one is on record.
void join_fault(std::optional<Fault>& fault, std::optional<Fault> other, std::vector<Fault>& refusals) {
    if (!other || fault == other) return;
    if (fault && fault->kind == FaultKind::garbled) std::swap(fault, other);
    if (fault) {
        refusals.push_back(std::move(*other));
    } else {
        fault = std::move(other);
    }
}

}  // namespace

void join_modules(std::vector<ModuleSeen>& modules) {
    struct Place {
        std::size_t module, token;
        bool joined = false;
    };
    std::vector<Place> places;
    for (std::size_t m = 0; m < modules.size(); ++m) {
        for (std::size_t t = 0; t < modules[m].tokens.size(); ++t) places.push_back({m, t});
    }
    const auto at = [&](const Place& place) -> TokenSeen& { return modules[place.module].tokens[place.token]; };
    std::stable_partition(places.begin(), places.end(), [&](const Place& place) { return counts_tries(at(place)); });
    for (auto place = places.begin(); place != places.end(); ++place) {
        const auto same = std::find_if(places.begin(), place, [&](const Place& other) {
            return !other.joined && other.module != place->module && is_same_key_elsewhere(at(other), at(*place));
        });
        if (same == place) continue;
        join_token(at(*same), std::move(at(*place)));
        place->joined = true;
        ++modules[place->module].tokens_elsewhere;
    }
    std::sort(places.begin(), places.end(), [](const Place& a, const Place& b) { return a.token > b.token; });
    for (const Place& place : places) {
        auto& tokens = modules[place.module].tokens;
        if (place.joined) tokens.erase(tokens.begin() + static_cast<std::ptrdiff_t>(place.token));
    }
}

void join_door(ModuleSeen& module, ModuleSeen heard) {
    join_fault(module.load_fault, std::move(heard.load_fault), module.refusals);
    join_fault(module.answer_fault, std::move(heard.answer_fault), module.refusals);
    append(module.refusals, std::move(heard.refusals));
    append(module.printed, std::move(heard.printed));
    append(module.steps, std::move(heard.steps));
    if (module.abi == SkfAbi::unknown) module.abi = heard.abi;
    module.duration = std::max(module.duration, heard.duration);
    for (TokenSeen& token : heard.tokens) {
        const auto same = std::find_if(module.tokens.begin(), module.tokens.end(),
                                       [&](const TokenSeen& one) { return is_same_key(one, token); });
        if (same == module.tokens.end()) {
            module.tokens.push_back(std::move(token));
        } else {
            join_token(*same, std::move(token));
        }
    }
}

}  // namespace scca::token
