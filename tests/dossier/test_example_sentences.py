"""The example's report says what its documentation promises, word for word."""

from pathlib import Path

import pytest

from helpers.show.sentences import read

DOCS = Path(__file__).resolve().parents[2] / "docs" / "examples" / "voorbeeld-energie.md"


@pytest.mark.parametrize("table", ["headline", "transactional_changes", "employees", "employees_changes"])
def test_the_promised_sentence_is_said(example, table: str) -> None:
    """Each planted truth that has a sentence of its own."""
    said, _role = read(example.tables[table])
    assert f"> {said}" in DOCS.read_text(encoding="utf-8").splitlines()
