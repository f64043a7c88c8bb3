"""What scores are split by: labels, classes of numbers and unit paths, each in its printing order."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import NDArray

from helpers.intake.reading.tables import Coded
from helpers.intake.values import Decimal, canonical, numbers
from helpers.params.metrics import PATH_SEPARATOR

_SEPARATOR_SIGN = PATH_SEPARATOR.strip()
_JOINTS = (_SEPARATOR_SIGN, " > ", " / ")
_DIGITS = re.compile(r"([0-9]+)")


@dataclass(frozen=True)
class Grouping:
    """A column of groups.

    Parameters
    ----------
    codes
        Per row the place of its group in `declared` + `further`; −1 where it has none.
    declared
        Groups that have a declared order, in that order, whether they occur or not.
    further
        The other groups that occur.
    """

    codes: NDArray[np.int32]
    declared: tuple[str, ...]
    further: tuple[str, ...]

    def at(self, rows: NDArray[np.bool_]) -> Grouping:
        """Return the grouping of some rows, without the undeclared groups that none of them is in.

        Of a file of many organisations, the groups of the others are not the client's to see.
        """
        codes, first = self.codes[rows], len(self.declared)
        places = np.unique(codes[codes >= first])
        moved = np.arange(-1, first + len(self.further), dtype=np.int32)
        moved[places + 1] = first + np.arange(len(places), dtype=np.int32)
        return Grouping(moved[codes + 1], self.declared, tuple(self.further[place - first] for place in places))


def labelled(column: Coded, *, labels: Mapping[str, str]) -> Grouping:
    """Return groups named by labels; a code without label keeps its own text.

    Parameters
    ----------
    column
        The column of codes.
    labels
        Code -> name, in printing order.

    Examples
    --------
    >>> import pyarrow as pa
    >>> labelled(Coded.of(pa.array(["2", "1.0", "", "9"])), labels={"1": "Stroom", "2": "Gas"}).codes.tolist()
    [1, 0, -1, 2]
    """
    by_code = dict(zip(canonical(_texts(list(labels))).to_pylist(), labels.values(), strict=True))
    plain = canonical(column.values).to_pylist()
    names = [by_code.get(code, text) for code, text in zip(plain, column.texts, strict=True)]
    return _grouping(column, names, declared=tuple(labels.values()))


def binned(
    column: Coded, *, bins: Sequence[float], decimal: Decimal | None = None, decimal_sign: str = "."
) -> Grouping:
    """Return classes of numbers, closed on the left; the last one is open.

    Parameters
    ----------
    column
        The column of numbers; other texts keep their own text, after the classes.
    bins
        Where each class begins.
    decimal
        The decimal sign of the column.
    decimal_sign
        The decimal sign in the names of classes.

    Examples
    --------
    >>> import pyarrow as pa
    >>> binned(Coded.of(pa.array(["5", "11", "2"])), bins=[1, 3, 6, 11]).declared
    ('1–2', '3–5', '6–10', '11+')
    """
    starts = sorted(set(bins))
    found = numbers(column.values, decimal=decimal)
    known = found[~np.isnan(found)]
    whole = all(float(value).is_integer() for value in (*starts, *known))
    classes = _class_names(starts, whole=whole, decimal_sign=decimal_sign)
    below = f"<{_number(starts[0], decimal_sign)}"
    declared = [below, *classes] if (known < starts[0]).any() else classes
    names = [
        text if np.isnan(number) else classes[place - 1] if place else below
        for text, number, place in zip(column.texts, found, np.searchsorted(starts, found, side="right"), strict=True)
    ]
    return _grouping(column, names, declared=declared)


def unit_paths(levels: Sequence[Coded]) -> Grouping:
    """Return whole unit paths, the levels joined by " › "; the first blank level ends a path.

    Parameters
    ----------
    levels
        The columns of unit names, from wide to narrow.
    """
    combined = np.zeros(len(levels[0].codes), dtype=np.int64)
    for level in levels:
        combined = combined * len(level.values) + level.codes
    codes, different = pd.factorize(combined)
    names = []
    for combination in different.tolist():
        rest, parts = combination, []
        for level in reversed(levels):
            rest, code = divmod(rest, len(level.values))
            parts.append(level.texts[code])
        names.append(unit_path(parts[::-1]))
    return _grouping(Coded(codes.astype(np.int32), _texts(names)), names, declared=())


def unit_path(levels: Sequence[str]) -> str:
    """Return a unit's path; the first blank level ends it, and ``›`` in a name becomes ``>``.

    Examples
    --------
    >>> unit_path(["Klant", "Service › 2e lijn", "", "Team 1"])
    'Klant › Service > 2e lijn'
    """
    known = levels[: levels.index("")] if "" in levels else levels
    return PATH_SEPARATOR.join(name.replace(_SEPARATOR_SIGN, ">") for name in known)


def written_path(text: str) -> str:
    """Return the path that a person wrote with ``›``, else with ``>``, else with ``/`` between blanks.

    Examples
    --------
    >>> written_path("Klant > Inkoop / Verkoop"), written_path("Klant / Service"), written_path("*")
    ('Klant › Inkoop / Verkoop', 'Klant › Service', '')
    """
    joint = next((sign for sign in _JOINTS if sign in text), None)
    levels = [level.strip() for level in (text.split(joint) if joint else [text])]
    return "" if text == "*" else PATH_SEPARATOR.join(levels)


def categories(groupings: Sequence[Grouping]) -> tuple[str, ...]:
    """Return the groups of several sources in printing order: declared ones first, then the others sorted."""
    declared = dict.fromkeys(name for grouping in groupings for name in grouping.declared)
    further = {name for grouping in groupings for name in grouping.further} - declared.keys()
    return (*declared, *sorted(further, key=_natural))


def categorical(grouping: Grouping, *, among: Sequence[str]) -> pd.Categorical:
    """Return a grouping as an ordered Categorical over given categories."""
    place = {name: number for number, name in enumerate(among)}
    renumbered = [*(place[name] for name in (*grouping.declared, *grouping.further)), -1]
    codes = np.array(renumbered, dtype=np.int64)[grouping.codes]
    return pd.Categorical.from_codes(codes, categories=pd.Index(list(among), dtype="str"), ordered=True)


def _texts(names: Sequence[str]) -> pa.Array:
    return pa.array(names, pa.string())


def _grouping(column: Coded, names: Sequence[str], *, declared: Sequence[str]) -> Grouping:
    first = tuple(dict.fromkeys(declared))
    further = tuple(dict.fromkeys(name for name in names if name and name not in first))
    place = {"": -1} | {name: number for number, name in enumerate((*first, *further))}
    per_value = np.array([place[name] for name in names], dtype=np.int32)
    return Grouping(column.rows(per_value), first, further)


def _class_names(starts: Sequence[float], *, whole: bool, decimal_sign: str) -> list[str]:
    names = []
    for start, following in pairwise(starts):
        low = _number(start, decimal_sign)
        if whole:
            last = _number(following - 1, decimal_sign)
            names.append(low if last == low else f"{low}–{last}")
        else:
            names.append(f"{low}–<{_number(following, decimal_sign)}")
    return [*names, f"{_number(starts[-1], decimal_sign)}+"]


def _number(value: float, decimal_sign: str) -> str:
    return f"{value:.12g}".replace(".", decimal_sign)


def _natural(path: str) -> tuple[object, ...]:
    """Return a sort key: along the unit tree, 2 before 10, capitals beside small letters."""
    return tuple(_natural_level(level) for level in path.split(PATH_SEPARATOR)), path


def _natural_level(name: str) -> tuple[tuple[bool, int, str], ...]:
    parts = [part for part in _DIGITS.split(name.casefold()) if part]
    return tuple((False, int(part), "") if _DIGITS.fullmatch(part) else (True, 0, part) for part in parts)
