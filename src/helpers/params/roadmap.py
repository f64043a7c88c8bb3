"""What a params file says about the road: five gates to pass, the fourteen steps of the NPS roadmap, the pilot."""

from __future__ import annotations

from typing import Literal

from helpers.params.section import Section
from helpers.params.values import Day, Names, Text, UnitPath

Claim = Literal["not_started", "under_way", "done", "deliberately_not"]


class Gates(Section):
    """What must be in place before the first step; a gate that is left out is not passed."""

    full_board_commitment: Day | None = None
    """The day on which the whole board said yes to creating value for customers as the only basis."""
    board_owner: Text | None = None
    """The one member of the board who answers for the change."""
    team_from_all_main_parts: Names = ()
    """The parts of the organisation that the drivers of the change come from."""
    leader: Text | None = None
    """Who leads the change for the board's owner."""
    plan: Day | None = None
    """The day on which the written plan was ready."""


class Step(Section):
    """One step of the roadmap; a step that is left out is not planned."""

    start: Day | None = None
    """The day on which it is planned to begin."""
    end: Day | None = None
    """The day on which it is planned to be done."""
    actual_start: Day | None = None
    """The day on which it began."""
    actual_end: Day | None = None
    """The day on which it was done."""
    claimed: Claim | None = None
    """What the client says: not_started, under_way, done or deliberately_not."""
    owner: Text | None = None
    """Who answers for it."""
    note: Text | None = None
    """A remark to print."""
    evidence_date: Day | None = None
    """The day of the document or figure that proves it."""


class Steps(Section):
    """The fourteen steps, in the order of the source article (R01…R14)."""

    transactional_zero_measurement: Step = Step()
    """R01: the transactional zero measurement, split by product and process."""
    relational_zero_measurement: Step = Step()
    """R02: the relational zero measurement."""
    ambition: Step = Step()
    """R03: which score by when, per product and process."""
    explain_to_the_organisation: Step = Step()
    """R04: explaining NPS and its goals to the organisation."""
    transactional_measuring: Step = Step()
    """R05: measuring after contacts, all the time."""
    report_per_product_and_process: Step = Step()
    """R06: reporting per product and process."""
    ratings_in_customer_database: Step = Step()
    """R07: storing ratings in the customer database."""
    managers_steer_on_nps: Step = Step()
    """R08: managers steer on the results."""
    improvement_teams: Step = Step()
    """R09: setting up improvement teams."""
    small_and_large_improvements: Step = Step()
    """R10: defining small and large improvements."""
    continuous_pdca: Step = Step()
    """R11: plan, do, check, act, again and again."""
    targets_in_appraisal_and_reward: Step = Step()
    """R12: targets in appraisal and reward."""
    relational_measuring: Step = Step()
    """R13: measuring the relation, all the time."""
    customer_value_analysis: Step = Step()
    """R14: showing what the score does to customer value."""


class Roadmap(Section):
    """Where the organisation is on the road."""

    gates: Gates = Gates()
    """What must be in place first."""
    steps: Steps = Steps()
    """The fourteen steps."""


class Rollout(Section):
    """How the change is brought in."""

    pilot: tuple[UnitPath, ...] = ()
    """The units that started first, each a path, such as [[Klant, Service]]."""
