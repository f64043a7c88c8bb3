"""A client of a hundred answers in a temporary folder, and everything that a report could print of it."""

from __future__ import annotations

import importlib
import itertools
import json
import re
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from helpers import dossier
from helpers.dossier import Dossier
from helpers.examples import generate
from helpers.show import blocks, drawn, lists, sentences, tables

tiles = importlib.import_module("helpers.show.tiles")  # helpers.show.tiles itself is the function that shows them

PROJECT = Path(__file__).resolve().parents[2]
EXAMPLE = "voorbeeld-energie"
PARAMS = """\
organisation: {name: Acme}
language: en
sources:
  contacts:
    path: contacts.csv
    audience: customer
    measurement: transactional
    measures: {nps: {column: score, scale: 0-10}}
    columns: {date: day}
    dimensions: {product: product, region: region}
    labels: {product: {P: Power, G: Gas, H: Heat, W: Wood}}
  staff:
    path: staff.csv
    audience: employee
    measurement: employee
    measures: {enps: {column: score, scale: 0-10}}
    columns: {date: day, unit: [division, team]}
tables: {headcount: headcount.csv}
zero_measurement: {by: [product, region]}
targets:
  - {metric: nps, baseline: 2026-Q1, target: 33, due: 2027-03-31, owner: Ann}
  - {metric: nps, scope: {product: Gas}, baseline: 2026-Q1, target: 33, due: 2027-03-31, owner: Ann}
  - {metric: nps, scope: {product: Wood}, baseline: 2026-Q1, target: 33, due: 2027-03-31, owner: Ann}
  - {metric: nps, scope: {product: Wood}, baseline: 2026-Q1, target: 33, due: 2026-09-30, owner: Ann}
  - {metric: enps, scope: {unit: [Service, North]}, baseline: 2026-Q1, target: 33, due: 2027-03-31, owner: Ann}
"""
DAYS = {"zero": "2026-03-30", "now": "2026-09-29"}
# Fewer than 5 customers: Gas (4) and Heat (3) now, Gas (4) and Wood (3) at the zero measurement. Every group has
# answers in both regions, a and b.
CONTACTS: dict[str, dict[str, Sequence[int | str]]] = {
    "zero": {"P": (9, 9, 3, 8, 7, 2, 10, 0), "G": (9, 9, 9, 7), "H": (1, 9, 8, 8, 2, 6), "W": (0, 10, 3)},
    "now": {"P": (9, 9, 9, 8, 7, 2, 10, 0, 4), "G": (10, 9, 0, ""), "H": (9, 9, 7), "W": (9, 9, 10, 8, 3, 9, 8, 10)},
}
# Fewer than 10 employees: North (9) and South (8) of Service, in both waves.
STAFF: dict[str, tuple[int, ...]] = {
    "Service,North": (9, 9, 9, 10, 10, 7, 8, 8, 3),
    "Service,South": (0, 1, 2, 6, 6, 8, 9, 9),
    "Service,West": (9, 10, 7, 7, 8, 6, 5, 9, 9, 2, 1, 10),
    "Works,Yard": (9, 3, 7, 8, 8, 8, 10, 6, 5, 4, 9),
}
HEADCOUNT = {"Service > North": 15, "Service > South": 15, "Service > West": 20, "Works > Yard": 20}
NOT_PRINTED = ("cover", "files", "headline", "headlines", "track_record", "absent", "not_known")
"""Tables that no chapter prints as a table."""
Contacts = Mapping[str, Mapping[str, Sequence[int | str]]]
Staff = Mapping[str, Sequence[int]]


@pytest.fixture(scope="session")
def written_params() -> str:
    """Return the params file of the client."""
    return PARAMS


@pytest.fixture(scope="session")
def client(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """Return what writes a params folder with the client 'acme' in it."""

    def written(contacts: Contacts = CONTACTS, staff: Staff = STAFF, *, params: str = PARAMS, more: str = "") -> Path:
        folder = tmp_path_factory.mktemp("params")
        acme = folder / "acme"
        acme.mkdir()
        rows = [
            f"{DAYS[wave]},{product},{'ab'[place % 2]},{score}"
            for wave, groups in contacts.items()
            for product, scores in groups.items()
            for place, score in enumerate(scores)
        ]
        people = [f"{DAYS[wave]},{unit},{score}" for wave in DAYS for unit, given in staff.items() for score in given]
        counted = [f"{unit},2026-{q},{n}" for q in ("Q1", "Q3") for unit, n in HEADCOUNT.items()]
        files = {
            "params.yaml": [params + more],
            "contacts.csv": ["day,product,region,score", *rows],
            "staff.csv": ["day,division,team,score", *people],
            "headcount.csv": ["unit,wave,employees", *counted],
        }
        for name, lines in files.items():
            (acme / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
        return folder

    return written


@pytest.fixture(scope="session")
def acme(client: Callable[..., Path]) -> Dossier:
    """Return the client opened on 2026-Q3."""
    return dossier.open("acme", params=str(client()))


@pytest.fixture(scope="session")
def traded(client: Callable[..., Path]) -> Callable[..., Dossier]:
    """Return what opens the client after groups have traded their answers: (wave, group, group), or two units."""

    def opened(*trades: tuple[str, str, str], units: tuple[str, str] | None = None, edition: str = "board") -> Dossier:
        contacts, staff = {wave: dict(groups) for wave, groups in CONTACTS.items()}, dict(STAFF)
        for wave, one, other in trades:
            contacts[wave][one], contacts[wave][other] = contacts[wave][other], contacts[wave][one]
        if units:
            one, other = (f"Service,{name}" for name in units)
            staff[one], staff[other] = staff[other], staff[one]
        return dossier.open("acme", params=str(client(contacts, staff)), edition=edition)

    return opened


@pytest.fixture(scope="session")
def example_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a params folder with the example client, beside data that was generated for this run."""
    root = tmp_path_factory.mktemp("example")
    shutil.copytree(PROJECT / "params" / EXAMPLE, root / "params" / EXAMPLE)
    generate(root / "data")
    return root / "params"


@pytest.fixture(scope="session")
def example(example_folder: Path) -> Dossier:
    """Return the example client as a reader gets it: in Dutch, on its last complete quarter."""
    return dossier.open(EXAMPLE, params=str(example_folder))


@pytest.fixture(scope="session")
def printed() -> Callable[[Dossier], dict[str, Any]]:
    """Return what prints every table of a dossier in every way that there is."""
    return everything


@pytest.fixture(scope="session")
def texts() -> Callable[[Any], list[str]]:
    """Return what collects the texts that a reader sees in a block."""
    return lambda block: list(_texts(block))


def everything(opened: Dossier) -> dict[str, Any]:
    """Return all blocks by name, as JSON holds them."""
    found: dict[str, Any] = {"cover": tiles.cover(opened.cover), "tiles": tiles.tiles(opened.headlines)}
    for name, table in opened.tables.items():
        if name not in NOT_PRINTED and len(table):
            found[f"table {name}"] = tables.printable(table)
    charts = ("distribution", "transactional", "relational", "employees", "glide_paths", "roadmap")
    found |= {f"chart {name}": drawn.drawn(opened.tables[name]) for name in charts if len(opened.tables[name])}
    for name in ("headline", "track_record", *charts[:-2], "roadmap_summary", "intake", "hidden"):
        found[f"sentence {name}"] = {"kind": "sentence", "text": sentences.read(opened.tables[name])[0]}
    found |= {f"list {name}": lists.listing(opened.tables[name]) for name in ("absent", "not_known")}
    as_shown = {name: blocks.Block(block).content for name, block in found.items() if block}
    kept: dict[str, Any] = json.loads(re.sub(r"SHA-256 \w+", "SHA-256", json.dumps(as_shown, allow_nan=False)))
    return kept


def _texts(value: Any) -> Iterator[str]:
    """Yield every text of a block but its id, language, kinds and codes."""
    silent = ("kind", "id", "language", "report", "key", "align", "type", "mark", "role", "state", "schema", "svg",
              "value")  # fmt: skip
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        visible = (item for key, item in value.items() if key not in silent or (key == "value" and "label" in value))
        yield from itertools.chain.from_iterable(map(_texts, visible))
        yield from re.findall(r">([^<>]+)</(?:text|title|desc)>", value.get("svg", ""))
    elif isinstance(value, Sequence):
        yield from itertools.chain.from_iterable(map(_texts, value))
