// SPDX-License-Identifier: Apache-2.0
//
// The one place where personal data is masked. A value that a typed field calls personal gets an alias, the same value
// always the same one; then a sweep over the finished output catches what slipped through as text: ID numbers (check
// digit of ISO 7064 MOD 11-2), mobile telephone numbers, folders below a home, the names of this user and host.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

namespace scca {

enum class PersonalKind : std::uint8_t { person, number, user, host };

class Redactor {
public:
    /// Who and where this is, so that the sweep can find it; empty strings are never searched for.
    struct Surroundings {
        std::string user, host, home;
    };

    Redactor() = default;
    explicit Redactor(Surroundings surroundings);

    /// "person-1", "number-2" …: the same value, the same alias, for the life of this object. An empty value stays empty.
    [[nodiscard]] std::string alias(PersonalKind kind, std::string_view value);

    /// A distinguished name as text ("CN=…, O=…, SN=…"): its personal attributes replaced, the rest as it was. The CN is
    /// personal only when the name says so of itself (ID3:Personal) or has no organisation.
    [[nodiscard]] std::string redact_name(std::string_view name);

    /// The sweep.
    [[nodiscard]] std::string sweep(std::string_view text);

private:
    Surroundings surroundings_;
    std::map<std::string, std::string, std::less<>> aliases_;
    std::map<PersonalKind, unsigned> counts_;
};

/// Whether these 18 characters are a citizen identity number: a date of birth and the right check character (GB 11643).
[[nodiscard]] bool is_identity_number(std::string_view text) noexcept;

}  // namespace scca
