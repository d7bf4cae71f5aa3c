// SPDX-License-Identifier: Apache-2.0
//
// How the page looks: dark text on white, on a screen and on A4 paper. Nothing is fetched; fonts are the reader's own.
#pragma once

#include <string_view>

namespace scca::report {

inline constexpr std::string_view page_css = R"css(
:root { color-scheme: light; --ink: #1d2327; --soft: #5b6670; --line: #d9dee2; --good: #1b7f4b; --care: #b26a00; --bad: #b3261e; }
* { box-sizing: border-box; }
html { background: #fff; }
body { margin: 0 auto; max-width: 46rem; padding: 2.2rem 1.4rem 3rem; color: var(--ink); background: #fff;
  font: 16px/1.7 "Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "PingFang SC", "Microsoft YaHei", "WenQuanYi Micro Hei", system-ui, sans-serif;
  overflow-wrap: anywhere; }
header p { margin: 0; color: var(--soft); font-size: .88rem; }
h1 { margin: .1rem 0 .2rem; font-size: 1.25rem; font-weight: 600; }
h2 { margin: 2.2rem 0 .7rem; font-size: 1.05rem; font-weight: 600; border-bottom: 1px solid var(--line); padding-bottom: .25rem; }
h3 { margin: 0 0 .3rem; font-size: 1.1rem; font-weight: 600; }
h4 { margin: .9rem 0 .2rem; font-size: .95rem; font-weight: 600; color: var(--soft); }
p { margin: .3rem 0; }
.verdict { margin: 1.2rem 0 1.4rem; padding: .8rem 1.1rem; border: 1px solid var(--line); border-left: .4rem solid var(--soft);
  border-radius: .3rem; font-size: 1.2rem; font-weight: 600; line-height: 1.5; }
.sign { display: inline-block; min-width: 1.3em; font-weight: 700; }
.verdict.good { border-left-color: var(--good); } .good .sign { color: var(--good); }
.verdict.care { border-left-color: var(--care); } .care .sign { color: var(--care); }
.verdict.bad { border-left-color: var(--bad); } .bad .sign { color: var(--bad); }
.problem { margin: 0 0 1.6rem; padding: 0 0 0 1.1rem; border-left: 2px solid var(--line); }
.where { margin: .1rem 0; color: var(--soft); }
.bid { margin: .8rem 0; padding: .6rem .9rem; border: 1px solid var(--care); border-radius: .3rem; font-weight: 600; }
ol { margin: .2rem 0; padding-left: 1.7rem; } li { margin: .3rem 0; }
code { display: inline-block; margin-top: .15rem; padding: .05rem .5rem; border: 1px solid var(--line); border-radius: .25rem;
  font: .88rem/1.6 "DejaVu Sans Mono", Consolas, monospace; white-space: pre-wrap; }
.call { margin: .25rem 0; display: flex; flex-wrap: wrap; align-items: baseline; gap: 0 1rem; } .call b { font-weight: 600; } .call span { white-space: nowrap; }
.call .phone { font-weight: 600; font-size: 1.08rem; }
table { width: 100%; border-collapse: collapse; font-size: .92rem; line-height: 1.5; }
td, th { padding: .3rem .6rem .3rem 0; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; font-weight: 400; }
th { white-space: nowrap; } .facts th { color: var(--soft); width: 8rem; } .below th { padding-left: 1.2rem; }
.ladder th { width: 5.8rem; } .ladder td:nth-child(2) { width: 40%; } .ladder td:last-child { color: var(--soft); }
.evidence { display: block; font-size: .82rem; }
.timeline { display: block; width: 100%; height: auto; font-family: inherit; }
.timeline text { paint-order: stroke; stroke: #fff; stroke-width: 3px; }
.timeline .name { font-size: 13px; fill: var(--ink); } .timeline .when { font-size: 12px; fill: var(--soft); text-anchor: end; }
.timeline .track { fill: #eef1f3; } .timeline .good { fill: var(--good); } .timeline .care { fill: #e0a030; } .timeline .bad { fill: var(--bad); }
.timeline .year { stroke: var(--line); } .timeline .tick { font-size: 11px; fill: var(--soft); text-anchor: middle; }
.timeline .now { stroke: var(--ink); stroke-width: 1.5; } .timeline .nowtext { font-size: 11px; font-weight: 600; fill: var(--ink); }
.seals { display: flex; flex-wrap: wrap; gap: 1.5rem; } figure { margin: 0; } figcaption { font-size: .88rem; color: var(--soft); }
.seals img { display: block; width: 42mm; height: 42mm; object-fit: contain; border: 1px solid var(--line); padding: 1mm; background: #fff; }
footer { margin-top: 2.4rem; padding-top: .6rem; border-top: 1px solid var(--line); color: var(--soft); font-size: .82rem; line-height: 1.6; }
@page { size: A4; margin: 16mm 15mm; }
@media print {
  body { max-width: none; padding: 0; font-size: 10.5pt; line-height: 1.55; }
  .timeline rect, .sign { -webkit-print-color-adjust: exact; print-color-adjust: exact; }
  h2, h3, h4, .where { break-after: avoid; } td, th { padding: .16rem .6rem .16rem 0; } .verdict, .bid, li, tr, figure, .timeline, .call { break-inside: avoid; }
}
@media (max-width: 30rem) { body { padding: 1.2rem .9rem; } .ladder td:nth-child(2) { width: auto; } }
)css";

}  // namespace scca::report
