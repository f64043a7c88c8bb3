"""One entry of the ledger: what one report printed; with its seal, and as the text that git keeps."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Annotated, Any, Self

import pandas as pd
from pydantic import BaseModel, ConfigDict, Field

from helpers.rounding import significant

SCHEMA = 1
COUNTS = ("n", "promoters", "passives", "detractors")
NUMBERS = (*COUNTS, "value")
COLUMNS = ("id", "audience", *NUMBERS)

Cell = Mapping[str, Any]
_Text = Annotated[str, Field(min_length=1)]
_Count = Annotated[float, Field(ge=0, allow_inf_nan=False)] | None


class _Written(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid")


class WrittenCell(_Written):
    """A shown cell as it stands in the file; null is a number that was not printed."""

    id: _Text
    audience: str
    n: _Count
    promoters: _Count
    passives: _Count
    detractors: _Count
    value: Annotated[float, Field(allow_inf_nan=False)] | None


class WrittenEntry(_Written):
    """An entry as it stands in the file."""

    period: _Text
    edition: _Text
    as_of: str
    seal: str
    shown: list[WrittenCell]
    hidden: list[_Text]


class WrittenLedger(_Written):
    """The whole file."""

    version: int = Field(alias="schema")
    organisation: str
    seal: str
    entries: list[WrittenEntry]


@dataclass(frozen=True)
class Entry:
    """What one edition of one period printed.

    Parameters
    ----------
    period, edition
        Of which report.
    as_of
        Its last day.
    shown
        One mapping per cell that was printed: ``id, audience, n, promoters, passives, detractors, value``, null where
        the number itself was not printed. In any order; twice the same is once.
    hidden
        The ids of the cells that were hidden.

    Examples
    --------
    >>> cell = {"id": "enps@2026-Q3", "audience": "employee", "n": 12.0, "value": 25.0}
    >>> Entry("2026-Q3", "board", "2026-10-01", shown=[cell]).shown[0]["n"]
    12
    """

    period: str
    edition: str
    as_of: str
    shown: Sequence[Cell] = ()
    hidden: Sequence[str] = ()

    def __post_init__(self) -> None:
        """Put cells in order, once each."""
        cells = {_line(cell): cell for cell in (_plain(cell) for cell in self.shown)}
        object.__setattr__(self, "shown", tuple(sorted(cells.values(), key=_in_order)))
        object.__setattr__(self, "hidden", tuple(sorted(set(self.hidden))))

    @property
    def name(self) -> str:
        """Return what messages call it: its period and its edition."""
        return f"{self.period} {self.edition}"

    def united(self, other: Entry) -> Entry:
        """Return one entry with every cell that either printed; hidden is what neither did.

        Examples
        --------
        >>> first, second = Entry("2026", "board", "", hidden=["a"]), Entry("2026", "board", "", hidden=["b"])
        >>> first.united(second).hidden
        ('a', 'b')
        """
        shown = [*self.shown, *other.shown]
        hidden = {*self.hidden, *other.hidden} - {cell["id"] for cell in shown}
        return Entry(self.period, self.edition, max(self.as_of, other.as_of), shown, sorted(hidden))

    def seal(self, organisation: str) -> str:
        """Return the fingerprint (SHA-256) of all that it says, of this organisation."""
        said = [SCHEMA, organisation, self.period, self.edition, self.as_of, self.shown, self.hidden]
        return _fingerprint(said)


@dataclass(frozen=True)
class Ledger:
    """Every cell that was ever printed of one organisation.

    Parameters
    ----------
    organisation
        The name of its folder.
    entries
        One per period and edition, in any order.
    """

    organisation: str
    entries: Sequence[Entry] = field(default=())

    def __post_init__(self) -> None:
        """Put entries in order; two of the same period and edition become one."""
        kept: dict[str, Entry] = {}
        for entry in self.entries:
            kept[entry.name] = kept[entry.name].united(entry) if entry.name in kept else entry
        object.__setattr__(self, "entries", tuple(kept[name] for name in sorted(kept)))

    def with_entry(self, entry: Entry) -> Self:
        """Return the ledger with an entry in the place of that of its own period and edition.

        Examples
        --------
        >>> ledger = Ledger("x", [Entry("2026", "board", "2026-12-31"), Entry("2026", "public", "2026-12-31")])
        >>> [each.as_of for each in ledger.with_entry(Entry("2026", "board", "2027-01-15")).entries]
        ['2027-01-15', '2026-12-31']
        """
        return type(self)(self.organisation, [*(each for each in self.entries if each.name != entry.name), entry])

    def seal(self) -> str:
        """Return the fingerprint over the seals of all entries."""
        return sealed_together(self.organisation, [entry.seal(self.organisation) for entry in self.entries])

    def text(self) -> str:
        """Return the file: one line per cell, so that git merges and shows changes cell by cell."""
        entries = [_entry_text(entry, entry.seal(self.organisation)) for entry in self.entries]
        head = f'"schema": {SCHEMA},\n"organisation": {_line(self.organisation)},\n"seal": "{self.seal()}",'
        return f'{{\n{head}\n"entries": {_listed(entries)}\n}}\n'


def sealed_together(organisation: str, seals: Iterable[str]) -> str:
    """Return the seal of a whole ledger from those of its entries, in any order."""
    return _fingerprint([SCHEMA, organisation, sorted(seals)])


def _entry_text(entry: Entry, seal: str) -> str:
    about = _line({"period": entry.period, "edition": entry.edition, "as_of": entry.as_of, "seal": seal})
    shown, hidden = [_line(cell) for cell in entry.shown], [_line(identity) for identity in entry.hidden]
    return f'{about[:-1]}, "shown": {_listed(shown)}, "hidden": {_listed(hidden)}}}'


def _listed(lines: Sequence[str]) -> str:
    return "[\n" + ",\n".join(lines) + "\n]" if lines else "[]"


def _line(said: Any) -> str:
    return json.dumps(said, ensure_ascii=False, allow_nan=False)


def _fingerprint(said: Any) -> str:
    return sha256(_line(said).encode()).hexdigest()


def _plain(cell: Cell) -> dict[str, Any]:
    """Return a cell in the file's own order and types: whole numbers whole, what is no number null."""
    return {"id": str(cell["id"]), "audience": str(cell["audience"])} | {
        name: _number(cell.get(name)) for name in NUMBERS
    }


def _number(value: Any) -> int | float | None:
    number = None if value is None or pd.isna(value) else significant(float(value))
    return int(number) if number is not None and number.is_integer() else number


def _in_order(cell: Cell) -> tuple[Any, ...]:
    return cell["id"], cell["audience"], *((cell[name] is not None, cell[name] or 0) for name in NUMBERS)
