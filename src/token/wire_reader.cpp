// SPDX-License-Identifier: Apache-2.0
//
// The lines of wire.hpp, one function a verb. Which field belongs where is wire_fields.cpp.
#include "wire_reader.hpp"

#include "foreign_text.hpp"
#include "scca/token/wire.hpp"
#include "wire_words.hpp"

#include <array>
#include <utility>

namespace scca::token {
namespace {

constexpr std::size_t max_words = 6;
constexpr std::size_t max_steps = 4096;
/// Of one list. A module that fails more often than that has been understood.
constexpr std::size_t max_faults = 256;
/// How much of a line that makes no sense is shown.
constexpr std::size_t shown = 60;

void keep(std::vector<Fault>& faults, Fault fault) {
    if (faults.size() < max_faults) faults.push_back(std::move(fault));
}

}  // namespace

void WireReader::feed(std::string_view octets) {
    if (done_ || garbled_) return;
    while (!octets.empty() && !done_ && !garbled_) {
        const std::size_t end = octets.find('\n');
        const std::string_view part = octets.substr(0, end);
        total_ += part.size() + 1;
        if (total_ > wire::max_total) return garble("said more than a look can hold");
        if (line_.size() + part.size() > wire::max_line) return garble("said a line without end");
        line_ += part;
        if (end == std::string_view::npos) return;
        end_line();
        octets.remove_prefix(end + 1);
    }
}

void WireReader::end_line() {
    const std::string line = std::exchange(line_, {});
    if (!take(line)) garble("said: " + foreign_text(std::string_view(line).substr(0, shown), shown));
}

bool WireReader::take(std::string_view line) {
    std::array<std::string_view, max_words> words;
    std::size_t count = 0;
    for (std::string_view rest = line;;) {
        const std::size_t end = rest.find(' ');
        if (count == max_words || end == 0 || rest.empty()) return false;
        words[count++] = rest.substr(0, end);
        if (end == std::string_view::npos) break;
        rest.remove_prefix(end + 1);
    }
    const Words after = Words(words).subspan(1, count - 1);
    const std::string_view verb = words[0];
    if (verb == "begin") return take_begin(after);
    if (verb == "end") return take_end(after);
    if (verb == "open") return take_open(after);
    if (verb == "set") return take_field(after, false);
    if (verb == "add") return take_field(after, true);
    if (verb == "close") return after.empty() && take_close();
    if (verb == "fault") return take_fault(after);
    if (verb == "broken") return take_broken(after);
    if (verb == "unloadable") return take_unloadable(after);
    if (verb == "done") return after.empty() && take_done();
    return false;
}

bool WireReader::take_begin(Words words) {
    if (words.size() != 1 || call_open_ || !is_name(words[0])) return false;
    last_call_ = words[0];
    call_open_ = true;
    return true;
}

bool WireReader::take_end(Words words) {
    if (words.size() != 3 || !call_open_ || words[0] != last_call_) return false;
    const auto code = parse_code(words[1]);
    const auto took = parse_microseconds(words[2]);
    if (!code || !took) return false;
    call_open_ = false;
    if (seen_.steps.size() < max_steps) seen_.steps.push_back({last_call_, *code, *took});
    return true;
}

bool WireReader::take_open(Words words) {
    if (words.size() != 1 || call_open_) return false;
    constexpr std::array<std::pair<std::string_view, Kind>, 7> kinds{{{wire::kinds::reader, Kind::reader},
                                                                      {wire::kinds::token, Kind::token},
                                                                      {wire::kinds::application, Kind::application},
                                                                      {wire::kinds::container, Kind::container},
                                                                      {wire::kinds::file, Kind::file},
                                                                      {wire::kinds::certificate, Kind::certificate},
                                                                      {wire::kinds::public_key, Kind::public_key}}};
    for (const auto& [word, kind] : kinds) {
        if (word != words[0]) continue;
        if (!open_inside(kind)) return false;
        open_.push_back({kind});
        return true;
    }
    return false;
}

bool WireReader::open_inside(Kind kind) {
    const auto one_more = [](auto& list, std::size_t most) {
        if (list.size() >= most) return false;
        list.emplace_back();
        return true;
    };
    const Kind outer = innermost();
    switch (kind) {
        case Kind::module: return false;
        case Kind::reader: return outer == Kind::module && one_more(seen_.readers, wire::max_readers);
        case Kind::token: return outer == Kind::module && one_more(seen_.tokens, wire::max_tokens);
        case Kind::application: return outer == Kind::token && one_more(token().applications, wire::max_applications);
        case Kind::container:
            return outer == Kind::application && one_more(application().containers, wire::max_containers);
        case Kind::file: return outer == Kind::application && one_more(application().files, wire::max_files);
        case Kind::certificate:
            return outer == Kind::container && one_more(container().certificates, wire::max_in_container);
        case Kind::public_key:
            return outer == Kind::container && one_more(container().public_keys, wire::max_in_container);
    }
    return false;
}

bool WireReader::take_close() {
    if (open_.empty() || call_open_) return false;
    open_.pop_back();
    return true;
}

bool WireReader::take_fault(Words words) {
    if (words.size() != 5 || !is_name(words[1])) return false;
    const auto number = parse_code(words[3]);
    const auto sentence = parse_sentence(words[4]);
    if (!number || !sentence) return false;
    Fault fault{FaultKind::code, std::string(words[1]), {}, *number, *sentence};
    if (words[0] == "code") {
        if (!is_name(words[2])) return false;
        fault.family = words[2];
        place(std::move(fault));
        return true;
    }
    if (words[2] != wire::nothing || *number != 0) return false;
    if (words[0] == "garbled") {
        fault.kind = FaultKind::garbled;
        place(std::move(fault));
        return true;
    }
    if (words[0] != "not_loaded") return false;
    fault.kind = FaultKind::not_loaded;
    keep(seen_.refusals, std::move(fault));
    return true;
}

void WireReader::place(Fault fault) {
    switch (innermost()) {
        case Kind::module: return keep(seen_.refusals, std::move(fault));
        case Kind::reader: return keep(reader().faults, std::move(fault));
        case Kind::token: return keep(token().faults, std::move(fault));
        case Kind::application: return keep(application().faults, std::move(fault));
        case Kind::file:
            if (!file().fault) file().fault = std::move(fault);
            return;
        case Kind::container:
        case Kind::certificate:
        case Kind::public_key: return keep(container().faults, std::move(fault));
    }
}

bool WireReader::take_broken(Words words) {
    if (words.size() != 2 || !is_name(words[0])) return false;
    const auto sentence = parse_sentence(words[1]);
    if (!sentence) return false;
    Fault fault{FaultKind::garbled, std::string(words[0]), {}, 0, *sentence};
    if (seen_.answer_fault) {
        keep(seen_.refusals, std::move(fault));
    } else {
        seen_.answer_fault = std::move(fault);
    }
    return true;
}

bool WireReader::take_unloadable(Words words) {
    if (words.size() != 1 || !call_open_ || last_call_ != wire::loading_call) return false;
    const auto sentence = parse_sentence(words[0]);
    if (!sentence) return false;
    call_open_ = false;
    seen_.load_fault = Fault{FaultKind::not_loaded, last_call_, {}, 0, *sentence};
    return true;
}

bool WireReader::take_done() {
    if (!open_.empty() || call_open_) return false;
    done_ = true;
    return true;
}

void WireReader::garble(std::string what) {
    garbled_ = true;
    line_.clear();
    conclude({FaultKind::garbled, {}, {}, 0, std::move(what)});
}

void WireReader::conclude(Fault fault) {
    fault.call = last_call_;
    if (innermost() == Kind::reader && fault.kind == FaultKind::hung) {
        reader().answer_fault = std::move(fault);
        return;
    }
    const bool loading = last_call_ == wire::loading_call || last_call_ == before_any_call;
    std::optional<Fault>& place = loading ? seen_.load_fault : seen_.answer_fault;
    // The worse end is the one to tell; an answer that was garbled before it stays on record.
    if (place) keep(seen_.refusals, std::move(*place));
    place = std::move(fault);
}

}  // namespace scca::token
