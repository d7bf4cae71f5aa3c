// SPDX-License-Identifier: Apache-2.0
//
// Seals and documents with a time stamp, sound and spoilt.
#include "cases.hpp"
#include "time_stamp_parts.hpp"

namespace seal_maker {
namespace {

using Folder = std::filesystem::path;

struct Authorities {
    Holder sound, expired, no_stamper, stranger;
};

Authorities make_authorities(const Cast& cast) {
    constexpr const char* time_stamping = "1.3.6.1.5.5.7.3.8";
    Authorities made;
    made.sound =
        make_holder({.name = "测试时间戳机构", .serial = 20, .extended_usage = time_stamping}, &cast.authority);
    made.expired =
        make_holder({.name = "过期时间戳机构", .serial = 21, .to = "20240630155959Z", .extended_usage = time_stamping},
                    &cast.authority);
    made.no_stamper =
        make_holder({.name = "别的机构", .serial = 22, .extended_usage = "1.3.6.1.5.5.7.3.4"}, &cast.authority);
    made.stranger = make_holder({.name = "陌生机构", .serial = 23}, &cast.authority);
    return made;
}

}  // namespace

void write_time_stamps(const Cast& cast, const Folder& seals, const Folder& documents) {
    const Authorities authorities = make_authorities(cast);
    const auto write = [&](const char* name, auto change, bool garbage = false) {
        const auto stamp = [&authorities, change, garbage](const Bytes& value) {
            TimeStampOrder order{.value = value, .authority = &authorities.sound};
            change(order);
            return garbage ? bytes_of("abc") : make_time_stamp(order);
        };
        SealOrder seal = sound_seal(cast, Generation::v5);
        seal.stamp = stamp;
        write_file(seals / ("v5-" + std::string(name) + ".esl"), make_seal(seal));
        SignOrder order = sound_order(cast);
        order.value = [&cast, stamp](const Bytes& xml) {
            SesOrder made = sound_signature(cast, xml);
            made.stamp = stamp;
            return make_ses_signature(made);
        };
        order.seal = {};
        Document document;
        document.sign(order);
        document.write(documents / (std::string(name) + ".ofd"));
    };
    write("time-stamp", [](TimeStampOrder&) {});
    write("time-stamp-sha256", [](TimeStampOrder& order) {
        order.digest_name = "SHA256";
        order.digest_oid = "2.16.840.1.101.3.4.2.1";
    });
    write(
        "time-stamp-no-token", [](TimeStampOrder&) {}, true);
    write("time-stamp-of-another", [](TimeStampOrder& order) { order.value.at(0) ^= 0x01U; });
    write("time-stamp-forged", [&](TimeStampOrder& order) { order.forger = &authorities.stranger; });
    write("time-stamp-too-early", [](TimeStampOrder& order) { order.time = "20240110020305Z"; });
    write("time-stamp-authority-expired", [&](TimeStampOrder& order) { order.authority = &authorities.expired; });
    write("time-stamp-other-usage", [&](TimeStampOrder& order) { order.authority = &authorities.no_stamper; });
    write("time-stamp-no-certificate", [](TimeStampOrder& order) { order.with_certificate = false; });
    write("time-stamp-unknown-digest", [](TimeStampOrder& order) { order.digest_oid = "1.2.3.4.5"; });
}

}  // namespace seal_maker
