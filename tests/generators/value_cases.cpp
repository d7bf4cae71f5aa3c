// SPDX-License-Identifier: Apache-2.0
//
// Signed values alone, outside a document: what a SignedValue.dat may hold.
#include "cases.hpp"

namespace seal_maker {

SesOrder sound_signature(const Cast& cast, const Bytes& signature_xml, Generation generation) {
    SesOrder order;
    order.generation = generation;
    order.seal = make_seal(sound_seal(cast, generation));
    order.data_hash = digest("SM3", signature_xml);
    order.signer = &cast.signer;
    return order;
}

void write_signed_values(const Cast& cast, const std::filesystem::path& folder) {
    const Bytes xml = bytes_of("<Signature/>");
    for (const auto& [name, generation] : {std::pair{"ses-v1", Generation::v1}, std::pair{"ses-v3", Generation::v3},
                                           std::pair{"ses-v4", Generation::v4}, std::pair{"ses-v5", Generation::v5}}) {
        write_file(folder / (std::string(name) + ".dat"), make_ses_signature(sound_signature(cast, xml, generation)));
    }
    SesOrder order = sound_signature(cast, xml, Generation::v1);
    order.time_form = TimeForm::text_in_bits;
    write_file(folder / "ses-v1-text-time.dat", make_ses_signature(order));
    order.time = "2025-03-01T02:03:04.567Z";
    write_file(folder / "ses-v1-iso-text-time.dat", make_ses_signature(order));
    order = sound_signature(cast, xml, Generation::v1);
    order.time_form = TimeForm::octet_string;
    write_file(folder / "ses-v1-octet-string-time.dat", make_ses_signature(order));
    order = sound_signature(cast, xml, Generation::v5);
    order.stamp = [](const Bytes&) { return bytes_of("abc"); };
    write_file(folder / "ses-v5-dummy-time-stamp.dat", make_ses_signature(order));
    const Bytes sound = make_ses_signature(sound_signature(cast, xml));
    write_file(folder / "ses-cut.dat", Bytes(sound.begin(), sound.end() - 40));
    write_file(folder / "ses-trailing-bytes.dat", joined({sound, {0, 0, 0}}));

    SignedDataOrder data{.signature_xml = xml, .signer = &cast.signer};
    write_file(folder / "signed-data-attributes.dat", make_signed_data(data));
    data.content = SignedContent::digest_as_content;
    write_file(folder / "signed-data-digest.dat", make_signed_data(data));
    data.with_certificate = false;
    write_file(folder / "signed-data-no-certificate.dat", make_signed_data(data));
    write_file(folder / "bare.dat", sign(cast.signer, xml));
}

}  // namespace seal_maker
