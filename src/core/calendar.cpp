// SPDX-License-Identifier: Apache-2.0
#include "scca/core/calendar.hpp"

#include <array>
#include <cstddef>

namespace scca {
namespace {

using namespace std::chrono;

constexpr seconds beijing_offset = hours{8};

/// Reads fixed-width fields from the front of a text; any failure sticks.
class FieldReader {
public:
    explicit FieldReader(std::string_view text) : rest_(text) {}

    unsigned digits(std::size_t count) {
        unsigned value = 0;
        for (std::size_t i = 0; i < count; ++i) {
            if (i >= rest_.size() || rest_[i] < '0' || rest_[i] > '9') {
                ok_ = false;
                return 0;
            }
            value = value * 10 + static_cast<unsigned>(rest_[i] - '0');
        }
        rest_.remove_prefix(count);
        return value;
    }
    bool accept(std::string_view any_of) {
        if (rest_.empty() || any_of.find(rest_.front()) == std::string_view::npos) return false;
        rest_.remove_prefix(1);
        return true;
    }
    void expect(std::string_view any_of) { ok_ = accept(any_of) && ok_; }
    void skip_digits() {
        while (!rest_.empty() && rest_.front() >= '0' && rest_.front() <= '9') rest_.remove_prefix(1);
    }
    [[nodiscard]] bool at_end() const { return rest_.empty(); }
    [[nodiscard]] char next() const { return rest_.empty() ? '\0' : rest_.front(); }
    [[nodiscard]] bool ok() const { return ok_; }

private:
    std::string_view rest_;
    bool ok_ = true;
};

/// RFC 3339 section 5.6: time-offset = "Z" / time-numoffset. Without one the time is Beijing's.
std::optional<seconds> read_offset(FieldReader& reader) {
    if (reader.at_end()) return beijing_offset;
    if (reader.accept("Zz")) return seconds{0};
    const bool west = reader.next() == '-';
    reader.expect("+-");
    const unsigned hour = reader.digits(2);
    reader.expect(":");
    const unsigned minute = reader.digits(2);
    if (!reader.ok() || hour > 23 || minute > 59) return std::nullopt;
    const seconds offset = hours{hour} + minutes{minute};
    return west ? -offset : offset;
}

/// A moment as it is written, at most "-32768-07-01T09:30:00Z".
class Written {
public:
    void put(char c) noexcept { text_[size_++] = c; }
    void two(unsigned value) noexcept {
        put(static_cast<char>('0' + value / 10 % 10));
        put(static_cast<char>('0' + value % 10));
    }
    /// "2026-07-01"; a year has four digits at least, and the end of 9999 in UTC is the year 10000 in Beijing.
    void date(sys_days day) noexcept {
        const year_month_day date{day};
        const int year = static_cast<int>(date.year());
        const auto digits = static_cast<unsigned>(year < 0 ? -year : year);
        if (year < 0) put('-');
        if (digits > 9999) put(static_cast<char>('0' + digits / 10'000));
        two(digits / 100);
        two(digits);
        put('-');
        two(static_cast<unsigned>(date.month()));
        put('-');
        two(static_cast<unsigned>(date.day()));
    }
    [[nodiscard]] std::string text() const { return {text_.data(), size_}; }

private:
    std::array<char, 24> text_;
    std::size_t size_ = 0;
};

/// "2026-07-01", `between`, "09:30:00".
Written civil(Moment moment, char between) noexcept {
    const auto day = floor<days>(moment);
    const hh_mm_ss time{moment - day};
    Written written;
    written.date(day);
    written.put(between);
    written.two(static_cast<unsigned>(time.hours().count()));
    written.put(':');
    written.two(static_cast<unsigned>(time.minutes().count()));
    written.put(':');
    written.two(static_cast<unsigned>(time.seconds().count()));
    return written;
}

}  // namespace

std::optional<Moment> moment_of(int year, unsigned month, unsigned day, unsigned hour, unsigned minute,
                                unsigned second) {
    const year_month_day date{std::chrono::year{year}, std::chrono::month{month}, std::chrono::day{day}};
    if (!date.ok() || hour > 23 || minute > 59 || second > 60) return std::nullopt;
    return sys_days{date} + hours{hour} + minutes{minute} + seconds{second};
}

std::optional<Moment> parse_moment(std::string_view text) {
    FieldReader reader(text);
    const unsigned year = reader.digits(4);
    reader.expect("-");
    const unsigned month = reader.digits(2);
    reader.expect("-");
    const unsigned day = reader.digits(2);
    if (!reader.ok()) return std::nullopt;
    if (reader.at_end()) {
        const auto end = moment_of(static_cast<int>(year), month, day, 23, 59, 59);
        return end ? std::optional<Moment>(*end - beijing_offset) : std::nullopt;
    }
    reader.expect("Tt ");
    const unsigned hour = reader.digits(2);
    reader.expect(":");
    const unsigned minute = reader.digits(2);
    unsigned second = 0;
    if (reader.accept(":")) {
        second = reader.digits(2);
        if (reader.accept(".")) reader.skip_digits();
    }
    const auto offset = read_offset(reader);
    const auto local = moment_of(static_cast<int>(year), month, day, hour, minute, second);
    if (!reader.ok() || !offset || !local || !reader.at_end()) return std::nullopt;
    return *local - *offset;
}

std::string utc_text(Moment moment) {
    Written written = civil(moment, 'T');
    written.put('Z');
    return written.text();
}

std::string beijing_text(Moment moment) { return civil(moment + beijing_offset, ' ').text(); }

std::string beijing_date(Moment moment) {
    Written written;
    written.date(floor<days>(moment + beijing_offset));
    return written.text();
}

std::string beijing_hour(Moment moment) { return beijing_text(moment).substr(beijing_date(moment).size() + 1, 5); }

bool is_endless(Moment end) { return end >= sys_days{year{9999} / December / 31}; }

std::int64_t beijing_days(Moment from, Moment to) {
    return (floor<days>(to + beijing_offset) - floor<days>(from + beijing_offset)).count();
}

}  // namespace scca
