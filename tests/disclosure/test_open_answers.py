"""Which groups may have quotes."""

from __future__ import annotations

import pandas as pd
import pytest

from helpers.disclosure import Rules, rules_of
from helpers.disclosure.open_answers import may_quote
from helpers.params.privacy import Privacy

RULES = {"employee": Rules(12, 12, quotes=True), "customer": Rules(5, 5, quotes=True)}


def quoted(n: int, *, audience: str = "customer", rules: dict[str, Rules] = RULES, **more: object) -> bool:
    """Tell whether one group may have quotes."""
    row = {"audience": audience, "n": n, "scope": {"region": "Noord"}, "shown": True} | more
    return bool(may_quote(pd.DataFrame([row]), rules).item())


@pytest.mark.parametrize(
    ("audience", "n", "may"),
    [("customer", 9, False), ("customer", 10, True), ("employee", 11, False), ("employee", 12, True)],
)
def test_ten_open_answers_or_the_minimum(audience: str, n: int, may: bool) -> None:
    """Whichever is more, of any audience."""
    assert quoted(n, audience=audience) is may


@pytest.mark.parametrize(
    ("scope", "may"), [({}, True), ({"unit": "Net › Noord"}, True), ({"age": "50+", "service": "10+"}, False)]
)
def test_never_a_cross(scope: dict[str, str], may: bool) -> None:
    """Somebody over 50 with more than ten years of service is known by both."""
    assert quoted(400, scope=scope) is may


def test_a_hidden_group_has_no_quotes() -> None:
    """However many there are."""
    assert not quoted(400, shown=False)


def test_the_params_can_rule_them_out() -> None:
    """For one audience."""
    rules = rules_of(Privacy.model_validate({"employee": {"quotes": "none"}}))
    assert not quoted(400, audience="employee", rules=rules)
    assert quoted(400, audience="customer", rules=rules)


def test_the_public_edition_has_none() -> None:
    """A writer may be known by style alone."""
    assert not quoted(400, rules=rules_of(Privacy(), edition="public"))


def test_an_audience_without_rules_is_refused() -> None:
    """It is not quoted by accident."""
    with pytest.raises(ValueError, match=r"^no rules for the audience supplier$"):
        quoted(400, audience="supplier")


def test_the_answer_keeps_the_index_and_the_table() -> None:
    """Frame in, new column out; an empty frame too."""
    cells = pd.DataFrame({"audience": ["customer"], "n": [10], "scope": [{}], "shown": [True]}, index=[7])
    before = cells.copy(deep=True)
    assert may_quote(cells, RULES).to_dict() == {7: True}
    assert may_quote(cells.iloc[:0], RULES).tolist() == []
    pd.testing.assert_frame_equal(before, cells)
