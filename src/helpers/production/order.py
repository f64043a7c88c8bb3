"""What is asked of one job, and what it made."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from helpers import dossier as dossiers
from helpers.production.record import Record
from helpers.show.language import Language

FORMATS = ("html", "pdf", "xlsx")


@dataclass(frozen=True)
class Order:
    """What to make of a dossier, and where.

    Parameters
    ----------
    dossier
        The organisation at its period.
    again
        Plans the same dossier again with further cells hidden, by their ids.
    record
        What was printed before, as it was when the dossier was planned.
    notebooks
        The folder of the chapters.
    client_folder
        The organisation's folder, where own chapters and the ledger lie.
    output
        The reports folder.
    formats
        Which of ``html``, ``pdf`` and ``xlsx``.
    deadline
        Seconds that one chapter may take; None is without limit.
    later
        The editions of the same period that are made right after this one; their earlier sets are on their way out.
    also_hidden
        The cells that are hidden because a finished set gave a hidden group away.
    repairs
        How often that happened.
    """

    dossier: dossiers.Dossier
    again: Callable[[Sequence[str]], dossiers.Dossier]
    record: Record
    notebooks: Path
    client_folder: Path
    output: Path
    formats: Sequence[str] = FORMATS
    deadline: float | None = None
    later: tuple[str, ...] = ()
    also_hidden: tuple[str, ...] = ()
    repairs: int = 0

    @property
    def reports(self) -> Path:
        """The folder of the organisation's sets."""
        return self.output / self.dossier.report.organisation

    @property
    def target(self) -> Path:
        """The folder of the set."""
        report = self.dossier.report
        return self.reports / str(report.period) / report.edition

    @property
    def replaced(self) -> tuple[Path, ...]:
        """The sets that nobody reads any more after this run: its own, and those of the editions made after it."""
        return self.target, *(self.target.with_name(edition) for edition in self.later)

    @property
    def failed(self) -> Path:
        """Where a chapter that failed is left for the analyst; a later good run takes it away."""
        return self.target.parent / f"{self.target.name}.failed"

    @property
    def parameters(self) -> dict[str, str | None]:
        """What every chapter is asked for."""
        report = self.dossier.report
        return {
            "organisation": report.organisation,
            "period": str(report.period),
            "language": report.language,
            "edition": report.edition,
            "unit": None,
            "as_of": report.as_of.isoformat(),
            "params": None,
        }

    @property
    def stamp(self) -> dict[str, str]:
        """Which report every block must belong to."""
        report = self.dossier.report
        return {"organisation": report.organisation, "period": str(report.period), "edition": report.edition}

    @property
    def words(self) -> Language:
        """The language of the report, with the client's own words."""
        report = self.dossier.report
        return Language(report.language, report.terms, report.band_names, report.params.fiscal_year_start)

    def hiding(self, *cells: str) -> Order:
        """Return the same order with more cells hidden, everything planned again."""
        hidden = (*self.also_hidden, *cells)
        return replace(self, dossier=self.again(hidden), also_hidden=hidden, repairs=self.repairs + 1)


@dataclass
class Result:
    """What a job made.

    Parameters
    ----------
    files
        Path of each file of the set, by its format.
    warnings
        What the reader of the log should know; none of it is in the report.
    seconds
        How long each stage took.
    processor
        Processor seconds of each stage, those of its kernel included.
    also_hidden
        The cells that were hidden because an attack on the set told too much.
    """

    files: dict[str, Path] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)
    seconds: dict[str, float] = field(default_factory=dict)
    processor: dict[str, float] = field(default_factory=dict)
    also_hidden: tuple[str, ...] = ()

    @contextmanager
    def timed(self, stage: str) -> Iterator[None]:
        """Note how long a stage takes, and how much of a processor; a stage that is done again counts again."""
        begin, used = time.perf_counter(), _processor_seconds()
        yield
        self.seconds[stage] = self.seconds.get(stage, 0.0) + time.perf_counter() - begin
        self.processor[stage] = self.processor.get(stage, 0.0) + _processor_seconds() - used


def _processor_seconds() -> float:
    """Return what this process and its finished children have used."""
    return sum(os.times()[:4])
