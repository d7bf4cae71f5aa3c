// SPDX-License-Identifier: Apache-2.0
#include "scca/pki/refusal.hpp"

#include "scca/pki/der.hpp"

#include <algorithm>
#include <array>

namespace scca::pki {
namespace {

struct Row {
    Refusal why;
    std::string_view name, text;
};

constexpr std::array rows{
    Row{Refusal::not_a_zip, "not-a-zip", "no zip archive"},
    Row{Refusal::leads_out, "leads-out", "the entry's name leads out of the package"},
    Row{Refusal::entry_twice, "entry-twice", "two entries bear this name"},
    Row{Refusal::too_many_entries, "too-many-entries", "too many entries"},
    Row{Refusal::zip_bomb, "zip-bomb", "the package inflates beyond measure"},
    Row{Refusal::encrypted, "encrypted", "the entry is encrypted"},
    Row{Refusal::not_there, "not-there", "it is not in the package"},
    Row{Refusal::too_long, "too-long", "longer than such a file can be"},
    Row{Refusal::external_entity, "external-entity", "a document type declaration that names another file"},
    Row{Refusal::entity_bomb, "entity-bomb", "a document type declaration with entities"},
    Row{Refusal::doctype, "doctype", "a document type declaration"},
    Row{Refusal::wrong_root, "wrong-root", "another kind of XML"},
    Row{Refusal::empty, "empty", "it is empty"},
    Row{Refusal::no_signature, "no-signature", "no signature begins here"},
    Row{Refusal::binary_seal, "binary-seal", "an old binary seal of BJCA, not one of GM/T 0031 or GB/T 38540"},
    Row{Refusal::converted_seal, "converted-seal", "a text conversion has replaced every octet above 7F by EF BF BD"},
    Row{Refusal::no_seal, "no-seal", "no seal begins here"},
    Row{Refusal::pkcs12, "pkcs12", "a PKCS #12 file, no seal"},
    Row{Refusal::nothing_known, "nothing-known", "no certificate, seal, signature or document"},
};

constexpr bool rows_hold() {
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (static_cast<std::size_t>(rows[i].why) != i) return false;
    }
    return true;
}
static_assert(rows_hold(), "rows stand in the order of the enum");

const Row& row_of(Refusal why) noexcept { return rows[static_cast<std::size_t>(why)]; }

}  // namespace

std::string_view name_of(Refusal why) noexcept { return row_of(why).name; }

Fault refused(std::string_view what, Refusal why, std::size_t offset) {
    return der::damaged(what, offset, row_of(why).text);
}

std::optional<Refusal> find_refusal(const Fault& fault) noexcept {
    if (fault.kind != FaultKind::damaged) return std::nullopt;
    const auto* const found =
        std::find_if(rows.begin(), rows.end(), [&](const Row& row) { return row.text == fault.text; });
    if (found == rows.end()) return std::nullopt;
    return found->why;
}

}  // namespace scca::pki
