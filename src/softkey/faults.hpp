// SPDX-License-Identifier: Apache-2.0
//
// The faults that a software key can be made with. Each is called by the FAQ id that it must lead to, except
// cert-expired, which leads to cert-expiring. Faults that cannot be on one key together are refused in a sentence.
#pragma once

#include <bitset>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace scca::softkey {

enum class Language { zh, en };

enum class KeyFault : std::uint8_t {
    cert_expiring,
    cert_expired,
    cert_not_yet_valid,
    cert_not_found,
    cert_pair_incomplete,
    cert_key_mismatch,
    cert_other_issuer,
    cert_forged,
    cert_unreadable,
    cert_usage_wrong,
    cert_weak,
    ca_expired,
    pin_locked,
    pin_few_tries,
    pin_initial,
    pin_wrong,
    sign_operation_failed,
    key_blank,
    several_keys,
    seal_expired,
    seal_not_yet_valid,
    seal_renewal,
    seal_not_on_key,
    seal_cert_replaced,
    seal_key_mismatch,
    seal_tampered,
    seal_unreadable,
    seal_maker_invalid,
    seal_picture_failed,
    signature_encoding,
};
inline constexpr std::size_t fault_count = 30;

class FaultSet {
public:
    void add(KeyFault fault) { bits_.set(static_cast<std::size_t>(fault)); }
    [[nodiscard]] bool has(KeyFault fault) const { return bits_.test(static_cast<std::size_t>(fault)); }
    [[nodiscard]] bool empty() const { return bits_.none(); }

private:
    std::bitset<fault_count> bits_;
};

struct FaultEntry {
    KeyFault fault;
    std::string_view name, zh, en;
};

/// Every fault with a line on what will be wrong, in the order in which a help desk would meet them.
[[nodiscard]] std::span<const FaultEntry> fault_table();

[[nodiscard]] std::optional<KeyFault> find_fault(std::string_view name);

/// The names of the set, separated by ", ".
[[nodiscard]] std::string names_of(const FaultSet& faults);

/// Why these faults cannot be on one key; nothing when they can.
[[nodiscard]] std::optional<std::string> find_contradiction(const FaultSet& faults, Language language);

}  // namespace scca::softkey
