// SPDX-License-Identifier: Apache-2.0
//
// scca-seal-maker OUT_DIR: writes seals/, values/ and documents/, and the training authority as authority.cer.
#include "cases.hpp"

#include <cstdio>
#include <exception>

int main(int argc, char** argv) {
    if (argc != 2) {
        std::fputs("usage: scca-seal-maker OUT_DIR\n", stderr);
        return 64;
    }
    try {
        const std::filesystem::path out = argv[1];
        for (const char* const folder : {"seals", "values", "documents"})
            std::filesystem::create_directories(out / folder);
        const seal_maker::Cast cast = seal_maker::make_cast();
        seal_maker::write_file(out / "authority.cer", cast.authority.certificate);
        seal_maker::write_file(out / "signer.cer", cast.signer.certificate);
        const seal_maker::Holder stranger = seal_maker::make_holder({.name = "A stranger", .authority = true}, nullptr);
        seal_maker::write_file(out / "stranger.cer", stranger.certificate);
        seal_maker::write_seals(cast, out / "seals");
        seal_maker::write_signed_values(cast, out / "values");
        seal_maker::write_sound_documents(cast, out / "documents");
        seal_maker::write_spoilt_documents(cast, out / "documents");
        seal_maker::write_hostile_packages(cast, out / "documents");
        seal_maker::write_time_stamps(cast, out / "seals", out / "documents");
        seal_maker::write_peculiar(cast, out / "seals", out / "documents");
    } catch (const std::exception& error) {
        std::fprintf(stderr, "scca-seal-maker: %s\n", error.what());
        return 70;
    }
    return 0;
}
