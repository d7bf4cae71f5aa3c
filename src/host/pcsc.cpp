// SPDX-License-Identifier: Apache-2.0
//
// Twice over the readers: first what the service knows, which costs nothing, then a connection to each card. A card
// that hangs in the second round hides nothing of the first. Attributes are optional: few drivers have them all.
#include "pcsc.hpp"

#include "vendor_library.hpp"

#include <winscard.h>
#include <algorithm>
#include <cstring>
#include <optional>
#include <vector>

namespace scca::host {
namespace {

namespace wire = token::wire;
namespace fields = wire::fields;

/// More than the service's own 16 readers with names of 128 octets.
constexpr std::size_t list_octets = 16384;
constexpr std::size_t max_readers = wire::max_readers / 2;
/// MAX_BUFFER_SIZE of pcsc-lite: it refuses to fill more.
constexpr std::size_t attribute_octets = 264;
/// SCARD_ATTR_VENDOR_NAME of PC/SC part 3, table 3-1: class 1 (vendor information), tag 0100.
constexpr DWORD vendor_name = 0x00010100;
/// The upper half of a state counts events.
constexpr DWORD state_bits = 0xFFFF;
/// Connecting would tell nothing more, or wake a card that does not power up.
constexpr DWORD no_use_connecting =
    SCARD_STATE_EMPTY | SCARD_STATE_MUTE | SCARD_STATE_EXCLUSIVE | SCARD_STATE_UNKNOWN | SCARD_STATE_UNAVAILABLE;

template <class Value>
Guarded memory_with(const Value& value) {
    Guarded made(sizeof value, 0);
    std::memcpy(made.address(), &value, sizeof value);
    return made;
}

template <class Value>
Value value_in(const Guarded& memory) {
    Value value{};
    std::memcpy(&value, memory.content().data(), sizeof value);
    return value;
}

class PcscWalk {
public:
    PcscWalk(Breadcrumbs& out, VendorLibrary& library) : out_(out), library_(library) {}

    void look() {
        Guarded context = memory_with(SCARDCONTEXT{0});
        const auto code = call("SCardEstablishContext", Word{SCARD_SCOPE_SYSTEM}, nullptr, nullptr, context);
        if (!accepted("SCardEstablishContext", code)) return;
        context_ = value_in<SCARDCONTEXT>(context);
        const std::vector<std::string> names = readers();
        std::vector<std::string> worth_connecting;
        for (const std::string& name : names) {
            if (tell_state(name)) worth_connecting.push_back(name);
        }
        for (const std::string& name : worth_connecting) connect(name);
        accepted("SCardReleaseContext", call("SCardReleaseContext", context_));
    }

private:
    /// The code that came back; nothing when the library has no such function, which is told.
    template <class... Arguments>
    std::optional<std::uint32_t> call(const char* name, Arguments&&... arguments) {
        void* const address = library_.find(name);
        if (address == nullptr) return std::nullopt;
        return library_.call(address, name, arguments...);
    }
    /// Whether it said SCARD_S_SUCCESS; another code is told.
    bool accepted(const char* name, std::optional<std::uint32_t> code) {
        if (code && *code != SCARD_S_SUCCESS) out_.refused(name, "SCARD", *code);
        return code == std::uint32_t{SCARD_S_SUCCESS};
    }
    [[nodiscard]] std::vector<std::string> readers();
    [[nodiscard]] bool tell_state(const std::string& name);
    void tell_atr(const SCARD_READERSTATE& state);
    void connect(const std::string& name);
    void tell_vendor(SCARDHANDLE card);
    /// False, and told, when the length cannot be one of what there was room for.
    [[nodiscard]] bool fits(const char* call, DWORD claimed, std::size_t room);

    Breadcrumbs& out_;
    VendorLibrary& library_;
    SCARDCONTEXT context_ = 0;
};

bool PcscWalk::fits(const char* call, DWORD claimed, std::size_t room) {
    if (claimed <= room) return true;
    out_.broken(call, "claims " + std::to_string(claimed) + " octets where there was room for " + std::to_string(room));
    return false;
}

/// Names end with NUL, their list with an empty one.
std::vector<std::string> PcscWalk::readers() {
    constexpr const char* asked = "SCardListReaders";
    Guarded list(list_octets, 0);
    Guarded length = memory_with(DWORD{list_octets});
    const auto code = call(asked, context_, nullptr, list, length);
    if (!accepted(asked, code)) return {};
    const auto claimed = value_in<DWORD>(length);
    if (!fits(asked, claimed, list_octets)) return {};
    std::vector<std::string> names;
    std::string_view rest = as_text(list.content().first(claimed));
    while (!rest.empty() && rest.front() != '\0' && names.size() < max_readers) {
        const std::size_t end = std::min(rest.find('\0'), rest.size());
        if (std::string name(rest.substr(0, end)); std::find(names.begin(), names.end(), name) == names.end()) {
            names.push_back(std::move(name));
        }
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return names;
}

/// What the service knows of the reader; true when connecting may tell more.
bool PcscWalk::tell_state(const std::string& name) {
    constexpr const char* asked = "SCardGetStatusChange";
    Guarded text = Guarded::text(name);
    SCARD_READERSTATE question{};
    question.szReader = static_cast<const char*>(text.address());
    question.dwCurrentState = SCARD_STATE_UNAWARE;
    Guarded state = memory_with(question);
    out_.open(wire::kinds::reader);
    out_.set_text(fields::name, name);
    const auto code = call(asked, context_, Word{0}, state, Word{1});
    const bool answered = accepted(asked, code);
    const auto answer = value_in<SCARD_READERSTATE>(state);
    if (answered) {
        out_.set_number(fields::state, static_cast<std::uint32_t>(answer.dwEventState & state_bits));
        tell_atr(answer);
    }
    out_.close();
    return answered && (answer.dwEventState & no_use_connecting) == 0;
}

void PcscWalk::tell_atr(const SCARD_READERSTATE& state) {
    if (!fits("SCardGetStatusChange", state.cbAtr, sizeof state.rgbAtr)) return;
    out_.set(fields::atr, ByteView(state.rgbAtr, state.cbAtr));
}

/// Shared, as every program does that reads a card; it is left as it was found.
void PcscWalk::connect(const std::string& name) {
    Guarded text = Guarded::text(name);
    Guarded card = memory_with(SCARDHANDLE{0});
    Guarded protocol = memory_with(DWORD{0});
    out_.open(wire::kinds::reader);
    out_.set_text(fields::name, name);
    const auto code = call("SCardConnect", context_, text, Word{SCARD_SHARE_SHARED},
                           Word{SCARD_PROTOCOL_T0 | SCARD_PROTOCOL_T1}, card, protocol);
    if (accepted("SCardConnect", code)) {
        out_.set_truth(fields::connected, true);
        const auto handle = value_in<SCARDHANDLE>(card);
        tell_vendor(handle);
        accepted("SCardDisconnect", call("SCardDisconnect", handle, Word{SCARD_LEAVE_CARD}));
    }
    out_.close();
}

void PcscWalk::tell_vendor(SCARDHANDLE card) {
    constexpr const char* asked = "SCardGetAttrib";
    Guarded text(attribute_octets, 0);
    Guarded length = memory_with(DWORD{attribute_octets});
    const auto code = call(asked, card, vendor_name, text, length);
    if (code != std::uint32_t{SCARD_S_SUCCESS}) return;  // optional: no driver has to have it
    const auto claimed = value_in<DWORD>(length);
    if (!fits(asked, claimed, attribute_octets)) return;
    const std::string_view words = as_text(text.content().first(claimed));
    out_.set_text(fields::vendor, words.substr(0, words.find('\0')));
}

}  // namespace

void look_through_pcsc(Breadcrumbs& out, const std::string& path) {
    VendorLibrary library(out);
    if (library.load(path)) PcscWalk(out, library).look();
}

}  // namespace scca::host
