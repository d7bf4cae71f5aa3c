// SPDX-License-Identifier: Apache-2.0
//
// OpenSSL's HTTP client, each request in a forked child: looking up a name cannot be given a deadline, a process can.
// What the child found comes back through a pipe: '=' once it is connected, '@' and two numbers and a line feed once
// the answer said what time it is (theirs, ours), and then an octet that says what follows ('+' content, '!' an errno,
// '?' words).
#include "scca/token/fetch.hpp"

#include "http_head.hpp"
#include "owned_fd.hpp"
#include "scca/core/deadline.hpp"

#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/http.h>

#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <csignal>
#include <cstring>
#include <memory>
#include <string_view>

namespace scca::token {
namespace {

constexpr char has_content = '+', has_errno = '!', has_words = '?';
constexpr char is_connected = '=', has_date = '@';

template <auto release>
struct FreeWith {
    template <class T>
    void operator()(T* handle) const noexcept {
        release(handle);
    }
};
using BioPtr = std::unique_ptr<BIO, FreeWith<BIO_free_all>>;

void free_text(char* text) noexcept { OPENSSL_free(text); }
using OpensslText = std::unique_ptr<char, FreeWith<free_text>>;

struct CloseHttp {
    void operator()(OSSL_HTTP_REQ_CTX* context) const noexcept { OSSL_HTTP_close(context, 1); }
};
using HttpPtr = std::unique_ptr<OSSL_HTTP_REQ_CTX, CloseHttp>;

std::string words(std::string_view text) { return std::string(1, has_words).append(text); }

/// OpenSSL's own words for what went wrong last, or the errno behind it.
std::string failure() {
    std::string text;
    const char* more = nullptr;
    int flags = 0;
    while (const unsigned long code = ERR_get_error_all(nullptr, nullptr, nullptr, &more, &flags)) {
        if (ERR_SYSTEM_ERROR(code)) return std::string(1, has_errno) + std::to_string(ERR_GET_REASON(code));
        const char* const reason = ERR_reason_error_string(code);
        const bool has_more = more != nullptr && (flags & ERR_TXT_STRING) != 0 && *more != '\0';
        if (!text.empty()) text += "; ";
        text += reason == nullptr ? "error" : reason;
        if (has_more) text.append(" (").append(more).append(")");
    }
    return words(text.empty() ? "no answer" : text);
}

struct Address {
    std::string host, port, path;
};

/// Nothing when it is no http address.
std::optional<Address> parse_address(const std::string& url) {
    constexpr std::string_view scheme = "http://";
    if (!url.starts_with(scheme)) return std::nullopt;
    int tls = 0;
    char* host = nullptr;
    char* port = nullptr;
    char* path = nullptr;
    char* query = nullptr;
    if (OSSL_HTTP_parse_url(url.c_str(), &tls, nullptr, &host, &port, nullptr, &path, &query, nullptr) != 1) {
        return std::nullopt;
    }
    const OpensslText host_owner(host), port_owner(port), path_owner(path), query_owner(query);
    Address address{host, port, path};
    if (query != nullptr && *query != '\0' && address.path.find('?') == std::string::npos) {
        address.path.append("?").append(query);
    }
    return address;
}

/// "host:port"; of what is no http address that itself.
std::string server_of(const std::string& url) {
    const auto address = parse_address(url);
    return address ? address->host + ':' + address->port : url;
}

std::string call_for(const FetchedSeen& seen) { return seen.request_sha256.empty() ? "HTTP GET" : "HTTP POST"; }

void tell(int pipe_end, std::string_view rest) {
    while (!rest.empty()) {
        const ssize_t count = ::write(pipe_end, rest.data(), rest.size());
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) break;
        rest.remove_prefix(static_cast<std::size_t>(count));
    }
}

/// Overhears what OpenSSL's client keeps to itself: that there is a connection, and the head of the answer.
struct Listener {
    int pipe_end;
    std::string head{};
    bool has_told = false;

    void hear(std::string_view octets) {
        constexpr std::size_t most_head = 16384;
        if (has_told) return;
        head += octets.substr(0, most_head - std::min(head.size(), most_head));
        has_told = is_whole_head(head) || head.size() == most_head;
        const auto date = has_told ? parse_date_of_head(head) : std::nullopt;
        if (!date) return;
        const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
        tell(pipe_end, has_date + std::to_string(date->time_since_epoch().count()) + ' ' +
                           std::to_string(now.time_since_epoch().count()) + '\n');
    }
};

extern "C" long overhear(BIO* bio, int operation, const char* octets, std::size_t, int, long, int answer,
                         std::size_t* count) {
    if (operation == (BIO_CB_READ | BIO_CB_RETURN) && answer > 0 && count != nullptr) {
        reinterpret_cast<Listener*>(BIO_get_callback_arg(bio))->hear({octets, *count});
    }
    return answer;
}

extern "C" BIO* note_connection(BIO* bio, void* listener, int connected, int) {
    if (connected == 1) {
        tell(static_cast<Listener*>(listener)->pipe_end, {&is_connected, 1});
        BIO_set_callback_arg(bio, static_cast<char*>(listener));
        BIO_set_callback_ex(bio, overhear);
    }
    return bio;
}

/// What the child is to say in the end.
std::string ask(const FetchOrder& order, Listener& listener) {
    const auto address = parse_address(order.url);
    if (!address) return words("not an http address");
    constexpr int buffer_size = 4096;
    // Without time limits of OpenSSL's: given one it tries a refused connection again until the time is up.
    constexpr int never_again = -1, no_limit = 0;
    const HttpPtr http(OSSL_HTTP_open(address->host.c_str(), address->port.c_str(), nullptr, nullptr, 0, nullptr,
                                      nullptr, note_connection, &listener, buffer_size, never_again));
    if (!http) return failure();
    const bool posts = !order.request.empty();
    const BioPtr request(posts ? BIO_new_mem_buf(order.request.data(), static_cast<int>(order.request.size()))
                               : nullptr);
    const std::size_t most = posts ? most_ocsp_octets : most_crl_octets;
    // Many servers name another content type than RFC 5280 and 6960 ask for, so none is asked for. The answer is DER,
    // whose own length says where it ends, whether or not the server closes the connection.
    if (OSSL_HTTP_set1_request(http.get(), address->path.c_str(), nullptr, posts ? "application/ocsp-request" : nullptr,
                               request.get(), nullptr, 1, most, no_limit, 0) != 1) {
        return failure();
    }
    char* elsewhere = nullptr;
    BIO* const body = OSSL_HTTP_exchange(http.get(), &elsewhere);  // the context owns it
    const OpensslText elsewhere_owner(elsewhere);
    if (elsewhere != nullptr) return words(std::string("redirected to ") + elsewhere);
    if (body == nullptr) return failure();
    std::string answer(1, has_content);
    std::array<char, 16384> block{};
    for (;;) {
        const int count = BIO_read(body, block.data(), static_cast<int>(block.size()));
        if (count <= 0) return answer;
        answer.append(block.data(), static_cast<std::size_t>(count));
        if (answer.size() > most + 1) return words("longer than is read");
    }
}

[[noreturn]] void run_child(const FetchOrder& order, unsigned seconds, int pipe_end) {
    // An interrupt ends this process like any other, and it does not outlive the one that asked.
    for (const int number : {SIGINT, SIGTERM, SIGHUP, SIGPIPE, SIGALRM}) std::signal(number, SIG_DFL);
    alarm(seconds);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    ERR_clear_error();
    Listener listener{pipe_end};
    tell(pipe_end, ask(order, listener));
    _exit(0);
}

struct Errand {
    const FetchOrder& order;
    FetchedSeen& seen;
    OwnedFd pipe{};
    pid_t child = 0;
    std::string said{};
    Deadline::Clock::time_point started = Deadline::Clock::now();

    void start(std::chrono::milliseconds timeout) {
        std::array<int, 2> ends{};
        if (pipe2(ends.data(), O_CLOEXEC) != 0) return refuse("pipe2");
        pipe = OwnedFd(ends[0]);
        const OwnedFd other(ends[1]);
        // A second more than this side waits: here is judged who was too slow.
        const auto seconds = std::chrono::ceil<std::chrono::seconds>(timeout).count() + 1;
        child = fork();
        if (child < 0) return refuse("fork");
        if (child == 0) run_child(order, static_cast<unsigned>(seconds), ends[1]);
    }

    /// Reads what there is; false when nothing more comes.
    bool hear() {
        std::array<char, 65536> block{};
        const ssize_t count = ::read(pipe.number(), block.data(), block.size());
        if (count < 0) return errno == EINTR;
        said.append(block.data(), static_cast<std::size_t>(count));
        return count > 0;
    }

    void finish(bool too_slow, std::chrono::milliseconds timeout) {
        pipe.close();
        if (child > 0) {
            if (too_slow) ::kill(child, SIGKILL);
            while (waitpid(child, nullptr, 0) < 0 && errno == EINTR) {
            }
        }
        seen.duration = std::chrono::duration_cast<std::chrono::milliseconds>(Deadline::Clock::now() - started);
        take_marks();
        if (too_slow) {
            seen.fault = Fault{FaultKind::hung, call(), {}, timeout.count(), {}};
        } else if (!seen.fault) {
            understand();
        }
    }

private:
    [[nodiscard]] std::string call() const { return call_for(seen); }

    void refuse(const char* system_call) {
        seen.fault = Fault{FaultKind::system, system_call, {}, errno, std::strerror(errno)};
        pipe.close();
        child = 0;
    }

    /// What was told on the way, off the front of what the child said.
    void take_marks() {
        seen.connected = said.starts_with(is_connected);
        if (seen.connected) said.erase(0, 1);
        const std::size_t end = said.find('\n');
        if (!said.starts_with(has_date) || end == std::string::npos) return;
        std::int64_t theirs = 0;
        std::int64_t ours = 0;
        const char* const limit = said.data() + end;
        const auto [at, error] = std::from_chars(said.data() + 1, limit, theirs);
        if (error == std::errc() && at < limit && std::from_chars(at + 1, limit, ours).ec == std::errc()) {
            seen.date = Moment(std::chrono::seconds(theirs));
            seen.heard_at = Moment(std::chrono::seconds(ours));
        }
        said.erase(0, end + 1);
    }

    void understand() {
        const std::string_view rest = std::string_view(said).substr(std::min<std::size_t>(1, said.size()));
        if (said.starts_with(has_content)) {
            seen.content.assign(rest.begin(), rest.end());
        } else if (said.starts_with(has_errno)) {
            int number = 0;
            std::from_chars(rest.data(), rest.data() + rest.size(), number);
            seen.fault = Fault{FaultKind::system, call(), {}, number, std::strerror(number)};
        } else {
            seen.fault = Fault{FaultKind::garbled, call(), {}, 0, std::string(rest)};
        }
    }
};

/// Listens until all have ended or the deadline has passed.
void listen(std::vector<Errand>& errands, std::chrono::milliseconds timeout) {
    const Deadline deadline = Deadline::after(timeout);
    for (Errand& one : errands) one.start(timeout);
    for (;;) {
        std::vector<pollfd> ears;
        std::vector<Errand*> open;
        for (Errand& one : errands) {
            if (!one.pipe.is_open()) continue;
            open.push_back(&one);
            ears.push_back({one.pipe.number(), POLLIN, 0});
        }
        if (open.empty() || deadline.passed()) break;
        poll(ears.data(), ears.size(), static_cast<int>(deadline.remaining().count()));
        for (std::size_t i = 0; i < open.size(); ++i) {
            if (ears[i].revents != 0 && !open[i]->hear()) open[i]->finish(false, timeout);
        }
    }
    for (Errand& one : errands) {
        if (one.pipe.is_open() || one.child == 0) one.finish(one.pipe.is_open(), timeout);
    }
}

Bytes sha256_of(const Bytes& content) {
    if (content.empty()) return {};
    Bytes digest(32);
    unsigned int length = 0;
    if (EVP_Digest(content.data(), content.size(), digest.data(), &length, EVP_sha256(), nullptr) != 1) return {};
    return digest;
}

}  // namespace

std::vector<FetchedSeen> Fetcher::fetch(const std::vector<FetchOrder>& orders) {
    constexpr std::size_t most_at_once = 8;
    std::vector<FetchedSeen> seen(orders.size());
    for (std::size_t next = 0; next < orders.size();) {
        std::vector<Errand> errands;
        for (; next < orders.size() && errands.size() < most_at_once; ++next) {
            seen[next].url = orders[next].url;
            seen[next].request_sha256 = sha256_of(orders[next].request);
            if (!is_given_up(seen[next])) errands.push_back({.order = orders[next], .seen = seen[next]});
        }
        listen(errands, timeout_);
        for (const Errand& one : errands) note(one.seen);
    }
    return seen;
}

bool Fetcher::is_given_up(FetchedSeen& seen) {
    const std::string server = server_of(seen.url);
    const std::scoped_lock lock(mutex_);
    constexpr unsigned most_silences = 3;  // of a server that is there
    const auto found = servers_.find(server);
    if (found == servers_.end()) return false;
    const Server& known = found->second;
    if (known.silences < (known.has_answered ? most_silences : 1)) return false;
    seen.fault = known.fault;
    seen.fault->call = call_for(seen);
    if (seen.fault->kind == FaultKind::hung) seen.fault->text = "not asked again";
    seen.connected = known.connected;
    return true;
}

void Fetcher::note(const FetchedSeen& seen) {
    constexpr std::size_t most_servers = 4096;
    // A process that could not be started says nothing of a server.
    if (seen.fault && seen.fault->call != call_for(seen)) return;
    std::string server = server_of(seen.url);
    const std::scoped_lock lock(mutex_);
    if (servers_.size() == most_servers) servers_.clear();
    Server& known = servers_[std::move(server)];
    if (!seen.fault || (seen.connected && seen.fault->kind != FaultKind::hung)) {
        known.has_answered = true;
        return;
    }
    known.fault = *seen.fault;
    known.connected = seen.connected;
    ++known.silences;
}

}  // namespace scca::token
