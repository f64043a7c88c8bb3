"""What is awkward about the files of the contact centre, and that its params fit them."""

from __future__ import annotations

import io
from itertools import pairwise
from pathlib import Path

import pandas as pd
import yaml

PARAMS = Path(__file__).resolve().parents[3] / "params" / "voorbeeld-klantcontact" / "params.yaml"
NOW = "2026-Q3"
SUBJECTS = {"V": "Vraag", "W": "Wijziging", "K": "Klacht"}


def test_only_one_team_is_too_small(staff: pd.DataFrame) -> None:
    """Roer has fewer than 10 answers in September 2026; every other team has more in both waves."""
    answers = staff[staff["score"].notna()].groupby(["quarter", "team"]).size()

    assert dict(answers[answers < 10]) == {(NOW, "Roer"): 8}


def test_the_exports_are_of_an_older_windows_program(files: dict[str, bytes]) -> None:
    """Semicolons, Windows-1252 that is no UTF-8, names of columns that stand there twice."""
    written = files["gesprekken-2026.csv"]
    header = written.split(b"\r\n", maxsplit=1)[0].decode("cp1252").split(";")

    assert b"\x80" in written
    assert [header[place - 1] for place in (13, 14, 15)] == ["Score"] * 3
    assert header.count("Omschrijving") == 2


def test_the_day_counts_as_it_is_written(calls: pd.DataFrame) -> None:
    """On the first of a quarter calls come after midnight, which in Greenwich is the quarter before."""
    night = calls[calls["date"].str[5:13].isin(["07-01T00", "10-01T00", "01-01T00", "04-01T00"])]
    in_greenwich = pd.to_datetime(night["date"], utc=True)

    assert len(night) > 10
    assert (in_greenwich.dt.quarter.astype(str) != night["quarter"].str[-1]).all()


def test_every_offset_is_that_of_the_netherlands(export: pd.DataFrame) -> None:
    """Summer time from the last Sunday of March to the last Sunday of October."""
    moments = export["date"][export["date"].str[:10] != "2026-09-31"]
    local = pd.to_datetime(moments, utc=True).dt.tz_convert("Europe/Amsterdam")

    assert list(local.map(lambda moment: moment.isoformat())) == list(moments)


def test_another_centre_has_a_team_of_the_same_name(export: pd.DataFrame) -> None:
    """Rows that are not this centre's would change the score of Maas."""
    others = export[export["centre"] != "Voorbeeld Klantcontact"]

    assert "Maas" in set(others["team"])
    assert len(others) == 225


def test_an_agent_sits_in_one_team_at_a_time(calls: pd.DataFrame) -> None:
    """Who changes team does so between quarters, so the team at the date of the call is one."""
    known = calls[calls["agent"] != ""]

    assert known.groupby(["agent", "quarter"])["team"].nunique().max() == 1


def test_every_named_column_and_code_is_in_its_file(files: dict[str, bytes]) -> None:
    """The params fit the files: names of columns, codes of the subjects, measures of the indicators."""
    params = yaml.safe_load(PARAMS.read_text(encoding="utf-8"))
    header = files["gesprekken-2025.csv"].split(b"\r\n", maxsplit=1)[0].decode("cp1252").split(";")
    source = params["sources"]["gesprekken"]
    units = [*source["columns"]["unit"], *source["trees"]["client"]]
    named = [name for key, name in source["columns"].items() if key != "unit"] + units + [*source["keep_where"]]
    indicators = pd.read_csv(io.BytesIO(files["indicators.csv"]))

    assert [name for name in named if header.count(name) != 1] == []
    assert source["labels"]["subject"] == SUBJECTS
    assert set(params["indicators"]) == set(indicators["measure"])


def test_turnover_adds_up(files: dict[str, bytes]) -> None:
    """No more people leave than a team has, no more name a reason than leave, and training only grows."""
    rows = pd.read_csv(io.BytesIO(files["indicators.csv"]))

    assert (rows["numerator"] <= rows["denominator"]).all()
    assert not rows.duplicated(["unit", "period", "measure"]).any()
    for _, team in rows[rows["measure"] == "training"].groupby("unit"):
        shares = list(team["numerator"] / team["denominator"])
        assert all(after >= before for before, after in pairwise(shares))
