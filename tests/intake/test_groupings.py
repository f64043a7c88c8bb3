"""Labels, classes of numbers and unit paths."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.intake.groupings import (
    Grouping,
    binned,
    categorical,
    categories,
    labelled,
    unit_path,
    unit_paths,
    written_path,
)
from helpers.intake.reading.tables import Coded


def coded(*texts: str) -> Coded:
    """Return a column."""
    return Coded.of(pa.array(texts, pa.string()))


def names(*groupings: Grouping) -> list[list[str | None]]:
    """Return the names per row of groupings, over their common categories."""
    among = categories(groupings)
    return [[None if pd.isna(name) else name for name in categorical(grouping, among=among)] for grouping in groupings]


def test_of_some_rows_only_their_own_groups_are_left() -> None:
    """What stands in rows of another organisation is not the client's to see; a declared label stays."""
    found = labelled(coded("Gas", "Secret", "", "Heat", "Gas"), labels={"W": "Water", "Gas": "Gas"})
    own = found.at(np.array([True, False, True, True, False]))
    assert (own.declared, own.further, own.codes.tolist()) == (("Water", "Gas"), ("Heat",), [1, -1, 2])


def test_labels_name_codes_and_give_the_order() -> None:
    """A label that no row has stays a category; a code without label comes after, as itself."""
    found = labelled(coded("2", "9", "1.0", "", "10"), labels={"3": "Warmte", "2": "Gas", "1": "Stroom"})
    assert names(found) == [["Gas", "9", "Stroom", None, "10"]]
    assert categories([found]) == ("Warmte", "Gas", "Stroom", "9", "10")


def test_codes_without_labels_are_sorted_as_people_sort() -> None:
    """2 stands before 10 and capitals beside small letters."""
    found = labelled(coded("10", "b", "2", "A", "wijk 10", "wijk 9"), labels={})
    assert categories([found]) == ("2", "10", "A", "b", "wijk 9", "wijk 10")


@pytest.mark.parametrize(
    ("bins", "texts", "declared"),
    [
        ([1, 3, 6, 11], ["5", "60"], ("1–2", "3–5", "6–10", "11+")),
        ([0, 1, 2], ["0"], ("0", "1", "2+")),
        ([18], ["40"], ("18+",)),
        ([1, 3], ["0", "1"], ("<1", "1–2", "3+")),
        ([1, 3, 6], ["2.5"], ("1–<3", "3–<6", "6+")),
        ([0.5, 1.5], ["1"], ("0.5–<1.5", "1.5+")),
    ],
)
def test_classes_are_named_by_their_ends(bins: Sequence[float], texts: list[str], declared: tuple[str, ...]) -> None:
    """Whole numbers get closed names; numbers between them get names that leave no gap."""
    assert binned(coded(*texts), bins=bins).declared == declared


def test_a_class_begins_at_its_bin() -> None:
    """Classes are closed on the left; what is no number stays visible after them, a blank has no class."""
    found = binned(coded("1", "2", "3", "10", "11", "", "veel"), bins=[1, 3, 11])
    assert names(found) == [["1–2", "1–2", "3–10", "3–10", "11+", None, "veel"]]
    assert categories([found]) == ("1–2", "3–10", "11+", "veel")


def test_decimals_in_class_names_follow_the_language() -> None:
    """A Dutch report has a decimal comma in its labels too."""
    assert binned(coded("1"), bins=[0.5, 1.5], decimal_sign=",").declared == ("0,5–<1,5", "1,5+")


@given(
    bins=st.lists(st.integers(-20, 20), min_size=1, max_size=5, unique=True).map(sorted),
    found=st.lists(st.integers(-40, 40), min_size=1),
)
def test_every_number_falls_in_the_class_that_holds_it(bins: list[int], found: list[int]) -> None:
    """Against counting by hand."""
    grouping = binned(coded(*map(str, found)), bins=bins)
    starts = [*([float("-inf")] if min(found) < bins[0] else []), *bins]
    expected = [max(place for place, start in enumerate(starts) if start <= number) for number in found]
    assert grouping.codes.tolist() == expected
    assert grouping.further == ()


def test_a_unit_is_its_whole_path() -> None:
    """Two teams of one name stay two, a blank level ends the path, and parents stand before their teams."""
    division = coded("Netwerk", "Klant", "Klant", "Klant", "", "Klant 2")
    team = coded("Noord", "Noord", "", "Team 10", "Noord", "")
    found = unit_paths([division, team])
    assert names(found) == [["Netwerk › Noord", "Klant › Noord", "Klant", "Klant › Team 10", None, "Klant 2"]]
    assert categories([found]) == ("Klant", "Klant › Noord", "Klant › Team 10", "Klant 2", "Netwerk › Noord")


@pytest.mark.parametrize(
    ("levels", "path"),
    [
        (["Klant", "Service", "Noord"], "Klant › Service › Noord"),
        (["Klant", "", "Noord"], "Klant"),
        (["", "Service"], ""),
        (["A › B"], "A > B"),
        (["A / B", "C > D"], "A / B › C > D"),
    ],
)
def test_a_path_is_made_of_its_levels(levels: list[str], path: str) -> None:
    """The sign that joins levels cannot come from a name."""
    assert unit_path(levels) == path


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("Klant > Service", "Klant › Service"),
        ("Klant / Service", "Klant › Service"),
        ("Klant › Service", "Klant › Service"),
        ("Inkoop/Verkoop > 2e lijn", "Inkoop/Verkoop › 2e lijn"),
        ("Klant > In- / Verkoop", "Klant › In- / Verkoop"),
        ("*", ""),
        ("", ""),
    ],
)
def test_a_path_that_a_person_typed(text: str, path: str) -> None:
    """The strongest sign joins, so that a slash in a name survives."""
    assert written_path(text) == path


def test_sources_share_their_categories() -> None:
    """Declared orders come first, one after another; what else occurs is sorted after them."""
    first = labelled(coded("S", "x"), labels={"S": "Stroom", "G": "Gas"})
    second = labelled(coded("W", "G", "a"), labels={"G": "Gas", "W": "Warmte"})
    assert categories([first, second]) == ("Stroom", "Gas", "Warmte", "a", "x")
    assert names(first, second) == [["Stroom", "x"], ["Warmte", "Gas", "a"]]


def test_a_label_may_be_the_text_of_another_code() -> None:
    """A declared name is one category, also where a code without label reads the same."""
    assert names(labelled(coded("1", "Gas"), labels={"1": "Gas"})) == [["Gas", "Gas"]]
