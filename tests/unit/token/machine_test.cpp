// SPDX-License-Identifier: Apache-2.0
#include "scca/token/machine.hpp"

#include "fake_tree.hpp"

#include <catch2/catch.hpp>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <chrono>

using namespace scca;
using namespace scca::token;

namespace {

/// Something that listens on a free port of loopback until it is closed.
class Listener {
public:
    Listener() : number_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        REQUIRE(bind(number_, reinterpret_cast<sockaddr*>(&address), size) == 0);
        REQUIRE(listen(number_, 1) == 0);
        REQUIRE(getsockname(number_, reinterpret_cast<sockaddr*>(&address), &size) == 0);
        port_ = ntohs(address.sin_port);
    }
    Listener(const Listener&) = delete;
    Listener& operator=(const Listener&) = delete;
    ~Listener() { stop(); }
    void stop() {
        if (number_ >= 0) close(number_);
        number_ = -1;
    }
    [[nodiscard]] std::uint16_t port() const { return port_; }

private:
    int number_;
    std::uint16_t port_ = 0;
};

MachineSeen look(const fake::Tree& tree, std::uint16_t port = 0) {
    return look_at_machine({.root = tree.root(), .port = port, .patience = std::chrono::milliseconds(200)});
}

}  // namespace

TEST_CASE("this program was built after 2024 and not after now") {
    const fake::Tree tree;
    const auto built_at = look(tree).built_at;
    REQUIRE(built_at);
    CHECK(*built_at > *parse_moment("2024-01-01"));
    CHECK(*built_at <= std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()));
}

TEST_CASE("the helper is heard when it listens, missed when it does not, and not asked without a port") {
    const fake::Tree tree;
    Listener helper;
    CHECK(look(tree, helper.port()).helper_listens == true);
    CHECK(look(tree, helper.port()).helper_port == helper.port());
    helper.stop();
    const auto begin = std::chrono::steady_clock::now();
    CHECK(look(tree, helper.port()).helper_listens == false);
    CHECK(std::chrono::steady_clock::now() - begin < std::chrono::seconds(2));
    CHECK_FALSE(look(tree).helper_listens.has_value());
}

TEST_CASE("CA programs are known by the name that they have in the menu, in whatever language") {
    const fake::Tree tree;
    tree.file("usr/share/applications/editor.desktop", "[Desktop Entry]\nName=Editor\nExec=国信CA\n");
    const auto epoint = tree.file("opt/apps/com.example.driver/entries/applications/driver.desktop",
                                  "[Desktop Entry]\nName=SCCA Driver\nName[zh_CN]=四川省CA互联互通驱动3.0\n");
    const auto guoxin = tree.file("usr/share/applications/helper.desktop", "[Desktop Entry]\nName=国信CA助手\n");
    tree.file("usr/share/applications/helper.txt", "Name=国信CA助手\n");
    const auto programs = look(tree).middleware;
    REQUIRE(programs.size() == 2);
    CHECK(programs[0] == ProgramSeen{"国信CA助手", guoxin.string()});
    CHECK(programs[1] == ProgramSeen{"四川省CA互联互通驱动3.0", epoint.string()});
}
