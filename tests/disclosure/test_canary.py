"""Planted texts that must stay where they are: who answered, what they wrote, another client, this machine."""

from __future__ import annotations

import csv
import itertools
import json
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import nbformat
import pypdfium2
import pytest

PARAMS = """\
organisation: {{name: Kwekerij Voorbeeld}}
language: nl
# TODO Otto Kanariepiet bellen
sources:
  klanten:
    path: ../../opslag-kanarie/klanten.csv
    audience: customer
    measurement: relational
    measures: {{nps: {{column: cijfer, scale: 0-10}}}}
    columns:
      {{response_id: antwoord, date: dag, customer_id: klant, agent: agent, reason: reden, verbatim: toelichting}}
    dimensions: {{product: product}}
    keep_where: {{bedrijf: Kwekerij}}
  personeel:
    path: ../../opslag-kanarie/personeel.csv
    audience: employee
    measurement: employee
    measures: {{enps: {{column: cijfer, scale: 0-10}}}}
    columns: {{response_id: antwoord, date: dag, employee_id: nummer, unit: [afdeling, team], verbatim: toelichting}}
tables: {{headcount: ../../opslag-kanarie/bezetting.csv}}
zero_measurement: {{by: [product]}}
report: {{chapters: [{chapters}]}}
"""
STRANGER = """\
organisation: {name: Zandkasteel Geheim}
sources:
  s:
    path: ../../opslag-kanarie/klanten.csv
    audience: customer
    measurement: relational
    wave: 2026-Q3
    measures: {nps: {column: cijfer, scale: 0-10}}
targets: [{metric: nps, baseline: 2026-Q3, target: 87, due: 2027-03-31, owner: Zwanger Zeepaardje}]
"""
SECRET = {"KANARIE_TOKEN": "sk-kanarie-8d1f77c2", "USER": "kanariegebruiker", "LOGNAME": "kanariegebruiker"}
HOME = "thuis-van-kanarie"
PLANTED = {
    "row id": r"RIJ-\d", "customer id": r"KLN-\d", "agent": r"AGT-\d", "employee id": r"PNR-\d",
    "e-mail address": r"@geheimpost|[\w.]+@[\w.]+\.example", "name in an open answer": "Kanarie(geel|piet)",
    "words of an open answer": "kwam tot drie keer|gaat naar huis", "bank account": "NL91ABNA",
    "column that is not used": "Spookkolom", "other client": "(?i)zandkasteel|zeepaardje|zandloper",
    "remark in the params": "TODO", "secret": SECRET["KANARIE_TOKEN"], "user": SECRET["USER"],
    "folder of the data": "opslag-kanarie", "home folder": HOME, "temporary folder": r"/tmp/tmp\w+|kanarie-tijdelijk",
}  # fmt: skip
"""What is looked for in everything that a report leaves behind, as patterns."""
FAILING = (
    "client = dossier.open(organisation, period=period, language=language, edition=edition, unit=unit, as_of=as_of)"
)


def _customers() -> Iterator[dict[str, Any]]:
    """Yield 60 answers of two products, five of another firm, and one whose e-mail address stands in the score."""
    scores = itertools.cycle((10, 9, 8, 3, 7, 9, 6, 10, 8, 0, 9))
    for number in range(66):
        yield {
            "antwoord": f"RIJ-{number}", "klant": f"KLN-{number}", "agent": f"AGT-{number % 7}",
            "dag": f"2026-0{7 + number % 3}-1{number % 9}",
            "bedrijf": "Zandkasteel Geheim" if number > 60 else "Kwekerij",
            "product": "Zandloper" if number > 60 else ("Tulp", "Roos")[number % 2],
            "cijfer": "vera@geheimpost.example" if number == 60 else next(scores),
            "reden": f"NL91ABNA{number}", "Spookkolom": "Spookkolom", "mail": f"vera{number}@geheimpost.example",
            "toelichting": f"Vera Kanariegeel kwam tot drie keer langs, mail vera{number}@geheimpost.example",
        }  # fmt: skip


def _employees() -> Iterator[dict[str, Any]]:
    """Yield the answers of three teams, one of them of four people."""
    for team, size in (("Kas", 14), ("Kantoor", 12), ("Winkel", 4)):
        for number in range(size):
            yield {
                "antwoord": f"RIJ-{len(team)}{number}", "nummer": f"PNR-{len(team)}{number}",
                "dag": f"2026-09-1{number % 9}", "afdeling": "Bedrijf", "team": team,
                "cijfer": (9, 7, 2, 10)[number % 4], "mail": "otto@geheimpost.example",
                "toelichting": "Otto Kanariepiet gaat naar huis als het hem niet bevalt",
            }  # fmt: skip


def _write(file: Path, rows: list[dict[str, Any]]) -> None:
    with file.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.DictWriter(handle, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def _failing_chapter(folder: Path) -> None:
    """Write a chapter of the client's own that shows a table and then asks for one that is not there."""
    source = Path(__file__).resolve().parents[2] / "notebooks" / "method.ipynb"
    chapter = nbformat.read(source, as_version=4)
    kept = next(at for at, cell in enumerate(chapter.cells) if "dossier.open" in cell.source) + 1
    chapter.cells = [*chapter.cells[:kept], nbformat.v4.new_code_cell("show.table(client.scores)\nshow.table(None)")]
    nbformat.write(chapter, folder / "eigen.ipynb")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Lay out a home folder with the data of one client, the params of three, and make two reports of them."""
    home = tmp_path_factory.mktemp("m") / HOME
    data, params = home / "opslag-kanarie", home / "params"
    for folder in (data, home / "kanarie-tijdelijk", *(params / name for name in ("goed", "mislukt", "ander"))):
        folder.mkdir(parents=True)
    _write(data / "klanten.csv", list(_customers()))
    _write(data / "personeel.csv", list(_employees()))
    people = [
        {"unit": f"Bedrijf > {team}", "wave": "2026-Q3", "employees": n}
        for team, n in (("Kas", 15), ("Kantoor", 13), ("Winkel", 5))
    ]
    _write(data / "bezetting.csv", people)
    (params / "goed" / "params.yaml").write_text(PARAMS.format(chapters="summary, zero_measurement, method"))
    (params / "mislukt" / "params.yaml").write_text(PARAMS.format(chapters="eigen.ipynb"))
    (params / "ander" / "params.yaml").write_text(STRANGER)
    _failing_chapter(params / "mislukt")
    return home


@pytest.fixture(scope="module")
def run(home: Path) -> subprocess.CompletedProcess[str]:
    """Make a report that succeeds and one that fails, in a home folder of their own and with a secret."""
    environment = os.environ | SECRET | {"HOME": str(home), "TMPDIR": str(home / "kanarie-tijdelijk")}
    command = [sys.executable, "-m", "helpers.cli", "report", "goed", "mislukt", "--params", "params"]
    return subprocess.run(
        [*command, "--output", "reports"], cwd=home, env=environment, capture_output=True, text=True, check=False
    )


def _artefacts(home: Path) -> Iterator[tuple[str, str]]:
    """Yield all that a run left behind in the home folder, by file, as a reader or a script can get at it."""
    inputs = (home / "opslag-kanarie", *home.glob("params/*/params.yaml"), *home.glob("params/*/eigen.ipynb"))
    for file in sorted(file for file in home.rglob("*") if file.is_file()):
        if not any(file == one or one in file.parents for one in inputs):
            name = str(file.relative_to(home))
            yield name, " ".join(_texts(file))


def _texts(file: Path) -> Iterator[str]:
    """Yield every text of a file: as it stands, and with what is packed, escaped or broken over lines undone."""
    raw = file.read_bytes().decode("utf-8", errors="replace")
    yield from (raw, unescape(raw))
    if file.suffix in (".json", ".ipynb"):
        strings = list(_strings(json.loads(raw)))
        yield from (*strings, *map(unescape, strings))
    elif file.suffix == ".xlsx":
        with zipfile.ZipFile(file) as book:
            yield from (unescape(book.read(name).decode("utf-8")) for name in book.namelist())
    elif file.suffix == ".pdf":
        with pypdfium2.PdfDocument(file) as document:
            yield from document.get_metadata_dict().values()
            for page in document:
                yield page.get_textpage().get_text_range()


def _strings(value: Any) -> Iterator[str]:
    """Yield every text of a JSON value, keys included."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from map(str, value)
        yield from itertools.chain.from_iterable(map(_strings, value.values()))
    elif isinstance(value, list):
        yield from itertools.chain.from_iterable(map(_strings, value))


def _found(text: str) -> list[str]:
    flat = " ".join(text.split())
    return [name for name, pattern in PLANTED.items() if re.search(pattern, flat)]


def test_both_runs_went_as_they_should(run: subprocess.CompletedProcess[str], home: Path) -> None:
    """One set was made, with the client's products and teams in it; one chapter failed and was left behind."""
    assert 1 == run.returncode, run.stderr
    figures = (home / "reports" / "goed" / "2026-Q3" / "board" / "figures.json").read_text(encoding="utf-8")
    assert [name for name in ("Tulp", "Roos", "Kas", "Kantoor", "Winkel") if name not in figures] == []
    assert (home / "reports" / "mislukt" / "2026-Q3" / "board.failed" / "eigen.failed.ipynb").exists()


def test_nothing_planted_is_in_anything_that_a_run_leaves(run: subprocess.CompletedProcess[str], home: Path) -> None:
    """HTML, PDF, workbook, figures, manifest, executed and failed notebooks, ledger: every file that is not an input.

    Nor does anything stay in the temporary folder.
    """
    texts = dict(_artefacts(home))
    assert {".html", ".ipynb", ".json", ".pdf", ".xlsx"} <= {Path(name).suffix for name in texts}
    assert {} == {name: found for name, text in texts.items() if (found := _found(text))}
    assert [] == list((home / "kanarie-tijdelijk").iterdir())


def test_nothing_planted_is_in_what_a_run_says(run: subprocess.CompletedProcess[str]) -> None:
    """Neither where the report lies nor why a chapter failed holds anything of a respondent or of this machine."""
    assert "eigen.failed.ipynb" in run.stderr
    assert [] == _found(run.stdout + run.stderr)


def test_the_set_does_not_tell_where_the_program_is(run: subprocess.CompletedProcess[str], home: Path) -> None:
    """No file of the published set holds the folder of this repository, nor that of its Python."""
    texts = [text for name, text in _artefacts(home) if name.startswith("reports/goed")]
    folders = (f"{Path(__file__).resolve().parents[2]}/", f"{Path(sys.prefix).resolve()}/")
    assert [] == [folder for folder in folders for text in texts if folder in text]


def test_everything_that_is_looked_for_was_planted(home: Path) -> None:
    """The data, the params of the three clients and the environment hold each of them."""
    files = [file for file in home.rglob("*") if file.suffix in (".csv", ".yaml")]
    texts = [file.read_text(encoding="utf-8") for file in files if "reports" not in file.parts]
    assert list(PLANTED) == _found(" ".join([*texts, *SECRET.values(), str(home), "/kanarie-tijdelijk/"]))


@pytest.mark.parametrize("name", ["text.html", "text.json", "text.xlsx"])
def test_a_canary_is_found_through_every_wrapping(tmp_path: Path, name: str) -> None:
    """Behind the escapes of HTML and JSON, in a packed workbook, and across the end of a line."""
    said = "vera&#64;geheimpost\n TODO Otto\n  Kanariepiet gaat\nnaar huis"
    if name.endswith(".xlsx"):
        with zipfile.ZipFile(tmp_path / name, "w", zipfile.ZIP_DEFLATED) as book:
            book.writestr("xl/sharedStrings.xml", said)
    else:
        text = (
            json.dumps([{"a": said.replace("K", "\\u004b")}]).replace("\\\\", "\\") if name.endswith(".json") else said
        )
        (tmp_path / name).write_text(text, encoding="utf-8")
    expected = ["e-mail address", "name in an open answer", "words of an open answer", "remark in the params"]
    assert expected == _found(" ".join(_texts(tmp_path / name)))
