// SPDX-License-Identifier: Apache-2.0
#include "look_fixture.hpp"
#include "scca/token/companion.hpp"

#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cerrno>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <thread>

using namespace scca;
using namespace scca::token;
using namespace scca::token::test;

namespace {

/// A file of its own for one test, gone with it.
class ScratchFile {
public:
    ScratchFile(const std::string& name, std::string_view content)
        : path_(std::filesystem::temp_directory_path() / (name + "-" + std::to_string(getpid()))) {
        std::ofstream(path_, std::ios::binary) << content;
    }
    ScratchFile(const ScratchFile&) = delete;
    ScratchFile& operator=(const ScratchFile&) = delete;
    ~ScratchFile() { std::filesystem::remove(path_); }
    [[nodiscard]] std::string path() const { return path_.string(); }

private:
    std::filesystem::path path_;
};

Fault only_file_fault(const std::string& path) {
    const auto looked = look_at({path});
    REQUIRE(looked.first().file_faults.size() == 1);
    CHECK_FALSE(looked.first().load_fault);
    CHECK(looked.first().steps.empty());
    return looked.first().file_faults[0];
}

/// While it lives, processes whose parent died become children of this test, which can then see how they end.
class FosterParent {
public:
    FosterParent() { prctl(PR_SET_CHILD_SUBREAPER, 1); }
    FosterParent(const FosterParent&) = delete;
    FosterParent& operator=(const FosterParent&) = delete;
    /// Leaves nobody behind, however the test went.
    ~FosterParent() {
        std::ifstream children("/proc/thread-self/children");
        for (pid_t child = 0; children >> child;) {
            kill(child, SIGKILL);
            waitpid(child, nullptr, 0);
        }
        prctl(PR_SET_CHILD_SUBREAPER, 0);
    }

    /// The signal that ended the next child; 0 when none ended by one within two seconds.
    [[nodiscard]] static int next_signal() {
        for (int i = 0; i < 200; ++i) {
            int status = 0;
            if (waitpid(-1, &status, WNOHANG) > 0) return WIFSIGNALED(status) ? WTERMSIG(status) : 0;
            std::this_thread::sleep_for(std::chrono::milliseconds(10));
        }
        return 0;
    }
};

}  // namespace

TEST_CASE("three modules that misbehave are each named by call and end, beside a healthy one") {
    const auto looked =
        look_at({fake("crash_in_connect"), fake("hang_in_enum"), fake("exit_at_load"), fake("fake_skf_32_1")}, {},
                short_timeout);
    const auto& modules = looked.snapshot.modules;
    REQUIRE(modules.size() == 4);
    CHECK(modules[0].answer_fault == Fault{FaultKind::crashed, "SKF_ConnectDev", "", SIGSEGV, "SIGSEGV"});
    CHECK_FALSE(modules[0].load_fault);
    REQUIRE(modules[0].tokens.size() == 1);
    CHECK(modules[0].tokens[0].device == "BROKEN");
    CHECK(modules[1].answer_fault == Fault{FaultKind::hung, "SKF_EnumDev", "", short_timeout.count(), ""});
    // Reading the module's file counts against the deadline.
    CHECK(modules[1].duration + std::chrono::milliseconds(200) >= short_timeout);
    CHECK(modules[2].load_fault == Fault{FaultKind::exited, "dlopen", "", 0, ""});
    CHECK_FALSE(modules[2].answer_fault);
    CHECK_FALSE(modules[3].load_fault);
    CHECK_FALSE(modules[3].answer_fault);
    CHECK(modules[3].tokens.size() == 1);
    CHECK(modules[3].duration < short_timeout);
}

TEST_CASE("modules side by side take as long as the slowest, not as all together") {
    const std::string hanging = fake("hang_in_enum");
    const auto looked = look_at({hanging, hanging, hanging, hanging, hanging}, {}, short_timeout);
    for (const ModuleSeen& seen : looked.snapshot.modules) {
        REQUIRE(seen.answer_fault);
        CHECK(seen.answer_fault->kind == FaultKind::hung);
    }
}

TEST_CASE("whatever ends a module while loading is a fault of loading") {
    const auto end_of = [](const std::string& script) {
        const auto looked = look_at({fake("fake_skf_32_1")}, script, short_timeout);
        CHECK_FALSE(looked.first().answer_fault);
        REQUIRE(looked.first().load_fault);
        return *looked.first().load_fault;
    };
    CHECK(end_of("load:crash") == Fault{FaultKind::crashed, "dlopen", "", SIGSEGV, "SIGSEGV"});
    CHECK(end_of("load:abort") == Fault{FaultKind::crashed, "dlopen", "", SIGABRT, "SIGABRT"});
    CHECK(end_of("load:exit") == Fault{FaultKind::exited, "dlopen", "", 0, ""});
    CHECK(end_of("load:hang") == Fault{FaultKind::hung, "dlopen", "", short_timeout.count(), ""});
    CHECK(end_of("load:junk").kind == FaultKind::garbled);
}

TEST_CASE("whatever ends a module in a call names the call and keeps what was read before") {
    const auto end_of = [](const std::string& script) {
        const auto looked = look_at({fake("fake_skf_64_0")}, script, short_timeout);
        CHECK_FALSE(looked.first().load_fault);
        REQUIRE(looked.first().answer_fault);
        REQUIRE(looked.first().tokens.size() == 1);
        CHECK(looked.first().tokens[0].device == "FAKE-1");
        return *looked.first().answer_fault;
    };
    CHECK(end_of("SKF_ReadFile#2:crash") == Fault{FaultKind::crashed, "SKF_ReadFile", "", SIGSEGV, "SIGSEGV"});
    CHECK(end_of("SKF_GetPINInfo:exit") == Fault{FaultKind::exited, "SKF_GetPINInfo", "", 0, ""});
    CHECK(end_of("SKF_OpenContainer:hang") ==
          Fault{FaultKind::hung, "SKF_OpenContainer", "", short_timeout.count(), ""});
    CHECK(end_of("SKF_DisConnectDev:abort") == Fault{FaultKind::crashed, "SKF_DisConnectDev", "", SIGABRT, "SIGABRT"});
}

TEST_CASE("time that was spent before the look is not granted again") {
    LookOptions options{SCCA_MODULE_HOST, {fake("fake_skf_32_1")}, short_timeout};
    options.spent = short_timeout - std::chrono::milliseconds(200);
    const auto looked = look_with(options, "SKF_EnumDev:hang");
    CHECK(looked.took < short_timeout);
    CHECK(looked.first().answer_fault == Fault{FaultKind::hung, "SKF_EnumDev", "", short_timeout.count(), ""});
}

TEST_CASE("who waits for a module that hangs is told which it is and how long it may still take") {
    LookOptions options{SCCA_MODULE_HOST, {fake("fake_skf_32_1")}, short_timeout * 2};
    std::vector<std::chrono::milliseconds> left;
    options.waiting = [&](const std::string& path, std::chrono::milliseconds time) {
        CHECK(path == fake("fake_skf_32_1"));
        left.push_back(time);
    };
    CHECK(look_with(options, "SKF_EnumDev:hang").first().answer_fault);
    REQUIRE(left.size() > 1);
    CHECK(left.front() <= short_timeout);  // not in the first second
    CHECK(left.back() < left.front());
    left.clear();
    CHECK_FALSE(look_with(options).first().answer_fault);
    CHECK(left.empty());
}

TEST_CASE("nonsense, a flood and silence on the wire are given up in time") {
    const auto end_of = [](const std::string& script) {
        const auto looked = look_at({fake("fake_skf_32_0")}, script, std::chrono::seconds(5));
        REQUIRE(looked.first().answer_fault);
        CHECK(looked.first().answer_fault->call == "SKF_GetDevInfo");
        CHECK(looked.took < std::chrono::seconds(5));
        return looked.first().answer_fault->kind;
    };
    CHECK(end_of("SKF_GetDevInfo:junk") == FaultKind::garbled);
    CHECK(end_of("SKF_GetDevInfo:deluge") == FaultKind::garbled);
    // Deaf, the host cannot say that the call ended, and ends itself.
    CHECK(end_of("SKF_GetDevInfo:deaf") == FaultKind::exited);
}

TEST_CASE("a module that prints without end is hung, and a hundred lines of it are kept") {
    const auto looked = look_at({fake("fake_skf_32_0")}, "SKF_EnumDev:flood", short_timeout);
    REQUIRE(looked.first().answer_fault);
    CHECK(looked.first().answer_fault->kind == FaultKind::hung);
    CHECK(looked.first().printed.size() <= 100);
}

TEST_CASE("what a module prints does not disturb the look, and is kept in readable characters") {
    const auto looked = look_at({fake("fake_skf_32_0")}, "load:print");
    CHECK_FALSE(looked.first().load_fault);
    CHECK(looked.first().printed == std::vector<std::string>{"printed by the module", "驱动"});
    CHECK(looked.first().tokens.size() == 1);
}

TEST_CASE("a process that a module leaves behind with every descriptor open holds nothing up") {
    const auto looked = look_at({fake("fake_skf_32_0")}, "SKF_EnumDev:fork", std::chrono::seconds(10));
    CHECK_FALSE(looked.first().answer_fault);
    CHECK(looked.took < std::chrono::seconds(5));
    const auto crashed =
        look_at({fake("fake_skf_32_0")}, "SKF_EnumDev:fork,SKF_ConnectDev:crash", std::chrono::seconds(10));
    REQUIRE(crashed.first().answer_fault);
    CHECK(crashed.first().answer_fault->kind == FaultKind::crashed);
    CHECK(crashed.took < std::chrono::seconds(5));
}

TEST_CASE("a process that a module leaves behind is ended with it") {
    const FosterParent foster;
    setenv("SCCA_FAKE", "SKF_EnumDev:fork", 1);
    const Snapshot snapshot = look({SCCA_MODULE_HOST, {fake("fake_skf_32_0")}, std::chrono::seconds(10)});
    unsetenv("SCCA_FAKE");
    CHECK(snapshot.modules[0].tokens.size() == 1);
    CHECK(FosterParent::next_signal() == SIGKILL);
    CHECK(waitpid(-1, nullptr, WNOHANG) == -1);
}

TEST_CASE("a host dies with the doctor") {
    const FosterParent foster;
    const ScratchFile ledger("orphan-ledger", "");
    setenv("SCCA_FAKE", "SKF_EnumDev:hang", 1);
    setenv("SCCA_FAKE_LEDGER", ledger.path().c_str(), 1);
    const pid_t doctor = fork();
    if (doctor == 0) {
        static_cast<void>(look({SCCA_MODULE_HOST, {fake("fake_skf_32_0")}, std::chrono::seconds(10)}));
        _exit(0);
    }
    unsetenv("SCCA_FAKE");
    unsetenv("SCCA_FAKE_LEDGER");
    for (int i = 0; i < 500 && std::filesystem::file_size(ledger.path()) < sizeof "call load\ncall SKF_EnumDev"; ++i) {
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    kill(doctor, SIGKILL);
    CHECK(FosterParent::next_signal() == SIGKILL);
    CHECK(FosterParent::next_signal() == SIGKILL);
    CHECK(waitpid(-1, nullptr, WNOHANG) == -1);
}

TEST_CASE("a script for a call that no module has is a failure of the test") {
    const auto looked = look_at({fake("fake_skf_32_0")}, "");
    CHECK(looked.ledger.front() == "call load");
    setenv("SCCA_FAKE", "SKF_Sing:hang", 1);
    const Snapshot snapshot = look({SCCA_MODULE_HOST, {fake("fake_skf_32_0")}, std::chrono::seconds(10)});
    unsetenv("SCCA_FAKE");
    REQUIRE(snapshot.modules[0].load_fault);
    CHECK(snapshot.modules[0].load_fault->number == SIGABRT);
}

TEST_CASE("what cannot be a module is told without loading it") {
    const Fault missing = only_file_fault("/nonexistent/libvendor.so");
    CHECK(missing.kind == FaultKind::system);
    CHECK(missing.number == ENOENT);
    CHECK(only_file_fault("/").number == EISDIR);

    const ScratchFile letter("letter", "Dear sirs, this is no module.");
    CHECK(only_file_fault(letter.path()) == Fault{FaultKind::damaged, "elf.read", "", 0, "magic"});
    const ScratchFile empty("empty", "");
    CHECK(only_file_fault(empty.path()).call == "elf.read");
    CHECK(only_file_fault(fake("no_module")).call == "elf.exports");
}

TEST_CASE("one file under several names is loaded once") {
    const ScratchFile link("link", "");
    std::filesystem::remove(link.path());
    std::filesystem::create_symlink(fake("fake_skf_32_1"), link.path());
    const auto looked = look_at({fake("fake_skf_32_1"), link.path(), fake("fake_skf_32_1"), "/nonexistent.so"});
    REQUIRE(looked.snapshot.modules.size() == 2);
    CHECK(looked.first().path == fake("fake_skf_32_1"));
    CHECK(looked.snapshot.modules[1].path == "/nonexistent.so");
}

TEST_CASE("a file that is too large for a module is not read to its end") {
    const ScratchFile hole("hole", std::string("\x7f") + "ELF\2\1\1" + std::string(13, '\0') + std::string(60, '\0'));
    std::filesystem::resize_file(hole.path(), std::uintmax_t{100} * 1024 * 1024 * 1024);
    const auto start = std::chrono::steady_clock::now();
    CHECK(only_file_fault(hole.path()).text == "file size");
    CHECK(std::chrono::steady_clock::now() - start < std::chrono::milliseconds(100));
}

TEST_CASE("a module for another processor is told as such") {
    using namespace std::string_view_literals;
    constexpr auto narrow =
        "\x7F"
        "ELF\x01\x01\x01\0\0\0\0\0\0\0\0\0\x03\0\x03\0\x01\0\0\0"sv;
    const ScratchFile of_i386("i386", std::string(narrow) + std::string(28, '\0'));
    const Fault bitness = only_file_fault(of_i386.path());
    CHECK(bitness.call == "elf.class");
    CHECK(bitness.text.starts_with("i386 32 on "));

    constexpr auto sunway =
        "\x7F"
        "ELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x03\0\x16\x99\x01\0\0\0"sv;
    const ScratchFile of_sunway("sunway", std::string(sunway) + std::string(40, '\0'));
    const Fault machine = only_file_fault(of_sunway.path());
    CHECK(machine.call == "elf.machine");
    CHECK(machine.number == 0x9916);
    CHECK(machine.text.starts_with("SW-64 64 on "));
}

TEST_CASE("a module whose libraries are missing carries the loader's words") {
    const auto looked = look_at({fake("missing_library")});
    REQUIRE(looked.first().load_fault);
    CHECK(looked.first().load_fault->kind == FaultKind::not_loaded);
    CHECK(looked.first().load_fault->call == "dlopen");
    CHECK(looked.first().load_fault->text.starts_with("libvendor_middleware.so: cannot open shared object file"));
}

TEST_CASE("a host that is missing, or is another program, is told and not waited for") {
    const auto missing = look_at({fake("fake_skf_32_0")}, {}, std::chrono::seconds(5), "/nonexistent/host");
    REQUIRE(missing.first().load_fault);
    CHECK(missing.first().load_fault->kind == FaultKind::system);
    CHECK(missing.first().load_fault->number == ENOENT);
    const auto silent = look_at({fake("fake_skf_32_0")}, {}, std::chrono::seconds(5), "/bin/true");
    CHECK(silent.first().load_fault == Fault{FaultKind::exited, "scca-module-host", "", 0, ""});
}

TEST_CASE("the host is found beside the program, or in libexec beside its bin") {
    const auto place = std::filesystem::temp_directory_path() / ("scca-place-" + std::to_string(getpid()));
    const auto program = place / "bin" / "scca-doctor";
    const auto libexec = place / "libexec" / "scca-doctor";
    std::filesystem::create_directories(place / "bin");
    std::filesystem::create_directories(libexec);
    CHECK_FALSE(find_companion_of(program, "scca-module-host"));
    std::ofstream(libexec / "scca-module-host") << "x";
    CHECK(find_companion_of(program, "scca-module-host") == libexec / "scca-module-host");
    std::ofstream(place / "bin" / "scca-module-host") << "x";
    CHECK(find_companion_of(program, "scca-module-host") == place / "bin" / "scca-module-host");
    std::filesystem::remove_all(place);
    // This test stands in a folder of its own.
    REQUIRE_FALSE(find_module_host());
    CHECK(find_module_host().error().number == ENOENT);
}

TEST_CASE("no module at all is an empty look") { CHECK(look_at({}).snapshot.modules.empty()); }
