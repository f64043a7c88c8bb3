"""A folder with survey files, and what intake makes of it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from helpers.errors import DataError
from helpers.intake.responses import Intake, read
from helpers.params import Client, Params

FILE = "survey.csv"
SURVEY = {
    "path": FILE,
    "audience": "customer",
    "measurement": "relational",
    "measures": {"nps": {"column": "score", "scale": "0-10"}},
    "wave": "2026-Q1",
}


class Desk:
    """A params folder with what lies beside its params file.

    Parameters
    ----------
    folder
        The folder.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def client(self, *, params: dict[str, Any] | None = None, **survey: Any) -> Client:
        """Return an organisation with one source, some of its keys replaced or added; None takes a key out."""
        source = {key: value for key, value in (SURVEY | survey).items() if value is not None}
        data = {"organisation": {"name": "Acme"}, "sources": {"survey": source}} | (params or {})
        return Client(key="acme", folder=self.folder, params=Params.model_validate(data))

    def write(self, text: str | bytes, *, name: str = FILE) -> Path:
        """Write a file; text as UTF-8, its line ends as they are."""
        path = self.folder / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    def workbook(self, rows: Sequence[Sequence[object]], *, name: str = "survey.xlsx", sheet: str = "Data") -> Path:
        """Write a workbook of one sheet; None leaves a cell blank, an error such as #N/A becomes an error cell."""
        path = self.folder / name
        with xlsxwriter.Workbook(path, {"default_date_format": "dd-mm-yyyy"}) as book:
            page = book.add_worksheet(sheet)
            for row, cells in enumerate(rows):
                for column, cell in enumerate(cells):
                    if isinstance(cell, str) and cell.startswith("#"):
                        page.write_formula(row, column, "=1/0", None, cell)
                    elif cell is not None:
                        page.write(row, column, cell)
        return path

    def read(self, text: str | bytes, **survey: Any) -> Intake:
        """Return the intake of a survey file with this text."""
        self.write(text)
        return read(self.client(**survey))

    def counts(self, text: str | bytes, **survey: Any) -> dict[str, int]:
        """Return what became of the rows of a survey file with this text, the classes that are not empty."""
        row = self.read(text, **survey).summary.iloc[0].drop(["source", "label", "file", "sha256", "files"])
        return {str(name): int(count) for name, count in row.items() if count}

    def faults(self, text: str | bytes | None = None, **survey: Any) -> list[str]:
        """Return the messages with which a survey file is refused."""
        if text is not None:
            self.write(text)
        client = self.client(**survey)
        with pytest.raises(DataError) as caught:
            read(client)
        assert caught.value.exit_code == 2
        assert not any(str(self.folder) in message for message in caught.value.messages)
        return list(caught.value.messages)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Return an empty folder to put files in."""
    return Desk(tmp_path)
