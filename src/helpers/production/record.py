"""The ledger of an organisation around one job: read before the plan is made, written before the set is published."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from helpers.disclosure import ledger as ledgers
from helpers.disclosure.ledger import Entry, Ledger
from helpers.errors import InfrastructureError

A_SET = "figures.json"
"""The file by which a folder is known to be a set."""


@dataclass(frozen=True)
class Record:
    """What was printed of an organisation before, as it was when a report was planned.

    Parameters
    ----------
    folder
        ``params/<organisation>``.
    ledger
        What the file says.
    """

    folder: Path
    ledger: Ledger

    @property
    def file(self) -> Path:
        """Where the ledger lies."""
        return self.folder / ledgers.NAME


def opened(folder: Path) -> Record:
    """Read the ledger of an organisation.

    Raises
    ------
    ParamsError
        If it was edited by hand, or is no ledger of this organisation.
    """
    return Record(folder, ledgers.read(folder))


@contextmanager
def kept(record: Record, entry: Entry) -> Iterator[None]:
    """Keep what is published within this context in the ledger, so that no moment is without.

    While the sets change places the ledger holds the cells of both: a run that is cut off leaves a ledger that says
    too much, never too little.

    Parameters
    ----------
    record
        As it was when the report was planned.
    entry
        What the report prints.

    Raises
    ------
    InfrastructureError
        If the ledger cannot be written, or was written since the report was planned: nothing is published then.
    """
    if ledgers.read(record.folder) != record.ledger:
        raise InfrastructureError(
            f"{_name(record)}: another run wrote the ledger while this report was made, so it was planned without what "
            "that one printed. Run it again; the earlier report is unchanged."
        )
    final = record.ledger.with_entry(entry)
    earlier = next((one for one in record.ledger.entries if one.name == entry.name), None)
    during = record.ledger.with_entry(earlier.united(entry)) if earlier else final
    if during != record.ledger:
        ledgers.write(record.folder, during)
    try:
        yield
    except BaseException:
        if during != record.ledger:
            _put_back(record)
        raise
    if final != during:
        ledgers.write(record.folder, final)


def missing(record: Record, reports: Path, *, target: Path) -> list[str]:
    """Return a warning when earlier sets are published but no ledger says what they printed.

    Parameters
    ----------
    record
        As it was read.
    reports
        ``reports/<organisation>``.
    target
        The folder of the set that is about to be made; it takes the place of an earlier one.
    """
    sets = [folder for folder in published(reports) if folder != target]
    if record.file.exists() or not sets:
        return []
    names = ", ".join(folder.relative_to(reports).as_posix() for folder in sets)
    return [
        f"{_name(record)} is missing, but there are earlier reports ({names}): what they printed is not looked at when "
        f"it is decided what a report hides. Put the committed file back: git checkout -- {_name(record)}."
    ]


def published(reports: Path) -> list[Path]:
    """Return the folders of an organisation's finished sets, by name; hidden ones are not finished."""
    found = (file.parent for file in reports.glob(f"*/*/{A_SET}"))
    return sorted(one for one in found if not one.name.startswith("."))


def _put_back(record: Record) -> None:
    """Write the ledger as it was; where there was none, none remains."""
    if record.ledger.entries:
        ledgers.write(record.folder, record.ledger)
    else:
        record.file.unlink(missing_ok=True)


def _name(record: Record) -> str:
    return "/".join(record.file.resolve().parts[-3:])
