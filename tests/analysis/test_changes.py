"""Which groups moved since the zero measurement: tested as one family, and said no further than that."""

import pandas as pd
import pytest

from helpers.analysis.changes import COLUMNS, of_metrics, since_zero
from helpers.inference.differences import difference
from helpers.inference.families import adjusted
from helpers.inference.groups import by_group


def answers(promoters: int, passives: int, detractors: int) -> list[int]:
    """Return so many answers of each band."""
    return [10] * promoters + [8] * passives + [2] * detractors


def scores(**counts: tuple[tuple[int, int, int], tuple[int, int, int]]) -> pd.DataFrame:
    """Score groups at the zero measurement and now."""
    rows = []
    for label, (zero, now) in counts.items():
        for period, given in (("2025-Q1", zero), ("2026-Q1", now)):
            table = by_group(pd.DataFrame({"answer": answers(*given)}, dtype=float))
            rows.append(
                table.assign(
                    id=f"nps.customer.transactional[product={label}]@{period}",
                    metric="nps.customer.transactional", measurement="transactional", unit_of_score="points",
                    high_is_good=True, grouping="product", tree=False, label=label, period=period, shown=True,
                    zero=period == "2025-Q1", current=period == "2026-Q1",
                    scope=pd.Series([{"product": label}], dtype=object),
                )
            )  # fmt: skip
    return pd.concat(rows, ignore_index=True)


MOVED = {"Gas": ((10, 20, 70), (70, 20, 10)), "Stroom": ((40, 30, 30), (45, 30, 25))}


def test_a_large_move_is_named_and_a_small_one_is_not() -> None:
    """Gas goes from −60 to +60, Stroom from +10 to +20 with a hundred answers each."""
    table = since_zero(scores(**MOVED), measurement="transactional", confidence=0.95)
    assert table[["label", "change", "direction", "family"]].to_numpy().tolist() == [
        ["Gas", 120.0, "better", 2], ["Stroom", 10.0, "none_shown", 2],
    ]  # fmt: skip


def test_a_fall_is_worse() -> None:
    """Turned round, the same move is a loss."""
    turned = {label: (now, zero) for label, (zero, now) in MOVED.items()}
    table = since_zero(scores(**turned), measurement="transactional", confidence=0.95)
    assert table.iloc[0][["label", "change", "direction"]].tolist() == ["Gas", -120.0, "worse"]


def test_p_is_adjusted_for_the_family() -> None:
    """The p of each group alone, Holm-adjusted over the rows of the table."""
    frame = scores(**MOVED)
    from helpers.inference.scores import adjusted_wald

    alone = [difference(adjusted_wald(*zero), adjusted_wald(*now))["p"].item() for zero, now in MOVED.values()]
    table = since_zero(frame, measurement="transactional", confidence=0.95).set_index("label")
    assert table.loc[list(MOVED), "p"].astype(float).tolist() == pytest.approx(adjusted(alone, method="holm").tolist())


def test_a_hidden_group_is_no_part_of_the_family() -> None:
    """What is not shown cannot be worked out from the number of groups that were tested."""
    frame = scores(**MOVED)
    frame.loc[frame["label"] == "Gas", "shown"] = False
    table = since_zero(frame, measurement="transactional", confidence=0.95)
    assert table[["label", "family"]].to_numpy().tolist() == [["Stroom", 1]]


def test_a_survey_without_nps_is_tested_on_its_first_measure() -> None:
    """Satisfaction leads, effort does not; beside an NPS neither would."""
    nps = scores(**MOVED)
    measured = {
        name: nps.assign(metric=f"{name}.customer.transactional", unit_of_score="scale", df=99.0)
        for name in ("satisfaction", "ces")
    }
    without = pd.concat(measured.values(), ignore_index=True)
    tested = [
        since_zero(frame, measurement="transactional", confidence=0.95)["metric"].unique().tolist()
        for frame in (without, pd.concat([without, nps], ignore_index=True))
    ]
    assert tested == [["satisfaction.customer.transactional"], ["nps.customer.transactional"]]


def test_less_confidence_names_more() -> None:
    """At 60 % the ten points of Stroom count as shown."""
    table = since_zero(scores(**MOVED), measurement="transactional", confidence=0.6)
    assert set(table["direction"]) == {"better"}


def test_one_grouping_alone_is_the_family() -> None:
    """Of customers the finest split, not also the units, which hold the same answers; of employees the units."""
    frame = scores(**MOVED)
    teams = scores(Red=MOVED["Gas"]).assign(grouping="unit", tree=True, scope=[{"unit": "Red"}] * 2)
    both = pd.concat([frame, teams], ignore_index=True)
    assert set(since_zero(both, measurement="transactional", confidence=0.95)["grouping"]) == {"product"}
    assert set(since_zero(teams, measurement="transactional", confidence=0.95)["grouping"]) == {"unit"}
    staff = both.assign(measurement="employee", metric="enps")
    assert set(since_zero(staff, measurement="employee", confidence=0.95)["grouping"]) == {"unit"}


def test_a_first_measurement_has_moved_nothing() -> None:
    """Now is the zero measurement: there is nothing to compare."""
    frame = scores(**MOVED).query("zero").assign(current=True)
    assert since_zero(frame, measurement="transactional", confidence=0.95).empty


def test_another_survey_is_not_looked_at() -> None:
    """No employees, no table."""
    assert since_zero(scores(**MOVED), measurement="employee", confidence=0.95).empty


def test_a_tiny_group_is_tested_exactly() -> None:
    """5 and 5 answers can be dealt out in 252 ways, 2 of them as far apart: p = .0079; the normal test has .0001."""
    tiny = scores(Gas=((0, 0, 5), (5, 0, 0)))
    table = since_zero(tiny, measurement="transactional", confidence=0.95)
    assert table["p"].tolist() == [pytest.approx(2 / 252)]
    assert since_zero(tiny, measurement="transactional", confidence=0.995)["direction"].tolist() == ["none_shown"]


def test_each_metric_is_a_family_of_its_own() -> None:
    """Two groups of the NPS and one of the effort: no test of one makes the other stricter."""
    nps = scores(**MOVED)
    effort = scores(Gas=MOVED["Gas"]).assign(metric="effort.customer.transactional", high_is_good=False)
    both = pd.concat([nps, effort], ignore_index=True)
    names = ["effort.customer.transactional", "nps.customer.transactional", "trust.customer.relational"]
    table = of_metrics(both, metrics=names, confidence=0.95)
    assert table[["metric", "label", "direction", "family"]].to_numpy().tolist() == [
        ["effort.customer.transactional", "Gas", "worse", 1],
        ["nps.customer.transactional", "Gas", "better", 2],
        ["nps.customer.transactional", "Stroom", "none_shown", 2],
    ]
    assert list(of_metrics(both, metrics=[], confidence=0.95).columns) == COLUMNS
