// SPDX-License-Identifier: Apache-2.0
#include "password_source.hpp"

#include "scca/core/text.hpp"
#include "scca/faq/words.hpp"
#include "scca/pki/container.hpp"
#include "scca/pki/pkcs12.hpp"
#include "scca/report/render.hpp"

#include <algorithm>
#include <cerrno>
#include <utility>

namespace scca::cli {
namespace {

namespace words = faq::words::cli;

constexpr int most_tries = 3;

/// Whether the password opened it: then the file's content is what was inside, or its fault says what is damaged.
bool open_with(std::string_view password, ByteView content, token::FileGiven& file) {
    const auto certificates = pki::parse_pkcs12(content, password);
    if (!certificates) {
        file.fault = certificates.error();
        return file.fault->kind != FaultKind::code;
    }
    file.fault.reset();
    for (const Bytes& der : *certificates) file.content.insert(file.content.end(), der.begin(), der.end());
    return true;
}

}  // namespace

PasswordSource::PasswordSource(int descriptor, const Console& console)
    : console_(console), by_descriptor_(descriptor >= 0) {
    if (!by_descriptor_) return;
    auto line = token::read_secret(descriptor);
    if (line) {
        password_ = std::move(*line);
    } else {
        fault_ = line.error();
    }
}

token::FileGiven PasswordSource::opened(token::FileGiven file) {
    if (file.fault || !pki::looks_like_pkcs12(file.content)) return file;
    const pki::FoundContent found = pki::find_content(file.content);
    const Bytes content = found.decoded.empty() ? std::move(file.content) : found.decoded;
    file.content.clear();
    const std::scoped_lock lock(mutex_);
    if (open_with(password_.text(), content, file)) return file;
    if (!by_descriptor_) ask_and_open(content, file);
    // A code would tell a person nothing here: without the password nobody can look inside.
    if (file.fault && file.fault->kind == FaultKind::code) {
        *file.fault = {FaultKind::garbled, file.fault->call, {}, 0, std::string(refusal().in(console_.lang()))};
    }
    return file;
}

bool PasswordSource::is_locked(const token::FileGiven& file) noexcept {
    return file.fault && file.fault->kind == FaultKind::garbled && file.fault->call == "PKCS12_verify_mac";
}

void PasswordSource::ask_and_open(ByteView content, token::FileGiven& file) {
    for (int tries = 0; tries < most_tries; ++tries) {
        if (!ask(file.path, tries > 0)) return;
        if (open_with(password_.text(), content, file)) return;
    }
}

bool PasswordSource::ask(const std::string& path, bool again) {
    if (terminal_ == Terminal::missing || terminal_ == Terminal::closed) return false;
    const faq::Text question = again ? words::ask_password_again : words::ask_password;
    const std::string prompt =
        harmless(report::fill(question.in(console_.lang()), {{"path", path}}, console_.lang())) + ' ';
    auto line = token::ask_secret(console_.for_terminal(prompt));
    if (!line) {
        terminal_ = line.error().number == ENODATA ? Terminal::closed : Terminal::missing;
        return false;
    }
    terminal_ = Terminal::answers;
    // An empty line: the person does not know this one, and may know the next.
    if (line->empty()) return false;
    password_ = std::move(*line);
    return true;
}

faq::Text PasswordSource::refusal() const {
    if (by_descriptor_) return words::password_wrong;
    switch (terminal_) {
        case Terminal::missing: return words::password_no_terminal;
        case Terminal::untried:
        case Terminal::closed: return words::password_not_given;
        case Terminal::answers: break;
    }
    return password_.empty() ? words::password_not_given : words::password_wrong;
}

}  // namespace scca::cli
