// SPDX-License-Identifier: Apache-2.0
//
// A smart card service of a test's own: a socket in a folder of its own, and the scripted PC/SC library in place of the
// real one. From a look at it to the report.
#pragma once

#include "checks/reading.hpp"
#include "scca/faq/ids.hpp"
#include "token/fake_tree.hpp"
#include "token/look_fixture.hpp"

#include <string>
#include <vector>

namespace scca::token::test {

class Service {
public:
    /// Nothing is there but the folder.
    Service() = default;
    Service(const Service&) = delete;
    Service& operator=(const Service&) = delete;
    ~Service();

    /// A socket that accepts as many connections as `backlog` lets wait, and never answers.
    void listen(int backlog = 8);
    /// The socket stays, and nobody stands behind it.
    void end();
    /// Takes up the room for waiting connections.
    void fill();

    [[nodiscard]] const fake::Tree& tree() const { return tree_; }
    [[nodiscard]] std::string socket() const { return (tree_.root() / "pcscd.comm").string(); }
    /// Of the scripted library, which is not said to be the user's wish.
    [[nodiscard]] PcscPlaces places() const;

    /// A look with this script; the states of the readers, in hexadecimal, parted by commas.
    [[nodiscard]] Looked look(const std::string& script = {}, const std::string& readers = "22",
                              std::chrono::milliseconds timeout = std::chrono::seconds(20)) const;

private:
    fake::Tree tree_;
    int listener_ = -1;
    std::vector<int> waiting_;
};

using Causes = std::vector<faq::Id>;

/// Adds what USB shows below the tree.
void plug_in(Snapshot& snapshot, const fake::Tree& tree);
/// A module with a token, so that a door is open.
void add_token(Snapshot& snapshot);

[[nodiscard]] report::Report judge(const Snapshot& snapshot);
/// Only the ways to a key, nothing of what is on it.
[[nodiscard]] report::Report judge_doors(const Snapshot& snapshot);

}  // namespace scca::token::test
