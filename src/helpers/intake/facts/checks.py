"""What facts tables may not say beside the params, each other and the answers."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import pandas as pd
import pyarrow as pa

from helpers.intake.facts.values import cells_of
from helpers.intake.faults import found_text, listed
from helpers.intake.group_columns import group_column
from helpers.intake.groupings import written_path
from helpers.intake.values import canonical
from helpers.params.keys import closest, did_you_mean
from helpers.params.metrics import PATH_SEPARATOR
from helpers.params.paths import upwards, within
from helpers.periods import Period

if TYPE_CHECKING:
    from helpers.intake.facts.faults import Judged
    from helpers.params.model import Params, Source

RowFault = tuple[int, str]
PERCENT = 100


def groups_of(source: Source) -> dict[str, str]:
    """Return the ways in which a source's scores are split: name -> the kind of its column in a facts table."""
    kinds = dict.fromkeys([*source.dimensions, *source.segments], "group") | dict.fromkeys(source.trees, "unit")
    plain = [name for name in ("touchpoint", "channel") if getattr(source.columns, name) is not None]
    return kinds | dict.fromkeys(plain, "group") | ({"unit": "unit"} if source.columns.unit else {})


def indicator_faults(rows: Judged, *, params: Params) -> Iterator[RowFault]:
    """Yield measures that the params do not declare, and shares above their whole."""
    declared, used = params.indicators, rows.right("measure")["measure"]
    for measure in dict.fromkeys(used):
        if measure not in declared:
            among = used.index[used == measure]
            yield int(among[0]), _undeclared(str(measure), list(among), used.unique().tolist(), list(declared))
    frame = rows.right("measure", "numerator", "denominator")
    per = frame["measure"].map({name: indicator.per for name, indicator in declared.items()})
    for row in frame.index[(per == PERCENT) & (frame["numerator"] > frame["denominator"])]:
        cells = cells_of(rows.texts, row)
        yield (
            int(row),
            f"row {row} numerator {found_text(cells['numerator'])} is above denominator "
            f"{found_text(cells['denominator'])}, and a share is never above 100%. Correct one of them, or declare "
            f"per: 1000 for {found_text(cells['measure'])} under indicators.",
        )


def _undeclared(measure: str, rows: Sequence[int], used: Sequence[str], declared: Sequence[str]) -> str:
    more = f" and {len(rows) - 1} more" if len(rows) > 1 else ""
    return (
        f"row {rows[0]}{more}: measure {found_text(measure)} is not declared under indicators in the params file."
        f"{did_you_mean(measure, declared)} The file's measures are {listed(used)}; declare the direction of each."
    )


def unit_faults(rows: Judged) -> Iterator[RowFault]:
    """Yield units that are mapped to themselves, or in a circle, once per circle."""
    told: set[frozenset[int]] = set()
    frame = rows.right("old_unit", "new_unit")
    edges = [(int(row), str(old), str(new)) for row, old, new in frame[["old_unit", "new_unit"]].itertuples()]
    for row, old, new in edges:
        back = [] if new == old else _way(new, old, edges)
        if back is None or frozenset([row, *(edge[0] for edge in back)]) in told:
            continue
        told.add(frozenset([row, *(edge[0] for edge in back)]))
        yield row, _circle([(row, old, new), *back])


def _way(start: str, end: str, edges: Iterable[tuple[int, str, str]]) -> list[tuple[int, str, str]] | None:
    """Return the shortest way from one unit to another along the rows, None where there is none."""
    after: dict[str, list[tuple[int, str, str]]] = {}
    for edge in edges:
        after.setdefault(edge[1], []).append(edge)
    ways: dict[str, list[tuple[int, str, str]]] = {start: []}
    waiting = [start]
    for unit in waiting:
        for edge in after.get(unit, []):
            if edge[2] not in ways:
                ways[edge[2]] = [*ways[unit], edge]
                waiting.append(edge[2])
    return ways.get(end)


def _circle(edges: Sequence[tuple[int, str, str]]) -> str:
    row, old, _ = edges[0]
    if len(edges) == 1:
        return f"row {row} maps unit {_unit(old)} to itself. Leave the row out, or correct new_unit."
    names = " to ".join(_unit(unit) for unit in [old, *(edge[2] for edge in edges)])
    rows = [str(number) for number in sorted(edge[0] for edge in edges)]
    return (
        f"rows {', '.join(rows[:-1])} and {rows[-1]} map units in a circle: {names}. Leave out the row that maps back."
    )


def _unit(path: str) -> str:
    return found_text(path.replace(PATH_SEPARATOR, " > "))


def invitation_faults(rows: Judged, *, answers: pd.DataFrame, params: Params) -> Iterator[RowFault]:
    """Yield groups that are spelled otherwise than in the answers, and invitations below the answers.

    Parameters
    ----------
    rows
        The invitations.
    answers
        The responses of the source, used and skipped ones.
    params
        For the fiscal calendar.
    """
    columns = {name: found for name in map(str, rows.texts) if (found := _answers_column(answers, name))}
    for name, column in columns.items():
        yield from _misspelt(name, rows.right(name)[name], known=_known(answers[column]))
    counts = _per_month(answers, list(columns.values()))
    # Of rows that repeat each other it is not known which answers are of which row.
    frame = rows.right("period", "sent", "bounced", *rows.table.groups)
    frame = frame.drop(index=[*rows.repeats, *rows.repeats.values()], errors="ignore").fillna({"bounced": 0.0})
    for row, cells in zip(frame.index.tolist(), frame.to_dict("records"), strict=True):
        period = Period.parse(cells["period"], fiscal_year_start=params.fiscal_year_start)
        count = _answered(counts, period, {column: cells[name] for name, column in columns.items()})
        if count > cells["sent"] - cells["bounced"] >= 0:
            yield row, _too_few(row, cells_of(rows.texts, row), list(columns), count)


def total_faults(rows: Judged) -> Iterator[RowFault]:
    """Yield rows for all that are below what the rows of a period's groups add up to."""
    groups = [name for name in rows.table.groups if name in rows.texts]
    frame = rows.right("period", "sent", *groups).drop(index=list(rows.repeats), errors="ignore")
    split = frame[groups] != ""
    for row in frame.index[~split.any(axis=1)] if groups else ():
        parts = frame[(frame["period"] == frame.loc[row, "period"]) & split.any(axis=1)]
        for names, alike in parts.groupby([split.loc[parts.index, name] for name in groups], sort=False):
            used = [name for name, is_used in zip(groups, names, strict=True) if is_used]
            total = alike.loc[_widest(alike[used]), "sent"].sum()
            if total > frame.loc[row, "sent"]:
                cells = cells_of(rows.texts, row)
                yield (
                    int(row),
                    f"row {row} sent {found_text(cells['sent'])}, the row for all of period "
                    f"{found_text(cells['period'])}, is below {total:.0f}, what its rows per {' and '.join(used)} add "
                    "up to. Correct one of them.",
                )


def _widest(groups: pd.DataFrame) -> list[bool]:
    """Return per row whether no other row names a unit that it lies in."""
    paths = list(groups.itertuples(index=False, name=None))
    known = set(paths)
    return [not (known & {*itertools.product(*map(upwards, path))} - {path}) for path in paths]


def _answers_column(answers: pd.DataFrame, name: str) -> str | None:
    return None if name == "period" else group_column(name, among=answers.columns)


def _known(groups: pd.Series) -> dict[str, bool]:
    """Return the groups of the answers, declared ones too, and whether any answer is of them."""
    occurring = set(groups.dropna().astype(str).unique())
    declared = groups.cat.categories.astype(str).tolist() if isinstance(groups.dtype, pd.CategoricalDtype) else []
    return {name: name in occurring for name in dict.fromkeys([*declared, *sorted(occurring)])}


def _misspelt(name: str, invited: pd.Series, *, known: Mapping[str, bool]) -> Iterator[RowFault]:
    """Yield groups unknown to the answers that resemble one which was, by the file, not invited.

    A group that nobody answered for is unknown as well, and stands beside its neighbours in the file.
    """
    written = {str(group) for group in invited.unique() if group}
    unknown = {group for group in written if not any(within(path, group) for path in known)}
    invited_above = {unit for path in written for unit in upwards(path)}
    left = [group for group, occurs in known.items() if occurs and group not in invited_above]
    nothing = unknown == written and bool(left)
    for group in sorted(unknown):
        meant = closest(group, left)
        if meant or nothing:
            row = int(invited.index[invited == group][0])
            hint = f" Did you mean {_unit(meant)}?" if meant else ""
            yield (
                row,
                f"row {row} {name} {_unit(group)} is in none of the answers.{hint} The answers have "
                f"{listed(path.replace(PATH_SEPARATOR, ' > ') for path in left)}; write it as they do.",
            )


def _per_month(answers: pd.DataFrame, columns: Sequence[str]) -> pd.DataFrame:
    """Return how many answers there are per month and group: periods are whole months."""
    frame = answers[list(columns)].assign(
        month=answers["date"].to_numpy().astype("datetime64[M]").astype("datetime64[s]")
    )
    counts = frame.groupby(["month", *columns], observed=True, dropna=False).size()
    return counts.rename("n").reset_index()


def _answered(counts: pd.DataFrame, period: Period, scope: Mapping[str, str]) -> int:
    among = counts["month"].between(pd.Timestamp(period.first), pd.Timestamp(period.last))
    for column, group in ((column, group) for column, group in scope.items() if group):
        names = counts[column].astype("str")
        among &= (names == group) | names.str.startswith(group + PATH_SEPARATOR, na=False)
    return int(counts.loc[among, "n"].sum())


def _too_few(row: int, cells: Mapping[str, str], names: Sequence[str], count: int) -> str:
    groups = [f"{name} {found_text(cells[name])}" for name in names if written_path(cells[name])]
    about = ", ".join([f"period {found_text(cells['period'])}", *groups])
    bounced = f" minus bounced {found_text(cells['bounced'])}" if cells.get("bounced", "") else ""
    return (
        f"row {row} sent {found_text(cells['sent'])}{bounced} is below the {count} answers of {about}. "
        "More people answered than were invited; correct the row or remove double answers."
    )


def customers_without_answers(customers: pd.DataFrame, *, responses: pd.DataFrame) -> int:
    """Return how many customers of the table occur in no survey.

    Parameters
    ----------
    customers
        The customers table.
    responses
        The responses of all sources.
    """
    keys = responses["customer_key"].dropna().unique().tolist()
    known = set(canonical(pa.array(keys, pa.string())).to_pylist())
    return len(set(customers["customer_id"]) - known)
