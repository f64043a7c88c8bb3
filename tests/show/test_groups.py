"""What a group is called."""

from __future__ import annotations

import pytest

from helpers.show import groups
from helpers.show.drawn import drawn
from helpers.show.tables import printable

TEAMS = {"unit": "Midden › others"}


class TestName:
    """A label, the whole, or units that are shown together."""

    @pytest.mark.parametrize(
        ("row", "english", "dutch"),
        [
            ({"label": "Gas"}, "Gas", "Gas"),
            ({"label": ""}, "Total", "Totaal"),
            ({"label": "Gas", "together": None}, "Gas", "Gas"),
            (
                {"label": "Midden", "together": 3, "grouping": "unit", "scope": TEAMS},
                "other units of Midden together (3 units)",
                "overige onderdelen van Midden samen (3 onderdelen)",
            ),
            (
                {"label": "", "together": 2, "grouping": "unit", "scope": {"unit": "others"}},
                "other units together (2 units)",
                "overige onderdelen samen (2 onderdelen)",
            ),
        ],
    )
    def test_it_reads_as_a_name(self, context, row, english: str, dutch: str) -> None:
        """In both languages."""
        assert groups.name(row, context()) == english
        assert groups.name(row, context(language="nl")) == dutch

    def test_in_the_client_s_word_for_its_units(self, context) -> None:
        """Teams where the client calls them so."""
        row = {"label": "Midden", "together": 3, "grouping": "unit", "scope": TEAMS}
        found = groups.name(row, context(terms={"unit": ("team", "teams")}))
        assert found == "other teams of Midden together (3 teams)"


class TestTogether:
    """Units that are too small stand together below those of the same unit."""

    @pytest.fixture
    def employees(self, framed, score_row, hidden):
        """Return a unit, a team of it that is hidden, and two such teams together."""
        about = {"metric": "enps", "audience": "employee", "measurement": "employee", "grouping": "unit"}
        rows = [
            score_row(metric="enps", audience="employee", together=None),
            score_row({"unit": "Midden"}, **about, level=0, together=None),
            score_row({"unit": "Midden › Eem"}, **about | {"label": "Eem", "level": 1, "together": None} | hidden()),
            score_row(TEAMS, **about, level=1, together=2) | {"label": "Midden", "n": 14},
        ]
        return framed("employees", rows)

    def test_they_are_a_row_of_the_table(self, employees) -> None:
        """As deep as the units that it is made of, and no total."""
        rows = printable(employees)["rows"]
        assert [(row["cells"][0]["text"], row["level"], row["total"]) for row in rows] == [
            ("Total", 0, True), ("Midden", 1, False), ("Eem", 2, False),
            ("other units of Midden together (2 units)", 2, False),
        ]  # fmt: skip

    def test_they_are_a_row_of_the_chart(self, employees) -> None:
        """Below the heading of the unit above them."""
        rows = drawn(employees)["table"]["rows"]
        assert [[cell["text"] for cell in row["cells"][:3]] for row in rows] == [
            ["", "Total", "+12"], ["Unit", "Midden", "+12"],
            ["Midden", "other units of Midden together (2 units)", "+12"], ["Midden", "Eem", "hidden"],
        ]  # fmt: skip
