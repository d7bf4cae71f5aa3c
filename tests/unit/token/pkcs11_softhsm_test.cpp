// SPDX-License-Identifier: Apache-2.0
//
// The PKCS#11 door before a real module that others wrote: SoftHSM2, filled by OpenSC's pkcs11-tool. Where these are
// not installed the tests say so and hold nothing.
#include "look_fixture.hpp"

#include <unistd.h>
#include <algorithm>
#include <array>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>

using namespace scca;
using namespace scca::token;
using namespace scca::token::test;

namespace {

namespace fs = std::filesystem;

std::string find_softhsm() {
    for (const char* path : {"/usr/lib/softhsm/libsofthsm2.so", "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so",
                             "/usr/lib64/pkcs11/libsofthsm2.so"}) {
        if (fs::exists(path)) return path;
    }
    return {};
}

bool runs(const std::string& command) { return std::system((command + " >/dev/null 2>&1").c_str()) == 0; }

/// False, with a message, when this machine lacks what the tests need.
bool is_possible() {
    const bool possible = !find_softhsm().empty() && runs("command -v softhsm2-util") &&
                          runs("command -v pkcs11-tool") && runs("command -v openssl");
    if (!possible) WARN("skipped: needs softhsm2, opensc and openssl");
    return possible;
}

std::string content_of(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

/// A folder with SoftHSM2's configuration and tokens, which the environment points to; gone with it.
class SoftHsm {
public:
    explicit SoftHsm(const std::string& name)
        : folder_(fs::temp_directory_path() / ("scca-" + name + "-" + std::to_string(getpid()))) {
        fs::create_directories(tokens());
        configure(tokens());
        setenv("SOFTHSM2_CONF", (folder_ / "softhsm2.conf").c_str(), 1);
    }
    SoftHsm(const SoftHsm&) = delete;
    SoftHsm& operator=(const SoftHsm&) = delete;
    ~SoftHsm() {
        unsetenv("SOFTHSM2_CONF");
        fs::remove_all(folder_);
    }

    [[nodiscard]] fs::path folder() const { return folder_; }

    void configure(const fs::path& tokens) const {
        std::ofstream(folder_ / "softhsm2.conf")
            << "directories.tokendir = " << tokens.string() << "\nobjectstore.backend = file\nlog.level = ERROR\n";
    }
    void remove_configuration() const { fs::remove(folder_ / "softhsm2.conf"); }

    void make_token() const {
        REQUIRE(runs("softhsm2-util --init-token --free --label SCCA --so-pin 12345678 --pin 123456"));
    }
    void tool(const std::string& words) const {
        CAPTURE(words);
        REQUIRE(runs("pkcs11-tool --module " + find_softhsm() + " --token-label SCCA " + words));
    }
    /// As its owner, with the right PIN.
    void own(const std::string& words) const { tool("--login --pin 123456 " + words); }

    /// A token as a CA would hand it out: two certificates, their public keys, a seal, and one thing behind the PIN.
    void fill() const {
        const std::string at = folder_.string() + "/";
        REQUIRE(runs("openssl req -x509 -newkey rsa:2048 -nodes -subj /CN=sign -keyout " + at +
                     "k1 -outform DER -out " + at + "sign.der"));
        REQUIRE(runs("openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=enc -keyout " +
                     at + "k2 -outform DER -out " + at + "enc.der"));
        REQUIRE(runs("openssl pkey -in " + at + "k1 -pubout -outform DER -out " + at + "sign.pub"));
        REQUIRE(runs("openssl pkey -in " + at + "k2 -pubout -outform DER -out " + at + "enc.pub"));
        // All of it looks untouched in the first buffer; pkcs11-tool writes 5000 octets at most.
        std::ofstream(folder_ / "seal.bin", std::ios::binary) << std::string(4999, '\xCC');
        for (const std::string name : {"sign", "enc"}) {
            const std::string marks = " --label " + name + " --id " + (name == "sign" ? "01" : "02");
            own("--write-object " + at + name + ".der --type cert" + marks);
            own("--write-object " + at + name + ".pub --type pubkey" + marks);
        }
        own("--write-object " + at + "seal.bin --type data --label SealData --application-label SCCA");
        own("--write-object " + at + "seal.bin --type data --label Secret --private");
    }

    [[nodiscard]] Bytes octets_of(const std::string& name) const {
        const std::string content = content_of(folder_ / name);
        return {content.begin(), content.end()};
    }

    /// Every file of the tokens and what is in it.
    [[nodiscard]] std::map<std::string, std::string> contents() const {
        std::map<std::string, std::string> all;
        for (const auto& entry : fs::recursive_directory_iterator(tokens())) {
            all[entry.path().string()] = entry.is_regular_file() ? content_of(entry.path()) : std::string();
        }
        return all;
    }

private:
    [[nodiscard]] fs::path tokens() const { return folder_ / "tokens"; }

    fs::path folder_;
};

const ApplicationSeen& only_application(const Looked& looked) {
    REQUIRE(looked.first().tokens.size() == 1);
    REQUIRE(looked.first().tokens[0].applications.size() == 1);
    return looked.first().tokens[0].applications[0];
}

const ContainerSeen& container_named(const ApplicationSeen& application, std::string_view name) {
    const auto found = std::find_if(application.containers.begin(), application.containers.end(),
                                    [&](const ContainerSeen& one) { return one.name == name; });
    REQUIRE(found != application.containers.end());
    return *found;
}

}  // namespace

TEST_CASE("on a SoftHSM2 token everything public is seen, its second slot is no key, and nothing is written") {
    if (!is_possible()) return;
    const SoftHsm soft("softhsm");
    soft.make_token();
    soft.fill();
    const auto before = soft.contents();
    const auto looked = look_at({find_softhsm()});
    CHECK(soft.contents() == before);

    CHECK_FALSE(looked.first().load_fault);
    CHECK_FALSE(looked.first().answer_fault);
    CHECK(looked.first().refusals.empty());
    const ApplicationSeen& application = only_application(looked);
    CHECK(looked.first().tokens[0].label == "SCCA");
    CHECK(looked.first().tokens[0].manufacturer == "SoftHSM project");
    CHECK(looked.first().tokens[0].serial.size() == 16);
    CHECK(application.faults.empty());
    REQUIRE(application.containers.size() == 2);

    const ContainerSeen& sign = container_named(application, "sign");
    REQUIRE(sign.certificates.size() == 1);
    CHECK(sign.certificates[0].content == soft.octets_of("sign.der"));
    CHECK(sign.algorithm == KeyAlgorithm::rsa);
    REQUIRE(sign.public_keys.size() == 1);
    CHECK(sign.public_keys[0].content.size() == 256);
    const ContainerSeen& encrypt = container_named(application, "enc");
    REQUIRE(encrypt.certificates.size() == 1);
    CHECK(encrypt.certificates[0].content == soft.octets_of("enc.der"));
    CHECK(encrypt.algorithm == KeyAlgorithm::ec);
    REQUIRE(encrypt.public_keys.size() == 1);
    const Bytes spki = soft.octets_of("enc.pub");
    CHECK(encrypt.public_keys[0].content == Bytes(spki.end() - 64, spki.end()));

    // What is behind the PIN stays there.
    REQUIRE(application.files.size() == 1);
    CHECK(application.files[0].name == "SealData");
    CHECK(application.files[0].size == soft.octets_of("seal.bin").size());
    const bool is_whole = application.files[0].content == soft.octets_of("seal.bin");
    CHECK(is_whole);
}

TEST_CASE("the PIN of a SoftHSM2 token is told as it is, and a look spends no try") {
    if (!is_possible()) return;
    const SoftHsm soft("softhsm-pin");
    soft.make_token();
    const PinSeen fresh{.tries_max = {}, .tries_left = {}, .locked = false, .few = false, .initial = {}};
    CHECK(only_application(look_at({find_softhsm()})).pin == fresh);
    CHECK(only_application(look_at({find_softhsm()})).pin == fresh);
    CHECK_FALSE(runs("pkcs11-tool --module " + find_softhsm() + " --token-label SCCA --login --pin 000000 -O"));
    CHECK(only_application(look_at({find_softhsm()})).pin.few == true);
    CHECK(only_application(look_at({find_softhsm()})).pin.locked == false);
    soft.own("-O");
    CHECK(only_application(look_at({find_softhsm()})).pin == fresh);
}

TEST_CASE("a SoftHSM2 without any token shows no key and no fault") {
    if (!is_possible()) return;
    const SoftHsm soft("softhsm-empty");
    const auto looked = look_at({find_softhsm()});
    CHECK(looked.first().tokens.empty());
    CHECK_FALSE(looked.first().answer_fault);
    CHECK(looked.first().refusals.empty());
}

TEST_CASE("a SoftHSM2 whose configuration or folder is missing refuses, and does not crash") {
    if (!is_possible()) return;
    const std::vector<Fault> general_error{{FaultKind::code, "C_Initialize", "CKR", 5, ""}};
    const SoftHsm soft("softhsm-lost");
    soft.configure(soft.folder() / "nowhere");
    const auto no_folder = look_at({find_softhsm()});
    CHECK(no_folder.first().refusals == general_error);
    soft.remove_configuration();
    const auto looked = look_at({find_softhsm()});
    CHECK(looked.first().refusals == general_error);
    CHECK_FALSE(looked.first().load_fault);
    CHECK_FALSE(looked.first().answer_fault);
    CHECK(looked.first().tokens.empty());
}
