"""One job after another: every organisation's outcome, and one exit code for the script that asked."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tqdm import tqdm

from helpers import dossier
from helpers.errors import RUN_FAULT, USAGE_FAULT, ReportError
from helpers.params import Client
from helpers.production import job, publish
from helpers.production.options import Wish


@dataclass(frozen=True)
class Outcome:
    """What became of one organisation's report.

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
    """

    organisation: str
    files: dict[str, Path] = field(default_factory=dict)
    messages: tuple[str, ...] = ()
    exit_code: int = 0
    warnings: tuple[str, ...] = ()
    seconds: dict[str, float] = field(default_factory=dict)
    processor: dict[str, float] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """Return the outcome for a script."""
        return {
            "organisation": self.organisation,
            "files": {name: str(file) for name, file in self.files.items()},
            "messages": list(self.messages),
            "exit_code": self.exit_code,
            "warnings": list(self.warnings),
            "seconds": {name: round(value, 3) for name, value in self.seconds.items()},
            "processor_seconds": {name: round(value, 3) for name, value in self.processor.items()},
        }


def run(clients: Sequence[Client], *, wish: Wish, notebooks: Path, output: Path, quiet: bool = False) -> list[Outcome]:
    """Make every client's report; one that fails does not stop the others.

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
    return [_one(client, wish=wish, notebooks=notebooks, output=output, quiet=quiet) for client in clients]


def exit_code(outcomes: Sequence[Outcome]) -> int:
    """Return 0 when all went well, the fault's own code when all failed alike, else 1."""
    codes = {outcome.exit_code for outcome in outcomes}
    if codes <= {0}:
        return 0
    return USAGE_FAULT if codes == {USAGE_FAULT} else RUN_FAULT


def _one(client: Client, *, wish: Wish, notebooks: Path, output: Path, quiet: bool) -> Outcome:
    with tqdm(
        total=1, desc=client.key, unit="step", leave=False, file=sys.stderr, disable=True if quiet else None
    ) as bar:
        try:
            bar.set_postfix_str("intake")
            result = _job(client, wish, notebooks, output, bar)
        except ReportError as fault:
            return Outcome(client.key, messages=fault.messages, exit_code=fault.exit_code)
    return Outcome(
        client.key,
        result.files,
        warnings=tuple(result.warnings),
        seconds=result.seconds,
        processor=result.processor,
    )


def _job(client: Client, wish: Wish, notebooks: Path, output: Path, bar: Any) -> job.Result:
    result = job.Result()
    with result.timed("intake"):
        opened = dossier.build(
            client, period=wish.period, language=wish.language, edition=wish.edition, as_of=wish.as_of
        )
    order = job.Order(
        dossier=opened,
        notebooks=notebooks,
        client_folder=client.folder,
        output=output,
        formats=wish.formats,
        deadline=wish.deadline,
    )
    bar.total = job.stages(order) + 1

    def progress(stage: str) -> None:
        bar.update()
        bar.set_postfix_str(stage)

    return job.make(order, progress=progress, result=result)
