from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.audit.attack import attack
from helpers.audit.leaks import Leak

Row = tuple[dict[str, Any], list[dict[str, Any]]]
FEW = "too_few_answers"
OTHER = "protects_others"
EMPLOYEES = {"employee": {"minimum_respondents": 10, "minimum_headcount": 10, "complementary": True, "waves": True}}

RULES = {"customer": {"minimum_respondents": 5, "complementary": False}}
OLD: dict[str, Any] = {"set": "2026-Q2/board", "period": "2026-Q2"}
NEW: dict[str, Any] = {"set": "2026-Q3/board", "period": "2026-Q2"}
PUBLIC: dict[str, Any] = {"set": "2026-Q3/public", "minimum": 30}
BOARD: dict[str, Any] = {"set": "2026-Q3/board", "minimum": 10}


def cell(
    name: str = "",
    counts: tuple[int, int, int] = (0, 0, 0),
    *,
    hidden: str = "",
    period: str = "2026-Q3",
    people: int | None = None,
    **settings: Any,
) -> Row:
    """Return a cell and what is printed of it: n and whole points, from 30 answers on the counts of the bands.

    The name is its scope, as 'unit=N › E,product=gas'.
    """
    scope = dict(part.split("=") for part in name.split(",")) if name else {}
    identity = f"enps[{name}]@{period}" if name else f"enps@{period}"
    row = {"id": identity, "audience": "employee", "metric": "enps", "kind": "nps", "scope": scope, "period": period}
    row |= {"shown": not hidden, "hidden_because": hidden, "set": "2026-Q3/board"} | settings
    n = sum(counts)
    score = 100 * (counts[0] - counts[2]) / n if n else 0.0
    printed = math.copysign(math.floor(abs(score) + 0.5), score)
    facts = {"n": (n, n), "score": (printed - 0.5, printed + 0.5)}
    if n >= 30:
        facts |= {
            name: (each, each) for name, each in zip(("promoters", "passives", "detractors"), counts, strict=True)
        }
    if people is not None:
        facts["population"] = (people, people)
    place = f"{row['set']}, figures.json"
    made = [
        {"id": identity, "quantity": what, "low": low, "high": high, "place": place}
        for what, (low, high) in facts.items()
    ]
    return row, [] if hidden else made


def attacked(*rows: Row, also: Iterable[dict[str, Any]] = (), privacy: Any = EMPLOYEES) -> list[Leak]:
    """Return the leaks of cells and their facts; the frames are small, so not those that are shown though small."""
    return [leak for leak in every(*rows, also=also, privacy=privacy) if leak.kind != "shown"]


def every(*rows: Row, also: Iterable[dict[str, Any]] = (), privacy: Any = EMPLOYEES) -> list[Leak]:
    """Return the leaks of cells and their facts."""
    cells = pd.DataFrame([row for row, _ in rows])
    facts = [fact for _, facts in rows for fact in facts] + list(also)
    return attack(cells, pd.DataFrame(facts, columns=["id", "quantity", "low", "high", "place"]), privacy=privacy)


def about(leaks: Iterable[Leak]) -> list[tuple[str, tuple[str, ...]]]:
    """Return what kind of leak is about which groups, without their score and period."""
    return [(leak.kind, tuple(name.partition("[")[2].partition("]")[0] for name in leak.ids)) for leak in leaks]


class TestOneTable:
    """Groups of one score in one period."""

    def test_a_group_that_is_shown_below_the_minimum_is_a_leak(self) -> None:
        """Nine answers of employees, and nobody had to subtract; ten are none, nor is an empty group."""
        (leak,) = every(cell("unit=A", (3, 3, 3)), cell("unit=B", (4, 3, 3)), cell("unit=C"))
        assert (leak.kind, leak.ids) == ("shown", ("enps[unit=A]@2026-Q3",))
        assert leak.sentence == (
            "The group enps[unit=A]@2026-Q3 is shown with fewer than 10 answers: 2026-Q3/board, figures.json."
        )

    def test_the_first_fixture_is_a_leak(self) -> None:
        """12 answers with 25, 9 of which have 33: the net of the 3 hidden ones is exactly 0."""
        (leak,) = attacked(cell("", (5, 5, 2)), cell("unit=A", (4, 4, 1)), cell("unit=B", hidden=FEW))
        assert leak == Leak(
            ids=("enps[unit=B]@2026-Q3",),
            kind="derived",
            sentence="The hidden group enps[unit=B]@2026-Q3: 3 answers, a score of 0. "
            "It follows from what is printed of enps@2026-Q3, enps[unit=A]@2026-Q3.",
            places=("2026-Q3/board, figures.json",),
            involves=("enps@2026-Q3", "enps[unit=A]@2026-Q3"),
        )

    def test_the_second_fixture_leaves_two_ways_and_is_a_leak_all_the_same(self) -> None:
        """A hidden 5 with a net of −3: 0/2/3 or 1/0/4, a score of −60 either way. 20 answers with 0 hold 15 with 20."""
        (leak,) = attacked(cell("", (8, 4, 8)), cell("unit=A", (7, 4, 4)), cell("unit=B", hidden=FEW))
        assert "5 answers, a score of -60." in leak.sentence

    def test_a_fully_open_table_gives_nothing_away(self) -> None:
        """Nothing is hidden and the parts add up, however small they are and whoever is of one mind."""
        rows = [
            cell("", (10, 5, 2)), cell("unit=A", (7, 0, 0)), cell("unit=A › 1", (7, 0, 0)), cell("unit=B", (3, 5, 2)),
            cell("product=g", (6, 3, 0)), cell("product=s", (4, 2, 2)),
            cell("product=g,unit=A", (6, 0, 0)), cell("product=g,unit=B", (0, 3, 0)),
            cell("product=s,unit=A", (1, 0, 0)), cell("product=s,unit=B", (3, 2, 2)),
        ]  # fmt: skip
        assert attacked(*rows) == []

    def test_two_hidden_groups_with_enough_answers_together_are_safe(self) -> None:
        """What is left has 8/9/8 answers: the small group can be anything, the other may be large."""
        rows = [cell("", (20, 20, 20)), cell("unit=A", (12, 11, 12))]
        assert attacked(*rows, cell("unit=B", hidden=FEW), cell("unit=C", hidden=OTHER)) == []

    def test_two_hidden_groups_with_too_few_answers_together_are_a_leak(self) -> None:
        """8 answers are left for both: the score of the two together follows, that of each alone does not."""
        leaks = attacked(
            cell("", (20, 20, 20)), cell("unit=A", (17, 18, 17)),
            cell("unit=B", hidden=FEW), cell("unit=C", hidden=FEW),
        )  # fmt: skip
        assert about(leaks) == [("together", ("unit=B", "unit=C"))]
        assert "together: 8 answers, a score of 0." in leaks[0].sentence

    def test_who_is_in_no_named_group_is_a_group(self) -> None:
        """60 answers, 56 of them in units: the other 4 are a leak; with 12 others there is none; with none neither."""

        def with_(n: int) -> list[Leak]:
            return attacked(cell("", (20 + n, 20, 20)), cell("unit=A", (20, 20, 20)))

        assert about(with_(4)) == [("remainder", ())]
        assert with_(4)[0].sentence.startswith("Those of enps@2026-Q3 who are in none of its parts by unit: 4 answers")
        assert with_(12) == with_(0) == []

    def test_all_of_one_mind_forces_every_group_in_it(self) -> None:
        """The 25 answers that are left are all promoters, so those of the hidden small group are."""
        leaks = attacked(
            cell("", (40, 20, 20)), cell("unit=A", (15, 20, 20)),
            cell("unit=B", hidden=FEW), cell("unit=C", hidden=OTHER),
        )  # fmt: skip
        assert about(leaks) == [("derived", ("unit=B",))]
        assert "1 to 9 answers, a score of 100, all of them promoters" in leaks[0].sentence

    def test_a_band_without_anybody_is_a_leak_of_a_group_of_unknown_size(self) -> None:
        """Among the 25 answers that are left is no detractor, so none is in the hidden small group."""
        leaks = attacked(
            cell("", (30, 30, 20)), cell("unit=A", (15, 20, 20)),
            cell("unit=B", hidden=FEW), cell("unit=C", hidden=OTHER),
        )  # fmt: skip
        assert about(leaks) == [("derived", ("unit=B",))]
        assert "none of them detractors" in leaks[0].sentence

    def test_a_group_hidden_to_protect_others_is_no_leak_when_it_is_large(self) -> None:
        """The hidden unit has 20 answers in every world: its score follows, but it is no small group."""
        assert attacked(cell("", (20, 20, 20)), cell("unit=A", (12, 13, 15)), cell("unit=B", hidden=OTHER)) == []

    def test_a_group_hidden_to_protect_others_is_a_leak_when_it_must_be_small(self) -> None:
        """Whatever the reason says, 3 answers are left."""
        leaks = attacked(cell("", (20, 20, 20)), cell("unit=A", (19, 19, 19)), cell("unit=B", hidden=OTHER))
        assert about(leaks) == [("derived", ("unit=B",))]

    def test_a_small_unit_is_small_whatever_it_answered(self) -> None:
        """A minimum of 5 answers and 10 people: a hidden unit of 7 answers has fewer than 10 people."""
        privacy = {"employee": {"minimum_respondents": 5, "minimum_headcount": 10}}
        rows = [cell("", (20, 20, 20)), cell("unit=A", (18, 18, 17))]
        assert about(attacked(*rows, cell("unit=B", hidden="too_small_unit"), privacy=privacy)) == [
            ("derived", ("unit=B",))
        ]
        assert attacked(*rows, cell("unit=B", hidden=OTHER), privacy=privacy) == []

    def test_shares_in_whole_percents_give_the_counts_away(self) -> None:
        """Percents of 20 and 15 answers are counts: with them the hidden 5 are 0/2/3, without them 1/0/4 fits too."""
        rows = [cell("", (8, 4, 8)), cell("unit=A", (8, 2, 5)), cell("unit=B", hidden=FEW)]
        page = "2026-Q3/board, report.html"
        shares = [
            {"id": name, "quantity": what, "low": share - 0.5, "high": share + 0.5, "place": page}
            for name, what, share in (
                ("enps@2026-Q3", "promoter_share", 40), ("enps@2026-Q3", "passive_share", 20),
                ("enps[unit=A]@2026-Q3", "promoter_share", 53), ("enps[unit=A]@2026-Q3", "passive_share", 13),
            )
        ]  # fmt: skip
        assert "none of them" not in attacked(*rows)[0].sentence
        (leak,) = attacked(*rows, also=shares)
        assert "5 answers, a score of -60, none of them promoters." in leak.sentence
        assert leak.places == ("2026-Q3/board, figures.json", "2026-Q3/board, report.html")

    def test_the_order_of_the_rows_does_not_matter(self) -> None:
        """The same table upside down gives the same groups away."""
        rows = [
            cell("", (20, 20, 20)),
            cell("unit=A", (17, 18, 17)),
            cell("unit=B", hidden=FEW),
            cell("unit=C", hidden=FEW),
        ]
        there, back = attacked(*rows), attacked(*reversed(rows))
        assert [set(leak.ids) for leak in there] == [set(leak.ids) for leak in back]


answers = st.lists(
    st.tuples(st.sampled_from(["N › E", "N › R", "Z › W", "Z"]), st.sampled_from("gs"), st.sampled_from([0, 1, 2])),
    min_size=1,
    max_size=30,
)


@settings(deadline=None, max_examples=40)
@given(answers)
def test_no_open_table_is_a_leak(given_answers: list[tuple[str, str, int]]) -> None:
    """Whoever answers what: a tree, a dimension and their crossing of which nothing is hidden tell nothing.

    Of a unit with people of its own, those are a group besides its teams; here they are 10 or more, or nobody.
    """
    own = [row for row in given_answers if row[0] == "Z"]
    kept = given_answers if len(own) >= 10 else [row for row in given_answers if row[0] != "Z"]
    teams = [[row for row in kept if row[0].startswith(unit)] for unit in ("N › E", "N › R", "Z › W", "N", "Z", "")]
    names = ("unit=N › E", "unit=N › R", "unit=Z › W", "unit=N", "unit=Z", "")
    rows = [cell(name, _counts(each)) for name, each in zip(names, teams, strict=True) if each]
    for product in "gs":
        of_product = [row for row in kept if row[1] == product]
        rows += [cell(f"product={product}", _counts(of_product))] if of_product else []
        for top in "NZ":
            crossed = [row for row in of_product if row[0].startswith(top)]
            rows += [cell(f"product={product},unit={top}", _counts(crossed))] if crossed else []
    assert not rows or attacked(*rows) == []


def _counts(rows: list[tuple[str, str, int]]) -> tuple[int, int, int]:
    return tuple(sum(row[2] == band for row in rows) for band in range(3))  # type: ignore[return-value]


class TestTrees:
    """Units in units."""

    def test_a_hidden_region_and_its_shown_teams_give_a_team_away(self) -> None:
        """N is hidden, but is 60 − 40 = 20; its shown team has 17 of them, so the other has 3."""
        leaks = attacked(
            cell("", (20, 20, 20)), cell("unit=Z", (14, 13, 13)), cell("unit=N", hidden=OTHER),
            cell("unit=N › E", (5, 6, 6)), cell("unit=N › R", hidden=FEW),
        )  # fmt: skip
        assert about(leaks) == [("derived", ("unit=N › R",))]
        assert set(leaks[0].involves) == {"enps[unit=N › E]@2026-Q3", "enps@2026-Q3", "enps[unit=Z]@2026-Q3"}

    def test_people_without_a_team_keep_a_hidden_team_apart(self) -> None:
        """Region N has 40 answers and no team but a hidden one: it cannot have all 40, so others work in N itself."""
        rows = [cell("", (20, 20, 20)), cell("unit=Z", (7, 6, 7)), cell("unit=N", (13, 14, 13))]
        assert attacked(*rows, cell("unit=N › R", hidden=FEW)) == []

    def test_a_team_that_nothing_is_printed_around_is_safe(self) -> None:
        """A hidden team in no wider group is in no relation."""
        assert attacked(cell("unit=N › R", hidden=FEW)) == []


class TestCrossTables:
    """Two dimensions at once."""

    def margins(self) -> list[Row]:
        """Return 3 × 3 groups of 90 answers, all margins shown."""
        return [
            cell("", (30, 30, 30)),
            *(cell(f"product={name}", (10, 10, 10)) for name in "gsw"),
            *(cell(f"process={name}", (10, 10, 10)) for name in "123"),
        ]

    def crossed(self, hidden: dict[str, str]) -> list[Row]:
        """Return the crossings: 12 answers each, but 6 in three cells on the diagonal."""
        return [
            cell(f"process={p},product={g}", (2, 2, 2) if same else (4, 4, 4), hidden=hidden.get(f"{g}{p}", ""))
            for g, p, same in ((g, p, "gsw".index(g) == "123".index(p)) for g in "gsw" for p in "123")
        ]

    def test_a_row_with_one_hidden_cell_gives_it_away(self) -> None:
        """30 − 12 − 12 = 6, in the row and in the column."""
        leaks = attacked(*self.margins(), *self.crossed({"g1": FEW, "s2": FEW, "w3": FEW}))
        assert about(leaks) == [("derived", (f"process={p},product={g}",)) for g, p in ("g1", "s2", "w3")]

    def test_a_chain_of_hidden_cells_gives_its_end_away(self) -> None:
        """g1 alone in its row; with it known, s1 is alone in its column, with that s2 in its row."""
        leaks = attacked(*self.margins(), *self.crossed({"g1": FEW, "s1": OTHER, "s2": FEW, "w3": FEW, "w2": OTHER}))
        assert ("derived", ("process=1,product=g",)) in about(leaks)
        assert ("derived", ("process=2,product=s",)) in about(leaks)

    def test_a_closed_loop_of_hidden_cells_keeps_them(self) -> None:
        """Two hidden cells in every row and column, 18 answers in each line."""
        hidden = {"g1": FEW, "s2": FEW, "w3": FEW, "g2": OTHER, "s3": OTHER, "w1": OTHER}
        assert attacked(*self.margins(), *self.crossed(hidden)) == []

    def test_two_hidden_cells_of_one_square_keep_each_other(self) -> None:
        """2 × 2 cells, all hidden: 20 and 40 answers in the rows and in the columns leave the small one open."""
        rows = [
            cell("", (20, 20, 20)),
            cell("x=1", (7, 6, 7)), cell("x=2", (13, 14, 13)),
            cell("y=1", (7, 7, 6)), cell("y=2", (13, 13, 14)),
            cell("x=1,y=1", hidden=FEW), cell("x=1,y=2", hidden=OTHER),
            cell("x=2,y=1", hidden=OTHER), cell("x=2,y=2", hidden=OTHER),
        ]  # fmt: skip
        assert attacked(*rows) == []

    def crossed_once(self, gas_in_a: tuple[int, int, int]) -> list[Leak]:
        """Return the leaks when 24 answers are left for the hidden A and B, and one crossing of A is printed."""
        return attacked(
            cell("", (20, 20, 20)), cell("unit=C", (10, 10, 10)), cell("unit=D", (2, 2, 2)),
            cell("unit=A", hidden=OTHER), cell("unit=B", hidden=FEW), cell("product=g,unit=A", gas_in_a),
        )  # fmt: skip

    def test_one_crossing_that_a_target_is_about_is_not_all_there_is(self) -> None:
        """12 answers in A are about gas; A has others too, so nothing follows for B."""
        assert self.crossed_once((4, 4, 4)) == []

    def test_what_one_crossing_leaves_of_a_hidden_group_is_in_a_union(self) -> None:
        """18 of the 24 are about gas in A: the other 6 are in B, or in A about something else."""
        (leak,) = self.crossed_once((6, 6, 6))
        assert (leak.kind, leak.ids) == ("together", ("enps[unit=B]@2026-Q3",))
        assert leak.sentence.startswith(
            "The groups enps[unit=B]@2026-Q3 and enps[unit=A]@2026-Q3 besides product together: 6 answers"
        )


class TestUnions:
    """Hidden groups that follow together though no single line says so."""

    def test_parts_of_two_regions_follow_together(self) -> None:
        """N and Z are hidden, 30 answers together; of them 12 and 12 are in shown teams. The hidden teams, one in
        each, have 6 answers together: neither is known alone, as how the 30 are divided is not printed.
        """
        leaks = attacked(
            cell("", (20, 20, 20)), cell("unit=W", (10, 10, 10)),
            cell("unit=N", hidden=OTHER), cell("unit=Z", hidden=OTHER),
            cell("unit=N › 1", (4, 4, 4)), cell("unit=N › 2", hidden=FEW),
            cell("unit=Z › 1", (4, 4, 4)), cell("unit=Z › 2", hidden=FEW),
        )  # fmt: skip
        assert about(leaks) == [("together", ("unit=N › 2", "unit=Z › 2"))]
        assert "6 answers, a score of 0." in leaks[0].sentence


class TestDirect:
    """A number that is printed of a hidden group."""

    @pytest.mark.parametrize("quantity", ["n", "score", "promoters", "detractor_share"])
    def test_any_number_of_a_hidden_group_is_a_leak(self, quantity: str) -> None:
        """Whatever it says, and whether it is small or not; only its headcount is no answer."""
        fact = {
            "id": "enps[unit=B]@2026-Q3",
            "quantity": quantity,
            "low": 4,
            "high": 4,
            "place": "2026-Q3/board, alt text",
        }
        (leak,) = attacked(cell("unit=B", hidden=OTHER), also=[fact])
        what = quantity.replace("_", " ")
        assert (leak.kind, leak.ids, leak.places) == ("direct", ("enps[unit=B]@2026-Q3",), ("2026-Q3/board, alt text",))
        assert leak.sentence == (
            f"The group enps[unit=B]@2026-Q3 is hidden, but its {what} is printed: 2026-Q3/board, alt text."
        )
        assert attacked(cell("unit=B", hidden=OTHER), also=[fact | {"quantity": "population"}]) == []

    def test_a_headcount_limits_what_a_hidden_unit_can_have_answered(self) -> None:
        """At most 2 of the 12 answers that are left are of the unit of 2 people; it can still be anything."""
        rows = [cell("", (20, 20, 20)), cell("unit=A", (16, 16, 16)), cell("unit=C", hidden=OTHER)]
        people = {"id": "enps[unit=B]@2026-Q3", "quantity": "population", "low": 2, "high": 2, "place": "2026-Q3/board"}
        assert attacked(*rows, cell("unit=B", hidden=FEW), also=[people]) == []

    def test_facts_of_unknown_cells_are_not_used(self) -> None:
        """What is no cell is neither hidden nor shown."""
        fact = {"id": "enps[unit=X]@2026-Q3", "quantity": "n", "low": 4, "high": 4, "place": "2026-Q3/board, page 3"}
        assert attacked(cell("unit=B", hidden=OTHER), also=[fact]) == []


class TestCustomers:
    """The client knows its customers."""

    def rows(self) -> list[Row]:
        """Return a hidden product whose 3 answers are the difference of two printed numbers."""
        customers = {"audience": "customer"}
        whole = cell("", (20, 20, 20), **customers)
        return [whole, cell("product=g", (19, 19, 19), **customers), cell("product=s", hidden=FEW, **customers)]

    def test_subtracting_is_no_leak_unless_the_params_ask(self) -> None:
        """Only complementary hiding keeps a reader from subtracting."""
        assert attacked(*self.rows(), privacy=RULES) == []
        strict = {"customer": {"minimum_respondents": 5, "complementary": True}}
        assert about(attacked(*self.rows(), privacy=strict)) == [("derived", ("product=s",))]

    def test_a_direct_statement_is_a_leak_all_the_same(self) -> None:
        """A hidden group is hidden."""
        fact = {
            "id": "enps[product=s]@2026-Q3",
            "quantity": "n",
            "low": 3,
            "high": 3,
            "place": "2026-Q3/board, alt text",
        }
        assert about(attacked(*self.rows(), also=[fact], privacy=RULES)) == [("direct", ("product=s",))]


class TestOtherScores:
    """Means and shares."""

    def mean(self, name: str, n: int, score: float, **settings: Any) -> Row:
        """Return a cell with a mean of a scale of 0…10, printed with one decimal."""
        row, facts = cell(name, (0, n, 0), kind="mean", scale=(0, 10), **settings)
        return row, [fact | {"low": score - 0.05, "high": score + 0.05} if fact["quantity"] == "score" else fact
                     for fact in facts if fact["quantity"] in ("n", "score")]  # fmt: skip

    def test_the_mean_of_a_small_remainder_is_a_leak(self) -> None:
        """20 × 7.0 − 16 × 7.5 is about 20 for 4 answers: a mean of 5, give or take less than 0.5."""
        leaks = attacked(self.mean("", 20, 7.0), self.mean("unit=A", 16, 7.5), self.mean("unit=B", 0, 0, hidden=FEW))
        assert about(leaks) == [("derived", ("unit=B",))]

    def test_a_mean_that_can_be_more_than_a_quarter_of_the_scale_is_none(self) -> None:
        """100 × 7.0 − 98 × 7.0 is −9.9 to 9.9 of 2 answers, so anything from 0 to 5."""
        rows = [self.mean("", 100, 7.0), self.mean("unit=A", 98, 7.0), self.mean("unit=B", 0, 0, hidden=FEW)]
        leaks = attacked(*rows)
        assert leaks == []

    def test_a_share_of_nobody_is_forced(self) -> None:
        """50 % of 20 and 10 of 16: none of the other 4 is satisfied."""

        def share(name: str, n: int, low: float, high: float, **settings: Any) -> Row:
            row, facts = cell(name, (0, n, 0), kind="share", **settings)
            return row, [fact | {"low": low, "high": high} if fact["quantity"] == "score" else fact for fact in facts]

        leaks = attacked(
            share("", 20, 49.5, 50.5), share("unit=A", 16, 62.5, 62.5), share("unit=B", 0, 0, 0, hidden=FEW)
        )
        assert about(leaks) == [("derived", ("unit=B",))]
        assert "all of them others." in leaks[0].sentence

    def test_what_is_no_score_of_a_group_is_attacked_by_direct_statements_only(self) -> None:
        """A count of people who left is no score."""
        rows = [cell("", (20, 20, 20), kind="other"), cell("unit=A", (19, 19, 19), kind="other")]
        assert attacked(*rows, cell("unit=B", kind="other", hidden=FEW)) == []


class TestWaves:
    """Two measurements of one group."""

    def waves(
        self, before: tuple[int, int, int], after: tuple[int, int, int], *, people: tuple[int, int]
    ) -> list[Leak]:
        """Return what two waves of one unit give away."""
        return attacked(
            cell("unit=A", before, period="2025-Q3", people=people[0]), cell("unit=A", after, people=people[1])
        )

    def test_who_came_is_a_group_when_everybody_answered(self) -> None:
        """12 people, then 14: the two newcomers are promoters."""
        (leak,) = self.waves((4, 4, 4), (6, 4, 4), people=(12, 14))
        assert (leak.kind, leak.ids) == ("wave", ())
        assert leak.sentence == (
            "The answers of enps[unit=A]@2025-Q3 and enps[unit=A]@2026-Q3 that one has more than the other: 2 answers, "
            "a score of 100, all of them promoters. "
            "It follows from what is printed of enps[unit=A]@2025-Q3, enps[unit=A]@2026-Q3."
        )
        assert leak.involves == ("enps[unit=A]@2025-Q3", "enps[unit=A]@2026-Q3")

    def test_who_went_is_a_group_too(self) -> None:
        """14 people, then 12: a detractor and a passive went, or two whose net is −1."""
        assert [leak.kind for leak in self.waves((4, 5, 5), (4, 4, 4), people=(14, 12))] == ["wave"]

    def test_somebody_who_did_not_answer_hides_who_came(self) -> None:
        """13 of 15 people answered: which, nobody knows."""
        assert self.waves((4, 4, 4), (6, 4, 4), people=(12, 15)) == []

    def test_changed_minds_are_no_group(self) -> None:
        """Two people more but three points of net less: some who stayed answered otherwise."""
        assert self.waves((6, 4, 2), (4, 5, 5), people=(12, 14)) == []

    def test_ten_who_came_are_no_small_group(self) -> None:
        """12 people, then 22."""
        assert self.waves((4, 4, 4), (14, 4, 4), people=(12, 22)) == []

    def test_only_consecutive_waves_are_compared(self) -> None:
        """With a wave in between, in which other people were there, 12 and 14 say nothing."""
        rows = [
            cell("unit=A", (4, 4, 4), period="2024-Q3", people=12),
            cell("unit=A", (20, 20, 20), period="2025-Q3", people=60),
            cell("unit=A", (6, 4, 4), people=14),
        ]
        assert attacked(*rows) == []

    def test_the_params_can_allow_it(self) -> None:
        """Where waves are not protected, they are not attacked."""
        rows = [cell("unit=A", (4, 4, 4), period="2025-Q3", people=12), cell("unit=A", (6, 4, 4), people=14)]
        assert attacked(*rows, privacy={"employee": {"minimum_respondents": 10, "waves": False}}) == []

    def test_what_is_left_of_a_parent_is_compared_too(self) -> None:
        """The whole grew by 12 and unit A by 10: the other two came in unit B, which is hidden both times."""
        leaks = attacked(
            cell("", (15, 15, 10), period="2025-Q3", people=40), cell("unit=A", (5, 5, 5), period="2025-Q3", people=15),
            cell("unit=B", hidden=OTHER, period="2025-Q3"),
            cell("", (27, 15, 10), people=52), cell("unit=A", (15, 5, 5), people=25), cell("unit=B", hidden=OTHER),
        )  # fmt: skip
        assert [leak.kind for leak in leaks] == ["wave"]
        assert "enps@2026-Q3 besides enps[unit=A]@2025-Q3" in leaks[0].sentence


class TestSets:
    """Reports of several periods and editions, read together."""

    def test_late_answers_are_a_group(self) -> None:
        """Then 12 answers, now 14 for the same period: the two that came late are detractors."""
        (leak,) = attacked(cell("unit=A", (4, 4, 4), **OLD), cell("unit=A", (4, 4, 6), **NEW))
        assert leak.kind == "late"
        assert leak.sentence.startswith(
            "The answers of enps[unit=A]@2026-Q2 in two reports that one has more than the other: 2 answers, "
            "a score of -100, all of them detractors."
        )

    def test_answers_of_a_longer_period_are_a_group(self) -> None:
        """12 answers in August, 14 in the quarter that it lies in; another quarter is not compared."""
        august: dict[str, Any] = {"set": "2026-08/board", "period": "2026-08"}
        quarter: dict[str, Any] = {"set": "2026-Q3/board", "period": "2026-Q3"}
        (leak,) = attacked(cell("unit=A", (4, 4, 4), **august), cell("unit=A", (4, 4, 6), **quarter))
        assert leak.kind == "late"
        assert attacked(cell("unit=A", (4, 4, 4), **OLD), cell("unit=A", (4, 4, 6), **quarter)) == []

    def test_the_same_number_twice_says_nothing_new(self) -> None:
        """An earlier report that printed the same."""
        assert attacked(cell("unit=A", (4, 4, 4), **OLD), cell("unit=A", (4, 4, 4), **NEW)) == []

    def test_an_earlier_report_undoes_what_this_one_hides(self) -> None:
        """Today A and C are hidden; the earlier report of the same answers printed C, so B follows."""
        today = [cell("", (20, 20, 20), **NEW), cell("unit=A", (15, 15, 15), **NEW)]
        today += [cell("unit=B", hidden=FEW, **NEW), cell("unit=C", hidden=OTHER, **NEW)]
        assert attacked(*today) == []
        before = [cell("", (20, 20, 20), **OLD), cell("unit=C", (4, 4, 4), **OLD)]
        leaks = attacked(*before, *today)
        assert about(leaks) == [("derived", ("unit=B",))]
        assert set(leaks[0].places) == {"2026-Q2/board, figures.json", "2026-Q3/board, figures.json"}

    def test_a_number_in_an_earlier_report_is_a_direct_statement(self) -> None:
        """The unit that is hidden today for 7 answers was printed with 7."""
        (leak,) = attacked(cell("unit=B", (3, 2, 2), **OLD), cell("unit=B", hidden=FEW, **NEW))
        assert leak.kind == "direct"
        assert leak.sentence == (
            "The group enps[unit=B]@2026-Q2 is hidden in 2026-Q3/board, but its n, score is printed: "
            "2026-Q2/board, figures.json."
        )

    def test_a_unit_that_has_grown_since_is_no_direct_statement(self) -> None:
        """Hidden then for fewer than 10 answers, printed now with 12: how many came late nobody knows."""
        assert attacked(cell("unit=B", hidden=FEW, **OLD), cell("unit=B", (4, 4, 4), **NEW)) == []

    def test_the_public_edition_may_hide_what_the_board_reads(self) -> None:
        """20 answers are enough for the board and too few for the public."""
        assert attacked(cell("unit=B", (7, 7, 6), **BOARD), cell("unit=B", hidden=FEW, **PUBLIC)) == []

    def test_the_public_is_attacked_by_its_own_minimum(self) -> None:
        """100 answers less 80 leave 20: nothing to the board, which reads them, but a small group to the public."""
        board = [cell("", (34, 33, 33), **BOARD), cell("unit=A", (27, 27, 26), **BOARD)]
        board += [cell("unit=B", (7, 6, 7), **BOARD)]
        public = [cell("", (34, 33, 33), **PUBLIC), cell("unit=A", (27, 27, 26), **PUBLIC)]
        leaks = attacked(*board, *public, cell("unit=B", hidden=FEW, **PUBLIC))
        assert about(leaks) == [("derived", ("unit=B",))]
        assert "20 answers" in leaks[0].sentence

    def test_the_board_reads_the_public_edition_too(self) -> None:
        """What the board's edition hides stands in the public one."""
        leaks = attacked(cell("unit=B", hidden=FEW, **BOARD), cell("unit=B", (3, 2, 2), **PUBLIC))
        assert about(leaks) == [("direct", ("unit=B",))]


class TestAttack:
    """What goes in."""

    def test_nothing_is_changed(self) -> None:
        """The tables are left as they are."""
        rows = [cell("", (5, 5, 2)), cell("unit=A", (4, 4, 1)), cell("unit=B", hidden=FEW)]
        cells = pd.DataFrame([row for row, _ in rows])
        facts = pd.DataFrame([fact for _, each in rows for fact in each])
        before = cells.copy(deep=True), facts.copy(deep=True)
        attack(cells, facts, privacy=EMPLOYEES)
        pd.testing.assert_frame_equal(before[0], cells)
        pd.testing.assert_frame_equal(before[1], facts)

    def test_without_cells_there_is_nothing_to_attack(self) -> None:
        """An empty set has no leaks."""
        assert attack(pd.DataFrame(columns=["id"]), pd.DataFrame(columns=["id"])) == []

    def test_numbers_that_contradict_each_other_do_not_stop_it(self) -> None:
        """A score that no 12 answers can have tells nothing of them; the hidden 3 are then open."""
        rows = [cell("", (5, 5, 2)), cell("unit=A", (4, 4, 1)), cell("unit=B", hidden=FEW)]
        wrong = [fact | {"low": 26.0, "high": 27.0} if fact["quantity"] == "score" else fact for fact in rows[0][1]]
        assert attacked((rows[0][0], wrong), *rows[1:]) == []
