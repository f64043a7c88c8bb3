"""How many people were invited and reached, beside each score of now: with it the response is known."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from helpers.intake.group_columns import TREE, group_column
from helpers.params import paths
from helpers.params.metrics import Metric, figure_id
from helpers.params.model import Params
from helpers.periods import Period

UNIT = "unit"
KNOWN = ("period", "sent", "bounced")
COUNTED = ("first", "last", "reached")
Mask = NDArray[np.bool_]
Scope = Mapping[str, str]


def with_invited(
    scores: pd.DataFrame,
    answers: pd.DataFrame,
    metrics: Sequence[Metric],
    *,
    invitations: Mapping[str, pd.DataFrame],
    params: Params,
    as_of: dt.date,
) -> pd.DataFrame:
    """Put beside each score of now how many people were invited and reached: sent − bounced.

    Parameters
    ----------
    scores
        As :func:`helpers.analysis.cells.scores` returns them.
    answers
        As :func:`helpers.analysis.windows.labelled` returns them.
    metrics
        The metrics of the report.
    invitations
        Per source ``period, sent, bounced`` and the groups of its file, ``""`` for all of a group.
    params
        For the fiscal calendar.
    as_of
        The last day that counts; invitations of a period that ends later do not count yet.

    Returns
    -------
    pandas.DataFrame
        ``scores`` with ``invited``: null where it is not known of every questionnaire of the group who else was
        asked, and for a group without answers.

    Notes
    -----
    Per period of the file, a group's invitations are its own rows, or the rows of the parts that it falls into;
    every questionnaire that came back must fall in one of them. Where two ways to split serve, the one without
    further parts counts, else the one with the most invitations.
    """
    read = {name: _dated(rows, params, as_of) for name, rows in invitations.items()}
    current = scores[scores["current"] & scores["n"].gt(0)]
    invited = pd.Series(math.nan, index=scores.index)
    for among in dict.fromkeys(metric.sources for metric in metrics if read.keys() & set(metric.sources)):
        rows = current[current["metric"].isin([metric.key for metric in metrics if metric.sources == among])]
        for period in rows["period"].unique():
            own = rows[rows["period"] == period]
            window = (own["first"].iloc[0], own["last"].iloc[0])
            returned = answers[(answers["period"] == period) & answers["source"].isin(among)]
            known = _reached(own["scope"], [_survey(name, returned, read, window) for name in among])
            invited.loc[own.index] = np.array(known)
    return scores.assign(invited=invited)


def _reached(scopes: pd.Series, surveys: Sequence[_Survey | None]) -> list[float]:
    """Return how many people were reached of each group, all surveys together; each group is looked up once."""
    names = [figure_id("", scope, "") for scope in scopes]
    groups = dict(zip(names, scopes, strict=True))
    known = {
        name: sum(math.nan if survey is None else survey.reached(scope) for survey in surveys)
        for name, scope in groups.items()
    }
    return [known[name] or math.nan for name in names]


@dataclass(frozen=True)
class _Survey:
    """What came back in one window of a survey, per month and combination of groups, and who was invited then."""

    returned: pd.DataFrame
    invited: pd.DataFrame
    groups: tuple[str, ...]
    trees: frozenset[str]

    @classmethod
    def nothing(cls) -> _Survey:
        """Return a survey of which nobody was asked and nothing came back."""
        empty = pd.DataFrame(columns=["month", *COUNTED])
        return cls(empty, empty, (), frozenset())

    def reached(self, scope: Scope) -> float:
        """Return how many people of a group were reached; null where that is not known."""
        if not len(self.returned) and not len(self.invited):
            return 0.0
        if not set(scope) <= set(self.groups):
            return math.nan
        returned = self.returned[_all(self._in(self.returned, name, group) for name, group in scope.items())]
        total, told = 0.0, 0
        for first, last in dict.fromkeys(zip(self.invited["first"], self.invited["last"], strict=True)):
            rows = self.invited[(self.invited["first"] == first) & (self.invited["last"] == last)]
            among = returned[returned["month"].between(first, last)]
            ways = [way for split in self._splits(rows, scope) if (way := self._way(split, among, scope))]
            if not ways:
                return math.nan
            _parts, reached = min(ways, key=lambda way: (way[0], -way[1]))
            total, told = total + reached, told + len(among)
        return total if told == len(returned) else math.nan

    def _splits(self, rows: pd.DataFrame, scope: Scope) -> Iterator[tuple[tuple[str, ...], pd.DataFrame]]:
        """Yield each way in which the file splits a period that tells the group apart, with its rows."""
        filled = rows[list(self.groups)] != ""
        for pattern in {tuple(row) for row in filled.to_numpy().tolist()}:
            names = tuple(name for name, used in zip(self.groups, pattern, strict=True) if used)
            if set(scope) <= set(names):
                yield names, rows[(filled == list(pattern)).all(axis=1)]

    def _way(
        self, split: tuple[tuple[str, ...], pd.DataFrame], among: pd.DataFrame, scope: Scope
    ) -> tuple[int, float] | None:
        """Return how many further names a split has, and who were reached; null where it leaves out who answered."""
        names, rows = split
        own = self._widest(rows[_all(self._in(rows, name, group) for name, group in scope.items())], names)
        if not all(self._covered(among, own, names)):
            return None
        return len(set(names) - set(scope)), float(own["reached"].sum())

    def _covered(self, among: pd.DataFrame, rows: pd.DataFrame, names: Sequence[str]) -> Iterator[bool]:
        listed = _records(rows, names)
        for combination in _records(among.drop_duplicates(names) if names else among.head(1), names):
            yield any(all(self._is(name, combination[name], one[name]) for name in names) for one in listed)

    def _widest(self, rows: pd.DataFrame, names: Sequence[str]) -> pd.DataFrame:
        """Leave out every row of a unit that is part of another one in the file."""
        listed = _records(rows, names)
        if not self.trees & set(names):
            return rows
        inside = [
            any(one != other and all(self._is(name, one[name], other[name]) for name in names) for other in listed)
            for one in listed
        ]
        return rows[~np.array(inside, dtype=np.bool_)]

    def _in(self, frame: pd.DataFrame, name: str, group: str) -> Mask:
        known = {text: self._is(name, str(text), group) for text in frame[name].unique()}
        return np.array([known[text] for text in frame[name]], dtype=np.bool_)

    def _is(self, name: str, text: str, group: str) -> bool:
        return bool(text) and (paths.within(text, group) if name in self.trees else text == group)


def _records(frame: pd.DataFrame, names: Sequence[str]) -> list[dict[str, str]]:
    """Return the groups of each row by their names."""
    found = frame[list(names)].astype(str).to_numpy().tolist()
    return [dict(zip(names, values, strict=True)) for values in found]


def _all(masks: Iterator[Mask]) -> Mask | slice:
    found = list(masks)
    return np.logical_and.reduce(found) if found else slice(None)


def _dated(rows: pd.DataFrame, params: Params, as_of: dt.date) -> pd.DataFrame:
    """Return the rows of periods that ended, with their first and last day and how many people they reached."""
    spans = [Period.parse(text, fiscal_year_start=params.fiscal_year_start) for text in rows["period"]]
    dated = rows.assign(
        first=[pd.Timestamp(span.first) for span in spans],
        last=[pd.Timestamp(span.last) for span in spans],
        reached=rows["sent"].astype("float64") - rows["bounced"].astype("float64").fillna(0.0),
    )
    return dated[dated["last"] <= pd.Timestamp(as_of)]


def _survey(
    name: str, returned: pd.DataFrame, read: Mapping[str, pd.DataFrame], window: tuple[dt.date, dt.date]
) -> _Survey | None:
    """Return a survey in one window; null where its invitations do not fit in the window, or overlap each other."""
    own = returned[returned["source"] == name]
    if name not in read:
        return None if len(own) else _Survey.nothing()
    first, last = map(pd.Timestamp, window)
    rows = read[name]
    rows = rows[(rows["last"] >= first) & (rows["first"] <= last)]
    spans = rows[["first", "last"]].drop_duplicates().sort_values("first")
    overlapping = (spans["first"] <= spans["last"].shift()).any()
    if overlapping or (rows["first"] < first).any() or (rows["last"] > last).any():
        return None
    groups = [str(column) for column in rows.columns if column not in (*KNOWN, *COUNTED)]
    columns = {group: str(group_column(group, among=own.columns)) for group in groups}
    combined = pd.DataFrame(
        {group: own[column].astype(object).where(own[column].notna(), "") for group, column in columns.items()},
        index=own.index,
    ).assign(month=own["date"].to_numpy().astype("datetime64[M]").astype("datetime64[s]"))
    trees = frozenset(group for group, column in columns.items() if column == UNIT or column.startswith(TREE))
    return _Survey(combined.drop_duplicates(), rows, tuple(groups), trees)
