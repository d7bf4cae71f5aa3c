// SPDX-License-Identifier: Apache-2.0
//
// Bytes of unknown origin as UTF-8: UTF-8 itself, GB 18030 (what Windows programs in China write) or UTF-16 with a
// byte order mark. Never fails: what cannot be read becomes U+FFFD.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace scca::explain {

class Decoded {
public:
    /// Keeps a view of `bytes` when they are UTF-8 already; they must outlive the object.
    explicit Decoded(std::string_view bytes);

    [[nodiscard]] std::string_view text() const noexcept { return converted_ ? std::string_view(storage_) : bytes_; }
    /// The offset in the bytes of a character that stands at `at` in text().
    [[nodiscard]] std::size_t original(std::size_t at) const;

private:
    void convert_gb18030();
    void convert_utf16(bool little_endian);
    void append(std::uint32_t character, std::size_t from);

    std::string_view bytes_;
    bool converted_ = false;
    std::string storage_;
    std::vector<std::uint32_t> at_, from_;  ///< of every 64th character: offset in storage_, in bytes_
    std::size_t characters_ = 0;
    bool gb18030_ = false;
};

}  // namespace scca::explain
