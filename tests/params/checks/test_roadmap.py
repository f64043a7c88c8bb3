"""The rules for the roadmap: days in order, claims that the days allow, and units that stand apart."""

from __future__ import annotations

import pytest

STEPS = {
    "start: 2026-03-01, end: 2026-02-01": (
        ".end (line 9): 2026-02-01 is before start, 2026-03-01. Correct one of the two."
    ),
    "actual_start: 2026-03-01, actual_end: 2026-02-01": (
        ".actual_end (line 9): 2026-02-01 is before actual_start, 2026-03-01. Correct one of the two."
    ),
    "claimed: not_started, actual_start: 2026-03-01, actual_end: 2026-03-02": (
        ".claimed (line 9): 'not_started' does not go with actual_start and actual_end. Correct the claim, or "
        "leave out what did not happen."
    ),
    "claimed: not_started, actual_end: 2026-03-02": (
        ".claimed (line 9): 'not_started' does not go with actual_end. Correct the claim, or leave out what did "
        "not happen."
    ),
    "claimed: under_way, actual_end: 2026-03-02": (
        ".claimed (line 9): 'under_way' does not go with actual_end. Correct the claim, or leave out what did not"
        " happen."
    ),
    "claimed: deliberately_not, actual_start: 2026-03-02": (
        ".claimed (line 9): 'deliberately_not' does not go with actual_start. Correct the claim, or leave out "
        "what did not happen."
    ),
    "claimed: started": (
        ".claimed (line 9): 'started' is not one of not_started, under_way, done, deliberately_not. Did you mean "
        "'not_started'?"
    ),
    "evidence_date: 2026-03": (
        ".evidence_date (line 9): '2026-03' is not a date. Write year-month-day, such as 2026-12-31."
    ),
    "start: 1-3-2026": (".start (line 9): '1-3-2026' is not a date. Write year-month-day; did you mean 2026-03-01?"),
    "end: never": (".end (line 9): 'never' is not a date. Write year-month-day, such as 2026-12-31."),
    "actual_start: yes": (".actual_start (line 9): 'yes' is not a date. Write year-month-day, such as 2026-12-31."),
    "actual_end: 2026-02-30": (".actual_end (line 9): '2026-02-30' is not a day of the calendar. Correct the date."),
    "owner: ''": (".owner (line 9): the text is empty. Write a text, or leave the key out."),
    "note: [a]": (".note (line 9): a list stands where a single text is expected. Write one value."),
    "ends: 2026-01-01": (
        ": unknown key 'ends' (line 9). Did you mean 'end'? All keys are listed in params/_template/params.yaml."
    ),
}

ROADMAPS = {
    "steps: {ambitions: {}}": (
        ".steps: unknown key 'ambitions' (line 9). Did you mean 'ambition'? All keys are listed in "
        "params/_template/params.yaml."
    ),
    "steps: {targets_in_reward: {}}": (
        ".steps: unknown key 'targets_in_reward' (line 9). Did you mean 'targets_in_appraisal_and_reward'? All "
        "keys are listed in params/_template/params.yaml."
    ),
    "ambition: {}": (
        ": unknown key 'ambition' (line 9). It belongs under roadmap.steps. All keys are listed in "
        "params/_template/params.yaml."
    ),
    "steps: {ambition: done}": (
        ".steps.ambition (line 9): 'done' stands where a group of keys is expected. Write one key: value per line"
        " below it."
    ),
    "gates: {leder: Anna}": (
        ".gates: unknown key 'leder' (line 9). Did you mean 'leader'? All keys are listed in "
        "params/_template/params.yaml."
    ),
    "gates: {plan: soon}": (".gates.plan (line 9): 'soon' is not a date. Write year-month-day, such as 2026-12-31."),
    "gates: {full_board_commitment: yes}": (
        ".gates.full_board_commitment (line 9): 'yes' is not a date. Write year-month-day, such as 2026-12-31."
    ),
    "gates: {board_owner: [a, b]}": (
        ".gates.board_owner (line 9): a list stands where a single text is expected. Write one value."
    ),
    "gates: {leader: ''}": (".gates.leader (line 9): the text is empty. Write a text, or leave the key out."),
    "gates: {team_from_all_main_parts: [[ICT]]}": (
        ".gates.team_from_all_main_parts[0] (line 9): a list stands where a single text is expected. Write one value."
    ),
}

UNITS = {
    "rollout: {pilot: [[Klant], [Klant]]}": ("rollout.pilot[1] (line 9): [Klant] stands here twice. Keep one."),
    "rollout: {pilot: [[Klant], [Klant, Service]]}": (
        "rollout.pilot[1] (line 9): [Klant, Service] lies within [Klant], which stands here too. Keep one of the two."
    ),
    "rollout: {pilot: [[]]}": (
        "rollout.pilot[0] (line 9): there is nothing in it. Write the unit's path from wide to narrow, such as "
        "[Customer, Service]."
    ),
    "rollout: {pilot: Klant}": (
        "rollout.pilot (line 9): 'Klant' stands where a list is expected. Begin each item on a line of its own "
        "with '- '."
    ),
    "rollout: {pilots: []}": (
        "rollout: unknown key 'pilots' (line 9). Did you mean 'pilot'? All keys are listed in "
        "params/_template/params.yaml."
    ),
    "customer_contact: [Klant, Klant]": ("customer_contact[1] (line 9): [Klant] stands here twice. Keep one."),
    "customer_contact: [[Klant, Service], Klant]": (
        "customer_contact[0] (line 9): [Klant, Service] lies within [Klant], which stands here too. Keep one of "
        "the two."
    ),
    "customer_contact: [[Klant, '']]": (
        "customer_contact[0] (line 9): the text is empty. Write a text, or leave the key out."
    ),
}


@pytest.mark.parametrize("step", STEPS)
def test_a_step_agrees_with_itself(faults, step):
    """Days run forward, and nothing that is not begun or not done has a day on which it was."""
    assert faults(f"roadmap: {{steps: {{ambition: {{{step}}}}}}}") == [f"roadmap.steps.ambition{STEPS[step]}"]


@pytest.mark.parametrize("roadmap", ROADMAPS)
def test_a_step_and_a_gate_have_their_own_names(faults, roadmap):
    """A misspelt one is suggested from the fourteen steps and the five gates."""
    assert faults(f"roadmap: {{{roadmap}}}") == [f"roadmap{ROADMAPS[roadmap]}"]


@pytest.mark.domain("S35")
@pytest.mark.parametrize("units", UNITS)
def test_units_in_a_list_stand_apart(faults, units):
    """A unit counts once: not twice, and not within another."""
    assert faults(units) == [UNITS[units]]


@pytest.mark.parametrize(
    "step",
    [
        "claimed: done",
        "claimed: done, actual_end: 2026-03-01",
        "claimed: done, evidence_date: 2026-03-01",
        "claimed: under_way, actual_start: 2026-03-01",
        "start: 2026-03-01, end: 2026-03-01",
        "claimed: deliberately_not, start: 2026-03-01",
    ],
)
def test_what_the_days_allow_is_accepted(params, step):
    """A claim without proof is shown as such, not refused; one day may begin and end a step."""
    found = params(f"roadmap: {{steps: {{ambition: {{{step}}}}}}}").roadmap.steps.ambition
    assert {key: str(value) for key, value in found if value is not None} == dict(
        part.split(": ") for part in step.split(", ")
    )


def test_a_roadmap_may_be_left_out_or_be_empty(params):
    """Without the section there is none; with it, what is left out is not planned and not passed."""
    assert params().roadmap is None
    roadmap = params("roadmap: {gates: {plan: 2026-01-05}}").roadmap
    assert str(roadmap.gates.plan) == "2026-01-05"
    assert roadmap.gates.leader is None
    assert len(list(roadmap.steps)) == 14
    assert roadmap.steps.ambition.claimed is None


def test_units_are_paths(params):
    """A name alone is the widest level."""
    found = params("rollout: {pilot: [[Klant, Service], ICT]}\ncustomer_contact: [Klant]")
    assert found.rollout.pilot == (("Klant", "Service"), ("ICT",))
    assert found.customer_contact == (("Klant",),)
