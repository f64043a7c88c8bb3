"""Lists of what a report does not know, in plain words."""

from __future__ import annotations

import pandas as pd
import pytest

from helpers.show.lists import listing


@pytest.mark.parametrize(
    ("row", "dutch", "english"),
    [
        (
            ("old_wave", "enps@2025-Q4", 1),
            "eNPS is voor het laatst gemeten in 4e kwartaal 2025: over de tijd daarna zegt dit niets.",
            "eNPS was last measured in Q4 2025: it says nothing about the time since.",
        ),
        (
            ("hidden", "", 1234),
            "1.234 cijfers zijn verborgen om de mensen erachter te beschermen.",
            "1,234 figures are hidden to protect the people behind them.",
        ),
        (
            ("hidden", "", 1),
            "1 cijfer is verborgen om de mensen erachter te beschermen.",
            "1 figure is hidden to protect the people behind it.",
        ),
        (
            ("absent", "targets", 1),
            "Geen doelen: voortgang is niet te beoordelen. Spreek een score, een datum en een eigenaar af.",
            "No targets: progress cannot be judged. Agree on a score, a date and an owner.",
        ),
    ],
)
def test_each_gap_is_a_sentence(framed, row, dutch: str, english: str) -> None:
    """In both languages, with its number."""
    rows = [dict(zip(("kind", "detail", "n"), row, strict=True))]
    found = [listing(framed("not_known", rows, language=code))["items"] for code in ("nl", "en")]
    assert found == [[dutch], [english]]


def test_the_list_is_a_block_of_its_report(framed) -> None:
    """In the order of the table."""
    rows = [{"kind": kind, "detail": "", "n": n} for n, kind in enumerate(("hidden", "hidden"), start=2)]
    block = listing(framed("not_known", rows))
    assert (block["kind"], block["id"], block["title"], len(block["items"])) == ("list", "not_known", "", 2)
    assert block["report"]["organisation"] == "acme"
    assert block["items"][1] == "3 figures are hidden to protect the people behind them."


def test_the_table_does_not_change(framed) -> None:
    """Frame in, block out."""
    frame = framed("absent", [{"kind": "absent", "detail": "causes", "n": 1}])
    before = frame.copy(deep=True)
    listing(frame)
    pd.testing.assert_frame_equal(before, frame)
