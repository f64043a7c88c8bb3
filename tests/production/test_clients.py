"""The organisations that a command names are read one after the other, and their faults are kept apart."""

from __future__ import annotations

from helpers.disclosure import ledger
from helpers.errors import ReportError
from helpers.production import clients


def test_params_are_checked_one_organisation_after_the_other(tmp_path):
    """Each name gives a client, or an error with every fault of its file; a chapter that is not there is one."""
    survey = (
        "survey: {path: a.csv, audience: customer, measurement: relational, wave: 2026, measures: {nps: {column: Q}}}"
    )
    for name, more in (("fine", ""), ("faulty", "language: xx\n"), ("odd", "report: {chapters: [sumary]}\n")):
        (tmp_path / name).mkdir()
        text = f"organisation: {{name: Acme}}\nsources:\n  {survey.replace('Q}', 'Q, scale: 0-10}')}\n{more}"
        (tmp_path / name / "params.yaml").write_text(text, encoding="utf-8")
    notebooks = tmp_path / "notebooks"
    notebooks.mkdir()
    (notebooks / "summary.ipynb").touch()
    found = clients.loaded(["faulty", "fine", "odd", "nobody"], params_folder=tmp_path, notebooks=notebooks)
    said = {name: (one.messages, one.exit_code) for name, one in found.items() if isinstance(one, ReportError)}
    where = f"{tmp_path.name}/"
    assert (list(found), found["fine"].key) == (["faulty", "fine", "odd", "nobody"], "fine")
    assert said == {
        "faulty": (
            (
                f"{where}faulty/params.yaml, sources.survey.path (line 3): the file 'a.csv' does not exist. Correct "
                "the path.",
                f"{where}faulty/params.yaml, language (line 4): 'xx' is not one of nl, en. Choose one of them.",
            ),
            2,
        ),
        "odd": (
            (
                f"{where}odd/params.yaml, report.chapters: there is no chapter 'sumary'. Did you mean 'summary'? "
                "Chapters are summary, or the path of your own notebook.",
            ),
            2,
        ),
        "nobody": (
            (
                f"{tmp_path.name}: there is no organisation 'nobody'. There are faulty, fine, odd. For a new one, copy "
                "params/_template/params.yaml.",
            ),
            2,
        ),
    }


def test_a_ledger_that_was_edited_is_found_before_anything_runs(tmp_path):
    """It is a fault like one of the params, of this organisation only."""
    survey = "s: {path: a.csv, audience: customer, measurement: relational, wave: 2026, measures: {nps: {column: Q}}}"
    for name in ("edited", "fine"):
        folder = tmp_path / name
        folder.mkdir()
        (folder / "a.csv").write_text("Q\n9\n")
        text = f"organisation: {{name: Acme}}\nsources:\n  {survey.replace('Q}', 'Q, scale: 0-10}')}\n"
        (folder / "params.yaml").write_text(text, encoding="utf-8")
        ledger.write(folder, ledger.Ledger(name, [ledger.Entry("2026", "board", "2026-12-31", hidden=["a", "b"])]))
    path = tmp_path / "edited" / "ledger.json"
    path.write_text(path.read_text(encoding="utf-8").replace('"a"', '"c"'), encoding="utf-8")
    found = clients.loaded(["edited", "fine"], params_folder=tmp_path, notebooks=tmp_path)
    fault = found["edited"]
    assert isinstance(fault, ReportError)
    assert (fault.exit_code, found["fine"].key) == (2, "fine")
    (message,) = fault.messages
    assert "edited/ledger.json: 2026 board does not fit its seal" in message
    assert "nulmeting audit edited --accept-ledger" in message
