// SPDX-License-Identifier: Apache-2.0
#include "script.hpp"

#include <fcntl.h>
#include <unistd.h>
#include <algorithm>
#include <array>
#include <csignal>
#include <cstdio>
#include <cstdlib>

namespace fake {
namespace {

[[noreturn]] void reject(const std::string& why) {
    std::fprintf(stderr, "fake module: %s\n", why.c_str());
    std::abort();
}

std::string environment(const char* name) {
    const char* const value = std::getenv(name);
    return value == nullptr ? std::string() : std::string(value);
}

[[noreturn]] void hang() {
    for (;;) pause();
}

[[noreturn]] void crash() {
    static_cast<void>(std::raise(SIGSEGV));
    std::abort();
}

void write_all(int descriptor, std::string_view octets) {
    if (write(descriptor, octets.data(), octets.size()) < 0) _exit(98);
}

[[noreturn]] void write_without_end(int descriptor) {
    const std::string piece(64 * 1024, '5');
    for (;;) write_all(descriptor, piece);
}

std::uint32_t number_after(std::string_view action, std::string_view prefix, int base) {
    return static_cast<std::uint32_t>(std::stoul(std::string(action.substr(prefix.size())), nullptr, base));
}

/// True when the action was one that leaves the call as it is.
bool play_aside(std::string_view action) {
    constexpr int wire = 3;
    if (action == "hang") hang();
    if (action == "crash") crash();
    if (action == "abort") std::abort();
    if (action == "exit") std::exit(0);
    if (action.starts_with("sleep=")) usleep(1000 * number_after(action, "sleep=", 10));
    if (action == "flood") write_without_end(STDOUT_FILENO);
    if (action == "deluge") write_without_end(wire);
    if (action == "print") {
        std::printf("printed by the module\n");
        std::fprintf(stderr, "\xC7\xFD\xB6\xAF\n");
    } else if (action == "junk") {
        write_all(wire, "\x01\xFFrm -rf\n");
    } else if (action == "deaf") {
        close(wire);
    } else if (action == "fork") {
        if (fork() == 0) hang();
    } else {
        return false;
    }
    return true;
}

bool is_known(std::string_view action) {
    constexpr std::array words{"hang", "crash", "abort", "exit", "ok",     "big", "overrun",
                               "fork", "print", "flood", "junk", "deluge", "deaf"};
    return std::find(words.begin(), words.end(), action) != words.end() || action.starts_with("fail=") ||
           action.starts_with("lie=") || action.starts_with("sleep=");
}

}  // namespace

Script::Script(const std::vector<std::string_view>& calls, std::string_view other_door) {
    std::string rest = environment("SCCA_FAKE");
    while (!rest.empty()) {
        const std::size_t end = std::min(rest.find(','), rest.size());
        Step step{rest.substr(0, end), {}, {}, 1};
        rest.erase(0, end + 1);
        const std::size_t colon = step.text.find(':');
        if (colon == std::string::npos) reject("no action in " + step.text);
        step.call = step.text.substr(0, colon);
        step.action = step.text.substr(colon + 1);
        if (const std::size_t hash = step.call.find('#'); hash != std::string::npos) {
            step.count = std::atoi(step.call.c_str() + hash + 1);
            step.call.erase(hash);
        }
        if (!other_door.empty() && step.call.starts_with(other_door)) continue;
        if (step.call != "load" && std::find(calls.begin(), calls.end(), step.call) == calls.end()) {
            reject("no such call: " + step.text);
        }
        if (step.count < 1 || !is_known(step.action)) reject("no such action: " + step.text);
        steps_.push_back(step);
    }
    play("load");
}

Turn Script::play(std::string_view call) {
    called_.emplace_back(call);
    note("call " + called_.back());
    const auto count = std::count(called_.begin(), called_.end(), call);
    Turn turn;
    for (const Step& step : steps_) {
        if (step.call != call || step.count != count) continue;
        note("spent " + step.text);
        const std::string_view action = step.action;
        if (action == "ok") turn.answer = 0;
        if (action == "overrun") turn.overrun = true;
        if (action == "big") turn.big = true;
        if (action.starts_with("fail=")) turn.answer = number_after(action, "fail=", 16);
        if (action.starts_with("lie=")) turn.lie = number_after(action, "lie=", 10);
        static_cast<void>(play_aside(action));
    }
    return turn;
}

void Script::note(const std::string& line) const {
    const std::string path = environment("SCCA_FAKE_LEDGER");
    if (path.empty()) return;
    const int file = open(path.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
    if (file < 0) reject("cannot write " + path);
    write_all(file, line + '\n');
    close(file);
}

}  // namespace fake
