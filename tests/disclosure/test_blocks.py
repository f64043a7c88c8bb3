"""The answers as an outsider can tell them apart."""

from __future__ import annotations

import numpy as np
import pytest

from helpers.disclosure import Rules
from helpers.disclosure.blocks import Cut, blocks_of, views

RULES = {"employee": Rules(5, 5, complementary=True), "customer": Rules(5, 5)}


@pytest.fixture
def view(declared):
    """Return the only view of a whole of 3, 7 and 9 (in two atoms no cell separates), with one hidden cell."""
    given = declared([(1, 1, 1), (2, 3, 2), (1, 1, 1), (4, 1, 1)], {"all": range(4), "a": [0], "b": [1], "c": [2, 3]})
    known, own = np.array([True, False, True, False]), np.array([False, True, False, False])
    (found,) = views(given, known, own, RULES, np.array([True, False, False, False]))
    return found


def test_atoms_that_no_cell_separates_are_one(view) -> None:
    """3, 7 and 9, with their bands."""
    assert sorted(view.n.tolist()) == [3, 7, 9]
    assert sorted(view.bands.tolist()) == [[1, 1, 1], [2, 3, 2], [5, 2, 2]]


def test_blocks_are_what_known_cells_tell_apart(view) -> None:
    """The whole and the 7 are known: 7 and 12."""
    blocks = blocks_of(view)
    assert sorted(blocks.n.tolist()) == [7, 12]
    assert view.cells["id"].iloc[blocks.places].tolist() == ["all", "b"]


def test_sets_of_blocks_and_atoms_are_the_same_the_other_way(view) -> None:
    """The 3 is part of a block only; the 7 is one."""
    blocks = blocks_of(view)
    assert blocks.whole(view.member[1]) is None
    seven = blocks.whole(view.member[2])
    assert seven is not None
    assert blocks.n[seven].tolist() == [7]
    assert np.array_equal(blocks.atoms(seven), view.member[2])


def test_a_cut_names_the_hidden_cell_that_it_gives_away(view) -> None:
    """By label and id; a group that is no hidden cell has no name."""
    assert view.cut([0, 2], view.member[1]) == Cut(frozenset({0, 2}), "a")
    assert view.cut([0], view.member[2]).gives_away == ""


def test_a_cut_of_cells_printed_before_cannot_be_mended(view) -> None:
    """The whole was printed before; the 7 was not."""
    assert not view.mendable(Cut(frozenset({0}), ""))
    assert view.mendable(Cut(frozenset({0, 2}), ""))


def test_each_audience_metric_and_period_is_seen_apart(declared) -> None:
    """Only of audiences that protect each other, and of cells that are related to others and have answers."""
    cells = {"x1": [0], "x2": [1], "y1": [2], "z1": [3], "alone": [], "none": [4]}
    about = {"metric": ["x", "x", "y", "x", "x", "x"], "period": ["1", "2", "1", "1", "1", "1"]}
    audience = ["employee"] * 3 + ["customer"] + ["employee"] * 2
    given = declared([6, 7, 8, 9, 0], cells, audience=audience, **about)
    flags = np.zeros(6, dtype=bool)
    found = views(given, ~flags, flags, RULES, flags)
    assert [view.cells["id"].tolist() for view in found] == [["x1"], ["x2"], ["y1"]]
    assert all(view.bands is None for view in found)


def test_nothing_known_has_no_blocks(view) -> None:
    """An outsider who knows nothing tells nothing apart."""
    view.known[:] = False
    assert blocks_of(view).member.shape == (0, 0)
