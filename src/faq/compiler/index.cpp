// SPDX-License-Identifier: Apache-2.0
#include "index.hpp"

#include "evidence.hpp"
#include "phrases.hpp"

namespace scca::faq::compiler {

IndexData build_index(const Faq& faq, Complaints& complaints) {
    IndexData index;
    index.fold = fold_data(faq.characters);
    index.gb18030 = gb18030_data(complaints);
    index.trie = build_trie(faq, index.fold.view(), complaints);
    GramMap grams;
    add_phrases(faq, index, grams);
    add_evidence(faq, index, grams);
    index.grams = hashed(grams, index.postings);
    return index;
}

}  // namespace scca::faq::compiler
