// SPDX-License-Identifier: Apache-2.0
//
// make_seals FOLDER COUNT: V4 seals to measure with, each of another company with a certificate of its own and a
// picture of 16 KiB (FOLDER/seals), made by two makers; beside them what `openssl dgst` needs to verify the first 500
// (FOLDER/peer: .tbs, .sig and the maker's .pem). By OpenSSL and the generator of the tests, without the program.
#include "seal_parts.hpp"

#include <openssl/pem.h>

#include <cstdio>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <fstream>
#include <stdexcept>

namespace {

using seal_maker::Bytes;
using seal_maker::Holder;
using Folder = std::filesystem::path;

constexpr long most_for_peer = 500;

void write(const Folder& path, const std::uint8_t* octets, std::size_t size) {
    std::ofstream out(path, std::ios::binary);
    out.write(reinterpret_cast<const char*>(octets), static_cast<std::streamsize>(size));
    if (!out) throw std::runtime_error(path.string());
}

/// Where the element at `at` begins its content, and where it ends. Lengths of at most three octets, as DER has them.
struct Extent {
    std::size_t content, end;
};
Extent extent_of(const Bytes& der, std::size_t at) {
    const std::size_t first = der.at(at + 1);
    if (first < 0x80) return {at + 2, at + 2 + first};
    std::size_t length = 0;
    for (std::size_t i = 0; i < (first & 0x7FU); ++i) length = length << 8U | der.at(at + 2 + i);
    const std::size_t content = at + 2 + (first & 0x7FU);
    return {content, content + length};
}

/// A V4 seal is SEQUENCE { SES_SealInfo, cert, algorithm, signature }, and the first is what was signed.
void write_peer(const Folder& stem, const Bytes& seal) {
    const std::size_t info = extent_of(seal, 0).content;
    const std::size_t certificate = extent_of(seal, info).end;
    write(stem.string() + ".tbs", seal.data() + info, certificate - info);
    const Extent signature = extent_of(seal, extent_of(seal, extent_of(seal, certificate).end).end);
    write(stem.string() + ".sig", seal.data() + signature.content + 1, signature.end - signature.content - 1);
}

void write_key(const Folder& path, EVP_PKEY* key) {
    std::FILE* const file = std::fopen(path.c_str(), "wb");
    const bool written = file != nullptr && PEM_write_PUBKEY(file, key) == 1;
    if (file == nullptr || std::fclose(file) != 0 || !written) throw std::runtime_error(path.string());
}

void make(const Folder& folder, long count) {
    for (const char* const name : {"seals", "peer"}) std::filesystem::create_directories(folder / name);
    const seal_maker::Cast cast = seal_maker::make_cast();
    seal_maker::Picture picture = seal_maker::make_picture("PNG");
    picture.content.resize(std::size_t{16} << 10U, 0x5A);
    for (long i = 0; i < count; ++i) {
        const std::string number = std::to_string(1'000'000 + i);
        const Holder signer = seal_maker::make_holder({.name = "单位" + number, .serial = 100 + i}, &cast.authority);
        const Holder& maker = i % 2 == 0 ? cast.maker : cast.other_maker;
        seal_maker::SealOrder order;
        order.name = "单位" + number;
        order.listed = seal_maker::list_entry(signer);
        order.picture = picture;
        order.maker = &maker;
        const Bytes seal = seal_maker::make_seal(order);
        write(folder / "seals" / (number + ".esl"), seal.data(), seal.size());
        if (i >= most_for_peer) continue;
        write_peer(folder / "peer" / number, seal);
        write_key(folder / "peer" / (number + ".pem"), maker.key.get());
    }
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 3) return 64;
    try {
        make(argv[1], std::strtol(argv[2], nullptr, 10));
    } catch (const std::exception& error) {
        std::fprintf(stderr, "make_seals: %s\n", error.what());
        return 70;
    }
    return 0;
}
