from __future__ import annotations

import pytest

from helpers.audit.structure import apart, inside, relations

WHOLE: dict[str, str] = {}


def related(**groups: dict[str, str]) -> dict[tuple[str, str], tuple[str, ...]]:
    """Return the parts of each group by what divides it."""
    return {(each.parent, each.split): each.children for each in relations(groups)}


class TestRelations:
    """What the names of groups say about which are made of which."""

    def test_a_tree_is_divided_level_by_level(self) -> None:
        """Each unit has the units right below it, not those two levels down."""
        found = related(
            all=WHOLE,
            n={"unit": "N"},
            z={"unit": "Z"},
            ne={"unit": "N › E"},
            nr={"unit": "N › R"},
            ne1={"unit": "N › E › 1"},
        )
        assert found == {
            ("all", "unit"): ("n", "z"),
            ("n", "unit in n"): ("ne", "nr"),
            ("ne", "unit in ne"): ("ne1",),
        }

    def test_a_level_that_is_not_there_is_skipped(self) -> None:
        """A team whose region has no figure of its own is a part of the next wider unit that has one."""
        found = related(all=WHOLE, n={"unit": "N"}, team={"unit": "N › E › 1"}, other={"unit": "Z › W"})
        assert found == {("all", "unit"): ("n", "other"), ("n", "unit in n"): ("team",)}

    def test_units_that_begin_alike_are_not_related(self) -> None:
        """'Noord' is no part of 'Noor', nor 'N › E' of 'N › Ea'."""
        assert related(a={"unit": "Noor"}, b={"unit": "Noord"}, c={"unit": "N › Ea"}, d={"unit": "N › E"}) == {}

    def test_a_crossing_is_divided_by_both_of_its_margins(self) -> None:
        """2 products × 1 process: each product by process, the process by product, the whole by each alone."""
        found = related(
            all=WHOLE, gas={"product": "gas"}, power={"product": "power"}, fault={"process": "fault"},
            gf={"product": "gas", "process": "fault"}, pf={"product": "power", "process": "fault"},
        )  # fmt: skip
        assert found == {
            ("all", "process"): ("fault",),
            ("all", "product"): ("gas", "power"),
            ("gas", "process"): ("gf",),
            ("power", "process"): ("pf",),
            ("fault", "product"): ("gf", "pf"),
        }

    def test_a_crossing_without_margins_is_part_of_the_whole(self) -> None:
        """Where no margin is printed, the cells divide the whole."""
        found = related(all=WHOLE, a={"x": "1", "y": "1"}, b={"x": "1", "y": "2"})
        assert found == {("all", "x × y"): ("a", "b")}

    def test_a_unit_crossed_belongs_to_its_narrowest_unit(self) -> None:
        """Gas in team E is a part of team E where that is printed, and of gas, but not of region N."""
        found = related(
            gas={"product": "gas"}, n={"unit": "N"}, e={"unit": "N › E"}, ge={"unit": "N › E", "product": "gas"}
        )
        assert found == {("gas", "unit"): ("ge",), ("n", "unit in n"): ("e",), ("e", "product"): ("ge",)}

    def test_a_unit_within_a_crossed_unit_is_counted_once(self) -> None:
        """Of gas, region N with all its teams is a part; its team E, which lies in it, is a part of that."""
        found = related(
            gas={"product": "gas"}, gn={"unit": "N", "product": "gas"}, ge={"unit": "N › E", "product": "gas"}
        )
        assert found == {("gas", "unit"): ("gn",), ("gn", "unit in gn"): ("ge",)}

    def test_groups_that_may_overlap_make_no_relation(self) -> None:
        """Of two trees, 'A in X › 1' and 'A › 1 in X' share people: they do not add up."""
        assert related(
            all=WHOLE, one={"unit": "A", "place": "X › 1"}, other={"unit": "A › 1", "place": "X"}
        ) == {}  # fmt: skip

    def test_the_order_is_that_of_the_groups(self) -> None:
        """The same groups in another order give the same relations."""
        groups = {"all": WHOLE, "n": {"unit": "N"}, "ne": {"unit": "N › E"}, "g": {"product": "g"}}
        turned = dict(reversed(groups.items()))
        assert sorted(relations(groups)) == sorted(relations(turned))


@pytest.mark.parametrize(
    ("scope", "wider", "expected"),
    [
        ({"unit": "N › E"}, {}, True),
        ({"unit": "N › E"}, {"unit": "N"}, True),
        ({"unit": "N"}, {"unit": "N"}, True),
        ({"unit": "N"}, {"unit": "N › E"}, False),
        ({"unit": "NE"}, {"unit": "N"}, False),
        ({"unit": "N"}, {"product": "gas"}, False),
    ],
)
def test_a_scope_lies_inside_a_wider_one(scope: dict[str, str], wider: dict[str, str], expected: bool) -> None:
    """All that the wider scope asks holds for the narrower one."""
    assert inside(scope, wider) is expected


def test_scopes_are_apart_when_they_differ_in_what_both_have() -> None:
    """Gas and power share nobody; gas and region N may."""
    assert apart({"product": "gas"}, {"product": "power", "unit": "N"})
    assert not apart({"product": "gas"}, {"unit": "N"})
    assert not apart({"unit": "N"}, {"unit": "N › E"})
