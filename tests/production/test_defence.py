"""Which cell is hidden next, and when a set is refused."""

from __future__ import annotations

import json
from types import SimpleNamespace

import pytest

from helpers.periods import Period
from helpers.production import defence

SHOWN = {"all": 60, "north": 40, "south": 12, "also 12": 12, "nobody": None}


@pytest.fixture
def staged(tmp_path):
    """Lay out a set that shows five cells and hides one."""
    rows = [{"id": name, "shown": True, "n": n} for name, n in SHOWN.items()]
    rows.append({"id": "east", "shown": False, "hidden_because": "too_few_answers"})
    (tmp_path / "figures.json").write_text(json.dumps({"figures": rows}))
    return tmp_path


def ordered(*hidden):
    """Return an order in which these cells were hidden before."""
    report = SimpleNamespace(organisation="acme", period=Period.parse("2026-Q3"), edition="public")
    return SimpleNamespace(also_hidden=hidden, repairs=len(hidden), dossier=SimpleNamespace(report=report))


def found(*leaks):
    """Return what an attack found: leaks in which the set takes part."""
    listed = [SimpleNamespace(ids=("east",), kind="range", sentence=f"east: {used}", involves=used) for used in leaks]
    return defence.Attacked(SimpleNamespace(leaks=listed), listed)


@pytest.mark.parametrize(
    ("involved", "hidden", "expected"),
    [
        (("all", "north", "south"), (), "south"),
        (("south", "also 12"), (), "also 12"),
        (("all", "north", "south"), ("south",), "north"),
        (("all", "east", "an earlier set's"), (), "all"),
    ],
)
def test_the_cell_with_the_fewest_answers_is_hidden_next(staged, involved, hidden, expected):
    """Of those that the leak rests on and that this set shows; of two alike the first by name."""
    assert defence.cells_to_hide(ordered(*hidden), found(involved), staged) == [expected]


def test_each_leak_is_mended_and_no_cell_is_named_twice(staged):
    """Three leaks of which two are mended by the same cell."""
    assert defence.cells_to_hide(ordered(), found(("all", "south"), ("south",), ("north",)), staged) == [
        "south",
        "north",
    ]


@pytest.mark.parametrize("involved", [(), ("east",), ("an earlier set's",)])
def test_a_leak_that_rests_on_no_shown_cell_cannot_be_mended(staged, involved):
    """It is said at once, with the group and what gives it away."""
    with pytest.raises(defence.LeakError) as caught:
        defence.cells_to_hide(ordered(), found(involved), staged)
    assert caught.value.messages == (
        "acme, 2026-Q3, public edition: the report gives a hidden group away, and hiding a cell that it shows cannot "
        "mend it. It is not published; an earlier report is unchanged. Leave a grouping out, such as one of "
        "zero_measurement.by, or raise the smallest group under privacy.",
        f"east: {involved}",
    )


def test_after_ten_rounds_the_set_is_refused(staged):
    """A set that leaks again and again is wrong in a way that hiding does not mend; three leaks are told."""
    with pytest.raises(defence.LeakError) as caught:
        defence.cells_to_hide(ordered(*"abcdefghij"), found(*[("all",)] * 4), staged)
    assert "although 10 more cells were hidden" in caught.value.messages[0]
    assert len(caught.value.messages) == 1 + defence.MOST_TOLD


@pytest.fixture
def reports(tmp_path):
    """Lay out the sets of two periods, of which the last has two editions."""
    folder = tmp_path / "acme"
    for name in ("2026-Q2/board", "2026-Q3/board", "2026-Q3/public"):
        (folder / name).mkdir(parents=True)
        (folder / name / "figures.json").write_text("{}")
    return folder


@pytest.fixture
def asked(monkeypatch):
    """Stand in for the audit: it finds one leak of the own set and one of the others, and notes what it was given."""
    noted = []
    ours, theirs = (
        SimpleNamespace(ids=(of,), kind="derived", sentence=f"{of} follows.", involves=("all",)) for of in ("a", "b")
    )

    def audited(folder, staged=None):
        noted.append((staged, sorted(one.relative_to(folder).as_posix() for one in folder.glob("*/*"))))
        return SimpleNamespace(
            leaks=[ours, theirs] if staged else [theirs], sets_read=("x",), statements_read=9, canaries=()
        )

    monkeypatch.setattr(defence, "audited", audited)
    return noted


def test_only_the_leaks_in_which_the_set_takes_part_are_its_own(tmp_path, reports, asked):
    """What the other sets give away without it is asked of those sets alone; it is a warning."""
    target = reports / "2026-Q4" / "board"
    found = defence.attacked(SimpleNamespace(reports=reports, replaced=(target,)), tmp_path)
    assert [leak.ids for leak in found.of_this] == [("a",)]
    assert found.warnings == ["earlier reports give a hidden group away: b follows."]
    assert found.as_json(repairs=2) == {"sets": ["x"], "statements": 9, "leaks": 1, "repairs": 2}
    every = ["2026-Q2/board", "2026-Q3/board", "2026-Q3/public"]
    assert asked == [(tmp_path, every), (None, every)]


@pytest.mark.parametrize(
    ("editions", "remaining"),
    [(("board", "public"), ["2026-Q2/board"]), (("public",), ["2026-Q2/board", "2026-Q3/board"])],
)
def test_what_the_run_replaces_is_not_read_any_more(tmp_path, reports, asked, editions, remaining):
    """A set of its own period that is made anew has late answers too: the two were never meant to be read together."""
    replaced = tuple(reports / "2026-Q3" / edition for edition in editions)
    defence.attacked(SimpleNamespace(reports=reports, replaced=replaced), tmp_path)
    assert asked == [(tmp_path, remaining), (None, remaining)]
    assert len(list(reports.glob("*/*/figures.json"))) == 3


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ((), []),
        (("a",), ["earlier reports give hidden cells away, which nothing that this one hides can mend: a."]),
        (tuple("abcde"), [
            "earlier reports give hidden cells away, which nothing that this one hides can mend: a, b, c and 2 more."
        ]),
    ],
)  # fmt: skip
def test_what_the_ledger_gives_away_by_itself_is_told(cells, said):
    """Also where the earlier sets do not lie on this machine; of many cells the first."""
    order = SimpleNamespace(dossier=SimpleNamespace(plan=SimpleNamespace(given_away=cells)))
    assert defence.known_already(order) == said
