// SPDX-License-Identifier: Apache-2.0
//
// Twice over the readers: first what the service knows, which costs nothing, then a connection to each card. A card
// that hangs in the second round hides nothing of the first. Attributes are optional: few drivers have them all.
#include "pcsc.hpp"

#include "pcsc_library.hpp"

#include <algorithm>
#include <array>
#include <cstring>

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
    PcscWalk(Breadcrumbs& out, PcscLibrary& library) : out_(out), library_(library) {}

    void look() {
        Guarded context = memory_with(SCARDCONTEXT{0});
        const auto code = library_.call<decltype(SCardEstablishContext)>("SCardEstablishContext", SCARD_SCOPE_SYSTEM,
                                                                         nullptr, nullptr, context);
        if (!library_.accepted("SCardEstablishContext", code)) return;
        context_ = value_in<SCARDCONTEXT>(context);
        const std::vector<std::string> names = readers();
        std::vector<std::string> worth_connecting;
        for (const std::string& name : names) {
            if (tell_state(name)) worth_connecting.push_back(name);
        }
        for (const std::string& name : worth_connecting) connect(name);
        library_.accepted("SCardReleaseContext",
                          library_.call<decltype(SCardReleaseContext)>("SCardReleaseContext", context_));
    }

private:
    [[nodiscard]] std::vector<std::string> readers();
    [[nodiscard]] bool tell_state(const std::string& name);
    void tell_atr(const SCARD_READERSTATE& state);
    void connect(const std::string& name);
    void tell_vendor(SCARDHANDLE card);
    /// False, and told, when the length cannot be one of what there was room for.
    [[nodiscard]] bool fits(const char* call, DWORD claimed, std::size_t room);

    Breadcrumbs& out_;
    PcscLibrary& library_;
    SCARDCONTEXT context_ = 0;
};

bool PcscWalk::fits(const char* call, DWORD claimed, std::size_t room) {
    if (claimed <= room) return true;
    out_.broken(call, "claims " + std::to_string(claimed) + " octets where there was room for " + std::to_string(room));
    return false;
}

/// Names end with NUL, their list with an empty one.
std::vector<std::string> PcscWalk::readers() {
    constexpr const char* call = "SCardListReaders";
    Guarded list(list_octets, 0);
    Guarded length = memory_with(DWORD{list_octets});
    const auto code = library_.call<decltype(SCardListReaders)>(call, context_, nullptr, list, length);
    if (!library_.accepted(call, code)) return {};
    const auto claimed = value_in<DWORD>(length);
    if (!fits(call, claimed, list_octets)) return {};
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
    constexpr const char* call = "SCardGetStatusChange";
    Guarded text = Guarded::text(name);
    SCARD_READERSTATE asked{};
    asked.szReader = static_cast<const char*>(text.address());
    asked.dwCurrentState = SCARD_STATE_UNAWARE;
    Guarded state = memory_with(asked);
    out_.open(wire::kinds::reader);
    out_.set_text(fields::name, name);
    const auto code = library_.call<decltype(SCardGetStatusChange)>(call, context_, DWORD{0}, state, DWORD{1});
    const bool answered = library_.accepted(call, code);
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
    const auto code = library_.call<decltype(SCardConnect)>("SCardConnect", context_, text, SCARD_SHARE_SHARED,
                                                            SCARD_PROTOCOL_T0 | SCARD_PROTOCOL_T1, card, protocol);
    if (library_.accepted("SCardConnect", code)) {
        out_.set_truth(fields::connected, true);
        const auto handle = value_in<SCARDHANDLE>(card);
        tell_vendor(handle);
        library_.accepted("SCardDisconnect",
                          library_.call<decltype(SCardDisconnect)>("SCardDisconnect", handle, SCARD_LEAVE_CARD));
    }
    out_.close();
}

void PcscWalk::tell_vendor(SCARDHANDLE card) {
    constexpr const char* call = "SCardGetAttrib";
    Guarded text(attribute_octets, 0);
    Guarded length = memory_with(DWORD{attribute_octets});
    const auto code = library_.call<decltype(SCardGetAttrib)>(call, card, vendor_name, text, length);
    if (code != std::uint32_t{SCARD_S_SUCCESS}) return;  // optional: no driver has to have it
    const auto claimed = value_in<DWORD>(length);
    if (!fits(call, claimed, attribute_octets)) return;
    const std::string_view words = as_text(text.content().first(claimed));
    out_.set_text(fields::vendor, words.substr(0, words.find('\0')));
}

}  // namespace

void look_through_pcsc(Breadcrumbs& out, const std::string& path) {
    PcscLibrary library(out);
    if (library.load(path)) PcscWalk(out, library).look();
}

}  // namespace scca::host
