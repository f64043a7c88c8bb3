"""What hides a cell by itself: too few answers, too few people, all of one mind, or too few who came late."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from helpers.disclosure.rules import Rules

TOO_FEW_ANSWERS = "too_few_answers"
TOO_SMALL_UNIT = "too_small_unit"
PROTECTS_OTHERS = "protects_others"
"""One code for what would give another group away and for what tells everybody's answer: the reason must not tell
which of the two it is."""


def own_reasons(cells: pd.DataFrame, rules: Mapping[str, Rules]) -> pd.Series:
    """Return why each cell is hidden by itself; empty where it is not.

    Parameters
    ----------
    cells
        As in :class:`helpers.disclosure.Declared`.
    rules
        By audience.

    Returns
    -------
    pandas.Series
        A code per cell. Where several reasons hold the first of: too few answers, or too few different people who
        gave them; too few people in the unit; all of one mind. A cell without answers has none.

    Examples
    --------
    >>> cells = pd.DataFrame({"audience": "employee", "n": [9, 10, 0], "respondents": None, "population": [40, 9, 9],
    ...                       "unanimous": False})
    >>> own_reasons(cells, {"employee": Rules(10, 10)}).tolist()
    ['too_few_answers', 'too_small_unit', '']
    """
    of = cells["audience"].map
    answers = of({name: rule.minimum_respondents for name, rule in rules.items()})
    headcount = of({name: rule.minimum_headcount for name, rule in rules.items()})
    alike = of({name: rule.unanimity for name, rule in rules.items()}) & cells["unanimous"].eq(True)
    respondents = pd.to_numeric(cells["respondents"]).fillna(cells["n"])
    few = cells["n"].lt(answers) | respondents.lt(answers)
    because = pd.Series("", index=cells.index, dtype=object)
    because = because.mask(alike, PROTECTS_OTHERS)
    because = because.mask(pd.to_numeric(cells["population"]).lt(headcount), TOO_SMALL_UNIT)
    return because.mask(few, TOO_FEW_ANSWERS).where(cells["n"].gt(0), "")
