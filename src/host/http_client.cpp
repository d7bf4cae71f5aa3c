// SPDX-License-Identifier: Apache-2.0
#include "http_client.hpp"

#include "http_head.hpp"
#include "scca/token/wire.hpp"

#include <openssl/err.h>
#include <openssl/http.h>

#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <memory>
#include <optional>
#include <span>
#include <string_view>

namespace scca::host {
namespace {

namespace wire = token::wire::fetch;

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

bool tell(int descriptor, std::string_view rest) {
    while (!rest.empty()) {
        const ssize_t count = ::write(descriptor, rest.data(), rest.size());
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) return false;
        rest.remove_prefix(static_cast<std::size_t>(count));
    }
    return true;
}

std::string words(std::string_view text) { return std::string(1, wire::words).append(text); }

/// OpenSSL's own words for what went wrong last, or the errno behind it.
std::string failure() {
    std::string text;
    const char* more = nullptr;
    int flags = 0;
    while (const unsigned long code = ERR_get_error_all(nullptr, nullptr, nullptr, &more, &flags)) {
        if (ERR_SYSTEM_ERROR(code)) return wire::number + std::to_string(ERR_GET_REASON(code)) + '\n';
        const char* const reason = ERR_reason_error_string(code);
        const bool has_more = more != nullptr && (flags & ERR_TXT_STRING) != 0 && *more != '\0';
        if (!text.empty()) text += "; ";
        text += reason == nullptr ? "error" : reason;
        if (has_more) text.append(" (").append(more).append(")");
    }
    return words(text.empty() ? "no answer" : text);
}

/// Overhears what OpenSSL's client keeps to itself: that there is a connection, and the head of the answer.
struct Listener {
    int descriptor;
    BIO* connection = nullptr;  ///< the context's
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
        tell(descriptor, wire::date + std::to_string(date->time_since_epoch().count()) + ' ' +
                             std::to_string(now.time_since_epoch().count()) + '\n');
    }

    /// The client stops at the first line of an answer that refuses, and the Date stands below it.
    void hear_rest_of_head() {
        std::array<char, 4096> block{};
        while (connection != nullptr && !has_told &&
               BIO_read(connection, block.data(), static_cast<int>(block.size())) > 0) {
        }
    }
};

/// A head is read line by line, the rest by blocks.
extern "C" long overhear(BIO* bio, int operation, const char* octets, std::size_t, int, long, int answer,
                         std::size_t* count) {
    const bool is_read = operation == (BIO_CB_READ | BIO_CB_RETURN) || operation == (BIO_CB_GETS | BIO_CB_RETURN);
    if (is_read && answer > 0 && count != nullptr) {
        reinterpret_cast<Listener*>(BIO_get_callback_arg(bio))->hear({octets, *count});
    }
    return answer;
}

extern "C" BIO* note_connection(BIO* bio, void* listener, int connected, int) {
    if (connected == 1) {
        auto& one = *static_cast<Listener*>(listener);
        one.connection = bio;
        tell(one.descriptor, std::string{wire::connected, '\n'});
        BIO_set_callback_arg(bio, static_cast<char*>(listener));
        BIO_set_callback_ex(bio, overhear);
    }
    return bio;
}

/// Fills the room, or what of it there is something for.
std::string_view read_into(BIO* body, std::span<char> room) {
    std::size_t filled = 0;
    while (filled < room.size()) {
        const int count = BIO_read(body, room.data() + filled, static_cast<int>(room.size() - filled));
        if (count <= 0) break;
        filled += static_cast<std::size_t>(count);
    }
    return {room.data(), filled};
}

/// How long the DER is that begins so (X.690 section 8.1.3); nothing where none does.
std::optional<std::uint64_t> length_of_der(std::string_view start) {
    constexpr char sequence = 0x30;
    constexpr unsigned long_form = 0x80;
    const auto octet = [&](std::size_t at) { return static_cast<std::uint8_t>(start[at]); };
    if (start.size() < 2 || start[0] != sequence || octet(1) == long_form) return std::nullopt;
    if (octet(1) < long_form) return 2U + octet(1);
    const std::size_t more = octet(1) - long_form;
    if (start.size() < 2 + more) return std::nullopt;
    std::uint64_t length = 0;
    for (std::size_t i = 0; i < more; ++i) length = length << 8U | octet(2 + i);
    return 2 + more + length;
}

/// An answer whose head does not say how long it is: DER says it itself, of anything else all that comes is taken.
std::uint64_t find_length(BIO* body, std::size_t most, std::string& begun) {
    constexpr std::size_t head_of_der = 6, some = 65536;
    const auto read_on = [&](std::size_t octets) {
        const std::size_t before = begun.size();
        begun.resize(before + octets);
        begun.resize(before + read_into(body, std::span(begun).subspan(before)).size());
    };
    read_on(head_of_der);
    if (const auto length = length_of_der(begun)) return std::max<std::uint64_t>(*length, begun.size());
    while (begun.size() <= most) {
        const std::size_t before = begun.size();
        read_on(some);
        if (begun.size() == before) return before;
    }
    return begun.size();
}

/// Hands on the answer, whatever it is: who judges it reads files as well, and reads both alike. What is to be said in
/// its place, if anything.
std::string relay(BIO* body, std::size_t promised, std::size_t most, int descriptor) {
    std::string begun;
    const std::uint64_t length = promised != 0 ? promised : find_length(body, most, begun);
    if (length == 0) return words("the answer is empty");
    if (length > most) return words("longer than is read");
    std::array<char, 65536> block{};
    std::size_t left = length - begun.size();
    bool is_heard = tell(descriptor, wire::content + std::to_string(length) + '\n' + begun);
    while (is_heard && left > 0) {
        const int count = BIO_read(body, block.data(), static_cast<int>(std::min(block.size(), left)));
        if (count <= 0) break;
        left -= static_cast<std::size_t>(count);
        is_heard = tell(descriptor, {block.data(), static_cast<std::size_t>(count)});
    }
    return {};
}

/// What is still to be said in the end.
std::string ask(const HttpOrder& order, Listener& listener) {
    constexpr int buffer_size = 4096;
    // Without time limits of OpenSSL's: given one it tries a refused connection again until the time is up.
    constexpr int never_again = -1, no_limit = 0;
    const HttpPtr http(OSSL_HTTP_open(order.host.c_str(), order.port.c_str(), nullptr, nullptr, 0, nullptr, nullptr,
                                      note_connection, &listener, buffer_size, never_again));
    if (!http) return failure();
    const bool posts = !order.request.empty();
    const BioPtr request(posts ? BIO_new_mem_buf(order.request.data(), static_cast<int>(order.request.size()))
                               : nullptr);
    // Many servers name another content type than RFC 5280 and 6960 ask for, so none is asked for. Told to expect DER
    // the client would collect all of it, and more than once.
    constexpr int as_stream = 0;
    if (OSSL_HTTP_set1_request(http.get(), order.path.c_str(), nullptr, posts ? "application/ocsp-request" : nullptr,
                               request.get(), nullptr, as_stream, order.most, no_limit, 0) != 1) {
        return failure();
    }
    char* elsewhere = nullptr;
    BIO* const body = OSSL_HTTP_exchange(http.get(), &elsewhere);  // the context owns it
    const OpensslText elsewhere_owner(elsewhere);
    if (elsewhere != nullptr) return words(std::string("redirected to ") + elsewhere);
    if (body == nullptr) {
        std::string why = failure();
        listener.hear_rest_of_head();
        return why;
    }
    return relay(body, OSSL_HTTP_REQ_CTX_get_resp_len(http.get()), order.most, listener.descriptor);
}

}  // namespace

void fetch(const HttpOrder& order, int descriptor) {
    Listener listener{.descriptor = descriptor};
    tell(descriptor, ask(order, listener));
}

}  // namespace scca::host
