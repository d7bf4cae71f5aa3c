// SPDX-License-Identifier: Apache-2.0
//
// PKCS#11 v2.40 sections 5.6 and 5.11: a session that cannot write, C_Login, C_SignInit and C_Sign, C_Logout. The PIN
// goes out once, and only to the very token that was looked at; a second time where the key wants it for each signature
// and it has just been the right one.
#include "pkcs11.hpp"

#include "pkcs11_module.hpp"

#include <algorithm>
#include <array>

namespace scca::host {
namespace {

namespace wire = token::wire;
namespace kinds = wire::kinds;
namespace fields = wire::fields;

constexpr std::size_t max_mechanisms = 1024;
constexpr std::size_t signature_room = 1024;
constexpr WantedAttribute wanted_always_authenticate{attribute::always_authenticate, 1, 1};

/// A way to sign with a kind of key, the most widely known first.
struct Method {
    std::string_view algorithm;
    Ulong mechanism;
    bool takes_digest;  ///< else it makes one itself
};
constexpr std::array methods{Method{wire::algorithm_words[1], mechanism::rsa_pkcs, true},
                             Method{wire::algorithm_words[1], mechanism::sha256_rsa_pkcs, false},
                             Method{wire::algorithm_words[3], mechanism::ecdsa, true},
                             Method{wire::algorithm_words[3], mechanism::ecdsa_sha256, false}};

/// A private key, found once the user was logged in.
struct Key {
    const SignTask& task;
    std::vector<Ulong> handles;  ///< one, or it is unclear which
    bool wants_pin = false;      ///< CKA_ALWAYS_AUTHENTICATE: again for each signature
};

/// CK_MECHANISM without parameter.
struct Mechanism {
    Ulong mechanism;
    void* parameter;
    Ulong octets;
};

class Pkcs11Signing {
public:
    Pkcs11Signing(Breadcrumbs& out, Pkcs11Module& module, const SignOrder& order, Pin& pin)
        : out_(out), module_(module), order_(order), pin_(pin) {}

    void run() {
        if (!module_.accepted(functions::initialize, module_.call(functions::initialize, nullptr))) return;
        if (const auto slot = find_slot()) {
            out_.open(kinds::token);
            out_.open(kinds::application);
            session(*slot);
            out_.close();
            out_.close();
        } else {
            out_.garbled(functions::slot_list.name, "the key that was looked at is no longer there");
        }
        module_.accepted(functions::finalize, module_.call(functions::finalize, nullptr));
    }

private:
    /// The one slot whose token is the ordered one, and still has tries.
    [[nodiscard]] std::optional<Ulong> find_slot() {
        std::optional<Ulong> found;
        for (const Ulong slot : module_.slots()) {
            const auto info = module_.token_info(slot);
            if (!info || !info->initialized) continue;
            if (!std::ranges::equal(as_bytes(token_reference(*info)), order_.token)) continue;
            if (found) return std::nullopt;
            found = slot;
            few_ = info->pin_few || info->pin_locked;
            last_ = info->pin_last_try && !info->pin_locked;
        }
        return found;
    }

    void session(Ulong slot) {
        if (last_) out_.set_number(fields::pin_tries_left, 1);
        if (few_) return out_.set_truth(fields::pin_few, true);
        const std::vector<Ulong> known = mechanisms(slot);
        const auto can = [&](const SignTask& task) { return find_method(task, known) != nullptr; };
        if (!std::any_of(order_.tasks.begin(), order_.tasks.end(), can)) {
            return out_.garbled(functions::mechanism_list.name, "no mechanism that is known here signs with this key");
        }
        Guarded session = Pkcs11Module::cell();
        const auto code = module_.call(functions::open_session, slot, serial_session, nullptr, nullptr, session);
        if (!module_.accepted(functions::open_session, code)) return;
        session_ = Pkcs11Module::word(session);
        if (log_in(user::normal)) {
            const std::vector<Key> keys = find_keys();
            const bool wanted = std::any_of(keys.begin(), keys.end(), [](const Key& key) { return key.wants_pin; });
            if (!wanted) pin_.wipe();
            for (const Key& key : keys) container(key, find_method(key.task, known));
            pin_.wipe();
            module_.accepted(functions::logout, module_.call(functions::logout, session_));
        } else {
            pin_.wipe();
            tell_tries(slot);
        }
        module_.accepted(functions::close_session, module_.call(functions::close_session, session_));
    }

    [[nodiscard]] std::vector<Ulong> mechanisms(Ulong slot) {
        Guarded list(max_mechanisms * sizeof(Ulong), 0);
        Guarded count = Pkcs11Module::cell(max_mechanisms);
        if (!module_.accepted(functions::mechanism_list, module_.call(functions::mechanism_list, slot, list, count))) {
            return {};
        }
        std::vector<Ulong> known;
        const Ulong claimed = std::min<Ulong>(Pkcs11Module::word(count), max_mechanisms);
        for (std::size_t i = 0; i < claimed; ++i) known.push_back(Pkcs11Module::word(list, i));
        return known;
    }

    [[nodiscard]] static const Method* find_method(const SignTask& task, const std::vector<Ulong>& known) {
        const auto* const found = std::find_if(methods.begin(), methods.end(), [&](const Method& method) {
            return method.algorithm == task.algorithm &&
                   std::find(known.begin(), known.end(), method.mechanism) != known.end();
        });
        return found == methods.end() ? nullptr : found;
    }

    [[nodiscard]] bool log_in(Ulong as) {
        const auto code = module_.call(functions::login, session_, as, pin_.address(), Ulong{pin_.size()});
        return module_.accepted(functions::login, code);
    }

    /// After a PIN was refused: the flags are all that PKCS #11 has of a counter.
    void tell_tries(Ulong slot) {
        const auto info = module_.token_info(slot);
        if (info && info->pin_locked) {
            out_.set_number(fields::pin_tries_left, 0);
        } else if (info && info->pin_last_try) {
            out_.set_number(fields::pin_tries_left, 1);
        }
    }

    [[nodiscard]] std::vector<Key> find_keys() {
        std::vector<Key> keys;
        for (const SignTask& task : order_.tasks) {
            Key key{task, module_.find(session_, object_class::private_key, task.container)};
            if (key.handles.size() == 1) {
                const auto wants_pin = module_.attribute(session_, key.handles.front(), wanted_always_authenticate);
                key.wants_pin = wants_pin && !wants_pin->empty() && wants_pin->front() != 0;
            }
            keys.push_back(std::move(key));
        }
        return keys;
    }

    void container(const Key& key, const Method* method) {
        out_.open(kinds::container);
        out_.set(fields::reference, key.task.container);
        if (method == nullptr) {
            out_.garbled(functions::mechanism_list.name, "no mechanism that is known here signs with this key");
        } else if (const auto signature = sign(key, *method)) {
            out_.set(fields::signature, *signature);
        }
        out_.close();
    }

    [[nodiscard]] std::optional<Bytes> sign(const Key& key, const Method& method) {
        if (key.handles.size() != 1) {
            out_.garbled(functions::find.name,
                         key.handles.empty() ? "there is no private key" : "which private key is unclear");
            return std::nullopt;
        }
        const Mechanism made{method.mechanism, nullptr, 0};
        Guarded mechanism = Guarded::copy({reinterpret_cast<const std::uint8_t*>(&made), sizeof made});
        const auto begun = module_.call(functions::sign_init, session_, mechanism, key.handles.front());
        if (!module_.accepted(functions::sign_init, begun)) return std::nullopt;
        if (key.wants_pin && !log_in(user::context_specific)) return std::nullopt;
        return finish(method.takes_digest ? key.task.input : order_.message);
    }

    [[nodiscard]] std::optional<Bytes> finish(ByteView content) {
        Guarded input = Guarded::copy(content);
        Guarded signature(signature_room, Guarded::first_fill);
        Guarded count = Pkcs11Module::cell(signature_room);
        const auto code = module_.call(functions::sign, session_, input, Ulong{content.size()}, signature, count);
        if (!module_.accepted(functions::sign, code)) return std::nullopt;
        const Ulong claimed = Pkcs11Module::word(count);
        if (claimed > signature_room) {
            out_.broken(functions::sign.name, "claims " + std::to_string(claimed) +
                                                  " octets where there was room for " + std::to_string(signature_room));
            return std::nullopt;
        }
        if (signature.written() == 0) {
            out_.garbled(functions::sign.name, "said success and wrote nothing");
            return std::nullopt;
        }
        const ByteView given = signature.content().first(claimed);
        return Bytes(given.begin(), given.end());
    }

    Breadcrumbs& out_;
    Pkcs11Module& module_;
    const SignOrder& order_;
    Pin& pin_;
    Ulong session_ = 0;
    bool few_ = false, last_ = false;
};

}  // namespace

void sign_through_pkcs11(Breadcrumbs& out, const std::string& path, const SignOrder& order, Pin& pin) {
    Pkcs11Module module(out);
    if (module.load(path)) Pkcs11Signing(out, module, order, pin).run();
}

}  // namespace scca::host
