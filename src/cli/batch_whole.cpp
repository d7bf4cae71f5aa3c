// SPDX-License-Identifier: Apache-2.0
#include "batch_whole.hpp"

#include "scca/token/stream.hpp"
#include "scca/token/surroundings.hpp"

#include <vector>

namespace scca::cli {
namespace {

constexpr std::size_t read_at_once = 1U << 18U;

}  // namespace

void BatchWhole::take(Share next) {
    share_.digest.add(std::move(next.digest));
    for (std::size_t i = 0; i < next.samples.size() && !fault_; ++i) {
        if (!next.samples[i].empty()) fault_ = keep(i, next.samples[i]);
    }
}

std::optional<Fault> BatchWhole::keep(std::size_t series, const std::string& samples) {
    std::optional<token::Spool>& spool = spools_[series];
    if (!spool) {
        auto made = token::Spool::make();
        if (!made) return made.error();
        spool.emplace(std::move(*made));
    }
    return spool->append(samples);
}

std::optional<Fault> BatchWhole::put_metrics(const report::Report& report, report::FailOn fail_on,
                                             const Put& put) const {
    if (fault_) return fault_;
    std::vector<std::optional<token::FileStream>> streams(spools_.size());
    for (std::size_t i = 0; i < spools_.size(); ++i) {
        if (!spools_[i]) continue;
        auto stream = token::FileStream::open(spools_[i]->path());
        if (!stream) return stream.error();
        streams[i].emplace(std::move(*stream));
    }
    put(report::render_prometheus_start(report, fail_on, token::now()));
    std::string block(read_at_once, '\0');
    for (std::size_t i = 0; i < streams.size(); ++i) {
        put(report::render_prometheus_head(i));
        while (streams[i]) {
            const auto count = streams[i]->read(block);
            if (!count) return count.error();
            if (*count == 0) break;
            put(std::string_view(block).substr(0, *count));
        }
    }
    return std::nullopt;
}

}  // namespace scca::cli
