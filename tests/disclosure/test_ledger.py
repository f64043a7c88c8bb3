"""Every cell that was ever printed: kept, sealed, merged, and read back."""

from __future__ import annotations

import json
import pickle
import subprocess
from pathlib import Path
from typing import ClassVar

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.disclosure import Declared, Plan, Rules, ledger
from helpers.disclosure.ledger import Entry, Ledger
from helpers.errors import InfrastructureError, ParamsError

MEND = (
    "Put the committed file back (git checkout -- params/acme/ledger.json); or, if the change is meant, as after a "
    "merge, read it (git diff params/acme/ledger.json) and run: nulmeting audit acme --accept-ledger."
)
RESTORE = "Put the committed file back: git checkout -- params/acme/ledger.json."


def cell(identity: str, n: int | None = 12, **numbers: float) -> dict[str, object]:
    """Return a shown cell; what is not given was not printed."""
    none = dict.fromkeys(("promoters", "passives", "detractors", "value"))
    return {"id": identity, "audience": "employee", "n": n} | none | numbers


def entry(period: str = "2026-Q2", *shown: dict[str, object], edition: str = "board", **more: object) -> Entry:
    """Return an entry of a quarter, with one cell shown and one hidden unless told."""
    cells = shown or (cell(f"enps@{period}", value=25.0),)
    return Entry(period, edition, "2026-06-30", **({"shown": cells, "hidden": [f"enps[unit=Net]@{period}"]} | more))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return params/acme, with a ledger of two quarters."""
    path = tmp_path / "params" / "acme"
    path.mkdir(parents=True)
    two = (
        cell("enps@2026-Q2", 40, promoters=20, passives=10, detractors=10, value=25.0),
        cell("enps[unit=Klant]@2026-Q2"),
    )
    ledger.write(path, Ledger("acme", [entry("2026-Q2", *two), entry("2026-Q1")]))
    return path


def text_of(folder: Path) -> str:
    """Return the file as it is."""
    return (folder / ledger.NAME).read_text(encoding="utf-8")


def edit(folder: Path, old: str, new: str) -> None:
    """Change the file by hand."""
    before = text_of(folder)
    assert old in before
    (folder / ledger.NAME).write_text(before.replace(old, new, 1), encoding="utf-8")


def edit_data(folder: Path, change) -> None:
    """Change what the file says by hand."""
    data = json.loads(text_of(folder))
    change(data)
    (folder / ledger.NAME).write_text(json.dumps(data), encoding="utf-8")


def fault(folder: Path) -> str:
    """Return the one message with which the ledger is refused; its exit code is 2."""
    with pytest.raises(ParamsError) as caught:
        ledger.read(folder)
    assert caught.value.exit_code == 2
    assert len(caught.value.messages) == 1
    return caught.value.messages[0]


class TestFile:
    """What is written is read back, and the same ledger is the same bytes."""

    def test_no_file_is_a_ledger_without_entries(self, tmp_path: Path) -> None:
        """The first report of an organisation has nothing before it."""
        assert ledger.read(tmp_path) == Ledger(tmp_path.name)

    def test_what_is_written_is_read(self, folder: Path) -> None:
        """Entries by period, cells by id, null where it was not printed."""
        first, second = ledger.read(folder).entries
        assert (first.name, second.name) == ("2026-Q1 board", "2026-Q2 board")
        assert second.shown[0] == cell("enps@2026-Q2", 40, promoters=20, passives=10, detractors=10, value=25)
        assert second.hidden == ("enps[unit=Net]@2026-Q2",)

    def test_each_cell_has_a_line_of_its_own(self, folder: Path) -> None:
        """So that git merges and shows changes cell by cell: 3 shown, 2 hidden."""
        lines = [line for line in text_of(folder).splitlines() if "enps" in line]
        assert len(lines) == 5
        assert lines[1] == '"enps[unit=Net]@2026-Q1"'

    def test_order_does_not_change_a_byte(self, folder: Path) -> None:
        """Of entries, of cells, and of 12 and 12.0."""
        before = (folder / ledger.NAME).read_bytes()
        read = ledger.read(folder)
        turned = [Entry(e.period, e.edition, e.as_of, e.shown[::-1], e.hidden[::-1]) for e in reversed(read.entries)]
        turned[0] = Entry(
            "2026-Q2", "board", "2026-06-30", pd.DataFrame(turned[0].shown).to_dict("records"), turned[0].hidden
        )
        ledger.write(folder, Ledger("acme", turned))
        assert (folder / ledger.NAME).read_bytes() == before

    def test_other_line_ends_and_spaces_are_no_change(self, folder: Path) -> None:
        """Git on Windows may write the file with CRLF."""
        before = ledger.read(folder)
        text = text_of(folder)
        for same in ("\ufeff" + text.replace("\n", "\r\n"), json.dumps(json.loads(text))):
            (folder / ledger.NAME).write_bytes(same.encode())
            assert ledger.read(folder) == before

    def test_a_rerun_replaces_its_own_period_and_edition(self, folder: Path) -> None:
        """And nothing else."""
        again = entry("2026-Q2", cell("enps@2026-Q2", 41))
        public = entry("2026-Q2", edition="public")
        new = ledger.read(folder).with_entry(again).with_entry(public)
        assert [(each.name, len(each.shown)) for each in new.entries] == [
            ("2026-Q1 board", 1), ("2026-Q2 board", 1), ("2026-Q2 public", 1),
        ]  # fmt: skip
        assert new.entries[1] == again

    def test_a_folder_that_is_none_cannot_be_written(self, folder: Path) -> None:
        """A file in its place, or nothing."""
        for place in (folder / ledger.NAME, folder / "nowhere"):
            with pytest.raises(InfrastructureError, match="the ledger cannot be written"):
                ledger.write(place, Ledger("acme"))

    def test_a_ledger_that_cannot_be_written_leaves_the_old_one(
        self, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Whole or not at all, and nothing left beside it."""
        before = text_of(folder)

        def full(*_: object) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(Path, "replace", full)
        with pytest.raises(InfrastructureError) as caught:
            ledger.write(folder, Ledger("acme"))
        assert caught.value.exit_code == 2
        assert caught.value.messages == (
            "params/acme/ledger.json: the ledger cannot be written (No space left on device). Without it a later "
            "report could give away what this one hides. Give yourself the right to write in the folder.",
        )
        assert text_of(folder) == before
        assert [path.name for path in folder.iterdir()] == [ledger.NAME]

    @given(
        st.lists(
            st.tuples(
                st.text(min_size=1, alphabet=st.characters(exclude_categories=["Cs"])),
                st.none() | st.integers(0, 500),
                st.none() | st.floats(-100, 100),
            ),
            max_size=6,
        )
    )
    def test_any_name_and_number_survives(self, tmp_path_factory: pytest.TempPathFactory, cells: list[tuple]) -> None:
        """Quotes, line ends and marks of a merge in names too; numbers to 12 digits."""
        folder = tmp_path_factory.mktemp("any")
        shown = [cell(identity, n) | {"value": value} for identity, n, value in cells]
        kept = Ledger(folder.name, [entry("2026", *shown)])
        ledger.write(folder, kept)
        assert ledger.read(folder) == kept
        assert ledger.accept(folder) == []


class TestHandEdited:
    """What was changed outside nulmeting is noticed, in one message that says what to do."""

    @pytest.mark.parametrize(
        ("old", "new"),
        [
            ('"n": 40', '"n": 43'),
            ('"value": 25}', '"value": 26}'),
            ('{"id": "enps[unit=Klant]@2026-Q2"', '{"id": "enps[unit=Klein]@2026-Q2"'),
            ('"enps[unit=Net]@2026-Q2"', '"enps[unit=Net]@2026-Q2", "enps[unit=Wind]@2026-Q2"'),
            ('"as_of": "2026-06-30", "seal": "', '"as_of": "2026-06-29", "seal": "'),
        ],
    )
    def test_a_changed_cell(self, folder: Path, old: str, new: str) -> None:
        """The message names the entry."""
        before = text_of(folder)
        (folder / ledger.NAME).write_text(new.join(before.rsplit(old, 1)), encoding="utf-8")
        assert fault(folder) == (
            "params/acme/ledger.json: 2026-Q2 board does not fit its seal: a cell was changed, added or removed by "
            f"hand. {MEND}"
        )

    def test_a_removed_cell(self, folder: Path) -> None:
        """Shown or hidden."""
        for kind in ("shown", "hidden"):
            before = text_of(folder)
            edit_data(folder, lambda data, kind=kind: data["entries"][1][kind].pop())
            assert fault(folder).startswith("params/acme/ledger.json: 2026-Q2 board does not fit its seal: a cell was")
            (folder / ledger.NAME).write_text(before, encoding="utf-8")

    def test_several_changed_entries_are_named_together(self, folder: Path) -> None:
        """One message for the file."""
        edit_data(folder, lambda data: [each["hidden"].pop() for each in data["entries"]])
        assert fault(folder).startswith(
            "params/acme/ledger.json: 2026-Q1 board and 2026-Q2 board do not fit their seals"
        )

    def test_an_added_entry(self, folder: Path) -> None:
        """Also one that fits its own seal, copied from another branch."""
        other = Ledger("acme", [entry("2025-Q4")])
        edit_data(folder, lambda data: data["entries"].append(json.loads(other.text())["entries"][0]))
        assert fault(folder) == (
            "params/acme/ledger.json: the file does not fit its seal: an entry was added or removed by hand, or in a "
            f"merge. It holds 2026-Q1 board, 2026-Q2 board and 2025-Q4 board. {MEND}"
        )

    def test_a_removed_entry(self, folder: Path) -> None:
        """And all of them."""
        edit_data(folder, lambda data: data["entries"].pop(0))
        assert fault(folder) == (
            "params/acme/ledger.json: the file does not fit its seal: an entry was added or removed by hand, or in a "
            f"merge. It holds 2026-Q2 board. {MEND}"
        )
        edit_data(folder, lambda data: data["entries"].pop(0))
        assert "It holds no entry." in fault(folder)

    def test_another_organisations_ledger(self, folder: Path) -> None:
        """Copied from another folder; with its name corrected by hand, its seals do not fit."""
        ledger.write(folder, Ledger("other", [entry("2026-Q1")]))
        assert fault(folder) == (
            f"params/acme/ledger.json: this is the ledger of 'other', not of 'acme'. {RESTORE} If the organisation was "
            'renamed, correct "organisation" in the file and run: nulmeting audit acme --accept-ledger.'
        )
        edit(folder, '"organisation": "other"', '"organisation": "acme"')
        assert fault(folder).startswith("params/acme/ledger.json: 2026-Q1 board does not fit its seal")
        assert ledger.accept(folder) == [
            "2026-Q1 board: its cells do not fit its seal.",
            "The ledger now holds 2026-Q1 board (cells shown: 1, hidden: 1).",
        ]
        assert ledger.read(folder).organisation == "acme"


class TestNoLedger:
    """A file that is no ledger is never read as an empty one, and cannot be accepted."""

    CASES = (
        (b'{"schema": 1,\n"organisation": acme}', " (line 2): this is no JSON. " + RESTORE),
        (b"", " (line 1): this is no JSON. " + RESTORE),
        (b"[" * 100_000, ": this is no JSON that can be read. " + RESTORE),
        (b"9" * 5000, ": this is no JSON that can be read. " + RESTORE),
        (b"\xff\xfe", ": the file is not UTF-8. " + RESTORE),
        (b"[]", ": this is no ledger of schema 1. " + RESTORE),
        (b'{"schema": "1"}', ": this is no ledger of schema 1. " + RESTORE),
        (b'{"schema": true}', ": this is no ledger of schema 1. " + RESTORE),
        (
            b'{"schema": 2}',
            ": a newer nulmeting wrote it (schema 2; this one reads 1). Update nulmeting. " + RESTORE,
        ),
        (b'{"schema": 1}', ", organisation: this is not as it was written. " + RESTORE),
    )

    @pytest.mark.parametrize(("raw", "said"), CASES)
    def test_it_is_refused(self, folder: Path, raw: bytes, said: str) -> None:
        """In both commands, with the same words."""
        (folder / ledger.NAME).write_bytes(raw)
        assert fault(folder) == f"params/acme/ledger.json{said}"
        with pytest.raises(ParamsError) as caught:
            ledger.accept(folder)
        assert caught.value.messages == (f"params/acme/ledger.json{said}",)
        assert (folder / ledger.NAME).read_bytes() == raw

    @pytest.mark.parametrize("value", ['"12"', "true", "-1", "NaN", "1e999", "[]"])
    def test_a_number_that_is_none(self, folder: Path, value: str) -> None:
        """The message says where."""
        edit(folder, '"n": 40', f'"n": {value}')
        assert fault(folder) == (
            f"params/acme/ledger.json, entries[1].shown[0].n: this is not as it was written. {RESTORE}"
        )

    @pytest.mark.parametrize("name", ['""', "null", '"\\ud800"'])
    def test_a_name_that_is_none(self, folder: Path, name: str) -> None:
        """Empty, absent, or half a character."""
        edit(folder, '"id": "enps@2026-Q2"', f'"id": {name}')
        assert fault(folder).startswith("params/acme/ledger.json, entries[1].shown[0].id: this is not as it was")

    def test_an_unknown_key(self, folder: Path) -> None:
        """It may be a number that the seals do not cover."""
        edit(folder, '"n": 40', '"mean": 7, "n": 40')
        assert fault(folder).startswith("params/acme/ledger.json, entries[1].shown[0].mean: this is not as it was")

    def test_a_folder_in_its_place(self, folder: Path) -> None:
        """It cannot be read."""
        (folder / ledger.NAME).unlink()
        (folder / ledger.NAME).mkdir()
        assert fault(folder).startswith("params/acme/ledger.json: the file cannot be read (")

    def test_a_file_without_the_right_to_read(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """It is not taken for absent."""

        def denied(path: Path) -> bytes:
            raise PermissionError(13, "Permission denied", str(path))

        monkeypatch.setattr(Path, "read_bytes", denied)
        assert fault(folder) == (
            "params/acme/ledger.json: the file cannot be read (Permission denied). Check what it is and who may read "
            "it."
        )


class TestMerge:
    """Two colleagues each add an entry, and git puts the two files into one."""

    BASE = Ledger("acme", [entry("2026-Q1")])

    def merged(self, folder: Path, ours: Ledger, theirs: Ledger, *, style: str = "merge") -> str:
        """Return what git makes of the two, and put it in the folder."""
        names = {"ours": ours, "base": self.BASE, "theirs": theirs}
        for name, each in names.items():
            (folder / name).write_text(each.text(), encoding="utf-8")
        asked = ["git", "merge-file", "-p", *(["--diff3"] if style == "diff3" else []), *names]
        text = subprocess.run(asked, cwd=folder, capture_output=True, check=False).stdout.decode()
        for name in names:
            (folder / name).unlink()
        (folder / ledger.NAME).write_text(text, encoding="utf-8")
        return text

    @pytest.mark.parametrize("style", ["merge", "diff3"])
    @pytest.mark.parametrize("periods", [("2026-Q2", "2026-Q3"), ("2025-Q4", "2026-Q2"), ("2025-Q3", "2025-Q4")])
    def test_the_entries_of_both_are_kept(self, folder: Path, style: str, periods: tuple[str, str]) -> None:
        """The report refuses until somebody has read it; then every cell of either is there."""
        sides = [self.BASE.with_entry(entry(period)) for period in periods]
        assert "<<<<<<<" in self.merged(folder, *sides, style=style)
        assert fault(folder) == (
            "params/acme/ledger.json: git merged the work of two colleagues and left both in it. Read what changed "
            "(git diff params/acme/ledger.json), then run: nulmeting audit acme --accept-ledger. It keeps the cells of "
            "both."
        )
        names = sorted(["2026-Q1", *periods])
        said = ledger.accept(folder)
        assert said[-1].startswith("Both sides of a merge are kept: ")
        assert all(f"{period} board (cells shown: 1, hidden: 1)" in said[-1] for period in names)
        assert [each.period for each in ledger.read(folder).entries] == names
        assert ledger.accept(folder) == []

    def test_two_reports_of_one_period_are_both_known(self, folder: Path) -> None:
        """What one colleague printed is printed, although the other hid it."""
        ours = self.BASE.with_entry(entry("2026-Q2", cell("a", 40), hidden=["b"]))
        theirs = self.BASE.with_entry(entry("2026-Q2", cell("a", 43), cell("b", 12), hidden=["c"]))
        self.merged(folder, ours, theirs)
        ledger.accept(folder)
        both = ledger.read(folder).entries[1]
        assert [(each["id"], each["n"]) for each in both.shown] == [("a", 40), ("a", 43), ("b", 12)]
        assert both.hidden == ("c",)

    def test_accepting_first_shows_what_would_change(self, folder: Path) -> None:
        """Nothing is written before it was read."""
        edit(folder, '"n": 40', '"n": 43')
        before = text_of(folder)
        kept, changed = ledger.accepted(folder)
        assert kept.entries[1].shown[0]["n"] == 43
        assert changed == [
            "2026-Q2 board: its cells do not fit its seal.",
            "The ledger now holds 2026-Q1 board (cells shown: 1, hidden: 1) and 2026-Q2 board (cells shown: 2, "
            "hidden: 1).",
        ]
        assert text_of(folder) == before
        assert ledger.accept(folder, "acme") == changed
        assert ledger.read(folder) == kept

    def test_a_removed_entry_can_be_accepted(self, folder: Path) -> None:
        """A report that never left the house may be forgotten by who says so."""
        edit_data(folder, lambda data: data["entries"].pop())
        assert ledger.accept(folder) == ["The ledger now holds 2026-Q1 board (cells shown: 1, hidden: 1)."]
        assert [each.period for each in ledger.read(folder).entries] == ["2026-Q1"]

    def test_no_file_has_nothing_to_accept(self, tmp_path: Path) -> None:
        """And none is made."""
        assert ledger.accept(tmp_path, "acme") == []
        assert list(tmp_path.iterdir()) == []


class TestKnown:
    """Which numbers readers of earlier reports have."""

    def test_an_empty_ledger_tells_nothing(self) -> None:
        """The columns are there."""
        found = ledger.known(Ledger("acme"))
        assert list(found.columns) == ["id", "audience", "n", "promoters", "passives", "detractors", "value"]
        assert found.empty

    def test_two_editions_are_laid_together(self) -> None:
        """One has the counts, the other the score: a reader of both has all of it."""
        board = entry("2026-Q2", cell("a", 40, value=25.0))
        public = entry("2026-Q2", cell("a", 40, promoters=20, passives=10, detractors=10), edition="public")
        found = ledger.known(Ledger("acme", [board, public]))
        assert found.to_dict("records") == [
            {"id": "a", "audience": "employee", "n": 40, "promoters": 20, "passives": 10, "detractors": 10, "value": 25}
        ]

    def test_another_number_of_answers_is_another_row(self) -> None:
        """And of one number the later period counts."""
        early = entry("2026-Q1", cell("a", 40, value=20.0), cell("a", 37, value=10.0))
        late = entry("2026-Q2", cell("a", 40, value=25.0))
        found = ledger.known(Ledger("acme", [early, late]))
        assert found[["n", "value"]].to_numpy().tolist() == [[37, 10], [40, 25]]

    def test_what_is_about_to_be_replaced_does_not_count(self) -> None:
        """Only of the editions that are made again."""
        both = [entry("2026-Q2", cell("a")), entry("2026-Q2", cell("b"), edition="public"), entry("2026-Q1", cell("c"))]
        kept = Ledger("acme", both)
        assert ledger.known(kept, except_=("2026-Q2", ["board"]))["id"].tolist() == ["b", "c"]
        assert ledger.known(kept, except_=("2026-Q2", ["board", "public"]))["id"].tolist() == ["c"]

    def test_hidden_cells_are_not_known(self) -> None:
        """That they exist is no number."""
        assert ledger.known(Ledger("acme", [entry("2026-Q2", shown=[])])).empty


class TestDifferences:
    """A cell that was printed before with a few answers fewer gives those few away."""

    RULES: ClassVar = {"employee": Rules(10, 10, complementary=True), "customer": Rules(5, 5)}

    def gone(self, now: int, *then: float, audience: str = "employee", rules: dict[str, Rules] = RULES) -> list[str]:
        """Return what must be hidden of one cell."""
        declared = Declared(pd.DataFrame({"id": ["a"], "audience": [audience], "n": [now], "population": [None]}))
        published = ledger.known(Ledger("acme", [entry("2026-Q1", *(cell("a", n) for n in then))]))
        return ledger.differences(declared, published, rules)

    @pytest.mark.parametrize(("now", "hidden"), [(30, 1), (31, 0), (32, 1), (40, 1), (41, 0), (21, 0), (22, 1)])
    def test_one_to_nine_late_answers_hide_the_cell(self, now: int, hidden: int) -> None:
        """31 were printed: the same again tells nothing, ten more are a group."""
        assert self.gone(now, 31) == ["a"] * hidden

    @pytest.mark.parametrize(
        ("period", "now", "hidden"), [("2026-Q3", 34, 1), ("2026-Q3", 31, 0), ("2026-Q2", 34, 0), ("2026", 32, 1)]
    )
    def test_a_period_that_overlaps_one_that_was_printed_is_looked_at(self, period: str, now: int, hidden: int) -> None:
        """31 answers of August were printed; three more in the quarter are those of July and September."""
        declared = Declared(
            pd.DataFrame({"id": [f"enps@{period}"], "audience": "employee", "n": [now], "population": None})
        )
        published = ledger.known(Ledger("acme", [entry("2026-08", cell("enps@2026-08", 31))]))
        assert len(ledger.differences(declared, published, self.RULES)) == hidden

    def test_customers_are_asked_only_with_complementary_hiding(self) -> None:
        """The client knows them."""
        strict = self.RULES | {"customer": Rules(5, 5, complementary=True)}
        assert self.gone(34, 31, audience="customer") == []
        assert self.gone(34, 31, audience="customer", rules=strict) == ["a"]
        assert self.gone(36, 31, audience="customer", rules=strict) == []

    def test_what_is_known_already_is_not_hidden_again(self) -> None:
        """31 and 34 were both printed: today's 34 tells nothing new, today's 36 does."""
        assert self.gone(34, 31, 34) == []
        assert self.gone(36, 31, 34) == ["a"]

    def test_a_number_that_was_not_printed_cannot_be_subtracted(self) -> None:
        """Nor can a cell that nobody printed."""
        published = ledger.known(Ledger("acme", [entry("2026-Q1", cell("a", None), cell("b", 31))]))
        declared = Declared(pd.DataFrame({"id": ["a"], "audience": "employee", "n": [34], "population": [None]}))
        assert ledger.differences(declared, published, self.RULES) == []

    def test_a_cell_that_is_not_printed_now_has_no_difference(self) -> None:
        """It is declared only because an earlier report printed it."""
        cells = {"id": ["b", "a"], "audience": "employee", "n": [34, 33], "population": None, "printed": [True, False]}
        published = ledger.known(Ledger("acme", [entry("2026-Q1", cell("a", 31), cell("b", 31))]))
        assert ledger.differences(Declared(pd.DataFrame(cells)), published, self.RULES) == ["b"]


class TestEntryOf:
    """What a report prints, as its protected table says."""

    TABLE = pd.DataFrame(
        {
            "id": ["a", "b", "c"], "audience": "employee", "shown": [True, False, True], "n": [40, None, 12],
            "promoters": [20, None, 5], "passives": [10, None, 4], "detractors": [10, None, 3],
            "score": [25.0, None, 17.0], "label": "x",
        }
    )  # fmt: skip

    def plan(self, *shown: bool) -> Plan:
        """Return a plan in which c has no details."""
        cells = {"audience": "employee", "shown": list(shown), "hidden_because": ["" if s else "x" for s in shown]}
        return Plan(pd.DataFrame(cells | {"detailed": [True, False, False, False]}, index=list("abcd")))

    def test_shown_rows_are_cells_and_hidden_ones_are_ids(self) -> None:
        """No number of a hidden cell is kept."""
        found = ledger.entry_of(self.TABLE, period="2026-Q2", edition="board", as_of="2026-06-30")
        assert [each["id"] for each in found.shown] == ["a", "c"]
        assert found.shown[0] == cell("a", 40, promoters=20, passives=10, detractors=10, value=25)
        assert found.hidden == ("b",)

    def test_the_plan_is_a_second_lock(self) -> None:
        """Counts that it withholds stay out; cells that it hides and no table has are hidden too."""
        plan = self.plan(True, False, True, False)
        found = ledger.entry_of(self.TABLE, period="2026-Q2", edition="board", as_of="2026-06-30", plan=plan)
        assert found.shown[1] == cell("c", 12, value=17)
        assert found.hidden == ("b", "d")

    def test_a_table_that_shows_a_hidden_cell_is_refused(self) -> None:
        """It must not be published either."""
        with pytest.raises(ValueError, match=r"^the plan hides cells that the table shows: c$"):
            ledger.entry_of(
                self.TABLE, period="2026-Q2", edition="board", as_of="", plan=self.plan(True, False, False, False)
            )

    def test_a_table_without_counts_has_none(self) -> None:
        """Such as that of means."""
        found = ledger.entry_of(self.TABLE[["id", "audience", "shown", "n"]], period="2026", edition="board", as_of="")
        assert found.shown[1] == cell("c", 12)

    def test_an_empty_id_is_no_cell(self) -> None:
        """Such as that of a target that was not measured, shown or not."""
        table = pd.concat([self.TABLE, self.TABLE.iloc[:2].assign(id="")])
        found = ledger.entry_of(table, period="2026-Q2", edition="board", as_of="2026-06-30")
        assert found == ledger.entry_of(self.TABLE, period="2026-Q2", edition="board", as_of="2026-06-30")

    def test_an_entry_goes_between_processes(self) -> None:
        """A report is made in a process of its own."""
        found = ledger.entry_of(self.TABLE, period="2026", edition="board", as_of="")
        assert pickle.loads(pickle.dumps(found)) == found
