// SPDX-License-Identifier: Apache-2.0
#include "command_line.hpp"

#include "config_place.hpp"

#include "scca/faq/words.hpp"
#include "scca/token/surroundings.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <charconv>
#include <span>

namespace scca::cli {
namespace {

namespace words = faq::words::cli;

/// "--langg" before the text is a slip of the finger; "-2146435043" is a code.
bool looks_like_option(std::string_view word) noexcept {
    return word.size() > 2 && word.starts_with("--") && word[2] >= 'a' && word[2] <= 'z';
}

/// Everything that CLI11 writes into while it parses; lives as long as the parser.
struct Parsed {
    CommonOptions common;
    CheckRequest check;
    ExplainRequest explain;
    bool no_key = false;
};

class Parser {
public:
    /// Options are only made for commands that stand among the words: making them all takes longer than explaining.
    /// `config` is the file of --config and `chosen` the command that stands among the words; empty when no file was
    /// named.
    Parser(faq::Lang lang, std::span<const char* const> words, const token::FileGiven* config = nullptr,
           std::string_view chosen = {})
        : lang_(lang), words_(words), config_(config), chosen_(chosen), app_(text(words::about), "scca-doctor") {
        app_.require_subcommand(0, 1);
        app_.allow_config_extras(CLI::config_extras_mode::error);
        app_.footer(text(words::footer));
        // Scripts add options behind those that they were given: of what can be but one, the last holds.
        app_.option_defaults()->group(text(words::label_options))->take_last();
        app_.set_help_flag("-h,--help", text(words::option_help));
        app_.set_version_flag("--version", "scca-doctor " SCCA_VERSION, text(words::option_version));
        add_manners(&app_, parsed_.common);
        // Understood before the command as well, but told only where they belong.
        for (CLI::Option* option : app_.get_options()) {
            if (!option->check_name("--help") && !option->check_name("--version")) option->group("");
        }
        label(app_);
        add_check("check", words::command_check, checks::Part::everything);
        add_check("check-key", words::command_check_key, checks::Part::key);
        add_check("check-cert", words::command_check_cert, checks::Part::certificates);
        add_check("check-seal", words::command_check_seal, checks::Part::seals);
        add_explain();
        refuse_empty_values(app_);
        for (CLI::App* command : app_.get_subcommands({})) refuse_empty_values(*command);
    }

    CommandLine parse() {
        const auto given_to_cli11 = words_.first(words_.size() - take_text_after_mark());
        try {
            app_.parse(static_cast<int>(given_to_cli11.size()), given_to_cli11.data());
        } catch (const CLI::CallForHelp&) {
            return {parsed_.common, HelpText{app_.help()}};
        } catch (const CLI::CallForAllHelp&) {
            return {parsed_.common, HelpText{app_.help("", CLI::AppFormatMode::All)}};
        } catch (const CLI::CallForVersion&) {
            return {parsed_.common, HelpText{"scca-doctor " SCCA_VERSION "\n"}};
        } catch (const CLI::ParseError& error) {
            return {parsed_.common, refuse(error)};
        }
        return action();
    }

private:
    /// What stands behind "--" is text for explain, and CLI11, which would hand it to the program itself, never sees
    /// it. How many words that are.
    std::size_t take_text_after_mark() {
        const auto all = app_.get_subcommands([](const CLI::App*) { return true; });
        const auto is_command = [&](std::string_view word) {
            return std::ranges::any_of(all, [&](const CLI::App* known) { return known->get_name() == word; });
        };
        const auto command = std::find_if(words_.begin(), words_.end(), is_command);
        if (command == words_.end() || *command != std::string_view("explain")) return 0;
        const auto mark = std::find(command, words_.end(), std::string_view("--"));
        if (mark == words_.end()) return 0;
        parsed_.explain.words.assign(mark + 1, words_.end());
        return static_cast<std::size_t>(words_.end() - mark);
    }

    [[nodiscard]] std::string text(faq::Text words) const { return std::string(words.in(lang_)); }

    void label(CLI::App& app) const {
        const auto formatter = app.get_formatter();
        formatter->column_width(32);
        formatter->label("Usage", text(words::label_usage));
        formatter->label("OPTIONS", text(words::label_options));
        formatter->label("SUBCOMMAND", text(words::label_subcommands));
        formatter->label("SUBCOMMANDS", text(words::label_subcommands));
        formatter->label("Options", text(words::label_options));
        formatter->label("Subcommands", text(words::label_subcommands));
        formatter->label("Positionals", text(words::label_positionals));
        formatter->label("TEXT", "");
    }

    /// A variable that is not set gives "": as a name it would mean something else than was meant, or nothing.
    void refuse_empty_values(CLI::App& app) const {
        const auto not_empty = [this](const std::string& value) {
            return value.empty() ? text(words::value_empty) : std::string();
        };
        for (CLI::Option* option : app.get_options()) {
            if (option->get_items_expected_max() > 0) option->check(not_empty);
        }
    }

    [[nodiscard]] auto between(int low, int high) const {
        return [this, low, high](const std::string& value) {
            int number = 0;
            const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
            const bool whole = error == std::errc() && end == value.data() + value.size();
            if (whole && low <= number && number <= high) return std::string();
            return fill(words::value_not_between,
                        {{"value", value}, {"low", std::int64_t{low}}, {"high", std::int64_t{high}}});
        };
    }

    /// An option with a fixed set of values, shown as "a|b|c".
    template <class Value>
    void add_choice(CLI::App* command, const char* name, faq::Text about, Value& target,
                    const std::vector<std::pair<std::string, Value>>& choices) const {
        std::string names;
        for (const auto& choice : choices) names += (names.empty() ? "" : "|") + choice.first;
        command
            ->add_option_function<std::string>(
                name,
                [&target, choices](const std::string& wanted) {
                    for (const auto& [choice, value] : choices) {
                        if (choice == wanted) target = value;
                    }
                },
                text(about))
            ->check([this, choices, names](const std::string& wanted) {
                const bool known = std::any_of(choices.begin(), choices.end(),
                                               [&](const auto& choice) { return choice.first == wanted; });
                return known ? std::string() : fill(words::value_not_among, {{"value", wanted}, {"choices", names}});
            })
            ->option_text(names);
    }

    void add_repeatable(CLI::App* command, const char* name, faq::Text about, std::vector<std::string>& target,
                        const char* value) const {
        command->add_option(name, target, text(about))->option_text(value)->allow_extra_args(false);
    }

    [[nodiscard]] bool is_named(std::string_view command) const {
        return config_ != nullptr || std::find(words_.begin(), words_.end(), command) != words_.end();
    }

    /// Where a command's options write. A section of a file acts on its own command alone, but is understood always.
    [[nodiscard]] Parsed& target_of(std::string_view command) {
        return config_ == nullptr || command == chosen_ ? parsed_ : passed_over_;
    }

    using Formats = std::vector<std::pair<std::string, Format>>;

    CLI::App* add_command(const char* name, faq::Text about, const Formats& formats) {
        CLI::App* command = app_.add_subcommand(name, text(about));
        command->set_help_flag("-h,--help", text(words::option_help));
        command->group(text(words::label_subcommands));
        if (!is_named(name)) return command;
        CommonOptions& common = target_of(name).common;
        add_choice<Format>(command, "--format", words::option_format, common.format, formats);
        add_manners(command, common);
        return command;
    }

    /// How it is told; understood before the command, too.
    void add_manners(CLI::App* command, CommonOptions& common) {
        add_choice<std::string>(command, "--lang", words::option_lang, common.lang, {{"zh", "zh"}, {"en", "en"}});
        add_choice<ColourWish>(
            command, "--color", words::option_color, common.colour,
            {{"auto", ColourWish::automatic}, {"always", ColourWish::always}, {"never", ColourWish::never}});
        // CLI11 reads a configuration for the whole program alone; a command's own is read when all is parsed again.
        if (command == &app_ && config_ != nullptr) {
            command->set_config("--config", config_->path, text(words::option_config), true);
        } else {
            command->add_option("--config", common.config, text(words::option_config))
                ->option_text("FILE")
                ->configurable(false);
        }
        command->add_flag("-q,--quiet", common.quiet, text(words::option_quiet));
        command->add_flag("-v,--verbose", common.verbose, text(words::option_verbose));
    }

    void add_check(const char* name, faq::Text about, checks::Part part) {
        Formats formats{{"text", Format::text},
                        {"json", Format::json},
                        {"ndjson", Format::ndjson},
                        {"nagios", Format::nagios},
                        {"prometheus", Format::prometheus},
                        {"html", Format::html}};
        const bool rows = part == checks::Part::certificates || part == checks::Part::seals;
        if (rows) formats.emplace_back("csv", Format::csv);
        CLI::App* command = add_command(name, about, formats);
        if (!is_named(name)) return;
        Parsed& target = target_of(name);
        CheckRequest& check = target.check;
        const bool with_key = part == checks::Part::everything || part == checks::Part::key;
        add_repeatable(command, "--module", words::option_module, check.modules, "PATH");
        command->add_option("--timeout", check.timeout_seconds, text(words::option_timeout))->option_text("SECONDS");
        command->add_option("--at", check.at, text(words::option_at))->option_text("TIME");
        command->add_option("--warn-days", check.warn_days, text(words::option_warn_days))
            ->check(between(0, 36500))
            ->option_text("N");
        add_repeatable(command, "--trust", words::option_trust, check.trust, "PATH");
        add_repeatable(command, "--crl", words::option_crl, check.crls, "PATH");
        add_repeatable(command, "--ocsp", words::option_ocsp, check.ocsp_answers, "PATH");
        command->add_flag("--online", check.online, text(words::option_online));
        add_choice<report::FailOn>(
            command, "--fail-on", words::option_fail_on, check.fail_on,
            {{"warn", report::FailOn::warn}, {"fail", report::FailOn::fail}, {"never", report::FailOn::never}});
        // An optional is not left empty by a flag that was not given, hence two of them.
        command->add_flag_callback(
            "--redact", [&check] { check.redact = true; }, text(words::option_redact));
        command->add_flag_callback(
            "--no-redact", [&check] { check.redact = false; }, text(words::option_no_redact));
        command->add_option("--save", check.save, text(words::option_save))->option_text("FILE");
        command->add_option("--from", check.from, text(words::option_from))->option_text("FILE");
        add_repeatable(command, "--only", words::option_only, check.only, "RUNG");
        add_repeatable(command, "--skip", words::option_skip, check.skip, "RUNG");
        if (rows) add_file_options(command, check, part);
        command->add_flag("--list-checks", check.list_checks, text(words::option_list_checks));
        if (with_key) add_key_options(command, target);
        command->callback([this, name = std::string(name), part] {
            parsed_.check.command = name;
            parsed_.check.part = parsed_.no_key ? checks::Part::no_key : part;
        });
    }

    void add_key_options(CLI::App* command, Parsed& target) {
        CheckRequest& check = target.check;
        command->add_flag("--no-key", target.no_key, text(words::option_no_key));
        command->add_option("--pcsc-library", check.pcsc_library, text(words::option_pcsc_library))
            ->option_text("PATH");
        command->add_option("--sysfs-root", check.sysfs_root, text(words::option_sysfs_root))->option_text("DIR");
        command->add_flag("--watch", check.watch, text(words::option_watch));
        command->add_flag("--sign-test", check.sign_test, text(words::option_sign_test));
        command->add_option("--pin-fd", check.pin_descriptor, text(words::option_pin_fd))
            ->check(between(0, 1023))
            ->option_text("N");
        command->add_flag("--list-modules", check.list_modules, text(words::option_list_modules));
    }

    void add_file_options(CLI::App* command, CheckRequest& check, checks::Part part) {
        command->add_option("PATH", check.paths, text(words::option_paths))->option_text("…");
        command->add_option("--jobs", check.jobs, text(words::option_jobs))->check(between(1, 256))->option_text("N");
        add_repeatable(command, "--files0-from", words::option_files0_from, check.files0_from, "FILE");
        command->add_option("--password-fd", check.password_descriptor, text(words::option_password_fd))
            ->check(between(0, 1023))
            ->option_text("N");
        if (part != checks::Part::seals) return;
        command->add_option("--picture", check.picture, text(words::option_picture))->option_text("FILE");
    }

    void add_explain() {
        explain_ = add_command("explain", words::command_explain,
                               {{"text", Format::text}, {"json", Format::json}, {"csv", Format::csv}});
        if (!is_named("explain")) return;
        Parsed& target = target_of("explain");
        explain_->add_flag("--list", target.explain.list, text(words::option_list));
        explain_->add_option("--id", target.explain.id, text(words::option_id))->option_text("ID");
        explain_->add_option("--image", target.explain.image, text(words::option_image))->option_text("FILE");
        explain_->add_option("--log", target.explain.logs, text(words::option_log))->option_text("FILE...");
        explain_->add_flag("--check", target.explain.check, text(words::option_check));
        add_repeatable(explain_, "--module", words::option_module, target.check.modules, "PATH");
        explain_->add_option("--at", target.check.at, text(words::option_at))->option_text("TIME");
        explain_->add_option("--from", target.check.from, text(words::option_from))->option_text("FILE");
        explain_->footer(text(words::explain_footer));
        // After the first word of the text nothing is an option: a pasted log may well contain --module.
        explain_->prefix_command();
    }

    [[nodiscard]] CommandLine action() {
        const auto chosen = app_.get_subcommands();
        if (chosen.empty()) {
            return {parsed_.common, refused(text(words::usage_no_command))};
        }
        if (chosen.front() != explain_) return {parsed_.common, parsed_.check};
        parsed_.explain.here = parsed_.check;
        const auto text_words = explain_->remaining();
        if (!text_words.empty() && looks_like_option(text_words.front())) {
            return {parsed_.common, refused(fill(words::usage_unknown_argument, {{"what", text_words.front()}}))};
        }
        auto& pasted = parsed_.explain.words;
        pasted.insert(pasted.begin(), text_words.begin(), text_words.end());
        return {parsed_.common, parsed_.explain};
    }

    [[nodiscard]] std::string fill(faq::Text sentence, const report::Fields& fields) const {
        return report::fill(sentence.in(lang_), fields, lang_);
    }

    [[nodiscard]] Refusal refused(std::string message) const {
        return {ExitStatus::usage, std::move(message), text(words::hint_help)};
    }

    /// CLI11 says it in English: "--timeout: 1 required TEXT missing", "Could not convert: --quiet = maybe", "The
    /// following argument was not expected: --foo", "INI was not able to parse check.foo". The words of values are
    /// ours.
    [[nodiscard]] Refusal refuse(const CLI::ParseError& error) const {
        const std::string_view said = error.what();
        const auto is = [&](std::string_view name) { return error.get_name() == name; };
        const std::size_t colon = std::min(said.find(": "), said.size());
        std::string_view what = said;
        std::string extras;
        faq::Text frame = words::usage_other;
        if (is("ConversionError") || is("ValidationError")) frame = words::usage_bad_value;
        if (is("ConversionError")) what = said.substr(std::min(colon + 2, said.size()));
        if (is("ArgumentMismatch")) frame = words::usage_missing_value;
        if (is("ArgumentMismatch")) what = said.substr(0, colon);
        if (is("INIError") || is("ConfigError")) frame = words::usage_unknown_setting;
        if (is("INIError") || is("ConfigError")) what = said.substr(said.rfind(' ') + 1);
        if (said.find("not expected: ") != std::string_view::npos) {
            frame = words::usage_unknown_argument;
            what = extras = CLI::detail::join(app_.remaining(true), " ");  // CLI11 says the last one first
        }
        // It calls the beginning of a section "++".
        const std::string message = fill(frame, {{"what", std::string(what.substr(0, what.rfind(".++")))}});
        if (config_ == nullptr) return refused(message);
        // The command line alone has been understood before.
        const std::size_t line = find_config_line(as_text(config_->content), what.substr(0, what.find_first_of(": ")));
        const auto number = static_cast<std::int64_t>(line);
        return refused(fill(line == 0 ? words::usage_bad_config : words::usage_bad_config_line,
                            {{"path", config_->path}, {"line", number}, {"message", message}}));
    }

    faq::Lang lang_;
    std::span<const char* const> words_;
    const token::FileGiven* config_;
    std::string_view chosen_;
    CLI::App app_;
    CLI::App* explain_ = nullptr;
    Parsed parsed_;
    Parsed passed_over_;  ///< what a file says for other commands
};

/// Empty when the words are help or wrong.
std::string_view command_of(const CommandLine& line) {
    if (const auto* check = std::get_if<CheckRequest>(&line.action)) return check->command;
    return std::holds_alternative<ExplainRequest>(line.action) ? "explain" : "";
}

/// The last value of `--name value` or `--name=value`; empty when it does not stand there.
std::string_view find_value(int argc, const char* const* argv, std::string_view name) {
    std::string_view value;
    for (int i = 1; i < argc; ++i) {
        const std::string_view word = argv[i];
        if (word == name && i + 1 < argc) value = argv[i + 1];
        if (word.starts_with(name) && word.substr(name.size()).starts_with('=')) value = word.substr(name.size() + 1);
    }
    return value;
}

}  // namespace

CommonOptions guess_common(int argc, const char* const* argv) {
    CommonOptions common;
    const std::string_view format = find_value(argc, argv, "--format");
    if (format == "json" || format == "ndjson") common.format = Format::json;
    if (format == "nagios") common.format = Format::nagios;
    const std::string_view lang = find_value(argc, argv, "--lang");
    if (lang == "zh" || lang == "en") common.lang = lang;
    return common;
}

CommandLine parse_command_line(int argc, const char* const* argv, faq::Lang lang) {
    const std::span<const char* const> all(argv, static_cast<std::size_t>(argc));
    CommandLine line = Parser(lang, all).parse();
    const std::string& config = line.common.config;
    if (config.empty() || std::holds_alternative<Refusal>(line.action)) return line;
    const token::FileGiven file = token::read_file(config);
    if (file.fault) return {line.common, refuse_file(config, *file.fault, lang)};
    return Parser(lang, all, &file, command_of(line)).parse();
}

}  // namespace scca::cli
