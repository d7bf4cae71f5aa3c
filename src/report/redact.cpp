// SPDX-License-Identifier: Apache-2.0
#include "scca/report/render.hpp"

namespace scca::report {
namespace {

std::string mask(const std::string& text, Privacy privacy, Redactor& redactor) {
    switch (privacy) {
        case Privacy::person: return redactor.alias(PersonalKind::person, text);
        case Privacy::number: return redactor.alias(PersonalKind::number, text);
        case Privacy::name: return redactor.sweep(redactor.redact_name(text));
        case Privacy::open:
        case Privacy::path: break;
    }
    return redactor.sweep(text);
}

void mask(Fields& fields, Redactor& redactor) {
    for (Field& field : fields) {
        if (auto* text = std::get_if<std::string>(&field.value)) *text = mask(*text, field.privacy, redactor);
        if (auto* list = std::get_if<std::vector<std::string>>(&field.value)) {
            for (std::string& item : *list) item = mask(item, field.privacy, redactor);
        }
    }
}

}  // namespace

Report redacted(const Report& report, Redactor& redactor) {
    Report copy = report;
    for (Subject& subject : copy.subjects) {
        subject.name = mask(subject.name, subject.name_privacy, redactor);
        mask(subject.facts, redactor);
        for (Finding& finding : subject.findings) mask(finding.evidence, redactor);
    }
    return copy;
}

}  // namespace scca::report
