"""Whether quotation marks are beyond doubt."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.intake.reading import quotes
from helpers.intake.reading.quotes import quotes_are_regular


@pytest.mark.parametrize(
    ("text", "regular"),
    [
        ('a,b\n1,"x, ""y""\nz"\n', True),
        ('"a","b"\n"",""""\n', True),
        ('a,b\n1,"x\n2,y\n', False),  # never closed
        ('a,b\n1,"x\n2,y\n3,"z\n', False),  # "closed" by the opening mark of another row
        ('a,b\n1,5" pipe\n2,6" pipe\n', False),  # inside cells without marks
        ('a,b\n1,"x"y\n', False),
        ("a,b\n1,2\n", True),
    ],
)
def test_a_mark_opens_closes_or_stands_double(text: str, regular: bool) -> None:
    """An unclosed cell swallows rows without a sign, so any doubt counts."""
    assert quotes_are_regular(io.BytesIO(text.encode()), separator=",") is regular


@given(rows=st.lists(st.tuples(st.text('a",\n', max_size=6), st.text('b"\r\n;', max_size=6)), max_size=6))
def test_what_a_csv_writer_writes_is_regular(
    rows: list[tuple[str, str]],
) -> None:
    """Cells written by the rules are never in doubt, wherever a reading buffer ends."""
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(quotes, "_CHUNK", 3)
        assert quotes_are_regular(io.BytesIO(text.getvalue().encode()), separator=",")
