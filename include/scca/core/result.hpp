// SPDX-License-Identifier: Apache-2.0
//
// Result<T> is a value or the reason why there is none, with std::expected's member names (C++20 lacks it).
// Asking for the wrong one is a bug of ours and throws std::bad_variant_access.
#pragma once

#include "scca/core/fault.hpp"

#include <utility>
#include <variant>

namespace scca {

template <class T, class E = Fault>
class [[nodiscard]] Result {
public:
    Result(T value) : content_(std::in_place_index<0>, std::move(value)) {}  // NOLINT(google-explicit-constructor)
    Result(E error) : content_(std::in_place_index<1>, std::move(error)) {}  // NOLINT(google-explicit-constructor)

    /// An empty value, to be filled where it stands.
    explicit Result(std::in_place_t) : content_(std::in_place_index<0>) {}

    [[nodiscard]] bool has_value() const noexcept { return content_.index() == 0; }
    [[nodiscard]] explicit operator bool() const noexcept { return has_value(); }
    [[nodiscard]] const T& value() const& { return std::get<0>(content_); }
    [[nodiscard]] T& value() & { return std::get<0>(content_); }
    [[nodiscard]] T&& value() && { return std::get<0>(std::move(content_)); }
    [[nodiscard]] const E& error() const { return std::get<1>(content_); }
    [[nodiscard]] const T& operator*() const { return value(); }
    [[nodiscard]] T& operator*() { return value(); }
    [[nodiscard]] const T* operator->() const { return &value(); }
    [[nodiscard]] T* operator->() { return &value(); }

private:
    std::variant<T, E> content_;
};

}  // namespace scca
