// SPDX-License-Identifier: Apache-2.0
//
// The ladder: every rung, whose subject it belongs to, and the rungs that must hold before it can be judged.
// One table in climbing order; a rung can only need rungs above it, so a cycle cannot be written (static_assert).
// Ids are a contract (findings.tsv of the design): rows are added, never renamed.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace scca {

/// What a finding is about. One report has one machine and any number of the others.
enum class SubjectKind : std::uint8_t { machine, reader, module, token, key, certificate, seal, document, signature };

inline constexpr std::array<std::string_view, 9> subject_kind_names{
    "machine", "reader", "module", "token", "key", "certificate", "seal", "document", "signature"};

inline constexpr std::size_t subject_kinds = subject_kind_names.size();

[[nodiscard]] constexpr std::string_view name_of(SubjectKind kind) noexcept {
    return subject_kind_names[static_cast<std::size_t>(kind)];
}

enum class Rung : std::uint8_t {
    machine_clock,
    machine_usb,
    machine_usb_access,
    machine_pcsc,
    machine_driver,
    machine_helper,
    machine_conflict,
    machine_network,
    reader_found,
    reader_card,
    reader_free,
    reader_answers,
    module_file,
    module_loads,
    module_answers,
    token_found,
    token_application,
    token_pin,
    token_container,
    cert_found,
    cert_pair,
    key_signs,
    cert_readable,
    cert_dates,
    cert_issuer,
    cert_chain,
    cert_signature,
    cert_usage,
    cert_key,
    cert_strength,
    cert_revocation,
    seal_found,
    seal_readable,
    seal_dates,
    seal_maker,
    seal_signature,
    seal_signer,
    seal_picture,
    seal_timestamp,
    document_readable,
    document_signed,
    document_coverage,
    signature_readable,
    signature_references,
    signature_value,
    signature_signer,
    signature_time,
    signature_timestamp,
};

/// Up to three needed rungs. A constructor, because gcc 12 refuses partly initialised arrays in a constexpr table.
struct Needs {
    std::array<Rung, 3> rungs{};
    std::size_t count = 0;

    constexpr Needs() = default;
    constexpr Needs(Rung a) : rungs{a, a, a}, count(1) {}  // NOLINT(google-explicit-constructor)
    constexpr Needs(Rung a, Rung b) : rungs{a, b, b}, count(2) {}
    constexpr Needs(Rung a, Rung b, Rung c) : rungs{a, b, c}, count(3) {}
};

struct RungRow {
    Rung rung;
    std::string_view id;
    SubjectKind kind;  ///< the subject that carries its finding
    Needs needs;
};

/// A need is looked up in the same subject, then in its parents, then in the machine. Rungs about a whole key
/// (is there a certificate, a seal at all) belong to the token, for there is no certificate to carry them.
inline constexpr std::array ladder{
    RungRow{Rung::machine_clock, "machine.clock", SubjectKind::machine, {}},
    RungRow{Rung::machine_usb, "machine.usb", SubjectKind::machine, {}},
    RungRow{Rung::machine_usb_access, "machine.usb.access", SubjectKind::machine, {Rung::machine_usb}},
    RungRow{Rung::machine_pcsc, "machine.pcsc", SubjectKind::machine, {}},
    RungRow{Rung::machine_driver, "machine.driver", SubjectKind::machine, {Rung::machine_usb}},
    RungRow{Rung::machine_helper, "machine.helper", SubjectKind::machine, {}},
    RungRow{Rung::machine_conflict, "machine.conflict", SubjectKind::machine, {}},
    RungRow{Rung::machine_network, "machine.network", SubjectKind::machine, {}},
    RungRow{Rung::reader_found, "reader.found", SubjectKind::machine, {Rung::machine_pcsc}},
    RungRow{Rung::reader_card, "reader.card", SubjectKind::reader, {Rung::reader_found}},
    RungRow{Rung::reader_free, "reader.free", SubjectKind::reader, {Rung::reader_card}},
    RungRow{Rung::reader_answers, "reader.answers", SubjectKind::reader, {Rung::reader_free}},
    RungRow{Rung::module_file, "module.file", SubjectKind::module, {}},
    RungRow{Rung::module_loads, "module.loads", SubjectKind::module, {Rung::module_file}},
    RungRow{Rung::module_answers, "module.answers", SubjectKind::module, {Rung::module_loads}},
    RungRow{Rung::token_found, "token.found", SubjectKind::machine, {Rung::machine_usb}},
    RungRow{Rung::token_application, "token.application", SubjectKind::token, {Rung::module_answers}},
    RungRow{Rung::token_pin, "token.pin", SubjectKind::token, {Rung::token_application}},
    RungRow{Rung::token_container, "token.container", SubjectKind::token, {Rung::token_application}},
    RungRow{Rung::cert_found, "cert.found", SubjectKind::token, {Rung::token_container}},
    RungRow{Rung::cert_pair, "cert.pair", SubjectKind::key, {Rung::cert_found}},
    RungRow{Rung::key_signs, "key.signs", SubjectKind::key, {Rung::token_pin, Rung::cert_found}},
    RungRow{Rung::cert_readable, "cert.readable", SubjectKind::certificate, {}},
    RungRow{Rung::cert_dates, "cert.dates", SubjectKind::certificate, {Rung::cert_readable}},
    RungRow{Rung::cert_issuer, "cert.issuer", SubjectKind::certificate, {Rung::cert_readable}},
    RungRow{Rung::cert_chain, "cert.chain", SubjectKind::certificate, {Rung::cert_readable}},
    RungRow{Rung::cert_signature, "cert.signature", SubjectKind::certificate, {Rung::cert_chain}},
    RungRow{Rung::cert_usage, "cert.usage", SubjectKind::certificate, {Rung::cert_readable}},
    RungRow{Rung::cert_key, "cert.key", SubjectKind::certificate, {Rung::cert_readable}},
    RungRow{Rung::cert_strength, "cert.strength", SubjectKind::certificate, {Rung::cert_readable}},
    RungRow{Rung::cert_revocation, "cert.revocation", SubjectKind::certificate, {Rung::cert_signature}},
    RungRow{Rung::seal_found, "seal.found", SubjectKind::token, {Rung::token_application}},
    RungRow{Rung::seal_readable, "seal.readable", SubjectKind::seal, {}},
    RungRow{Rung::seal_dates, "seal.dates", SubjectKind::seal, {Rung::seal_readable}},
    RungRow{Rung::seal_maker, "seal.maker", SubjectKind::seal, {Rung::seal_readable}},
    RungRow{Rung::seal_signature, "seal.signature", SubjectKind::seal, {Rung::seal_readable}},
    RungRow{Rung::seal_signer, "seal.signer", SubjectKind::seal, {Rung::seal_readable, Rung::cert_found}},
    RungRow{Rung::seal_picture, "seal.picture", SubjectKind::seal, {Rung::seal_readable}},
    RungRow{Rung::seal_timestamp, "seal.timestamp", SubjectKind::seal, {Rung::seal_readable}},
    RungRow{Rung::document_readable, "document.readable", SubjectKind::document, {}},
    RungRow{Rung::document_signed, "document.signed", SubjectKind::document, {Rung::document_readable}},
    RungRow{Rung::document_coverage, "document.coverage", SubjectKind::document, {Rung::document_readable}},
    RungRow{Rung::signature_readable, "signature.readable", SubjectKind::signature, {Rung::document_readable}},
    RungRow{Rung::signature_references, "signature.references", SubjectKind::signature, {Rung::signature_readable}},
    RungRow{Rung::signature_value, "signature.value", SubjectKind::signature, {Rung::signature_readable}},
    RungRow{Rung::signature_signer, "signature.signer", SubjectKind::signature, {Rung::signature_readable}},
    RungRow{Rung::signature_time, "signature.time", SubjectKind::signature, {Rung::signature_readable}},
    RungRow{Rung::signature_timestamp, "signature.timestamp", SubjectKind::signature, {Rung::signature_readable}},
};

[[nodiscard]] constexpr bool ladder_holds() noexcept {
    for (std::size_t i = 0; i < ladder.size(); ++i) {
        if (static_cast<std::size_t>(ladder[i].rung) != i) return false;
        for (std::size_t n = 0; n < ladder[i].needs.count; ++n) {
            if (static_cast<std::size_t>(ladder[i].needs.rungs[n]) >= i) return false;
        }
    }
    return true;
}
static_assert(ladder_holds(), "rows stand in the order of the enum, and a rung needs only rungs above it");

[[nodiscard]] constexpr const RungRow& row_of(Rung rung) noexcept { return ladder[static_cast<std::size_t>(rung)]; }
[[nodiscard]] constexpr std::string_view id_of(Rung rung) noexcept { return row_of(rung).id; }

/// The rung with this id, when there is one.
[[nodiscard]] constexpr std::optional<Rung> find_rung(std::string_view id) noexcept {
    for (const RungRow& row : ladder) {
        if (row.id == id) return row.rung;
    }
    return std::nullopt;
}

}  // namespace scca
