"""A report from end to end: the example client, two real files, and what may never be in a set."""

import difflib
import functools
import itertools
import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections import Counter
from html import unescape
from pathlib import Path

import nbformat
import openpyxl
import pandas as pd
import pypdfium2
import pytest

from helpers import cli, examples
from helpers.disclosure import ledger
from helpers.production import gate

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared" / "data"
SET = ["figures.json", "manifest.json", "method.html", "notebooks", "report.html", "report.pdf", "tables.xlsx"]
EQUAL = ["figures.json", "method.html", "report.html", "report.pdf", "tables.xlsx"]


def make(*arguments):
    """Make a report with the command, in this process."""
    with pytest.raises(SystemExit) as stopped:
        cli.main(["report", *map(str, arguments)])
    assert stopped.value.code == 0


@pytest.fixture(scope="session")
def place(tmp_path_factory):
    """Lay out the example client in a folder with a blank in its name, apart from the working copy's data."""
    folder = tmp_path_factory.mktemp("a consultant's folder")
    _copied_params("voorbeeld-energie", folder)
    examples.generate(folder / "data")
    return folder


def _copied_params(name, folder):
    """Copy an example's params: a report writes its ledger beside them, and what was tried here must not count."""
    source, target = ROOT / "params" / name, folder / "params" / name
    shutil.copytree(source, target, ignore=shutil.ignore_patterns(ledger.NAME))


@pytest.fixture(scope="session")
def dutch(place):
    """Make the example's report in Dutch, where an earlier run had failed."""
    failed = place / "reports" / "voorbeeld-energie" / "2026-Q3" / "board.failed"
    failed.mkdir(parents=True)
    (failed / "targets.failed.ipynb").write_text("{}")
    make("--params", place / "params", "--output", place / "reports", "voorbeeld-energie")
    return place / "reports" / "voorbeeld-energie" / "2026-Q3" / "board"


@pytest.fixture(scope="session")
def english(place):
    """Make the example's report in English, beside the Dutch one."""
    make("--params", place / "params", "--output", place / "english", "--language", "en", "voorbeeld-energie")
    return place / "english" / "voorbeeld-energie" / "2026-Q3" / "board"


def figures(folder):
    """Return a set's figures by id."""
    content = json.loads((folder / "figures.json").read_text(encoding="utf-8"))
    return {figure["id"]: figure for figure in content["figures"]}


def pdf_text(folder):
    """Return the text of each page of a set's PDF."""
    with pypdfium2.PdfDocument(folder / "report.pdf") as document:
        return [page.get_textpage().get_text_range().replace("\r\n", "\n") for page in document]


def test_a_set_is_complete(dutch):
    """HTML, PDF, workbook, figures, manifest, the method page and the executed chapters, and nothing else."""
    assert sorted(file.name for file in dutch.iterdir()) == SET
    assert sorted(file.name for file in (dutch / "notebooks").iterdir()) == [
        "method.ipynb", "roadmap.ipynb", "summary.ipynb", "targets.ipynb", "zero_measurement.ipynb",
    ]  # fmt: skip


def test_a_good_run_takes_an_earlier_failure_away(dutch):
    """What failed before is no longer of use once the report is there."""
    assert not (dutch.parent / "board.failed").exists()


def test_the_planted_headlines_are_found(dutch):
    """E10 and E13: relational NPS +10 (+2 to +17, n = 408), eNPS +4 of 343 out of 440 in the last wave."""
    found = figures(dutch)
    relational = found["nps.customer.relational@2026-Q3"]
    assert ("+10", 408, True) == (relational["printed"], relational["n"], relational["weighted"])
    assert [2, 17] == [round(relational["low"]), round(relational["high"])]
    assert (343, 440) == (found["enps@2025-Q4"]["n"], found["enps@2025-Q4"]["population"])


def test_a_hidden_figure_has_no_number_anywhere(dutch):
    """E07: Warmte × Storing has four answers; its row says hidden and why, and holds no number."""
    hidden = figures(dutch)["nps.customer.transactional[process=Storing,product=Warmte]@2026-Q3"]
    assert (False, "too_few_answers") == (hidden["shown"], hidden["hidden_because"])
    assert not [key for key, value in hidden.items() if isinstance(value, int | float) and not isinstance(value, bool)]


def test_no_answers_are_not_a_score_of_zero(dutch):
    """E06: Warmte × Aanmelden had no answers at the zero measurement: n is 0 and there is no value."""
    none = figures(dutch)["nps.customer.transactional[process=Aanmelden,product=Warmte]@2024-Q4"]
    assert (0, None, None, True) == (none["n"], none["value"], none["printed"], none["shown"])
    assert "geen antwoorden" in "".join(pdf_text(dutch))


def test_all_ten_verdict_words_are_in_the_example(dutch):
    """The example's targets show each word once at least, in HTML and PDF."""
    text, html = " ".join(" ".join(pdf_text(dutch)).split()), (dutch / "report.html").read_text(encoding="utf-8")
    for word in (
        "voor op schema", "waarschijnlijk voor", "op koers", "waarschijnlijk achter", "achter",
        "gehaald", "waarschijnlijk gehaald", "onbeslist", "waarschijnlijk niet gehaald", "niet gehaald",
    ):  # fmt: skip
        assert word in html
        assert word in text


def _sheet(folder, caption):
    """Return the rows of a table of the workbook: first its columns and units, then by the first cell."""
    book = openpyxl.load_workbook(folder / "tables.xlsx")
    sheet = next(sheet for sheet in book.worksheets[1:] if sheet["A1"].value == caption)
    rows = list(sheet.iter_rows(min_row=2))
    return sheet, [cell.value for cell in rows[0]], [[cell.value for cell in row] for row in rows[2:] if row[0].value]


def test_the_workbook_holds_the_report_s_tables_as_numbers(dutch):
    """The first target's row: scores, both ends of the interval and the number of answers, equal to figures.json."""
    sheet, heading, rows = _sheet(dutch, "Doelen en realisatie")
    figure = figures(dutch)["nps.customer.relational@2026-Q3"]
    row = dict(zip([heading[0], "zero", "target", "now", "low", "high", "n"], rows[0], strict=False))
    assert (heading[:4], rows[0][-1]) == (["Doel voor", "0-meting", "Doel", "Nu"], "op koers")
    assert (row["Doel voor"], row["target"], row["n"]) == ("Relationele NPS", 12, 408)
    for name, key in {"now": "value", "low": "low", "high": "high"}.items():
        assert row[name] == pytest.approx(figure[key], rel=1e-9)
    assert [sheet.cell(4, at).number_format for at in (4, 5, 7)] == ['+0;"−"0;0', '+0;"−"0;0', "0"]
    assert sheet.freeze_panes == "B4"


def test_the_workbook_s_days_are_dates(dutch):
    """Who answers for which target by when: the due date and the review can be sorted and filtered."""
    _found, heading, rows = _sheet(dutch, "Wie staat voor welk doel")
    assert (heading[0], heading[2]) == ("Doel voor", "Einddatum")
    assert [rows[0][0], rows[0][2].date().isoformat(), rows[0][5].date().isoformat()] == [
        "Relationele NPS", "2027-06-30", "2026-11-15",
    ]  # fmt: skip


def test_the_workbook_hides_what_the_report_hides(dutch):
    """A department with too few answers has the word in every number's place, and why in its remark."""
    _found, _heading, rows = _sheet(dutch, "eNPS, 4e kwartaal 2025 en 0-meting 4e kwartaal 2024")
    hidden = next(row for row in rows if row[0] == "Beheer")
    assert set(hidden[1:-1]) == {"verborgen"}
    assert hidden[-1] == "minder dan 10 antwoorden"


def test_what_a_report_printed_is_in_the_ledger_beside_its_params(dutch, place):
    """Every shown score with its answers, every hidden one by name; in the folder of these params, and no other."""
    (entry,) = ledger.read(place / "params" / "voorbeeld-energie").entries
    scores = {identity: figure for identity, figure in figures(dutch).items() if figure["audience"]}
    assert entry.name == "2026-Q3 board"
    assert {cell["id"]: cell["n"] for cell in entry.shown} == {
        identity: figure["n"] for identity, figure in scores.items() if figure["shown"]
    }
    assert {identity for identity, figure in scores.items() if not figure["shown"]} <= set(entry.hidden)
    assert not (dutch.parent / "ledger.json").exists()


def test_the_manifest_says_that_the_set_was_attacked(dutch):
    """What was read, and that nothing hidden follows from it; not which cell was hidden for that."""
    attack = json.loads((dutch / "manifest.json").read_text(encoding="utf-8"))["audit"]
    assert (attack["sets"], attack["leaks"]) == (["2026-Q3/board"], 0)
    assert attack["statements"] > 1000
    assert list(attack) == ["sets", "statements", "leaks", "repairs"]


def test_a_leak_that_is_planted_afterwards_is_told(dutch, place, tmp_path, capsys):
    """`nulmeting audit` says 0 for the set as it was made, and 1 with the group when a number comes back."""
    reports = tmp_path / "reports"
    folder = reports / "voorbeeld-energie" / "2026-Q3" / "board"
    shutil.copytree(dutch, folder)
    command = ["audit", "--params", str(place / "params"), "--output", str(reports), "voorbeeld-energie"]
    assert _code(command) == 0
    assert "2026-Q3/board: no leaks." in capsys.readouterr().out
    content = json.loads((folder / "figures.json").read_text(encoding="utf-8"))
    hidden = next(figure for figure in content["figures"] if figure["hidden_because"] == "too_few_answers")
    hidden["n"] = 4
    (folder / "figures.json").write_text(json.dumps(content), encoding="utf-8")
    assert _code(command) == 1
    said = capsys.readouterr().out
    assert "1 leak." in said
    assert "figures.json" in said


def _code(arguments):
    with pytest.raises(SystemExit) as stopped:
        cli.main(arguments)
    return stopped.value.code


@pytest.fixture(scope="session")
def municipality(place):
    """Make both editions of the municipality, from one reading of its files."""
    _copied_params("voorbeeld-gemeente", place)
    make(
        "--params", place / "params", "--output", place / "reports", "--format", "html,xlsx", "voorbeeld-gemeente",
    )  # fmt: skip
    return place / "reports" / "voorbeeld-gemeente" / "2026-H1"


def test_the_public_sees_large_groups_only_and_nothing_that_the_board_does_not(municipality):
    """Of 30 answers or more, each with the number that the board has; the page itself says no smaller number."""
    board, public = (figures(municipality / edition) for edition in ("board", "public"))
    asked = {identity: figure for identity, figure in public.items() if figure["audience"]}
    seen = {identity for identity, figure in asked.items() if figure["shown"] and figure["n"]}
    assert 0 < len(seen) < len([1 for figure in board.values() if figure["audience"] and figure["shown"]])
    assert min(public[identity]["n"] for identity in seen) >= 30
    assert [identity for identity in seen if board[identity]["printed"] != public[identity]["printed"]] == []
    page = (municipality / "public" / "report.html").read_text(encoding="utf-8")
    assert [n for n in re.findall(r"n = ([\d.]*\d)", page) if int(n.replace(".", "")) < 30] == []
    assert (municipality / "public" / "tables.xlsx").exists()


def test_both_editions_are_in_the_ledger(municipality, place):
    """The board's and the public's, each with what it prints; the second set was attacked together with the first."""
    entries = ledger.read(place / "params" / "voorbeeld-gemeente").entries
    assert [entry.name for entry in entries] == ["2026-H1 board", "2026-H1 public"]
    attack = json.loads((municipality / "public" / "manifest.json").read_text(encoding="utf-8"))["audit"]
    assert (attack["sets"], attack["leaks"]) == (["2026-H1/board", "2026-H1/public"], 0)


def test_the_published_chapters_carry_the_gate_s_seal(dutch):
    """An executed notebook of the set came from a gated run; one changed output breaks the seal."""
    notebook = nbformat.read(dutch / "notebooks" / "summary.ipynb", as_version=4)
    assert gate.passed(notebook)
    notebook.cells[-1].outputs = []
    assert not gate.passed(notebook)


IDENTITIES = ("enquete_id", "klantnummer", "customer_id", "respondent", "Respondent")
IDENTITY = re.compile(r"\b[A-Z]\d{4,}\b")
SHORTEST = 13
"""Shorter words of respondents, such as 'prijs' or 'prima', say nothing of anybody and may be the report's own."""
PRIVATE = {
    "transactional-*.csv": ("enquete_id", "klantnummer", "reden", "toelichting"),
    "relational.csv": ("respondent", "toelichting"),
    "customers.csv": ("customer_id",),
    "employees-*.xlsx": ("Respondent", "Toelichting"),
}
JSON = (".json", ".ipynb")


def _table(path):
    if path.suffix == ".csv":
        return pd.read_csv(path, sep=None, engine="python", dtype=str, encoding="utf-8-sig")
    return pd.read_excel(path, sheet_name="Antwoorden", header=2, dtype=str, engine="openpyxl")


def _private(folder):
    """Return per file and column the customers' numbers, response ids, reasons and remarks."""
    found = {}
    for name, columns in PRIVATE.items():
        answers = pd.concat(map(_table, sorted(folder.glob(name))))
        for column in columns:
            values = {" ".join(value.split()) for value in answers[column].dropna()}
            found[name, column] = {v for v in values if column in IDENTITIES or len(v) >= SHORTEST}
    return found


def _said(folder):
    """Return all that a set says to a reader, a script and a spreadsheet: escapes undone, blanks alike."""
    texts = pdf_text(folder)
    for file in (file for file in folder.rglob("*") if file.suffix in (".html", *JSON)):
        content = re.sub(r"data:[\w/+-]+;base64,[\w+/=]+", "", file.read_text(encoding="utf-8"))
        texts += [content, *(_strings(json.loads(content)) if file.suffix in JSON else ())]
    with zipfile.ZipFile(folder / "tables.xlsx") as book:
        texts += [book.read(name).decode("utf-8") for name in book.namelist()]
    return " ".join(" ".join([*texts, *map(unescape, texts)]).split())


def _strings(value):
    """Yield every text of a JSON value, keys included."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from value
        yield from itertools.chain.from_iterable(map(_strings, value.values()))
    elif isinstance(value, list):
        yield from itertools.chain.from_iterable(map(_strings, value))


def test_nothing_of_this_machine_or_of_a_respondent_is_in_the_set(dutch, place):
    """No folder, customer number, response id, reason or remark of any file: not in any file of the set."""
    private, said = _private(place / "data/examples/voorbeeld-energie"), _said(dutch)
    assert all(private.values())
    assert "Hoofd Facturatie, Manager ICT" in said
    people = {value for (_file, column), values in private.items() if column in IDENTITIES for value in values}
    assert all(map(IDENTITY.fullmatch, people))
    assert people & set(IDENTITY.findall(said)) == set()
    texts = [value for (_file, column), values in private.items() if column not in IDENTITIES for value in values]
    assert [text for text in [*texts, str(place), f"{Path.home()}/"] if text in said] == []


def test_what_a_set_says_is_found_through_every_escape(dutch, tmp_path):
    """The search above finds a remark behind JSON's, HTML's and the workbook's escapes, and across a line's end."""
    for name in ("report.pdf", "tables.xlsx"):
        shutil.copy(dutch / name, tmp_path / name)
    (tmp_path / "a.html").write_text("<p>Fijne collega&#x27;s &amp;\n  rust", encoding="utf-8")
    (tmp_path / "b.ipynb").write_text(json.dumps({"x": [{"y": "één <b>&lt;keer"}]}), encoding="utf-8")
    said = _said(tmp_path)
    assert [text for text in ("Fijne collega's & rust", "één <b>&lt;keer", "één <b><keer") if text not in said] == []


def test_every_page_says_what_and_how_confidential(dutch):
    """Organisation, confidentiality and page number stand on each page after the cover."""
    pages = pdf_text(dutch)
    for number, page in enumerate(pages[1:], start=2):
        assert "Voorbeeld Energie" in page
        assert "Vertrouwelijk" in page
        assert f"Pagina {number} van {len(pages)}" in page


def test_the_same_input_gives_the_same_bytes_everywhere(dutch, place, tmp_path):
    """Another folder, HOME, time zone, locale and hash seed: HTML, PDF, workbook and figures stay equal."""
    moved = tmp_path / "elsewhere"
    shutil.copytree(place / "params", moved / "params")
    shutil.copytree(place / "data", moved / "data")
    (tmp_path / "home").mkdir()
    environment = os.environ | {
        "HOME": str(tmp_path / "home"), "TZ": "Asia/Tokyo", "LANG": "C", "LC_ALL": "C", "PYTHONHASHSEED": "4711",
    }  # fmt: skip
    command = [sys.executable, "-m", "helpers.cli", "report", "--params", str(moved / "params")]
    command += ["--output", str(moved / "reports"), "voorbeeld-energie"]
    subprocess.run(command, check=True, cwd=tmp_path, env=environment, capture_output=True)
    other = moved / "reports" / "voorbeeld-energie" / "2026-Q3" / "board"
    assert [name for name in EQUAL if (other / name).read_bytes() != (dutch / name).read_bytes()] == []


def test_english_says_the_same_with_english_words(dutch, english):
    """The figures are equal but for how they are printed; no Dutch of ours is left in the English report."""
    keys = ("value", "low", "high", "n", "shown")
    one, other = figures(dutch), figures(english)
    assert {i: [f.get(k) for k in keys] for i, f in one.items()} == {
        i: [f.get(k) for k in keys] for i, f in other.items()
    }
    text = " ".join(pdf_text(english))
    assert "Management summary" in text
    assert not [word for word in ("Managementsamenvatting", "geen antwoorden", "0-meting", "Oordeel") if word in text]


@pytest.mark.parametrize("language", ["dutch", "english"])
def test_html_and_pdf_say_the_same(request, browser, language):
    """Every word that Chromium shows stands in the PDF too: one document, two media."""
    folder = request.getfixturevalue(language)
    browser.get((folder / "report.html").as_uri())
    browser.execute_script("for (const d of document.querySelectorAll('details, nav')) d.remove();")
    shown = Counter(_words(browser.find_element("tag name", "main").text))
    printed = Counter(_words(" ".join(pdf_text(folder))))
    assert dict(shown - printed) == {}


@pytest.mark.parametrize("language", ["dutch", "english"])
def test_the_page_needs_nothing_and_says_nothing_in_the_console(request, browser, language):
    """No console message, no request but the file itself, and axe-core finds no fault."""
    folder = request.getfixturevalue(language)
    browser.get_log("browser")
    browser.get((folder / "report.html").as_uri())
    assert browser.get_log("browser") == []
    requests = browser.execute_script("return performance.getEntriesByType('resource').map(e => e.name)")
    assert [name for name in requests if not name.startswith("data:")] == []
    assert axe(browser) == []


def _words(text):
    """Return the words; pdfium writes U+FFFE where a word is broken, a hyphen of its own stays at the line's end."""
    joined = text.replace("\xad", "").replace("\ufffe\n", "").replace("\ufffe", "").replace("-\n", "-")
    return [word for word in joined.split() if word.strip("·–—-•")]


@functools.cache
def _axe_source():
    import axe_core_python

    return next(Path(axe_core_python.__file__).parent.rglob("axe.min.js")).read_text(encoding="utf-8")


def axe(browser):
    """Return the accessibility faults that axe-core finds."""
    browser.execute_script(_axe_source())
    found = browser.execute_async_script("const done = arguments[0]; axe.run().then(r => done(r.violations));")
    return [(one["id"], [node["target"] for node in one["nodes"]][:3]) for one in found]


@pytest.fixture(scope="session")
def browser(tmp_path_factory):
    """Start headless Chromium once."""
    if not shutil.which("chromium") or not shutil.which("chromedriver"):
        pytest.skip("Chromium is not installed")
    from selenium import webdriver

    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium")
    for argument in (
        "headless", "no-sandbox", "disable-gpu", "disable-quic", "no-first-run", "disable-background-networking",
        "disable-component-update", "disable-sync", f"user-data-dir={tmp_path_factory.mktemp('chromium')}",
        "window-size=1280,1600",
    ):  # fmt: skip
        options.add_argument(f"--{argument}")
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(shutil.which("chromedriver")))
    yield driver
    driver.quit()


@pytest.fixture(scope="session")
def real(tmp_path_factory):
    """Make a full report of a real file, in a temporary folder."""
    if not SHARED.exists():
        pytest.skip("the shared survey data are not beside the checkout")
    made = {}

    def make_report(name):
        if name not in made:
            place = tmp_path_factory.mktemp("real")
            params = place / "params" / name
            params.mkdir(parents=True)
            text = (ROOT / "tests" / "real_data" / name / "params.yaml").read_text(encoding="utf-8")
            (params / "params.yaml").write_text(
                text.replace("../../../../shared/data", SHARED.as_posix()), encoding="utf-8"
            )
            make("--params", place / "params", "--output", place / "reports", name)
            (made[name],) = (place / "reports" / name).glob("*/board")
        return made[name]

    return make_report


SFO = {
    "": (2746, 1436, 968, 342, 39.84),
    "[boarding_area=Area A]": (724, 382, 249, 93, 39.92),
    "[boarding_area=Area B]": (166, 94, 50, 22, 43.37),
    "[boarding_area=Area C]": (226, 132, 68, 26, 46.90),
    "[boarding_area=Area D]": (386, 213, 128, 45, 43.52),
    "[boarding_area=Area E]": (175, 100, 57, 18, 46.86),
    "[boarding_area=Area F]": (444, 221, 173, 50, 38.51),
    "[boarding_area=Area G]": (625, 294, 243, 88, 32.96),
    "[home=Not answered]": (41, 17, 14, 10, 17.07),
    "[home=Nine-county Bay Area]": (1009, 542, 359, 108, 43.01),
    "[home=Northern California]": (143, 88, 44, 11, 53.85),
    "[home=Elsewhere]": (1553, 789, 551, 213, 37.09),
}
GARDEN = {
    "": (13612, 8465, 3953, 1194, 53.42),
    "[visits=1–2]": (2724, 1550, 889, 285, 46.44),
    "[visits=3–5]": (3524, 2079, 1102, 343, 49.26),
    "[visits=6–10]": (3848, 2412, 1095, 341, 53.82),
    "[visits=11+]": (3516, 2424, 867, 225, 62.54),
}


def _counts(figure):
    names = ("n", "promoters", "passives", "detractors")
    return (*(figure[name] for name in names), round(figure["unweighted"], 2))


def test_san_francisco_airport_equals_its_readme(real):
    """Real data, code 11 = blank: every published count, 39.84 unweighted and 40.40 weighted, CSAT and top box."""
    found = figures(real("sfo-airport-2017"))
    key = "nps.customer.relational{}@2017-05"
    assert SFO == {scope: _counts(found[key.format(scope)]) for scope in SFO}
    assert round(found[key.format("")]["value"], 2) == 40.40
    mean, top = (found[f"{name}.customer.relational@2017-05"] for name in ("satisfaction", "satisfaction_top2"))
    assert (2688, 4.064, 82.07) == (mean["n"], round(mean["unweighted"], 3), round(top["unweighted"], 2))


def test_the_garden_centre_equals_its_readme(real):
    """Real data in Latin-1 with NA for missing: 53.42 and the table by visits."""
    found = figures(real("garden-centre-fr"))
    assert GARDEN == {scope: _counts(found[f"nps.customer.relational{scope}@2018-Q2"]) for scope in GARDEN}
    assert round(found["satisfaction.customer.relational@2018-Q2"]["value"], 3) == 8.349


def test_a_section_without_data_is_left_out_and_named(real):
    """The garden centre has no employees: no section about them, and the method page says so."""
    text = " ".join(pdf_text(real("garden-centre-fr")))
    assert "Hoe zien medewerkers hun werkgever?" not in text
    assert "Geen meting onder medewerkers: de eNPS is niet bekend." in text


NASTY = ["<script>alert(1)</script>", "#panic()", "$x^2$", "*ster*", "@ref", "🙂", "=1+1", "_lijn_", "be\x07l"]


@pytest.fixture(scope="session")
def nasty(tmp_path_factory):
    """Make a report of an organisation whose names are full of markup."""
    place = tmp_path_factory.mktemp("nasty")
    folder = place / "params" / "nasty"
    folder.mkdir(parents=True)
    (folder / "params.yaml").write_text(
        "organisation: {name: 'A & B <b>#panic()</b> $x$ *y* 🙂'}\n"
        "sources:\n  survey:\n    path: survey.csv\n    audience: customer\n    measurement: relational\n"
        "    wave: 2026-Q1\n    measures: {nps: {column: score, scale: 0-10}}\n    dimensions: {product: product}\n"
        "zero_measurement: {by: [product]}\n",
        encoding="utf-8",
    )
    rows = [f'"{name}",{answer}' for name in NASTY for answer in (9, 10, 3, 7, 8, 9)]
    (folder / "survey.csv").write_text("product,score\n" + "\n".join(rows), encoding="utf-8")
    make("--params", place / "params", "--output", place / "reports", "nasty")
    return place / "reports" / "nasty" / "2026-Q1" / "board"


def test_markup_in_names_is_printed_as_it_stands(nasty, browser):
    """Nothing of a name is ever markup or code, in HTML, PDF or workbook; control characters go."""
    browser.get((nasty / "report.html").as_uri())
    shown, printed = browser.find_element("tag name", "body").text, " ".join(pdf_text(nasty))
    sheet = [str(c.value) for s in openpyxl.load_workbook(nasty / "tables.xlsx") for row in s.iter_rows() for c in row]
    for name in NASTY:
        literal = name.replace("\x07", "")
        assert literal in shown, difflib.get_close_matches(literal, shown.split())
        assert "".join(literal.split()) in "".join(printed.split())
        assert literal in sheet
    assert "A & B <b>#panic()</b> $x$ *y* 🙂" in shown


def test_an_analyst_s_own_pdf_says_internal(dutch, tmp_path):
    """`jupyter nbconvert --to nulmeting-pdf` stamps what did not come from a gated run, on every page."""
    own = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("# Mine\n\nA thought.")])
    nbformat.write(own, tmp_path / "own.ipynb")
    shutil.copy(dutch / "notebooks" / "summary.ipynb", tmp_path / "gated.ipynb")
    command = [sys.executable, "-m", "nbconvert", "--to", "nulmeting-pdf", "own.ipynb", "gated.ipynb"]
    subprocess.run(command, check=True, cwd=tmp_path, capture_output=True)
    texts = {name: _pages(tmp_path / f"{name}.pdf") for name in ("own", "gated")}
    assert all("INTERNAL – not checked for disclosure" in page for page in texts["own"])
    assert not any("INTERN" in page for page in texts["gated"])


def _pages(file):
    with pypdfium2.PdfDocument(file) as document:
        return [page.get_textpage().get_text_range() for page in document]
