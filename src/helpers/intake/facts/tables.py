"""The facts tables of docs/facts.md: the columns of each, and what a row may say."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from helpers.intake.facts.schemas import (
    FactTable,
    RowCheck,
    above,
    at_least,
    between,
    code,
    column,
    optional,
    table,
    unit,
)
from helpers.periods import ALLOWED

PERIOD = f"a period ({ALLOWED}) or a date"
SHARES = ("promoters", "passives", "detractors")
NPS = ("nps", "enps")
# Shares of three groups, each rounded, may add up to one point more or less than 100.
_ROUNDED = (99, 101)
# A score and the two shares it comes from, each rounded to whole points, differ by less than this.
_ROUNDING = 1.5


def _not_before(later: str, earlier: str) -> RowCheck:
    sentence = f"{later} {{{later}}} is before {earlier} {{{earlier}}}. Correct one of them."
    return RowCheck((later, earlier), lambda rows: ~(rows[later] < rows[earlier]), sentence)


def _says_something(rows: pd.DataFrame) -> Any:
    return rows["score"].notna() | (rows["promoters"].notna() & rows["detractors"].notna())


def _shares_fit(rows: pd.DataFrame) -> Any:
    total = rows[list(SHARES)].sum(axis=1)
    lowest = total.mask(rows[list(SHARES)].isna().any(axis=1), _ROUNDED[0])
    return (lowest >= _ROUNDED[0]) & (total <= _ROUNDED[1])


def _score_fits(rows: pd.DataFrame) -> Any:
    apart = (rows["score"] - (rows["promoters"] - rows["detractors"])).abs()
    return ~(rows["metric"].isin(NPS) & (apart > _ROUNDING))


def _in_points(rows: pd.DataFrame) -> Any:
    return ~(rows["metric"].isin(NPS) & (rows["score"].abs() > 100))  # noqa: PLR2004 - an NPS is −100…100


def _share_of(group: str) -> Any:
    return optional("percent", f"The share of {group}, in percent.", "a percentage, 0…100", between(0, 100))


TABLES: Mapping[str, FactTable] = {
    "headcount": table(
        "unit and wave",
        {
            "unit": unit(),
            "wave": column("period", "When: the wave's period, or a date in it.", PERIOD, name="period"),
            "employees": column("whole number", "How many people it had then.", "a whole number above 0", above(0)),
        },
        key=("unit", "wave"),
    ),
    "invitations": table(
        "period and group",
        {
            "period": column("period", "When they were invited; a date counts for its month.", PERIOD),
            "sent": column("whole number", "How many invitations were sent.", "a whole number, 0 or more", at_least(0)),
            "bounced": optional(
                "whole number",
                "How many of these did not arrive; 0 where blank.",
                "a whole number, 0 or more",
                at_least(0),
                default=0.0,
            ),
        },
        key=("period",),
        rows=[
            RowCheck(
                ("bounced", "sent"),
                lambda rows: ~(rows["bounced"] > rows["sent"]),
                "bounced {bounced} is above sent {sent}. Correct one of them.",
            )
        ],
    ),
    "indicators": table(
        "measure, period and group",
        {
            "period": column("period", "When; a date counts for its month.", PERIOD),
            "measure": column("text", "What is counted: a name under `indicators`.", "the name of a measure"),
            "numerator": column("number", "How many, such as complaints.", "a number, 0 or more", at_least(0)),
            "denominator": column(
                "number",
                "Out of how many, such as contacts; blank is a count without a base.",
                "a number above 0",
                above(0),
                blank=True,
            ),
            "source": optional("text", "Where the numbers come from, as printed.", "a text"),
        },
        key=("measure", "period"),
    ),
    "customers": table(
        "customer and period",
        {
            "customer_id": column("id", "Who, as in the survey's column `customer_id`.", "an id"),
            "period": column("period", "The period of the revenue; a date counts for its month.", PERIOD),
            "revenue": column("number", "Net revenue, in the currency of the report; credits are below 0.", "a number"),
            "retained": optional("yes or no", "Whether the customer stayed.", "yes (ja) or no (nee)"),
            "cross_sold": optional("yes or no", "Whether more products were bought.", "yes (ja) or no (nee)"),
            "referred_by": optional("id", "The customer_id of who brought this customer in.", "an id"),
            "joined_because": optional("text", "Why the customer came, as a word or code.", "a text"),
        },
        key=("customer_id", "period"),
    ),
    "teams": table(
        "team and member",
        {
            "team": column("text", "The improvement team.", "the name of a team"),
            "member": column("text", "Who is in it: a name or a role.", "the name of a member"),
            "unit": unit(),
            "start": column("day", "Since when.", "a date"),
        },
        key=("team", "member"),
    ),
    "interviews": table(
        "remark",
        {
            "date": column("day", "The day of the interview.", "a date"),
            "audience": code("audience", "Who was asked: customer or employee."),
            "unit": unit(),
            "note": column("text", "What was said, without names.", "a text"),
        },
    ),
    "units": table(
        "old unit and date",
        {
            "old_unit": column("named unit", "The path of the unit as it was.", "the path of a unit"),
            "new_unit": column("named unit", "The path of the unit that it is part of now.", "the path of a unit"),
            "valid_from": column("day", "The first day of the new situation.", "a date"),
        },
        key=("old_unit", "valid_from"),
    ),
    "published_scores": table(
        "published figure",
        {
            "metric": column("text", "What was measured, such as nps, enps or werkgeluk.", "the name of a metric"),
            "about": column("text", "Whom the score is about, such as the sector.", "a text"),
            "score": optional("number", "The score, in its own unit.", "a number"),
            "promoters": _share_of("promoters"),
            "passives": _share_of("passives"),
            "detractors": _share_of("detractors"),
            "n": optional("whole number", "How many answered.", "a whole number above 0", above(0)),
            "year": optional(
                "whole number",
                "The year of the survey; blank is printed as not stated.",
                "a year",
                between(1900, 2100),
            ),
            "source": column("text", "Who published it, and where.", "a text"),
        },
        key=("metric", "about", "year", "source"),
        rows=[
            RowCheck(
                ("score", "promoters", "detractors"),
                _says_something,
                "has no score and not both promoters and detractors. Fill in the score, or the shares.",
            ),
            RowCheck(
                SHARES,
                _shares_fit,
                "the shares {promoters}, {passives} and {detractors} do not add up to 100 "
                "(99…101 is taken as rounding). Correct them.",
            ),
            RowCheck(
                ("metric", "score", "promoters", "detractors"),
                _score_fits,
                "score {score} is not promoters {promoters} minus detractors {detractors}. Correct one of them.",
            ),
            RowCheck(
                ("metric", "score"),
                _in_points,
                "score {score} is outside −100…100, where a score of {metric} lies. Correct it.",
            ),
        ],
    ),
    "improvements": table(
        "improvement",
        {
            "id": column("id", "The number of the improvement.", "an id"),
            "opened": column("day", "The day it was put on the list.", "a date"),
            "type": code("type", "small (staff can do it) or large (structural)."),
            "owner": column("text", "Who answers for it: a name or a role.", "a name or a role"),
            "level": code("level", "Who decides: strategic, tactical or operational.", required=False, blank=True),
            "unit": unit(required=False),
            "team": optional("text", "The improvement team that works on it.", "the name of a team"),
            "phase": code("phase", "Where it is: plan, do, check or act.", required=False, blank=True),
            "due": optional("day", "The day it must be done.", "a date"),
            "closed": optional("day", "The day it was done; blank is open.", "a date"),
            "expected": optional("text", "What it should bring.", "a text"),
            "finding": optional("text", "What it answers to: in words, or the id of a figure.", "a text"),
        },
        key=("id",),
        rows=[_not_before("due", "opened"), _not_before("closed", "opened")],
    ),
}
"""The tables, by the name they have in the params file; invitations are a source's `invited`."""
