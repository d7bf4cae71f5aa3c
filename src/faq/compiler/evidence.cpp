// SPDX-License-Identifier: Apache-2.0
#include "evidence.hpp"

#include "scca/faq/features.hpp"

#include <algorithm>
#include <cmath>
#include <set>
#include <string>

namespace scca::faq::compiler {
namespace {

/// One text that speaks of a problem, and how directly.
struct Document {
    std::size_t problem;
    const std::string* text;
    double weight;
};

std::vector<Document> documents_of(const Faq& faq) {
    constexpr double of_words = 1.0;
    constexpr double of_message = 0.7;
    constexpr double of_cause = 0.15;
    constexpr double of_meaning = 0.1;
    std::vector<Document> documents;
    std::map<std::string, std::size_t> owner;
    for (std::size_t i = 0; i < faq.problems.size(); ++i) {
        const Problem& problem = faq.problems[i];
        documents.push_back({i, &problem.title.zh, of_words});
        documents.push_back({i, &problem.title.en, of_words});
        for (const Mention& keyword : problem.keywords) documents.push_back({i, &keyword.text, of_words});
        for (const Mention& message : problem.messages) documents.push_back({i, &message.text, of_message});
        for (const Cause& cause : problem.causes) {
            documents.push_back({i, &cause.text.zh, of_cause});
            documents.push_back({i, &cause.text.en, of_cause});
        }
        for (const Mention& code : problem.codes) owner[code.text] = i;
    }
    for (const CodeFamily& family : faq.families) {
        for (const Code& code : family.codes) {
            const auto problem = owner.find(family.id + ":" + code.symbol);
            if (problem != owner.end()) documents.push_back({problem->second, &code.meaning.zh, of_meaning});
        }
    }
    return documents;
}

/// Feature → problem → how often, weighted.
using Counts = std::map<std::uint32_t, std::map<std::size_t, double>>;

/// A fifth saying of the same tells little more than the third.
double saturated(double count) { return count / (count + 0.6); }

struct Scale {
    double factor;
    double problems;
};

/// Posting weights: rare features tell more. `total` is what the feature can tell at most.
std::vector<Posting> postings_of(const std::map<std::size_t, double>& counts, Scale scale, double& total) {
    double spread = 0;
    for (const auto& [problem, count] : counts) spread += saturated(count);
    const double rarity = std::log((scale.problems + 1) / (spread + 0.5));
    total = std::max(0.0, rarity * scale.factor);
    std::vector<Posting> postings;
    for (const auto& [problem, count] : counts) {
        const long weight = std::lround(total * saturated(count));
        if (weight > 0)
            postings.push_back(
                {static_cast<std::uint16_t>(problem), static_cast<std::uint16_t>(std::min(weight, 65535L))});
    }
    return postings;
}

struct Tally {
    Counts features, things, troubles, pairs;
};

void count_document(const Document& document, const IndexData& index, Tally& tally) {
    Folded text;
    fold(index.fold.view(), *document.text, text);
    std::set<std::uint32_t> features;
    each_feature(text, [&](std::uint32_t key, std::size_t first, std::size_t count) {
        // Keywords stand side by side: what touches across their space is no pair of the language.
        const bool across = count == 2 && !is_latin(text[first].symbol) && text[first + 1].after_gap;
        if (!across) features.insert(key);
    });
    for (const std::uint32_t key : features) tally.features[key][document.problem] += document.weight;
    std::set<std::uint32_t> things;
    std::set<std::uint32_t> troubles;
    for (const WordHit& hit : find_words(index.trie.view(), text)) {
        if (hit.kind == WordKind::thing) things.insert(hit.concept_number);
        if (hit.kind == WordKind::trouble) troubles.insert(hit.concept_number);
    }
    for (const std::uint32_t thing : things) tally.things[thing][document.problem] += document.weight;
    for (const std::uint32_t trouble : troubles) tally.troubles[trouble][document.problem] += document.weight;
    for (const std::uint32_t thing : things) {
        for (const std::uint32_t trouble : troubles)
            tally.pairs[thing << 16U | trouble][document.problem] += document.weight;
    }
}

std::vector<Concept> concepts_of(const std::vector<Synonyms>& lists, const Counts& counts, Scale scale,
                                 std::vector<Posting>& postings) {
    std::vector<Concept> concepts;
    for (std::size_t i = 0; i < lists.size(); ++i) {
        Concept row;
        row.claim = lists[i].claim.empty() ? Claim::ours : (lists[i].claim == "shared" ? Claim::shared : Claim::common);
        const auto found = counts.find(static_cast<std::uint32_t>(i));
        if (found != counts.end()) {
            double total = 0;
            const auto rows = postings_of(found->second, scale, total);
            row.weight = static_cast<std::uint16_t>(std::lround(total));
            row.entries = {static_cast<std::uint32_t>(postings.size()), static_cast<std::uint32_t>(rows.size())};
            postings.insert(postings.end(), rows.begin(), rows.end());
        }
        concepts.push_back(row);
    }
    return concepts;
}

/// Problems that are spoken of at length collect weight from every text: each problem's weights are divided by a small
/// power of what it could collect at most.
void balance(std::size_t problems, GramMap& grams, std::vector<Posting>& postings) {
    constexpr double power = 0.1;
    std::vector<double> total(problems, 1.0);
    for (const auto& [key, row] : grams) {
        for (const Posting& posting : row.entries)
            total[posting.target] += static_cast<double>(posting.weight) * posting.weight;
    }
    double mean = 0;
    for (double& of_problem : total) mean += std::log(of_problem) / static_cast<double>(problems);
    const auto balanced = [&](Posting& posting) {
        const double factor = std::exp(power * (mean - std::log(total[posting.target])));
        posting.weight = static_cast<std::uint16_t>(std::lround(posting.weight * factor));
    };
    for (auto& [key, row] : grams) std::for_each(row.entries.begin(), row.entries.end(), balanced);
    std::for_each(postings.begin(), postings.end(), balanced);
}

}  // namespace

void add_evidence(const Faq& faq, IndexData& index, GramMap& grams) {
    constexpr double of_pair_of_characters = 64;
    constexpr double of_character = 20;
    constexpr double of_word = 64;
    constexpr double of_concept = 64;
    constexpr double of_concept_pair = 64;
    Tally tally;
    for (const Document& document : documents_of(faq)) count_document(document, index, tally);
    const auto problems = static_cast<double>(faq.problems.size());
    for (const auto& [key, counts] : tally.features) {
        const bool single = (key & 0xFFFFU) == 0;
        const bool latin = is_latin(static_cast<char16_t>(key >> 16U));
        const double factor = single ? of_character : (latin ? of_word : of_pair_of_characters);
        GramRow& row = grams[key];
        row.entries = postings_of(counts, {factor, problems}, row.weight);
    }
    index.things = concepts_of(faq.things, tally.things, {of_concept, problems}, index.postings);
    index.troubles = concepts_of(faq.troubles, tally.troubles, {of_concept, problems}, index.postings);
    for (const auto& [key, counts] : tally.pairs) {
        double total = 0;
        const auto rows = postings_of(counts, {of_concept_pair, problems}, total);
        index.pairs.push_back(
            {key, {static_cast<std::uint32_t>(index.postings.size()), static_cast<std::uint32_t>(rows.size())}});
        index.postings.insert(index.postings.end(), rows.begin(), rows.end());
    }
    balance(faq.problems.size(), grams, index.postings);
}

}  // namespace scca::faq::compiler
