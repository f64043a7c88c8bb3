"""A hidden group does not follow from what is shown: not by subtracting, not from an earlier report or edition.

The client of conftest, with other employees where it says so: North, South and West are teams of Service, Yard is all
of Works.
"""

from __future__ import annotations

import pandas as pd
import pytest

from helpers import dossier
from helpers.disclosure import ledger

LINES = {"P": "Hot", "G": "Hot", "H": "Cold", "W": "Cold"}
COMPLEMENTARY = "privacy: {customer: {complementary: true}}\n"
# 4 answers in North are too few; Service (30) less South and West would be North
FEW = {
    "Service,North": (9, 9, 8, 3),
    "Service,South": (0, 1, 2, 6, 6, 8, 9, 9, 7, 7, 10, 10),
    "Service,West": (9, 10, 7, 7, 8, 6, 5, 9, 9, 2, 1, 10, 8, 8),
    "Works,Yard": (9, 3, 7, 8, 8, 8, 10, 6, 5, 4, 9),
}
# North and South exchange a 9 and a 0
FEW_TRADED = FEW | {"Service,North": (9, 0, 8, 3), "Service,South": (9, 1, 2, 6, 6, 8, 9, 9, 7, 7, 10, 10)}
# West are all critics, Yard are all promoters
ALIKE = {
    "Service,North": (9, 9, 9, 10, 10, 7, 8, 8, 3, 2, 6, 8),
    "Service,South": (0, 1, 2, 6, 6, 8, 9, 9, 7, 10, 10, 8),
    "Service,West": (1, 2, 3, 4, 5, 6, 6, 5, 4, 3, 2),
    "Works,Yard": (9, 10, 9, 10, 9, 10, 9, 10, 9, 10, 9),
}
ALIKE_TRADED = ALIKE | {"Service,West": ALIKE["Works,Yard"], "Works,Yard": ALIKE["Service,West"]}


@pytest.fixture(scope="module")
def staffed(client):
    """Return what opens the client with these employees."""
    return lambda staff, more="", **options: dossier.open("acme", params=str(client(staff=staff, more=more)), **options)


def now(opened) -> dict[str, str]:
    """Return why each unit of now is hidden; empty where it is shown."""
    own = opened.scores[opened.scores["current"] & opened.scores["metric"].eq("enps")]
    return {row["label"]: row["hidden_because"] for row in own.to_dict("records")}


class TestSubtracting:
    """A sum and its other parts give a hidden part away."""

    def test_the_smallest_other_team_is_hidden_too(self, staffed) -> None:
        """North has too few answers; South (12) is hidden for it, West (14) and Service are not."""
        assert now(staffed(FEW)) == {
            "": "", "Service": "", "North": "too_few_answers", "South": "protects_others", "West": "", "Works": "",
            "Yard": "",
        }  # fmt: skip

    def test_nothing_that_is_printed_depends_on_the_two(self, staffed, printed) -> None:
        """The two trade an answer, and every table, chart, sentence, tile and figure stays."""
        one, other = staffed(FEW), staffed(FEW_TRADED)
        assert printed(one) == printed(other)
        assert dossier.figures(one) == dossier.figures(other)
        for name, table in one.tables.items():
            if name not in ("intake", "files"):  # they hold the hash of the file
                pd.testing.assert_frame_equal(other.tables[name], table, obj=name)

    def test_a_team_that_is_shown_does_change_what_is_printed(self, staffed, printed) -> None:
        """The comparison would see a difference."""
        changed = FEW | {"Service,West": (0, *FEW["Service,West"][1:])}
        assert printed(staffed(FEW)) != printed(staffed(changed))

    def test_customers_are_protected_so_only_where_it_is_asked(self, client) -> None:
        """Now 3 answers of Gas and 3 of Heat are 6; at a minimum of 8 Wood or Power must go as well."""
        more = "privacy: {customer: {minimum_respondents: 8, complementary: %s}}\n"
        hidden = {
            asked: dossier.open("acme", params=str(client(more=more % asked))).scores["hidden_because"].value_counts()
            for asked in ("true", "false")
        }
        assert "protects_others" not in hidden["false"]
        assert hidden["true"]["protects_others"] > 0


class TestOfOneMind:
    """Where all gave an answer of one band, the score is what each of them said."""

    def test_a_unanimous_team_is_hidden_and_the_reason_does_not_tell(self, staffed) -> None:
        """Yard is all of Works, and the whole less Service: so Service is hidden as well."""
        assert now(staffed(ALIKE)) == {
            "": "", "North": "", "South": "",
            **dict.fromkeys(("Service", "West", "Works", "Yard"), "protects_others"),
        }  # fmt: skip

    def test_nobody_can_see_who_is_of_which_mind(self, staffed, printed) -> None:
        """Critics and promoters change places, and nothing that is printed does."""
        one, other = staffed(ALIKE), staffed(ALIKE_TRADED)
        assert printed(one) == printed(other)
        assert dossier.figures(one) == dossier.figures(other)


class TestFewerThanThirty:
    """Of a group of employees that is shown and small, the score is printed and nothing finer."""

    WEST = "enps[unit=Service › West]@2026-Q3"

    def test_it_has_no_counts_and_no_shares(self, acme) -> None:
        """West: 5 promoters and 4 critics of 12 are +8; the 40 of all have their shares."""
        row = acme.scores.set_index("id").loc[self.WEST]
        counts = ["promoters", "passives", "detractors", "promoter_share", "passive_share", "detractor_share"]
        assert row[counts].tolist() == [None] * 6
        assert (row["n"], row["score"], row["unweighted"]) == (12, 8, 8)
        assert row[["score_low", "score_high"]].map(float.is_integer).all()
        assert row[["centre", "se", "sample_centre", "sample_se"]].tolist() == [None] * 4
        whole = acme.scores.set_index("id").loc["enps@2026-Q3"]
        assert whole[counts].notna().all()
        assert round(whole["score"], 6) == 10.0 or not float(whole["score"]).is_integer()

    def test_so_it_has_none_beside_its_zero_measurement(self, acme) -> None:
        """The table that lays both waves beside each other is made of the same rows."""
        row = acme.employees.set_index("label").loc["West"]
        shares = [f"{half}{band}_share" for half in ("", "zero_") for band in ("promoter", "passive", "detractor")]
        assert row[shares].tolist() == [None] * 6
        assert (row["score"], row["zero_score"]) == (8, 8)

    def test_its_figure_says_with_how_many_digits(self, acme) -> None:
        """Customers are shown in full, whatever their number."""
        figures = {figure["id"]: figure for figure in dossier.figures(acme)}
        west, power = figures[self.WEST], figures["nps.customer.transactional[product=Power]@2026-Q3"]
        assert (west["value"], west["n"], west["promoters"], west["digits"]) == (8.0, 12, None, 0)
        assert (power["n"], power["promoters"]) == (9, 4)
        assert "digits" not in power

    def test_a_change_is_no_finer_than_its_scores(self, staffed) -> None:
        """What is tested is tested in full precision, and printed in whole points."""
        table = staffed(ALIKE).employees_changes
        assert set(table["label"]) == {"North", "South"}
        assert table[["change", "low", "high"]].map(float.is_integer).all(axis=None)

    def test_the_distribution_of_a_small_survey_is_not_shown(self, staffed) -> None:
        """Thirteen and fourteen answers are enough for a score, and not for eleven counts."""
        small = {"Service,West": (9, 10, 7, 7, 8, 6, 5, 9, 9, 2, 1, 10, 4), "Works,Yard": FEW["Service,West"]}
        opened = staffed(small)
        own = opened.distribution[opened.distribution["metric"] == "enps"]
        assert own[["count", "share"]].isna().all(axis=None)
        assert own["shown"].all()
        bands = opened.bands[opened.bands["metric"] == "enps"]
        assert bands[["share", "low", "high"]].isna().all(axis=None)
        assert bands["n"].tolist() == [27] * 3


@pytest.fixture(scope="module")
def public(client):
    """Return the public edition of the client."""
    return dossier.open("acme", params=str(client()), edition="public")


class TestPublicEdition:
    """What everybody may read: large groups only, and nothing that the board does not see."""

    def test_it_shows_less_than_the_board_sees(self, public, acme) -> None:
        """Every figure of it is one of the board's, of 30 answers at least."""
        shown = {name: opened.scores[opened.scores["shown"]] for name, opened in (("public", public), ("board", acme))}
        assert set(shown["public"]["id"]) < set(shown["board"]["id"])
        assert shown["public"]["n"].ge(30).all()
        assert shown["public"]["id"].tolist() == ["enps@2026-Q1", "enps@2026-Q3"]

    def test_its_own_minimum_is_what_a_reader_is_told(self, public, acme) -> None:
        """Every table says of which edition it is, and what holds there."""
        attrs = public.scores.attrs
        assert attrs["report"]["edition"] == "public"
        assert [attrs["privacy"][name]["minimum_respondents"] for name in ("employee", "customer")] == [30, 30]
        assert not attrs["privacy"]["employee"]["quotes"]
        assert [acme.scores.attrs["privacy"][name]["minimum_respondents"] for name in ("employee", "customer")] == [
            10,
            5,
        ]

    def test_groups_that_the_board_sees_leave_no_trace_in_it(self, traded, public, printed) -> None:
        """Power and Wood, shown to the board, trade their answers."""
        other = traded(("now", "P", "W"), edition="public")
        assert printed(other) == printed(public)
        assert dossier.figures(other) == dossier.figures(public)

    def test_what_must_be_hidden_besides_is_hidden_in_both(self, client) -> None:
        """An id that an attack asks to hide is hidden to the board and to everybody."""
        folder = str(client())
        for edition in ("board", "public"):
            opened = dossier.open("acme", params=folder, edition=edition, also_hidden=["enps@2026-Q1"])
            assert opened.plan.hidden_because("enps@2026-Q1") == "protects_others"


class TestEarlierReports:
    """What was printed before is known for ever."""

    @pytest.fixture
    def lines(self, client, written_params):
        """Return the client that splits by line of products, and in its first report split by product."""
        before = written_params.partition("targets:")[0].replace("{by: [product, region]}", "{by: [product]}")
        after = before.replace("region: region}", "line: line}").replace("{by: [product]}", "{by: [line]}")
        first = dossier.open("acme", params=str(client(params=before, more=COMPLEMENTARY)), period="2026-Q1")
        about = {"period": "2026-Q1", "edition": "board", "as_of": first.report.as_of}
        folder = client(params=after, more=COMPLEMENTARY)
        contacts = folder / "acme" / "contacts.csv"
        _head, *rows = contacts.read_text(encoding="utf-8").splitlines()
        lined = [f"{row},{LINES[row.split(',')[1]]}" for row in rows]
        contacts.write_text("\n".join(["day,product,region,score,line", *lined]) + "\n", encoding="utf-8")
        return folder, ledger.entry_of(first.scores, **about, plan=first.plan)

    def test_a_new_breakdown_does_not_undo_an_earlier_hiding(self, lines) -> None:
        """Hot (12) less Power (8), which the first report printed, would be Gas (4), which it hid."""
        folder, entry = lines
        hot = "nps.customer.transactional[line=Hot]@2026-Q1"
        without = dossier.open("acme", params=str(folder))
        assert without.plan.hidden_because(hot) == ""
        ledger.write(folder / "acme", ledger.Ledger("acme", [entry]))
        beside = dossier.open("acme", params=str(folder))
        assert beside.plan.hidden_because(hot) == "protects_others"
        assert beside.scores.set_index("id").loc[hot, "n"] is None
        assert beside.plan.hidden_because(hot.replace("Q1", "Q3")) == ""

    def test_cells_of_an_earlier_report_alone_are_in_no_table(self, lines) -> None:
        """They are declared to the plan, and printed nowhere."""
        folder, entry = lines
        ledger.write(folder / "acme", ledger.Ledger("acme", [entry]))
        opened = dossier.open("acme", params=str(folder))
        assert not opened.scores["id"].str.contains("product=").any()
        assert not any("product=" in figure["id"] for figure in dossier.figures(opened))

    def test_a_report_does_not_stand_in_its_own_way(self, lines) -> None:
        """The entry of its own period is replaced, so it is not known yet; nor is that of another edition of it."""
        folder, entry = lines
        own = [ledger.Entry("2026-Q3", edition, "", entry.shown) for edition in ("board", "public")]
        ledger.write(folder / "acme", ledger.Ledger("acme", own))
        text = (folder / "acme" / "params.yaml").read_text(encoding="utf-8")
        (folder / "acme" / "params.yaml").write_text(text + "report: {editions: [board, public]}\n", encoding="utf-8")
        opened = dossier.open("acme", params=str(folder))
        assert "protects_others" not in set(opened.scores["hidden_because"])

    def test_what_an_earlier_report_gives_away_is_told_to_the_consultant(self, client) -> None:
        """Gas (3 answers) was once printed at a minimum of 3: nothing can protect its two regions any more."""
        gas = {"id": "nps.customer.transactional[product=Gas]@2026-Q3", "audience": "customer", "n": 3}
        published = ledger.known(ledger.Ledger("acme", [ledger.Entry("2026-Q2", "board", "", [gas])]))
        opened = dossier.open("acme", params=str(client(more=COMPLEMENTARY)), published=published)
        regions = [f"nps.customer.transactional[product=Gas,region={name}]@2026-Q3" for name in "ab"]
        assert list(opened.plan.given_away) == regions


class TestSizes:
    """The size of a hidden wave is not the size of the survey less that of the others."""

    def test_a_survey_with_a_hidden_wave_does_not_tell_its_size(self, client) -> None:
        """Seven employees answered at the zero measurement: neither the account nor the cover counts the answers."""
        folder = client()
        staff = folder / "acme" / "staff.csv"
        head, *rows = staff.read_text(encoding="utf-8").splitlines()
        zero = [row for row in rows if row.startswith("2026-03-30")][:7]
        later = [row for row in rows if not row.startswith("2026-03-30")]
        staff.write_text("\n".join([head, *zero, *later]) + "\n", encoding="utf-8")
        opened = dossier.open("acme", params=str(folder))
        assert opened.plan.hidden_because("enps@2026-Q1") == "too_few_answers"
        assert opened.plan.hidden_because("answers.staff") == ""
        account = opened.intake.set_index("source")
        assert account.loc["staff", ["read", "used", "skipped"]].tolist() == [None] * 3
        assert account.loc["contacts", "used"] == 44
        assert opened.cover["answers"].tolist() == [None]
        assert opened.files.set_index("source").loc["staff", "read"] is None
        stated = opened.statement[opened.statement["source"] == "staff"]
        assert stated["used"].isna().all()
        assert "whole_id" not in opened.intake.columns


class TestTogether:
    """Teams that are too small are shown together, where the params ask for it."""

    ROLL_UP = "privacy: {employee: {roll_up: true}}\n"

    def test_two_hidden_teams_have_one_row(self, acme, client, printed) -> None:
        """North (9) and South (8) of Service: 17 answers, 7 promoters and 6 critics."""
        opened = dossier.open("acme", params=str(client(more=self.ROLL_UP)))
        row = opened.employees[opened.employees["together"].notna()].iloc[0]
        assert (row["label"], row["together"], row["n"], row["score"]) == ("Service", 2, 17, 6)
        assert (row["zero_n"], row["zero_score"]) == (17, 6)
        labels = opened.employees["label"].tolist()
        assert labels == ["", "Service", "North", "South", "West", "Service", "Works", "Yard"]
        assert printed(opened)["table employees"]["rows"][5]["cells"][3]["text"] == "17"
        assert "together" not in acme.employees.columns

    def test_no_change_is_tested_on_it_and_its_figure_is_there(self, client) -> None:
        """Two waves may put other teams together."""
        opened = dossier.open("acme", params=str(client(more=self.ROLL_UP)))
        assert set(opened.employees_changes["label"]) == {"Service", "West", "Works", "Yard"}
        figure = next(each for each in dossier.figures(opened) if each["id"] == "enps[unit=Service › *]@2026-Q3")
        assert (figure["n"], figure["value"], figure["population"], figure["shown"]) == (17, 6.0, 30, True)

    def test_the_public_edition_has_none(self, client) -> None:
        """It hides other teams than the board's edition, and would put others together."""
        opened = dossier.open("acme", params=str(client(more=self.ROLL_UP)), edition="public")
        assert not opened.scores["id"].str.contains("*", regex=False).any()
