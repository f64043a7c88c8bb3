"""Leaks planted by editing finished files, one surface at a time: each is found, and an untouched set has none."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import nbformat
import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill

from helpers.audit import Findings, audit
from helpers.production import pdf

ROER = "enps[unit=Zuid › Roer]@2026-Q3"
MAAS = "enps[unit=Zuid › Maas]@2026-Q3"


def edited(path: Path, old: str, new: str, *, count: int = 1) -> None:
    """Replace a text in a file, which must be there."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, count), encoding="utf-8")


def edited_figures(folder: Path, change: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
    """Change each row of figures.json."""
    path = folder / "figures.json"
    content = json.loads(path.read_text(encoding="utf-8"))
    content["figures"] = [change(row) for row in content["figures"]]
    path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")


def told(findings: Findings, identity: str = ROER) -> list[str]:
    """Return where a hidden group is said to be given away directly."""
    return [place for leak in findings.leaks if identity in leak.ids and leak.kind == "direct" for place in leak.places]


def sheet_and_row(book: openpyxl.Workbook, caption: str, name: str) -> tuple[Any, int]:
    """Return a sheet by the start of its caption, and the number of the row of a group."""
    sheet = next(sheet for sheet in book if str(sheet["A1"].value).startswith(caption) and sheet.title != "Inhoud")
    return sheet, next(row[0].row for row in sheet.iter_rows() if row[0].value == name)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_an_untouched_set_gives_nothing_away(untouched: dict[str, Path], language: str) -> None:
    """Targets, thresholds, last year's score and customers' scores of a hidden group are no leaks."""
    found = audit(untouched[language])
    assert found.leaks == ()
    assert found.canaries == ()
    assert found.clean
    assert found.sets_read == ("2026-Q3/board",)
    assert found.statements_read > 200


def test_a_number_in_the_row_of_a_hidden_group_in_html(reports: Path, board: Path) -> None:
    """The tree of units: the cell that says hidden becomes a score."""
    row = r'(<th scope="row">Roer</th>\s*<td[^>]*>)verborgen'
    path = board / "report.html"
    path.write_text(re.sub(row, r"\1−38", path.read_text(encoding="utf-8"), count=1), encoding="utf-8")
    assert told(audit(reports)) == ["2026-Q3/board, report.html, table 'eNPS per groep, 3e kwartaal 2026', row 10"]


def test_the_gap_to_a_target_tells_the_score(reports: Path, board: Path) -> None:
    """-48 beside a target of +10, in a column that is the difference of two others in the rows above."""
    row = r'(<th scope="row">eNPS Roer</th>(?:\s*<td[^>]*>[^\n]*</td>){3}\s*<td[^>]*>)(</td>)'
    path = board / "report.html"
    text = path.read_text(encoding="utf-8")
    changed = re.sub(row, r"\1−48\2", text, count=1)
    assert changed != text
    path.write_text(changed, encoding="utf-8")
    assert told(audit(reports)) == ["2026-Q3/board, report.html, table 'Doelen en realisatie', row 3"]


@pytest.mark.parametrize("key", ["n", "value", "a_key_that_nobody_knows"])
def test_figures_json_with_a_number_of_a_hidden_cell(reports: Path, board: Path, key: str) -> None:
    """A hidden row that kept its number of answers, or any other number."""
    edited_figures(board, lambda row: row | {key: 8} if row["id"] == ROER else row)
    assert told(audit(reports)) == ["2026-Q3/board, figures.json"]


def test_a_tree_in_which_the_other_teams_are_shown(reports: Path, board: Path, client: ModuleType) -> None:
    """Maas was hidden so that Zuid minus its other teams is not Roer alone."""
    edited_figures(
        board,
        lambda row: (
            row | {"shown": True, "hidden_because": None, "n": 12, "value": -8, "digits": 0}
            if row["id"] == MAAS
            else row
        ),
    )
    found = audit(reports)
    assert {leak.kind for leak in found.leaks if leak.ids == (ROER,)} == {"derived"}


@pytest.mark.parametrize("surface", ["report.html", "tables.xlsx", "notebooks"])
def test_a_team_that_protects_another_is_read_on_every_surface(reports: Path, board: Path, surface: str) -> None:
    """What is printed of Maas, of which figures.json says that it is hidden, is found by itself."""
    if surface == "report.html":
        row = r'(<th scope="row">Maas</th>\s*<td[^>]*>)verborgen'
        path = board / surface
        path.write_text(re.sub(row, r"\1−8", path.read_text(encoding="utf-8"), count=1), encoding="utf-8")
    elif surface == "tables.xlsx":
        book = openpyxl.load_workbook(board / surface)
        sheet, row_number = sheet_and_row(book, "eNPS", "Maas")
        sheet.cell(row_number, 2).value = -8
        book.save(board / surface)
    else:
        edit_block(board, lambda block: set_value(block, "Maas", -8))
    assert len(told(audit(reports), MAAS)) == 1


def test_a_cross_table_of_the_workbook_only(reports: Path, board: Path) -> None:
    """A sheet that no figure is of: the answers of Roer in a column with the head of a shown table."""
    book = openpyxl.load_workbook(board / "tables.xlsx")
    sheet = book.create_sheet("kruistabel")
    for row in (["eNPS per groep"], ["Onderdeel", "NPS nu", "n"], ["Roer", -38, 8]):
        sheet.append(row)
    book.save(board / "tables.xlsx")
    (place,) = set(told(audit(reports)))
    assert place == "2026-Q3/board, tables.xlsx, sheet 'kruistabel', row 3"


def test_the_workbook_only(reports: Path, board: Path) -> None:
    """The cell of the workbook holds the score that the page says is hidden."""
    book = openpyxl.load_workbook(board / "tables.xlsx")
    sheet, row = sheet_and_row(book, "eNPS", "Roer")
    sheet.cell(row, 2).value = -37.5
    sheet.sheet_state = "hidden"
    book.save(board / "tables.xlsx")
    (place,) = told(audit(reports))
    assert place.startswith("2026-Q3/board, tables.xlsx, sheet ")


def test_a_note_in_the_workbook(reports: Path, board: Path) -> None:
    """A comment on any cell, a title in the properties and a defined name are read too."""
    book = openpyxl.load_workbook(board / "tables.xlsx")
    book.worksheets[1]["A1"].comment = Comment("eNPS Roer: −38", "x")
    book.properties.subject = "Roer scoort −38"
    book.save(board / "tables.xlsx")
    places = told(audit(reports))
    assert any("comment" in place for place in places)
    assert any("docProps" in place for place in places)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_alt_text_only(untouched: dict[str, Path], tmp_path: Path, language: str) -> None:
    """The description of a chart names the lowest group."""
    reports = Path(shutil.copytree(untouched[language], tmp_path / "acme"))
    new = {"nl": "; laagste Zuid – Roer −38.", "en": "; lowest Zuid – Roer −38."}[language]
    edited(reports / "2026-Q3" / "board" / "report.html", "Noord – Reest +20.", f"Noord – Reest +20{new}")
    (place,) = told(audit(reports))
    assert place.startswith("2026-Q3/board, report.html, a chart's text: ")


@pytest.mark.parametrize(
    "sentence",
    [
        "In Roer is de eNPS −38.",
        "De eNPS van Roer is 44 punten.",
        "Het laagst scoort Zuid – Roer (−38).",
        "Roer telt 8 antwoorden.",
        "Van de medewerkers van Roer is 13% promotor.",
        "Een score van −38 voor Roer.",
        "eNPS Roer: van −9 naar +10 op 31 maart 2027; op 30 september 2026 −38 (−60 tot −10), achter.",
    ],
)
def test_a_sentence_only(reports: Path, board: Path, sentence: str) -> None:
    """A score, share or number of answers beside the name of the group, in any order of words."""
    edited(board / "report.html", "</main>", f"<p>{sentence}</p></main>")
    assert len(told(audit(reports))) == 1


@pytest.mark.parametrize(
    "sentence",
    [
        "eNPS Roer: doel +10 op 31 maart 2027.",
        "Roer is verborgen: minder dan 10 antwoorden.",
        "Transactionele NPS Roer −28 (n = 40).",
        "eNPS Roer bij de 0-meting: −9 (n = 11).",
        "Roer heeft sinds 3 februari 2026 een eigenaar; de herziening is op 15 december 2026.",
        "Roer: 3 stappen van de roadmap zijn gedaan.",
    ],
)
def test_a_sentence_that_may_be_said(reports: Path, board: Path, sentence: str) -> None:
    """Targets, dates, thresholds, other metrics, earlier scores and other counts may stand beside it."""
    edited(board / "report.html", "</main>", f"<p>{sentence}</p></main>")
    assert audit(reports).leaks == ()


@pytest.mark.parametrize(
    "plant", ["<!-- eNPS Roer −38 -->", "<div hidden>eNPS Roer −38</div>", '<p data-note="Roer −38"></p>']
)
def test_what_a_page_does_not_show(reports: Path, board: Path, plant: str) -> None:
    """Comments, hidden elements and data attributes are read."""
    edited(board / "report.html", "</main>", f"{plant}</main>")
    assert len(told(audit(reports))) >= 1


def test_a_mark_of_a_chart_only(reports: Path, board: Path, client: ModuleType) -> None:
    """A dot in the row of the hidden group: the axis tells its score."""
    text = (board / "report.html").read_text(encoding="utf-8")
    height = float(re.search(r'<text[^>]*y="([\d.]+)"[^>]*>Roer</text>', text)[1])
    edited(board / "report.html", "</svg>\n</div>", f"{client.dot(-38, height)}</svg>\n</div>")
    found = [leak for leak in audit(reports).leaks if ROER in leak.ids]
    assert "chart 'eNPS per groep, 3e kwartaal 2026', a mark in the row of Zuid › Roer" in found[0].places[0]


def test_the_colour_of_a_cell_of_the_page_only(reports: Path, board: Path, client: ModuleType) -> None:
    """A scale of colours in the column of scores, which the hidden cell has too."""
    path = board / "report.html"
    text = path.read_text(encoding="utf-8")
    start = text.index("<caption><span>eNPS per groep")
    end = text.index("</table>", start)
    table = text[start:end]
    for unit in client.paths():
        value = client.score("enps", client.NOW, unit)
        shade = f"#{int(155 + value):02x}40{int(155 - value):02x}"
        label = unit.rpartition(" › ")[2] or "Totaal"
        table = re.sub(rf"(>{label}</th>\s*<td)", rf'\1 style="background: {shade}"', table, count=1)
    path.write_text(text[:start] + table + text[end:], encoding="utf-8")
    assert [place for place in told(audit(reports)) if place.endswith("row 10, by its colour")]


def test_the_colour_of_a_cell_of_the_workbook_only(reports: Path, board: Path, client: ModuleType) -> None:
    """The same in the workbook, by the fills of its cells."""
    book = openpyxl.load_workbook(board / "tables.xlsx")
    for unit in client.paths():
        sheet, row = sheet_and_row(book, "eNPS", unit.rpartition(" › ")[2] or "Totaal")
        value = client.score("enps", client.NOW, unit)
        shade = f"FF{int(155 + value):02X}40{int(155 - value):02X}"
        sheet.cell(row, 2).fill = PatternFill("solid", fgColor=shade)
    book.save(board / "tables.xlsx")
    assert [place for place in told(audit(reports)) if place.endswith("by its colour")]


def test_fills_that_are_no_scale(reports: Path, board: Path) -> None:
    """One colour for every other row, and one for what is hidden, tell nothing."""
    book = openpyxl.load_workbook(board / "tables.xlsx")
    sheet, _ = sheet_and_row(book, "eNPS", "Roer")
    for row in range(4, 14):
        hidden = sheet.cell(row, 2).value == "verborgen"
        shade = "FFEEEEEE" if hidden else ("FFDDDDFF", "FFFFFFFF")[row % 2]
        sheet.cell(row, 2).fill = PatternFill("solid", fgColor=shade)
    book.save(board / "tables.xlsx")
    assert audit(reports).leaks == ()


def edit_block(board: Path, change: Callable[[dict[str, Any]], None]) -> None:
    """Change the first table of the employees in the executed notebook."""
    path = board / "notebooks" / "zero_measurement.ipynb"
    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            block = output["data"].get("application/vnd.nulmeting.block+json", {})
            if block.get("id") == "enps":
                change(block)
    nbformat.write(notebook, path)


def set_value(block: dict[str, Any], name: str, value: float) -> None:
    """Give the second cell of a row a value that its text does not show."""
    row = next(row for row in block["rows"] if row["cells"][0]["text"] == name)
    row["cells"][1]["value"] = value


def test_a_notebook_output_only(reports: Path, board: Path) -> None:
    """The value behind a cell that says hidden."""
    edit_block(board, lambda block: set_value(block, "Roer", -37.5))
    (place,) = told(audit(reports))
    assert place.startswith("2026-Q3/board, notebooks/zero_measurement.ipynb, cell 4, output, table")


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("text/plain", "    Zuid  Roer  -37.5\n"),
        ("text/html", "<table><tr><th>unit</th><th>NPS nu</th></tr><tr><td>Roer</td><td>-38</td></tr></table>"),
        ("application/json", {"group": "Roer", "score": -37.5}),
    ],
)
def test_another_output_of_a_notebook(reports: Path, board: Path, kind: str, content: Any) -> None:
    """What pandas prints, an HTML table and data."""
    path = board / "notebooks" / "zero_measurement.ipynb"
    notebook = nbformat.read(path, as_version=4)
    output = nbformat.v4.new_output("display_data", data={kind: content})
    notebook.cells.append(nbformat.v4.new_code_cell("client.scores", outputs=[output]))
    nbformat.write(notebook, path)
    assert len(told(audit(reports))) >= 1


def test_the_pdf_only(reports: Path, board: Path, client: ModuleType) -> None:
    """A PDF that was made of a table with the score in it; the page of the same set hides it."""
    content = client.shown("nl")
    table = next(one for one in content if one["id"] == "enps")
    row = next(row for row in table["rows"] if row["cells"][0]["text"] == "Roer")
    row["cells"][1:3] = [client.points(-38), client.points(8)]
    (board / "report.pdf").write_bytes(pdf.render(client.tree_of(content, "nl")))
    places = told(audit(reports))
    assert places
    assert all("report.pdf, page" in place for place in places)


def test_the_alternative_text_of_the_pdf_only(reports: Path, board: Path, client: ModuleType) -> None:
    """What a screen reader says of a chart in the PDF."""
    content = client.shown("nl")
    chart = next(one for one in content if one["kind"] == "chart")
    chart["alt"] = "Laagste Zuid – Roer −38."
    (board / "report.pdf").write_bytes(pdf.render(client.tree_of(content, "nl")))
    places = told(audit(reports))
    assert places
    assert all("alternative text" in place for place in places)


def test_more_decimals_than_the_report_prints(reports: Path, board: Path, client: ModuleType) -> None:
    """Rounding: 20 answers and a score of -20 leave several worlds; bands in the workbook leave one of each team."""
    book = openpyxl.load_workbook(board / "tables.xlsx")
    sheet, row = sheet_and_row(book, "eNPS", "Maas")
    sheet.cell(row, 2).value = 100 * (3 - 4) / 12
    sheet.cell(row, 3).value = 12
    book.save(board / "tables.xlsx")
    assert told(audit(reports), MAAS)


def test_a_wave_of_which_a_change_is_printed(reports: Path, board: Path) -> None:
    """Last year's score is shown: a column of changes gives this year's."""
    path = board / "notebooks" / "zero_measurement.ipynb"
    notebook = nbformat.read(path, as_version=4)
    rows = "".join(
        f"<tr><td>{name}</td><td>{change}</td></tr>"
        for name, change in (
            ("Noord", "+8"),
            ("Zuid", "−7"),
            ("Eems", "+20"),
            ("Hunze", "−10"),
            ("Reest", "+15"),
            ("Roer", "−28"),
        )
    )
    html = f"<table><caption>eNPS</caption><tr><th>Onderdeel</th><th>Verandering</th></tr>{rows}</table>"
    output = nbformat.v4.new_output("display_data", data={"text/html": html})
    notebook.cells.append(nbformat.v4.new_code_cell("client.changes", outputs=[output]))
    nbformat.write(notebook, path)
    assert len(told(audit(reports))) == 1


def test_a_previous_period_shows_what_this_one_hides(reports: Path, client: ModuleType) -> None:
    """An earlier set printed the cell, with fewer answers than its own minimum."""
    rows = [row | {"shown": True, "n": 8, "value": -37.5, "hidden_because": None} if row["id"] == ROER else row
            for row in client.figures()]  # fmt: skip
    client.write_figures(reports / "2026-Q2" / "board", rows, period="2026-Q2")
    found = audit(reports)
    assert found.sets_read == ("2026-Q2/board", "2026-Q3/board")
    assert told(found) == ["2026-Q2/board, figures.json"]


def test_a_previous_period_whose_page_speaks_of_the_cell(reports: Path, client: ModuleType) -> None:
    """Its figures do not have the cell at all: this set says that it is hidden."""
    earlier = reports / "2026-Q2" / "board"
    client.write_figures(earlier, [row for row in client.figures() if row["id"] != ROER], period="2026-Q2")
    (earlier / "report.html").write_text("<p>In Roer was de eNPS −38.</p>", encoding="utf-8")
    assert told(audit(reports)) == ['2026-Q2/board, report.html: "In Roer was de eNPS −38."']


def test_a_second_edition_shows_what_this_one_hides(reports: Path, client: ModuleType) -> None:
    """Maas alone gives nothing away, beside what the board edition prints it gives Roer."""
    told_of_maas = {"shown": True, "n": 12, "value": -8, "digits": 0, "hidden_because": None}
    rows = [row | told_of_maas if row["id"] == MAAS else row for row in client.figures()]
    client.write_figures(reports / "2026-Q3" / "team", rows, edition="team")
    found = audit(reports)
    assert (ROER,) in [leak.ids for leak in found.leaks]


def test_a_public_edition_may_hide_more_than_the_board_sees(reports: Path, client: ModuleType) -> None:
    """Every team is hidden from the public, whose minimum is 30; the board sees those of 20."""
    hidden = {"shown": False, "hidden_because": "too_few_answers", "value": None}
    rows = [
        {name: value for name, value in row.items() if name not in ("n", "digits")} | hidden
        if row["audience"] == "employee" and row["shown"] and row["n"] < 30
        else row
        for row in client.figures()
    ]
    public = reports / "2026-Q3" / "public"
    client.write_figures(public, rows, edition="public")
    edited(public / "figures.json", '"minimum_respondents": 10', '"minimum_respondents": 30')
    assert audit(reports).leaks == ()
    (public / "report.html").write_text("<p>In Dommel is de eNPS −20.</p>", encoding="utf-8")
    assert told(audit(reports), "enps[unit=Zuid › Dommel]@2026-Q3")


def test_a_file_that_is_no_part_of_a_report(reports: Path, board: Path) -> None:
    """Whatever lies in the folder of a set is read."""
    (board / "export.csv").write_text("unit;score;n\nRoer;-37.5;8\n", encoding="utf-8")
    assert {place.partition(":")[0] for place in told(audit(reports))} == {"2026-Q3/board, export.csv"}


def test_a_staged_set_takes_the_place_of_the_published_one(reports: Path, board: Path, tmp_path: Path) -> None:
    """What the published set leaks is gone with it; what the staged one leaks counts."""
    clean = Path(shutil.copytree(board, tmp_path / "staged"))
    edited(board / "report.html", "</main>", "<p>In Roer is de eNPS −38.</p></main>")
    assert told(audit(reports))
    found = audit(reports, own=clean)
    assert found.leaks == ()
    assert found.sets_read == ("2026-Q3/board",)
    edited(clean / "report.html", "</main>", "<p>In Roer is de eNPS −38.</p></main>")
    assert told(audit(reports, own=clean))


@pytest.mark.parametrize(
    ("plant", "kind", "surface"),
    [
        ("jan.jansen@voorbeeld.nl", "e-mail address", "report.html"),
        ("jan.jansen@voorbeeld.nl", "e-mail address", "tables.xlsx"),
        ("/home/jan/klant/data.csv", "home folder", "notebook"),
        (r"C:\Users\jan\data.csv", "home folder", "log.txt"),
        ("R_1mZQb7Yd8XkPq2w", "row id", "tables.xlsx"),
        ("klant-000123", "given text", "notebook"),
    ],
)
def test_canaries(reports: Path, board: Path, plant: str, kind: str, surface: str) -> None:
    """What should never leave the data is a finding of its own kind, in any file."""
    if surface == "tables.xlsx":
        book = openpyxl.load_workbook(board / surface)
        book.worksheets[0]["H40"] = plant
        book.save(board / surface)
    elif surface == "notebook":
        path = board / "notebooks" / "zero_measurement.ipynb"
        notebook = nbformat.read(path, as_version=4)
        notebook.metadata["papermill"] = {"input_path": plant}
        nbformat.write(notebook, path)
    elif surface == "report.html":
        edited(board / surface, "</main>", f"<p>{plant}</p></main>")
    else:
        (board / surface).write_text(plant, encoding="utf-8")
    found = audit(reports, canaries=["klant-000123"])
    assert {(one.kind, one.text.replace("\\\\", "\\")) for one in found.canaries} == {(kind, plant)}
    assert not found.clean


def test_no_reports_is_no_finding(tmp_path: Path) -> None:
    """An organisation without sets has nothing to give away."""
    assert audit(tmp_path / "nobody") == Findings((), (), (), 0)
