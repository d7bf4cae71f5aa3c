// SPDX-License-Identifier: Apache-2.0
//
// The one place where personal data is masked. A value that a typed field calls personal gets an alias, the same value
// always the same one; a sweep then catches what stands inside other text: a value that already has an alias, identity,
// social credit and telephone numbers, folders below a home, the names of this user and host, and hexadecimal or base64
// that spells one of these. Names of organisations and serial numbers of certificates are not personal.
#pragma once

#include "scca/core/bytes.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace scca {

enum class PersonalKind : std::uint8_t { person, number, user, host };

/// An attribute of a distinguished name: its type as redact_name knows it ("CN", "SERIALNUMBER", a dotted identifier),
/// and its value as UTF-8.
struct NamePart {
    std::string_view type, value;
};

class Redactor {
public:
    /// Who and where this is, so that the sweep can find it; empty strings are never searched for, nor are names that
    /// belong to nobody ("root", "user", "localhost").
    struct Surroundings {
        std::string user, host, home;
    };

    Redactor() : Redactor(Surroundings{}) {}
    explicit Redactor(Surroundings surroundings);

    /// Aliases begin anew. Of a batch each file is told as if it were the only one.
    void forget();

    /// "person-1", "number-2" …: the same value, the same alias, for the life of this object. An empty value stays
    /// empty, and an alias stays itself, whatever room it had to fill.
    [[nodiscard]] std::string alias(PersonalKind kind, std::string_view value);

    /// The same alias in exactly `length` octets of ASCII: zeros before its number, or its end alone where there is
    /// little room. For values inside a structure whose lengths must stay.
    [[nodiscard]] std::string alias(PersonalKind kind, std::string_view value, std::size_t length);

    /// A distinguished name as text ("CN=…, O=…, SERIALNUMBER=…", RFC 4514 escapes, or OpenSSL's "/C=…/CN=…"): its
    /// personal attributes replaced, the rest as it was. The CN is personal when the name says so of itself
    /// (ID3:Personal) or names no organisation. Of attributes only country, place, organisation and the like stay; an
    /// attribute that is not known is personal.
    [[nodiscard]] std::string redact_name(std::string_view name);

    /// The sweep. Never looks at what it has put in itself.
    [[nodiscard]] std::string sweep(std::string_view text);
    /// The same in place: most texts hold nothing and stay where they are.
    void sweep_in(std::string& text);

    /// The sweep, octet for octet: what it puts in is as long as what it takes out.
    [[nodiscard]] std::string sweep_in_place(std::string_view text);

    /// Whether the sweep would change these octets, read as text or as UTF-16: for keys, pictures and other opaque
    /// content, in which two or three letters that are also a user's or computer's name stand by chance.
    [[nodiscard]] bool finds_personal(ByteView octets);

private:
    struct Hit {
        std::size_t length = 0;  ///< octets of the text that are replaced
        std::string by;
    };
    /// What can begin with an octet, one bit each; most can begin with nothing and are passed over.
    enum Beginning : std::uint8_t {
        of_home = 1U << 0U,
        of_known = 1U << 1U,
        of_surroundings = 1U << 2U,
        of_number = 1U << 3U,
        of_run = 1U << 4U,
    };
    struct Found {
        std::size_t at = 0;
        Hit hit;
    };
    enum class Content : std::uint8_t { text, opaque };
    [[nodiscard]] std::optional<Found> find_from(std::string_view text, std::size_t at, Content content);
    [[nodiscard]] std::optional<Hit> find_value(std::string_view text, std::size_t at, unsigned begins,
                                                Content content);
    [[nodiscard]] std::optional<Hit> find_home(std::string_view text, std::size_t at);
    [[nodiscard]] std::optional<Hit> find_known(std::string_view text, std::size_t at) const;
    [[nodiscard]] std::optional<Hit> find_surroundings(std::string_view text, std::size_t at, Content content);
    [[nodiscard]] std::optional<Hit> find_number(std::string_view text, std::size_t at);
    [[nodiscard]] std::optional<Hit> find_encoded(std::string_view text, std::size_t at, std::size_t run_end);
    [[nodiscard]] std::size_t end_of_run(std::string_view text, std::size_t at) const noexcept;
    void mark(char c, Beginning beginning);
    void sweep_with(std::string& text, bool in_place);
    /// Puts it at the end of `redacted`; `name` is its type and its value as it is written.
    void redact_attribute(std::string& redacted, std::string_view attribute, const NamePart& name, bool of_person);

    std::string home_;
    std::vector<std::pair<PersonalKind, std::string>> names_;  ///< of this user and host
    std::array<std::uint8_t, 256> begins_{}, begins_at_first_{};
    /// Texts that held nothing, each in the place of its hash; good while nothing is known.
    std::array<std::string, 256> clean_;
    std::map<std::string, std::string, std::less<>> aliases_;
    std::map<std::uint32_t, std::vector<std::string>> known_;  ///< values to sweep for, by their first four octets
    std::map<PersonalKind, unsigned> counts_;
};

/// What of an attribute's value is personal: all from this octet on.
struct PersonalPart {
    PersonalKind kind = PersonalKind::number;
    std::size_t from = 0;
};

/// The rule of redact_name for a name that comes in parts: for each, in their order, what of it is personal.
[[nodiscard]] std::vector<std::optional<PersonalPart>> find_personal_parts(const std::vector<NamePart>& name);

/// Whether these 18 characters are a citizen identity number: a date of birth and the right check character (GB 11643).
[[nodiscard]] bool is_identity_number(std::string_view text) noexcept;

/// Whether these 18 characters are a unified social credit code with the right check character (GB 32100).
[[nodiscard]] bool is_credit_code(std::string_view text) noexcept;

}  // namespace scca
