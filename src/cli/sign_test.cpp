// SPDX-License-Identifier: Apache-2.0
#include "sign_test.hpp"

#include "scca/core/text.hpp"
#include "scca/faq/words.hpp"
#include "scca/token/sign.hpp"

namespace scca::cli {
namespace {

namespace words = faq::words::cli;

Result<token::PinPipe> get_pin(const CheckRequest& request, const checks::SignWish& wish, const Console& console) {
    if (request.pin_descriptor >= 0) return token::take_pin(request.pin_descriptor);
    report::Fields fields{{"token", harmless(wish.token_name)}};
    if (wish.tries_left) fields.push_back({"tries_left", std::int64_t{*wish.tries_left}});
    const faq::Text question = wish.tries_left ? words::ask_pin : words::ask_pin_uncounted;
    return token::ask_for_pin(console.for_terminal(say(console, question, fields)));
}

/// Nothing was sent: what was given can be no PIN, or could not be read.
Refusal refuse_pin(const Fault& fault, const Console& console) {
    const auto refused = [](std::string message) { return Refusal{ExitStatus::usage, std::move(message), {}}; };
    if (fault.kind == FaultKind::garbled) return refused(std::string(words::pin_too_long.in(console.lang())));
    if (fault.kind == FaultKind::damaged)
        return refused(say(console, words::pin_has_control, {{"number", fault.number + 1}}));
    return refused(say(console, words::cannot_read_pin, {{"message", reason_of(fault, console.lang())}}));
}

token::SignOrder order_of(checks::SignWish wish, const Plan& plan, Bytes challenge) {
    token::SignOrder order{
        plan.look.module_host, std::move(wish.route), std::move(wish.application), std::move(challenge), {},
        plan.look.timeout};
    for (checks::SignWish::Task& task : wish.tasks) {
        order.tasks.push_back({std::move(task.container), task.algorithm, std::move(task.input)});
    }
    return order;
}

}  // namespace

std::optional<Refusal> refuse_key_options(const CheckRequest& request, const Console& console) {
    const auto conflict = [&](const char* one, const char* other) {
        return Refusal{
            ExitStatus::usage,
            say(console, words::options_conflict, {{"one", std::string(one)}, {"other", std::string(other)}}),
            {}};
    };
    const bool no_key = request.part == checks::Part::no_key;
    if (request.watch && no_key) return conflict("--watch", "--no-key");
    if (request.sign_test && no_key) return conflict("--sign-test", "--no-key");
    if (!request.sign_test && request.pin_descriptor >= 0) {
        return Refusal{ExitStatus::usage, std::string(words::pin_fd_alone.in(console.lang())), {}};
    }
    if (!request.sign_test) return std::nullopt;
    if (request.pin_descriptor < 0 && !token::has_terminal()) {
        return Refusal{ExitStatus::usage, std::string(words::no_terminal.in(console.lang())),
                       std::string(words::hint_pin_fd.in(console.lang()))};
    }
    if (request.pin_descriptor >= 0 && !token::can_read_from(request.pin_descriptor)) {
        return Refusal{ExitStatus::usage,
                       say(console, words::no_such_descriptor, {{"number", std::int64_t{request.pin_descriptor}}}),
                       {}};
    }
    return std::nullopt;
}

std::optional<Refusal> run_sign_test(const CheckRequest& request, const Plan& plan, const Console& console,
                                     token::Snapshot& snapshot) {
    Bytes challenge = token::make_challenge();
    auto wish = checks::find_sign_wish(snapshot, plan.judge, challenge);
    if (!wish) return std::nullopt;
    auto pin = get_pin(request, *wish, console);
    if (!pin) return refuse_pin(pin.error(), console);
    if (pin->octets() == 0) return std::nullopt;
    snapshot.sign_test = token::sign_with(order_of(std::move(*wish), plan, std::move(challenge)), std::move(*pin));
    return std::nullopt;
}

}  // namespace scca::cli
