"""Made-up organisations whose employees answer four times, for performance/disclosure.py: one per seed.

A tree of four levels with up to 60 teams, most of them small and a few large; age and tenure, which go together and
which some leave out; people who leave, join and change team between the waves, keep their id and mostly their answer;
from six in ten to everybody answers. One organisation in ten is nearly of one mind.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from helpers.disclosure import Declared
from helpers.params.metrics import figure_id

SEED = 20261122
WAVES = ("2025-Q4", "2026-Q1", "2026-Q2", "2026-Q3")
LEVELS = ("division", "business_unit", "department", "team")
BRANCHES = ((2, 4), (1, 3), (1, 3), (1, 4))
"""Fewest and most divisions, then below each unit of the level above."""
MOST_TEAMS = 60
TEAM_SIZE, SPREAD, LARGEST = 8.5, 0.75, 120
"""Half of the teams have at most eight people; the largest are ten times as large."""
AGES, TENURES = ("under 35", "35–44", "45–54", "55 and over"), ("0–1", "2–5", "6–10", "over 10")
KEEPS, MOVES = 0.8, 0.02
"""Shares of people who give the same answer again, and who are in another team at the next wave."""
BANDS = ("promoters", "passives", "detractors")
TREE = tuple(("unit", level) for level in LEVELS)
CROSSES = (("age", "tenure"), ("division", "age"), ("division", "tenure"))
GROUPINGS = ((), *((level,) for level in LEVELS), ("age",), ("tenure",), *CROSSES)
"""What a report is cut by: the whole, each level of the tree, age, tenure, and three crosses."""
AT_FIRST = GROUPINGS[:-1]
METRIC = "enps"


@dataclass(frozen=True)
class Organisation:
    """Everybody who was employed at one of the waves.

    Parameters
    ----------
    people
        One row per person and wave: ``wave`` (from 0), the levels of the tree (whole paths), ``age``, ``tenure``
        (empty where not stated), ``band`` (place in ``BANDS``), ``answered`` and ``late`` (bool: came in after the
        report of its own wave).
    """

    people: pd.DataFrame

    def declared(self, *, waves: int = len(WAVES), groupings: Sequence[Sequence[str]] = GROUPINGS) -> Declared:
        """Return the cells of a report on the first waves, by these groupings."""
        people = self.people[self.people["wave"] < waves]
        people = people.assign(answered=people["answered"] & ~(people["late"] & people["wave"].eq(waves - 1)))
        names = ["wave", *LEVELS, "age", "tenure"]
        atom, atoms = _atoms(people[people["answered"]], names)
        cells, members = [], []
        for grouping in groupings:
            for key, group in _groups(people, grouping):
                inside = np.unique(atom.reindex(group.index[group["answered"]]).to_numpy(dtype=np.int64))
                members.append(pd.DataFrame({"cell": len(cells), "atom": inside}))
                cells.append(_cell(group, key, grouping, atoms.loc[inside]))
        return Declared(pd.DataFrame(cells), pd.concat(members, ignore_index=True), atoms)


def organisation(seed: int, *, large: bool = False) -> Organisation:
    """Return the organisation of a seed; a large one has so many people that no group of it is small."""
    draw = np.random.default_rng([SEED, seed])
    teams = _teams(draw)
    if large:
        teams = teams[:8]
    size = np.clip(draw.lognormal(np.log(TEAM_SIZE), SPREAD, len(teams)).round(), 2, LARGEST).astype(int)
    size = size + 2_000 if large else size
    mood = draw.choice([-2.2, 2.2]) if draw.random() < 0.1 else draw.normal(0.1, 0.3)  # noqa: PLR2004
    moods = mood + draw.normal(0, 0.35, len(teams))
    response = 0.9 if large else draw.choice([1.0, draw.uniform(0.6, 1.0)], p=[0.15, 0.85])
    tell = 1.0 if large else draw.choice([1.0, 0.96])
    turnover, late = draw.uniform(0.02, 0.1), draw.choice([0.0, 0.01], p=[0.7, 0.3])
    now = _joined(draw, np.repeat(np.arange(len(teams)), size), moods, tell)
    waves = []
    for wave in range(len(WAVES)):
        answered = draw.random(len(now)) < response
        waves.append(now.assign(wave=wave, answered=answered, late=draw.random(len(now)) < late))
        now = _next_wave(draw, now, moods, turnover, tell)
    people = pd.concat(waves, ignore_index=True)
    paths = pd.DataFrame([[" › ".join(team[: depth + 1]) for depth in range(4)] for team in teams], columns=LEVELS)
    return Organisation(people.join(paths, on="place").drop(columns="place"))


def _teams(draw: np.random.Generator) -> list[tuple[str, ...]]:
    """Grow the tree, level by level."""
    units: list[tuple[str, ...]] = [()]
    for name, (fewest, most) in zip("DBAT", BRANCHES, strict=True):
        units = [(*unit, f"{name}{n}") for unit in units for n in range(1, draw.integers(fewest, most + 1) + 1)]
    return units[:MOST_TEAMS]


def _joined(draw: np.random.Generator, place: np.ndarray, moods: np.ndarray, tell: float) -> pd.DataFrame:
    """Return new people in these teams."""
    age = draw.integers(0, len(AGES), len(place))
    tenure = np.clip(draw.integers(0, 2, len(place)) + age - draw.integers(0, 2, len(place)), 0, len(TENURES) - 1)
    known = draw.random(len(place)) < tell
    return pd.DataFrame(
        {
            "place": place,
            "age": np.asarray(AGES)[age],
            "tenure": np.where(known, np.asarray(TENURES)[tenure], ""),
            "band": _answers(draw, moods[place]),
        }
    )


def _answers(draw: np.random.Generator, moods: np.ndarray) -> np.ndarray:
    felt = moods + draw.normal(0, 1, len(moods))
    return np.where(felt > 0.5, 0, np.where(felt > -0.6, 1, 2))  # noqa: PLR2004 - a third each, about


def _next_wave(
    draw: np.random.Generator, people: pd.DataFrame, moods: np.ndarray, turnover: float, tell: float
) -> pd.DataFrame:
    """Return who is there a wave later: most stay and think the same, some left, moved or joined."""
    gone = draw.random(len(people)) < turnover
    stayed = people[~gone].reset_index(drop=True)
    moved = draw.random(len(stayed)) < MOVES
    place = np.where(moved, draw.integers(0, len(moods), len(stayed)), stayed["place"])
    again = draw.random(len(stayed)) < KEEPS
    band = np.where(again, stayed["band"], _answers(draw, moods[place]))
    filled = people.loc[gone, "place"].to_numpy()[draw.random(int(gone.sum())) < 0.95]  # noqa: PLR2004
    new = _joined(draw, filled, moods, tell)
    return pd.concat([stayed.assign(place=place, band=band), new], ignore_index=True)


def _atoms(answers: pd.DataFrame, names: Sequence[str]) -> tuple[pd.Series, pd.DataFrame]:
    """Return which atom each answer is part of, and the atoms."""
    number = answers.groupby(list(names), sort=True).ngroup()
    counted = pd.crosstab(number, answers["band"]).reindex(columns=range(len(BANDS)), fill_value=0)
    atoms = counted.set_axis(list(BANDS), axis=1).reset_index(drop=True)
    return number, atoms.assign(n=atoms.sum(axis=1))[["n", *BANDS]]


def _groups(people: pd.DataFrame, grouping: Sequence[str]) -> Iterator[tuple[tuple[int | str, ...], pd.DataFrame]]:
    """Yield every group of a grouping that has anybody in it, wave by wave; who did not say is in none."""
    for key, group in people.groupby(["wave", *grouping], sort=True):
        if "" not in key:
            yield key, group


def _cell(
    group: pd.DataFrame, key: tuple[int | str, ...], grouping: Sequence[str], atoms: pd.DataFrame
) -> dict[str, object]:
    scope = {"unit" if name in LEVELS else name: str(value) for name, value in zip(grouping, key[1:], strict=True)}
    wave = int(key[0])
    counts: Mapping[str, int] = {name: int(atoms[name].sum()) for name in ("n", *BANDS)}
    return {
        "id": figure_id(METRIC, scope, WAVES[wave]), "audience": "employee", "metric": METRIC, "period": WAVES[wave],
        "place": wave, "scope": scope, "population": len(group) if set(scope) <= {"unit"} else None,
        "respondents": counts["n"], "unanimous": counts["n"] > 0 and max(counts[b] for b in BANDS) == counts["n"],
    } | counts  # fmt: skip
