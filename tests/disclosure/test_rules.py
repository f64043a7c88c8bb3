"""What protects the answers of each audience."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.disclosure import Rules, rules_of
from helpers.params.privacy import Privacy


def privacy(**sections: dict[str, object]) -> Privacy:
    """Return the privacy section of a params file."""
    return Privacy.model_validate(sections)


class TestBoard:
    """Readers who know the organisation."""

    def test_what_nobody_set(self) -> None:
        """10 employees and 10 people, with all that protects them; 5 customers, whom the client knows."""
        assert rules_of(privacy()) == {
            "employee": Rules(
                10, 10, complementary=True, shares_from=30, unanimity=True, waves=True, roll_up=False, quotes=True
            ),
            "customer": Rules(5, 5, quotes=True),
        }

    @pytest.mark.parametrize(
        ("section", "changed"),
        [
            ({"minimum_respondents": 12}, {"minimum_respondents": 12}),
            ({"minimum_headcount": 15}, {"minimum_headcount": 15}),
            ({"roll_up": True}, {"roll_up": True}),
            ({"quotes": "none"}, {"quotes": False}),
            ({"promise": {"minimum": 12}}, {"minimum_respondents": 12, "minimum_headcount": 12}),
        ],
    )
    def test_each_setting_for_employees_counts(self, section: dict[str, object], changed: dict[str, object]) -> None:
        """And nothing else changes."""
        before = rules_of(privacy())["employee"]
        assert rules_of(privacy(employee=section))["employee"] == replace(before, **changed)

    @pytest.mark.parametrize(
        ("section", "changed"),
        [
            ({"minimum_respondents": 8}, {"minimum_respondents": 8, "minimum_headcount": 8}),
            ({"complementary": True}, {"complementary": True}),
            ({"quotes": "none"}, {"quotes": False}),
            ({"promise": {"minimum": 8}}, {"minimum_respondents": 8, "minimum_headcount": 8}),
        ],
    )
    def test_each_setting_for_customers_counts(self, section: dict[str, object], changed: dict[str, object]) -> None:
        """And nothing else changes."""
        before = rules_of(privacy())["customer"]
        assert rules_of(privacy(customer=section))["customer"] == replace(before, **changed)

    @given(st.integers(3, 40), st.integers(3, 40), st.integers(3, 40), st.sampled_from(["board", "public"]))
    def test_never_laxer_than_promised(self, asked: int, people: int, promised: int, edition: str) -> None:
        """Whatever the settings: the params refuse a smaller one, this is the last door."""
        section = {"minimum_respondents": asked, "promise": {"minimum": promised}}
        told = privacy(employee=section | {"minimum_headcount": people}, customer=section)
        for rules in rules_of(told, edition=edition).values():
            assert min(rules.minimum_respondents, rules.minimum_headcount) >= promised
            assert rules.minimum_respondents >= asked

    def test_an_edition_that_is_not_made_is_refused(self) -> None:
        """A typing error must not get the rules of the board."""
        with pytest.raises(ValueError, match=r"^edition 'publik' is not one of board, public$"):
            rules_of(privacy(), edition="publik")


class TestPublic:
    """Readers who may be anybody."""

    def test_customers_are_protected_as_employees_are(self) -> None:
        """Of both 30 answers, and no quotes."""
        strict = Rules(30, 30, complementary=True, shares_from=30, unanimity=True, waves=True)
        assert rules_of(privacy(), edition="public") == {"employee": strict, "customer": strict}

    def test_its_minimum_is_never_below_that_of_the_board(self) -> None:
        """Nor are the people."""
        told = privacy(employee={"minimum_headcount": 50}, public={"minimum_respondents": 8})
        rules = rules_of(told, edition="public")
        assert (rules["employee"].minimum_respondents, rules["employee"].minimum_headcount) == (10, 50)
        assert (rules["customer"].minimum_respondents, rules["customer"].shares_from) == (8, 30)

    def test_it_rolls_nothing_up(self) -> None:
        """Its hidden units are more than those of the board; one sum less the other would be a small group."""
        assert not rules_of(privacy(employee={"roll_up": True}), edition="public")["employee"].roll_up


class TestRules:
    """The rules by themselves."""

    @pytest.mark.parametrize("minimums", [(2, 10), (10, 2)])
    def test_a_minimum_under_three_is_refused(self, minimums: tuple[int, int]) -> None:
        """Of two people, each knows the other's answer."""
        said = "^a minimum group under 3 lets one of two people work out the other's answer$"
        with pytest.raises(ValueError, match=said):
            Rules(*minimums)
        assert Rules(3, 3).minimum_respondents == 3

    @pytest.mark.parametrize(("minimum", "quoted_from"), [(5, 10), (10, 10), (30, 30)])
    def test_open_answers_need_ten_and_the_minimum(self, minimum: int, quoted_from: int) -> None:
        """Of customers too."""
        assert Rules(minimum, minimum).open_answers_from == quoted_from
