"""A client of seven teams, of which Roer has 8 answers and is hidden, and Maas is hidden so that Roer cannot follow.

Employees, the third quarter of 2026 (promoters, passives, detractors)::

    all 120 = Noord 60 + Zuid 60          Noord = Eems 20 + Hunze 20 + Reest 20
                                          Zuid  = Dommel 20 + Geul 20 + Maas 12 + Roer 8

Customers give 40 answers per team; nothing of them is hidden. A year before, every team could be shown.
"""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from helpers.production import document, html, pdf, workbook
from helpers.show import blocks
from helpers.show.blocks import MIME
from helpers.show.language import Language

Content = dict[str, Any]
NOW, BEFORE = "2026-Q3", "2025-Q3"
ROER, MAAS = "enps[unit=Zuid › Roer]@2026-Q3", "enps[unit=Zuid › Maas]@2026-Q3"
HIDDEN = {ROER: "too_few_answers", MAAS: "protects_others"}
PRIVACY = {
    "employee": {"minimum_respondents": 10, "minimum_headcount": 10, "complementary": True, "waves": True},
    "customer": {"minimum_respondents": 5, "complementary": False},
}
TEAMS = {
    "enps": {
        NOW: {
            "Noord › Eems": (6, 9, 5), "Noord › Hunze": (5, 9, 6), "Noord › Reest": (8, 8, 4),
            "Zuid › Dommel": (4, 8, 8), "Zuid › Geul": (7, 9, 4), "Zuid › Maas": (3, 5, 4), "Zuid › Roer": (1, 3, 4),
        },
        BEFORE: {
            "Noord › Eems": (4, 9, 7), "Noord › Hunze": (6, 9, 5), "Noord › Reest": (7, 7, 6),
            "Zuid › Dommel": (5, 7, 8), "Zuid › Geul": (6, 9, 5), "Zuid › Maas": (4, 5, 4), "Zuid › Roer": (3, 4, 4),
        },
    },
    "nps.customer.transactional": {
        NOW: {
            "Noord › Eems": (16, 14, 10), "Noord › Hunze": (13, 14, 13), "Noord › Reest": (12, 14, 14),
            "Zuid › Dommel": (8, 12, 20), "Zuid › Geul": (9, 13, 18), "Zuid › Maas": (6, 11, 23),
            "Zuid › Roer": (9, 11, 20),
        },
        BEFORE: {
            "Noord › Eems": (15, 14, 11), "Noord › Hunze": (12, 14, 14), "Noord › Reest": (11, 14, 15),
            "Zuid › Dommel": (13, 14, 13), "Zuid › Geul": (14, 14, 12), "Zuid › Maas": (12, 14, 14),
            "Zuid › Roer": (13, 14, 13),
        },
    },
}  # fmt: skip
DUTCH = {
    "now": "NPS nu", "n": "n", "zero": "0-meting", "unit": "Onderdeel", "total": "Totaal", "remark": "Opmerking",
    "hidden": "verborgen", "few": "minder dan 10 antwoorden", "others": "beschermt andere groepen",
    "title": "{metric} per groep, 3e kwartaal 2026", "target": "Doel", "of": "Doel voor", "gap": "Verschil",
    "due": "Einddatum", "date": "31 maart 2027", "actual": "Nu", "targets": "Doelen en realisatie",
    "nps.customer.transactional": "Transactionele NPS", "enps": "eNPS", "to": "tot",
    "alt": "Scores van {shown} groepen; hoogste Noord – Reest {best}. {hidden} groepen zijn verborgen.",
    "sentence": "eNPS: {score} (n = 120); Roer en Maas zijn verborgen: minder dan 10 antwoorden.",
    "glide": "eNPS Roer: van −9 naar +10 op 31 maart 2027; geen score te tonen.", "chapter": "Waar staan we?",
}  # fmt: skip
ENGLISH = {
    "now": "NPS now", "n": "n", "zero": "Zero measurement", "unit": "Unit", "total": "Total", "remark": "Remark",
    "hidden": "hidden", "few": "fewer than 10 answers", "others": "protects other groups",
    "title": "{metric} by group, Q3 2026", "target": "Target", "of": "Target for", "gap": "Difference",
    "due": "Due", "date": "31 March 2027", "actual": "Now", "targets": "Targets versus actuals",
    "nps.customer.transactional": "Transactional NPS", "enps": "eNPS", "to": "to",
    "alt": "Scores of {shown} groups; highest Noord – Reest {best}. {hidden} groups are hidden.",
    "sentence": "eNPS: {score} (n = 120); Roer and Maas are hidden: fewer than 10 answers.",
    "glide": "eNPS Roer: from −9 to +10 on 31 March 2027; no score to show.", "chapter": "Where do we stand?",
}  # fmt: skip
TEXTS = {"nl": DUTCH, "en": ENGLISH}
TARGETS = {
    "enps": {"": 10, "Zuid": 5, "Zuid › Roer": 10, "Noord": 20},
    "nps.customer.transactional": {"": 15, "Zuid": 0},
}


def counts(metric: str, period: str, path: str = "") -> tuple[int, int, int]:
    """Return promoters, passives and detractors of a unit: the sums of its teams."""
    teams = [
        found for team, found in TEAMS[metric][period].items() if team == path or not path or path in team.split(" › ")
    ]
    promoters, passives, detractors = (sum(one) for one in zip(*teams, strict=True))
    return promoters, passives, detractors


def score(metric: str, period: str, path: str = "") -> float:
    """Return the score of a unit in points."""
    found = counts(metric, period, path)
    return 100 * (found[0] - found[2]) / sum(found)


def paths() -> list[str]:
    """Return every unit, the whole first, each before its teams."""
    teams = list(TEAMS["enps"][NOW])
    return ["", *(path for top in ("Noord", "Zuid") for path in (top, *(one for one in teams if one.startswith(top))))]


def identity(metric: str, period: str, path: str) -> str:
    """Return the id of a cell."""
    return f"{metric}[unit={path}]@{period}" if path else f"{metric}@{period}"


def figure(metric: str, period: str, path: str) -> Content:
    """Return a row of figures.json; of employees the bands are told from 30 answers on."""
    audience = "employee" if metric == "enps" else "customer"
    name = identity(metric, period, path)
    row: Content = {
        "id": name, "metric": metric.partition(".")[0], "audience": audience, "period": period, "unit": "points",
        "scope": {"unit": path} if path else {}, "shown": name not in HIDDEN, "hidden_because": HIDDEN.get(name),
        "weighted": False, "value": None,
    }  # fmt: skip
    if name in HIDDEN:
        return row
    found, value = counts(metric, period, path), score(metric, period, path)
    if audience == "employee" and sum(found) < 30:
        return row | {"n": sum(found), "value": float(rounded(value)), "digits": 0}
    bands = dict(zip(("promoters", "passives", "detractors"), found, strict=True))
    return row | bands | {"n": sum(found), "value": value}


def rounded(value: float) -> int:
    """Round half away from zero."""
    return int(abs(value) + 0.5) * (1 if value > 0 else -1)


def figures() -> list[Content]:
    """Return all rows of figures.json."""
    return [figure(metric, period, path) for metric in TEAMS for period in (NOW, BEFORE) for path in paths()]


def points(value: float) -> Content:
    """Return a cell with a score, in the workbook no more exact than it is printed."""
    return blocks.cell(Language("nl").score(value), float(rounded(value)))


def tree(metric: str, texts: dict[str, str]) -> Content:
    """Return the table of all units of a metric."""
    columns = [blocks.column("unit", texts["unit"]), blocks.column("now", texts["now"], number=True),
               blocks.column("n", texts["n"], number=True), blocks.column("zero", texts["zero"], number=True),
               blocks.column("remark", texts["remark"])]  # fmt: skip
    rows = []
    for path in paths():
        name = identity(metric, NOW, path)
        hidden = blocks.cell(texts["hidden"], hidden=True, mark="hidden")
        n = sum(counts(metric, NOW, path))
        shown = [points(score(metric, NOW, path)), blocks.cell(str(n), n)]
        because = {"too_few_answers": texts["few"], "protects_others": texts["others"]}.get(HIDDEN.get(name, ""), "")
        label = path.rpartition(" › ")[2] or texts["total"]
        cells = [blocks.cell(label), *([hidden, hidden] if name in HIDDEN else shown)]
        rows.append(blocks.row([*cells, points(score(metric, BEFORE, path)), blocks.cell(because)],
                               level=path.count("›") + bool(path)))  # fmt: skip
    return blocks.table(metric.partition(".")[0], caption=texts["title"].format(metric=texts[metric]),
                        columns=columns, rows=rows)  # fmt: skip


def targets(texts: dict[str, str]) -> Content:
    """Return the table of targets: that of Roer is printed, its score is not."""
    columns = [blocks.column("of", texts["of"])]
    columns += [blocks.column(name, texts[name], number=True) for name in ("zero", "target", "actual", "gap")]
    rows = []
    for metric, aims in TARGETS.items():
        for path, aim in aims.items():
            now = score(metric, NOW, path)
            hidden = identity(metric, NOW, path) in HIDDEN
            shown = (
                [blocks.cell(texts["hidden"], hidden=True), blocks.cell("")]
                if hidden
                else [points(now), points(now - aim)]
            )
            name = f"{texts[metric]} {path.rpartition(' › ')[2]}".strip()
            rows.append(blocks.row([blocks.cell(name), points(score(metric, BEFORE, path)), points(aim), *shown]))
    return blocks.table("targets", caption=texts["targets"], columns=[*columns, blocks.column("due", texts["due"])],
                        rows=[blocks.row([*row["cells"], blocks.cell(texts["date"])]) for row in rows])  # fmt: skip


def chart(texts: dict[str, str]) -> Content:
    """Return the dots of all units of the employees, with the axis from -100 to 100 over 242 units."""
    parts, y = [], 20.0
    for path in paths():
        y += 25
        parts.append(lettering(0, y, path.rpartition(" › ")[2] or texts["total"]))
        if identity("enps", NOW, path) in HIDDEN:
            parts.append(lettering(158, y, texts["hidden"], style="font-style: italic"))
            continue
        value = score("enps", NOW, path)
        parts.append(dot(rounded(value), y))
        parts.append(lettering(158 + 1.21 * (value + 100) + 9, y, points(value)["text"], style="font-weight: 600"))
        parts.append(lettering(480, y, str(sum(counts("enps", NOW, path))), anchor="end"))
    for tick, label in ((-100, "−100"), (-50, "−50"), (0, "0"), (50, "+50"), (100, "+100")):
        parts.append(lettering(158 + 1.21 * (tick + 100), y + 25, label, anchor="middle"))
    size = f'width="480pt" height="{y + 40}pt" viewBox="0 0 480 {y + 40}"'
    drawn = f'<svg xmlns="http://www.w3.org/2000/svg" class="chart" {size}>'
    alt = texts["alt"].format(shown=len(paths()) - 2, best="+20", hidden=2)
    title = texts["title"].format(metric=texts["enps"])
    return {"kind": "chart", "id": "enps-chart", "caption": title, "alt": alt, "width": 480, "height": y + 40,
            "svg": f"{drawn}{''.join(parts)}</svg>", "table": None}  # fmt: skip


def lettering(x: float, y: float, text: str, *, anchor: str = "start", style: str = "") -> str:
    """Return a text of a chart."""
    return f'<text x="{x:.2f}" y="{y}" style="font-size: 8px; text-anchor: {anchor}; {style}">{text}</text>'


def dot(value: float, y: float) -> str:
    """Return the mark of a score, its middle as high as the small letters of the name beside it."""
    return f'<circle cx="{158 + 1.21 * (value + 100):.2f}" cy="{y - 2.8:.2f}" r="3.25" style="fill: #00695c"/>'


def shown(language: str) -> list[Content]:
    """Return the blocks of the report."""
    texts = TEXTS[language]
    text = texts["sentence"].format(score=points(score("enps", NOW))["text"])
    found = [
        blocks.sentence("headline", text), chart(texts), tree("enps", texts), tree("nps.customer.transactional", texts),
        targets(texts), blocks.sentence("glide", texts["glide"]),
    ]  # fmt: skip
    about = {"schema": 1, "language": language, "report": {"organisation": "acme", "period": NOW, "edition": "board"}}
    return [{**about, **one} for one in found]


def notebook(content: list[Content], language: str) -> nbformat.NotebookNode:
    """Return the executed chapter."""
    cells = [new_markdown_cell(f"# {TEXTS[language]['chapter']}")]
    for one in content:
        outputs = [new_output("display_data", data={MIME: one, "text/plain": one["kind"]})]
        cells.append(new_code_cell(f"show(client.{one['id'].replace('-', '_')})", execution_count=1, outputs=outputs))
    return new_notebook(cells=cells)


def tree_of(content: list[Content], language: str) -> Content:
    """Return the document that HTML and PDF are made of."""
    edition = document.Edition(language=language, title="0-meting", as_of="2026-09-30")
    return document.from_notebooks([("zero_measurement", notebook(content, language))], internal=False, edition=edition)


def write_set(folder: Path, *, language: str = "nl") -> None:
    """Write every file of a set with the writers that a real report is written with."""
    folder.mkdir(parents=True)
    content = shown(language)
    made = tree_of(content, language)
    (folder / "report.html").write_text(html.render(made), encoding="utf-8")
    (folder / "report.pdf").write_bytes(pdf.render(made))
    workbook.write(folder / "tables.xlsx", sheets=workbook.sheets(content), title="0-meting", contents=["Tabellen."],
                   as_of=dt.date(2026, 9, 30), words=Language(language))  # fmt: skip
    (folder / "notebooks").mkdir()
    nbformat.write(notebook(content, language), folder / "notebooks" / "zero_measurement.ipynb")
    write_figures(folder, figures(), language=language)
    manifest = {"schema": 1, "inputs": [{"name": "answers.csv", "sha256": "eb85054b" * 8}]}
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")


def write_figures(
    folder: Path, rows: list[Content], *, period: str = NOW, edition: str = "board", language: str = "nl"
) -> None:
    """Write figures.json."""
    folder.mkdir(parents=True, exist_ok=True)
    content = {"schema": 1, "organisation": "acme", "period": period, "edition": edition, "language": language,
               "privacy": PRIVACY, "figures": rows}  # fmt: skip
    (folder / "figures.json").write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
