"""The attack that somebody asks for: which sets are read, what is said, and what becomes of an edited ledger."""

from __future__ import annotations

import json
from types import SimpleNamespace

import pytest

from helpers import audit
from helpers.disclosure import ledger
from helpers.errors import ParamsError
from helpers.production import auditing


@pytest.fixture
def place(tmp_path):
    """Lay out three organisations with params, of which two have a report, and what is no report."""
    for name in ("acme", "bravo", "charlie"):
        (tmp_path / "params" / name).mkdir(parents=True)
        (tmp_path / "params" / name / "params.yaml").touch()
        entry = ledger.Entry("2026-Q3", "board", "2026-09-30", hidden=["a"])
        ledger.write(tmp_path / "params" / name, ledger.Ledger(name, [entry]))
    for name in ("acme/2026-Q2/board", "acme/2026-Q3/board", "bravo/2026-Q3/board", "delta/2026-Q3/.board.1.staging"):
        (tmp_path / "reports" / name).mkdir(parents=True)
        (tmp_path / "reports" / name / "figures.json").write_text("{}")
    return tmp_path


LEAK = audit.Leak(
    ("enps[unit=B]@2026-Q3",), "derived", "B's score follows: -100 to -67.", ("2026-Q3/board, tables.xlsx",), ("a",)
)


@pytest.fixture(autouse=True)
def leaks(monkeypatch):
    """Stand in for the audit: organisations leak what a test says they do."""
    given = {}

    def attacked(folder, staged=None):
        sets = sorted(one.parent.relative_to(folder).as_posix() for one in folder.glob("*/*/figures.json"))
        return SimpleNamespace(
            leaks=given.get(folder.name, []),
            sets_read=tuple(sets),
            statements_read=1234,
            canaries=given.get((folder.name, "private"), ()),
        )

    monkeypatch.setattr(audit, "audit", attacked)
    return given


def run(place, *names, **more):
    """Attack organisations of a temporary folder."""
    return auditing.run(names, reports=place / "reports", params_folder=place / "params", quiet=True, **more)


def test_every_organisation_with_a_report_is_attacked_unless_some_are_named(place):
    """In alphabetical order; a name that stands twice is attacked once."""
    assert [one.organisation for one in run(place)] == ["acme", "bravo"]
    assert [one.organisation for one in run(place, "bravo", "acme", "bravo")] == ["bravo", "acme"]


def test_what_was_read_and_what_follows_is_said(place, leaks):
    """Each leak is one sentence; a report that gives nothing away is said to."""
    leaks["acme"] = [LEAK, LEAK]
    acme, bravo = run(place)
    assert acme.lines == [
        "acme: 1234 statements in 2026-Q2/board, 2026-Q3/board: 2 leaks.",
        "  1. B's score follows: -100 to -67.",
        "  2. B's score follows: -100 to -67.",
    ]
    assert bravo.lines == ["bravo: 1234 statements in 2026-Q3/board: no leaks."]
    assert (acme.exit_code, bravo.exit_code, auditing.exit_code([acme, bravo])) == (1, 0, 1)


def test_the_outcome_can_be_read_by_a_script(place, leaks):
    """All of a leak, and the exit code of the organisation."""
    leaks["bravo"] = [LEAK]
    leaks["bravo", "private"] = [audit.Canary("e-mail address", "jan@example.nl", "2026-Q3/board, report.html")]
    (bravo,) = run(place, "bravo")
    assert bravo.lines[2:] == [
        "  2026-Q3/board, report.html: 'jan@example.nl' looks like private data (e-mail address). Take it out, if it "
        "is not meant."
    ]
    assert json.loads(json.dumps(bravo.as_json())) == {
        "organisation": "bravo", "sets": ["2026-Q3/board"], "statements": 1234, "messages": [], "exit_code": 1,
        "private": [{"kind": "e-mail address", "text": "jan@example.nl", "place": "2026-Q3/board, report.html"}],
        "leaks": [
            {
                "ids": ["enps[unit=B]@2026-Q3"], "kind": "derived", "sentence": "B's score follows: -100 to -67.",
                "places": ["2026-Q3/board, tables.xlsx"], "involves": ["a"],
            }
        ],
    }  # fmt: skip


def test_an_organisation_without_a_report_is_a_usage_fault(place):
    """An attack on nothing would find nothing; a folder of the name that is no report is none."""
    with pytest.raises(ParamsError) as caught:
        run(place, "charlie", "acmee", "../params")
    assert caught.value.messages[:2] == (
        "reports: there is no report of 'charlie'. Make one with `nulmeting report NAME`, or name the folder of the "
        "reports with --output.",
        "reports: there is no report of 'acmee'. Did you mean 'acme'? Make one with `nulmeting report NAME`, or name "
        "the folder of the reports with --output.",
    )
    with pytest.raises(ParamsError, match="nowhere: there is no report"):
        auditing.run((), reports=place / "nowhere", params_folder=place / "params", quiet=True)


def edited(place, name):
    """Edit the ledger of an organisation by hand."""
    path = place / "params" / name / "ledger.json"
    path.write_text(path.read_text(encoding="utf-8").replace('"a"', '"b"'), encoding="utf-8")
    return path


def test_an_edited_ledger_is_told_and_the_reports_are_attacked_all_the_same(place, leaks):
    """Exit code 2; a leak weighs more."""
    edited(place, "acme")
    acme, bravo = run(place)
    assert acme.lines[0] == "acme: 1234 statements in 2026-Q2/board, 2026-Q3/board: no leaks."
    assert "params/acme/ledger.json: 2026-Q3 board does not fit its seal" in acme.lines[1]
    assert (acme.exit_code, auditing.exit_code([acme, bravo])) == (2, 2)
    leaks["bravo"] = [LEAK]
    assert auditing.exit_code(run(place)) == 1


def test_a_ledger_that_is_gone_is_told(place):
    """It is not known any more what the reports printed, but they give nothing away."""
    (place / "params" / "bravo" / "ledger.json").unlink()
    (bravo,) = run(place, "bravo")
    assert bravo.lines[1].startswith(
        "  params/bravo/ledger.json is missing, but there are earlier reports (2026-Q3/board)"
    )
    assert bravo.exit_code == 0


def test_an_edited_ledger_is_accepted_by_name(place):
    """It is sealed as it stands; one without reports here, as after a merge, too; the others stay as they are."""
    path, other = edited(place, "charlie"), edited(place, "acme")
    (charlie,) = run(place, "charlie", accept_ledger=True)
    assert charlie.lines[:2] == [
        "charlie: there is no report here to attack.", "  The ledger is sealed as it stands.",
    ]  # fmt: skip
    assert ledger.read(path.parent).entries[0].hidden == ("b",)
    (bravo,) = run(place, "bravo", accept_ledger=True)
    assert bravo.lines[1:] == ["  The ledger was as it was written."]
    with pytest.raises(ParamsError, match="does not fit its seal"):
        ledger.read(other.parent)


@pytest.mark.parametrize(
    ("names", "message"),
    [
        ((), "--accept-ledger: name the organisations whose ledger you read."),
        (("acmee",), "params: there is no organisation 'acmee'. Did you mean 'acme'?"),
        (("../acme",), "params: there is no organisation '../acme'. Did you mean 'acme'?"),
    ],
)
def test_a_ledger_is_accepted_by_name_only(place, names, message):
    """Nobody has read all of them, and a path is no name."""
    with pytest.raises(ParamsError) as caught:
        run(place, *names, accept_ledger=True)
    assert caught.value.messages == (message,)
