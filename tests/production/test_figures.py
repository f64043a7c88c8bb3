"""figures.json: sorted, unique, full precision within 12 digits, and no number of a hidden group."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest

from helpers.production import figures

SHOWN = {
    "id": "nps.customer.relational@2026-Q3",
    "metric": "nps",
    "audience": "customer",
    "measurement": "relational",
    "period": "2026-Q3",
    "scope": {},
    "value": 12.315270935960591,
    "low": 6.95072971164,
    "high": 17.5891475890,
    "confidence": 0.95,
    "unit": "points",
    "n": 812,
    "promoters": 300,
    "printed": "+12",
    "shown": True,
    "hidden_because": None,
}
HIDDEN = {
    "id": "enps[unit=Klant › Noord]@2026-Q3",
    "metric": "enps",
    "period": "2026-Q3",
    "scope": {"unit": "Klant › Noord"},
    "value": None,
    "n": None,
    "shown": False,
    "hidden_because": "minimum",
}


PRIVACY = {"employee": {"minimum_respondents": 10, "minimum_headcount": 10, "complementary": True, "waves": True}}


def written(tmp_path, rows, name="figures.json"):
    """Write rows and return the file's text."""
    path = tmp_path / name
    about = {"organisation": "acme", "period": "2026-Q3", "edition": "board", "language": "nl", "privacy": PRIVACY}
    figures.write(path, **about, figures=rows)
    return path.read_bytes().decode()


def test_the_file_says_whose_figures_it_holds(tmp_path):
    """The head names organisation, period, edition, language and who was protected how; rows are sorted by id."""
    content = json.loads(written(tmp_path, [SHOWN, HIDDEN]))
    head = {key: value for key, value in content.items() if key != "figures"}
    assert head == {
        "schema": 1,
        "organisation": "acme",
        "period": "2026-Q3",
        "edition": "board",
        "language": "nl",
        "privacy": PRIVACY,
    }
    assert [row["id"] for row in content["figures"]] == [HIDDEN["id"], SHOWN["id"]]


def test_numbers_keep_twelve_digits(tmp_path):
    """The last digits, which differ between processors, are not written; counts stay whole."""
    row = json.loads(written(tmp_path, [SHOWN]))["figures"][0]
    assert (row["value"], row["low"], row["n"]) == (12.315270936, 6.95072971164, 812)
    assert list(row) == list(SHOWN)


def test_the_text_is_readable_and_ends_in_a_newline(tmp_path):
    """Letters and signs are written as they are."""
    text = written(tmp_path, [HIDDEN])
    assert "Klant › Noord" in text
    assert text.endswith("}\n")
    assert "\r" not in text


def test_the_same_figures_give_the_same_bytes(tmp_path):
    """The order of rows, of keys and the kind of number make no difference."""
    other = {key: SHOWN[key] for key in reversed(SHOWN)} | {
        "n": np.int64(812),
        "value": np.float64(SHOWN["value"]),
    }
    assert written(tmp_path, [SHOWN, HIDDEN]) == written(tmp_path, [HIDDEN, other], name="again.json")


def test_what_is_no_number_becomes_null(tmp_path):
    """NaN, infinity and missing values have no place in JSON."""
    odd = SHOWN | {
        "value": float("nan"),
        "low": pd.NA,
        "high": float("inf"),
        "extra": [np.float64(0.1), None],
    }
    row = json.loads(written(tmp_path, [odd]))["figures"][0]
    assert (row["value"], row["low"], row["high"], row["extra"]) == (None, None, None, [0.1, None])


def test_two_figures_with_one_id_are_refused(tmp_path):
    """An id points at exactly one figure."""
    with pytest.raises(ValueError, match=r"^figures with the same id: nps\.customer\.relational@2026-Q3$"):
        written(tmp_path, [SHOWN, SHOWN])


@pytest.mark.parametrize(
    ("more", "where"),
    [
        ({"n": 4}, "n"),
        ({"value": 25.0}, "value"),
        ({"promoters": np.int64(3)}, "promoters"),
        ({"confidence": 0.95}, "confidence"),
        ({"printed": "+25"}, "printed"),
        ({"parts": [{"n": 2}]}, "parts"),
    ],
)
def test_a_hidden_figure_with_a_number_is_refused(tmp_path, more, where):
    """No number of a hidden group leaves, under any key, and no file is left."""
    with pytest.raises(ValueError, match=f"^hidden figure .* carries a number in: {where}$"):
        written(tmp_path, [HIDDEN | more])
    assert list(tmp_path.iterdir()) == []


def test_figures_are_not_changed(tmp_path):
    """Writing leaves the caller's rows as they were."""
    row = dict(SHOWN)
    written(tmp_path, [row])
    assert row == SHOWN
