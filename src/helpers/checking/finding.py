"""Everything that is found out about one organisation, and the lines that say so."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from typing import Any

from helpers import dossier
from helpers.checking import beside, hidden, surveys
from helpers.dossier.accounts import accounted
from helpers.errors import ReportError
from helpers.intake import responses
from helpers.params import Client, unused

Found = dict[str, Any]
STEPS = 2
"""Reading the files, and working out what a report would be made of."""


@dataclass(frozen=True)
class Finding:
    """What was found out about one organisation.

    Parameters
    ----------
    organisation
        Its folder in ``params/``.
    lines
        What to print.
    exit_code
        0, or that of the fault that would stop its report.
    period, chapters
        Of the report that would be made.
    surveys
        Per survey what :func:`helpers.checking.surveys.surveys` says.
    measurements
        Per metric its periods.
    prices
        Per survey and grouping how many groups each minimum hides.
    lost
        Per audience and reason how many figures and answers would be hidden, as
        :func:`helpers.checking.hidden.lost` says.
    hidden
        The ids of the figures that would be hidden.
    given_away
        The ids of those that follow from earlier reports all the same.
    targets
        What the targets lack.
    facts
        The facts tables that were read.
    unused
        ``key, part`` of every key that has no effect yet.
    """

    organisation: str
    lines: tuple[str, ...] = ()
    exit_code: int = 0
    period: str | None = None
    chapters: tuple[str, ...] = ()
    surveys: tuple[Found, ...] = ()
    measurements: tuple[Found, ...] = ()
    prices: tuple[Found, ...] = ()
    lost: tuple[Found, ...] = ()
    hidden: tuple[str, ...] = ()
    given_away: tuple[str, ...] = ()
    targets: tuple[Found, ...] = ()
    facts: tuple[Found, ...] = ()
    unused: tuple[Found, ...] = ()

    def as_json(self) -> Found:
        """Return the finding for a script."""
        return asdict(self)


def check(
    client: Client,
    *,
    today: dt.date | None = None,
    everything: bool = False,
    after_step: Callable[[], object] = bool,
) -> Finding:
    """Read an organisation's files and say what a report would be made of.

    Parameters
    ----------
    client
        Its params, already checked.
    today
        The day to compare due dates with; default the day of the clock.
    everything
        Whether long lists are printed in full.
    after_step
        Called after each of the ``STEPS``, for a progress bar.

    Returns
    -------
    Finding
        A fault in the data gives its messages and exit code 2. Row numbers and values of rejected rows are
        printed here, on the consultant's own screen, and nowhere else.
    """
    try:
        intake = responses.read(client)
        after_step()
        opened = dossier.build(client, intake=intake)
    except ReportError as fault:
        return Finding(client.key, (f"{client.key}: a report cannot be made.", *fault.messages), fault.exit_code)
    day = today or dt.date.today()  # noqa: DTZ011 - due dates are days of the client's own calendar
    report, params = opened.report, client.params
    # Counted anew: the report's own table says nothing of a survey that is too small to show.
    account, counted = accounted(intake, report), hidden.counted(intake, report)
    found = Finding(
        client.key,
        period=str(report.period),
        chapters=dossier.chapters(opened),
        surveys=surveys.surveys(intake, account, report),
        measurements=beside.measurements(opened.scores, params),
        prices=hidden.prices(counted, opened),
        lost=hidden.lost(counted, opened),
        hidden=tuple(opened.scores.loc[~opened.scores["shown"].astype(bool), "id"]),
        given_away=opened.plan.given_away,
        targets=tuple(beside.targets(opened, day)),
        facts=beside.facts(intake, params),
        unused=tuple(each._asdict() for each in unused(params)),
    )
    after_step()
    heading = f"{client.key}: {params.organisation.name}, period {report.period} (answers to {report.as_of})"
    return replace(found, lines=(heading, *_lines(found, client, everything=everything)))


def _lines(found: Finding, client: Client, *, everything: bool) -> list[str]:
    return [
        f"  chapters: {', '.join(found.chapters)}",
        *(line for survey in found.surveys for line in surveys.lines(survey, everything=everything)),
        *beside.measurement_lines(found.measurements),
        *hidden.price_lines(found.prices),
        *hidden.lost_lines(found.lost, found.hidden, found.given_away, everything=everything),
        *beside.target_lines(found.targets, everything=everything),
        *beside.fact_lines(found.facts, everything=everything),
        *beside.unused_lines(unused(client.params), everything=everything),
    ]
