"""A finished set is attacked before anybody reads it; what gives a hidden group away is hidden too."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from helpers import audit
from helpers.audit import Canary, Leak
from helpers.errors import ReportError
from helpers.production import record
from helpers.production.order import Order

MOST_REPAIRS = 10
MOST_TOLD = 3
"""Leaks, or cells, that one message tells; the others mostly follow from the same."""


class LeakError(ReportError):
    """A set that still gives a hidden group away after every repair; it is not published."""


@dataclass(frozen=True)
class Attacked:
    """What an attack on a set found.

    Parameters
    ----------
    findings
        As the audit has them.
    of_this
        The leaks in which this set takes part; the others are wholly among earlier sets.
    """

    findings: audit.Findings
    of_this: Sequence[Leak] = ()

    @property
    def warnings(self) -> list[str]:
        """What the analyst should know: of earlier sets, which this one cannot mend, and what looks private."""
        earlier = [leak for leak in self.findings.leaks if leak not in self.of_this]
        return [
            *(f"earlier reports give a hidden group away: {leak.sentence}" for leak in earlier),
            *(private(canary) for canary in self.findings.canaries),
        ]

    def as_json(self, *, repairs: int) -> dict[str, Any]:
        """Return what the manifest says of it."""
        return {
            "sets": list(self.findings.sets_read),
            "statements": self.findings.statements_read,
            "leaks": len(self.of_this),
            "repairs": repairs,
        }


def private(canary: Canary) -> str:
    """Return the sentence for a text that looks as if it came from the data or from this machine."""
    return f"{canary.place}: '{canary.text}' looks like private data ({canary.kind}). Take it out, if it is not meant."


def attacked(order: Order, staged: Path) -> Attacked:
    """Attack a set together with every other one that remains.

    Parameters
    ----------
    order
        What was made.
    staged
        Where it lies, before it takes the place of its period and edition.
    """
    with _remaining(order.reports, order.replaced) as reports:
        findings = audited(reports, staged=staged)
    if not findings.leaks:
        return Attacked(findings)
    with _remaining(order.reports, order.replaced) as reports:
        earlier = {_identity(leak) for leak in audited(reports).leaks}
    return Attacked(findings, tuple(leak for leak in findings.leaks if _identity(leak) not in earlier))


def known_already(order: Order) -> list[str]:
    """Return a warning when what the ledger has of earlier reports gives hidden cells away by itself."""
    cells = order.dossier.plan.given_away
    if not cells:
        return []
    more = f" and {len(cells) - MOST_TOLD} more" if len(cells) > MOST_TOLD else ""
    return [
        f"earlier reports give hidden cells away, which nothing that this one hides can mend: "
        f"{', '.join(cells[:MOST_TOLD])}{more}."
    ]


def audited(reports: Path, *, staged: Path | None = None) -> audit.Findings:
    """Return what the audit finds in a folder of published sets, one of them not in its place yet."""
    return audit.audit(reports, own=staged)


def cells_to_hide(order: Order, found: Attacked, staged: Path) -> list[str]:
    """Return the shown cells of this set to hide next: of those that each leak rests on, the one with fewest answers.

    Raises
    ------
    LeakError
        If the set was repaired often enough, or a leak rests on no cell that it shows.
    """
    shown = _shown(staged)
    hidden: list[str] = []
    for leak in found.of_this:
        used = sorted({*leak.involves} & {*shown} - {*order.also_hidden}, key=lambda cell: (shown[cell], cell))
        if not used or order.repairs >= MOST_REPAIRS:
            raise LeakError(_refused(order, found.of_this))
        hidden += () if used[0] in hidden else used[:1]
    return hidden


def _identity(leak: Leak) -> tuple[str, Collection[str]]:
    """Return what a leak gives away and how, wherever it stands."""
    return leak.kind, tuple(sorted(leak.ids))


@contextmanager
def _remaining(reports: Path, replaced: Collection[Path]) -> Iterator[Path]:
    """Give a folder with the published sets that remain: the folder itself, or a copy without the others."""
    sets = record.published(reports)
    if not set(sets) & set(replaced):
        yield reports
        return
    with tempfile.TemporaryDirectory() as folder:
        for one in sets:
            if one not in replaced:
                shutil.copytree(one, Path(folder) / one.relative_to(reports))
        yield Path(folder)


def _shown(staged: Path) -> dict[str, float]:
    """Return how many answers each shown cell of a set has; one without answers cannot be hidden."""
    content = json.loads((staged / record.A_SET).read_text(encoding="utf-8"))
    return {figure["id"]: figure["n"] for figure in content["figures"] if figure["shown"] and figure.get("n")}


def _refused(order: Order, leaks: Sequence[Leak]) -> list[str]:
    report, repairs = order.dossier.report, len(order.also_hidden)
    more = f"{repairs} more cell{'s were' if repairs > 1 else ' was'} hidden"
    hidden = f"although {more}" if repairs else "and hiding a cell that it shows cannot mend it"
    return [
        f"{report.organisation}, {report.period}, {report.edition} edition: the report gives a hidden group away, "
        f"{hidden}. It is not published; an earlier report is unchanged. Leave a grouping out, such as one of "
        "zero_measurement.by, or raise the smallest group under privacy.",
        *(leak.sentence for leak in leaks[:MOST_TOLD]),
    ]
