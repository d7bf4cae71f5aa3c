// SPDX-License-Identifier: Apache-2.0
//
// Reads what a module host says (wire.hpp) into a ModuleSeen, piece by piece as it arrives. The child shares its
// address space with a vendor's module, so nothing that it says is believed: lengths, order, nesting and counts are
// checked, and the first thing that cannot be right ends the reading. What was read before stays.
#pragma once

#include "scca/core/bytes.hpp"
#include "scca/token/snapshot.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace scca::token {

class WireReader {
public:
    /// Fills `seen`, which must outlive the reader.
    explicit WireReader(ModuleSeen& seen) : seen_(seen) {}

    /// Takes the next octets, cut anywhere. Does nothing once done() or garbled().
    void feed(std::string_view octets);

    /// `done` was said: nothing more will be read.
    [[nodiscard]] bool done() const noexcept { return done_; }
    /// Something was said that is not of this language; the fault stands in `seen`.
    [[nodiscard]] bool garbled() const noexcept { return garbled_; }
    /// The call begun last; "scca-module-host" before the first.
    [[nodiscard]] const std::string& last_call() const noexcept { return last_call_; }

    /// Notes what ended the look before `done`: a fault of loading or of answering, by the call begun last, whose
    /// name it gets. A call about a reader that never comes back is that reader's fault.
    void conclude(Fault fault);

private:
    enum class Kind : std::uint8_t { module, token, application, container, file, certificate, public_key, reader };
    struct FieldRow;
    using Words = std::span<const std::string_view>;

    void end_line();
    [[nodiscard]] bool take(std::string_view line);
    [[nodiscard]] bool take_begin(Words words);
    [[nodiscard]] bool take_end(Words words);
    [[nodiscard]] bool take_open(Words words);
    [[nodiscard]] bool take_field(Words words, bool append);
    [[nodiscard]] bool take_close();
    [[nodiscard]] bool take_fault(Words words);
    [[nodiscard]] bool take_broken(Words words);
    [[nodiscard]] bool take_unloadable(Words words);
    [[nodiscard]] bool take_done();
    [[nodiscard]] bool open_inside(Kind kind);
    void place(Fault fault);
    void garble(std::string what);

    [[nodiscard]] Kind innermost() const noexcept { return open_.empty() ? Kind::module : open_.back().kind; }
    [[nodiscard]] TokenSeen& token() { return seen_.tokens.back(); }
    [[nodiscard]] ApplicationSeen& application() { return token().applications.back(); }
    [[nodiscard]] ContainerSeen& container() { return application().containers.back(); }
    [[nodiscard]] ReaderSeen& reader() { return seen_.readers.back(); }
    [[nodiscard]] FileSeen& file() { return application().files.back(); }

    static std::span<const FieldRow> field_table();

    /// What is open now, outermost first, and which rows of the field table were set in it.
    struct Open {
        Kind kind;
        std::uint64_t fields_set = 0;
    };

    ModuleSeen& seen_;
    std::string line_;
    std::size_t total_ = 0;
    std::string last_call_ = "scca-module-host";
    bool call_open_ = false;
    bool done_ = false;
    bool garbled_ = false;
    std::uint64_t module_fields_set_ = 0;
    std::vector<Open> open_;
};

}  // namespace scca::token
