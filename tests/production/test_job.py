"""One job: its stages, and the attack that a set must withstand; whole runs are in test_report."""

from __future__ import annotations

import datetime as dt
import json
from types import SimpleNamespace

import pandas as pd
import pytest

from helpers import disclosure
from helpers.disclosure import ledger as ledgers
from helpers.errors import NotebookError
from helpers.periods import Period
from helpers.production import defence, job, record

CELLS = {"all": 60, "north": 40, "south": 12, "west": 8}


def planned(hidden=(), *, edition="board"):
    """Return a dossier of four cells of which these are hidden."""
    report = SimpleNamespace(
        organisation="acme", period=Period.parse("2026-Q3"), edition=edition, language="en",
        as_of=dt.date(2026, 9, 30), terms={}, band_names={}, params=SimpleNamespace(fiscal_year_start=1),
    )  # fmt: skip
    rows = [
        {"id": name, "audience": "employee", "shown": name not in hidden, "n": n, "score": 10.0}
        for name, n in CELLS.items()
    ]
    files = pd.DataFrame([("survey", "a.csv", "ab12", 60)], columns=["source", "file", "sha256", "read"])
    decided = pd.DataFrame(rows).set_index("id").assign(detailed=True, hidden_because="")
    decided.loc[list(hidden), "hidden_because"] = disclosure.PROTECTS_OTHERS
    plan = disclosure.Plan(decided[["audience", "shown", "hidden_because", "detailed"]])
    return SimpleNamespace(report=report, scores=pd.DataFrame(rows), files=files, plan=plan)


@pytest.fixture
def order(tmp_path):
    """Order a report of which the chapter is a stand-in."""
    for folder in ("notebooks", "params/acme"):
        (tmp_path / folder).mkdir(parents=True)
    own = tmp_path / "params" / "acme"
    return job.Order(
        planned(), again=planned, record=record.opened(own), notebooks=tmp_path / "notebooks", client_folder=own,
        output=tmp_path / "reports",
    )  # fmt: skip


def test_stages_are_the_chapters_the_files_and_two_attacks(order, monkeypatch):
    """Three chapters, three formats and two attacks are eight steps on the bar."""
    monkeypatch.setattr(job.dossiers, "chapters", lambda _dossier: ("summary", "targets", "method"))
    assert job.stages(order) == 8


def test_a_chapter_that_is_not_there_is_found_before_anything_is_written(order, monkeypatch):
    """The fault has exit code 2; the organisation has no folder among the reports yet."""
    monkeypatch.setattr(job.dossiers, "chapters", lambda _dossier: ("sumary",))
    with pytest.raises(NotebookError, match="there is no chapter 'sumary'") as caught:
        job.make(order)
    assert caught.value.exit_code == 2
    assert list(order.output.iterdir()) == []


class Attacker:
    """Stands in for chapters, files and audit: a set leaks while it shows a cell that it must not."""

    def __init__(self, monkeypatch, **given):
        self.by_figures, self.by_files = given.get("by_figures", ()), given.get("by_files", ())
        self.earlier = given.get("earlier", [])
        self.made = []
        monkeypatch.setattr(job.dossiers, "chapters", lambda _dossier: ("summary",))
        monkeypatch.setattr(
            job.chapters, "found", lambda names, **_folders: [job.Path(f"{name}.ipynb") for name in names]
        )
        monkeypatch.setattr(job, "_executed", self.executed)
        monkeypatch.setattr(job.rendering, "write", self.files)
        monkeypatch.setattr(job.rendering, "write_figures", self.figures)
        monkeypatch.setattr(defence, "audited", self.audited)

    def executed(self, _order, _sources, result, progress):
        """Run no chapter, and say that one was run."""
        progress("summary")
        result.seconds["summary"] = 1.0
        result.warnings.append("summary.ipynb, cell 2: mind")

    def files(self, order, _executed, folder, **_more):
        """Write the figures and a page; a folder that still holds an earlier attempt is a fault."""
        assert list(folder.iterdir()) == []
        (folder / "report.html").write_text(" ".join(order.also_hidden))
        self.figures(order, folder)

    def figures(self, order, folder):
        """Write the figures of the dossier as it is planned now."""
        rows = order.dossier.scores.to_dict("records")
        self.made.append(order.also_hidden)
        (folder / "figures.json").write_text(json.dumps({"figures": rows}))

    def audited(self, _reports, staged=None):
        """Find a leak for each cell that is shown and must not be, first in the figures and then in the files."""
        leaks = list(self.earlier)
        if staged is not None:
            content = json.loads((staged / "figures.json").read_text())
            shown = {row["id"] for row in content["figures"] if row["shown"]}
            whole = (staged / "report.html").exists()
            leaks += [leak(one) for one in (*self.by_figures, *(self.by_files if whole else ())) if one in shown]
        return SimpleNamespace(
            leaks=leaks, sets_read=("2026-Q2/board", "2026-Q3/board"), statements_read=1234, canaries=()
        )


def leak(*involved, of="east", kind="range"):
    """Return a leak of the hidden cell ``east`` that rests on these shown cells."""
    sentence = f"{of}: its score follows from {', '.join(involved)}."
    return SimpleNamespace(ids=(of,), kind=kind, sentence=sentence, places=(), involves=involved)


def manifest_of(order):
    """Return what the manifest of the published set says of the attack."""
    return json.loads((order.target / "manifest.json").read_text(encoding="utf-8"))["audit"]


def test_a_set_that_withstands_the_attack_is_published_and_in_the_ledger(order, monkeypatch):
    """Nothing is made twice; the manifest says what was read, and the ledger what is printed."""
    attacker = Attacker(monkeypatch)
    steps = []
    result = job.make(order, progress=steps.append)
    assert attacker.made == [(), ()]
    assert steps == ["audit", "summary", "audit"]
    assert manifest_of(order) == {
        "sets": ["2026-Q2/board", "2026-Q3/board"], "statements": 1234, "leaks": 0, "repairs": 0,
    }  # fmt: skip
    (entry,) = ledgers.read(order.client_folder).entries
    assert (entry.name, [cell["id"] for cell in entry.shown]) == ("2026-Q3 board", ["all", "north", "south", "west"])
    assert result.warnings == ["summary.ipynb, cell 2: mind"]


def test_what_the_figures_give_away_is_mended_before_any_chapter_runs(order, monkeypatch):
    """The dossier is planned again, once for two leaks; chapters and files are made once."""
    attacker = Attacker(monkeypatch, by_figures=("west", "south"))
    steps = []
    job.make(order, progress=steps.append)
    assert attacker.made == [(), ("west", "south"), ("west", "south")]
    assert steps == ["audit", "audit", "summary", "audit"]
    (entry,) = ledgers.read(order.client_folder).entries
    assert [cell["id"] for cell in entry.shown] == ["all", "north"]
    assert entry.hidden == ("south", "west")


def test_what_only_the_files_give_away_is_mended_too(order, monkeypatch):
    """Chapters and files are made again with one more cell hidden, and warnings are told once."""
    attacker = Attacker(monkeypatch, by_files=("south",))
    result = job.make(order)
    assert attacker.made == [(), (), ("south",)]
    assert (order.target / "report.html").read_text() == "south"
    assert (manifest_of(order)["repairs"], result.warnings) == (1, ["summary.ipynb, cell 2: mind"])


def test_a_set_that_cannot_be_mended_is_not_published(order, monkeypatch):
    """Exit code 1, the cell and what gives it away; the earlier set and the ledger stay as they were."""
    order.target.mkdir(parents=True)
    (order.target / "report.html").write_text("the earlier good report")
    Attacker(monkeypatch)
    monkeypatch.setattr(
        defence, "audited", lambda _reports, staged=None: SimpleNamespace(leaks=[leak("all")] if staged else [])
    )
    with pytest.raises(defence.LeakError) as caught:
        job.make(order)
    assert caught.value.exit_code == 1
    assert caught.value.messages == (
        "acme, 2026-Q3, board edition: the report gives a hidden group away, although 1 more cell was hidden. It is "
        "not published; an earlier report is unchanged. Leave a grouping out, such as one of zero_measurement.by, or "
        "raise the smallest group under privacy.",
        "east: its score follows from all.",
    )
    assert (order.target / "report.html").read_text() == "the earlier good report"
    assert list(order.client_folder.iterdir()) == []
    assert [one.name for one in order.target.parent.iterdir()] == ["board"]


def test_a_leak_among_earlier_sets_is_a_warning(order, monkeypatch):
    """Nothing that this set hides can mend it, so the set is made; a leak of its own is mended beside it."""
    attacker = Attacker(monkeypatch, earlier=[leak("north", of="old")], by_figures=("west",))
    result = job.make(order)
    assert attacker.made == [(), ("west",), ("west",)]
    assert (manifest_of(order)["leaks"], manifest_of(order)["repairs"]) == (0, 1)
    assert result.warnings == [
        "summary.ipynb, cell 2: mind",
        "earlier reports give a hidden group away: old: its score follows from north.",
    ]


def test_a_ledger_that_is_gone_is_a_warning(order, monkeypatch):
    """Earlier sets are there, and nothing says what they printed."""
    Attacker(monkeypatch)
    earlier = order.reports / "2026-Q2" / "board"
    earlier.mkdir(parents=True)
    (earlier / "figures.json").write_text('{"figures": []}')
    (warning, _other) = job.make(order).warnings
    assert warning.startswith("params/acme/ledger.json is missing, but there are earlier reports (2026-Q2/board)")
    assert job.make(job.Order(**vars(order) | {"record": record.opened(order.client_folder)})).warnings == [
        "summary.ipynb, cell 2: mind"
    ]
