// SPDX-License-Identifier: Apache-2.0
//
// Each request in a process of its own, scca-fetch: looking up a name cannot be given a deadline, a process can. A
// fresh process and no fork: in a fork other threads' locks stay locked for ever. What it says is what wire.hpp has.
#include "scca/token/fetch.hpp"

#include "host_process.hpp"
#include "scca/core/deadline.hpp"
#include "scca/token/companion.hpp"
#include "scca/token/wire.hpp"

#include <openssl/evp.h>
#include <openssl/http.h>

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <memory>
#include <string_view>

namespace scca::token {
namespace {

struct FreeText {
    void operator()(char* text) const noexcept { OPENSSL_free(text); }
};
using OpensslText = std::unique_ptr<char, FreeText>;

struct Address {
    std::string host, port, path;
};

/// Nothing when it is no http address.
std::optional<Address> parse_address(std::string url) {
    constexpr std::string_view scheme = "http://";
    const auto is_same = [](char a, char b) { return a == (b >= 'A' && b <= 'Z' ? b - 'A' + 'a' : b); };
    if (url.size() < scheme.size() || !std::equal(scheme.begin(), scheme.end(), url.begin(), is_same)) {
        return std::nullopt;
    }
    std::copy(scheme.begin(), scheme.end(), url.begin());  // however it is written (RFC 3986 section 3.1)
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

Fault refused_by_system(const char* call) { return {FaultKind::system, call, {}, errno, std::strerror(errno)}; }

/// A pipe from which these octets can be read, and then the end.
Result<OwnedFd> pipe_with(ByteView octets) {
    std::array<int, 2> ends{};
    if (pipe2(ends.data(), O_CLOEXEC | O_NONBLOCK) != 0) return refused_by_system("pipe2");
    OwnedFd read_end(ends[0]);
    const OwnedFd write_end(ends[1]);
    // Fits, or the request is longer than any: a pipe holds 64 KiB.
    if (::write(ends[1], octets.data(), octets.size()) != static_cast<ssize_t>(octets.size())) {
        return refused_by_system("write");
    }
    return read_end;
}

/// What scca-fetch says besides the answer, line by line.
class Heard {
public:
    Heard(FetchedSeen& seen, const Fetcher::Arrival& arrival) : seen_(seen), arrival_(arrival) {}

    /// False when there is nothing more to hear of this; the rest, once the answer has begun, is content.
    bool hear(std::string_view octets, std::size_t most) {
        said_.append(octets);
        while (!content_left && take_line(most)) {
        }
        return said_.size() <= wire::fetch::max_said;
    }

    /// Once nothing more comes: the fault that it was, if it was none so far.
    void finish() {
        if (content_left == std::size_t{0}) return;
        seen_.content = {};
        const bool has_words = said_.starts_with(wire::fetch::words);
        fail({FaultKind::garbled, {}, {}, 0, has_words ? said_.substr(1) : "the answer breaks off"});
    }

    std::optional<std::size_t> content_left;  ///< of the answer, when it has begun

private:
    void fail(Fault fault) {
        fault.call = call_for(seen_);
        if (!seen_.fault) seen_.fault = std::move(fault);
    }

    /// False when no whole line is there.
    bool take_line(std::size_t most) {
        const std::size_t end = said_.find('\n');
        if (end == std::string::npos || said_.starts_with(wire::fetch::words)) return false;
        const std::string line = said_.substr(0, end);
        said_.erase(0, end + 1);
        const std::string_view rest = std::string_view(line).substr(std::min<std::size_t>(1, line.size()));
        if (line.starts_with(wire::fetch::connected)) seen_.connected = true;
        if (line.starts_with(wire::fetch::date)) note_date(rest);
        if (line.starts_with(wire::fetch::number)) {
            const auto number = parse_number<int>(rest);
            fail({FaultKind::system, {}, {}, number.value_or(0), std::strerror(number.value_or(0))});
        }
        if (line.starts_with(wire::fetch::content)) begin_content(parse_number<std::size_t>(rest), most);
        return true;
    }

    template <class T>
    static std::optional<T> parse_number(std::string_view text) {
        T number{};
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
        return error == std::errc() && end == text.data() + text.size() ? std::optional(number) : std::nullopt;
    }

    void note_date(std::string_view text) {
        const std::size_t blank = std::min(text.find(' '), text.size());
        const auto theirs = parse_number<std::int64_t>(text.substr(0, blank));
        const auto ours = parse_number<std::int64_t>(text.substr(std::min(blank + 1, text.size())));
        if (!theirs || !ours) return;
        seen_.date = Moment(std::chrono::seconds(*theirs));
        seen_.heard_at = Moment(std::chrono::seconds(*ours));
    }

    /// Room for all of it at once: what grows is there twice while it does.
    void begin_content(std::optional<std::size_t> length, std::size_t most) {
        if (!length || *length > most || said_.size() > *length) return;
        if (arrival_) arrival_(*length);
        seen_.content.reserve(*length);
        seen_.content.assign(said_.begin(), said_.end());
        content_left = *length - said_.size();
        said_.clear();
    }

    FetchedSeen& seen_;
    const Fetcher::Arrival& arrival_;
    std::string said_{};
};

struct Errand {
    const FetchOrder& order;
    FetchedSeen& seen;
    Heard heard;
    std::optional<HostProcess> host{};
    Deadline::Clock::time_point started = Deadline::Clock::now();

    [[nodiscard]] std::size_t most() const { return order.request.empty() ? most_crl_octets : most_ocsp_octets; }
    [[nodiscard]] bool is_open() { return host && host->wire().is_open(); }

    void start(const Result<std::filesystem::path>& program, std::chrono::milliseconds timeout) {
        const auto address = parse_address(order.url);
        if (!address) {
            seen.fault = Fault{FaultKind::garbled, call_for(seen), {}, 0, "not an http address"};
            return;
        }
        if (!program) return refuse(program.error());
        auto request = pipe_with(order.request);
        if (!request) return refuse(request.error());
        // A second more than this side waits: here is judged who was too slow.
        const auto seconds = std::chrono::ceil<std::chrono::seconds>(timeout).count() + 1;
        auto begun = HostProcess::start(
            *program, {std::to_string(seconds), std::to_string(most()), address->host, address->port, address->path},
            *request);
        if (!begun) return refuse(begun.error());
        host.emplace(std::move(*begun));
        host->printed().close();
    }

    /// Reads what there is; false when nothing more comes, or nothing more is wanted.
    bool hear() {
        std::array<char, 65536> block{};
        const std::size_t wanted = std::min(block.size(), heard.content_left.value_or(block.size()));
        const ssize_t count = ::read(host->wire().number(), block.data(), wanted);
        if (count < 0) return errno == EINTR || errno == EAGAIN;
        const std::string_view octets(block.data(), static_cast<std::size_t>(count));
        if (!heard.content_left) return count > 0 && heard.hear(octets, most()) && heard.content_left != 0;
        seen.content.insert(seen.content.end(), octets.begin(), octets.end());
        *heard.content_left -= octets.size();
        return count > 0 && *heard.content_left > 0;
    }

    void finish(bool too_slow, std::chrono::milliseconds timeout) {
        host.reset();
        seen.duration = std::chrono::duration_cast<std::chrono::milliseconds>(Deadline::Clock::now() - started);
        if (!too_slow) return heard.finish();
        seen.content = {};
        seen.fault = Fault{FaultKind::hung, call_for(seen), {}, timeout.count(), {}};
    }

private:
    void refuse(const Fault& fault) { seen.fault = fault; }
};

/// Listens until all have ended or the deadline has passed.
void listen(std::vector<Errand>& errands, std::chrono::milliseconds timeout) {
    const Deadline deadline = Deadline::after(timeout);
    const auto program = find_companion("scca-fetch");
    for (Errand& one : errands) one.start(program, timeout);
    for (;;) {
        std::vector<pollfd> ears;
        std::vector<Errand*> open;
        for (Errand& one : errands) {
            if (!one.is_open()) continue;
            open.push_back(&one);
            ears.push_back({one.host->wire().number(), POLLIN, 0});
        }
        if (open.empty() || deadline.passed()) break;
        poll(ears.data(), ears.size(), static_cast<int>(deadline.remaining().count()));
        for (std::size_t i = 0; i < open.size(); ++i) {
            if (ears[i].revents != 0 && !open[i]->hear()) open[i]->finish(false, timeout);
        }
    }
    for (Errand& one : errands) {
        if (one.is_open()) one.finish(true, timeout);
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

std::vector<FetchedSeen> Fetcher::fetch(const std::vector<FetchOrder>& orders, const Arrival& arrival) {
    constexpr std::size_t most_at_once = 8;
    std::vector<FetchedSeen> seen(orders.size());
    for (std::size_t next = 0; next < orders.size();) {
        std::vector<Errand> errands;
        for (; next < orders.size() && errands.size() < most_at_once; ++next) {
            seen[next].url = orders[next].url;
            seen[next].request_sha256 = sha256_of(orders[next].request);
            if (!is_given_up(seen[next])) errands.push_back({orders[next], seen[next], Heard(seen[next], arrival)});
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
