"""What a report will print is declared, and the publication plan decides over it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import pandas as pd

from helpers import disclosure
from helpers.analysis.cells import Scored
from helpers.disclosure.roll_up import with_roll_ups
from helpers.dossier.report import Report
from helpers.params.metrics import metrics

DECLARED = (
    "id", "audience", "metric", "period", "place", "scope", "n", "population", "promoters", "passives", "detractors",
    "respondents", "unanimous", "printed",
)  # fmt: skip
SIZED = ["id", "audience", "n", "population"]


@dataclass(frozen=True)
class KnownBefore:
    """What earlier reports printed, as :func:`helpers.disclosure.ledger.known` returns it.

    Parameters
    ----------
    everybody
        In any edition.
    here
        In the edition that is planned.
    """

    everybody: pd.DataFrame
    here: pd.DataFrame


def declared(scored: Scored, account: pd.DataFrame, counted: pd.DataFrame) -> disclosure.Declared:
    """Declare every score, the size of every survey, and every indicator by its base.

    Parameters
    ----------
    scored
        As :func:`helpers.analysis.cells.scored` returns it.
    account
        One row per survey: ``survey_id, audience, used``.
    counted
        Indicators: ``id, audience, n, population``.
    """
    ends = sorted(scored.table["last"].unique())
    cells = scored.table.assign(place=scored.table["last"].map(ends.index))[list(DECLARED)]
    surveys = account.rename(columns={"survey_id": "id", "used": "n"}).assign(population=None)
    beside = [part[SIZED].astype(object) for part in (surveys, counted) if len(part)]
    together = pd.concat([cells.astype(object), *beside], ignore_index=True)
    filled = together.fillna({"metric": "", "period": "", "place": 0, "unanimous": False, "printed": True})
    numbers = ["n", "population", "promoters", "passives", "detractors", "respondents"]
    kinds = {"place": "int64", "unanimous": "bool", "printed": "bool"} | dict.fromkeys(numbers, "float64")
    # a count without a base, such as complaints in all, is of no group of people
    nullable = filled.astype(dict.fromkeys(numbers, "Float64"))
    return disclosure.Declared(nullable.astype(kinds).fillna({"n": 0}), scored.members, scored.atoms)


def decided(
    cells: disclosure.Declared, report: Report, *, published: KnownBefore, also_hidden: Collection[str]
) -> tuple[disclosure.Plan, pd.DataFrame]:
    """Decide what a report shows; the public edition shows nothing that the board's does not.

    Parameters
    ----------
    cells
        As :func:`declared` returns them.
    report
        Whose params and edition count.
    published
        What earlier reports printed. Who reads the public edition alone knows only the earlier public ones, so what
        follows from these must not depend on what the board knows.
    also_hidden
        Ids that are hidden besides: what an attack on the finished report still gave away.

    Returns
    -------
    tuple
        The plan, and the hidden units that are shown together, as :func:`~helpers.disclosure.roll_up.with_roll_ups`
        returns them. The public edition has none: it would put other units together than the board's does.
    """
    privacy = report.params.privacy
    rules = disclosure.rules_of(privacy)
    start = report.params.fiscal_year_start
    board = disclosure.publication_plan(
        cells, rules=rules, published=published.everybody, also_hidden=also_hidden, fiscal_year_start=start
    )
    if report.edition == "board":
        return with_roll_ups(cells, board, rules=rules, published=published.everybody, also_hidden=also_hidden)
    public = disclosure.publication_plan(
        cells,
        rules=disclosure.rules_of(privacy, edition=report.edition),
        published=published.here,
        within=board,
        also_hidden=also_hidden,
        fiscal_year_start=start,
    )
    return public, pd.DataFrame(columns=["id", "metric", "period", "scope", "units", "population"])


def wholes(plan: disclosure.Plan, scores: pd.DataFrame, report: Report) -> dict[str, str]:
    """Return per survey a measurement of it that is hidden as a whole, if any: the survey's size would tell its size.

    Parameters
    ----------
    plan
        The publication plan.
    scores
        Every cell that is printed.
    report
        Of the customers who are no more than a minimum apart from the reader, sizes are no secret.

    Returns
    -------
    dict
        The name of a source, and the id of the first hidden whole of one of its measures.
    """
    rules = disclosure.rules_of(report.params.privacy, edition=report.edition)
    sources = {metric.key: metric.sources for metric in metrics(report.params) if rules[metric.audience].complementary}
    own = scores[scores["grouping"].eq("") & scores["metric"].isin(list(sources)) & scores["n"].gt(0)]
    found: dict[str, str] = {}
    for identity, metric in zip(own["id"], own["metric"], strict=True):
        if plan.hidden_because(identity):
            found |= {source: found.get(source, identity) for source in sources[metric]}
    return found
