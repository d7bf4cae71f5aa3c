// SPDX-License-Identifier: Apache-2.0
//
// Reads commands and options. Options may stand before or after the directory, as "--name value" or "--name=value".
#include "arguments.hpp"

#include <optional>

namespace scca::softkey {

namespace {

class ArgumentReader {
public:
    ArgumentReader(std::span<const std::string_view> words, Arguments arguments)
        : words_(words), arguments_(std::move(arguments)) {}

    [[nodiscard]] std::variant<Arguments, UsageError> read();

private:
    [[nodiscard]] std::string say(std::string_view zh, std::string_view en, std::string_view what = {}) const {
        const auto text = std::string(arguments_.language == Language::zh ? zh : en);
        return what.empty() ? text : text + ": " + std::string(what);
    }
    void read_command(std::string_view word);
    void read_option(std::string_view word);
    void set_option(std::string_view name, const std::string& value);
    void read_operand(std::string_view word);
    void check();

    std::span<const std::string_view> words_;
    Arguments arguments_;
    std::string error_;
    bool folder_given_ = false;
};

void ArgumentReader::read_command(std::string_view word) {
    if (word == "--help" || word == "-h" || word == "help") {
        arguments_.command = Command::help;
    } else if (word == "--version") {
        arguments_.command = Command::version;
    } else if (word == "faults") {
        arguments_.command = Command::faults;
    } else if (word == "make") {
        arguments_.command = Command::make;
    } else {
        error_ = say("没有这个命令", "no such command", word);
    }
}

void ArgumentReader::set_option(std::string_view name, const std::string& value) {
    if (name == "--fault") {
        const auto fault = find_fault(value);
        if (!fault) {
            error_ = say("没有这种故障（见 scca-softkey faults）", "no such fault (see scca-softkey faults)", value);
            return;
        }
        arguments_.order.faults.add(*fault);
    } else if (name == "--holder") {
        arguments_.order.holder = value;
    } else if (name == "--at") {
        const auto moment = parse_moment(value);
        if (!moment) {
            error_ = say("--at 要写成 2026-11-22 或 2026-11-22T04:00:00Z",
                         "--at takes 2026-11-22 or 2026-11-22T04:00:00Z", value);
            return;
        }
        arguments_.order.at = *moment;
    } else if (value == "zh" || value == "en") {
        arguments_.language = value == "zh" ? Language::zh : Language::en;
    } else {
        error_ = say("--lang 只有 zh 和 en", "--lang takes zh or en", value);
    }
}

void ArgumentReader::read_option(std::string_view word) {
    if (word == "--rsa") {
        arguments_.order.rsa = true;
        return;
    }
    const auto equals = word.find('=');
    const auto name = word.substr(0, equals);
    if (name != "--fault" && name != "--holder" && name != "--at" && name != "--lang") {
        error_ = say("没有这个选项", "no such option", word);
        return;
    }
    if (equals != std::string_view::npos) {
        set_option(name, std::string(word.substr(equals + 1)));
        return;
    }
    if (words_.empty()) {
        error_ = say("选项缺少值", "an option lacks its value", name);
        return;
    }
    set_option(name, std::string(words_.front()));
    words_ = words_.subspan(1);
}

void ArgumentReader::read_operand(std::string_view word) {
    if (arguments_.command != Command::make || folder_given_ || word.empty()) {
        error_ = say("多余的参数", "one argument too many", word);
        return;
    }
    arguments_.order.folder = std::filesystem::path(word);
    folder_given_ = true;
}

void ArgumentReader::check() {
    if (arguments_.command != Command::make) {
        return;
    }
    if (!folder_given_) {
        error_ = say("make 要一个目录", "make needs a directory");
    } else if (const auto contradiction = find_contradiction(arguments_.order.faults, arguments_.language)) {
        error_ = *contradiction;
    }
}

std::variant<Arguments, UsageError> ArgumentReader::read() {
    if (words_.empty()) {
        return UsageError{say("要一个命令：make、faults 或 --help", "a command is needed: make, faults or --help")};
    }
    const auto command = words_.front();
    words_ = words_.subspan(1);
    read_command(command);
    bool options_end = false;
    while (error_.empty() && !words_.empty()) {
        const auto word = words_.front();
        words_ = words_.subspan(1);
        if (!options_end && word == "--") {
            options_end = true;
        } else if (!options_end && (word == "--help" || word == "-h")) {
            arguments_.command = Command::help;
            return arguments_;
        } else if (!options_end && word.starts_with("-")) {
            read_option(word);
        } else {
            read_operand(word);
        }
    }
    if (error_.empty()) {
        check();
    }
    if (!error_.empty()) {
        return UsageError{error_};
    }
    return arguments_;
}

}  // namespace

Language language_of(std::string_view locale) {
    const bool none = locale.empty() || locale == "C" || locale == "POSIX" || locale.starts_with("C.");
    return none || locale.starts_with("zh") ? Language::zh : Language::en;
}

std::variant<Arguments, UsageError> parse_arguments(std::span<const std::string_view> words, Language language,
                                                    Moment now) {
    Arguments arguments;
    arguments.language = language;
    arguments.order.at = now;
    return ArgumentReader(words, std::move(arguments)).read();
}

}  // namespace scca::softkey
