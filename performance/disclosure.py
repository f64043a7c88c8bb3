"""Whether anything leaks from 300 made-up organisations, and what hiding costs: attacked, not promised.

Run it from the repository's folder::

    python performance/disclosure.py              # prints a summary; exit code 1 when a leak passes
    python performance/disclosure.py --write      # and writes every organisation's figures to disclosure.csv
    python performance/disclosure.py --first 40 --seeds 3   # three organisations, from seed 40 on

Each organisation is planned as a report does it, printed as ``figures.json`` does it, and attacked as ``nulmeting
audit`` does it. What the attack finds is repaired as a report repairs it: the shown cell with the fewest answers that
each leak rests on is hidden too, and everything is planned again, at most ten times.

Every thirtieth organisation is attacked further: as four reports in a row, the later ones with earlier waves and a
cross that the first had not; and as a board and a public edition together. So that the attack can be seen to find what
there is to find, it is let loose too on these with only small groups hidden, and with the remainder rule of Culture
Amp; and so that it can be seen to cry no wolf, on one of the same seed in which nothing is small and nothing hidden.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import numpy as np
import pandas as pd
from organisations import AT_FIRST, GROUPINGS, WAVES, Organisation, organisation
from tqdm import tqdm

from helpers.audit.attack import attack
from helpers.audit.leaks import Leak
from helpers.disclosure import (
    PROTECTS_OTHERS,
    TOO_FEW_ANSWERS,
    TOO_SMALL_UNIT,
    Declared,
    Plan,
    publication_plan,
    rules_of,
)
from helpers.disclosure.entries import Entry, Ledger
from helpers.disclosure.printed_before import entry_of, known
from helpers.params.privacy import Privacy
from helpers.rounding import half_away_from_zero

FILE = Path(__file__).with_suffix(".csv")
ORGANISATIONS = 300
FURTHER = 30
"""Every so many seeds the further attacks, which take most of the time."""
MOST_REPAIRS = 10
MINIMUM = 10
SHARES_FROM = 30
WAYS = {
    "primary": "small groups alone hidden",
    "remainder": "and no small remainder",
    "ours": "as a report does it",
}
Row = dict[str, float | int]
Printed = tuple[pd.DataFrame, pd.DataFrame]


def printed(
    declared: Declared, because: Sequence[str], *, name: str = f"{WAVES[-1]}/board", minimum: int = MINIMUM
) -> Printed:
    """Return what an outsider reads in ``figures.json``: the cells, and the numbers of those that are shown.

    Parameters
    ----------
    declared
        The cells of the report.
    because
        Why each cell is hidden; empty where it is shown.
    name
        The folder of the set, such as ``2026-Q3/board``.
    minimum
        The smallest group that the set says it shows.
    """
    about = declared.cells[["id", "audience", "metric", "scope", "period"]]
    shown = [not each for each in because]
    cells = about.assign(
        kind="nps", shown=shown, hidden_because=list(because), set=name, minimum=minimum, headcount=minimum,
        complementary=True, waves=True,
    )  # fmt: skip
    facts = [fact for row in declared.cells[shown].to_dict("records") for fact in _facts(row, name)]
    return cells, pd.DataFrame(facts, columns=["id", "quantity", "low", "high", "place"])


def _facts(row: dict[str, float], name: str) -> Iterator[dict[str, object]]:
    """Yield the numbers of a shown cell, with their rounding: from 30 answers in full, below it n and whole points."""
    place = f"{name}/figures.json, figure {row['id']}"
    exact = {"n": row["n"]} | ({"population": row["population"]} if not np.isnan(row["population"]) else {})
    if row["n"] >= SHARES_FROM:
        exact |= {band: row[band] for band in ("promoters", "passives", "detractors")}
    for quantity, value in exact.items():
        yield {"id": row["id"], "quantity": quantity, "low": value, "high": value, "place": place}
    if row["n"]:
        score = 100 * (row["promoters"] - row["detractors"]) / row["n"]
        points, half = (score, 1e-9) if row["n"] >= SHARES_FROM else (half_away_from_zero(score), 0.5)
        yield {"id": row["id"], "quantity": "score", "low": points - half, "high": points + half, "place": place}


def small(declared: Declared) -> list[str]:
    """Return which cells the minimum alone hides, by why: few answers, or few people."""
    n, population = declared.cells["n"], declared.cells["population"]
    because = np.where(n.between(1, MINIMUM - 1), TOO_FEW_ANSWERS, np.where(population.lt(MINIMUM), TOO_SMALL_UNIT, ""))
    return list(np.where(n > 0, because, ""))


def remainder_rule(declared: Declared) -> list[str]:
    """Return which cells are hidden when of each published parent 0 or 10 and more answers are hidden.

    For every parent and every way in which it is split the smallest group that is still shown is hidden until that
    holds, again and again, for one group has several parents.
    """
    because, n = small(declared), declared.cells["n"].to_numpy()
    hidden = np.array([bool(each) for each in because])
    families = list(_families(declared.cells))
    changed = True
    while changed:
        changed = False
        for parent, children in families:
            rest = n[parent] - n[children][~hidden[children]].sum()
            if not hidden[parent] and 0 < rest < MINIMUM and not hidden[children].all():
                seen = children[~hidden[children] & (n[children] > 0)]
                if len(seen):
                    hidden[seen[np.argmin(n[seen])]] = changed = True
    return [reason or PROTECTS_OTHERS * bool(gone) for reason, gone in zip(because, hidden, strict=True)]


def _families(cells: pd.DataFrame) -> Iterator[tuple[int, np.ndarray]]:
    """Yield every parent and the groups that one dimension, or one level of the tree, splits it into."""
    place = {(period, frozenset(scope.items())): at for at, (period, scope) in _scopes(cells)}
    families: dict[tuple[int, str], list[int]] = {}
    for at, (period, scope) in _scopes(cells):
        for name in scope:
            above = dict(scope)
            path = above.pop(name).split(" › ")
            if len(path) > 1:
                above[name] = " › ".join(path[:-1])
            parent = place.get((period, frozenset(above.items())))
            if parent is not None:
                families.setdefault((parent, name), []).append(at)
    for (parent, _name), children in families.items():
        yield parent, np.array(children)


def _scopes(cells: pd.DataFrame) -> Iterator[tuple[int, tuple[str, dict[str, str]]]]:
    yield from enumerate(zip(cells["period"], cells["scope"], strict=True))


@dataclass(frozen=True)
class Outcome:
    """What one way of hiding costs an organisation, and what it leaves to find."""

    answers: float
    cells: float
    leaks: int | None
    seconds: float
    next_to_hide: tuple[str, ...] = ()

    @classmethod
    def of(
        cls, declared: Declared, because: Sequence[str], *, attacked: bool = True, before: tuple[str, ...] = ()
    ) -> Self:
        """Return the shares of answers and of cells that are hidden, and what the attack finds all the same."""
        n, hidden = declared.cells["n"], np.array([bool(each) for each in because])
        began = time.perf_counter()
        leaks = attack(*printed(declared, because)) if attacked else []
        return cls(
            n[hidden].sum() / n.sum(), float(hidden.mean()), len(leaks) if attacked else None,
            time.perf_counter() - began, (*before, *_next_to_hide(leaks, declared, because)),
        )  # fmt: skip


def planned(declared: Declared, *, edition: str = "board", **given: Any) -> tuple[Plan, list[str]]:
    """Return the plan of a report, and why it hides each cell."""
    plan = publication_plan(declared, rules=rules_of(Privacy(), edition=edition), **given)
    return plan, list(plan.cells.loc[declared.cells["id"], "hidden_because"])


def leaks_of_a_year(made: Organisation) -> int:
    """Return what four reports in a row give away together; each later one also prints the earlier waves again.

    The first two are not yet cut by division and tenure; late answers are counted in the next report. Each is repaired
    before the next one is made.
    """
    ledger, sets = Ledger("made-up"), []
    for waves, period in enumerate(WAVES, start=1):
        declared = made.declared(waves=waves, groupings=AT_FIRST if waves <= 2 else GROUPINGS)  # noqa: PLR2004
        before, hidden = known(ledger, except_=(period, ["board"])), ()
        for _repair in range(MOST_REPAIRS + 1):
            plan, because = planned(declared, published=before, also_hidden=hidden)
            now = printed(declared, because, name=f"{period}/board")
            leaks = attack(*map(pd.concat, zip(*sets, now, strict=True)))
            if not leaks:
                break
            hidden = (*hidden, *_next_to_hide(leaks, declared, because))
        ledger = ledger.with_entry(_entry(declared, plan, because, period))
        sets.append(now)
    return len(leaks)


def leaks_of_editions(declared: Declared, board: Plan, because: Sequence[str]) -> int:
    """Return what the public edition gives away, by itself or beside that of the board."""
    _plan, hidden = planned(declared, edition="public", within=board)
    least = Privacy().public.minimum_respondents
    public = printed(declared, hidden, name=f"{WAVES[-1]}/public", minimum=least)
    both = zip(printed(declared, because), public, strict=True)
    return len(attack(*public)) + len(attack(*map(pd.concat, both)))


def false_alarms(declared: Declared) -> int:
    """Return how much is found, or hidden, where no group is small and everything can be shown."""
    nothing = [""] * len(declared.cells)
    return int(Outcome.of(declared, nothing).leaks or 0) + sum(map(bool, planned(declared)[1]))


def measured(seed: int) -> Row:
    """Return the row of one organisation."""
    made = organisation(seed)
    declared = made.declared()
    further = seed % FURTHER == 0
    began = time.perf_counter()
    plan, because = planned(declared)
    seconds = time.perf_counter() - began
    ways = {"primary": small(declared), "remainder": remainder_rule(declared), "ours": because}
    found = {name: Outcome.of(declared, way, attacked=name == "ours" or further) for name, way in ways.items()}
    repairs = 0
    while found["ours"].leaks and repairs < MOST_REPAIRS:
        repairs += 1
        plan, because = planned(declared, also_hidden=found["ours"].next_to_hide)
        found["ours"] = Outcome.of(declared, because, before=found["ours"].next_to_hide)
    return {
        "seed": seed, "teams": made.people["team"].nunique(), "people": int((made.people["wave"] == 0).sum()),
        "cells": len(declared.cells), "answers": int(declared.cells["n"].sum()),
        **{f"answers_hidden_{name}": round(one.answers, 4) for name, one in found.items()},
        **{f"cells_hidden_{name}": round(one.cells, 4) for name, one in found.items()},
        **{f"leaks_{name}": one.leaks for name, one in found.items()},
        "leaks_year": leaks_of_a_year(made) if further else None,
        "leaks_editions": leaks_of_editions(declared, plan, because) if further else None,
        "false_alarms": false_alarms(organisation(seed, large=True).declared()) if further else None,
        "repairs": repairs,
        "plan_seconds": round(seconds, 2), "attack_seconds": round(found["ours"].seconds, 2),
    }  # fmt: skip


def summary(rows: pd.DataFrame) -> list[str]:
    """Return what the rows say together, in lines."""
    lines = [f"{len(rows)} organisations of {_span(rows['people'])} people in {_span(rows['teams'])} teams, "
             f"{_span(rows['cells'])} cells in four waves"]  # fmt: skip
    for name, meaning in WAYS.items():
        answers, cells, leaks = (rows[f"{what}_{name}"] for what in ("answers_hidden", "cells_hidden", "leaks"))
        lines.append(
            f"{meaning:32} answers hidden {answers.median():6.1%} (most {answers.max():6.1%})   cells "
            f"{cells.median():6.1%} (most {cells.max():6.1%})   leaks {leaks.sum():6,.0f} in {(leaks > 0).sum()} of "
            f"{leaks.notna().sum()}"
        )
    for name, meaning in {"leaks_year": "four reports in a row", "leaks_editions": "board and public edition"}.items():
        lines.append(
            f"{meaning:32} leaks {rows[name].sum():,.0f} in {(rows[name] > 0).sum()} of {rows[name].notna().sum()}"
        )
    lines.append(
        f"{'open tables':32} false alarms {rows['false_alarms'].sum():,.0f} in {rows['false_alarms'].notna().sum()}"
    )
    lines.append(
        f"{'repaired after the attack':32} {(rows['repairs'] > 0).sum()}, at most {rows['repairs'].max()} times"
    )
    for name in ("plan", "attack"):
        seconds = rows[f"{name}_seconds"]
        lines.append(f"{name:32} {seconds.median():.2f} s (most {seconds.max():.2f} s)")
    return lines


def faults(rows: pd.DataFrame) -> list[str]:
    """Return what must not be: a leak that passes, a false alarm, an attack that finds nothing where there is much."""
    said = [
        f"seed {row['seed']}: {name} {row[name]}"
        for row in rows.to_dict("records")
        for name in ("leaks_ours", "leaks_year", "leaks_editions", "false_alarms")
        if row[name] > 0
    ]
    blind = not rows["leaks_primary"].any()
    return said + ["the attack finds nothing where only small groups are hidden"] * blind


def _next_to_hide(leaks: Sequence[Leak], declared: Declared, because: Sequence[str]) -> list[str]:
    """Return of the shown cells that each leak rests on the one with the fewest answers."""
    cells = declared.cells
    shown = {cell: n for cell, n, why in zip(cells["id"], cells["n"], because, strict=True) if n and not why}
    used = (sorted({*leak.involves} & {*shown}, key=lambda cell: (shown[cell], cell))[:1] for leak in leaks)
    return list(dict.fromkeys(cell for cells in used for cell in cells))


def main() -> int:
    """Measure, print, and write where that is asked."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--seeds", type=int, default=ORGANISATIONS, help="how many organisations")
    parser.add_argument("--first", type=int, default=0, help="the first seed")
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--write", action="store_true", help=f"write {FILE.name}")
    asked = parser.parse_args()
    found: list[Row] = []
    with ProcessPoolExecutor(asked.processes) as pool:
        seeds = range(asked.first, asked.first + asked.seeds)
        for row in tqdm(pool.map(measured, seeds), total=asked.seeds, disable=None):
            found.append(row)
            rows = pd.DataFrame(found)
            if asked.write:  # after each, for all of them take half an hour
                rows.to_csv(FILE, index=False, lineterminator="\n")
    print("\n".join(summary(rows)))
    missed = faults(rows)
    print("Nothing leaks." if not missed else "\n".join(["Not held:", *missed]))
    return bool(missed)


def _entry(declared: Declared, plan: Plan, because: Sequence[str], period: str) -> Entry:
    cells = declared.cells
    score = 100 * (cells["promoters"] - cells["detractors"]) / cells["n"].where(cells["n"] > 0)
    rounded = score.map(half_away_from_zero, na_action="ignore").where(cells["n"] < SHARES_FROM, score)
    scores = cells.assign(shown=[not each for each in because], score=rounded)
    return entry_of(scores, period=period, edition="board", as_of=period, plan=plan)


def _span(column: pd.Series) -> str:
    return f"{column.min():,} to {column.max():,}"


if __name__ == "__main__":
    sys.exit(main())
