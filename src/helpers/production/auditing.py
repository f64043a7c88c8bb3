"""The attack that somebody asks for: the published sets of organisations, and the ledgers beside their params."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from tqdm import tqdm

from helpers import audit, params
from helpers.disclosure import ledger as ledgers
from helpers.errors import RUN_FAULT, USAGE_FAULT, ParamsError
from helpers.params.keys import did_you_mean
from helpers.production import defence, record

SHOW_A_BAR_AFTER = 2.0
"""Seconds."""


@dataclass(frozen=True)
class Audited:
    """What the attack on one organisation's sets found.

    Parameters
    ----------
    organisation
        Its folder among the reports.
    findings
        As the audit has them.
    remarks
        What is said of its ledger.
    edited
        Whether the ledger was edited by hand, which stops the next report.
    """

    organisation: str
    findings: audit.Findings
    remarks: tuple[str, ...] = ()
    edited: bool = False

    @property
    def exit_code(self) -> int:
        """1 when a hidden group follows or something looks private, 2 when only the ledger is at fault, else 0."""
        return RUN_FAULT if self.findings.leaks or self.findings.canaries else USAGE_FAULT if self.edited else 0

    @property
    def lines(self) -> list[str]:
        """The outcome for a reader: what was read, each leak in one sentence, what looks private, the ledger."""
        sets, leaks = self.findings.sets_read, self.findings.leaks
        numbers = f"{self.findings.statements_read} statements in {', '.join(sets)}"
        remarks = [f"  {remark}" for remark in self.remarks]
        strange = [f"  {defence.private(canary)}" for canary in self.findings.canaries]
        found = [f"  {number}. {leak.sentence}" for number, leak in enumerate(leaks, start=1)]
        if not sets:
            return [f"{self.organisation}: there is no report here to attack.", *remarks]
        verdict = f"{len(leaks) or 'no'} leak{'' if len(leaks) == 1 else 's'}"
        return [f"{self.organisation}: {numbers}: {verdict}.", *found, *strange, *remarks]

    def as_json(self) -> dict[str, Any]:
        """Return the outcome for a script."""
        return {
            "organisation": self.organisation,
            "sets": list(self.findings.sets_read),
            "statements": self.findings.statements_read,
            "leaks": [asdict(leak) for leak in self.findings.leaks],
            "private": [canary._asdict() for canary in self.findings.canaries],
            "messages": list(self.remarks),
            "exit_code": self.exit_code,
        }


def run(
    organisations: Iterable[str],
    *,
    reports: Path,
    params_folder: Path,
    accept_ledger: bool = False,
    quiet: bool = False,
) -> list[Audited]:
    """Attack the published sets of organisations.

    Parameters
    ----------
    organisations
        Their names; none is every organisation that has a set.
    reports, params_folder
        The folders of the reports and of the params, where the ledgers lie.
    accept_ledger
        Whether ledgers that were edited are sealed as they stand.
    quiet
        Whether to leave out the progress bar.

    Raises
    ------
    ParamsError
        If a name has no set, or ledgers are to be accepted without a name.
    """
    asked = tuple(dict.fromkeys(organisations))
    chosen = asked if accept_ledger else _chosen(asked, reports)
    accepted = _accepted(asked, params_folder) if accept_ledger else {}
    with _bar(len(chosen), quiet=quiet) as bar:
        found = []
        for name in chosen:
            bar.set_postfix_str(name, refresh=False)
            own = params_folder / name, reports / name
            remarks, edited = (accepted[name], False) if accept_ledger else _ledger(*own)
            found.append(Audited(name, audit.audit(reports / name), tuple(remarks), edited))
            bar.update()
    return found


def exit_code(found: Sequence[Audited]) -> int:
    """Return 1 when something follows about a hidden group anywhere, else 2 when a ledger was edited, else 0."""
    codes = {one.exit_code for one in found}
    return RUN_FAULT if RUN_FAULT in codes else max(codes, default=0)


@contextmanager
def _bar(total: int, *, quiet: bool) -> Iterator[Any]:
    """Give a progress bar that shows after two seconds, also while the first organisation is attacked."""
    with tqdm(
        total=total, desc="audit", unit="organisation", delay=SHOW_A_BAR_AFTER, leave=False, file=sys.stderr,
        disable=True if quiet else None,
    ) as bar:  # fmt: skip
        clock = threading.Timer(SHOW_A_BAR_AFTER, bar.refresh)
        clock.daemon = True
        clock.start()
        try:
            yield bar
        finally:
            clock.cancel()


def _chosen(asked: Sequence[str], reports: Path) -> Sequence[str]:
    """Return the organisations to attack; each has a set."""
    folders = sorted(reports.iterdir()) if reports.is_dir() else []
    having = [folder.name for folder in folders if record.published(folder)]
    unknown = [name for name in asked if name not in having]
    if unknown:
        raise ParamsError(
            f"{reports.name}: there is no report of '{name}'.{did_you_mean(name, having)} Make one with "
            "`nulmeting report NAME`, or name the folder of the reports with --output."
            for name in unknown
        )
    if not having:
        raise ParamsError(
            f"{reports.name}: there is no report. Make one with `nulmeting report`, or name the folder with --output."
        )
    return asked or having


def _accepted(asked: Sequence[str], params_folder: Path) -> dict[str, list[str]]:
    """Seal the ledgers of organisations as they stand; return per organisation what is said of it."""
    if not asked:
        raise ParamsError("--accept-ledger: name the organisations whose ledger you read.")
    known = params.organisations(params_folder)
    unknown = [name for name in asked if name not in known]
    if unknown:
        raise ParamsError(
            f"{params_folder.name}: there is no organisation '{name}'.{did_you_mean(name, known)}" for name in unknown
        )
    changed = {name: ledgers.accept(params_folder / name) for name in asked}
    return {
        name: ["The ledger is sealed as it stands.", *lines] if lines else ["The ledger was as it was written."]
        for name, lines in changed.items()
    }


def _ledger(folder: Path, reports: Path) -> tuple[list[str], bool]:
    """Return what is said of a ledger, and whether it was edited by hand."""
    try:
        return record.missing(record.opened(folder), reports, target=reports), False
    except ParamsError as fault:
        return list(fault.messages), True
