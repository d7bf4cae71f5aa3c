// SPDX-License-Identifier: Apache-2.0
#include "service_fixture.hpp"

#include "scca/token/usb.hpp"

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>
#include <cstdlib>
#include <cstring>

namespace scca::token::test {
namespace {

sockaddr_un address_of(const std::string& path) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    REQUIRE(path.size() < sizeof address.sun_path);
    std::memcpy(address.sun_path, path.data(), path.size());
    return address;
}

}  // namespace

Service::~Service() {
    end();
    for (const int descriptor : waiting_) close(descriptor);
}

void Service::listen(int backlog) {
    listener_ = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const sockaddr_un address = address_of(socket());
    REQUIRE(bind(listener_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0);
    REQUIRE(::listen(listener_, backlog) == 0);
}

void Service::end() {
    if (listener_ >= 0) close(listener_);
    listener_ = -1;
}

void Service::fill() {
    const sockaddr_un address = address_of(socket());
    for (int i = 0; i < 64; ++i) {
        waiting_.push_back(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
        if (connect(waiting_.back(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) return;
    }
    FAIL("the room for waiting connections has no end");
}

PcscPlaces Service::places() const {
    PcscPlaces places;
    places.library = fake("fake_pcsclite");
    places.socket = socket();
    places.programs = {tree_.root() / "pcscd"};
    return places;
}

Looked Service::look(const std::string& script, const std::string& readers, std::chrono::milliseconds timeout) const {
    setenv("SCCA_FAKE_READERS", readers.c_str(), 1);
    LookOptions options{SCCA_MODULE_HOST, {}, timeout};
    options.pcsc = places();
    Looked looked = look_with(options, script);
    unsetenv("SCCA_FAKE_READERS");
    REQUIRE(looked.snapshot.pcsc);
    return looked;
}

void plug_in(Snapshot& snapshot, const fake::Tree& tree) { snapshot.usb = look_at_usb(places_of_sysfs(tree.root())); }

void add_token(Snapshot& snapshot) {
    ModuleSeen& module = snapshot.modules.emplace_back();
    module.path = "/usr/lib/libkey.so";
    module.exports_skf = true;
    TokenSeen& token = module.tokens.emplace_back();
    token.serial = "1";
    token.applications.emplace_back().containers.emplace_back().public_keys.push_back(
        {KeyRole::sign, KeyAlgorithm::sm2, Bytes(64, 1)});
}

namespace {

report::Report judge_without(const Snapshot& snapshot, std::vector<Rung> skip) {
    checks::Options options;
    options.part = checks::Part::key;
    options.at = *parse_moment("2026-11-22");
    options.skip = std::move(skip);
    return checks::judge(snapshot, options);
}

}  // namespace

report::Report judge(const Snapshot& snapshot) { return judge_without(snapshot, {}); }

report::Report judge_doors(const Snapshot& snapshot) {
    return judge_without(snapshot, {Rung::token_application, Rung::token_pin, Rung::token_container, Rung::cert_found,
                                    Rung::cert_pair, Rung::seal_found});
}

}  // namespace scca::token::test
