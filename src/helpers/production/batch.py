"""One job after another: the outcome of every organisation's editions, and one exit code for the script that asked."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from tqdm import tqdm

from helpers import dossier
from helpers.errors import RUN_FAULT, USAGE_FAULT, ReportError
from helpers.intake import responses
from helpers.params import Client
from helpers.production import job, publish, record
from helpers.production.options import Wish

INTAKE = "intake"
"""The stage before the chapters: the files are read and the dossier is planned."""


@dataclass(frozen=True)
class Outcome:
    """What became of one edition of an organisation's report.

    Parameters
    ----------
    organisation
        Its folder in ``params/``.
    files
        The files made, by format.
    messages
        Why there is no report; empty when there is one.
    exit_code
        0, or that of the fault.
    warnings
        What the chapters wrote beside their report.
    seconds
        How long each stage took.
    processor
        Processor seconds of each stage.
    edition
        Which edition; None when nothing could be made of the organisation at all.
    """

    organisation: str
    files: dict[str, Path] = field(default_factory=dict)
    messages: tuple[str, ...] = ()
    exit_code: int = 0
    warnings: tuple[str, ...] = ()
    seconds: dict[str, float] = field(default_factory=dict)
    processor: dict[str, float] = field(default_factory=dict)
    edition: str | None = None

    @property
    def name(self) -> str:
        """Whose report it is, for messages."""
        return f"{self.organisation}, {self.edition} edition" if self.edition else self.organisation

    def as_json(self) -> dict[str, Any]:
        """Return the outcome for a script."""
        return {
            "organisation": self.organisation,
            "edition": self.edition,
            "files": {name: str(file) for name, file in self.files.items()},
            "messages": list(self.messages),
            "exit_code": self.exit_code,
            "warnings": list(self.warnings),
            "seconds": {name: round(value, 3) for name, value in self.seconds.items()},
            "processor_seconds": {name: round(value, 3) for name, value in self.processor.items()},
        }


def run(clients: Sequence[Client], *, wish: Wish, notebooks: Path, output: Path, quiet: bool = False) -> list[Outcome]:
    """Make every edition of every client's report; one that fails does not stop the others.

    Parameters
    ----------
    clients
        Organisations whose params are already checked.
    wish
        What is asked.
    notebooks, output
        The folders of the chapters and of the reports.
    quiet
        Whether to leave out the progress bar.

    Raises
    ------
    InfrastructureError
        If the reports folder cannot be written; nothing has run then.
    """
    publish.require_writable(output)
    return [
        outcome
        for client in clients
        for outcome in _of_client(client, wish=wish, notebooks=notebooks, output=output, quiet=quiet)
    ]


def refused(loaded: Mapping[str, Client | ReportError]) -> list[Outcome]:
    """Return the outcomes of the organisations whose params or ledger cannot be used."""
    return [
        Outcome(name, messages=found.messages, exit_code=found.exit_code)
        for name, found in loaded.items()
        if isinstance(found, ReportError)
    ]


def told(outcomes: Sequence[Outcome]) -> list[str]:
    """Return what went wrong, and then what should be known; what two editions have in common is told once."""
    lines: list[str] = []
    for before, outcome in zip([None, *outcomes], outcomes, strict=False):
        if outcome.messages:
            lines.append(f"{outcome.name}: no report was made.")
            lines += () if before and before.messages == outcome.messages else outcome.messages
    return [*lines, *(f"{outcome.name}: {warning}" for outcome in outcomes for warning in outcome.warnings)]


def exit_code(outcomes: Sequence[Outcome]) -> int:
    """Return 0 when all went well, the fault's own code when all failed alike, else 1."""
    codes = {outcome.exit_code for outcome in outcomes}
    if codes <= {0}:
        return 0
    return USAGE_FAULT if codes == {USAGE_FAULT} else RUN_FAULT


def _of_client(client: Client, *, wish: Wish, notebooks: Path, output: Path, quiet: bool) -> list[Outcome]:
    """Make every edition of one organisation, from one intake; an edition that fails does not stop the next."""
    editions = wish.editions(client.params)
    with tqdm(
        total=len(editions), desc=client.key, unit="step", leave=False, file=sys.stderr, disable=True if quiet else None
    ) as bar:
        bar.set_postfix_str(INTAKE)
        result = job.Result()
        try:
            with result.timed(INTAKE):
                intake = responses.read(client)
        except ReportError as fault:
            return [Outcome(client.key, messages=fault.messages, exit_code=fault.exit_code)]
        outcomes: list[Outcome] = []
        hidden: tuple[str, ...] = ()
        for place, edition in enumerate(editions, start=1):
            planned = _Planned(client, intake, edition, editions[place:], wish, hidden)
            outcomes.append(_edition(planned, result, notebooks=notebooks, output=output, bar=bar))
            hidden += result.also_hidden
            result = job.Result()
        return outcomes


@dataclass(frozen=True)
class _Planned:
    """One edition of one organisation: what its dossier is made of, each time that it is planned."""

    client: Client
    intake: responses.Intake
    edition: str
    later: tuple[str, ...]
    wish: Wish
    hidden_before: tuple[str, ...] = ()

    def dossier(self, also_hidden: Sequence[str] = ()) -> dossier.Dossier:
        """Plan the edition; what an attack made an edition before it hide stays hidden in this one."""
        return dossier.build(
            self.client,
            period=self.wish.period,
            language=self.wish.language,
            edition=self.edition,
            as_of=self.wish.as_of,
            intake=self.intake,
            also_hidden=(*self.hidden_before, *also_hidden),
        )


def _edition(planned: _Planned, result: job.Result, *, notebooks: Path, output: Path, bar: Any) -> Outcome:
    client, edition = planned.client, planned.edition
    try:
        order = _order(planned, result, notebooks=notebooks, output=output)
        bar.total += job.stages(order)
        job.make(order, progress=partial(_step, bar), result=result)
    except ReportError as fault:
        return Outcome(client.key, messages=fault.messages, exit_code=fault.exit_code, edition=edition)
    finally:
        bar.update()
    return Outcome(
        client.key, result.files, warnings=tuple(result.warnings), seconds=result.seconds,
        processor=result.processor, edition=edition,
    )  # fmt: skip


def _order(planned: _Planned, result: job.Result, *, notebooks: Path, output: Path) -> job.Order:
    with result.timed(INTAKE):
        earlier = record.opened(planned.client.folder)
        opened = planned.dossier()
    return job.Order(
        dossier=opened,
        again=planned.dossier,
        record=earlier,
        notebooks=notebooks,
        client_folder=planned.client.folder,
        output=output,
        formats=planned.wish.formats,
        deadline=planned.wish.deadline,
        later=planned.later,
    )


def _step(bar: Any, stage: str) -> None:
    """Count a stage; what is done again because something leaked is more than was expected."""
    bar.total = max(bar.total, bar.n + 1)
    bar.update()
    bar.set_postfix_str(stage)
