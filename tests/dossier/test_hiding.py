"""A group below the minimum leaves no number anywhere: not its score, not its counts, not its size.

The client of conftest has 4 answers of Gas and 3 of Heat now, 4 of Gas and 3 of Wood at the zero measurement, and
teams North of 9 and South of 8.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pandas as pd
import pytest

from helpers import dossier
from helpers.dossier.columns import SCORE_COLUMNS

HIDDEN_NOW = ("nps.customer.transactional[product=Gas]@2026-Q3", "nps.customer.transactional[product=Heat]@2026-Q3",
              "enps[unit=Service › North]@2026-Q3", "enps[unit=Service › South]@2026-Q3")  # fmt: skip
HIDDEN_ZERO = "nps.customer.transactional[product=Wood]@2026-Q1"


@pytest.fixture(scope="module")
def blocks(acme, printed):
    """Return everything that a report prints of the client."""
    return printed(acme)


@pytest.fixture(
    scope="module",
    params=[[("now", "G", "H")], [("zero", "G", "W")], []],
    ids=["customers now", "customers at the zero measurement", "teams"],
)
def other(request, traded):
    """Return the same client with two hidden groups exchanged."""
    return traded(*request.param, units=None if request.param else ("North", "South"))


class TestNothingDependsOnAHiddenGroup:
    """When two hidden groups trade their answers, scores, counts and sizes, nothing that is printed changes.

    That is more than a search for numbers: whatever a table, chart, sentence or file holds of a hidden group would
    differ. The totals above the two do not change, and are printed.
    """

    def test_no_block_changes(self, other, blocks, printed) -> None:
        """Tables, charts with their data and description, sentences, tiles, lists and the cover."""
        assert printed(other) == blocks

    def test_no_table_changes(self, other, acme) -> None:
        """What an analyst sees in JupyterLab is what the report prints from."""
        for name, table in acme.tables.items():
            if name in ("intake", "files"):
                continue  # they hold the hash of the file
            pd.testing.assert_frame_equal(other.tables[name], table, obj=name)

    def test_no_figure_changes(self, other, acme) -> None:
        """figures.json."""
        assert dossier.figures(other) == dossier.figures(acme)

    def test_the_plan_and_the_file_of_the_run_hold_nothing_else(self, other, acme, tmp_path) -> None:
        """The dossier that a report run leaves for its chapters carries no answers."""
        stored = []
        for place, opened in enumerate((other, acme)):
            folder = tmp_path / str(place)
            folder.mkdir()
            dossier.store(opened, folder, ())
            stored.append(dossier.load(folder, ()))
        assert [each.responses for each in stored] == [None, None]
        pd.testing.assert_frame_equal(stored[0].scores, stored[1].scores)


@pytest.mark.parametrize("trade", [("now", "P", "G"), ("now", "W", "G"), ("zero", "P", "W")])
def test_a_group_that_is_shown_does_change_what_is_printed(traded, blocks, printed, trade) -> None:
    """The comparison above would see a difference."""
    assert printed(traded(trade)) != blocks


class TestTables:
    """The tables of the dossier."""

    def test_the_small_groups_are_the_hidden_ones(self, acme) -> None:
        """Fewer than 5 customers, fewer than 10 employees, with their reason."""
        hidden = acme.scores.set_index("id")
        assert [hidden.loc[each, "hidden_because"] for each in (*HIDDEN_NOW, HIDDEN_ZERO)] == ["too_few_answers"] * 5
        shown = acme.scores[acme.scores["shown"]]
        minimum = shown["audience"].map({"customer": 5, "employee": 10})
        assert (shown["n"].eq(0) | shown["n"].ge(minimum)).all()

    def test_a_hidden_row_of_scores_has_no_number(self, acme) -> None:
        """In any column of a number, whatever columns there are."""
        hidden = acme.scores[~acme.scores["shown"]]
        about = ("tree", "level", "high_is_good", "weighted", "zero", "current", "shown")
        numbers = hidden.drop(columns=list(about)).map(lambda value: isinstance(value, int | float))
        assert not numbers.any(axis=None)
        assert set(SCORE_COLUMNS) <= set(hidden.columns[hidden.isna().all()])

    def test_a_figure_that_is_hidden_keeps_its_row_and_its_reason(self, acme) -> None:
        """And nothing that could be a number."""
        figure = next(each for each in dossier.figures(acme) if each["id"] == HIDDEN_NOW[0])
        assert (figure["shown"], figure["value"], figure["printed"]) == (False, None, None)
        assert figure["hidden_because"] == "too_few_answers"
        assert (figure["scope"], figure["period"]) == ({"product": "Gas"}, "2026-Q3")
        assert list(_numbers(figure)) == []

    def test_hidden_figures_are_counted(self, acme) -> None:
        """That something is hidden is no secret."""
        assert acme.hidden["cells"].sum() == (~acme.scores["shown"]).sum()


class TestTargets:
    """A target on a hidden group has no score, and no verdict that gives it away."""

    def test_a_hidden_score_hides_all_that_is_made_of_it(self, acme) -> None:
        """Gap, path, probability, verdict, and why there is none; the promise itself is no secret."""
        row = acme.targets.set_index("target_id").loc["T02"]
        numbers = ["actual", "actual_low", "actual_high", "n", "gap", "glide_path", "probability", "verdict", "caution"]
        assert row[numbers].isna().all()
        assert (row["target"], row["owner"], row["hidden_because"]) == (33, "Ann", "too_few_answers")

    def test_before_the_due_date_a_hidden_baseline_hides_path_probability_and_verdict(self, acme) -> None:
        """Target, path and day together give the baseline away; the score of now is its own."""
        row = acme.targets.set_index("target_id").loc["T03"]
        assert row[["baseline", "baseline_n", "glide_path", "probability", "verdict", "caution"]].isna().all()
        assert (row["actual"], row["n"], row["gap"]) == (50, 8, 17)

    def test_from_the_due_date_on_the_baseline_plays_no_part(self, acme) -> None:
        """The verdict rests on the score of now and the target, by the score test: 5/2/1 against 33 gives 0.73.

        With q = 0.1975: (4 − 8 · 0.33) / √(8 · (2 · 0.1975 + 0.33 · 0.67)) = 0.613, and Φ(0.613) = 0.73.
        """
        row = acme.targets.set_index("target_id").loc["T04"]
        assert row[["baseline", "baseline_n"]].isna().all()
        assert (row["glide_path"], row["verdict"], round(row["probability"], 2)) == (33, "undecided", 0.73)

    def test_no_path_is_drawn_through_a_hidden_score(self, acme) -> None:
        """The row stays, for the line of the promise."""
        paths = acme.glide_paths.set_index(["target_id", "date"])
        gas = paths.loc["T02"]
        assert gas[["baseline", "score", "low", "high", "n", "verdict"]].isna().all(axis=None)


class TestPrinted:
    """What a reader sees in place of a number."""

    def test_hidden_is_a_word_and_no_answers_are_others(self, blocks) -> None:
        """Nobody can take a hidden group for an empty one, or either for a score of 0."""
        cells = {row["cells"][0]["text"]: row["cells"] for row in blocks["table transactional"]["rows"]}
        assert [cell["text"] for cell in cells["Gas"][1:4]] == ["hidden"] * 3
        assert all(cell == {"text": "hidden", "value": None, "hidden": True, "mark": "hidden", "note": ""}
                   for cell in cells["Gas"][1:7])  # fmt: skip
        assert cells["Gas"][-1]["text"] == "fewer than 5 answers"

    def test_no_hidden_cell_of_any_table_holds_a_value(self, blocks) -> None:
        """Also in the data behind a chart."""
        hidden = [cell for cell in _cells(blocks) if cell["hidden"]]
        assert len(hidden) > 100
        assert {cell["value"] for cell in hidden} == {None}
        assert not any(re.search(r"\d", cell["text"]) for cell in hidden)
        assert {cell["note"] for cell in hidden} <= {
            "", *(f"{told}fewer than {n} answers" for told in ("", "hidden: ") for n in (5, 10)),
        }  # fmt: skip

    def test_rows_of_a_hidden_group_print_no_digits_but_those_of_the_promise(self, blocks) -> None:
        """Its target and the minimum are known; everything else is a word."""
        for name, block in blocks.items():
            for row in _rows(block):
                if row["cells"][0]["text"] in ("North", "South", "eNPS North", "Transactional NPS Gas"):
                    digits = re.findall(r"[0-9]+", " ".join(cell["text"] for cell in row["cells"]))
                    assert set(digits) <= {"10", "30", "31", "33", "2026", "2027"}, name

    def test_the_unrounded_score_of_a_hidden_group_is_nowhere(self, blocks) -> None:
        """North: 5 promoters and 1 detractor of 9; South: 2 and 5 of 8; Heat: 2 and none of 3."""
        for number in (400 / 9, 100 * 5 / 9, 5 / 9, -300 / 8, 200 / 3, 2 / 3):
            assert not any(math.isclose(number, found, abs_tol=1e-4) for found in _numbers(blocks)), number


def test_no_answers_at_all_is_not_hidden(client, printed, written_params) -> None:
    """Coal has a name and no answers: 'no answers', n = 0, and no score in any table, chart or figure."""
    opened = dossier.open("acme", params=str(client(params=written_params.replace("W: Wood}", "W: Wood, C: Coal}"))))
    row = opened.scores.set_index("id").loc["nps.customer.transactional[product=Coal]@2026-Q3"]
    assert (row["n"], row["shown"], row["hidden_because"]) == (0, True, "")
    assert math.isnan(row["score"])
    figure = next(each for each in dossier.figures(opened) if each["id"] == row.name)
    assert (figure["value"], figure["printed"], figure["n"], figure["shown"]) == (None, None, 0, True)
    blocks = printed(opened)
    cells = {row["cells"][0]["text"]: row["cells"] for row in blocks["table transactional"]["rows"]}
    assert [cell["text"] for cell in cells["Coal"]] == ["Coal", "no answers", "–", "0", "no answers", "–", "0", ""]
    charted = {row["cells"][1]["text"]: row["cells"] for row in blocks["chart transactional"]["table"]["rows"]}
    assert [(cell["text"], cell["hidden"]) for cell in charted["Coal"][2:6]] == [
        ("", False), ("", False), ("", False), ("0", False),
    ]  # fmt: skip


def test_small_units_are_hidden_by_their_people(client, printed) -> None:
    """With 8 answers allowed, South's 8 out of 15 are shown, and a team of fewer than 16 people is not."""
    privacy = "privacy: {employee: {minimum_respondents: 8, minimum_headcount: 16}}\n"
    opened = dossier.open("acme", params=str(client(more=privacy)))
    assert opened.hidden[opened.hidden["audience"] == "employee"].to_dict("records") == [
        {"audience": "employee", "hidden_because": "too_small_unit", "cells": 4, "answers": 30}  # 2 × (9 + 8)
    ]
    cells = {row["cells"][0]["text"]: row["cells"] for row in printed(opened)["table employees"]["rows"]}
    assert cells["South"][-1]["text"] == "unit of fewer than 16 people"
    assert {cell["text"] for cell in cells["South"][1:-1]} == {"hidden"}


def test_a_whole_survey_below_the_minimum_is_hidden_too(client, printed) -> None:
    """With a minimum of 41 the survey of 40 employees has no score: not in tile, sentence, chart or distribution."""
    privacy = "privacy: {employee: {minimum_respondents: 41}}\nheadline: [enps]\n"
    opened = dossier.open("acme", params=str(client(more=privacy)))
    blocks = printed(opened)
    tile = blocks["tiles"]["tiles"][0]
    assert (tile["value"], tile["note"], tile["interval"], tile["n"], tile["change"]) == (
        "hidden", "fewer than 41 answers", "", "", "",
    )  # fmt: skip
    assert blocks["sentence headline"]["text"] == (
        "eNPS hidden (fewer than 41 answers); the change since the zero measurement is hidden; of the 2 targets that "
        "can be judged none is demonstrably off track."
    )
    assert blocks["sentence employees"]["text"] == (
        "eNPS: hidden (fewer than 41 answers); at the zero measurement it was hidden (fewer than 41 answers)."
    )
    panel = [row["cells"] for row in blocks["chart distribution"]["table"]["rows"] if "eNPS" in row["cells"][0]["text"]]
    assert len(panel) == 11
    assert all(cell["hidden"] for row in panel for cell in row[3:])
    assert opened.distribution[opened.distribution["metric"] == "enps"]["count"].isna().all()


def test_the_size_of_a_survey_below_the_minimum_is_hidden_as_well(client, printed) -> None:
    """With a minimum of 500 neither the account of the answers nor the cover says how many employees answered."""
    opened = dossier.open("acme", params=str(client(more="privacy: {employee: {minimum_respondents: 500}}\n")))
    small = opened.intake.loc[~opened.intake["shown"].astype(bool)]
    assert small["audience"].tolist() == ["employee"]
    assert small[["read", "used", "skipped", "rejected"]].isna().all().all()
    assert opened.cover["answers"].tolist() == [None]
    assert {"label": "Answers used, all periods", "text": "hidden, to protect who answered"} in printed(opened)[
        "cover"
    ]["facts"]


def test_the_rows_of_every_file_of_a_small_survey_are_hidden(client) -> None:
    """File by file they would add up to the size of the survey; name and hash say nothing of it."""
    opened = dossier.open("acme", params=str(client(more="privacy: {employee: {minimum_respondents: 500}}\n")))
    assert opened.files[["source", "file", "read", "shown"]].to_numpy().tolist() == [
        ["contacts", "contacts.csv", 45, True], ["staff", "staff.csv", None, False],
        ["tables.headcount", "headcount.csv", 8, True],
    ]  # fmt: skip
    assert opened.files["sha256"].str.len().tolist() == [64, 64, 64]


@pytest.mark.parametrize(("rows", "told"), [(5, [5, 45]), (4, [None, None])])
def test_a_small_file_of_a_survey_is_a_small_group(client, written_params, rows: int, told: list[int | None]) -> None:
    """With 4 rows where 5 are needed, no file of the survey tells its rows: the total would give them away."""
    folder = client(params=written_params.replace("path: contacts.csv", "path: contacts*.csv"))
    more = "day,product,region,score\n" + "2026-09-29,P,a,9\n" * rows
    (folder / "acme" / "contacts2.csv").write_text(more, encoding="utf-8")
    files = dossier.open("acme", params=str(folder)).files
    assert files.loc[files["source"] == "contacts", "file"].tolist() == ["contacts2.csv", "contacts.csv"]
    assert files.loc[files["source"] == "contacts", "read"].tolist() == told


def test_the_response_of_a_hidden_group_is_hidden(client, printed, written_params) -> None:
    """Who was invited of Gas and of Heat is nowhere; of the others it is, and 40% of all came back."""
    folder = client(
        params=written_params.replace("columns: {date: day}", "columns: {date: day}\n    invited: asked.csv")
    )
    asked = "period,product,sent,bounced\n2026-Q3,P,20,2\n2026-Q3,G,13,0\n2026-Q3,H,11,0\n2026-Q3,W,18,0\n"
    (folder / "acme" / "asked.csv").write_text(asked, encoding="utf-8")
    opened = dossier.open("acme", params=str(folder))
    invited = opened.scores.set_index("id")["invited"]
    now = {product: invited[f"nps.customer.transactional[product={product}]@2026-Q3"] for product in ("Power", "Wood")}
    assert now == {"Power": 18, "Wood": 18}
    assert [invited[each] for each in HIDDEN_NOW] == [None] * 4
    figures = {each["id"]: each.get("invited") for each in dossier.figures(opened)}
    assert figures["nps.customer.transactional@2026-Q3"] == 60
    assert figures[HIDDEN_NOW[0]] is None
    blocks = printed(opened)
    assert blocks["tiles"]["tiles"][0]["n"] == "n = 23, 1 skipped, response 40% of 60 invited"
    cells = {row["cells"][0]["text"]: row["cells"][4]["text"] for row in blocks["table transactional"]["rows"]}
    assert [cells[name] for name in ("Total", "Power", "Gas", "Wood")] == ["40%", "50%", "hidden", "44%"]


def _rows(block: Any) -> Iterator[Mapping[str, Any]]:
    for found in (block, block.get("table") or {}):
        yield from found.get("rows", ())


def _cells(blocks: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for block in blocks.values():
        for row in _rows(block):
            yield from row["cells"]


def _numbers(value: Any) -> Iterator[float]:
    if isinstance(value, bool):
        return
    if isinstance(value, int | float):
        yield float(value)
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from _numbers(item)
    elif isinstance(value, Sequence) and not isinstance(value, str):
        for item in value:
            yield from _numbers(item)


def test_the_bands_and_the_worst_case_of_a_hidden_score_have_no_number(client) -> None:
    """Nor is a change named that could be shown: each is hidden with the score that it belongs to."""
    more = "privacy: {employee: {minimum_respondents: 900}, customer: {minimum_respondents: 900}}\n"
    opened = dossier.open("acme", params=str(client(more=more)))
    assert len(opened.bands) == 6
    assert opened.bands[["n", "share", "low", "high"]].isna().all(axis=None)
    assert not opened.bands["shown"].any()
    assert opened.worst_case[["n", "population", "silent", "low", "high"]].isna().all(axis=None)
    for name in ("transactional", "relational", "employees"):
        assert opened.tables[f"{name}_detectable"].empty


def test_the_bands_and_the_worst_case_are_those_of_the_scores(acme) -> None:
    """Nothing is computed twice in two ways: shares, n and what the employees could have said."""
    scores = acme.scores.set_index("id")
    for row in acme.bands.to_dict("records"):
        assert (row["share"], row["n"]) == (scores.loc[row["id"], f"{row['band']}_share"], scores.loc[row["id"], "n"])
        assert row["low"] < row["share"] < row["high"]
    for row in acme.worst_case.to_dict("records"):
        assert row["low"] < scores.loc[row["id"], "score"] < row["high"]
    assert acme.transactional_detectable["change"].item() > 0
