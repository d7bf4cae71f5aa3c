// SPDX-License-Identifier: Apache-2.0
//
// How long one explanation takes in process, over the full table: short pastes and questions, and a megabyte of log.
// Prints the median of several runs.
#include "scca/explain/explain.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

namespace {

double microseconds(std::string_view text, int times) {
    std::vector<double> runs;
    for (int run = 0; run < 7; ++run) {
        const auto start = std::chrono::steady_clock::now();
        for (int i = 0; i < times; ++i) {
            if (scca::explain::explain(text).matches.size() > 1000) return 0;
        }
        runs.push_back(std::chrono::duration<double, std::micro>(std::chrono::steady_clock::now() - start).count() /
                       times);
    }
    std::sort(runs.begin(), runs.end());
    return runs[runs.size() / 2];
}

}  // namespace

int main() {
    constexpr std::array<std::string_view, 9> texts{
        "签章软件未识别到USB-KEY",
        "钥匙盘已过期，不能获取签章信息",
        "0x0A000025",
        "签名失败请重试!",
        "怎么改密码",
        "钥匙的口令想不起来了",
        "今天天气怎么样",
        "error 20 at 0 depth lookup: unable to get local issuer certificate",
        "提示 × 签章软件未识别到USB-KEY,在确认USB-KEY驱动运行正常的情况下,插入USB-KEY或更换到计算机其他USB插口。 确定",
    };
    double sum = 0;
    for (const std::string_view text : texts) {
        const double time = microseconds(text, 2000);
        sum += time;
        std::printf("%7.1f us  %.*s\n", time, static_cast<int>(text.size()), text.data());
    }
    std::printf("%7.1f us  on average\n", sum / static_cast<double>(texts.size()));
    std::string log;
    while (log.size() < (1U << 20U))
        log += "2026-11-05 08:58:10 INFO certkit: 正在检查环境 step=3 connection ok 请稍候\n";
    log += "错误：钥匙盘已过期，不能获取签章信息\n";
    std::printf("%7.1f ms  a megabyte of log\n", microseconds(log, 1) / 1000);
}
