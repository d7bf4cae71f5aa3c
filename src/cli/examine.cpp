// SPDX-License-Identifier: Apache-2.0
#include "examine.hpp"

#include "progress.hpp"
#include "rounds.hpp"
#include "saved_snapshot.hpp"
#include "sign_test.hpp"
#include "watch.hpp"

#include "scca/core/deadline.hpp"
#include "scca/token/discovery.hpp"
#include "scca/token/machine.hpp"
#include "scca/token/surroundings.hpp"
#include "scca/token/usb.hpp"

#include <algorithm>
#include <utility>

namespace scca::cli {
namespace {

/// What a look goes through. Modules that were named are asked and no others; without any the usual places are
/// searched, which takes its part of the time.
struct Around {
    token::LookOptions look;
    std::vector<token::ModuleFound> found;
};

Around find_around(token::LookOptions look) {
    Around around{std::move(look), {}};
    if (around.look.modules.empty()) {
        const auto start = Deadline::Clock::now();
        token::SearchPlaces places;
        places.time = std::min(places.time, around.look.timeout / 2);
        around.found = token::find_modules(places);
        around.look.modules = token::modules_to_load(around.found);
        around.look.spent = std::chrono::duration_cast<std::chrono::milliseconds>(Deadline::Clock::now() - start);
    }
    return around;
}

token::UsbSeen glance_at_usb(const CheckRequest& request) {
    return token::look_at_usb(token::places_of_sysfs(request.sysfs_root));
}

void add_given(token::Snapshot& snapshot, const Plan& plan) {
    const auto append = [](std::vector<token::FileGiven>& files, const std::vector<token::FileGiven>& more) {
        files.insert(files.end(), more.begin(), more.end());
    };
    append(snapshot.trust, plan.trust);
    append(snapshot.crls, plan.crls);
    append(snapshot.ocsp_answers, plan.ocsp_answers);
}

/// Files that were named are no matter of this computer, so nothing but a key makes it look around.
token::Snapshot look_around(const CheckRequest& request, const Around& around, const Plan& plan, Progress& progress) {
    const bool about_key = request.part == checks::Part::everything || request.part == checks::Part::key ||
                           request.part == checks::Part::no_key;
    token::Snapshot snapshot = token::look(around.look);
    progress.finish();
    snapshot.taken_at = token::now();
    snapshot.modules_found = around.found;
    if (about_key) {
        snapshot.usb = glance_at_usb(request);
        snapshot.machine = token::look_at_machine({});
    }
    add_given(snapshot, plan);
    return snapshot;
}

token::Snapshot look_or_watch(const CheckRequest& request, const CommonOptions& common, const Console& console,
                              const Plan& plan, checks::Judge& judge) {
    Progress progress(console, !common.quiet);
    Around around = find_around(plan.look);
    around.look.waiting = [&](const std::string& path, std::chrono::milliseconds left) { progress.wait(path, left); };
    if (!request.watch) return look_around(request, around, plan, progress);
    const auto left = plan.look.timeout - std::exchange(around.look.spent, {});
    const Watching watching{[&] { return glance_at_usb(request); },
                            [&](std::chrono::milliseconds time) {
                                around.look.timeout = time;
                                return look_around(request, around, plan, progress);
                            },
                            [&](const token::Snapshot& snapshot) { return judge.judge(snapshot); }, request.sign_test};
    return watch(watching, left, common.format, console);
}

/// Fills the snapshot from --from; --trust and its like add to what it holds.
std::optional<Refusal> replay(const CheckRequest& request, Plan& plan, const Console& console,
                              token::Snapshot& snapshot) {
    if (auto refusal = read_snapshot(request, console, snapshot)) return refusal;
    if (request.at.empty()) plan.judge.at = snapshot.taken_at;
    add_given(snapshot, plan);
    return std::nullopt;
}

}  // namespace

std::optional<Refusal> examine(const CheckRequest& request, const CommonOptions& common, Plan plan,
                               const Console& console, Examination& examination) {
    token::Snapshot& snapshot = examination.snapshot;
    const bool replayed = !request.from.empty();
    if (replayed) {
        if (auto refusal = replay(request, plan, console, snapshot)) return refusal;
    }
    checks::Judge judge(plan.judge, replayed ? snapshot.trust : plan.trust);
    if (!replayed) snapshot = look_or_watch(request, common, console, plan, judge);
    if (request.sign_test) {
        if (auto refusal = run_sign_test(request, plan, console, snapshot)) return refusal;
    }
    examination.report = judge_in_rounds(judge, snapshot, plan.look.timeout);
    if (replayed) {
        examination.report.replay =
            report::Replay{.taken_at = snapshot.taken_at, .redacted = snapshot.seen_before_redaction.has_value()};
    }
    return std::nullopt;
}

}  // namespace scca::cli
