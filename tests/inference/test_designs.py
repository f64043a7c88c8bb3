"""Scores of designed samples, against hand counts and R's survey package.

The R commands behind the reference values, on the 24 answers of ``staff`` (R 4.2.2, survey 4.1-1), with
``d$y <- ifelse(d$score >= 9, 100, ifelse(d$score <= 6, -100, 0))`` and ``ps <- data.frame(site=c("North","South"),
Freq=c(25,15))``, stand beside each of them.
"""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.errors import DataError
from helpers.inference.designs import design_based
from helpers.inference.means import mean_score
from helpers.inference.weighting import design_effect, post_stratified, raked

SITES = pd.Series({"North": 25, "South": 15})
MARGINS = {"site": SITES, "contract": {"f": 26, "p": 14}}


@pytest.fixture
def staff():
    """Return 24 answers of two sites, two contracts and six teams."""
    answers = pd.DataFrame({
        "answer": [7, 5, 8, 10, 6, 10, 9, 5, 6, 8, 5, 5, 8, 7, 10, 7, 9, 8, 8, 4, 7, 5, 7, 5],
        "site": (["North"] * 6 + ["South"] * 6) * 2,
        "contract": list("fppfpfpfffppppppffffpppp"),
        "team": ["N1", "N1", "N2", "N2", "N3", "N3", "Z1", "Z1", "Z2", "Z2", "Z3", "Z3"] * 2,
        "w0": [1.0, 2.0, 3.0] * 8,
    })  # fmt: skip
    answers["by_site"] = post_stratified(answers, by=["site"], population=SITES).weight
    answers["by_both"] = raked(answers, margins=MARGINS).weight
    answers["w0_site"] = post_stratified(answers, by=["site"], population=SITES, weight="w0").weight
    answers["w0_both"] = raked(answers, margins=MARGINS, weight="w0").weight
    return answers


def _refused(call):
    with pytest.raises(DataError) as refused:
        call()
    return list(refused.value.messages)


TEAMS = pd.Series({"North": 5, "South": 3})
R_MEANS = [
    # R for svydesign(ids=~1, fpc=~N), N = 40
    ({"population": 40}, -16.6666666666667, 9.82946374365981, 23),
    # R for svydesign(ids=~team, weights=~1)
    ({"clusters": "team"}, -16.6666666666667, 19.0029237516523, 5),
    # R for postStratify(svydesign(ids=~1, weights=~1), ~site, ps)
    ({"weight": "by_site", "calibrated_to": ["site"]}, -8.33333333333333, 14.5379729331441, 23),
    # R for the same after fpc=~N
    ({"weight": "by_site", "calibrated_to": ["site"], "population": 40}, -8.33333333333333, 9.19462140612284, 23),
    # R for the same with ids=~team
    ({"weight": "by_site", "calibrated_to": ["site"], "clusters": "team"}, -8.33333333333333, 13.2418738183923, 5),
    # R for rake(…, list(~site, ~contract), …, control=list(maxit=1000, epsilon=1e-12))
    ({"weight": "by_both", "calibrated_to": ["site", "contract"]}, 1.0, 13.844965051631, 23),
    # R for svydesign(ids=~1, weights=weights(raked)): the weights as if nobody had made them
    ({"weight": "by_both"}, 1.0, 18.1053205007474, 23),
    # R for svydesign(ids=~1, strata=~site, weights=weights(raked))
    ({"weight": "by_both", "strata": "site"}, 1.0, 16.2898434614946, 22),
    # R for svydesign(ids=~1, strata=~site, weights=~Nh/12, fpc=~Nh), Nh = 25 and 15
    ({"weight": "by_site", "strata": "site", "population": SITES}, -8.33333333333333, 9.89209458878833, 22),
    # R for svydesign(ids=~team, strata=~site, weights=~Nh/12, fpc=~Ch), Ch = 5 and 3 teams
    (
        {"weight": "by_site", "strata": "site", "clusters": "team", "population": TEAMS},
        -8.33333333333333, 8.71520860972996, 4,
    ),
    # R for postStratify(svydesign(ids=~1, weights=~w0), ~site, ps)
    ({"weight": "w0_site", "weight_before": "w0", "calibrated_to": ["site"]}, -10.4166666666667, 15.1105423408607, 23),
    # R for calibrate(svydesign(ids=~1, weights=~w0), ~site+contract, c(40, 15, 14), calfun="raking")
    (
        {"weight": "w0_both", "weight_before": "w0", "calibrated_to": ["site", "contract"]},
        -2.28955865722213, 14.7181251448093, 23,
    ),
    # R for rake(svydesign(ids=~1, weights=~w0), …), whose residuals leave the weights from before out
    ({"weight": "w0_both", "calibrated_to": ["site", "contract"]}, -2.2895586572221, 15.3905371634871, 23),
]  # fmt: skip
R_DOMAINS = [
    # R for svyby(~y, ~site, svydesign(ids=~1, weights=weights(raked)), svymean)
    ("site", {"weight": "by_both"}, [34, -54], [19.7061544127496, 17.7187299574306]),
    # R for svyby(~y, ~contract, postStratify(…), svymean)
    ("contract", {"weight": "by_site", "calibrated_to": ["site"]}, [15, -25], [21.4168640378883, 18.8274796689103]),
    # R for svyby(~y, ~contract, rake(…), svymean)
    (
        "contract", {"weight": "by_both", "calibrated_to": ["site", "contract"]},
        [15, -25], [20.3713593548768, 19.4426737650179],
    ),
    # R for svyby(~y, ~contract, svydesign(ids=~1, strata=~site, weights=weights(raked)), svymean)
    ("contract", {"weight": "by_both", "strata": "site"}, [15, -25], [21.8982019809847, 19.2506219329453]),
    # R for svyby(~y, ~contract, svydesign(ids=~team, strata=~site, weights=~Nh/12, fpc=~Ch), svymean)
    (
        "contract", {"weight": "by_site", "strata": "site", "clusters": "team", "population": TEAMS},
        [15, -25], [11.6993589567976, 12.9387292376691],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("options", "score", "se", "df"), R_MEANS)
def test_r_finds_the_same(staff, options, score, se, df):
    """Score, standard error and degrees of freedom are those of R's survey package."""
    found = design_based(staff, **options).iloc[0]
    assert [score, se, df] == pytest.approx([found.score, found.se, found.df], rel=1e-12, abs=1e-12)


@pytest.mark.parametrize(("by", "options", "score", "se"), R_DOMAINS)
def test_r_finds_the_same_for_groups(staff, by, options, score, se):
    """A group is part of the whole design, as in R's svyby."""
    found = design_based(staff, by=[by], **options)
    assert found.score.tolist() == pytest.approx(score, rel=1e-12)
    assert found.se.tolist() == pytest.approx(se, rel=1e-12)


def test_r_finds_the_same_design_effect(staff):
    """R: svymean(~y, design, deff="replace"), for weights, clusters, strata with fpc, and groups."""
    sites = {"weight": "by_site", "strata": "site", "population": SITES}
    found = [design_based(staff, **options).design_effect.item() for options in ({"weight": "by_both"}, sites)]
    assert found == pytest.approx([1.30576, 0.40511], abs=5e-6)
    assert design_based(staff, clusters="team").design_effect.item() == pytest.approx(1.495, rel=1e-12)
    groups = design_based(staff, weight="by_both", by=["site"]).design_effect.tolist()
    assert groups == pytest.approx([1.006516903659384, 0.991242050616483], rel=1e-12)


def test_the_degrees_of_freedom_of_a_group_are_its_own(staff):
    """Full-timers: 10 answers in 2 strata. R: degf(subset(design, contract == "f")) is 8."""
    assert [8, 12] == design_based(staff, weight="by_both", strata="site", by=["contract"]).df.tolist()


def test_four_teams_by_hand():
    """Two answers per team, 100 or 0 or −100: the sums about 37.5 are 125, 25, −75, −75, over 8 answers.

    In 1/8: 4/3 · (125² + 25² + 75² + 75²) / 64 = 4/3 · 27,500 / 64 = 572.9, whose root is 23.94; t(3) = 3.182.
    """
    answers = pd.DataFrame({"answer": [9, 9, 9, 7, 9, 6, 7, 7], "team": list("AABBCCDD")})
    found = design_based(answers, clusters="team")
    assert [
        "n", "score", "centre", "se", "low", "high", "df", "n_effective", "design_effect", "se_of",
    ] == list(found.columns)  # fmt: skip
    row = found.iloc[0]
    assert [8, 37.5, 37.5, 23.94, -38.67, 113.67, 3] == [round(x, 2) for x in row.iloc[:7]]
    assert row.n_effective == pytest.approx(8 / row.design_effect)
    assert row.se_of == "fixed_weights"


def test_other_measures():
    """Mean of 6, 8, 10 is 8 ± 2/√3; in the top box 9 or 10 lies a third."""
    answers = pd.DataFrame({"answer": [6, 8, 10]})
    mean = design_based(answers, rule="mean").iloc[0]
    share = design_based(answers, rule="top_box", best=[9, 10]).iloc[0]
    assert [8, 2 / math.sqrt(3)] == pytest.approx([mean.score, mean.se])
    assert [100 / 3, 100 / 3] == pytest.approx([share.score, share.se])


def test_who_skipped_is_no_part_of_the_sample(staff):
    """A skipped question changes nothing but the rows that are read, whatever else is missing there."""
    more = pd.concat([staff, pd.DataFrame({"answer": [None], "team": [None], "by_both": [None]})])
    pd.testing.assert_frame_equal(
        design_based(staff, clusters="team", weight="by_both"), design_based(more, clusters="team", weight="by_both")
    )


class TestEdges:
    """Where there is little or nothing to say."""

    def test_no_answers(self):
        """A declared group without answers has a row, and no score."""
        answers = pd.DataFrame({"answer": [9, 6], "team": pd.Categorical(["A", "A"], categories=["A", "B"])})
        row = design_based(answers, by=["team"]).iloc[1]
        assert [0, 0] == [row.n, row.n_effective]
        assert row[["score", "centre", "se", "low", "high", "df", "design_effect"]].isna().all()

    def test_an_empty_table(self):
        """No rows are one row without a score."""
        assert [0] == design_based(pd.DataFrame({"answer": pd.Series([], dtype=float)})).n.tolist()

    def test_one_answer_and_one_cluster(self):
        """One answer, or one team, has a score and no interval; it is worth one answer."""
        for answers in (
            pd.DataFrame({"answer": [9], "team": ["A"]}),
            pd.DataFrame({"answer": [9, 9, 6, 9], "team": "A"}),
        ):
            row = design_based(answers, clusters="team").iloc[0]
            assert row.score == (100 if len(answers) == 1 else 50)
            assert row[["se", "low", "high", "df"]].isna().all()
            assert [1, len(answers)] == [row.n_effective, row.design_effect]

    def test_a_group_in_one_cluster(self):
        """A group that lies in one team has no interval: R would give it a standard error of 0."""
        answers = pd.DataFrame({"answer": [9, 9, 6, 9, 7, 7], "team": list("AABBCC"), "age": list("youooo")})
        found = design_based(answers, clusters="team", by=["age"]).set_index("age")
        assert found.loc["y", ["se", "low", "high", "df"]].isna().all()

    def test_all_promoters(self):
        """Nothing varies, so the standard error is 0, as in R; the answers are worth no more than their number."""
        row = design_based(pd.DataFrame({"answer": [9, 10, 10], "weight": [0.1, 0.2, 0.3]}), weight="weight").iloc[0]
        assert [100, 0, 100, 100, 2] == [row.score, row.se, row.low, row.high, row.df]
        assert row.n_effective == pytest.approx(design_effect([0.1, 0.2, 0.3]).n_effective.item())

    def test_everybody(self):
        """With n = N nothing is left to chance, not even at n = 1."""
        for answers in ([9, 6, 6, 7], [9]):
            row = design_based(pd.DataFrame({"answer": answers}), population=len(answers)).iloc[0]
            assert [row.score] * 3 == [row.centre, row.low, row.high]
            assert [0, math.inf, 0] == [row.se, row.n_effective, row.design_effect]

    def test_a_stratum_of_which_all_were_drawn_may_hold_one_cluster(self):
        """It adds no variance: 9 and 6 of 4 people in A, the only one in B. Half of A is left."""
        answers = pd.DataFrame({"answer": [9, 6, 9], "site": list("AAB")})
        found = design_based(answers, strata="site", population=pd.Series({"A": 4, "B": 1}))
        # u in A: (100 − 33.3)/3 = 22.2 and (−100 − 33.3)/3 = −44.4; mean −11.1; 2 · 33.3²; times 2/1 · ½
        assert found.se.item() == pytest.approx(math.sqrt(2 * (100 / 3) ** 2))


class TestRefusals:
    """Bad input ends in sentences."""

    def test_a_stratum_of_one_cluster(self):
        """One team out of more shows no variance; R fails there too."""
        answers = pd.DataFrame({"answer": [9, 6, 9, 8], "site": list("AAAB"), "team": list("pqrs")})
        assert _refused(lambda: design_based(answers, strata="site", clusters="team")) == [
            "site 'B': one of its clusters was drawn, which shows no variance. Join the stratum with one like it.",
        ]

    def test_a_cluster_in_two_strata(self):
        """Teams that bear one name in two sites are two teams."""
        answers = pd.DataFrame({"answer": [9, 6, 9, 8], "site": list("AABB"), "team": [1, 2, 2, 3]})
        assert _refused(lambda: design_based(answers, strata="site", clusters="team")) == [
            "team '2': it lies in more than one site. A cluster lies in one stratum; give each cluster a "
            "name of its own.",
            "site 'A': one of its clusters was drawn, which shows no variance. Join the stratum with one like it.",
        ]

    def test_every_fault_of_the_columns_at_once(self):
        """Text, weights that are none and missing labels come in one message."""
        answers = pd.DataFrame({"answer": [9, "x", 8], "weight": [0.0, 1, None], "team": ["A", None, "B"]})
        assert _refused(lambda: design_based(answers, weight="weight", clusters="team")) == [
            "answer, row 1: 'x' is no number. An answer is a whole number from 0 to 10; correct it.",
            "weight, row 0: 0 is not allowed. A weight is a number above 0; correct it.",
            "weight, row 2: a number is missing. A weight is a number above 0; correct it.",
            "team: 1 answers without a value (row 1). Fill it in, or leave these answers out.",
        ]

    def test_missing_columns(self):
        """The message says what was looked for."""
        assert _refused(lambda: design_based(pd.DataFrame({"answer": [9]}), clusters="team")) == [
            "answers: no column 'team' among 'answer'. It needs 'answer', 'team'; add what is missing.",
        ]

    def test_populations_that_cannot_be(self):
        """No more can be drawn than there are, and every stratum has its number."""
        answers = pd.DataFrame({"answer": [9, 6, 9, 8], "site": list("AABB")})
        assert _refused(lambda: design_based(answers, population=3)) == [
            "population: 4 answers out of 3. Correct it, or remove double answers.",
        ]
        assert _refused(lambda: design_based(answers, strata="site", population=30)) == [
            "population: give a Series by stratum with strata, and one number without them.",
        ]
        assert _refused(lambda: design_based(answers, strata="site", population=pd.Series({"A": 1, "C": 5}))) == [
            "population, site 'C': a total of 5 and no answers. Nobody speaks for these people; join them with others.",
            "population, site 'B': answers and no total. Give the people these answers stand for, "
            "or correct the answers.",
            "population, site 'A': 2 answers out of 1. Correct it, or remove double answers.",
        ]

    def test_weights_from_before_without_calibration(self):
        """A parameter that would change nothing is refused."""
        answers = pd.DataFrame({"answer": [9, 6], "drawn": [1, 2]})
        assert _refused(lambda: design_based(answers, weight_before="drawn")) == [
            "weight_before: it is used with calibrated_to only. Name the columns, or leave it out.",
        ]

    def test_a_confidence_outside_0_to_1(self):
        """It is a share."""
        assert _refused(lambda: design_based(pd.DataFrame({"answer": [9, 6]}), confidence=95)) == [
            "confidence: 95 is not allowed. A confidence lies between 0 and 1, such as 0.95; correct it.",
        ]


answer = st.integers(min_value=0, max_value=10)
rows = st.lists(st.tuples(answer, st.floats(0.1, 10), st.sampled_from("ab")), min_size=2, max_size=30)


def _table(given_):
    return pd.DataFrame(given_, columns=["answer", "weight", "site"])


def _alike(one, other):
    names = ["score", "se", "low", "high", "df", "n_effective"]
    pd.testing.assert_frame_equal(one[names], other[names], rtol=1e-9, atol=1e-9, check_dtype=False)


@given(st.lists(answer, min_size=2, max_size=40))
def test_without_a_design_it_is_students_t(answers):
    """Equal weights, no clusters and no strata give sd / √n with n − 1 degrees of freedom."""
    points = np.array([100.0 * (one >= 9) - 100.0 * (one < 7) for one in answers])
    plain = mean_score(len(answers), points.mean(), points.var(ddof=1))
    for table in (pd.DataFrame({"answer": answers}), pd.DataFrame({"answer": answers, "weight": 3.0})):
        found = design_based(table, weight="weight" if "weight" in table else None)
        for name in ("score", "se", "low", "high", "df"):
            assert found[name].item() == pytest.approx(plain[name].item(), abs=1e-9)


@given(rows, st.floats(0.01, 1000))
def test_the_scale_of_the_weights_changes_nothing(given_, scale):
    """Only the proportions of the weights count."""
    table = _table(given_)
    scaled = table.assign(weight=table.weight * scale)
    _alike(design_based(table, weight="weight"), design_based(scaled, weight="weight"))


@given(rows)
def test_clusters_of_one_change_nothing(given_):
    """Neither does a single stratum."""
    table = _table(given_).assign(person=range(len(given_)), all="all")
    one = design_based(table, weight="weight")
    _alike(one, design_based(table, weight="weight", clusters="person", strata="all"))


@given(rows)
def test_totals_that_the_answers_meet_do_not_change_the_score(given_):
    """Post-stratifying to the observed counts leaves the score; residuals only lower the standard error."""
    table = _table(given_)
    table["met"] = post_stratified(table, by=["site"], population=table.site.value_counts()).weight
    plain, met = design_based(table), design_based(table, weight="met", calibrated_to=["site"])
    _alike(plain, design_based(table, weight="met"))
    assert met.score.item() == pytest.approx(plain.score.item(), abs=1e-9)
    assert met.se.item() <= plain.se.item() + 1e-9
    assert met.se_of.item() == "residuals"


@given(rows, st.randoms(use_true_random=False))
def test_the_order_of_the_rows_changes_nothing(given_, random):
    """Whatever the design."""
    table = _table(given_).assign(team=[number // 2 for number in range(len(given_))])
    shuffled = table.sample(frac=1, random_state=random.randrange(2**32))
    options = {"weight": "weight", "clusters": "team", "by": ["site"], "calibrated_to": ["site"]}
    _alike(design_based(table, **options), design_based(shuffled, **options))


@given(rows)
def test_swapping_promoters_and_detractors_flips_the_sign(given_):
    """The interval is mirrored."""
    table = _table(given_)
    mirror = table.assign(answer=table.answer.map(lambda one: 0 if one >= 9 else 7 if one >= 7 else 10))
    one, other = design_based(table, weight="weight"), design_based(mirror, weight="weight")
    assert one.score.item() == pytest.approx(-other.score.item(), abs=1e-9)
    assert one.se.item() == pytest.approx(other.se.item(), abs=1e-9)


@given(rows, st.integers(31, 1000))
def test_a_finite_population_narrows_by_the_root_of_what_is_left(given_, people):
    """The standard error is multiplied by √(1 − n/N)."""
    table = _table(given_)
    endless, finite = design_based(table, weight="weight"), design_based(table, weight="weight", population=people)
    assert finite.se.item() == pytest.approx(endless.se.item() * math.sqrt(1 - len(table) / people), abs=1e-9)


def test_an_nps_answer_is_a_whole_number_from_0_to_10(staff):
    """An 11, a −1 and an 8½ are refused with their rows; of a mean they are numbers like others."""
    wrong = staff.assign(answer=staff["answer"].astype(float)).reset_index(drop=True)
    wrong.loc[[1, 3, 4], "answer"] = [11, -1, 8.5]
    with pytest.raises(DataError) as refused:
        design_based(wrong)
    assert refused.value.messages == tuple(
        f"answer, row {row}: {found} is not allowed. An answer is a whole number from 0 to 10; correct it."
        for row, found in ((1, "11"), (3, "-1"), (4, "8.5"))
    )
    assert design_based(wrong, rule="mean").score.item() == pytest.approx(wrong["answer"].mean())


def test_group_columns_are_a_list(staff):
    """The letters of a name are no columns."""
    with pytest.raises(DataError, match=r"^by: 'site' is one text\. Give a list of group columns, such as \['site'\]"):
        design_based(staff, by="site")


def test_wider_confidence_is_a_wider_interval(staff):
    """Each parameter changes what comes out."""
    wide, narrow = (design_based(staff, confidence=level).iloc[0] for level in (0.99, 0.9))
    assert wide.low < narrow.low < narrow.high < wide.high


def test_cells_and_margins_are_told_apart(staff):
    """A list of names is the cells that they make together, which leave less than the margins."""
    cells = design_based(staff, weight="by_both", calibrated_to=[["site", "contract"]])
    margins = design_based(staff, weight="by_both", calibrated_to=["site", "contract"])
    assert cells.se.item() < margins.se.item()


def test_nothing_that_comes_in_is_changed(staff):
    """The table stays what it was."""
    kept = staff.copy()
    design_based(staff, weight="by_both", calibrated_to=["site"], clusters="team", by=["contract"])
    pd.testing.assert_frame_equal(kept, staff)
