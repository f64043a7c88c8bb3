"""Bad input, case by case: each faulty file, facts table and params key with the whole message it gives.

The cases stand in ``bad_input/*.yaml``: what lies in the folder, and what ``nulmeting check`` must say. A file
fault and a params fault give exit code 2 and these messages, all at once; a row fault rejects the row.
"""

from __future__ import annotations

import copy
import datetime as dt
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
import yaml

from helpers import cli, params
from helpers.intake import responses
from helpers.params.keys import every_key
from helpers.params.model import Params

CASES = Path(__file__).parent / "bad_input"
PLAIN = {
    "organisation": {"name": "Acme"},
    "language": "en",
    "sources": {
        "survey": {
            "path": "survey.csv",
            "audience": "customer",
            "measurement": "relational",
            "measures": {"nps": {"column": "score", "scale": "0-10"}},
            "columns": {"date": "day"},
        }
    },
}
"""The params of a case before its own keys: one survey, ``survey.csv`` with ``day`` and ``score``."""
ANSWERS = "day,score\n" + "".join(f"2026-03-{day:02d},{score}\n" for day, score in enumerate([9, 3, 10, 8, 7, 9, 6], 1))
FEWEST_CASES = 60


def cases(kind: str) -> Iterator[Any]:
    """Yield the cases of one file, named by what is wrong."""
    listed = yaml.safe_load((CASES / f"{kind}.yaml").read_text(encoding="utf-8"))
    for case in listed:
        yield pytest.param(case, id=f"{kind}: {case['wrong']}")


EVERY_CASE = [case for kind in ("files", "facts", "params") for case in cases(kind)]


def merged(base: Mapping[str, Any], more: Mapping[str, Any]) -> dict[str, Any]:
    """Return params with further keys; a key that is null is taken out."""
    result = copy.deepcopy(dict(base))
    for key, value in more.items():
        if value is None:
            result.pop(key, None)
        elif isinstance(value, Mapping) and isinstance(result.get(key), Mapping):
            result[key] = merged(result[key], value)
        else:
            result[key] = value
    return result


def written(folder: Path, name: str, content: Any) -> None:
    """Write a case's file: text, text in a character set, the bytes of hexadecimal, or sheets of a workbook."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    if isinstance(content, str):
        path.write_bytes(content.encode())
    elif "hex" in content:
        path.write_bytes(bytes.fromhex(content["hex"]))
    elif "encoding" in content:
        path.write_bytes(content["text"].encode(content["encoding"]))
    else:
        workbook(path, content["sheets"])


def workbook(path: Path, sheets: Mapping[str, list[list[Any]]]) -> None:
    """Write a workbook: dates as dates, ``=...`` as a formula that nobody has computed, ``#N/A`` as an error."""
    if any(str(cell).startswith("=") for rows in sheets.values() for row in rows for cell in row):
        book = openpyxl.Workbook()
        book.remove(book.active)
        for name, rows in sheets.items():
            sheet = book.create_sheet(name)
            for row in rows:
                sheet.append(row)
        book.save(path)
        return
    with xlsxwriter.Workbook(path) as book:
        date = book.add_format({"num_format": "yyyy-mm-dd"})
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for place, row in enumerate(rows):
                for column, cell in enumerate(row):
                    if isinstance(cell, dt.date):
                        sheet.write_datetime(place, column, cell, date)
                    elif cell == "#N/A":
                        sheet.write_formula(place, column, "=NA()", None, "#N/A")
                    else:
                        sheet.write(place, column, cell)


def laid_out(case: Mapping[str, Any], folder: Path) -> Path:
    """Write the params and files of a case, and return the params folder."""
    own = folder / "params" / "acme"
    own.mkdir(parents=True)
    said = merged(merged(PLAIN, {"sources": {"survey": case.get("survey", {})}}), case.get("params", {}))
    text = case.get("params_text") or yaml.safe_dump(said, allow_unicode=True, sort_keys=False)
    (own / "params.yaml").write_text(text, encoding="utf-8")
    for name, content in {"survey.csv": ANSWERS, **case.get("files", {})}.items():
        if content is not None:
            written(own, name, content)
    return own.parent


@pytest.mark.parametrize("case", EVERY_CASE)
def test_bad_input_is_named(case: Mapping[str, Any], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Where, what was found, what is allowed and what to do; nothing is silently dropped."""
    folder = laid_out(case, tmp_path)
    if "says" in case:
        with pytest.raises(SystemExit) as stopped:
            cli.main(["check", "acme", "--params", str(folder)])
        out = capsys.readouterr()
        said = (out.out + out.err).strip().removeprefix("acme: a report cannot be made.\n")
        assert (stopped.value.code, said.splitlines()) == (2, case["says"])
    else:
        intake = responses.read(params.load("acme", params_folder=folder))
        found = intake.rejected[["row", "column", "found", "reason"]].to_numpy().tolist()
        counts = {name: int(intake.summary.loc[0, name]) for name in case["counts"]}
        assert (found, counts) == (case["rejects"], case["counts"])


def test_every_key_of_the_params_is_once_wrong() -> None:
    """A key that is added comes with a case that shows what its wrong value says."""
    shown = {key for case in cases("params") for part in ("params", "survey") for key in keys(case.values[0].get(part))}
    assert {place[-1] for place, _ in every_key(Params)} - shown - {"<name>"} == set()


def keys(said: Any) -> Iterator[str]:
    """Yield every key of nested params."""
    if isinstance(said, Mapping):
        for key, value in said.items():
            yield str(key)
            yield from keys(value)
    elif isinstance(said, list):
        for item in said:
            yield from keys(item)


def test_there_are_enough_cases() -> None:
    """Of files, facts and params together; and every case says what must come of it."""
    assert len(EVERY_CASE) >= FEWEST_CASES
    assert all(("says" in case.values[0]) != ("rejects" in case.values[0]) for case in EVERY_CASE)
