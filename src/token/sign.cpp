// SPDX-License-Identifier: Apache-2.0
#include "scca/token/sign.hpp"

#include "interrupts_wait.hpp"
#include "scca/token/source.hpp"
#include "scca/token/wire.hpp"
#include "supervise.hpp"

#include <sys/random.h>

namespace scca::token {
namespace {

std::string hex_or_nothing(ByteView octets) { return octets.empty() ? std::string(wire::nothing) : to_hex(octets); }

std::vector<std::string> words_of(const SignOrder& order) {
    const bool skf = order.route.door == ModuleKind::skf;
    std::vector<std::string> words{std::string(skf ? wire::sign_skf_door : wire::sign_pkcs11_door),
                                   as_file(order.route.module), hex_or_nothing(order.route.token),
                                   hex_or_nothing(order.application), hex_or_nothing(order.challenge)};
    for (const SignTask& task : order.tasks) {
        words.push_back(hex_or_nothing(task.container));
        words.emplace_back(wire::algorithm_words[static_cast<std::size_t>(task.algorithm)]);
        words.push_back(hex_or_nothing(task.input));
    }
    return words;
}

}  // namespace

Bytes make_challenge() {
    Bytes challenge(32);
    std::size_t had = 0;
    while (had < challenge.size()) {
        const ssize_t count = getrandom(challenge.data() + had, challenge.size() - had, 0);
        if (count > 0) had += static_cast<std::size_t>(count);
    }
    return challenge;
}

SignTestSeen sign_with(const SignOrder& order, PinPipe pin) {
    SignTestSeen seen{order.route, order.application, order.challenge, {}};
    seen.answer.path = order.route.module;
    const InterruptsWait interrupts_wait;  // in the middle it would leave the key logged in
    const auto started = Deadline::Clock::now();
    const OwnedFd input(pin.release());
    auto host = HostProcess::start(order.module_host, words_of(order), input);
    if (!host) {
        seen.answer.load_fault = host.error();
        return seen;
    }
    std::vector<Watched> watched;
    watched.push_back(
        {seen.answer, std::move(*host), started, Deadline::after(order.timeout), order.route.module, true});
    supervise(std::move(watched));
    return seen;
}

}  // namespace scca::token
