"""One job after another: what an outcome says, and which exit code follows."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace

import pytest

from helpers.errors import DataError, InfrastructureError
from helpers.production import batch, job, options


@pytest.mark.parametrize(
    ("codes", "expected"),
    [((), 0), ((0, 0), 0), ((2,), 2), ((2, 2), 2), ((1,), 1), ((0, 2), 1), ((1, 2), 1), ((0, 1, 0), 1)],
)
def test_the_exit_code_says_whether_all_some_or_none_went_well(codes, expected):
    """0 for all, 2 when every one is at fault in its input, else 1."""
    assert batch.exit_code([batch.Outcome("acme", exit_code=code) for code in codes]) == expected


def test_an_outcome_can_be_read_by_a_script():
    """Paths become text, times are rounded to milliseconds, and all of it is JSON."""
    outcome = batch.Outcome(
        "acme", {"html": Path("reports") / "report.html"}, ("no",), 1, ("mind",), {"html": 1.23456}, {"html": 0.98765},
        "public",
    )  # fmt: skip
    assert json.loads(json.dumps(outcome.as_json())) == {
        "organisation": "acme", "edition": "public", "files": {"html": str(Path("reports", "report.html"))},
        "messages": ["no"], "exit_code": 1, "warnings": ["mind"], "seconds": {"html": 1.235},
        "processor_seconds": {"html": 0.988},
    }  # fmt: skip


@pytest.fixture
def made(monkeypatch):
    """Put stand-ins in the place of intake and chapters: 'broken' has bad data, 'fails' fails later."""
    orders, reads = [], []

    def read(client):
        if client.key == "broken":
            raise DataError(["survey.csv: is empty.", "other.csv: is empty."])
        reads.append(client.key)
        return f"the answers of {client.key}"

    def build(client, **asked):
        return SimpleNamespace(key=client.key, **asked)

    def make(order, *, progress, result):
        orders.append(order)
        progress("summary")
        if order.dossier.key == "fails" and order.dossier.edition == "board":
            raise InfrastructureError("the kernel died twice.")
        result.files = {"html": order.output / f"{order.dossier.edition}.html"}
        result.warnings.append("a warning")
        return result

    monkeypatch.setattr(batch.responses, "read", read)
    monkeypatch.setattr(batch.dossier, "build", build)
    monkeypatch.setattr(job, "stages", lambda _order: 1)
    monkeypatch.setattr(job, "make", make)
    return SimpleNamespace(orders=orders, reads=reads)


def run(tmp_path, *keys, editions=("board",), **wish):
    """Run a batch of organisations."""
    params = SimpleNamespace(report=SimpleNamespace(editions=editions))
    clients = [SimpleNamespace(key=key, folder=tmp_path / "params" / key, params=params) for key in keys]
    return batch.run(
        clients, wish=options.Wish(**wish), notebooks=tmp_path / "notebooks", output=tmp_path / "reports", quiet=True
    )


def test_one_that_fails_does_not_stop_the_others(tmp_path, made):
    """Each outcome has its own messages and exit code, in the order asked; a failed one has no files."""
    outcomes = run(tmp_path, "broken", "fails", "fine")
    assert [(one.name, one.messages, one.exit_code) for one in outcomes] == [
        ("broken", ("survey.csv: is empty.", "other.csv: is empty."), 2),
        ("fails, board edition", ("the kernel died twice.",), 1),
        ("fine, board edition", (), 0),
    ]
    assert [one.files for one in outcomes] == [{}, {}, {"html": tmp_path / "reports" / "board.html"}]
    assert outcomes[2].warnings == ("a warning",)
    assert set(outcomes[2].seconds) == set(outcomes[2].processor) == {"intake"}
    assert [order.dossier.key for order in made.orders] == ["fails", "fine"]


def test_every_edition_is_made_from_one_intake(tmp_path, made):
    """The files are read once per organisation; an edition that fails does not stop the next."""
    outcomes = run(tmp_path, "fails", "fine", editions=("public", "board"))
    assert [(one.organisation, one.edition, one.exit_code) for one in outcomes] == [
        ("fails", "board", 1), ("fails", "public", 0), ("fine", "board", 0), ("fine", "public", 0),
    ]  # fmt: skip
    assert made.reads == ["fails", "fine"]
    assert [order.dossier.intake for order in made.orders] == 2 * ["the answers of fails"] + 2 * ["the answers of fine"]
    assert [len(one.warnings) for one in outcomes] == [0, 1, 1, 1]
    assert [order.later for order in made.orders] == [("public",), (), ("public",), ()]


def test_one_edition_can_be_asked(tmp_path, made):
    """The others of the params are left alone."""
    (outcome,) = run(tmp_path, "fine", editions=("board", "public"), edition="public")
    assert (outcome.edition, [order.dossier.edition for order in made.orders]) == ("public", ["public"])


def test_a_dossier_is_planned_again_from_the_same_answers(tmp_path, made):
    """Only what is hidden besides differs."""
    run(tmp_path, "fine", period="2026-Q2")
    (order,) = made.orders
    again = order.hiding("a").hiding("b")
    assert vars(again.dossier) == vars(order.dossier) | {"also_hidden": ("a", "b")}


def test_the_bar_never_runs_past_its_end():
    """What is done again because something leaked is more than was expected."""
    bar = SimpleNamespace(total=2, n=0, said=[])
    bar.update = lambda: setattr(bar, "n", bar.n + 1)
    bar.set_postfix_str = bar.said.append
    for stage in ("audit", "audit", "summary"):
        batch._step(bar, stage)
    assert (bar.n, bar.total, bar.said) == (3, 3, ["audit", "audit", "summary"])


def test_what_is_asked_reaches_the_dossier_and_the_job(tmp_path, made):
    """Period, language, edition and last day go to the dossier; formats, deadline, folders, the ledger to the job."""
    run(tmp_path, "fine", period="2026-Q2", language="en", as_of="2026-06-30", formats=("pdf",), deadline=9.0)
    (order,) = made.orders
    assert vars(order.dossier) == {
        "key": "fine", "period": "2026-Q2", "language": "en", "edition": "board", "as_of": "2026-06-30",
        "intake": "the answers of fine", "also_hidden": (),
    }  # fmt: skip
    assert (order.record.folder, order.record.ledger.entries) == (tmp_path / "params" / "fine", ())
    assert (order.formats, order.deadline, order.client_folder) == (("pdf",), 9.0, tmp_path / "params" / "fine")
    assert (order.notebooks, order.output) == (tmp_path / "notebooks", tmp_path / "reports")


def test_nothing_runs_when_the_reports_have_no_place(tmp_path, made):
    """A file in the place of the reports folder is told before any intake."""
    (tmp_path / "reports").write_text("a plain file")
    with pytest.raises(InfrastructureError, match="a file stands where the reports need a folder") as caught:
        run(tmp_path, "broken", "fine")
    assert (caught.value.exit_code, made.orders) == (2, [])
