// SPDX-License-Identifier: Apache-2.0
//
// The script of a fake module, from $SCCA_FAKE: steps parted by commas, "SKF_ConnectDev#2:hang" is the second call of
// SKF_ConnectDev. Actions: hang, crash, abort, exit, sleep=MILLISECONDS (and then does its work), fail=HEX (answers
// this code), ok (answers 0 and does nothing), lie=LENGTH (does its work and claims this length), overrun (does its
// work and writes past the buffer), big (gives a certificate of 20000 octets, 100 containers, 200 files), fork (leaves
// a child behind that holds every descriptor), print (writes to stdout and stderr), flood (prints without end), junk
// (writes nonsense to the host's descriptor 3), deluge (writes without end there), deaf (closes it). "load:…" acts
// while being loaded. A step for an unknown call, an unknown action, or one left over is a failure: the first two abort
// while loading, the third shows in the file $SCCA_FAKE_LEDGER, where every call and every step spent is a line.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fake {

/// What a call is to do besides its work.
struct Turn {
    std::optional<std::uint32_t> answer;  ///< instead of its work
    std::optional<std::uint32_t> lie;
    bool overrun = false;
    bool big = false;
};

class Script {
public:
    /// Reads the environment and plays "load"; `calls` are the names that the module has. Steps for calls that begin
    /// with `other_door` are left to the other script of a module with two doors; alone, they show as steps left over.
    explicit Script(const std::vector<std::string_view>& calls, std::string_view other_door = {});

    /// Counts the call and plays its step; does not come back from one that ends or hangs the process.
    Turn play(std::string_view call);

private:
    struct Step {
        std::string text, call, action;
        int count = 1;
    };

    void note(const std::string& line) const;

    std::vector<Step> steps_;
    std::vector<std::string> called_;
};

}  // namespace fake
