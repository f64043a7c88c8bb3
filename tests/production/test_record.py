"""The ledger around a job: no moment is without what is published, and no job is planned on an old one."""

from __future__ import annotations

import pytest

from helpers.disclosure import ledger as ledgers
from helpers.errors import InfrastructureError, ParamsError
from helpers.production import record


def entry(*ids, period="2026-Q3", edition="board"):
    """Return the entry of a report that shows these cells, each of 12 answers."""
    shown = [{"id": one, "audience": "employee", "n": 12, "value": 25.0} for one in ids]
    return ledgers.Entry(period, edition, "2026-09-30", shown)


@pytest.fixture
def folder(tmp_path):
    """Lay out the folder of an organisation whose earlier report showed ``old`` and ``both``."""
    own = tmp_path / "params" / "acme"
    own.mkdir(parents=True)
    ledgers.write(own, ledgers.Ledger("acme", [entry("old", "both")]))
    return own


def cells(folder):
    """Return the ids of every cell in the ledger, per report."""
    return {one.name: [cell["id"] for cell in one.shown] for one in ledgers.read(folder).entries}


def test_while_sets_change_places_the_ledger_has_the_cells_of_both(folder):
    """A run that is cut off leaves a ledger that says too much, never too little; afterwards it says what stands."""
    with record.kept(record.opened(folder), entry("both", "new")):
        assert cells(folder) == {"2026-Q3 board": ["both", "new", "old"]}
    assert cells(folder) == {"2026-Q3 board": ["both", "new"]}


def test_other_reports_stay_in_the_ledger(folder):
    """A later period and another edition come beside the first."""
    for more in (entry("new", period="2026-Q4"), entry("both", edition="public")):
        with record.kept(record.opened(folder), more):
            pass
    assert cells(folder) == {"2026-Q3 board": ["both", "old"], "2026-Q3 public": ["both"], "2026-Q4 board": ["new"]}


def test_a_set_that_was_not_published_leaves_the_ledger_as_it_was(folder):
    """Byte for byte; where there was none, none comes."""
    before = (folder / "ledger.json").read_bytes()
    first = folder.with_name("first")
    first.mkdir()
    for place in (folder, first):
        with (
            pytest.raises(InfrastructureError, match="open in another program"),
            record.kept(record.opened(place), entry("new")),
        ):
            raise InfrastructureError("a file in it is open in another program")
    assert (folder / "ledger.json").read_bytes() == before
    assert list(first.iterdir()) == []


def test_a_ledger_that_cannot_be_written_keeps_the_set_from_being_published(folder, monkeypatch):
    """The set is never reached."""

    def full(*_given):
        raise InfrastructureError("no space left", exit_code=2)

    opened, reached = record.opened(folder), []
    monkeypatch.setattr(ledgers, "write", full)
    with pytest.raises(InfrastructureError, match="no space left"), record.kept(opened, entry("new")):
        reached.append("the set")
    assert reached == []


def test_a_report_planned_on_an_older_ledger_is_not_published(folder):
    """Two runs at once, each with a reports folder of its own: the second did not know what the first printed."""
    first, second = record.opened(folder), record.opened(folder)
    with record.kept(first, entry("new", period="2026-Q4")):
        pass
    with pytest.raises(InfrastructureError) as caught, record.kept(second, entry("other")):
        pass
    assert caught.value.messages == (
        "params/acme/ledger.json: another run wrote the ledger while this report was made, so it was planned without "
        "what that one printed. Run it again; the earlier report is unchanged.",
    )
    assert (caught.value.exit_code, list(cells(folder))) == (1, ["2026-Q3 board", "2026-Q4 board"])


def test_a_ledger_that_was_edited_is_not_opened(folder):
    """It is a fault of what was given, with exit code 2."""
    text = (folder / "ledger.json").read_text(encoding="utf-8")
    (folder / "ledger.json").write_text(text.replace('"n": 12', '"n": 13', 1), encoding="utf-8")
    with pytest.raises(ParamsError, match="2026-Q3 board does not fit its seal") as caught:
        record.opened(folder)
    assert caught.value.exit_code == 2


@pytest.fixture
def reports(tmp_path):
    """Lay out two published sets, and what is none."""
    folder = tmp_path / "reports" / "acme"
    for name in ("2026-Q2/board", "2026-Q3/board", "2026-Q3/.board.0a1b.staging", "2026-Q3/board.failed"):
        (folder / name).mkdir(parents=True)
        if not name.endswith("failed"):
            (folder / name / "figures.json").write_text("{}")
    return folder


def test_a_set_is_a_folder_with_figures(reports):
    """What is being made, or failed, is not published; no folder at all has no sets."""
    assert record.published(reports) == [reports / "2026-Q2" / "board", reports / "2026-Q3" / "board"]
    assert record.published(reports / "nowhere") == []


def test_a_ledger_that_is_gone_is_told(folder, reports):
    """With how to get it back; while it is there, or the set that is replaced is the only one, nothing is said."""
    opened, target = record.opened(folder), reports / "2026-Q3" / "board"
    assert record.missing(opened, reports, target=target) == []
    opened.file.unlink()
    assert record.missing(opened, reports, target=target) == [
        "params/acme/ledger.json is missing, but there are earlier reports (2026-Q2/board): what they printed is not "
        "looked at when it is decided what a report hides. Put the committed file back: git checkout -- "
        "params/acme/ledger.json."
    ]
    assert record.missing(opened, reports / "2026-Q2", target=target) == []
