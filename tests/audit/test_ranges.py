from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.audit.ranges import Kind, Known, fillings, kind_of, limits
from helpers.audit.worlds import Open, Sum, Worlds, spread, told

NPS = kind_of("nps")
NOBODY = np.zeros(3)
Counts = tuple[int, int, int]


def triples(n: int, score: tuple[float, float]) -> list[list[int]]:
    """Return the promoters, passives and detractors that n answers and a printed NPS leave."""
    return fillings(limits(Known(n=(n, n), score=score), NPS), NPS).astype(int).tolist()


def points(score: float) -> tuple[float, float]:
    """Return the range of an NPS that is printed in whole points."""
    return score - 0.5, score + 0.5


class TestOneGroup:
    """What the printed numbers of one group say by themselves."""

    def test_nine_answers_and_an_nps_of_33_leave_four_ways(self) -> None:
        """Reference case privacy-03: a net of exactly 3 of 9, with 0 to 3 detractors."""
        assert triples(9, points(33)) == [[3, 6, 0], [4, 4, 1], [5, 2, 2], [6, 0, 3]]

    def test_five_answers_and_an_nps_of_minus_60_leave_two_ways(self) -> None:
        """The second fixture: a net of −3 of 5 is 0/2/3 or 1/0/4."""
        assert triples(5, points(-60)) == [[0, 2, 3], [1, 0, 4]]

    def test_halves_are_rounded_away_from_zero(self) -> None:
        """Of 8 answers a net of 1 is 12.5 and printed as 13, never as 12; a net of −1 is printed as −13."""
        assert {one - other for one, _, other in triples(8, points(13))} == {1}
        assert triples(8, points(12)) == []
        assert {one - other for one, _, other in triples(8, points(-13))} == {-1}

    def test_a_score_in_full_is_the_score(self) -> None:
        """33.3333333333 of 9 answers is a net of 3, and of 10 answers nothing."""
        assert {one - other for one, _, other in triples(9, (33.3333333333, 33.3333333333))} == {3}
        assert triples(10, (33.3333333333, 33.3333333333)) == []

    def test_shares_and_n_give_the_counts(self) -> None:
        """20 answers of which 35 % are promoters and 25 % detractors are 7/8/5."""
        shares = {"promoter_share": (0.345, 0.355), "detractor_share": (0.245, 0.255)}
        found = limits(Known(n=(20, 20), parts=shares), NPS)
        assert found.exact
        assert found.low.tolist() == [7, 8, 5]

    def test_counts_are_taken_as_printed(self) -> None:
        """5 promoters and 1 detractor of 9 leave 3 passives."""
        found = limits(Known(n=(9, 9), parts={"promoters": (5, 5), "detractors": (1, 1)}), NPS)
        assert found.low.tolist() == found.high.tolist() == [5, 3, 1]

    def test_a_share_of_best_answers_has_two_parts(self) -> None:
        """33 % of 9 answers is 3 of the best and 6 others."""
        found = limits(Known(n=(9, 9), score=points(33)), kind_of("share"))
        assert found.low.tolist() == found.high.tolist() == [3, 6]

    def test_a_mean_bounds_the_sum_of_its_answers(self) -> None:
        """A mean of 6.9 of 28 answers is a sum of 192 to 194: 191.8 ≤ sum < 194.6."""
        kind = kind_of("mean", scale=(0, 10))
        (weights, least, most) = limits(Known(n=(28, 28), score=(6.85, 6.95)), kind).rows[-1]
        assert (weights.tolist(), least, most) == ([0.0, 1.0], 192, 194)

    def test_an_unknown_kind_is_refused(self) -> None:
        """Only an NPS, a share and a mean are counted."""
        with pytest.raises(ValueError, match=r"^no kind of score 'count'; nps, share or mean$"):
            kind_of("count")

    @given(st.tuples(*[st.integers(0, 12)] * 3).filter(lambda counts: sum(counts) > 0))
    def test_the_true_counts_are_never_lost(self, counts: Counts) -> None:
        """Whatever a group answered fits what is printed of it."""
        n = sum(counts)
        score = 100 * (counts[0] - counts[2]) / n
        printed = math.copysign(math.floor(abs(score) + 0.5), score)
        assert list(counts) in triples(n, points(printed))


def range_of(known: dict[str, Known], signs: dict[str, int], *, minimum: int = 10, kind: Kind = NPS) -> object:
    """Return what is told of the first group when groups added and subtracted come to nothing."""
    groups = {name: limits(each, kind) for name, each in known.items()}
    nobody = np.zeros(len(kind.parts))
    worlds = Worlds(groups, [Sum({name: float(sign) for name, sign in signs.items()}, nobody)], kind)
    wanted = Sum({next(iter(known)): 1.0}, nobody)
    assert spread([Open(worlds, list(known), [wanted])]) == [True]
    return told(worlds, wanted, minimum=minimum)


class TestWorlds:
    """What groups say that add up to each other."""

    def test_the_first_fixture_has_one_whole_solution(self) -> None:
        """12 answers with 25, 9 of them with 33: a net of 3 less a net of 3. By linear bounds 12 × 24.5 − 9 × 33.5 =
        −7.5 to 12 × 25.5 − 9 × 32.5 = 13.5 is left for 3 answers, a score of −2.5 to +4.5.
        """
        known = {
            "b": Known(n=(3, 3)),
            "all": Known(n=(12, 12), score=points(25)),
            "a": Known(n=(9, 9), score=points(33)),
        }
        found = range_of(known, {"all": 1, "a": -1, "b": -1})
        assert found is not None
        assert (found.n, found.score) == ((3, 3), (0, 0))  # type: ignore[attr-defined]

    def test_enough_room_tells_nothing(self) -> None:
        """Of 8/9/8 answers, a hidden group of 9 or fewer can be all promoters, all passives or all detractors."""
        whole = Known(n=(25, 25), parts={"promoters": (8, 8), "passives": (9, 9), "detractors": (8, 8)})
        known = {"b": Known(n=(1, 9)), "c": Known(n=(1, 24)), "all": whole}
        assert range_of(known, {"all": 1, "b": -1, "c": -1}) is None

    def test_a_band_without_anybody_is_told(self) -> None:
        """Nobody of the 25 is a detractor, so nobody of the hidden 9 is, however wide the range."""
        whole = Known(n=(25, 25), parts={"promoters": (10, 10), "passives": (15, 15), "detractors": (0, 0)})
        found = range_of({"b": Known(n=(1, 9)), "c": Known(n=(1, 24)), "all": whole}, {"all": 1, "b": -1, "c": -1})
        assert found is not None
        assert (found.score, found.forced) == ((0, 100), (("detractors", 0),))  # type: ignore[attr-defined]

    def test_a_large_group_is_told_nothing_of(self) -> None:
        """What is left has 12 answers, which is no small group, though its score is known."""
        known = {"b": Known(n=(1, 1000)), "all": Known(n=(22, 22), score=(0, 0)), "a": Known(n=(10, 10), score=(0, 0))}
        assert range_of(known, {"all": 1, "a": -1, "b": -1}) is None

    def test_a_mean_is_told_when_it_is_within_a_quarter_of_its_scale(self) -> None:
        """Sums of 120 and 99 leave 21 for 3 answers: a mean of 7 exactly; of a scale of 0…10."""
        kind = kind_of("mean", scale=(0, 10))
        whole, shown = Known(n=(18, 18), score=(20 / 3, 20 / 3)), Known(n=(15, 15), score=(6.6, 6.6))
        known = {"b": Known(n=(3, 3)), "all": whole, "a": shown}
        found = range_of(known, {"all": 1, "a": -1, "b": -1}, kind=kind)
        assert found is not None
        assert found.score == pytest.approx((7, 7))  # type: ignore[attr-defined]

    def test_numbers_that_contradict_each_other_fit_no_world(self) -> None:
        """12 answers are not 9 and 1."""
        groups = {name: limits(Known(n=(n, n)), NPS) for name, n in (("all", 12), ("a", 9), ("b", 1))}
        worlds = Worlds(groups, [Sum({"all": 1.0, "a": -1.0, "b": -1.0}, NOBODY)], NPS)
        assert spread([Open(worlds, ["b"], [])]) == [False]

    def test_one_part_that_fits_nothing_leaves_the_others(self) -> None:
        """Parts that hang together by nothing are solved as one programme, and one by one where one has no solution."""
        fitting = {name: limits(Known(n=(n, n)), NPS) for name, n in (("all", 3), ("a", 2), ("b", 1))}
        wrong = {name: limits(Known(n=(n, n)), NPS) for name, n in (("all", 3), ("a", 2), ("b", 2))}
        sums = [Sum({"all": 1.0, "a": -1.0, "b": -1.0}, NOBODY)]
        assert spread([Open(Worlds(each, sums, NPS), [], []) for each in (wrong, fitting)]) == [False, True]


small = st.tuples(*[st.integers(0, 3)] * 3).filter(lambda counts: sum(counts) > 0)


@given(st.lists(small, min_size=2, max_size=3), st.integers(1, 2))
def test_ranges_are_those_of_all_worlds_one_by_one(teams: list[Counts], hidden: int) -> None:
    """For small tables every world can be written down: the range of the first hidden group is theirs."""
    hidden = min(hidden, len(teams))
    shown = teams[hidden:]
    whole = np.sum(teams, axis=0)
    printed = {"all": _printed(whole), **{f"s{place}": _printed(np.array(one)) for place, one in enumerate(shown)}}
    known = {**{f"h{place}": Known(n=(1, 9)) for place in range(hidden)}, **printed}
    groups = {name: limits(each, NPS) for name, each in known.items()}
    worlds = Worlds(groups, [Sum({name: 1.0 if name == "all" else -1.0 for name in groups}, NOBODY)], NPS)
    wanted = Sum({"h0": 1.0}, NOBODY)
    assert spread([Open(worlds, list(groups), [wanted])]) == [True]
    found = told(worlds, wanted, minimum=10)
    every = _by_hand(printed, hidden)
    scores = {100 * (one[0] - one[2]) / sum(one) for one in every}
    forced = [band for band in range(3) if len({one[band] == 0 for one in every}) == 1 and every[0][band] == 0]
    full = [band for band in range(3) if all(one[band] == sum(one) for one in every)]
    if max(scores) - min(scores) >= 50 - 1e-9 and not forced and not full:
        assert found is None
    else:
        assert found is not None
        assert found.score == pytest.approx((min(scores), max(scores)))
        assert found.n == (min(map(sum, every)), max(map(sum, every)))
        assert found.forced == tuple(
            (NPS.parts[band], share)
            for band in range(3)
            for share, which in ((0, forced), (100, full))
            if band in which
        )


def _printed(counts: np.ndarray) -> Known:
    n = int(counts.sum())
    score = 100 * (counts[0] - counts[2]) / n
    return Known(n=(n, n), score=points(math.copysign(math.floor(abs(score) + 0.5), score)))


def _by_hand(printed: dict[str, Known], hidden: int) -> list[Counts]:
    """Return the answers of the first hidden group in every world: what all have less what the shown ones have."""
    ways = {name: triples(int(known.n[0]), known.score or (0, 0)) for name, known in printed.items()}
    left = {
        tuple(int(each) for each in np.array(world[0]) - np.sum([[0, 0, 0], *world[1:]], axis=0))
        for world in itertools.product(*ways.values())
    }
    left = {counts for counts in left if min(counts) >= 0}
    if hidden == 1:
        return [counts for counts in left if 1 <= sum(counts) <= 9]
    return sorted({
        own
        for counts in left
        for own in itertools.product(*(range(each + 1) for each in counts))
        if 1 <= sum(own) <= 9 and 1 <= sum(counts) - sum(own) <= 9
    })  # fmt: skip
