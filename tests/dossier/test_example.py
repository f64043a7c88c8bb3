"""The example client from its files to its figures: every verdict and the headline truths of its page in docs.

The expected figures are those of ``docs/examples/voorbeeld-energie.md``, which tests/examples computes from the files
by rules of its own.
"""

from __future__ import annotations

import re

import pytest

from helpers import dossier
from helpers.show import sentences

EXPECTED = {
    "T01": "on_course", "T02": "on_course", "T03": "undecided", "T04": "probably_behind", "T05": "achieved",
    "T06": "probably_ahead", "T07": "ahead", "T08": "probably_achieved", "T09": "probably_not_achieved",
    "T10": "not_achieved", "T11": "on_course", "T12": None, "T13": "behind", "T14": "ahead",
}  # fmt: skip
HEADLINE = (
    "Relationele NPS +10 (+2 tot +17, n = 408); geen aantoonbare verandering sinds de 0-meting (−3 tot +18); "
    "4 van 14 doelen (waarschijnlijk) achter of niet gehaald: Transactionele NPS Gas · Facturatie, eNPS Service "
    "en nog 2."
)


@pytest.fixture(scope="module")
def blocks(example, printed):
    """Return everything that the report prints, in Dutch."""
    return printed(example)


@pytest.fixture(scope="module")
def cells(blocks):
    """Return the texts of a row of a table, by its first cell."""

    def row(table: str, label: str, nth: int = 0) -> list[str]:
        found = [row["cells"] for row in blocks[f"table {table}"]["rows"] if row["cells"][0]["text"] == label]
        return [cell["text"] for cell in found[nth]]

    return row


def test_the_report_is_on_the_last_quarter(example) -> None:
    """Which its answers complete."""
    assert str(example.report.period) == "2026-Q3"


def test_every_target_has_its_verdict(example) -> None:
    """All ten words occur; T12 has too few answers, so none."""
    found = dict(zip(example.targets["target_id"], example.targets["verdict"], strict=True))
    assert found == EXPECTED
    assert example.targets.set_index("target_id").loc["T12", "hidden_because"] == "too_few_answers"


def test_targets_read_as_the_page_lists_them(cells) -> None:
    """Baseline, target, actual with interval and n, probability: units by their path, weights and headcount in."""
    assert cells("targets", "Relationele NPS")[1:6] == ["+2", "+12", "+10", "+2 tot +17", "408"]
    assert cells("targets", "eNPS Service")[1:6] == ["−20", "0", "−24", "−30 tot −18", "132"]
    assert cells("targets", "eNPS Techniek")[1:6] == ["+16", "+20", "+34", "+28 tot +40", "105"]
    assert cells("targets", "Transactionele NPS Warmte · Aanmelden")[1:6] == ["−8", "+20", "+9", "−17 tot +33", "34"]
    assert cells("targets", "Transactionele NPS Stroom · Storing", 1)[-2:] == ["87%", "waarschijnlijk voor"]


def test_the_sentence_at_the_top_says_where_the_company_stands(blocks) -> None:
    """Score, change and targets off their way: every word computed, none beyond its interval."""
    assert blocks["sentence headline"]["text"] == HEADLINE


@pytest.mark.domain("S33")
def test_one_number_of_now_stands_for_the_whole_company(blocks) -> None:
    """E10, from the files to the tile: the score of this quarter, with its interval and its number of answers."""
    (tile,) = (each for each in blocks["tiles"]["tiles"] if each["label"] == "Relationele NPS")
    assert (tile["value"], tile["interval"], tile["date"]) == ("+10", "95%: +2 tot +17", "3e kwartaal 2026")
    assert tile["n"].startswith("n = 408, ")


@pytest.mark.parametrize(
    ("table", "label", "now", "zero"),
    [
        ("transactional", "Stroom · Storing", "+27 +7 tot +45 62 35%", "−31 −49 tot −9 52"),  # E01
        ("transactional", "Gas · Storing", "+22 −1 tot +43 45 34%", "−20 −42 tot +5 40"),  # E02
        ("transactional", "Gas · Facturatie", "−33 −49 tot −14 64 23%", "+8 −14 tot +29 50"),  # E03
        ("transactional", "Stroom · Facturatie", "+4 −14 tot +22 76 23%", "−2 −21 tot +18 64"),  # E05
        ("transactional", "Warmte · Aanmelden", "+9 −17 tot +33 34 30%", "geen antwoorden – 0"),  # E06
        ("transactional", "Warmte · Storing", "verborgen verborgen verborgen verborgen", "−13 −58 tot +40 8"),  # E07
        ("transactional", "Totaal", "+11 +4 tot +19 425 28%", "−2 −11 tot +7 326"),  # E09
        ("relational", "Totaal", "+10 +2 tot +17 408", "+2 −5 tot +10 400"),  # E10
        ("relational", "Warmte", "−6 −24 tot +12 64", "−14 −35 tot +9 42"),  # E12
        ("employees", "Totaal", "+4 0 tot +8 343 78%", "+1 −3 tot +5 323"),  # E13
        ("employees", "Service", "−24 −30 tot −18 132 78%", "−20 −27 tot −14 122"),  # E14
        ("employees", "Facturatie", "−52 −61 tot −40 33 77%", "−17 −29 tot −3 30"),  # E15
        ("employees", "Storingsdienst", "+10 0 tot +19 51 80%", "−22 −31 tot −11 46"),  # E16
        ("employees", "Techniek", "+34 +28 tot +40 105 78%", "+16 +9 tot +23 98"),  # E17
    ],
)
def test_a_planted_truth_stands_in_its_table(cells, table: str, label: str, now: str, zero: str) -> None:
    """The score now with interval and n, and the same at the zero measurement."""
    row = cells(table, label)
    width = 3 if table == "relational" else 4  # with the response, where it is known
    assert " ".join(row[1 : width + 1]) == now
    assert " ".join(row[width + 1 : width + 4]) == zero


def test_only_one_group_of_customers_is_indicative(blocks) -> None:
    """E08: Warmte × Facturatie, with 24 answers."""
    marked = [
        row["cells"][0]["text"]
        for row in blocks["table transactional"]["rows"]
        if any(cell["mark"] == "indicative" for cell in row["cells"])
    ]
    assert marked == ["Warmte · Facturatie"]


def test_the_page_says_what_the_weights_do(blocks) -> None:
    """E11: +8 unweighted, +10 weighted."""
    assert blocks["table relational"]["notes"] == [
        "De scores zijn gewogen; ongewogen is het totaal +8. n telt antwoorden."
    ]


def test_teams_of_one_name_stay_apart(example) -> None:
    """E18: four teams are called Noord, each under its own parent."""
    table = example.employees
    north = {
        row["scope"]["unit"]: (round(row["score"]), row["n"])
        for row in table[table["label"] == "Noord"].to_dict("records")
    }
    assert sorted(north.values()) == [(-38, 21), (10, 21), (35, 17), (38, 13)]
    labels = table["label"].tolist()
    for path in north:
        before = labels[: table["scope"].tolist().index({"unit": path})]
        assert path.split(" › ")[-2] in before


def test_small_teams_are_hidden(example) -> None:
    """E19: four teams in November 2025, and ICT › Beheer, which has no other team."""
    now = example.scores[(example.scores["metric"] == "enps") & example.scores["current"]]
    assert sorted(now.loc[now["hidden_because"].isin(["too_few_answers", "too_small_unit"]), "label"]) == [
        "Avond en weekend", "Beheer", "Grootverbruik", "HR en communicatie", "Werkplek",
    ]  # fmt: skip


def test_whatever_would_give_them_away_is_hidden_too(example) -> None:
    """No small team is the only one that its parent hides, and the whole and half of the teams are still shown."""
    now = example.scores[(example.scores["metric"] == "enps") & example.scores["current"]]
    paths = now["scope"].map(lambda scope: scope.get("unit", ""))
    hidden = now["hidden_because"].ne("")
    for path in paths[now["hidden_because"].eq("too_few_answers")]:
        parent = path.rpartition(" › ")[0]
        siblings = paths.map(lambda unit, parent=parent: unit.rpartition(" › ")[0] == parent and unit != "")
        assert (hidden & siblings).sum() > 1 or hidden[paths == parent].all()
    assert not hidden[paths == ""].any()
    assert hidden.mean() < 0.5


def test_other_measures_stand_beside_the_nps(cells) -> None:
    """E21 and E22: means of 1–10, 1–5 and 0–10 with one decimal."""
    assert cells("headline_splits", "Totaal")[1:4] == ["7,3", "7,1 tot 7,5", "430"]
    assert cells("other_measures", "Klantmoeite (CES), na een contact")[3::3] == ["2,4", "2,6"]
    assert cells("other_measures", "Klantmoeite (CES), na een contact")[1] == "schaal 1 tot 5, laag is goed"
    assert cells("other_measures", "Werkgeluk")[5:7] == ["349", "7,0"]


def test_every_row_of_the_files_is_accounted_for(cells) -> None:
    """E23: per source, what was read and what became of it."""
    assert cells("intake", "Klantcontact")[2:] == ["16.742", "3.014", "24", "8", "86", "13.546", "64"]
    assert cells("intake", "Relatieonderzoek")[2:] == ["2.041", "2.018", "20", "3", "0", "0", "0"]
    assert cells("intake", "Medewerkersonderzoek")[2:] == ["679", "678", "0", "1", "0", "0", "0"]


def test_the_roadmap_has_every_kind_of_status(example) -> None:
    """As the page lists them: done, under way, overdue, deliberately not, not planned, and one contradiction."""
    steps, summary = example.tables["roadmap"].set_index("number"), example.tables["roadmap_summary"].iloc[0]
    by_status = {status: list(rows) for status, rows in steps.groupby("status").groups.items()}
    assert by_status == {
        "done": ["R01", "R02", "R03", "R04", "R05", "R06", "R09", "R11", "R13"],
        "under_way": ["R07", "R08", "R10"],
        "deliberately_not": ["R12"],
        "not_planned": ["R14"],
    }
    assert dict(steps.loc[steps["overdue"], "overdue_days"]) == {"R07": 183}
    assert {step: codes for step, codes in steps["contradictions"].items() if codes} == {
        "R11": ("done_without_end", "done_without_evidence")
    }
    assert list(steps.index[steps["late"]]) == ["R01", "R03", "R04"]
    assert [summary[name] for name in ("done", "unproven", "steps", "gates_passed", "gates")] == [9, 1, 13, 5, 5]


def test_the_glide_path_of_gas_billing_shows_a_break(example) -> None:
    """E04: quarter by quarter +8 +10 +6 +8 +10 −17 −29 −33."""
    path = example.glide_paths[example.glide_paths["target_id"] == "T10"].sort_values("date")
    assert [round(score) for score in path["score"]] == [8, 10, 6, 8, 10, -17, -29, -33]


def test_what_is_not_known_is_said(blocks) -> None:
    """The employee wave is ten months old and some figures are hidden; what targets lack stands beside the targets."""
    hidden = re.escape(str(sum(int(row["cells"][2]["value"]) for row in blocks["table hidden"]["rows"])))
    items = blocks["list not_known"]["items"]
    assert items[0] == "eNPS is voor het laatst gemeten in 4e kwartaal 2025: over de tijd daarna zegt dit niets."
    assert re.fullmatch(rf"{hidden} cijfers zijn verborgen om de mensen erachter te beschermen\.", items[1])
    assert len(items) == 2


class TestEarlierReport:
    """The report that was made half a year into the programme, from the same files."""

    @pytest.fixture(scope="class")
    @classmethod
    def earlier(cls, example_folder):
        """The example on 2025-Q2, in English."""
        return dossier.open("voorbeeld-energie", period="2025-Q2", language="en", params=str(example_folder))

    def test_later_answers_are_counted_as_too_late(self, earlier) -> None:
        """They are no part of what was used, and the account still adds up."""
        contacts = earlier.intake.set_index("source").loc["klantcontact"]
        assert contacts["after_as_of"] > 0
        assert contacts["used"] + contacts["skipped"] + contacts["after_as_of"] == 3014 + 24
        assert earlier.intake["used"].sum() == earlier.cover["answers"].item()

    def test_the_employee_wave_is_its_own_zero_measurement(self, earlier) -> None:
        """There was no second wave yet."""
        assert sentences.read(earlier.employees) == (
            "eNPS: +1 (−3 to +5, n = 323); this is the zero measurement.",
            "answer",
        )

    def test_nothing_is_off_track_yet(self, earlier) -> None:
        """Nobody had promised anything by then."""
        assert not earlier.targets["due_passed"].any()
        judged = earlier.targets[earlier.targets["caution"] == ""]
        assert set(judged["verdict"]) <= {"on_course", "probably_ahead", "ahead"}

    def test_employees_have_made_no_progress_to_judge(self, earlier) -> None:
        """Their scores of now are the start of their paths."""
        employees = earlier.targets[earlier.targets["metric"] == "enps"]
        assert set(employees["caution"]) == {"first_measurement"}
        assert set(employees["verdict"]) == {""}
