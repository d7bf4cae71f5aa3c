#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Reads every format back with somebody else's reader: Python's csv and json, jsonschema, promtool, the grammar of the
Monitoring Plugins guidelines, html.parser and Chromium.

usage: foreign_readers.py FOLDER SCHEMA [test…]   (FOLDER as written by render_samples)"""
import csv
import html.parser
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import unicodedata
import unittest

import jsonschema

FOLDER = pathlib.Path(sys.argv.pop(1))
SCHEMA = json.loads(pathlib.Path(sys.argv.pop(1)).read_text(encoding="utf-8"))
HOSTILE = "<script>alert(1)</script>"


def files(ending):
    found = sorted(path for path in FOLDER.iterdir() if path.name.endswith(ending))
    assert found, ending
    return found


def text_of(path):
    return path.read_bytes().decode("utf-8")  # bytes, so that line ends stay


class EveryFormat(unittest.TestCase):
    def test_no_control_or_bidi_character_stands_raw(self):
        for path in FOLDER.iterdir():
            allowed = "\r\n" if path.suffix == ".csv" else "\n"
            text = text_of(path).removeprefix("\ufeff")
            raw = {hex(ord(c)) for c in text if unicodedata.category(c) in ("Cc", "Cf", "Zl", "Zp") and c not in allowed}
            self.assertFalse(raw, path.name)


class Json(unittest.TestCase):
    def validator(self, reference=None):
        schema = SCHEMA if reference is None else {"$schema": SCHEMA["$schema"], "$defs": SCHEMA["$defs"], "$ref": reference}
        return jsonschema.Draft202012Validator(schema)

    def kind_of(self, document):
        names = {"subjects": "report", "matches": "explanation", "entries": "list", "checks": "checks", "error": "error"}
        return next(kind for key, kind in names.items() if key in document)

    def test_the_schema_is_one(self):
        jsonschema.Draft202012Validator.check_schema(SCHEMA)

    def test_every_document_follows_the_schema(self):
        for path in files(".json"):
            with self.subTest(path.name):
                document = json.loads(text_of(path))
                self.validator("#/$defs/" + self.kind_of(document)).validate(document)
                self.validator().validate(document)

    def test_every_line_follows_the_schema_and_is_the_reports_subject(self):
        for path in files(".ndjson"):
            with self.subTest(path.name):
                lines = [json.loads(line) for line in text_of(path).splitlines()]
                for line in lines:
                    self.validator("#/$defs/line").validate(line)
                report = json.loads(text_of(path.with_suffix(".json")))
                own = ("schema_version", "command", "at", "verdict", "root_causes")
                self.assertEqual([{k: v for k, v in line.items() if k not in own} for line in lines], report["subjects"])

    def test_the_schema_lists_what_the_program_lists(self):
        self.assertEqual([e["id"] for e in json.loads(text_of(FOLDER / "list.json"))["entries"]], SCHEMA["$defs"]["faq"]["enum"])
        self.assertEqual([c["rung"] for c in json.loads(text_of(FOLDER / "checks.json"))["checks"]],
                         SCHEMA["$defs"]["rung"]["enum"])

    def test_the_schema_refuses_what_is_not_in_the_contract(self):
        report = json.loads(text_of(FOLDER / "expired.json"))
        spoilt = [lambda r: r.update(more=1), lambda r: r["subjects"][0].update(more=1),
                  lambda r: r["subjects"][4]["facts"].update(more=1), lambda r: r["subjects"][4]["findings"][0].update(outcome="ok"),
                  lambda r: r["subjects"][4]["findings"][0].update(rung="cert.colour"), lambda r: r["root_causes"].append("bad-luck")]
        for spoil in spoilt:
            copy = json.loads(json.dumps(report))
            spoil(copy)
            self.assertFalse(self.validator("#/$defs/report").is_valid(copy))


class Csv(unittest.TestCase):
    def test_a_spreadsheet_sees_a_table_without_formulas(self):
        for path in files(".csv"):
            with self.subTest(path.name):
                text = text_of(path)
                self.assertTrue(text.startswith("\ufeff"))
                self.assertEqual(text.count("\n"), text.count("\r\n"))
                rows = list(csv.reader(text.removeprefix("\ufeff").splitlines(), strict=True))
                self.assertGreaterEqual(len(rows), 1)
                for row in rows:
                    self.assertEqual(len(row), len(rows[0]))
                    for cell in row:
                        self.assertTrue(re.fullmatch(r"-?\d+", cell) or not re.match(r"[=+\-@\t\r＝＋－＠]", cell), cell)

    def test_the_hostile_name_is_one_cell(self):
        rows = list(csv.DictReader(text_of(FOLDER / "hostile.en.csv").removeprefix("\ufeff").splitlines()))
        self.assertIn("'=cmd|'/C calc'!A0\\u{A}\\u{D}\\u{9}", rows[0]["Name"])

    def test_dates_are_days_and_days_left_are_numbers(self):
        row = list(csv.DictReader(text_of(FOLDER / "expired.en.csv").removeprefix("\ufeff").splitlines()))[1]
        self.assertEqual((row["Valid until"], row["Days left"], row["Result"]), ("2026-10-01", "-52", "problem"))
        self.assertEqual(row["Problem ids"], "cert-expiring")


class Nagios(unittest.TestCase):
    # Monitoring Plugins guidelines, "Performance data": 'label'=value[UOM];[warn];[crit];[min];[max]
    NUMBER = r"-?\d+(?:\.\d+)?"
    RANGE = rf"(?:@?(?:~|{NUMBER})?:?(?:{NUMBER})?)"
    METRIC = re.compile(rf"(?:'(?:[^'=]|'')+'|[^\s'=]+)={NUMBER}(?:s|us|ms|%|B|KB|MB|TB|c)?"
                        rf"(?:;{RANGE}?(?:;{RANGE}?(?:;(?:{NUMBER})?(?:;(?:{NUMBER})?)?)?)?)?")

    def test_one_line_of_the_guidelines_grammar(self):
        for path in files(".nagios"):
            with self.subTest(path.name):
                text = text_of(path)
                self.assertTrue(text.endswith("\n") and text.count("\n") == 1)
                self.assertLessEqual(text.count("|"), 1)
                message, _, data = text.rstrip("\n").partition("|")
                self.assertRegex(message, r"^SCCA (OK|WARNING|CRITICAL|UNKNOWN) - \S")
                rest = data
                while rest:
                    metric = self.METRIC.match(rest)
                    self.assertIsNotNone(metric, rest)
                    rest = rest[metric.end():].removeprefix(" ")


class Promtool(unittest.TestCase):
    def test_promtool_finds_nothing_to_say(self):
        for path in files(".prom"):
            with self.subTest(path.name):
                ran = subprocess.run(["promtool", "check", "metrics"], input=path.read_bytes(), capture_output=True, timeout=30, check=False)
                self.assertEqual((ran.returncode, ran.stdout, ran.stderr), (0, b"", b""))

    def test_promtool_accepts_the_alert_rules(self):
        rules = pathlib.Path(__file__).parents[3] / "share" / "prometheus-rules.yml"
        ran = subprocess.run(["promtool", "check", "rules", str(rules)], capture_output=True, timeout=30, check=False)
        self.assertEqual(ran.returncode, 0, ran.stderr)


class Rules(unittest.TestCase):
    def test_the_alert_rules_name_metrics_that_exist(self):
        rules = (pathlib.Path(__file__).parents[3] / "share" / "prometheus-rules.yml").read_text(encoding="utf-8")
        made = set(re.findall(r"^# TYPE (\w+)", text_of(FOLDER / "healthy.prom"), re.M))
        self.assertLessEqual(set(re.findall(r"\bscca_\w+", rules)), made)


class PageReader(html.parser.HTMLParser):
    VOID = {"meta", "br", "img"}

    def __init__(self):
        super().__init__()
        self.open, self.tags, self.attributes, self.text = [], [], [], ""

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += attrs
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += attrs

    def handle_endtag(self, tag):
        assert self.open.pop() == tag, tag

    def handle_data(self, data):
        if "style" not in self.open:
            self.text += data


def read_page(path):
    reader = PageReader()
    reader.feed(text_of(path))
    reader.close()
    assert not reader.open, reader.open
    return reader


class Html(unittest.TestCase):
    def test_every_element_is_closed_and_nothing_is_fetched(self):
        for path in files(".html"):
            with self.subTest(path.name):
                page = read_page(path)
                self.assertFalse({"script", "link", "iframe", "object", "embed", "form", "a", "base"} & set(page.tags))
                for name, value in page.attributes:
                    self.assertFalse(name.startswith("on"), name)
                    if name in ("src", "href", "srcset", "action", "data", "style"):
                        self.assertTrue(value.startswith("data:image/png;base64,"), value)
                self.assertNotIn("url(", text_of(path))
                self.assertNotIn("@import", text_of(path))

    def test_the_page_says_what_to_do_and_whom_to_call(self):
        page = read_page(FOLDER / "expired.html")
        for words in ("查出 3 个问题", "怎么办", "400-028-1130", "还有 28 天", "过期 52 天", "来源："):
            self.assertIn(words, page.text)
        self.assertEqual(page.tags.count("svg"), 1)
        self.assertEqual(page.tags.count("img"), 1)


class Browser(unittest.TestCase):
    def dom_of(self, path):
        with tempfile.TemporaryDirectory() as profile:
            ran = subprocess.run(["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
                                  "--disable-background-networking", "--disable-component-update", "--disable-sync",
                                  "--user-data-dir=" + profile, "--dump-dom", path.resolve().as_uri()],
                                 capture_output=True, timeout=120, check=True)
        reader = PageReader()
        reader.feed(ran.stdout.decode("utf-8"))
        return reader

    def test_a_browser_shows_the_hostile_name_as_text(self):
        page = self.dom_of(FOLDER / "hostile.html")
        self.assertIn(HOSTILE, page.text)
        self.assertNotIn("script", page.tags)

    def test_a_browser_shows_the_words_and_the_drawing_that_were_written(self):
        for path in [path for path in files(".html") if "<svg" in text_of(path)][:2]:
            with self.subTest(path.name):
                written, shown = read_page(path), self.dom_of(path)
                self.assertEqual(" ".join(shown.text.split()), " ".join(written.text.split()))
                self.assertIn("verdict", [value.split()[0] for name, value in shown.attributes if name == "class"])
                self.assertEqual((shown.tags.count("svg"), shown.tags.count("rect"), "script" in shown.tags),
                                 (1, written.tags.count("rect"), False))


if __name__ == "__main__":
    unittest.main(verbosity=1)
