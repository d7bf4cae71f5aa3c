// SPDX-License-Identifier: Apache-2.0
//
// A reader driver for pcscd (IFD handler, version 3) whose reader and card are files, so that a test steers both while
// pcscd runs. $SCCA_IFD_DIR/<key>/ is the reader, <key> what stands behind the colon of DEVICENAME; of a reader that
// was plugged in, whose name begins with "usb:096e/0807:", the ids:
//   atr       the card's ATR in hexadecimal; no such file: no card
//   mute      is there: the card does not power up         dead   is there: the reader's poll fails
//   hang      is there: a command to the card never comes back
//   vendor    the reader's maker
//   apdu.txt  lines "COMMAND-PREFIX ANSWER" in hexadecimal, first match counts; long answers go out in pieces (61xx)
//   pin tries the card's PIN and how often it may still be wrong: VERIFY (ISO/IEC 7816-4) counts down
//   apdu.log  written: every command that reached the card, in hexadecimal
// Writes nothing else, and listens nowhere.
extern "C" {
#include <ifdhandler.h>
}
#include <reader.h>

#include <unistd.h>
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <map>
#include <mutex>
#include <sstream>
#include <string>
#include <vector>

namespace {

namespace fs = std::filesystem;
using Octets = std::vector<unsigned char>;

constexpr std::size_t piece = 256;

struct Reader {
    fs::path folder;
    Octets waiting;  ///< what GET RESPONSE will fetch

    [[nodiscard]] bool has(const char* name) const { return fs::exists(folder / name); }
    [[nodiscard]] std::string text(const char* name) const {
        std::ifstream file(folder / name);
        std::string word;
        file >> word;
        return word;
    }
    void hang_if_told() const {
        while (has("hang")) usleep(10'000);
    }
};

/// pcscd calls from a thread for each reader and one for each client.
class Readers {
public:
    static Readers& all() {
        static Readers one;
        return one;
    }
    bool add(DWORD lun, const std::string& key) {
        const char* const root = std::getenv("SCCA_IFD_DIR");
        const std::lock_guard lock(mutex_);
        Reader& made = readers_[lun];
        made.folder = fs::path(root == nullptr ? "/nonexistent" : root) / key;
        return fs::exists(made.folder);
    }
    void remove(DWORD lun) {
        const std::lock_guard lock(mutex_);
        readers_.erase(lun);
    }
    /// Stays where it is until it is removed.
    Reader& at(DWORD lun) {
        const std::lock_guard lock(mutex_);
        return readers_[lun];
    }

private:
    std::mutex mutex_;
    std::map<DWORD, Reader> readers_;
};

Octets octets_of(const std::string& hex) {
    Octets octets;
    for (std::size_t i = 0; i + 1 < hex.size(); i += 2) {
        octets.push_back(static_cast<unsigned char>(std::strtoul(hex.substr(i, 2).c_str(), nullptr, 16)));
    }
    return octets;
}

std::string hex_of(const unsigned char* octets, std::size_t count) {
    std::string hex;
    for (std::size_t i = 0; i < count; ++i) {
        char pair[3];
        std::snprintf(pair, sizeof pair, "%02X", static_cast<unsigned>(octets[i]));
        hex += pair;
    }
    return hex;
}

template <class Content>
RESPONSECODE give(const Content& content, PDWORD length, PUCHAR value) {
    if (content.empty()) return IFD_ERROR_TAG;
    if (*length < content.size()) return IFD_ERROR_INSUFFICIENT_BUFFER;
    std::memcpy(value, content.data(), content.size());
    *length = static_cast<DWORD>(content.size());
    return IFD_SUCCESS;
}

/// The answer with its status word, or its first piece.
Octets next_piece(Octets& waiting) {
    const std::size_t count = std::min(piece, waiting.size());
    Octets part(waiting.begin(), waiting.begin() + static_cast<std::ptrdiff_t>(count));
    waiting.erase(waiting.begin(), waiting.begin() + static_cast<std::ptrdiff_t>(count));
    if (waiting.empty()) {
        part.insert(part.end(), {0x90, 0x00});
    } else {
        part.insert(part.end(), {0x61, static_cast<unsigned char>(waiting.size() < piece ? waiting.size() : 0)});
    }
    return part;
}

/// VERIFY: with a PIN it is compared and counted, without one the card says how many tries are left.
Octets verify(const Reader& card, const std::string& command) {
    const int tries = std::atoi(card.text("tries").c_str());
    if (tries == 0) return {0x69, 0x83};
    const auto left = [](int count) { return Octets{0x63, static_cast<unsigned char>(0xC0 | count)}; };
    if (command.size() <= 10) return left(tries);
    const Octets given = octets_of(command.substr(10));
    std::string pin(given.begin(), given.end());
    pin.erase(pin.find_last_not_of('\xFF') + 1);
    if (pin == card.text("pin")) return {0x90, 0x00};
    std::ofstream(card.folder / "tries") << tries - 1;
    return tries == 1 ? Octets{0x69, 0x83} : left(tries - 1);
}

Octets answer(Reader& card, const std::string& command) {
    const std::string instruction = command.substr(2, 2);
    if (instruction == "C0") return next_piece(card.waiting);
    if (instruction == "20" && card.has("tries")) return verify(card, command);
    std::ifstream table(card.folder / "apdu.txt");
    std::string prefix, hex;
    while (table >> prefix >> hex) {
        if (!command.starts_with(prefix)) continue;
        Octets found = octets_of(hex);
        if (found.size() <= piece + 2) return found;
        card.waiting.assign(found.begin(), found.end() - 2);
        return next_piece(card.waiting);
    }
    return {0x6A, 0x82};
}

}  // namespace

extern "C" {

RESPONSECODE IFDHCreateChannelByName(DWORD lun, LPSTR name) {
    std::string key = name;
    key.erase(0, key.find(':') + 1);
    return Readers::all().add(lun, key.substr(0, key.find(':'))) ? IFD_SUCCESS : IFD_NO_SUCH_DEVICE;
}

RESPONSECODE IFDHCreateChannel(DWORD, DWORD) { return IFD_NOT_SUPPORTED; }

RESPONSECODE IFDHCloseChannel(DWORD lun) {
    Readers::all().remove(lun);
    return IFD_SUCCESS;
}

RESPONSECODE IFDHICCPresence(DWORD lun) {
    const Reader& reader = Readers::all().at(lun);
    if (reader.has("dead")) return IFD_COMMUNICATION_ERROR;
    return reader.has("atr") ? IFD_ICC_PRESENT : IFD_ICC_NOT_PRESENT;
}

RESPONSECODE IFDHGetCapabilities(DWORD lun, DWORD tag, PDWORD length, PUCHAR value) {
    const Reader& reader = Readers::all().at(lun);
    switch (tag) {
        case TAG_IFD_ATR:
        case SCARD_ATTR_ATR_STRING: return give(octets_of(reader.text("atr")), length, value);
        case SCARD_ATTR_VENDOR_NAME: return give(reader.text("vendor"), length, value);
        case TAG_IFD_SLOTS_NUMBER:
        case TAG_IFD_THREAD_SAFE:
        case TAG_IFD_SLOT_THREAD_SAFE: return give(Octets{1}, length, value);
        case TAG_IFD_SIMULTANEOUS_ACCESS: return give(Octets{16}, length, value);
        default: return IFD_ERROR_TAG;
    }
}

RESPONSECODE IFDHSetCapabilities(DWORD, DWORD, DWORD, PUCHAR) { return IFD_NOT_SUPPORTED; }

RESPONSECODE IFDHSetProtocolParameters(DWORD, DWORD, UCHAR, UCHAR, UCHAR, UCHAR) { return IFD_SUCCESS; }

RESPONSECODE IFDHPowerICC(DWORD lun, DWORD action, PUCHAR atr, PDWORD length) {
    const Reader& reader = Readers::all().at(lun);
    *length = MAX_ATR_SIZE;
    if (action == IFD_POWER_DOWN) {
        *length = 0;
        return IFD_SUCCESS;
    }
    if (reader.has("mute")) {
        *length = 0;
        return IFD_ERROR_POWER_ACTION;
    }
    return IFDHGetCapabilities(lun, TAG_IFD_ATR, length, atr);
}

RESPONSECODE IFDHTransmitToICC(DWORD lun, SCARD_IO_HEADER, PUCHAR command, DWORD count, PUCHAR response, PDWORD length,
                               PSCARD_IO_HEADER) {
    Reader& card = Readers::all().at(lun);
    card.hang_if_told();
    if (!card.has("atr")) return IFD_COMMUNICATION_ERROR;
    const std::string hex = hex_of(command, count);
    std::ofstream(card.folder / "apdu.log", std::ios::app) << hex << '\n';
    const Octets octets = answer(card, hex);
    if (*length < octets.size()) return IFD_COMMUNICATION_ERROR;
    std::memcpy(response, octets.data(), octets.size());
    *length = static_cast<DWORD>(octets.size());
    return IFD_SUCCESS;
}

RESPONSECODE IFDHControl(DWORD, DWORD, PUCHAR, DWORD, PUCHAR, DWORD, LPDWORD returned) {
    *returned = 0;
    return IFD_ERROR_NOT_SUPPORTED;
}

}  // extern "C"
