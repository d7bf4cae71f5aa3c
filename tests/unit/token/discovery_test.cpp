// SPDX-License-Identifier: Apache-2.0
#include "scca/token/discovery.hpp"

#include "fake_tree.hpp"

#include <catch2/catch.hpp>

#include <elf.h>
#include <algorithm>
#include <fstream>
#include <iterator>

using namespace scca::token;

namespace {

std::string read_all(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

/// Built for this machine; exports SKF_EnumDev.
const std::string& skf_module() {
    static const std::string content = read_all(std::string(SCCA_FAKES) + "/fake_skf_64_0.so");
    return content;
}

void replace_all(std::string& text, std::string_view from, std::string_view to) {
    for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size())
        text.replace(at, from.size(), to);
}

/// The same with one of its names exchanged for another: exports C_GetFunctionList.
std::string pkcs11_module() {
    std::string content = skf_module();
    replace_all(content, std::string_view("SKF_EnumApplication\0", 20),
                std::string_view("C_GetFunctionList\0\0\0", 20));
    replace_all(content, "SKF_EnumDev", "SKF_EnumDex");
    return content;
}

std::string for_another_processor() {
    std::string content = skf_module();
    content[18] = static_cast<char>(EM_LOONGARCH & 0xff);
    content[19] = static_cast<char>(EM_LOONGARCH >> 8);
    return content;
}

std::vector<ModuleFound> search(const fake::Tree& tree) {
    return find_modules(
        {.root = tree.root(), .program = std::string(SCCA_FAKES) + "/no_module.so", .time = std::chrono::seconds(20)});
}

ModuleFound only_module(const fake::Tree& tree) {
    const auto found = search(tree);
    REQUIRE(found.size() == 1);
    return found.front();
}

/// Whoever runs the test made the tree; only root's trees can be trusted.
bool runs_as_root() { return geteuid() == 0; }

}  // namespace

TEST_CASE("a module is found by what it exports, whatever its name, in the folders for libraries") {
    const fake::Tree tree;
    tree.file("usr/lib/x86_64-linux-gnu/libunknown.so.3", skf_module());
    tree.file("usr/lib64/vendor/libp11.so", pkcs11_module());
    tree.file("usr/local/lib/libnothing.so", read_all(std::string(SCCA_FAKES) + "/no_module.so"));
    tree.file("opt/apps/com.example.key/files/lib/libkey.so", skf_module() + "x");
    tree.file("opt/vendor/doc/libkey.so", skf_module() + "y");  // no folder for libraries
    tree.file("usr/libexec/libkey.so", skf_module() + "z");     // programs, not libraries
    tree.file("usr/lib/libkey.so.txt", skf_module() + "w");
    auto found = search(tree);
    std::sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.path < b.path; });
    REQUIRE(found.size() == 3);
    CHECK(found[0].path == (tree.root() / "opt/apps/com.example.key/files/lib/libkey.so").string());
    CHECK(found[0].exports_skf);
    CHECK(found[1].path == (tree.root() / "usr/lib/x86_64-linux-gnu/libunknown.so.3").string());
    CHECK(found[2].exports_pkcs11);
    CHECK_FALSE(found[2].exports_skf);
}

TEST_CASE("places that packages are known to use come first, also outside the folders for libraries") {
    const fake::Tree tree;
    tree.file("usr/lib/liba.so", skf_module());
    tree.file("opt/TopSAP/libgm3000.1.0.so", skf_module() + "x");
    tree.file("opt/ePass2003-Castle-20141128/x64/redist/libcastle.so.1.0.0", pkcs11_module());
    const auto found = search(tree);
    REQUIRE(found.size() == 3);
    CHECK(found[0].path == (tree.root() / "opt/TopSAP/libgm3000.1.0.so").string());
    CHECK(found[0].origin == ModuleOrigin::known_path);
    CHECK(found[1].origin == ModuleOrigin::known_path);
    CHECK(found[2].origin == ModuleOrigin::search);
}

TEST_CASE("a module that belongs to root all the way up may be loaded") {
    if (!runs_as_root()) return;
    const fake::Tree tree;
    tree.file("usr/lib/libkey.so", skf_module());
    const auto found = search(tree);
    REQUIRE(found.size() == 1);
    CHECK(found[0].bar == ModuleBar::none);
    CHECK(modules_to_load(found) == std::vector{found[0].path});
}

TEST_CASE("a module that somebody else may write, or whose folder they may, is named and not loaded") {
    if (!runs_as_root()) return;
    const fake::Tree tree;
    const auto file = tree.file("opt/vendor/lib/libkey.so", skf_module());
    const auto vendor = tree.root() / "opt/vendor";
    std::filesystem::path culprit;
    SECTION("the file's owner") {
        REQUIRE(chown(file.c_str(), 1000, 0) == 0);
        culprit = file;
    }
    SECTION("the file's group") {
        REQUIRE(chmod(file.c_str(), 0664) == 0);
        culprit = file;
    }
    SECTION("everybody, by a folder above it") {
        REQUIRE(chmod(vendor.c_str(), 0777) == 0);
        culprit = vendor;
    }
    SECTION("everybody, by a sticky folder above it") {
        REQUIRE(chmod(vendor.c_str(), 01777) == 0);
        culprit = vendor;
    }
    SECTION("the owner of the folder that it is in") {
        REQUIRE(chown((vendor / "lib").c_str(), 1000, 0) == 0);
        culprit = vendor / "lib";
    }
    SECTION("the owner of the top") {
        REQUIRE(chown(tree.root().c_str(), 1000, 0) == 0);
        culprit = tree.root();
    }
    const ModuleFound module = only_module(tree);
    CHECK(module.bar == ModuleBar::others_write);
    CHECK(module.culprit == culprit.string());
    CHECK(module.exports_skf);
    CHECK(modules_to_load({module}).empty());
}

TEST_CASE("without root's trust nothing is loaded by itself") {
    if (runs_as_root()) return;
    const fake::Tree tree;
    tree.file("usr/lib/libkey.so", skf_module());
    CHECK(only_module(tree).bar == ModuleBar::others_write);
}

TEST_CASE("a link into root's folders does not make a stranger's module root's own") {
    if (!runs_as_root()) return;
    const fake::Tree tree;
    const auto file = tree.file("home/somebody/libkey.so", skf_module());
    REQUIRE(chown(file.c_str(), 1000, 0) == 0);
    tree.link("usr/lib/libkey.so", file);
    const ModuleFound module = only_module(tree);
    CHECK(module.path == file.string());
    CHECK(module.bar == ModuleBar::others_write);
}

TEST_CASE("a module under several names is found once, and its copies are known as copies") {
    if (!runs_as_root()) return;
    const fake::Tree tree;
    const auto first = tree.file("opt/lm-gm3000user/lib/libgm3000.1.0.so", skf_module());
    tree.file("opt/lm-gm3000admin/lib/libgm3000.1.0.so", skf_module());
    tree.link("usr/lib/libgm3000.so", first);
    const auto found = search(tree);
    REQUIRE(found.size() == 2);
    CHECK(found[0].path == first.string());
    CHECK(found[1].bar == ModuleBar::copy);
    CHECK(found[1].culprit == first.string());
    CHECK(modules_to_load(found) == std::vector{first.string()});
}

TEST_CASE("trust lists and proxies are known by name and never loaded") {
    const fake::Tree tree;
    tree.file("usr/lib/libnssckbi.so", pkcs11_module());
    const ModuleFound module = only_module(tree);
    CHECK(module.bar == ModuleBar::no_key);
    CHECK(modules_to_load({module}).empty());
}

TEST_CASE("p11-kit's modules are found where it says, but not its trust policy") {
    if (!runs_as_root()) return;
    const fake::Tree tree;
    const auto named = tree.file("srv/vendor/libvendor-p11.so", pkcs11_module());
    const auto trust = tree.file("usr/lib/x86_64-linux-gnu/pkcs11/roots.so", pkcs11_module() + "x");
    const auto elsewhere = tree.file("usr/lib/x86_64-linux-gnu/pkcs11/browser.so", pkcs11_module() + "y");
    tree.file("usr/share/p11-kit/modules/a.module", "# vendor\nmodule: /srv/vendor/libvendor-p11.so\n");
    tree.file("usr/share/p11-kit/modules/b.module", "module:roots.so\ntrust-policy: yes\n");
    tree.file("usr/share/p11-kit/modules/c.module", "module: browser.so\n");
    tree.file("etc/pkcs11/modules/c.module", "enable-in: firefox, thunderbird\n");
    tree.file("usr/share/p11-kit/modules/d.module", "module: missing.so\n");
    tree.file("usr/share/p11-kit/modules/e.module", "no colon, no module");
    const auto found = search(tree);
    REQUIRE(found.size() == 3);
    CHECK(found[0].path == named.string());
    CHECK(found[0].origin == ModuleOrigin::p11_kit);
    CHECK(found[0].bar == ModuleBar::none);
    CHECK(found[1].path == trust.string());
    CHECK(found[1].bar == ModuleBar::no_key);
    CHECK(found[2].path == elsewhere.string());
    CHECK(found[2].bar == ModuleBar::no_key);
    CHECK(modules_to_load(found) == std::vector{named.string()});
}

TEST_CASE("a module for another processor is loaded, and its fault told, only when it is all there is") {
    if (!runs_as_root()) return;
    const fake::Tree tree;
    const auto foreign = tree.file("usr/lib/libgm3000.1.0.so", for_another_processor());
    auto found = search(tree);
    REQUIRE(found.size() == 1);
    CHECK(found[0].bar == ModuleBar::wrong_machine);
    CHECK(modules_to_load(found) == std::vector{foreign.string()});
    const auto fitting = tree.file("opt/lm-gm3000/lib/libgm3000.1.0.so", skf_module());
    CHECK(modules_to_load(search(tree)) == std::vector{fitting.string()});
}

TEST_CASE("files that are cut, empty, pipes or loops of links neither stop the search nor are modules") {
    const fake::Tree tree;
    tree.file("usr/lib/libcut.so", std::string_view(skf_module()).substr(0, skf_module().size() / 3));
    tree.file("usr/lib/libempty.so", "");
    tree.file("usr/lib/libscript.so", "INPUT(libc.so.6)\n");
    tree.link("usr/lib/libloop.so", "libloop.so");
    tree.link("usr/lib/loop", ".");
    REQUIRE(mkfifo((tree.root() / "usr/lib/libpipe.so").c_str(), 0644) == 0);
    const auto real = tree.file("usr/lib/libreal.so", skf_module());
    CHECK(only_module(tree).path == real.string());
}

TEST_CASE("a search that has no time still tells the places that are known") {
    const fake::Tree tree;
    tree.file("usr/lib/libunknown.so", skf_module() + "x");
    tree.file("usr/lib64/libgm3000.1.0.so", skf_module());
    const auto found = find_modules({.root = tree.root(), .time = std::chrono::milliseconds(0)});
    REQUIRE(found.size() == 1);
    CHECK(found[0].origin == ModuleOrigin::known_path);
}
