"""Answers dated so far from all others of their survey that the date must be wrong."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from helpers.params.model import Params

GAP = dt.timedelta(days=366)
"""Answers of one survey with a longer gap than this between them lie on different islands."""
FEW, SHARE, MOST, BELOW = 5, 0.01, 25, 0.1
"""The first and the last islands are strays while they hold, in all on their side, at most ``FEW`` of the survey's
answers or ``SHARE`` of them (never more than ``MOST``), and less than ``BELOW`` of what they and the island next to
them hold: a trial or another wave has more, and a survey that is asked now and then has small islands only."""


def strays(responses: pd.DataFrame) -> pd.Series:
    """Tell which answers are dated so far from all others of their survey that the date must be wrong.

    Parameters
    ----------
    responses
        At least ``source, date``.

    Returns
    -------
    pandas.Series
        True for the few answers (see ``FEW``) that lie more than ``GAP`` before or after the rest.
    """
    far = pd.Series(False, index=responses.index)
    for _source, dates in responses.groupby("source", observed=True)["date"]:
        days = dates.value_counts().sort_index()
        if len(days):
            first, last = _mainland(days)
            far.loc[dates.index] = (dates.lt(first) | dates.gt(last)).to_numpy()
    return far


def early(responses: pd.DataFrame, *, as_of: dt.date, params: Params) -> pd.Series:
    """Tell which answers a report leaves out because they are dated so far before all others.

    Parameters
    ----------
    responses
        At least ``source, date``.
    as_of
        The last day that counts; later answers say nothing about the earlier ones, and are none of these.
    params
        A period that they name as zero measurement or baseline was meant: its answers are no strays.

    Returns
    -------
    pandas.Series
        True for what :func:`strays` finds before the rest of its survey.
    """
    known = responses[responses["date"] <= pd.Timestamp(as_of)]
    far = strays(known)
    rest = known["date"].mask(far).groupby(known["source"], observed=True).transform("min")
    found = far & known["date"].lt(rest)
    named = [target.baseline for target in params.targets]
    for text in filter(None, [params.zero_measurement.period, *named]):
        period = params.period(text)
        found &= ~known["date"].between(pd.Timestamp(period.first), pd.Timestamp(period.last))
    return found.reindex(responses.index, fill_value=False)


def _mainland(answers: pd.Series) -> tuple[pd.Timestamp, pd.Timestamp]:
    """Return the first and the last day that are no strays, of the answers per day in order of time."""
    island = (answers.index.to_series().diff() > GAP).cumsum().to_numpy()
    sizes = answers.groupby(island).sum()
    first, last = _outer(sizes), len(sizes) - 1 - _outer(sizes[::-1])
    days = answers.index[(island >= first) & (island <= last)]
    return days[0], days[-1]


def _outer(sizes: pd.Series) -> int:
    """Return how many islands are strays, of those from the outside inwards."""
    most = min(max(FEW, SHARE * sizes.sum()), MOST)
    held, following = sizes.cumsum(), sizes.shift(-1, fill_value=0)
    stray = held.le(most) & held.lt(BELOW * (held + following))
    return int(stray.to_numpy().nonzero()[0].max(initial=-1)) + 1
