"""The planted truths of Voorbeeld Klantcontact: promoters/passives/detractors per team and period, by hand.

Nothing here is drawn. ``docs/examples/voorbeeld-klantcontact.md`` says which of these a report must bring out.
"""

from __future__ import annotations

from typing import NamedTuple

from helpers.examples.drawing import Counts

QUARTERS = ("2025-Q3", "2025-Q4", "2026-Q1", "2026-Q2", "2026-Q3")
WAVES = ("2025-Q3", "2026-Q3")


class Unit(NamedTuple):
    """A team: its cluster and name."""

    cluster: str
    team: str

    @property
    def path(self) -> str:
        """The unit as the tables of facts write it."""
        return f"{self.cluster} > {self.team}"


# One column per quarter. In January 2026 Zuid gets a script and a limit of six minutes per call; Midden may
# solve things itself since October 2025; in Noord nothing changes.
_CALLS = """
Noord Eems     15/15/11 14/15/11 15/16/11 16/15/12 15/16/11
Noord Hunze    12/14/12 13/14/12 12/15/12 13/14/13 13/15/13
Noord Lauwers  14/14/12 13/15/11 14/14/12 13/15/11 14/15/12
Noord Reest    11/14/13 12/13/13 11/14/12 12/14/13 12/14/14
Midden Eem     13/14/13 14/15/11 16/14/10 18/13/9  20/13/7
Midden Lek     13/15/12 15/14/11 17/13/9  19/13/8  21/13/7
Midden Linge   12/15/13 13/15/12 15/14/11 16/14/9  19/13/9
Midden Vecht   14/14/11 16/14/10 18/13/8  20/12/7  22/12/6
Zuid Dommel    13/15/12 13/15/12 11/14/16 9/14/18  8/13/20
Zuid Geul      14/15/12 14/14/12 12/14/15 10/14/17 9/14/18
Zuid Maas      12/15/13 12/14/13 9/13/18  7/13/21  6/12/23
Zuid Roer      13/14/13 13/15/12 11/14/16 10/13/18 9/13/20
"""


def _table(text: str) -> dict[Unit, list[str]]:
    rows = [line.split() for line in text.strip().splitlines()]
    return {Unit(cluster, team): cells for cluster, team, *cells in rows}


CALLS: dict[Unit, tuple[Counts, ...]] = {unit: tuple(map(Counts.read, cells)) for unit, cells in _table(_CALLS).items()}
"""Per team the counts of each quarter."""

BOLDER, KERN, LIJN = "Webwinkel Bolder", "Zorgverzekeraar Kern", "Telecom Lijn"
_ORDERS, _RETURNS = (BOLDER, "Bestellingen"), (BOLDER, "Retouren")
_POLICIES, _CLAIMS = (KERN, "Polissen"), (KERN, "Declaraties en coördinatie")
_BILLS, _FAILURES = (LIJN, "Facturen"), (LIJN, "Storingen")
CAMPAIGNS: dict[str, tuple[tuple[str, str], ...]] = {
    "Eems": (_ORDERS, _RETURNS, _POLICIES),
    "Hunze": (_POLICIES, _CLAIMS, _RETURNS),
    "Lauwers": (_ORDERS, _CLAIMS, _BILLS),
    "Reest": (_RETURNS, _ORDERS, _CLAIMS),
    "Eem": (_ORDERS, _POLICIES, _RETURNS),
    "Lek": (_CLAIMS, _POLICIES, _ORDERS),
    "Linge": (_RETURNS, _BILLS, _POLICIES),
    "Vecht": (_ORDERS, _RETURNS, _CLAIMS),
    "Dommel": (_FAILURES, _BILLS, _FAILURES),
    "Geul": (_BILLS, _FAILURES, _CLAIMS),
    "Maas": (_FAILURES, _FAILURES, _BILLS),
    "Roer": (_BILLS, _BILLS, _RETURNS),
}
"""Per team what it is called about, dealt out in turn over its answers: the client and the campaign."""

SEATS = 10
"""How many agents of a team are asked about, each in a seat of the team."""
SEAT_OF: dict[str, tuple[int, ...]] = {
    "promoter": (0, 1, 2, 0, 3, 1, 4, 0, 5, 1, 6, 7, 9),
    "passive": (2, 3, 4, 5, 6, 7, 0, 8, 1, 9),
    "detractor": (8, 9, 2, 8, 3, 9, 4, 8, 5, 9, 6, 7, 0),
}
"""Whose answers these are, dealt out in turn per band: in seats 0 and 1 the best agents, in 8 and 9 the weakest."""

TRADES: tuple[tuple[str, tuple[str, int], tuple[str, int]], ...] = (
    ("2026-Q1", ("Eems", 0), ("Hunze", 8)),
    ("2026-Q1", ("Vecht", 1), ("Geul", 1)),
    ("2026-Q2", ("Lauwers", 2), ("Maas", 0)),
    ("2026-Q2", ("Lek", 9), ("Dommel", 9)),
    ("2026-Q2", ("Reest", 5), ("Eem", 1)),
    ("2026-Q3", ("Linge", 8), ("Roer", 0)),
)
"""From which quarter on two agents sit in each other's seat: twelve agents who changed team."""

# employees and answers in September 2025 · the same in September 2026
_STAFF = """
Noord Eems     22 5/8/4 22 4/8/5
Noord Hunze    20 4/7/5 21 4/8/5
Noord Lauwers  21 5/7/4 20 6/7/3
Noord Reest    19 3/8/4 20 3/8/5
Midden Eem     22 4/8/5 23 10/6/2
Midden Lek     21 4/8/4 22 8/7/2
Midden Linge   20 4/7/5 20 7/8/1
Midden Vecht   23 5/8/4 24 12/6/1
Zuid Dommel    22 5/7/5 20 1/4/11
Zuid Geul      21 5/7/4 19 1/5/9
Zuid Maas      23 4/8/5 21 1/4/11
Zuid Roer      14 3/4/4 11 1/2/5
"""
HEADCOUNT: dict[Unit, tuple[int, int]] = {
    unit: (int(cells[0]), int(cells[2])) for unit, cells in _table(_STAFF).items()
}
"""Per team the employees in each wave; a team is as large in all quarters of a year."""
STAFF: dict[Unit, tuple[Counts, Counts]] = {
    unit: (Counts.read(cells[1]), Counts.read(cells[3])) for unit, cells in _table(_STAFF).items()
}
"""Per team how the employees answered in each wave."""

_STEADY = {"promoter": "8 7 8 7", "passive": "6 7 6 5", "detractor": "5 6 4 5 6"}
AUTONOMY: dict[tuple[str, str], dict[str, str]] = {
    ("Noord", "2025-Q3"): _STEADY,
    ("Noord", "2026-Q3"): _STEADY,
    ("Midden", "2025-Q3"): _STEADY,
    ("Midden", "2026-Q3"): {"promoter": "9 9 10 8", "passive": "8 7 8 9", "detractor": "7 6 8 7"},
    ("Zuid", "2025-Q3"): _STEADY,
    ("Zuid", "2026-Q3"): {"promoter": "5 4 5", "passive": "3 4 3 2", "detractor": "2 1 3 2 2"},
}
"""Per cluster and wave the answers (1–10) to the question about autonomy, dealt out in turn per band."""
APPRECIATION = {"promoter": "5 4 5 4", "passive": "4 3 4", "detractor": "2 3 3 2 4"}
"""Answers (1–5) to the question about appreciation, dealt out in turn per band."""

# One column per quarter.
_LEAVERS = """
Noord Eems     1 1 1 1 1
Noord Hunze    1 0 1 1 1
Noord Lauwers  0 1 1 0 1
Noord Reest    1 1 0 1 1
Midden Eem     1 1 1 0 0
Midden Lek     1 1 0 0 1
Midden Linge   1 1 1 1 0
Midden Vecht   1 0 0 0 0
Zuid Dommel    1 1 2 3 3
Zuid Geul      1 1 2 3 3
Zuid Maas      1 2 3 4 4
Zuid Roer      1 0 1 2 2
"""
LEAVERS: dict[Unit, tuple[int, ...]] = {unit: tuple(map(int, cells)) for unit, cells in _table(_LEAVERS).items()}
"""Per team how many left in each quarter; of each two, one sat in a seat that customers are asked about."""
NO_ROOM: dict[str, tuple[int, ...]] = {"Noord": (0, 0, 0, 0, 0), "Midden": (1, 0, 0, 0, 0), "Zuid": (0, 0, 1, 2, 2)}
"""Per cluster how many leavers of a team at most named a lack of room to decide, in each quarter."""
TRAINED: dict[str, tuple[int, ...]] = {
    "Noord": (0, 0, 0, 10, 20),
    "Midden": (0, 40, 75, 95, 95),
    "Zuid": (0, 0, 0, 0, 0),
}
"""Per cluster the percentage of a team that had the training 'Zelf oplossen' by the end of each quarter."""
