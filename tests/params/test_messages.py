"""Faults in words: the house sentences, all at once, in the order of the file, and never pydantic's own."""

from __future__ import annotations

import copy

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from helpers.errors import ParamsError
from helpers.params.loading import read

FILE = "params/acme/params.yaml"

BAD = """\
organization: {name: Acme}
language: xx
sources:
  survey:
    path: a.csv
    audience: customer
    measurement: relational
    measures: {nps: {column: Q3, scale: 0-10}}
    columns: {date: day}
targets:
  - {metric: nps, baseline: 2026-Q1, target: 142, owner: [Board]}
  - {metric: nps, baseline: 2026-Q1, target: 20, due: 2026-12-31, owner: }
privacy: {customer: {minimum_respondents: 2}}
"""


@pytest.mark.domain("S18")
def test_all_faults_are_reported_at_once():
    """A misspelt key, a target of 142 without a due date, language xx and a minimum of 2 are one list."""
    with pytest.raises(ParamsError) as caught:
        read(BAD, file=FILE)
    assert list(caught.value.messages) == [
        "params/acme/params.yaml: unknown key 'organization' (line 1). Did you mean 'organisation'? All keys are "
        "listed "
        "in params/_template/params.yaml.",
        "params/acme/params.yaml, language (line 2): 'xx' is not one of nl, en. Choose one of them.",
        "params/acme/params.yaml, targets[0] (line 11): 'due' is missing. It says: the day on which it should be "
        "reached. Add it, such as due: 2026-12-31.",
        "params/acme/params.yaml, targets[0].target (line 11): 142 is outside −100…100. An NPS target is a score in "
        "points; correct the value.",
        "params/acme/params.yaml, targets[1] (line 12): 'owner' has no value. It says: who answers for it; 'nog te "
        "benoemen' or 'to be named' is shown as a gap. Add it, such as owner: [Head of Service].",
        "params/acme/params.yaml, privacy.customer.minimum_respondents (line 13): 2 is below 3. In a group of one or "
        "two, a number tells what a person answered; raise the value.",
    ]


FIVE = """\
organisation: {name: Acme}
sources:
  survey:
    path: s3://bucket/a.csv
    audience: customer
    measurement: relational
    measures: {nps: {column: Q3, scale: 0-10}}
    columns: {date: day}
roadmap:
  steps: {ambitions: {claimed: done}, relational_measuring: {claimed: under_way, actual_end: 2026-03-01}}
rollout: {pilot: [[Klant], [Klant, Service]]}
privacy: {customer: {minimum_respondents: 5, promise: {minimum: 10}}}
report: {editions: [bord]}
"""


def test_faults_of_every_kind_come_in_the_order_of_the_file():
    """Unknown keys, wrong values and broken rules of six sections are one list."""
    with pytest.raises(ParamsError) as caught:
        read(FIVE, file=FILE)
    assert [message.removeprefix(FILE) for message in caught.value.messages] == [
        ", sources.survey.path (line 4): files on s3:// are not read yet. Copy the file to this machine and write its "
        "path here.",
        ", roadmap.steps: unknown key 'ambitions' (line 10). Did you mean 'ambition'? All keys are listed in "
        "params/_template/params.yaml.",
        ", roadmap.steps.relational_measuring.claimed (line 10): 'under_way' does not go with actual_end. Correct the "
        "claim, or leave out what did not happen.",
        ", rollout.pilot[1] (line 11): [Klant, Service] lies within [Klant], which stands here too. Keep one of the "
        "two.",
        ", privacy.customer.minimum_respondents (line 12): 5 is below 10, the smallest group that respondents were "
        "promised. Write 10 or more.",
        ", report.editions[0] (line 13): 'bord' is not one of board, unit, public. Did you mean 'board'?",
    ]


def test_an_unknown_key_is_suggested_at_its_level(faults):
    """The suggestion comes from the keys that are allowed in that place."""
    assert faults(survey="colums: {date: day}", columns="wave: 2026-Q1") == [
        "sources.survey: unknown key 'colums' (line 9). Did you mean 'columns'? All keys are listed in "
        "params/_template/params.yaml."
    ]


def test_a_key_in_the_wrong_place_is_sent_home(faults):
    """A key that exists elsewhere is not unknown, it is lost."""
    assert faults('accent: "#0B5394"') == [
        ": unknown key 'accent' (line 9). It belongs under report.house_style. All keys are listed in "
        "params/_template/params.yaml."
    ]
    assert faults(survey="response_id: id") == [
        "sources.survey: unknown key 'response_id' (line 9). It belongs under sources.<name>.columns. All keys are "
        "listed in params/_template/params.yaml."
    ]


def test_a_misspelt_key_is_one_fault_not_two(faults):
    """The key that was meant is not also reported as missing, and what depends on it is left alone."""
    assert faults(measures="measures: {nps: {colum: Q3, scale: 0-10}}") == [
        "sources.survey.measures.nps: unknown key 'colum' (line 7). Did you mean 'column'? All keys are listed in "
        "params/_template/params.yaml."
    ]
    target = "targets: [{metric: csat, baseline: 2026-Q1, target: 7, due: 2026-12-31, owner: Board}]"
    assert len(faults(target, measures="mesures: {csat: {column: Q3, scale: 1-10}}")) == 1


def test_an_unknown_band_is_an_unknown_key(faults):
    """A key with a fixed list of names reads as any other key."""
    assert faults("report: {house_style: {band_names: {detractr: criticus}}}") == [
        "report.house_style.band_names: unknown key 'detractr' (line 9). Did you mean 'detractor'? All keys are listed "
        "in params/_template/params.yaml."
    ]


def test_every_missing_key_of_a_survey_is_named(faults):
    """What is missing is told with its meaning and an example."""
    assert faults("  empty: {wave: 2026-Q1}\n") == [
        "sources.empty (line 9): 'path' is missing. It says: the file or files, relative to this params file; CSV or "
        "XLSX. Add it, such as path: ../../data/acme/survey.csv.",
        "sources.empty (line 9): 'audience' is missing. It says: who answered: customer or employee. Add it, such as "
        "audience: customer.",
        "sources.empty (line 9): 'measurement' is missing. It says: transactional (after a contact), relational (apart "
        "from contacts) or employee. Add it, such as measurement: relational.",
        "sources.empty (line 9): 'measures' is missing. It says: every scored question; the recommendation question is "
        "called nps (customers) or enps (employees). Add it, such as measures: {nps: {column: Q3, scale: 0-10}}.",
    ]


def test_missing_top_keys_are_named_on_line_1():
    """A file with almost nothing says what it needs."""
    with pytest.raises(ParamsError) as caught:
        read("language: nl\n", file=FILE)
    assert list(caught.value.messages) == [
        "params/acme/params.yaml (line 1): 'organisation' is missing. It says: who the report is about. Add it, such "
        "as "
        "organisation: {name: Acme}.",
        "params/acme/params.yaml (line 1): 'sources' is missing. It says: the surveys. Add it, such as sources: "
        "{customers: {path: …, audience: …, measurement: …, measures: …}}.",
    ]


def test_an_empty_group_is_named(faults):
    """Brackets with nothing in them are not a survey."""
    assert faults(measures="measures: {}") == [
        "sources.survey.measures (line 7): there is nothing in it. Write at least one scored question."
    ]
    with pytest.raises(ParamsError) as caught:
        read("organisation: {name: A}\nsources: {}\n", file=FILE)
    assert str(caught.value) == (
        "params/acme/params.yaml, sources (line 2): there is nothing in it. Describe at least one survey."
    )


OWNER = "Name who answers for it; 'to be named' is allowed and is shown as a gap."


@pytest.mark.domain("S18")
@pytest.mark.parametrize(
    ("owner", "sentence"),
    [("[]", f" (line 9): there is nobody in it. {OWNER}"), ('""', f" (line 9): the text is empty. {OWNER}")],
)
def test_a_target_has_an_owner(faults, owner, sentence):
    """Nobody is not an owner; 'to be named' is."""
    target = "targets: [{{metric: nps, baseline: 2026-Q1, target: 7, due: 2026-12-31, owner: {}}}]"
    assert faults(target.format(owner)) == [f"targets[0].owner{sentence}"]


def test_an_owner_may_be_to_be_named(params):
    """A gap is shown, not refused."""
    target = "targets: [{metric: nps, baseline: 2026-Q1, target: 7, due: 2026-12-31, owner: [nog te benoemen]}]"
    assert params(target).targets[0].owner == ("nog te benoemen",)


NASTY = st.one_of(
    st.sampled_from(["", "~", "NO", "12:30", "007", "1e3", "🙂", "nan", "<<", "../x", "\x07", "[key]", "a: b", None]),
    st.text(max_size=8),
    st.just([]),
    st.just({}),
    st.lists(st.text(max_size=3), max_size=3),
    st.dictionaries(
        st.sampled_from(["position", "column", "not", "nps", "date", "x"]), st.text(max_size=3), max_size=2
    ),
)


def _places(data, above=()):
    items = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in items:
        yield (*above, key)
        yield from _places(value, (*above, key))


@given(data=st.data())
def test_no_mistake_escapes_the_house_sentences(complete, data):
    """Whatever stands where in a full file: it loads, or every fault is one sentence of ours, and nothing crashes."""
    changed = copy.deepcopy(complete)
    for _ in range(data.draw(st.integers(1, 3))):
        *above, key = data.draw(st.sampled_from(list(_places(changed))))
        part = changed
        for step in above:
            part = part[step]
        if data.draw(st.booleans()) or not isinstance(part, dict):
            part[key] = data.draw(NASTY)
        else:
            part[data.draw(st.text(max_size=8))] = part.pop(key)
    for message in _messages(yaml.safe_dump(changed)):
        assert message.startswith(FILE)
        assert message.endswith((".", "?"))
        assert message.isprintable()
        assert not any(word in message for word in ("Input should", "pydantic", "Field required", "type=", "Traceback"))


def _messages(text):
    try:
        read(text, file=FILE)
    except ParamsError as error:
        return error.messages or [""]
    return []
