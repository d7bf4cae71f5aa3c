// SPDX-License-Identifier: Apache-2.0
#include "timeline.hpp"

#include "detail.hpp"
#include "letter.hpp"
#include "markup.hpp"
#include "spans.hpp"

#include "scca/core/text.hpp"
#include "scca/faq/words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

namespace scca::report {
namespace {

namespace words = faq::words::report;
using namespace std::chrono;

constexpr double width = 680, row_height = 46, top = 12, bar_height = 12;
constexpr std::size_t most_rows = 24;
constexpr auto reach = days{366 * 8};  // a CA that lives for 9999 must not squeeze all others to a dot

/// Where moments lie on the drawing.
class Axis {
public:
    Axis(const std::vector<Span>& spans, Moment at) : first_(at), last_(at) {
        for (const Span& span : spans) {
            if (span.from) first_ = std::min(first_, std::max(*span.from, at - reach));
            if (span.to) last_ = std::max(last_, std::min(*span.to, at + reach));
        }
        const auto margin = std::max<seconds>((last_ - first_) / 20, days{20});
        first_ -= margin;
        last_ += margin;
    }
    [[nodiscard]] double x(Moment moment) const {
        const Moment inside = std::clamp(moment, first_, last_);
        return width * static_cast<double>((inside - first_).count()) / static_cast<double>((last_ - first_).count());
    }
    [[nodiscard]] Moment first() const { return first_; }
    [[nodiscard]] Moment last() const { return last_; }

private:
    Moment first_, last_;
};

std::string_view class_of(const Span& span, Moment at) noexcept {
    if (span.to && at > *span.to) return "bad";
    if (span.from && at < *span.from) return "bad";
    return span.outcome == Outcome::warned ? "care" : "good";
}

/// The distance in words: colour is never the only sign.
std::string distance_text(const Span& span, Moment at, faq::Lang lang) {
    const auto say = [&](Moment moment, faq::Text that_day, faq::Text other_day) {
        const std::int64_t days = std::abs(beijing_days(at, moment));
        const Fields fields{{"days", days}, {"hour", beijing_hour(moment)}};
        return fill((days == 0 ? that_day : other_day).in(lang), fields, lang);
    };
    if (span.from && at < *span.from) return say(*span.from, words::page_begins_today, words::page_not_yet);
    if (!span.to || is_endless(*span.to)) return {};
    if (at > *span.to) return say(*span.to, words::page_ended_today, words::page_days_past);
    return say(*span.to, words::page_ends_today, words::page_days_left);
}

std::string shortened(const std::string& text, std::size_t columns) {
    if (display_width(text) <= columns) return text;
    return wrap(text, columns - 2).front() + "…";
}

std::string bar_of(const Span& span, const Axis& axis, double y, Moment at) {
    const double left = axis.x(span.from.value_or(axis.first()));
    const double right = axis.x(span.to.value_or(axis.last()));
    return fmt::format(
        "<rect class=\"track\" x=\"0\" y=\"{0:.1f}\" width=\"{1:.0f}\" height=\"{2:.0f}\" rx=\"3\"/>\n"
        "<rect class=\"{3}\" x=\"{4:.1f}\" y=\"{0:.1f}\" width=\"{5:.1f}\" height=\"{2:.0f}\" rx=\"3\"/>\n",
        y + 21, width, bar_height, class_of(span, at), left, std::max(right - left, 3.0));
}

std::string label_of(const Span& span, double y, Moment at, faq::Lang lang) {
    const auto day = [lang](const std::optional<Moment>& moment) {
        return moment ? end_text(*moment, lang) : std::string("…");
    };
    std::string distance = distance_text(span, at, lang);
    if (!distance.empty()) distance.insert(0, " · ");
    return fmt::format(
        "<text class=\"name\" x=\"0\" y=\"{0:.1f}\">{1}</text>\n<text class=\"when\" x=\"{2:.0f}\" "
        "y=\"{0:.1f}\">{3}</text>\n",
        y + 13, html_text(shortened(harmless(subject_title(*span.subject, lang)), 58)), width,
        html_text(day(span.from) + " – " + day(span.to) + distance));
}

/// New Year's days in Beijing, thinned out when there are many.
std::string years_of(const Axis& axis, double bottom) {
    const auto year_of = [](Moment moment) {
        return static_cast<int>(year_month_day{floor<days>(moment + hours{8})}.year());
    };
    const int first = year_of(axis.first()) + 1;
    const int last = year_of(axis.last());
    const int step = 1 + (last - first) / 8;
    constexpr double edge = 16;
    std::string svg;
    for (int year = first; year <= last; ++year) {
        if (year % step != 0) continue;
        const auto start = moment_of(year, 1, 1, 0, 0, 0);
        if (!start) continue;
        const double x = axis.x(*start - hours{8});
        if (x < edge || x > width - edge) continue;  // its figures would be cut
        svg += fmt::format("<line class=\"year\" x1=\"{0:.1f}\" y1=\"{1:.0f}\" x2=\"{0:.1f}\" y2=\"{2:.1f}\"/>\n", x,
                           top, bottom);
        svg += fmt::format("<text class=\"tick\" x=\"{:.1f}\" y=\"{:.1f}\">{}</text>\n", x, bottom + 14, year);
    }
    return svg;
}

/// The line through all bars; its words keep inside the drawing.
std::string mark_of_moment(const Axis& axis, Moment at, double bottom, faq::Lang lang) {
    const double x = axis.x(at);
    const bool right_half = x > width / 2;
    return fmt::format(
        "<line class=\"now\" x1=\"{0:.1f}\" y1=\"{1:.0f}\" x2=\"{0:.1f}\" y2=\"{2:.1f}\"/>\n"
        "<text class=\"nowtext\" text-anchor=\"{3}\" x=\"{0:.1f}\" y=\"{4:.1f}\">{5}</text>\n",
        x, top, bottom + 20, right_half ? "end" : "start", bottom + 32,
        html_text(beijing_date(at) + " " + std::string(words::page_today.in(lang))));
}

}  // namespace

std::string timeline_svg(const Report& report, faq::Lang lang) {
    std::vector<Span> spans = spans_of(report);
    if (spans.empty()) return {};
    if (spans.size() > most_rows) spans.resize(most_rows);
    const Axis axis(spans, report.at);
    const double bottom = top + row_height * static_cast<double>(spans.size());
    std::string svg =
        fmt::format("<svg class=\"timeline\" viewBox=\"-4 0 {:.0f} {:.0f}\" role=\"img\" aria-label=\"{}\">\n",
                    width + 8, bottom + 38, html_text(words::page_validity.in(lang)));
    svg += years_of(axis, bottom);
    std::string bars;
    std::string labels;
    double y = top;
    for (const Span& span : spans) {
        bars += bar_of(span, axis, y, report.at);
        labels += label_of(span, y, report.at, lang);
        y += row_height;
    }
    // The line lies over the bars and under the words.
    return svg + bars + mark_of_moment(axis, report.at, bottom, lang) + labels + "</svg>\n";
}

}  // namespace scca::report
