// SPDX-License-Identifier: Apache-2.0
#include "saved_snapshot.hpp"

#include "scca/archive/archive.hpp"
#include "scca/faq/words.hpp"
#include "scca/token/surroundings.hpp"

#include <array>
#include <cerrno>
#include <utility>

namespace scca::cli {
namespace {

namespace words = faq::words::cli;

Refusal refuse_content(const std::string& path, const Fault& fault, const Console& console) {
    const report::Fields fields{
        {"path", path}, {"version", fault.number}, {"where", fault.call}, {"message", fault.text}};
    if (fault.call == "newer") {
        return {ExitStatus::bad_data, say(console, words::snapshot_newer, fields),
                std::string(words::hint_update.in(console.lang()))};
    }
    if (fault.call == "older") return {ExitStatus::bad_data, say(console, words::snapshot_older, fields), {}};
    const bool other = fault.call == "snapshot";
    return {ExitStatus::bad_data, say(console, other ? words::not_a_snapshot : words::snapshot_damaged, fields), {}};
}

}  // namespace

std::optional<Refusal> refuse_beside_snapshot(const CheckRequest& request, const Console& console) {
    const bool files = !request.paths.empty() || !request.files0_from.empty();
    if (files && !request.save.empty()) {
        return Refusal{ExitStatus::usage, std::string(words::save_no_files.in(console.lang())), {}};
    }
    const std::array<std::pair<bool, const char*>, 7> others{{{files, "PATH"},
                                                              {!request.modules.empty(), "--module"},
                                                              {request.online, "--online"},
                                                              {request.watch, "--watch"},
                                                              {request.sign_test, "--sign-test"},
                                                              {!request.pcsc_library.empty(), "--pcsc-library"},
                                                              {request.sysfs_root != "/sys", "--sysfs-root"}}};
    for (const auto& [given, name] : others) {
        if (request.from.empty() || !given) continue;
        return Refusal{ExitStatus::usage, say(console, words::from_excludes, {{"option", std::string(name)}}), {}};
    }
    return std::nullopt;
}

std::optional<Refusal> read_snapshot(const CheckRequest& request, const Console& console, token::Snapshot& snapshot) {
    const token::FileGiven file = token::read_file(request.from);
    if (file.fault) return refuse_file(request.from, *file.fault, console.lang());
    auto parsed = archive::parse_snapshot(file.content);
    if (!parsed) return refuse_content(request.from, parsed.error(), console);
    snapshot = std::move(*parsed);
    return std::nullopt;
}

ExitStatus save_snapshot(const token::Snapshot& snapshot, const CheckRequest& request, const Console& console) {
    if (request.save.empty()) return ExitStatus::healthy;
    const bool redact = request.redact.value_or(true);
    std::string document;
    if (redact && !snapshot.seen_before_redaction) {
        Redactor redactor(token::user_and_host());
        token::Snapshot copy = archive::redacted(snapshot, redactor);
        copy.seen_before_redaction->answers = checks::find_answers(snapshot);
        document = archive::render_snapshot(copy);
    } else {
        document = archive::render_snapshot(snapshot);
    }
    constexpr unsigned for_me_alone = 0600;
    if (const auto fault = token::write_file(request.save, as_bytes(document), for_me_alone)) {
        return console.fail(refuse_output(request.save, *fault, console.lang()), Format::text);
    }
    return ExitStatus::healthy;
}

}  // namespace scca::cli
