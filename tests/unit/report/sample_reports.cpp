// SPDX-License-Identifier: Apache-2.0
#include "sample_reports.hpp"

#include "scca/faq/ids.hpp"

namespace scca::report::samples {
namespace {

using std::chrono::milliseconds;

constexpr const char* company = "四川测试建设有限公司";
constexpr const char* serial = "2a7f00c19d3e5b6a";

Finding finding(Rung rung, Outcome outcome, Fields evidence = {}, milliseconds duration = {}) {
    return {rung, outcome, {}, std::move(evidence), {}, duration};
}

Finding problem(Rung rung, Outcome outcome, faq::Id id, Fields evidence = {}) {
    return {rung, outcome, id, std::move(evidence), {}, {}};
}

Finding blocked(Rung rung, std::string by) { return {rung, Outcome::blocked, {}, {}, std::move(by), {}}; }

Subject machine(std::vector<Finding> findings) {
    Subject subject;
    subject.id = "machine";
    subject.findings = std::move(findings);
    return subject;
}

Subject module(unsigned number, std::string path, std::vector<Finding> findings) {
    Subject subject;
    subject.id = "module-" + std::to_string(number);
    subject.kind = SubjectKind::module;
    subject.name = path.substr(path.find_last_of('/') + 1);
    subject.path = path;
    subject.facts = {{"path", std::move(path), Privacy::path}, {"kind", std::string("skf")}, {"abi", Value()}};
    subject.findings = std::move(findings);
    return subject;
}

Subject token(std::vector<Finding> findings) {
    Subject subject;
    subject.id = "token-1";
    subject.kind = SubjectKind::token;
    subject.name = "SCCA-KEY";
    subject.parent = "module-1";
    subject.facts = {{"label", std::string("SCCA-KEY")},
                     {"manufacturer", std::string("Feitian")},
                     {"serial", std::string("3849201100A7")},
                     {"pin_tries_left", std::int64_t{10}},
                     {"pin_tries_max", std::int64_t{10}},
                     {"pin_locked", false},
                     {"pin_initial", Value()}};
    subject.findings = std::move(findings);
    return subject;
}

Subject key() {
    Subject subject;
    subject.id = "key-1";
    subject.kind = SubjectKind::key;
    subject.name = "{6A1F}";
    subject.parent = "token-1";
    subject.facts = {{"container", std::string("{6A1F}")}};
    subject.findings = {finding(Rung::cert_pair, Outcome::passed)};
    return subject;
}

Subject certificate(unsigned number, const char* role, const char* from, const char* to, Finding dates) {
    Subject subject;
    subject.id = "certificate-" + std::to_string(number);
    subject.kind = SubjectKind::certificate;
    subject.issuer = faq::Issuer::scca;
    subject.name = company;
    subject.parent = "key-1";
    const std::string name =
        std::string("CN=") + company + ", O=" + company + ", SERIALNUMBER=91350100M000100Y43, C=CN";
    subject.facts = {
        {"role", std::string(role)},
        {"subject", name, Privacy::name},
        {"issuer", std::string("CN=SCCA SM2 Test CA, O=四川省数字证书认证管理中心有限公司, C=CN"), Privacy::name},
        {"serial", std::string(serial) + "0" + std::to_string(number)},
        {"not_before", *parse_moment(from)},
        {"not_after", *parse_moment(to)},
        {"algorithm", std::string("SM2")},
        {"key_usage", std::vector<std::string>{"digitalSignature", "nonRepudiation"}},
        {"sha256", std::string(64, 'a')}};
    subject.findings = {finding(Rung::cert_readable, Outcome::passed),
                        std::move(dates),
                        finding(Rung::cert_issuer, Outcome::passed),
                        finding(Rung::cert_chain, Outcome::noted, {{"reason", std::string("issuer-missing")}}),
                        finding(Rung::cert_signature, Outcome::noted),
                        finding(Rung::cert_usage, Outcome::passed),
                        finding(Rung::cert_key, Outcome::passed),
                        finding(Rung::cert_strength, Outcome::passed)};
    return subject;
}

/// One pixel, red: a PNG small enough to be read here.
Bytes pixel() {
    return *parse_hex(
        "89504e470d0a1a0a0000000d49484452000000010000000108020000009077"
        "53de0000000c49444154789c63f8cfc0000003010100c9fe92ef0000000049454e44ae426082");
}

Subject seal(const char* from, const char* to, Finding dates) {
    Subject subject;
    subject.id = "seal-1";
    subject.kind = SubjectKind::seal;
    subject.name = std::string(company) + "公章";
    subject.parent = "token-1";
    subject.facts = {
        {"generation", std::string("V4")},
        {"id", std::string("51010020260001")},
        {"name", subject.name},
        {"type", std::int64_t{1}},
        {"valid_from", *parse_moment(from)},
        {"valid_to", *parse_moment(to)},
        {"created", *parse_moment(from)},
        {"maker", std::string("CN=制章单位, O=四川制章有限公司, C=CN"), Privacy::name},
        {"signers", std::vector<std::string>{std::string("CN=") + company + ", O=" + company}, Privacy::name},
        {"picture", std::string("PNG")}};
    subject.findings = {finding(Rung::seal_readable, Outcome::passed), std::move(dates),
                        finding(Rung::seal_maker, Outcome::passed),    finding(Rung::seal_signature, Outcome::passed),
                        finding(Rung::seal_signer, Outcome::passed),   finding(Rung::seal_picture, Outcome::passed)};
    subject.picture = pixel();
    subject.picture_type = "PNG";
    return subject;
}

Finding good_dates(Rung rung, const char* to, std::int64_t days_left) {
    return finding(rung, Outcome::passed, {{"not_after", *parse_moment(to)}, {"days_left", days_left}});
}

std::vector<Finding> token_is_well() {
    return {
        finding(Rung::token_application, Outcome::passed),
        finding(Rung::token_pin, Outcome::passed, {{"tries_left", std::int64_t{10}}, {"tries_max", std::int64_t{10}}}),
        finding(Rung::token_container, Outcome::passed), finding(Rung::cert_found, Outcome::passed),
        finding(Rung::seal_found, Outcome::passed)};
}

Subject good_module() {
    return module(1, "/usr/lib/libscca_skf.so",
                  {finding(Rung::module_file, Outcome::passed), finding(Rung::module_loads, Outcome::passed),
                   finding(Rung::module_answers, Outcome::passed, {{"calls", std::int64_t{31}}}, milliseconds{84})});
}

constexpr const char* start = "2025-12-01T00:00:00Z";
constexpr const char* far_end = "2027-12-01T15:59:59Z";

}  // namespace

Moment evening() { return *parse_moment("2026-11-22 19:31"); }

Report healthy() {
    return {"check",
            evening(),
            {machine({finding(Rung::token_found, Outcome::passed)}), good_module(), token(token_is_well()), key(),
             certificate(1, "sign", start, far_end, good_dates(Rung::cert_dates, far_end, 374)),
             certificate(2, "encrypt", start, far_end, good_dates(Rung::cert_dates, far_end, 374)),
             seal(start, far_end, good_dates(Rung::seal_dates, far_end, 374))}};
}

Report expired() {
    constexpr const char* past = "2026-10-01T15:59:59Z";
    constexpr const char* soon = "2026-12-20T15:59:59Z";
    Report report = healthy();
    report.subjects[4] = certificate(1, "sign", "2024-10-01T16:00:00Z", past,
                                     problem(Rung::cert_dates, Outcome::failed, faq::id::cert_expiring,
                                             {{"not_after", *parse_moment(past)}, {"days_past", std::int64_t{52}}}));
    report.subjects[6] = seal(start, soon,
                              problem(Rung::seal_dates, Outcome::warned, faq::id::seal_renewal,
                                      {{"not_after", *parse_moment(soon)}, {"days_left", std::int64_t{28}}}));
    report.subjects[2].facts[3].value = std::int64_t{2};
    report.subjects[2].findings[1] = problem(Rung::token_pin, Outcome::warned, faq::id::pin_few_tries,
                                             {{"tries_left", std::int64_t{2}}, {"tries_max", std::int64_t{10}}});
    return report;
}

Report broken_modules() {
    const auto faulty = [](Rung rung, faq::Id id, Fields evidence) {
        return problem(rung, Outcome::failed, id, std::move(evidence));
    };
    return {"check",
            evening(),
            {machine({finding(Rung::machine_usb, Outcome::noted)}),
             module(1, "/usr/lib/libshuttle_p11v220.so",
                    {finding(Rung::module_file, Outcome::passed), finding(Rung::module_loads, Outcome::passed),
                     faulty(Rung::module_answers, faq::id::driver_crashed,
                            {{"call", std::string("SKF_ConnectDev")}, {"signal", std::string("SIGSEGV")}})}),
             module(2, "/opt/apps/haitai/libskf.so",
                    {finding(Rung::module_file, Outcome::passed),
                     faulty(Rung::module_loads, faq::id::driver_hung,
                            {{"call", std::string("C_Initialize")}, {"deadline_ms", std::int64_t{10000}}}),
                     blocked(Rung::module_answers, "module.loads")}),
             module(3, "/usr/lib/libgm3000.so",
                    {faulty(Rung::module_file, faq::id::driver_wrong_architecture,
                            {{"call", std::string("elf.machine")},
                             {"message", std::string("ARM64 64 on x86-64 64")},
                             {"reason", std::string("other-machine")},
                             {"made_for", std::string("ARM64")},
                             {"made_for_bits", std::int64_t{64}},
                             {"machine", std::string("x86-64")},
                             {"machine_bits", std::int64_t{64}}}),
                     blocked(Rung::module_loads, "module.file"), blocked(Rung::module_answers, "module.file")})}};
}

Report no_key() {
    return {"check",
            evening(),
            {machine({problem(Rung::machine_usb, Outcome::failed, faq::id::key_not_detected,
                              {{"modules", std::int64_t{1}}}),
                      blocked(Rung::machine_usb_access, "machine.usb"), finding(Rung::machine_pcsc, Outcome::noted),
                      blocked(Rung::machine_driver, "machine.usb"), blocked(Rung::token_found, "machine.usb")}),
             good_module()}};
}

Report unknown() {
    Report report = healthy();
    report.subjects.pop_back();
    report.subjects[2].findings[4] =
        finding(Rung::seal_found, Outcome::unknown,
                {{"seals", std::int64_t{0}}, {"files", std::int64_t{3}}, {"not_readable", std::int64_t{2}}});
    return report;
}

Report crashed() {
    Report report = healthy();
    report.subjects[5].findings[2] =
        finding(Rung::cert_issuer, Outcome::crashed, {{"message", std::string("bad variant access")}});
    return report;
}

Report seal_file() {
    Subject one = seal(start, far_end, good_dates(Rung::seal_dates, far_end, 374));
    one.parent.clear();
    one.path = "公章/公司公章.esl";
    one.findings[4] = problem(Rung::seal_signer, Outcome::failed, faq::id::seal_cert_replaced,
                              {{"listed", std::vector<std::string>{std::string(company) + " (" + serial + ")"}}});
    return {"check-seal", evening(), {one}};
}

Report expired_file() {
    Report report{"check-cert", evening(), {}};
    for (Subject subject : expired().subjects) {
        if (subject.kind != SubjectKind::certificate) continue;
        subject.parent.clear();
        subject.path = "证书/两张.pem";
        report.subjects.push_back(std::move(subject));
    }
    return report;
}

Report hostile() {
    const std::string bad = "=cmd|'/C calc'!A0\n\r\t\x1b[31m</title><script>alert(1)</script>\"'&|\\{}\u202E\u2066\xFF";
    Report report = expired();
    for (Subject& subject : report.subjects) {
        subject.name = bad;
        subject.path = subject.path.empty() ? "" : bad;
        for (Field& field : subject.facts) {
            const std::string_view key = field.key;
            const bool ours = key == "role" || key == "kind" || key == "abi" || key == "generation" || key == "sha256";
            if (std::holds_alternative<std::string>(field.value) && !ours) field.value = bad;
        }
        for (Finding& one : subject.findings) one.evidence.push_back({"message", bad});
    }
    return report;
}

std::vector<Sample> all() {
    return {{"healthy", healthy()},     {"expired", expired()},           {"broken-modules", broken_modules()},
            {"no-key", no_key()},       {"unknown", unknown()},           {"crashed", crashed()},
            {"seal-file", seal_file()}, {"expired-file", expired_file()}, {"hostile", hostile()}};
}

}  // namespace scca::report::samples
