"""Did the mix move or the score?"""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.errors import DataError
from helpers.inference.mix import mix_and_score_effect
from helpers.inference.scores import net_promoter_score

NAMES = ["promoters", "passives", "detractors"]


def _table(**groups):
    return pd.DataFrame(groups.values(), index=list(groups), columns=NAMES)


THEN, NOW = _table(shop=(60, 20, 10), web=(2, 4, 4)), _table(shop=(33, 10, 5), web=(15, 20, 17))


def test_the_total_can_fall_while_every_group_rises():
    """Shop 55.6 → 58.3 and web −20 → −3.8, but web grew from 10 to 52 of 100 answers: total 48 → 26.

    Score effect: 2.78 · (.90 + .48) / 2 + 16.15 · (.10 + .52) / 2 = 1.92 + 5.01 = 6.92.
    Mix effect: −.42 · (56.94 − 37) + .42 · (−11.92 − 37) = −8.38 − 20.55 = −28.92.
    """
    found = mix_and_score_effect(THEN, NOW).round(2)
    assert [48.0, 26.0, 6.92, -28.92, -22.0] == found.loc["total", "before":].tolist()
    assert [[1.92, -8.38, -6.46], [5.01, -20.55, -15.54]] == found.loc[
        ["shop", "web"], ["score_effect", "mix_effect", "effect"]
    ].to_numpy().tolist()  # fmt: skip
    assert (found["after"] > found["before"])[["shop", "web"]].all()


def test_the_same_mix_is_all_score_and_the_same_scores_are_all_mix():
    """Doubling every group changes nothing; moving answers between groups of unchanged scores is mix alone."""
    doubled = mix_and_score_effect(THEN, 2 * THEN).loc["total"]
    assert [0.0, 0.0, 0.0] == pytest.approx(doubled[["score_effect", "mix_effect", "effect"]].tolist(), abs=1e-12)
    moved = mix_and_score_effect(THEN, _table(shop=(60, 20, 10), web=(20, 40, 40))).loc["total"]
    assert moved["score_effect"] == pytest.approx(0, abs=1e-12)
    assert moved["mix_effect"] == pytest.approx(moved["after"] - moved["before"])


def test_a_group_of_one_wave_only_is_all_mix():
    """New and vanished groups have no change of score; without answers they have no score (NaN), and no warning."""
    found = mix_and_score_effect(THEN, _table(web=(2, 4, 4), app=(5, 3, 2)))
    assert ["shop", "web", "app", "total"] == list(found.index)
    assert [0.0, 0.0, 0.0] == found.loc[["shop", "web", "app"], "score_effect"].tolist()
    assert np.isnan(found.loc["shop", "after"])
    assert np.isnan(found.loc["app", "before"])
    assert found.loc["total", "mix_effect"] == pytest.approx(5 - 48)


def test_a_row_of_zeros_is_a_group_that_is_not_there():
    """A declared group without answers changes nothing."""
    with_empty = mix_and_score_effect(pd.concat([THEN, _table(app=(0, 0, 0))]), NOW).drop(index="app")
    pd.testing.assert_frame_equal(mix_and_score_effect(THEN, NOW), with_empty)
    nowhere = mix_and_score_effect(pd.concat([THEN, _table(app=(0, 0, 0))]), NOW).loc["app"]
    assert [0.0, 0.0, 0.0] == nowhere[["score_effect", "mix_effect", "effect"]].tolist()


def test_a_wave_without_answers_cannot_be_compared():
    """Every effect is NaN, the score of the other wave stays, and nothing warns."""
    for empty in (_table(shop=(0, 0, 0)), THEN.iloc[:0]):
        found = mix_and_score_effect(THEN, empty)
        assert found[["score_effect", "mix_effect", "effect"]].isna().all(axis=None)
        assert (48.0, True) == (found.loc["total", "before"], np.isnan(found.loc["total", "after"]))
    assert mix_and_score_effect(THEN.iloc[:0], THEN.iloc[:0]).loc["total", "before":].isna().all()


counts = st.tuples(*[st.integers(0, 60)] * 3)
waves = st.dictionaries(st.sampled_from("abcdef"), counts, min_size=1).filter(lambda wave: np.sum([*wave.values()]))


@given(waves, waves)
def test_the_effects_add_up_to_the_change_of_the_total(then, now):
    """Groups add up to the total row, score and mix to the effect, and that is after − before of all answers."""
    before, after = _table(**then), _table(**now)
    found = mix_and_score_effect(before, after)
    parts = ["score_effect", "mix_effect", "effect"]
    groups, total = found.drop(index="total"), found.loc["total"]
    assert groups[parts].sum().tolist() == pytest.approx(total[parts].tolist(), abs=1e-9)
    assert total["score_effect"] + total["mix_effect"] == pytest.approx(total["effect"], abs=1e-9)
    pooled = [net_promoter_score(*table.sum())["score"].item() for table in (before, after)]
    assert pooled == pytest.approx(total[["before", "after"]].tolist(), abs=1e-9)
    assert pooled[1] - pooled[0] == pytest.approx(total["effect"], abs=1e-9)


@given(waves, waves)
def test_the_other_way_round_turns_every_sign(then, now):
    """From after to before every effect is its opposite: neither wave is the base."""
    tables = [_table(**then), _table(**now)]
    there, back = (mix_and_score_effect(*pair)["effect"] for pair in (tables, tables[::-1]))
    assert there.to_dict() == pytest.approx((-back).to_dict(), abs=1e-9)


@given(waves, waves)
def test_swapping_promoters_and_detractors_turns_every_sign(then, now):
    """The mirrored counts have mirrored effects."""
    plain = [_table(**wave) for wave in (then, now)]
    mirrored = [table[NAMES[::-1]].set_axis(NAMES, axis=1) for table in plain]
    one, other = (mix_and_score_effect(*pair).loc[:, "before":] for pair in (plain, mirrored))
    assert one.to_numpy() == pytest.approx(-other.to_numpy(), abs=1e-9, nan_ok=True)
    for found in (one, other):
        assert not np.signbit(found.to_numpy()[found.to_numpy() == 0]).any()  # never −0.0


def test_the_order_of_groups_does_not_matter():
    """Rows are matched by name."""
    found = mix_and_score_effect(THEN, NOW.iloc[::-1])
    pd.testing.assert_frame_equal(mix_and_score_effect(THEN, NOW), found)


def test_groups_of_two_columns_and_another_name_for_the_total():
    """A MultiIndex keeps its levels; the last row has its name in the first of them."""
    two = [
        table.set_index(pd.MultiIndex.from_product([["all"], ["shop", "web"]], names=["unit", "shop"]))
        for table in (THEN, NOW)
    ]
    found = mix_and_score_effect(*two, total="everything")
    assert (("everything", ""), ["unit", "shop"]) == (found.index[-1], list(found.index.names))
    named = mix_and_score_effect(THEN.rename_axis("channel"), NOW.rename_axis("channel"), total="all")
    assert (["shop", "web", "all"], "channel") == (list(named.index), named.index.name)


def test_bad_tables_are_refused():
    """A group twice, a group called like the total, a missing column, and a negative count."""
    with pytest.raises(DataError) as error:
        mix_and_score_effect(pd.concat([THEN, THEN.iloc[:1]]), NOW.rename(index={"web": "total"}))
    assert (
        "before: group 'shop' stands there twice. Give one row per group.",
        "after: a group is called 'total', like the last row. Give that row another name.",
    ) == error.value.messages
    with pytest.raises(DataError, match=r"^after: no column 'detractors' among 'promoters', 'passives'."):
        mix_and_score_effect(THEN, NOW[["promoters", "passives"]])
    with pytest.raises(DataError) as error:
        mix_and_score_effect(THEN, NOW.replace(15, -15))
    assert str(error.value) == (
        "after.promoters, row web: -15 is not allowed. A count of answers is a number of 0 or more; correct it."
    )


def test_it_does_not_change_its_input():
    """Both tables stay as they were."""
    then, now = THEN.copy(), NOW.copy()
    mix_and_score_effect(then, now)
    pd.testing.assert_frame_equal(THEN, then)
    pd.testing.assert_frame_equal(NOW, now)
