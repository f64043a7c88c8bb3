"""What can be known of a file with faults: the good parts as they are, and the rest unknown rather than guessed."""

from __future__ import annotations

import pytest

from helpers.params.model import Params
from helpers.params.tolerance import UNKNOWN, UnknowableError, known_part


def test_what_reads_well_is_known():
    """A wrong value leaves its neighbours alone."""
    known = known_part(
        Params, {"language": "xx", "fiscal_year_start": "4", "targets": [{"target": "5", "due": "never"}]}
    )
    assert known.fiscal_year_start == 4
    assert known.language is UNKNOWN
    assert known.organisation is UNKNOWN
    assert known.targets[0].target == 5
    assert known.targets[0].due is UNKNOWN


def test_what_may_be_left_out_has_its_default():
    """A key that is not in the file is known; one without a value counts as not in the file."""
    known = known_part(Params, {"reporting_period": None})
    assert (known.reporting_period, known.wave_valid_for, known.targets) == ("quarter", 15, ())


def test_what_is_misspelt_is_unknown():
    """The default would be a guess where the file says something."""
    assert known_part(Params, {"languag": "en"}).language is UNKNOWN
    assert known_part(Params, {"languag": "en", "language": "nl"}).language == "nl"


def test_what_is_no_group_of_keys_is_unknown():
    """Nothing can be known of a text in the place of a section."""
    assert known_part(Params, "x") is UNKNOWN
    assert known_part(Params, {"sources": {"a": "x"}}).sources["a"] is UNKNOWN


def test_a_section_that_may_be_left_out_is_known_as_far_as_it_goes():
    """One wrong step leaves the others of the roadmap known, and only what was typed counts as given."""
    steps = {"ambitions": {}, "improvement_teams": {"claimed": "done", "start": "soon"}}
    known = known_part(Params, {"roadmap": {"steps": steps}}).roadmap.steps
    assert known.ambition is UNKNOWN
    assert known.improvement_teams.claimed == "done"
    assert known.improvement_teams.start is UNKNOWN
    assert known.improvement_teams.model_fields_set == {"claimed", "start"}


def test_a_refused_empty_list_or_group_is_unknown():
    """Nothing in it is not the same as none of it."""
    known = known_part(Params, {"sources": {"a": {"header_rows": []}}, "report": {"editions": []}})
    assert known.sources["a"].header_rows is UNKNOWN
    assert known.report.editions is UNKNOWN
    assert known_part(Params, {"sources": {}}).sources is UNKNOWN


@pytest.mark.parametrize(
    "use",
    [
        lambda value: value.scale,
        lambda value: value + 1,
        lambda value: 1 - value,
        lambda value: value <= 1,
        lambda value: value >= 1,
        lambda value: value == 1,
        lambda value: value != 1,
        lambda value: value in {1: 1},
        lambda value: 1 in value,
        list,
        len,
        lambda value: value["a"],
        lambda value: value or 1,
        lambda value: f"{value}",
        str,
    ],
)
def test_an_unknown_value_cannot_be_used(use):
    """A check that needs it has no opinion."""
    with pytest.raises(UnknowableError):
        use(UNKNOWN)
