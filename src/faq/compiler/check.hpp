// SPDX-License-Identifier: Apache-2.0
//
// What the files of faq/ say of each other: ids and codes used once, advice for
// the codes that people meet, rungs, codes, contacts and sources that exist,
// the same holes in both languages, a title for every rung, and no telephone number or host name outside contacts.toml.
#pragma once

#include "model.hpp"

namespace scca::faq::compiler {

/// Complains about everything that is wrong and puts the rung titles in ladder order.
void check(Faq& faq, Complaints& complaints);

/// Telephone numbers, QQ numbers and host names written out in a text.
void check_numbers(const Faq& faq, Complaints& complaints);

/// Replaces {@contact} and {@contact.field} in every text by what contacts.toml says; complains about unknown ones.
void expand_contacts(Faq& faq, Complaints& complaints);

/// A name that C++ takes as an identifier: letters, digits and underscores, and no keyword.
[[nodiscard]] bool is_identifier(const std::string& name);

/// "cert-expiring" → "cert_expiring"
[[nodiscard]] std::string identifier_of(std::string id);

/// Calls `visit(Text&)` for every text of the table that a person reads.
template <class Visitor>
void each_text(Faq& faq, Visitor visit) {
    for (Problem& problem : faq.problems) {
        visit(problem.title);
        for (Cause& cause : problem.causes) {
            visit(cause.text);
            for (Fix& fix : cause.fixes) visit(fix.text);
        }
    }
    for (CodeFamily& family : faq.families) {
        visit(family.name);
        for (Code& code : family.codes) {
            visit(code.meaning);
            visit(code.advice);
        }
    }
    for (WordList& list : faq.words) {
        for (Word& word : list.words) visit(word.text);
    }
    for (Word& title : faq.rung_titles) visit(title.text);
}

}  // namespace scca::faq::compiler
