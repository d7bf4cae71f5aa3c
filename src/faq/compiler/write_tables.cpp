// SPDX-License-Identifier: Apache-2.0
#include "write.hpp"

#include "check.hpp"

#include <map>

namespace scca::faq::compiler {
namespace {

/// One flat array being written.
class Array {
public:
    Array(std::string type, std::string name) : type_(std::move(type)), name_(std::move(name)) {}

    void add(const std::string& row) {
        rows_ += "    " + row + ",\n";
        ++size_;
    }
    [[nodiscard]] std::size_t size() const noexcept { return size_; }

    /// An array has at least one element in C++, so an empty one gets a row that its size does not count.
    [[nodiscard]] std::string text() const {
        return "const " + type_ + " " + name_ + "[]{\n" + (size_ == 0 ? "    {},\n" : rows_) +
               "};\nconst std::size_t " + name_ + "_size = " + std::to_string(size_) + ";\n\n";
    }

private:
    std::string type_, name_, rows_;
    std::size_t size_ = 0;
};

std::string braced(std::initializer_list<std::string> fields) {
    std::string row = "{";
    for (const std::string& field : fields) row += (row.size() > 1 ? ", " : "") + field;
    return row + "}";
}

std::string pair_of(const Text& text) { return braced({literal(text.zh), literal(text.en)}); }

class Writer {
public:
    explicit Writer(const Faq& faq) : faq_(faq) {
        for (const Contact& contact : faq.contacts) {
            contact_row_[contact.id] = braced({literal(contact.id), pair_of(contact.name), strings(contact.phones),
                                               strings(contact.qq), literal(contact.url)});
        }
        for (const SourceDocument& source : faq.sources) source_named_[source.id] = &source;
        for (std::size_t i = 0; i < faq.problems.size(); ++i) {
            for (const Mention& code : faq.problems[i].codes) problem_of_code_[code.text] = i;
        }
    }

    [[nodiscard]] std::string write() {
        for (const Problem& problem : faq_.problems) add(problem);
        for (std::size_t i = 0; i < faq_.families.size(); ++i) add(faq_.families[i], i);
        for (const Word& title : faq_.rung_titles) rung_titles_.add(pair_of(title.text));
        std::string out =
            "// SPDX-License-Identifier: Apache-2.0\n"
            "//\n// Written by scca-faq-compiler from the files of faq/. Edit those.\n"
            "#include \"tables.hpp\"\n\nnamespace scca::faq::tables {\nusing namespace std::string_view_literals;\n\n";
        for (const Array* array : {&strings_, &rungs_, &contacts_, &fixes_, &causes_, &sources_, &entries_, &ranges_,
                                   &families_, &codes_, &rung_titles_}) {
            out += array->text();
        }
        return out + "}  // namespace scca::faq::tables\n";
    }

private:
    static std::string slice(std::size_t first, const Array& array) {
        return braced({std::to_string(first), std::to_string(array.size() - first)});
    }

    std::string strings(const std::vector<std::string>& list) {
        const std::size_t first = strings_.size();
        for (const std::string& text : list) strings_.add(literal(text));
        return slice(first, strings_);
    }

    std::string strings(const std::vector<Mention>& list) {
        const std::size_t first = strings_.size();
        for (const Mention& mention : list) strings_.add(literal(mention.text));
        return slice(first, strings_);
    }

    std::string add_causes(const Problem& problem) {
        const std::size_t first_cause = causes_.size();
        for (const Cause& cause : problem.causes) {
            const std::size_t rung = rungs_.size();
            for (const Mention& mention : cause.rungs) rungs_.add("Rung::" + enumerator_of(mention.text));
            const std::size_t fix = fixes_.size();
            for (const Fix& step : cause.fixes) {
                const auto or_any = [](const std::string& word) { return word.empty() ? std::string("any") : word; };
                fixes_.add(braced({"Who::" + step.who, "System::" + or_any(step.on), "Issuer::" + or_any(step.issuer),
                                   pair_of(step.text), literal(step.run)}));
            }
            const std::size_t contact = contacts_.size();
            for (const Mention& mention : cause.contacts) contacts_.add(contact_row_.at(mention.text));
            causes_.add(braced({pair_of(cause.text), slice(rung, rungs_), strings(cause.reasons), slice(fix, fixes_),
                                slice(contact, contacts_)}));
        }
        return slice(first_cause, causes_);
    }

    std::string add_sources(const Problem& problem) {
        const std::size_t first = sources_.size();
        for (const Mention& mention : problem.sources) {
            const std::size_t space = mention.text.find(' ');
            const SourceDocument& source = *source_named_.at(mention.text.substr(0, space));
            const std::string place = space == std::string::npos ? std::string() : mention.text.substr(space + 1);
            sources_.add(braced({literal(source.id), pair_of(source.name), literal(place)}));
        }
        return slice(first, sources_);
    }

    void add(const Problem& problem) {
        const std::string messages = strings(problem.messages);
        const std::string codes = strings(problem.codes);
        const std::string keywords = strings(problem.keywords);
        const std::string sources = add_sources(problem);
        const std::string causes = add_causes(problem);
        entries_.add(braced({literal(problem.id), literal(problem.family), pair_of(problem.family_name),
                             pair_of(problem.title), std::to_string(problem.urgency),
                             problem.unopened_bid ? "true" : "false", messages, codes, keywords, sources, causes}));
    }

    void add(const CodeFamily& family, std::size_t position) {
        const std::size_t range = ranges_.size();
        for (const auto& [first, last] : family.ranges)
            ranges_.add(braced({std::to_string(first), std::to_string(last)}));
        const std::size_t code = codes_.size();
        for (const Code& row : family.codes) add(row, family, position);
        families_.add(braced({literal(family.id), pair_of(family.name), slice(range, ranges_), strings(family.contexts),
                              family.needs_context ? "true" : "false", slice(code, codes_)}));
    }

    void add(const Code& code, const CodeFamily& family, std::size_t position) {
        const auto problem = problem_of_code_.find(family.id + ":" + code.symbol);
        const bool owned = problem != problem_of_code_.end();
        codes_.add(braced({std::to_string(position), literal(code.symbol), std::to_string(code.value),
                           std::to_string(code.mask) + "U", pair_of(code.meaning), pair_of(code.advice),
                           literal(code.library_text), owned ? "true" : "false",
                           braced({std::to_string(owned ? problem->second : 0)})}));
    }

    static std::string enumerator_of(std::string rung) {
        for (char& c : rung) c = c == '.' ? '_' : c;
        return rung;
    }

    const Faq& faq_;
    std::map<std::string, std::string> contact_row_;
    std::map<std::string, std::size_t> problem_of_code_;
    std::map<std::string, const SourceDocument*> source_named_;
    Array strings_{"std::string_view", "strings"}, rungs_{"Rung", "rungs"}, contacts_{"Contact", "contacts"},
        fixes_{"Fix", "fixes"}, causes_{"Cause", "causes"}, sources_{"Source", "sources"}, entries_{"Entry", "entries"},
        ranges_{"Range", "ranges"}, families_{"CodeFamily", "families"}, codes_{"Code", "codes"},
        rung_titles_{"Text", "rung_titles"};
};

}  // namespace

std::string tables_source(const Faq& faq) { return Writer(faq).write(); }

}  // namespace scca::faq::compiler
