// SPDX-License-Identifier: Apache-2.0
#include "way.hpp"

#include <algorithm>
#include <iterator>
#include <string_view>

namespace scca::checks {
namespace {

/// In the ladder's order. A rung without a row leaves no finding.
constexpr CheckRow check_table[] = {
    {Rung::machine_clock, check_machine_clock},
    {Rung::machine_usb, check_machine_usb},
    {Rung::machine_usb_access, check_machine_usb_access},
    {Rung::machine_pcsc, check_machine_pcsc},
    {Rung::machine_driver, check_machine_driver},
    {Rung::machine_helper, check_machine_helper},
    {Rung::machine_conflict, check_machine_conflict},
    {Rung::machine_network, check_machine_network},
    {Rung::reader_found, check_reader_found},
    {Rung::reader_card, check_reader_card},
    {Rung::reader_free, check_reader_free},
    {Rung::reader_answers, check_reader_answers},
    {Rung::module_file, check_module_file},
    {Rung::module_loads, check_module_loads},
    {Rung::module_answers, check_module_answers},
    {Rung::token_found, check_token_found},
    {Rung::token_application, check_token_application},
    {Rung::token_pin, check_token_pin},
    {Rung::token_container, check_token_container},
    {Rung::cert_found, check_cert_found},
    {Rung::cert_pair, check_cert_pair},
    {Rung::key_signs, check_key_signs},
    {Rung::cert_readable, check_cert_readable},
    {Rung::cert_dates, check_cert_dates},
    {Rung::cert_issuer, check_cert_issuer},
    {Rung::cert_chain, check_cert_chain},
    {Rung::cert_signature, check_cert_signature},
    {Rung::cert_usage, check_cert_usage},
    {Rung::cert_key, check_cert_key},
    {Rung::cert_strength, check_cert_strength},
    {Rung::cert_revocation, check_cert_revocation},
    {Rung::seal_found, check_seal_found},
    {Rung::seal_readable, check_seal_readable},
    {Rung::seal_dates, check_seal_dates},
    {Rung::seal_maker, check_seal_maker},
    {Rung::seal_signature, check_seal_signature},
    {Rung::seal_signer, check_seal_signer},
    {Rung::seal_picture, check_seal_picture},
    {Rung::seal_timestamp, check_seal_timestamp},
    {Rung::document_readable, check_document_readable},
    {Rung::document_signed, check_document_signed},
    {Rung::document_coverage, check_document_coverage},
    {Rung::signature_readable, check_signature_readable},
    {Rung::signature_references, check_signature_references},
    {Rung::signature_value, check_signature_value},
    {Rung::signature_signer, check_signature_signer},
    {Rung::signature_time, check_signature_time},
    {Rung::signature_timestamp, check_signature_timestamp},
};
static_assert(std::is_sorted(std::begin(check_table), std::end(check_table),
                             [](const CheckRow& a, const CheckRow& b) { return a.rung < b.rung; }));

/// "certificate" for cert.*, "machine" for machine.*: the first word of a rung's id decides which part asks for it.
bool belongs_to(Part part, Rung rung) {
    const std::string_view id = id_of(rung);
    switch (part) {
        case Part::everything: return true;
        case Part::no_key: return id.starts_with("machine.") || id.starts_with("module.");
        case Part::certificates: return !id.starts_with("seal.");
        case Part::seals: return !id.starts_with("cert.") || rung == Rung::cert_found;
        case Part::key: return !id.starts_with("seal.");  // a second key has none, and is whole without
    }
    return true;
}

bool is_wanted(const Options& options, Part part, Rung rung) {
    return belongs_to(part, rung) && (options.only.empty() || is_listed(options.only, rung)) &&
           !is_listed(options.skip, rung);
}

/// Whether a subject can be read is asked first; all other rungs of its kind stand on that.
bool asks_whether_readable(Rung rung) {
    return rung == Rung::cert_readable || rung == Rung::seal_readable || rung == Rung::document_readable ||
           rung == Rung::signature_readable;
}

}  // namespace

bool is_listed(const std::vector<Rung>& rungs, Rung rung) {
    return std::find(rungs.begin(), rungs.end(), rung) != rungs.end();
}

Way way_for(const Options& options, bool about_files) {
    Way way;
    for (const CheckRow& row : check_table) {
        const bool is_of_machine = row_of(row.rung).kind == SubjectKind::machine;
        if (!is_wanted(options, about_files ? Part::everything : options.part, row.rung)) {
            if (asks_whether_readable(row.rung)) way.in_silence.push_back(&row);
        } else if (!about_files || !is_of_machine) {
            way.rows.push_back(&row);
        }
    }
    return way;
}

}  // namespace scca::checks
