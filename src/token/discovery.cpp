// SPDX-License-Identifier: Apache-2.0
#include "scca/token/discovery.hpp"

#include "discovery_file.hpp"
#include "discovery_owner.hpp"
#include "discovery_p11_kit.hpp"
#include "scca/core/deadline.hpp"
#include "scca/devices/module.hpp"
#include "small_file.hpp"

#include <fnmatch.h>
#include <sys/stat.h>
#include <algorithm>
#include <array>
#include <deque>
#include <set>
#include <system_error>
#include <utility>

namespace scca::token {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t most_found = 256;
constexpr std::size_t most_loaded = 32;
constexpr std::size_t most_entries = 200'000;
constexpr std::size_t most_in_folder = 20'000;
constexpr std::size_t deepest_in_opt = 6;
constexpr std::size_t deepest_in_lib = 3;

bool is_named_library(std::string_view name) {
    const std::size_t at = name.rfind(".so");
    return at != std::string_view::npos && name.find_first_not_of("0123456789.", at + 3) == std::string_view::npos;
}

/// "lib", "lib64", "libx32" and the like, but not "libexec".
bool is_library_folder(std::string_view name) { return name.starts_with("lib") && name != "libexec"; }

/// Large trees of other kinds of modules.
bool holds_no_modules(std::string_view name) {
    constexpr std::array<std::string_view, 5> trees{"debug", "firmware", "gcc", "modules", "node_modules"};
    return name.starts_with("python") || std::find(trees.begin(), trees.end(), name) != trees.end();
}

const devices::ModuleName* find_name(const std::string& path) {
    return devices::find_module_name(std::string_view(path).substr(path.rfind('/') + 1));
}

/// Every existing path that fits a pattern with '*' in the names of folders.
std::vector<fs::path> expand(const fs::path& root, const fs::path& pattern) {
    std::vector<fs::path> paths{root};
    for (const fs::path& part : pattern.relative_path()) {
        std::vector<fs::path> longer;
        for (const fs::path& path : paths) {
            if (part.string().find('*') == std::string::npos) {
                longer.push_back(path / part);
                continue;
            }
            for (const std::string& name : list_folder(path, most_in_folder)) {
                if (fnmatch(part.c_str(), name.c_str(), FNM_PERIOD) == 0) longer.push_back(path / name);
            }
        }
        paths = std::move(longer);
    }
    return paths;
}

class Search {
public:
    explicit Search(const SearchPlaces& places)
        : root_(canonical_root(places.root)), owners_(root_), deadline_(Deadline::after(places.time)) {
        const LibraryBytes program(places.program, true);
        if (const auto header = parse_elf_header(program.view())) machine_ = *header;
    }

    std::vector<ModuleFound> run() && {
        for (const std::string_view pattern : devices::known_module_paths()) {
            for (const fs::path& path : expand(root_, pattern)) consider(path, ModuleOrigin::known_path, true);
        }
        for (const ConfiguredModule& module : read_p11_kit_modules(root_)) {
            if (!module.path.empty()) consider(module.path, ModuleOrigin::p11_kit, module.is_for_us);
        }
        std::deque<Folder> folders{{root_ / "opt", deepest_in_opt, false}};
        for (const fs::path& parent : {root_ / "usr", root_ / "usr" / "local"}) {
            for (const std::string& name : list_folder(parent, most_in_folder)) {
                if (is_library_folder(name)) folders.push_back({parent / name, deepest_in_lib, true});
            }
        }
        walk(std::move(folders));
        return std::move(found_);
    }

private:
    struct Folder {
        fs::path path;
        std::size_t levels_below;
        bool is_for_libraries;
    };

    static fs::path canonical_root(const fs::path& root) {
        std::error_code error;
        const fs::path real = fs::canonical(root, error);
        return error ? root : real;
    }

    [[nodiscard]] bool is_over() const {
        return deadline_.passed() || found_.size() >= most_found || entries_ >= most_entries;
    }

    /// Breadth first: what time cuts off lies deepest. Files count below a folder for libraries alone.
    void walk(std::deque<Folder> queue) {
        for (; !queue.empty() && !is_over(); queue.pop_front()) {
            const Folder& folder = queue.front();
            std::error_code error;
            for (fs::directory_iterator at(folder.path, error), end; !error && at != end && !is_over();
                 at.increment(error)) {
                ++entries_;
                std::error_code ignored;
                const std::string name = at->path().filename().string();
                const bool is_link = at->is_symlink(ignored);
                if (!is_link && at->is_directory(ignored)) {
                    if (folder.levels_below == 0 || holds_no_modules(name)) continue;
                    queue.push_back(
                        {at->path(), folder.levels_below - 1, folder.is_for_libraries || is_library_folder(name)});
                } else if (folder.is_for_libraries && is_named_library(name)) {
                    // Below a real folder only a link leads elsewhere; resolving every path would take longest.
                    if (is_link) {
                        consider(at->path(), ModuleOrigin::search, true);
                    } else {
                        consider_real(at->path(), ModuleOrigin::search, true);
                    }
                }
            }
        }
    }

    void consider(const fs::path& path, ModuleOrigin origin, bool is_for_us) {
        std::error_code error;
        const fs::path real = fs::canonical(path, error);
        if (!error) consider_real(real, origin, is_for_us);
    }

    void consider_real(const fs::path& real, ModuleOrigin origin, bool is_for_us) {
        struct stat facts {};
        if (stat(real.c_str(), &facts) != 0 || !S_ISREG(facts.st_mode)) return;
        if (found_.size() >= most_found || !seen_.insert({facts.st_dev, facts.st_ino}).second) return;
        ModuleFound module{.path = real.string(), .origin = origin, .culprit = {}};
        std::string culprit = owners_.find_culprit(real);
        const LibraryBytes library(real, culprit.empty());
        const auto exports = look_at_library(library.view());
        if (!exports) return;
        module.exports_skf = exports->exports_skf;
        module.exports_pkcs11 = exports->exports_pkcs11;
        judge(module, *exports, std::move(culprit), is_for_us);
        if (module.bar == ModuleBar::none) find_original(module, library);
        found_.push_back(std::move(module));
    }

    void judge(ModuleFound& module, const LibraryFacts& facts, std::string culprit, bool is_for_us) const {
        const devices::ModuleName* name = find_name(module.path);
        if (!is_for_us || (name != nullptr && name->role == devices::ModuleRole::no_key)) {
            module.bar = ModuleBar::no_key;
        } else if (!culprit.empty()) {
            module.bar = ModuleBar::others_write;
            module.culprit = std::move(culprit);
        } else if (facts.header.elf_class != machine_.elf_class || facts.header.machine != machine_.machine ||
                   facts.header.encoding != machine_.encoding) {
            module.bar = ModuleBar::wrong_machine;
        }
    }

    /// Packages of one vendor bring the same library several times, and its copies shut each other out by lock files.
    void find_original(ModuleFound& module, const LibraryBytes& library) const {
        const ByteView content = library.view();
        for (const ModuleFound& other : found_) {
            std::error_code error;
            if (other.bar != ModuleBar::none || fs::file_size(other.path, error) != content.size()) continue;
            const LibraryBytes original(other.path, true);
            library.expect_all();
            original.expect_all();
            if (!std::equal(content.begin(), content.end(), original.view().begin(), original.view().end())) continue;
            module.bar = ModuleBar::copy;
            module.culprit = other.path;
            return;
        }
    }

    fs::path root_;
    OwnershipCheck owners_;
    Deadline deadline_;
    ElfHeader machine_;
    std::size_t entries_ = 0;
    std::set<std::pair<dev_t, ino_t>> seen_;
    std::vector<ModuleFound> found_;
};

/// Leads to a USB key, as far as its name and its exports tell.
bool is_for_keys(const ModuleFound& module) {
    const devices::ModuleName* name = find_name(module.path);
    return name != nullptr ? name->role == devices::ModuleRole::key_driver : module.exports_skf;
}

}  // namespace

std::vector<ModuleFound> find_modules(const SearchPlaces& places) { return Search(places).run(); }

std::vector<std::string> modules_to_load(const std::vector<ModuleFound>& found) {
    const bool any_for_keys = std::any_of(found.begin(), found.end(), [](const ModuleFound& module) {
        return module.bar == ModuleBar::none && is_for_keys(module);
    });
    std::vector<std::string> paths;
    for (const ModuleFound& module : found) {
        if (paths.size() == most_loaded) break;
        const bool only_misfit = module.bar == ModuleBar::wrong_machine && is_for_keys(module) && !any_for_keys;
        if (module.bar == ModuleBar::none || only_misfit) paths.push_back(module.path);
    }
    return paths;
}

}  // namespace scca::token
