// SPDX-License-Identifier: Apache-2.0
//
// Judging the certificates of tests/fixtures/pki on a key of their own.
#pragma once

#include "scca/checks/judge.hpp"
#include "scca/faq/ids.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

namespace scca::test {

using report::Outcome;

inline Bytes fixture(const std::string& name) {
    const auto path = std::filesystem::path(SCCA_PKI_FIXTURES) / name;
    INFO(path.string());
    std::ifstream file(path, std::ios::binary);
    REQUIRE(file);
    return Bytes(std::istreambuf_iterator<char>(file), {});
}

/// "chains/<name>.der", or a path below the fixtures.
inline Bytes der(const std::string& name) {
    return fixture(name.find('/') == std::string::npos ? "chains/" + name + ".der" : name + ".der");
}

/// A key with these certificates in one container; the first is the one that is judged.
struct Key {
    std::vector<std::string> certificates;
    std::vector<std::string> trust = {};
    token::KeyRole role = token::KeyRole::unknown;
    std::vector<token::PublicKeySeen> public_keys = {};
};

inline token::Snapshot snapshot_of(const Key& key) {
    token::ContainerSeen container;
    container.name = "one";
    for (const std::string& name : key.certificates) container.certificates.push_back({key.role, der(name)});
    container.public_keys = key.public_keys;
    token::ApplicationSeen application;
    application.containers.push_back(std::move(container));
    token::TokenSeen token;
    token.applications.push_back(std::move(application));
    token::ModuleSeen module;
    module.exports_skf = true;
    module.tokens.push_back(std::move(token));
    token::Snapshot snapshot;
    snapshot.modules.push_back(std::move(module));
    for (const std::string& name : key.trust) snapshot.trust.push_back({name, der(name), {}});
    return snapshot;
}

inline std::vector<checks::Wish> wishes_for(const token::Snapshot& snapshot, const checks::Options& chosen,
                                            bool is_last = false) {
    return checks::Judge(chosen, snapshot.trust).find_wishes(snapshot, is_last);
}

inline checks::Options options() {
    checks::Options chosen;
    chosen.at = *parse_moment("2026-11-22");
    return chosen;
}

/// The finding about the first certificate, or about what carries the rung.
inline report::Finding find(const token::Snapshot& snapshot, Rung rung, const checks::Options& chosen) {
    const report::Report report = checks::judge(snapshot, chosen);
    for (const report::Subject& subject : report.subjects) {
        for (const report::Finding& finding : subject.findings) {
            if (finding.rung == rung) return finding;
        }
    }
    INFO(id_of(rung));
    REQUIRE(false);
    return {};
}

inline report::Finding find(const Key& key, Rung rung) { return find(snapshot_of(key), rung, options()); }

inline void expect(const report::Finding& finding, Outcome outcome, std::optional<faq::Id> id = std::nullopt) {
    INFO(id_of(finding.rung) << ' ' << name_of(finding.outcome));
    CHECK(finding.outcome == outcome);
    CHECK(finding.faq == id);
}

inline std::string evidence(const report::Finding& finding, std::string_view key) {
    const report::Field* const field = report::find_field(finding.evidence, key);
    if (const auto* const moment = field == nullptr ? nullptr : std::get_if<Moment>(&field->value)) {
        return utc_text(*moment);
    }
    const auto* const text = field == nullptr ? nullptr : std::get_if<std::string>(&field->value);
    return text == nullptr ? std::string() : *text;
}

inline std::vector<std::string> list(const report::Finding& finding, std::string_view key) {
    const report::Field* const field = report::find_field(finding.evidence, key);
    const auto* const texts = field == nullptr ? nullptr : std::get_if<std::vector<std::string>>(&field->value);
    return texts == nullptr ? std::vector<std::string>() : *texts;
}

inline const std::vector<std::string> root{"root-ca"};

}  // namespace scca::test
