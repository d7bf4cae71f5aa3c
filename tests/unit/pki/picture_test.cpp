// SPDX-License-Identifier: Apache-2.0
#include "scca/pki/picture.hpp"

#include "fixtures.hpp"

using namespace scca;
using namespace scca::pki;

TEST_CASE("a picture's kind and size are told by its content") {
    const std::vector<std::pair<std::string, PictureKind>> cases{
        {"png", PictureKind::png},  {"gif", PictureKind::gif}, {"bmp", PictureKind::bmp},
        {"jpg", PictureKind::jpeg}, {"svg", PictureKind::svg},
    };
    for (const auto& [suffix, kind] : cases) {
        INFO(suffix);
        const auto header = find_picture_header(test::fixture("pictures/40x30." + suffix));
        REQUIRE(header);
        CHECK(header->kind == kind);
        CHECK(header->width == 40);
        CHECK(header->height == 30);
    }
    const auto page = find_picture_header(test::fixture("pictures/seal.ofd"));
    REQUIRE(page);
    CHECK(page->kind == PictureKind::ofd);
    CHECK(page->width == 0);
}

TEST_CASE("a picture cut anywhere gives no size rather than a wrong one or a crash") {
    for (const auto* name : {"40x30.png", "40x30.gif", "40x30.bmp", "40x30.jpg", "40x30.svg", "seal.ofd"}) {
        const Bytes whole = test::fixture(std::string("pictures/") + name);
        for (std::size_t length = 0; length < whole.size(); ++length) {
            const auto header = find_picture_header(ByteView(whole).first(length));
            if (header && header->kind != PictureKind::svg) {
                CHECK((header->width == 0 || header->width == 40));
            }
        }
    }
}

TEST_CASE("what is no picture is none, and an SVG of shares has no size in pixels") {
    for (const auto* text : {"", "PNG", "BM", "hello", "<html></html>", "<svgx/>", "<!-- <svg/>"}) {
        INFO(text);
        CHECK_FALSE(find_picture_header(as_bytes(text)));
    }
    const auto shares = find_picture_header(as_bytes("<svg stroke-width='3' width=\"100%\" height='20.5mm'/>"));
    REQUIRE(shares);
    CHECK(shares->width == 0);
    CHECK(shares->height == 20);
}

TEST_CASE("the stated type is compared in any case, and JPEG is JPG") {
    CHECK(is_stated_as(PictureKind::png, "png"));
    CHECK(is_stated_as(PictureKind::jpeg, "JPEG"));
    CHECK(is_stated_as(PictureKind::jpeg, "jpg"));
    CHECK_FALSE(is_stated_as(PictureKind::png, "GIF"));
    CHECK_FALSE(is_stated_as(PictureKind::ofd, ""));
}
