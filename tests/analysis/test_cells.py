"""Every score that a chapter may print: which cells there are, and what is counted in each."""

from __future__ import annotations

import math
from collections.abc import Sequence

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from helpers.analysis.cells import scores
from helpers.analysis.windows import labelled, windows
from helpers.errors import DataError
from helpers.inference.groups import by_group
from helpers.params.metrics import metrics

PATHS = ["Service › North", "Service › South", "Works › North"]
TWO_FILES = """\
organisation: {name: Acme}
sources:
  contact:
    {path: a.csv, audience: customer, measurement: transactional, measures: {nps: {column: q, scale: 0-10}},
     columns: {date: day, weight: w}}
  chat:
    {path: b.csv, audience: customer, measurement: transactional, measures: {nps: {column: q, scale: 0-10}},
     columns: {date: day}}
"""
TREES = """\
organisation: {name: Acme}
sources:
  contact:
    {path: a.csv, audience: customer, measurement: transactional, measures: {nps: {column: q, scale: 0-10}},
     columns: {date: day, unit: [team]}, trees: {client: [client, campaign, product]}}
  staff:
    {path: b.csv, audience: employee, measurement: employee, measures: {enps: {column: q, scale: 0-10}},
     columns: {date: day, unit: [team]}}
"""
WEIGHTED = """\
organisation: {{name: Acme}}
sources:
  contact:
    {{path: a.csv, audience: customer, measurement: transactional,
     measures: {{{name}: {{column: q, scale: 0-10, {rule}}}}},
     columns: {{date: day, weight: w}}, dimensions: {{product: p, process: q2}}}}
"""
PRODUCTS, PROCESSES = ("Power", "Gas", "Heat"), ("Sales", "Billing")
BY = "zero_measurement: {by: [product, process]}"


@pytest.fixture
def scored(params, answers, day):
    """Return what scores rows, with everything below the params given."""

    def of(rows, more="", *, period="2026-Q3", headcount=None, **surveys):
        given_params = params(more, **surveys)
        frame = labelled(answers(rows), rhythm="quarter", fiscal_year_start=1, as_of=given_params.period(period).last)
        declared = metrics(given_params)
        periods = windows(frame, declared, params=given_params, period=given_params.period(period))
        return scores(frame, declared, periods, params=given_params, headcount=headcount)

    return of


@pytest.fixture
def scored_frame(params):
    """Return what scores responses, of the params given in full."""

    def of(responses, surveys=TREES):
        given_params = params(surveys=surveys)
        period = given_params.period("2026-Q3")
        frame = labelled(responses, rhythm="quarter", fiscal_year_start=1, as_of=period.last)
        declared = metrics(given_params)
        periods = windows(frame, declared, params=given_params, period=period)
        return scores(frame, declared, periods, params=given_params)

    return of


def weighed(rows: list[dict[str, object]], weights: Sequence[float]) -> list[dict[str, object]]:
    """Give each row its weight."""
    return [row | {"weight": weight} for row, weight in zip(rows, weights, strict=True)]


def named(table: pd.DataFrame, *columns: str) -> list[list[object]]:
    """Return columns as rows of plain values."""
    return table[list(columns)].astype(object).to_numpy().tolist()


def test_skipped_answers_are_not_in_the_divisor(scored, contacts) -> None:
    """Formbricks (commit b66c1dd) divides by answered and skipped together: 22.2 where the score is 25."""
    # 18 promoters, 14 passives, 8 detractors and 5 skips: 100 (18 − 8) / 40 = 25, not 100 (18 − 8) / 45
    table = scored(contacts("2026-08-01", [9] * 18 + [7] * 14 + [6] * 8 + [None] * 5))
    assert named(table, "n", "skipped", "promoters", "passives", "detractors", "score") == [[40, 5, 18, 14, 8, 25.0]]


def test_every_declared_combination_has_a_row_in_declared_order(scored, contacts) -> None:
    """The order of the labels wins over that of the data, and who gave no answers is there too."""
    rows = contacts("2026-08-01", [9], product="Gas", process="Sales")
    rows += contacts("2026-08-02", [3, 9], product="Power", process="Sales")
    table = scored(rows, BY)
    assert named(table, "grouping", "label", "level", "n") == [
        ["", "", 0, 3],
        ["product", "Power", 0, 2],
        ["product", "Gas", 0, 1],
        ["product", "Heat", 0, 0],
        ["process", "Sales", 0, 3],
        ["process", "Billing", 0, 0],
        ["product × process", "Power · Sales", 1, 2],
        ["product × process", "Power · Billing", 1, 0],
        ["product × process", "Gas · Sales", 1, 1],
        ["product × process", "Gas · Billing", 1, 0],
        ["product × process", "Heat · Sales", 1, 0],
        ["product × process", "Heat · Billing", 1, 0],
    ]


def test_no_answers_is_no_score(scored, contacts) -> None:
    """Zero answers give no number, least of all 0."""
    table = scored(contacts("2026-08-01", [9], product="Gas"), "zero_measurement: {by: [product]}")
    heat = table[table["label"] == "Heat"].iloc[0]
    assert (heat["n"], heat["skipped"]) == (0, 0)
    assert all(math.isnan(heat[name]) for name in ("score", "score_low", "score_high", "centre", "se", "unweighted"))


def test_a_cell_is_named_by_its_metric_group_and_period(scored, contacts) -> None:
    """The scope's keys in alphabetical order, so that one figure has one id."""
    table = scored(contacts("2026-08-01", [9], product="Gas", process="Sales"), BY)
    chosen = table[table["n"] == 1]
    assert chosen["id"].tolist() == [
        "nps.customer.transactional@2026-Q3",
        "nps.customer.transactional[product=Gas]@2026-Q3",
        "nps.customer.transactional[process=Sales]@2026-Q3",
        "nps.customer.transactional[process=Sales,product=Gas]@2026-Q3",
    ]
    assert chosen["scope"].tolist() == [{}, {"product": "Gas"}, {"process": "Sales"},
                                        {"product": "Gas", "process": "Sales"}]  # fmt: skip


def test_a_cell_carries_what_it_is_of(scored, contacts) -> None:
    """Who answered, in which unit, whether more is better, and its period."""
    rows = [row | {"measure.effort": 2} for row in contacts("2026-08-01", [9])]
    table = scored(rows)
    about = ["metric", "audience", "measurement", "unit_of_score", "high_is_good", "period", "zero", "current"]
    assert named(table, *about) == [
        ["nps.customer.transactional", "customer", "transactional", "points", True, "2026-Q3", True, True],
        ["effort.customer.transactional", "customer", "transactional", "scale", False, "2026-Q3", True, True],
    ]


def test_a_dimension_that_nobody_has_is_left_out(scored, contacts) -> None:
    """A survey without processes is split by product alone, and an unknown product counts in the whole only."""
    rows = contacts("2026-08-01", [9], product="Gas") + contacts("2026-08-01", [3])
    table = scored(rows, BY)
    assert set(table["grouping"]) == {"", "product"}
    assert table.loc[table["grouping"] == "product", "n"].sum() == 1


def test_in_the_periods_between_only_the_whole_and_the_groups_with_a_target_are_scored(scored, contacts) -> None:
    """That is what a glide path is drawn with."""
    rows = [
        row
        for day in ("2026-02-01", "2026-05-01", "2026-08-01")
        for row in contacts(day, [9], product="Gas", process="Sales")
    ]
    targets = (
        "\ntargets: [{metric: nps, scope: {product: Gas}, baseline: 2026-Q1, target: 5, due: 2027-01-01, owner: Me}]"
    )
    table = scored(rows, BY + targets)
    between = table[table["period"] == "2026-Q2"]
    assert between["scope"].tolist() == [{}, {"product": "Gas"}]
    assert table.groupby("period").size().to_dict() == {"2026-Q1": 12, "2026-Q2": 2, "2026-Q3": 12}


def test_two_targets_on_one_group_give_one_cell(scored, contacts) -> None:
    """A milestone is not another figure, and the order of the keys is no other group."""
    target = "  - {{metric: nps, scope: {}, baseline: 2026-Q3, target: 5, due: {}, owner: Me}}\n"
    scopes = ("{product: Gas, process: Sales}", "{process: Sales, product: Gas}")
    more = "targets:\n" + "".join(target.format(scope, f"2027-0{n}-01") for n, scope in enumerate(scopes, start=1))
    table = scored(contacts("2026-08-01", [9], product="Gas", process="Sales"), more)
    assert named(table, "grouping", "label", "n") == [["", "", 1], ["product × process", "Gas · Sales", 1]]


def test_a_target_for_a_group_without_answers_has_a_cell(scored, contacts) -> None:
    """It is printed as not measured, not forgotten."""
    more = (
        "targets: [{metric: nps, scope: {process: Billing}, baseline: 2026-Q3, target: 5, due: 2027-01-01, owner: Me}]"
    )
    table = scored(contacts("2026-08-01", [9], process="Sales"), more)
    assert named(table, "scope", "n") == [[{}, 1], [{"process": "Billing"}, 0]]


class TestTrees:
    """Units of customers, and trees beside the units."""

    def test_customers_have_a_tree_of_units_too(self, scored, contacts) -> None:
        """The teams of a call centre; a customer whose agent changed teams counts where the contact was."""
        rows = [row | {"unit": unit} for unit, score in (("Calls › Red", 9), ("Calls › Blue", 3), ("Calls › Red", 10))
                for row in contacts("2026-08-01", [score])]  # fmt: skip
        table = scored(rows)
        assert named(table, "grouping", "label", "tree", "level", "n", "score") == [
            ["", "", False, 0, 3, pytest.approx(100 / 3)],
            ["unit", "Calls", True, 0, 3, pytest.approx(100 / 3)],
            ["unit", "Blue", True, 1, 1, -100.0],
            ["unit", "Red", True, 1, 2, 100.0],
        ]
        assert table["population"].isna().all()

    def test_another_tree_has_its_own_grouping(self, scored_frame, answers, contacts) -> None:
        """Named as it is declared; each place in it is its whole path, and units come before it."""
        frame = answers([row for score in (9, 3) for row in contacts("2026-08-01", [score])])
        table = scored_frame(frame.assign(unit=["Red", None], **{"tree.client": ["Bank › Loans", "Bank › Cards"]}))
        assert named(table, "grouping", "scope", "label", "level", "n") == [
            ["", {}, "", 0, 2],
            ["unit", {"unit": "Red"}, "Red", 0, 1],
            ["client", {"client": "Bank"}, "Bank", 0, 2],
            ["client", {"client": "Bank › Cards"}, "Cards", 1, 1],
            ["client", {"client": "Bank › Loans"}, "Loans", 1, 1],
        ]
        assert table["id"].tolist()[-1] == "nps.customer.transactional[client=Bank › Loans]@2026-Q3"

    def test_a_target_for_a_place_in_a_tree_reads_all_below_it(self, scored_frame, answers, contacts) -> None:
        """In the periods between too; a list of names in the scope is a path."""
        surveys = TREES + (
            "targets: [{metric: nps, scope: {client: [Bank, Loans]}, baseline: 2026-Q1, target: 5, due: 2027-01-01, "
            "owner: Me}]"
        )
        days = ("2026-02-01", "2026-05-01", "2026-08-01")
        frame = answers([row for day in days for row in contacts(day, [9, 3])])
        table = scored_frame(frame.assign(**{"tree.client": ["Bank › Loans › Home", "Bank › Cards"] * 3}), surveys)
        between = table[table["period"] == "2026-Q2"]
        assert named(between, "scope", "label", "n", "score") == [
            [{}, "", 2, 0.0], [{"client": "Bank › Loans"}, "Loans", 1, 100.0],
        ]  # fmt: skip
        now = table[table["current"]]
        assert [row["n"] for row in now.to_dict("records") if row["scope"] == {"client": "Bank › Loans"}] == [1]

    def test_a_tree_that_a_survey_does_not_have_is_left_out(self, scored_frame, answers, staff) -> None:
        """Employees belong to no client."""
        frame = answers(staff("2026-08-01", "Red", [9]))
        assert set(scored_frame(frame.assign(**{"tree.client": None}))["grouping"]) == {"", "unit"}


MEASURES = {"nps": "nps", "mean": "mean, label: a", "top_box": "top_box, top: 2"}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=20, deadline=None)
@given(
    rule=st.sampled_from(["nps", "mean", "top_box"]),
    rows=st.lists(
        st.tuples(
            st.none() | st.integers(0, 10), st.sampled_from([0.25, 1.0, 3.5]),
            st.sampled_from([*PRODUCTS, None]), st.sampled_from([*PROCESSES, None]), st.booleans(),
        ),
        min_size=1, max_size=25,
    ),
)  # fmt: skip
def test_every_cell_equals_the_score_of_its_own_rows(scored_frame, rule, rows) -> None:
    """The law: sums of sums give what by_group gives on the answers themselves, counts exactly."""
    frame = pd.DataFrame(rows, columns=["answer", "weight", "dimension.product", "dimension.process", "later"])
    frame = frame.astype({"answer": "float64"})
    for name, order in (("dimension.product", PRODUCTS), ("dimension.process", PROCESSES)):
        frame[name] = pd.Categorical(frame[name], categories=order, ordered=True)
    frame["date"] = pd.to_datetime(frame["later"].map({True: "2026-08-01", False: "2026-02-01"}))
    if frame.loc[frame["later"], "answer"].notna().sum() == 0:
        return
    name = "nps" if rule == "nps" else "liking"
    said = WEIGHTED.format(name=name, rule=f"rule: {MEASURES[rule]}" if rule != "nps" else "label: a")
    table = scored_frame(
        frame.assign(source="contact", audience="customer", unit=None, **{f"measure.{name}": frame["answer"]}),
        said + BY,
    )
    now = frame[frame["later"]]
    for names in ([], ["product"], ["process"], ["product", "process"]):
        columns = [f"dimension.{one}" for one in names]
        if any(now[column].isna().all() for column in columns):
            continue
        wanted = by_group(now, by=columns, rule=rule, best=[9, 10] if rule == "top_box" else (), weighted=True)
        found = table[table["current"] & (table["grouping"] == " × ".join(names))].reset_index(drop=True)
        wanted = wanted.drop(columns=columns)
        pd.testing.assert_frame_equal(found[wanted.columns], wanted, rtol=0, atol=1e-9, check_dtype=False)


class TestUnits:
    """Employees along the tree of units."""

    def test_parents_come_before_their_children(self, scored, staff) -> None:
        """A unit is its whole path: two teams North stay two, and every number is that of its own path."""
        # North of Service: 2 promoters; South: 1 detractor, 1 passive; North of Works: 3 detractors
        rows = staff("2026-08-01", PATHS[2], [0, 0, 0]) + staff("2026-08-01", PATHS[1], [6, 8])
        rows += staff("2026-08-01", PATHS[0], [9, 10])
        table = scored(rows)
        assert named(table, "label", "level", "n", "score") == [
            ["", 0, 7, 100 * (2 - 4) / 7],
            ["Service", 0, 4, 100 * (2 - 1) / 4],
            ["North", 1, 2, 100.0],
            ["South", 1, 2, -50.0],
            ["Works", 0, 3, -100.0],
            ["North", 1, 3, -100.0],
        ]
        assert table["scope"].tolist() == [
            {}, {"unit": "Service"}, {"unit": PATHS[0]}, {"unit": PATHS[1]}, {"unit": "Works"}, {"unit": PATHS[2]},
        ]  # fmt: skip
        assert table["id"].tolist()[2:4] == [f"enps[unit={path}]@2026-Q3" for path in PATHS[:2]]

    @settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=15)
    @given(st.lists(st.tuples(st.sampled_from([*PATHS, "Service", None]), st.integers(0, 10)), min_size=1, max_size=12))
    def test_each_unit_counts_its_own_answers_and_those_below_it(self, scored, staff, given_answers) -> None:
        """Whatever the order of the rows; who names no unit counts in the whole."""
        table = scored([row for unit, score in given_answers for row in staff("2026-08-01", unit, [score])])
        for row in table.to_dict("records"):
            path = row["scope"].get("unit", "")
            own = [unit or "" for unit, _score in given_answers]
            inside = [unit for unit in own if not path or unit == path or unit.startswith(path + " › ")]
            assert (row["n"], row["label"]) == (len(inside), path.split(" › ")[-1])

    def test_a_known_headcount_makes_it_a_finite_population(self, scored, staff) -> None:
        """8 of 10 people are worth 8 · 9 / 2 = 36 answers, 18/9/9; fewer than ten answered, so the score interval."""
        headcount = pd.DataFrame({"unit": ["Service"], "period": ["2026-08"], "employees": [10]})
        rows = staff("2026-08-01", "Service › North", [9] * 4 + [7] * 2 + [0] * 2)
        table = scored(rows, headcount=headcount)
        whole = table.iloc[0]
        assert (whole["population"], whole["n_effective"], whole["score"]) == (10, 36, 25)
        found = [round(whole[name], 2) for name in ("centre", "score_low", "score_high")]
        assert found == [23.08, -3.33, 49.27]
        assert whole["method"] == "score"
        assert table["population"].tolist()[:2] == [10, 10]
        assert math.isnan(table["population"].iloc[2])  # the headcount does not say how many worked in North

    def test_a_headcount_is_of_employees_only(self, scored, staff, contacts) -> None:
        """Customers are not counted out of the staff."""
        headcount = pd.DataFrame({"unit": [""], "period": ["2026-Q3"], "employees": [10]})
        table = scored(contacts("2026-08-01", [9]) + staff("2026-08-01", None, [9]), headcount=headcount)
        assert table["population"].astype(object).where(table["population"].notna(), None).tolist() == [None, 10]

    def test_more_answers_than_people_is_refused(self, scored, staff) -> None:
        """Each unit is named, with both numbers and what to do."""
        headcount = pd.DataFrame({"unit": PATHS[:2], "period": "2026-Q3", "employees": [1, 9]})
        rows = staff("2026-08-01", PATHS[0], [9, 9]) + staff("2026-08-01", PATHS[1], [9])
        with pytest.raises(DataError) as caught:
            scored(rows, headcount=headcount)
        assert str(caught.value) == (
            "tables.headcount, 2026-Q3, unit 'Service › North': 2 answers out of 1 people. "
            "More people answered than there were; correct the headcount or remove double answers."
        )

    def test_a_unit_that_nobody_counted_makes_the_whole_unknown(self, scored, staff) -> None:
        """Of 3 people in Service and Works uncounted, 4 answers are not 4 out of 3."""
        headcount = pd.DataFrame({"unit": ["Service"], "period": "2026-Q3", "employees": [3]})
        table = scored(staff("2026-08-01", "Service", [9]) + staff("2026-08-01", "Works", [9] * 3), headcount=headcount)
        known = table["population"].notna()
        assert table.loc[known, "label"].tolist() == ["Service"]

    def test_a_target_for_a_unit_reads_the_unit(self, scored, staff) -> None:
        """In the periods between too, with everybody below it."""
        more = (
            "targets: [{metric: enps, scope: {unit: [Service]}, baseline: 2026-Q1, target: 5, due: 2027-01-01, "
            "owner: Me}]"
        )
        rows = [row for day in ("2026-02-01", "2026-05-01", "2026-08-01") for row in staff(day, PATHS[0], [9])]
        headcount = pd.DataFrame({"unit": ["Service"], "period": "2026-Q2", "employees": [4]})
        table = scored(rows, more, headcount=headcount)
        between = table[table["period"] == "2026-Q2"]
        assert named(between, "grouping", "label", "n", "population") == [["", "", 1, 4], ["unit", "Service", 1, 4]]


def test_weights_change_the_score_and_not_n(scored, contacts) -> None:
    """Weights 3, 1 and 1 on a promoter and two detractors: 100 (3 − 2) / 5 = 20, worth 25 / 11 answers."""
    rows = weighed(contacts("2026-08-01", [9, 0, 0]), (3.0, 1.0, 1.0))
    whole = scored(rows, surveys=TWO_FILES).iloc[0]
    assert (whole["n"], whole["promoters"], whole["detractors"], whole["weighted"]) == (3, 1, 2, True)
    assert whole["score"] == pytest.approx(20)
    assert whole["unweighted"] == pytest.approx(100 * (1 - 2) / 3)
    assert whole["n_effective"] == pytest.approx(25 / 11)


def test_a_file_without_weights_counts_each_answer_once(scored, contacts) -> None:
    """Beside a weighted file of the same survey: 100 (3 + 1 − 2) / 6."""
    rows = weighed(contacts("2026-08-01", [9, 0, 0]), (3.0, 1.0, 1.0))
    chat = {"source": "chat", "date": "2026-08-02", "measure.nps": 9}
    assert scored([*rows, chat], surveys=TWO_FILES).iloc[0]["score"] == pytest.approx(100 * 2 / 6)


def test_without_any_answers_the_period_is_to_be_chosen_again(scored, contacts) -> None:
    """A report on a period before the first answer has nothing to say."""
    with pytest.raises(DataError) as caught:
        scored(contacts("2026-08-01", [9]), period="2026-Q2")
    assert str(caught.value) == "No answers fall in or before the report's period; choose another --period."


def test_the_answers_do_not_change(params, answers, contacts, day) -> None:
    """Frame in, new frame out."""
    frame = labelled(
        answers(contacts("2026-08-01", [9, 2], product="Gas")),
        rhythm="quarter", fiscal_year_start=1, as_of=day("2026-09-30"),
    )  # fmt: skip
    before = frame.copy(deep=True)
    given_params = params(BY)
    periods = windows(frame, metrics(given_params), params=given_params, period=given_params.period("2026-Q3"))
    scores(frame, metrics(given_params), periods, params=given_params)
    pd.testing.assert_frame_equal(before, frame)
