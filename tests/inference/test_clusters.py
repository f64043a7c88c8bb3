"""Answers in clumps: against R, hand counts, and the laws of a design effect."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.errors import DataError
from helpers.inference import clusters, groups
from helpers.inference.tallies import tally

BANDS = {1: 9, 0: 7, -1: 6}
ONE = {"rows": np.arange(5), "into": np.zeros(5, dtype=np.int64), "groups": 1}
# Five agents with 4, 3, 6, 2 and 5 answers, scored −1, 0, 1.
SCORED = [1, 1, 0, -1, 1, 0, 0, -1, -1, 1, 0, -1, -1, 1, 1, 0, 1, 1, 1, -1]
AGENTS = list("AAAABBBCCCCCCDDEEEEE")
ANSWERS = pd.DataFrame({"answer": [BANDS[x] for x in SCORED], "agent": AGENTS, "product": list("GS") * 10})
answered = st.lists(
    st.tuples(st.sampled_from([9, 7, 6]), st.sampled_from("ABCDEFGH"), st.sampled_from("xy"), st.integers(1, 5)),
    min_size=1,
    max_size=40,
)


def _frame(rows):
    return pd.DataFrame(rows, columns=["answer", "agent", "product", "weight"]).astype({"weight": float})


def _by_pairs(scored, agents):
    """Work out by loops the correlation over all pairs, from the linearised variance of the whole."""
    own = {agent: [x for x, of in zip(scored, agents, strict=True) if of == agent] for agent in agents}
    n, clumps, mean = len(scored), len(own), sum(scored) / len(scored)
    totals = sum(sum(x - mean for x in answers) ** 2 for answers in own.values())
    wider = clumps / (clumps - 1) * totals / sum((x - mean) ** 2 for x in scored)
    shared = sum(len(answers) ** 2 for answers in own.values()) / n
    return (wider / (1 + wider / n) - 1) / (shared - 1)


def _by_variances(scored, agents):
    """Work out by loops the correlation of the analysis of variance, with n₀ for clusters of unequal size."""
    own = {agent: [x for x, of in zip(scored, agents, strict=True) if of == agent] for agent in agents}
    n, clumps, mean = len(scored), len(own), sum(scored) / len(scored)
    means = {agent: sum(answers) / len(answers) for agent, answers in own.items()}
    msb = sum(len(answers) * (means[agent] - mean) ** 2 for agent, answers in own.items()) / (clumps - 1)
    msw = sum((x - means[agent]) ** 2 for agent, answers in own.items() for x in answers) / (n - clumps)
    size = (n - sum(len(answers) ** 2 for answers in own.values()) / n) / (clumps - 1)
    return (msb - msw) / (msb + (size - 1) * msw)


def test_the_correlation_is_that_of_the_analysis_of_variance_where_that_is_larger():
    """Four small agents are outspoken and the large one is average, so most pairs, which are hers, are little alike."""
    scored, agents = [1, 1, -1, -1, 1, 1, -1, -1, *[1, -1, 0, 0] * 2], list("AABBCCDDEEEEEEEE")
    answers = pd.DataFrame({"answer": [BANDS[x] for x in scored], "agent": agents})
    found = clusters.intraclass_correlation(tally(answers, by=["agent"]), cluster="agent")
    assert found["rho"].item() == pytest.approx(_by_variances(scored, agents), abs=1e-12)
    assert found["rho"].item() > _by_pairs(scored, agents)


def test_the_analysis_of_variance_is_that_of_r():
    """As R 4.2.2: anova(aov(y ~ g)) on these scores has MSB 1.10833, MSW 0.67444 and n0 3.875."""
    assert _by_variances(SCORED, AGENTS) == pytest.approx(0.142381842213, abs=1e-12)


def test_the_correlation_is_that_over_all_pairs_where_that_is_larger():
    """The analysis of variance gives .14238 and the pairs .16897."""
    found = clusters.intraclass_correlation(tally(ANSWERS, by=["agent"]), cluster="agent")
    assert [5, 20, 4.0] == found.loc[0, ["clusters", "answers", "df"]].tolist()
    assert found["rho"].item() == pytest.approx(_by_pairs(SCORED, AGENTS), abs=1e-12)
    assert found["rho"].item() > _by_variances(SCORED, AGENTS)


def test_the_most_outspoken_agents_having_the_most_answers_does_not_hide_them():
    """Two agents with six answers, all alike, and four with two that differ: by pairs the whole is worth far less."""
    rows = [(9, "A")] * 6 + [(6, "B")] * 6 + [(answer, agent) for agent in "CDEF" for answer in (9, 6)]
    answers = pd.DataFrame(rows, columns=["answer", "agent"])
    scored = [1] * 6 + [-1] * 6 + [1, -1] * 4
    found = clusters.by_group(answers, cluster="agent")
    assert found["rho"].item() == pytest.approx(_by_pairs(scored, answers["agent"].tolist()), abs=1e-12)
    # (72 / 20) × 6 / 5 = 4.32; 4.32 / 1.216 = 3.5526; (3.5526 − 1) / (88 / 20 − 1) = .7508
    assert found["rho"].item() == pytest.approx(0.750774, abs=1e-6)


def test_a_mean_uses_the_answers_themselves():
    """On answers from 1 to 10: by pairs .2304, more than the .2177 of R's aov (MSB 11.875, MSW 5.71333)."""
    given = [9, 8, 10, 3, 7, 7, 5, 2, 6, 4, 9, 1, 10, 8, 7, 9, 6, 8, 10, 7]
    answers = pd.DataFrame({"answer": given, "agent": list("AAAABBBCCCCCDDEEEEEE")})
    table = clusters.by_group(answers, cluster="agent", rule="mean")
    rho = _by_pairs(given, answers["agent"].tolist())
    assert table["rho"].item() == pytest.approx(rho, abs=1e-12)
    assert table["design_effect"].item() == pytest.approx(1 + rho * (90 / 20 - 1), abs=1e-11)
    assert table["df"].item() == 4


def test_a_group_is_worth_fewer_answers():
    """Σm² = 16 + 9 + 36 + 4 + 25 = 90 on 20 answers: 20 / (1 + 0.16897 × 3.5) = 12.57, with t on 4 df."""
    table = clusters.by_group(ANSWERS, cluster="agent")
    assert [5, 4.5] == table.loc[0, ["clusters", "per_cluster"]].tolist()
    assert table["n_effective"].item() == pytest.approx(20 / (1 + _by_pairs(SCORED, AGENTS) * 3.5))
    plain = groups.by_group(ANSWERS)
    assert table["score"].item() == plain["score"].item()
    assert table["score_low"].item() < plain["score_low"].item()


def test_a_cluster_in_several_parts_is_one_cluster():
    """An agent's answers about gas and about power come together where the two products do."""
    parts = tally(ANSWERS, by=["agent", "product"], every=False)
    whole = tally(ANSWERS, by=["agent"], every=False)
    both = [clusters.intraclass_correlation(table, cluster="agent") for table in (parts, whole)]
    pd.testing.assert_frame_equal(*both, rtol=1e-14)
    into = np.zeros(len(parts), dtype=np.int64)
    found = clusters.design_effects(
        parts, cluster="agent", rows=np.arange(len(parts)), into=into, groups=1, rho=0.5
    )  # fmt: skip
    assert [[5.0, 4.5, 2.75]] == found.to_numpy().tolist()


def test_a_group_counts_only_its_own_answers_of_a_cluster():
    """Of gas, agent A has 2 of the 4 answers: Σm² = 4 + 4 + 9 + 1 + 4 or 4 + 1 + 9 + 1 + 9 over the ten of each."""
    table = clusters.by_group(ANSWERS, cluster="agent", by=["product"]).set_index("product")
    # gas: rows 0, 2 | 4, 6 | 8, 10, 12 | 14 | 16, 18; power: 1, 3 | 5 | 7, 9, 11 | 13 | 15, 17, 19
    assert [2.2, 2.4] == table["per_cluster"].tolist()
    assert table["rho"].iloc[0] == table["rho"].iloc[1]


def test_answers_without_a_cluster_are_separate_people():
    """Four answers of one agent and four of nobody known: Σm² = 16 + 4 × 1 = 20 on 8 answers."""
    answers = pd.DataFrame({"answer": [9, 9, 6, 7] * 2, "agent": ["A"] * 4 + [None] * 4})
    parts = tally(answers, by=["agent"], every=False)
    found = clusters.design_effects(
        parts, cluster="agent", rows=np.array([0, 1]), into=np.zeros(2, dtype=np.int64), groups=1, rho=0.2
    )  # fmt: skip
    assert [1, 2.5] == found.loc[0, ["clusters", "per_cluster"]].tolist()
    assert found["design_effect"].item() == pytest.approx(1.3)
    assert clusters.intraclass_correlation(parts, cluster="agent")["clusters"].item() == 1


def test_four_clusters_are_too_few_to_tell():
    """Below five clusters rho is not known, and the answers count as separate."""
    few = ANSWERS[ANSWERS["agent"] != "E"]
    table = clusters.by_group(few, cluster="agent")
    assert np.isnan(table["rho"].item())
    assert (1.0, np.inf) == (table["design_effect"].item(), table["df"].item())
    pd.testing.assert_frame_equal(table[groups.by_group(few).columns], groups.by_group(few))


def test_where_nobody_shares_a_cluster_nothing_is_known_and_nothing_changes():
    """Six customers with one answer each are six answers."""
    answers = pd.DataFrame({"answer": [9, 9, 7, 6, 10, 0], "agent": list("ABCDEF")})
    table = clusters.by_group(answers, cluster="agent")
    assert np.isnan(table["rho"].item())
    assert (6.0, 1.0, np.inf) == tuple(table.loc[0, ["n_effective", "design_effect", "df"]])


def test_answers_no_more_alike_than_any_leave_the_normal_interval():
    """Each agent has one promoter and one detractor: nothing between them, so the interval is the plain one."""
    answers = pd.DataFrame({"answer": [9, 6] * 6, "agent": list("AABBCCDDEEFF")})
    table = clusters.by_group(answers, cluster="agent")
    assert (0.0, 1.0, np.inf) == tuple(table.loc[0, ["rho", "design_effect", "df"]])
    pd.testing.assert_frame_equal(table[groups.by_group(answers).columns], groups.by_group(answers))


def test_where_all_answers_are_the_same_the_degrees_of_freedom_stay_those_of_the_clusters():
    """Unanimity does not show whether clusters differ: rho is 0, and t has clusters − 1 degrees of freedom."""
    answers = pd.DataFrame({"answer": [9] * 12, "agent": list("AABBCCDDEEFF")})
    found = clusters.intraclass_correlation(tally(answers, by=["agent"]), cluster="agent")
    assert (0.0, 5.0) == (found["rho"].item(), found["df"].item())


def test_agents_who_always_get_the_same_answer_are_wholly_alike():
    """No difference within an agent and some between: rho = 1, and five agents with two answers are worth five."""
    answers = pd.DataFrame({"answer": [9, 9, 6, 6, 9, 9, 7, 7, 6, 6], "agent": list("AABBCCDDEE")})
    table = clusters.by_group(answers, cluster="agent")
    assert (1.0, 2.0, 5.0) == tuple(table.loc[0, ["rho", "design_effect", "n_effective"]])


def test_each_period_has_its_own_correlation():
    """Two waves of the same agents are estimated apart, in order of appearance."""
    second = ANSWERS.assign(answer=[9, 6] * 10)
    both = pd.concat([ANSWERS.assign(period="2025"), second.assign(period="2024")])
    found = clusters.intraclass_correlation(
        tally(both, by=["period", "agent"], every=False), cluster="agent", by=["period"]
    )
    assert ["2025", "2024"] == found["period"].tolist()
    assert [5, 5] == found["clusters"].tolist()
    assert found["rho"].round(6).tolist() == [0.168966, 0.0]


def test_weights_enter_as_they_do_in_the_variance_of_a_weighted_mean():
    """The moments written out answer by answer give the same rho; the design effect is 1 + rho (ΣW² / Σw² − 1)."""
    answers = ANSWERS.assign(weight=[1.0, 2.0, 1.5, 3.0] * 5)
    table = clusters.by_group(answers, cluster="agent", weighted=True)
    x, w, of = np.array(SCORED, float), answers["weight"].to_numpy(), np.array(AGENTS)
    own = {agent: (w[of == agent], x[of == agent]) for agent in "ABCDE"}
    means = {agent: np.average(values, weights=weight) for agent, (weight, values) in own.items()}
    within = sum((weight * (values - means[agent]) ** 2).sum() for agent, (weight, values) in own.items())
    alone = sum((weight**2).sum() / weight.sum() for weight, _ in own.values())
    within /= w.sum() - alone
    squared = sum(weight.sum() ** 2 for weight, _ in own.values())
    around = sum(weight.sum() * (means[agent] - np.average(x, weights=w)) ** 2 for agent, (weight, _) in own.items())
    between = (around - within * (alone - (w**2).sum() / w.sum())) / (w.sum() - squared / w.sum())
    rho = between / (between + within)
    deff = 1 + rho * (squared / (w**2).sum() - 1)
    assert 0 < rho < 1
    assert [rho, deff] == pytest.approx(table.loc[0, ["rho", "design_effect"]].tolist(), rel=1e-12)
    apart = (x - np.average(x, weights=w)) ** 2
    worth = w.sum() * (w * apart).sum() / (w**2 * apart).sum()
    assert worth < w.sum() ** 2 / (w**2).sum()
    assert table["n_effective"].item() == pytest.approx(worth / deff)


def test_a_correlation_per_group_is_that_groups_own():
    """With rho 0.5 and not known, two groups of one agent with 4 answers have design effects 2.5 and 1."""
    parts = tally(pd.DataFrame({"answer": [9, 9, 6, 6] * 2, "agent": ["A"] * 8, "wave": [1] * 4 + [2] * 4}),
                  by=["wave", "agent"])  # fmt: skip
    found = clusters.design_effects(
        parts, cluster="agent", rows=np.array([0, 1]), into=np.array([0, 1]), groups=3, rho=[0.5, np.nan, 0.5]
    )
    assert [2.5, 1.0, 1.0] == found["design_effect"].tolist()
    assert [1, 1, 0] == found["clusters"].tolist()


def test_without_answers_there_is_nothing_to_say():
    """An empty frame gives no rho and an empty group, and no warning."""
    empty = ANSWERS.iloc[:0].astype({"answer": "float64"})
    table = clusters.by_group(empty, cluster="agent")
    assert [0] == table["n"].tolist()
    assert table[["rho", "score", "score_low"]].isna().all(axis=None)
    skipped = clusters.by_group(ANSWERS.assign(answer=np.nan), cluster="agent")
    assert (0, 20, 0) == tuple(skipped.loc[0, ["n", "skipped", "clusters"]])


def test_a_missing_column_is_named():
    """Whoever forgets the cluster reads which column is missing."""
    message = (
        "answers: no column 'customer' among 'answer', 'agent', 'product'. It needs 'answer', 'customer'; "
        "add what is missing."
    )
    with pytest.raises(DataError) as raised:
        clusters.by_group(ANSWERS, cluster="customer")
    assert str(raised.value) == message


@pytest.mark.parametrize(
    ("rho", "message"),
    [
        (1.5, "rho, row 0: 1.5 is not allowed. A share lies between 0 and 1; correct it."),
        (-0.1, "rho, row 0: -0.1 is not allowed. A share lies between 0 and 1; correct it."),
    ],
)
def test_an_impossible_correlation_is_refused(rho, message):
    """Rho lies between 0 and 1."""
    with pytest.raises(DataError) as raised:
        clusters.design_effects(tally(ANSWERS, by=["agent"]), cluster="agent", **ONE, rho=rho)
    assert str(raised.value) == message


def test_a_negative_sum_is_refused():
    """A tally that cannot be one is named by row."""
    parts = tally(ANSWERS, by=["agent"]).assign(w_promoters=[2.0, -1.0, 1.0, 1.0, 3.0])
    with pytest.raises(DataError) as raised:
        clusters.intraclass_correlation(parts, cluster="agent")
    assert str(raised.value) == (
        "w_promoters, row 1: -1 is not allowed. A sum over answers is a number of 0 or more; correct it."
    )


@settings(max_examples=30)
@given(answered)
def test_a_design_effect_lies_between_one_and_the_size_of_the_clusters(rows):
    """Alike at most wholly: 1 ≤ design effect ≤ per_cluster, and at most as many answers as there are."""
    table = clusters.by_group(_frame(rows), cluster="agent", by=["product"], weighted=True)
    assert table["design_effect"].between(1, table["per_cluster"] * (1 + 1e-12)).all()
    assert (table["n_effective"] <= table["n"] * (1 + 1e-12)).all()
    assert table["rho"].dropna().between(0, 1).all()


@settings(max_examples=30)
@given(answered, st.randoms(use_true_random=False))
def test_the_order_of_the_answers_does_not_matter(rows, random):
    """Shuffled answers give the same figures."""
    shuffled = random.sample(rows, len(rows))
    one, other = (clusters.by_group(_frame(each), cluster="agent", by=["product"]) for each in (rows, shuffled))
    pd.testing.assert_frame_equal(one, other, rtol=1e-11)


@settings(max_examples=30)
@given(answered)
def test_swapping_promoters_and_detractors_leaves_the_correlation(rows):
    """How alike answers are does not depend on which way they point."""
    frame = _frame(rows)
    swapped = frame.assign(answer=frame["answer"].map({9: 6, 7: 7, 6: 9}))
    one, other = (clusters.by_group(each, cluster="agent", weighted=True) for each in (frame, swapped))
    columns = ["rho", "design_effect", "df"]
    pd.testing.assert_frame_equal(one[columns], other[columns], rtol=1e-9)
    assert one["score"].item() == pytest.approx(-other["score"].item())


@settings(max_examples=30)
@given(answered, st.sampled_from([0.5, 1.0, 3.0]))
def test_equal_weights_change_nothing(rows, weight):
    """Weights that are all alike leave rho, design effect and effective answers."""
    frame = _frame(rows).assign(weight=weight)
    one, other = (clusters.by_group(frame, cluster="agent", weighted=weighted) for weighted in (False, True))
    columns = ["rho", "design_effect", "n_effective", "df"]
    pd.testing.assert_frame_equal(one[columns], other[columns], rtol=1e-11)


def test_the_input_stays_as_it_was():
    """Neither the answers nor the sums are changed."""
    answers, parts = ANSWERS.copy(), tally(ANSWERS, by=["agent"])
    before = parts.copy()
    clusters.by_group(answers, cluster="agent", by=["product"])
    clusters.intraclass_correlation(parts, cluster="agent")
    clusters.design_effects(parts, cluster="agent", **ONE, rho=0.1)
    pd.testing.assert_frame_equal(answers, ANSWERS)
    pd.testing.assert_frame_equal(parts, before)


def test_answers_and_groups_are_judged_as_without_clusters():
    """An 8½ is no answer of an NPS, and the letters of a name are no columns."""
    answers = pd.DataFrame({"answer": [9, 8.5, 3], "agent": list("AAB")})
    with pytest.raises(
        DataError, match=r"^answer, row 1: 8\.5 is not allowed\. An answer is a whole number from 0 to 10"
    ):
        clusters.by_group(answers, cluster="agent")
    with pytest.raises(DataError, match=r"^by: 'agent' is one text\."):
        clusters.by_group(answers, cluster="agent", by="agent")
