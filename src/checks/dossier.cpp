// SPDX-License-Identifier: Apache-2.0
#include "dossier.hpp"

#include "given.hpp"

#include "scca/pki/verify.hpp"

#include <algorithm>
#include <utility>

namespace scca::checks {
namespace {

/// A CA certificate is chain material, no subject.
bool is_ca(const CertificateCase& one) { return one.certificate && one.certificate->is_ca.value_or(false); }

class Opener {
public:
    Opener(const token::Snapshot& snapshot, const Options& options, Authorities& authorities,
           const FetchedDocuments& fetched) {
        dossier_.authorities = &authorities;
        dossier_.snapshot = &snapshot;
        dossier_.options = &options;
        dossier_.fetched = fetched;
    }

    Dossier open(FoundFiles found) && {
        dossier_.cases.reserve(4);
        dossier_.cases.push_back({});
        if (dossier_.snapshot->pcsc) open_pcsc(*dossier_.snapshot->pcsc);
        for (const auto& module : dossier_.snapshot->modules) open_module(module);
        dossier_.revocation = dossier_.options->revocation
                                  ? dossier_.options->revocation
                                  : open_revocation(dossier_.snapshot->crls, dossier_.snapshot->ocsp_answers);
        for (const auto& file : dossier_.snapshot->supplied) open_authority(file.content);
        for (const auto& fetched : dossier_.snapshot->fetched) {
            dossier_.fetched.push_back(open_fetched_there(fetched));
        }
        for (std::size_t i = 0; i < found.size(); ++i) {
            open_given(dossier_.snapshot->files[i], std::move(found[i]), dossier_);
        }
        return std::move(dossier_);
    }

private:
    std::size_t add(Case one) { return dossier_.add(one); }

    void open_pcsc(const token::PcscSeen& pcsc) {
        if (!pcsc.library || dossier_.options->part == Part::no_key) return;
        for (const auto& reader : pcsc.library->readers) {
            add({.kind = SubjectKind::reader, .parent = 0, .reader = &reader, .pcsc = &pcsc});
        }
        add({.kind = SubjectKind::module, .parent = 0, .pcsc = &pcsc, .module = &*pcsc.library});
    }

    void open_authority(ByteView der) {
        auto parsed = pki::parse_certificate(der);
        if (parsed && parsed->is_ca.value_or(false)) dossier_.supplied.push_back(std::move(*parsed));
    }

    void open_module(const token::ModuleSeen& module) {
        const std::size_t parent = add({.kind = SubjectKind::module, .parent = 0, .module = &module});
        if (dossier_.options->part == Part::no_key) return;
        for (const auto& token : module.tokens) open_token(token, parent);
    }

    void open_token(const token::TokenSeen& token, std::size_t module) {
        const std::size_t parent = add({.kind = SubjectKind::token, .parent = module, .token = &token});
        for (const auto& application : token.applications) {
            for (const auto& container : application.containers) open_container(container, parent, token);
        }
        for (const auto& application : token.applications) {
            for (const auto& file : application.files) open_file(file, parent, token);
        }
    }

    void open_container(const token::ContainerSeen& container, std::size_t token_case, const token::TokenSeen& token) {
        if (container.certificates.empty() && container.public_keys.empty()) return;
        const std::size_t parent =
            add({.kind = SubjectKind::key, .parent = token_case, .token = &token, .container = &container});
        for (const auto& seen : container.certificates) {
            CertificateCase& opened = dossier_.certificates.emplace_back();
            open_certificate(opened, seen.role, seen.content, *dossier_.options);
            if (is_ca(opened)) {
                dossier_.supplied.push_back(*opened.certificate);
                continue;
            }
            add({.kind = SubjectKind::certificate,
                 .parent = parent,
                 .token = &token,
                 .container = &container,
                 .certificate = &opened});
        }
    }

    void open_file(const token::FileSeen& file, std::size_t token_case, const token::TokenSeen& token) {
        if (!pki::looks_like_seal(file.content) && !pki::resembles_seal(file.content)) return;
        const SealCase& opened = dossier_.seals.emplace_back(open_seal(file.name, file.content));
        add({.kind = SubjectKind::seal, .parent = token_case, .token = &token, .seal = &opened});
    }

    Dossier dossier_;
};

}  // namespace

void open_certificate(CertificateCase& opened, token::KeyRole role, Bytes content, const Options& options) {
    opened.role = role;
    if (!options.in_brief) opened.sha256 = pki::sha256(content);
    auto parsed = pki::take_certificate(std::move(content));
    if (!parsed) {
        opened.fault = parsed.error();
        return;
    }
    opened.certificate = std::move(*parsed);
    if (!opened.certificate->defects.empty()) opened.fault = opened.certificate->defects.front();
}

token::KeyRole role_of(const CertificateCase& one) {
    if (one.role != token::KeyRole::unknown || !one.certificate) return one.role;
    if (one.certificate->has_usage(pki::KeyUsage::digital_signature)) return token::KeyRole::sign;
    return one.certificate->has_usage(pki::KeyUsage::key_encipherment) ? token::KeyRole::encrypt
                                                                       : token::KeyRole::unknown;
}

SealCase open_seal(std::string file, ByteView content) {
    SealCase opened{.file = std::move(file), .seal = {}, .fault = {}, .maker = {}};
    auto parsed = pki::parse_seal(content);
    if (!parsed) {
        opened.fault = parsed.error();
        return opened;
    }
    opened.seal = std::move(*parsed);
    if (!opened.seal->defects.empty()) opened.fault = opened.seal->defects.front();
    if (auto maker = pki::parse_certificate(opened.seal->maker_certificate)) opened.maker = std::move(*maker);
    return opened;
}

Dossier open_dossier(const token::Snapshot& snapshot, FoundFiles found, const Options& options,
                     Authorities& authorities, const FetchedDocuments& fetched) {
    return Opener(snapshot, options, authorities, fetched).open(std::move(found));
}

std::vector<const Case*> cases_below(const Dossier& dossier, const Case& parent, SubjectKind kind) {
    std::vector<const Case*> below;
    for (const Case& one : dossier.cases) {
        if (one.kind != kind) continue;
        for (const Case* up = dossier.parent_of(one); up != nullptr; up = dossier.parent_of(*up)) {
            if (up == &parent) below.push_back(&one);
        }
    }
    return below;
}

}  // namespace scca::checks
