// SPDX-License-Identifier: Apache-2.0
//
// scca-softkey: makes a software USB key for training, demonstrations and tests, healthy or with faults on request.
// It is no real key and says so; what it makes must not be used for bidding.
#include "arguments.hpp"

#include <cstdlib>
#include <exception>
#include <iostream>
#include <vector>

namespace {

namespace fs = std::filesystem;
using scca::softkey::Arguments;
using scca::softkey::Command;
using scca::softkey::Language;

// sysexits.h
constexpr int exit_usage = 64;
constexpr int exit_software = 70;
constexpr int exit_cannot_create = 73;

constexpr std::string_view help_zh =
    "scca-softkey — 制作练习用的软件钥匙（不是真钥匙，不得用于投标）\n"
    "\n"
    "用法：scca-softkey make 目录 [--fault 故障]… [--holder 单位] [--rsa] [--at 时间]\n"
    "      scca-softkey faults\n"
    "\n"
    "  make 目录         在新的、空的或本来就是软件钥匙的目录里制作一把钥匙\n"
    "    --fault 故障    带上一种故障，可重复；名称见 faults\n"
    "    --holder 单位   持有单位的名称（虚构的）\n"
    "    --rsa           用 RSA-2048，而不是 SM2\n"
    "    --at 时间       以此时刻为“现在”，如 2026-11-22 或 2026-11-22T04:00:00Z\n"
    "  faults            列出所有故障\n"
    "  --lang zh|en      语言      --help  --version\n"
    "\n"
    "例：scca-softkey make /tmp/钥匙 --fault pin-locked\n"
    "    SCCA_SOFTKEY_DIR=/tmp/钥匙 scca-doctor check --module …/libscca-softkey.so\n";

constexpr std::string_view help_en =
    "scca-softkey — makes a software key for training (no real key, not for bidding)\n"
    "\n"
    "usage: scca-softkey make DIR [--fault NAME]... [--holder NAME] [--rsa] [--at TIME]\n"
    "       scca-softkey faults\n"
    "\n"
    "  make DIR         makes a key in a directory that is new, empty or a software key already\n"
    "    --fault NAME   with this fault; may be repeated; see faults\n"
    "    --holder NAME  the name of the (invented) holder\n"
    "    --rsa          RSA-2048 instead of SM2\n"
    "    --at TIME      takes this for now: 2026-11-22 or 2026-11-22T04:00:00Z\n"
    "  faults           lists every fault\n"
    "  --lang zh|en     language      --help  --version\n"
    "\n"
    "example: scca-softkey make /tmp/key --fault pin-locked\n"
    "         SCCA_SOFTKEY_DIR=/tmp/key scca-doctor check --module .../libscca-softkey.so\n";

Language language_of_environment() {
    for (const char* const name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
        const char* const value = std::getenv(name);
        if (value != nullptr && *value != '\0') {
            return scca::softkey::language_of(value);
        }
    }
    return Language::zh;
}

int refuse(int status, std::string_view sentence) {
    std::cerr << "scca-softkey: error: " << sentence << '\n';
    return status;
}

/// Where the module lies that belongs to this program; its bare name when it is not found.
std::string module_path() {
    constexpr auto module = "libscca-softkey.so";
    std::error_code unknown;
    const auto folder = fs::read_symlink("/proc/self/exe", unknown).parent_path();
    for (const auto* const place : {".", "../lib/scca-doctor/training", "../lib"}) {
        const auto path = (folder / place / module).lexically_normal();
        if (!unknown && fs::exists(path, unknown)) {
            return path.string();
        }
    }
    return module;
}

int make(const Arguments& arguments) {
    const auto& order = arguments.order;
    const auto pin = scca::softkey::make_key(order);
    const bool chinese = arguments.language == Language::zh;
    std::cout << (chinese ? "已制作练习用软件钥匙：" : "made a software key for training: ") << order.holder;
    if (!order.faults.empty()) {
        std::cout << (chinese ? "；故障：" : "; faults: ") << names_of(order.faults);
    }
    if (!pin.empty()) {
        std::cout << (chinese ? "；密码 " : "; PIN ") << pin;
    }
    std::cout << (chinese ? "；检查它：" : "; to check it: ");
    std::cout << "SCCA_SOFTKEY_DIR='" << fs::absolute(order.folder).lexically_normal().string()
              << "' scca-doctor check --module '" << module_path() << "'\n";
    return EXIT_SUCCESS;
}

int list_faults() {
    for (const auto& entry : scca::softkey::fault_table()) {
        constexpr std::size_t column = 22;
        std::cout << entry.name << std::string(column - entry.name.size(), ' ') << entry.zh << " / " << entry.en
                  << '\n';
    }
    return EXIT_SUCCESS;
}

int run(const Arguments& arguments) {
    switch (arguments.command) {
        case Command::make: return make(arguments);
        case Command::faults: return list_faults();
        case Command::version: std::cout << "scca-softkey " << SCCA_VERSION << '\n'; return EXIT_SUCCESS;
        case Command::help: break;
    }
    std::cout << (arguments.language == Language::zh ? help_zh : help_en);
    return EXIT_SUCCESS;
}

int run_and_report(const Arguments& arguments) {
    const bool chinese = arguments.language == Language::zh;
    try {
        const int status = run(arguments);
        std::cout.flush();
        return std::cout ? status : refuse(exit_cannot_create, chinese ? "无法写到标准输出" : "cannot write to stdout");
    } catch (const scca::softkey::ForeignFolder& folder) {
        return refuse(exit_cannot_create,
                      std::string(folder.what()) + (chinese ? "：不是空目录，也不是软件钥匙，未改动"
                                                            : ": neither empty nor a software key; left alone"));
    } catch (const fs::filesystem_error& error) {
        return refuse(exit_cannot_create, (chinese ? "无法写入：" : "cannot write: ") + error.path1().string() + ": " +
                                              error.code().message());
    } catch (const std::invalid_argument&) {
        return refuse(exit_usage, chinese ? "单位名称放不进证书（须为 1–64 个字的 UTF-8，不含控制字符）"
                                          : "a certificate cannot hold this holder's name (1-64 characters of UTF-8)");
    }
}

}  // namespace

int main(int argc, char** argv) {
    try {
        const std::vector<std::string_view> words(argv + 1, argv + argc);
        const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
        const auto parsed = scca::softkey::parse_arguments(words, language_of_environment(), now);
        if (const auto* const error = std::get_if<scca::softkey::UsageError>(&parsed)) {
            return refuse(exit_usage, error->sentence);
        }
        return run_and_report(std::get<Arguments>(parsed));
    } catch (const std::exception& bug) {
        return refuse(exit_software, bug.what());
    }
}
