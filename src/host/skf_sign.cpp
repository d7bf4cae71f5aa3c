// SPDX-License-Identifier: Apache-2.0
//
// GM/T 0016 sections 7.3 and 7.6: VerifyPIN, a signature, ClearSecureState. The PIN goes out once, and only to the very
// token that was looked at, whose counter is read again just before.
#include "skf.hpp"

#include "skf_module.hpp"

#include <algorithm>

namespace scca::host {
namespace {

namespace wire = token::wire;
namespace kinds = wire::kinds;
namespace fields = wire::fields;

constexpr std::size_t rsa_signature_room = 1024;

class SkfSigning {
public:
    SkfSigning(Breadcrumbs& out, SkfModule& module, const SignOrder& order, Pin& pin)
        : out_(out), module_(module), order_(order), pin_(pin) {}

    void run() {
        bool found = false;
        for (const std::string& name : module_.names("SKF_EnumDev", wire::max_tokens, skf_present)) {
            if (found) break;
            void* const device = module_.open("SKF_ConnectDev", name);
            if (device == nullptr) continue;
            found = is_wanted(device, name);
            if (found) application(device);
            module_.close("SKF_DisConnectDev", device);
        }
        if (!found) out_.garbled("SKF_EnumDev", "the key that was looked at is no longer there");
    }

private:
    [[nodiscard]] bool is_wanted(void* device, const std::string& name) {
        const auto structure = module_.fill_structure("SKF_GetDevInfo", device);
        const DeviceInfo info = structure ? parse_device_info(*structure) : DeviceInfo{};
        return std::ranges::equal(as_bytes(device_reference(name, info)), order_.token);
    }

    void application(void* device) {
        const std::string name(as_text(order_.application));
        out_.open(kinds::token);
        out_.open(kinds::application);
        if (void* const application = module_.open("SKF_OpenApplication", name, device)) {
            if (has_tries(application) && log_in(application)) {
                for (const SignTask& task : order_.tasks) container(application, task);
                const auto code = module_.call("SKF_ClearSecureState", application);
                module_.accepted("SKF_ClearSecureState", code);
            }
            module_.close("SKF_CloseApplication", application);
        }
        out_.close();
        out_.close();
    }

    [[nodiscard]] std::optional<std::uint32_t> tries_left(void* application) {
        Guarded most = module_.cell();
        Guarded left = module_.cell();
        Guarded initial = module_.cell();
        const auto code = module_.call("SKF_GetPINInfo", application, skf_user, most, left, initial);
        if (!module_.accepted("SKF_GetPINInfo", code)) return std::nullopt;
        return left.number();
    }

    /// Somebody may have spent tries since the look.
    [[nodiscard]] bool has_tries(void* application) {
        const auto left = tries_left(application);
        if (left && *left > wire::few_tries) return true;
        if (left) out_.set_number(fields::pin_tries_left, *left);
        return false;
    }

    [[nodiscard]] bool log_in(void* application) {
        Guarded left = module_.cell();
        const auto code = module_.call("SKF_VerifyPIN", application, skf_user, pin_.address(), left);
        pin_.wipe();
        if (module_.accepted("SKF_VerifyPIN", code)) return true;
        // What VerifyPIN says of the tries differs between vendors; the counter does not.
        const auto counted = code ? tries_left(application) : std::nullopt;
        if (counted) out_.set_number(fields::pin_tries_left, *counted);
        return false;
    }

    void container(void* application, const SignTask& task) {
        out_.open(kinds::container);
        out_.set(fields::reference, task.container);
        const std::string name(as_text(task.container));
        if (void* const container = module_.open("SKF_OpenContainer", name, application)) {
            const auto signature = task.algorithm == wire::algorithm_words[1] ? sign_rsa(container, task.input)
                                                                              : sign_sm2(container, task.input);
            if (signature) out_.set(fields::signature, *signature);
            module_.close("SKF_CloseContainer", container);
        }
        out_.close();
    }

    [[nodiscard]] std::optional<Bytes> sign_rsa(void* container, ByteView info) {
        Guarded input = Guarded::copy(info);
        return module_.fill("SKF_RSASignData", rsa_signature_room, container, input.address(), Word{info.size()});
    }

    [[nodiscard]] std::optional<Bytes> sign_sm2(void* container, ByteView digest) {
        const char* const call = "SKF_ECCSignData";
        Guarded input = Guarded::copy(digest);
        Guarded blob(ecc_signature_octets, Guarded::first_fill);
        if (!module_.accepted(call, module_.call(call, container, input, Word{digest.size()}, blob))) {
            return std::nullopt;
        }
        if (blob.written() > 0) return parse_ecc_signature(blob.content());
        out_.garbled(call, "said success and wrote nothing");
        return std::nullopt;
    }

    Breadcrumbs& out_;
    SkfModule& module_;
    const SignOrder& order_;
    Pin& pin_;
};

}  // namespace

void sign_through_skf(Breadcrumbs& out, const std::string& path, const SignOrder& order, Pin& pin,
                      std::size_t cell_octets) {
    SkfModule module(out, cell_octets);
    if (module.load(path)) SkfSigning(out, module, order, pin).run();
}

}  // namespace scca::host
