"""The command line: bad input gives one clear message and exit code 2, and no earlier report is touched."""

import json
import re
import shutil
import time
from pathlib import Path

import nbformat
import pytest

from helpers import cli
from helpers.disclosure import ledger
from helpers.production import batch, clients

REPOSITORY = Path(__file__).resolve().parents[1]
PARAMS = """\
organisation: {name: Acme}
sources:
  survey:
    path: survey.csv
    audience: customer
    measurement: relational
    wave: 2026-Q1
    measures: {nps: {column: score, scale: 0-10}}
"""
TARGET = "targets:\n  - {metric: nps, baseline: 2026-Q1, due: 2027-01-01, owner: [Board], target: 12}\n"
ANSWERS = "id,score\n" + "".join(f"{row},{answer}\n" for row, answer in enumerate([9, 3, 10, 8, 7, 9, 10, 6]))
ZIP = b"PK\x03\x04 no workbook in here" * 40


@pytest.fixture
def client(tmp_path):
    """Lay out one organisation in a params folder of its own, with a good report from earlier."""

    def lay_out(params=PARAMS, answers=ANSWERS, *, file="survey.csv"):
        folder = tmp_path / "params" / "acme"
        folder.mkdir(parents=True)
        (folder / "params.yaml").write_text(params, encoding="utf-8")
        if answers is not None:
            (folder / file).write_bytes(answers if isinstance(answers, bytes) else answers.encode())
        earlier = tmp_path / "reports" / "acme" / "2026-Q1" / "board" / "report.html"
        earlier.parent.mkdir(parents=True)
        earlier.write_text("the earlier good report")
        return tmp_path

    return lay_out


def run(*arguments):
    """Run a command and return its exit code."""
    with pytest.raises(SystemExit) as stopped:
        cli.main([str(argument) for argument in arguments])
    return stopped.value.code


def report(place, *more, organisation="acme"):
    """Ask for the report of an organisation of a temporary folder."""
    return run("report", "--params", place / "params", "--output", place / "reports", *more, "--", organisation)


FAULTS = {
    "missing file": (PARAMS, None, "survey.csv", "survey.csv: the file does not exist."),
    "empty file": (PARAMS, "", "survey.csv", "survey.csv: is empty."),
    "only a header": (PARAMS, "id,score\n", "survey.csv", "survey.csv: has column names but no answers:"),
    "column absent": (
        PARAMS, "id,scores\n1,9\n", "survey.csv",
        "survey.csv: column 'score' (measures.nps) is not in the file. Did you mean 'scores'?",
    ),
    "scores 0–100": (
        PARAMS, "score\n" + "".join(f"{10 * n}\n" for n in range(11)), "survey.csv", "this looks like a scale of 0–100",
    ),
    "all scores blank": (PARAMS, "id,score\n1,\n2,\n3,\n", "survey.csv", "every cell that is used is blank."),
    "a zip called .xlsx": (
        PARAMS.replace("survey.csv", "survey.xlsx"), ZIP, "survey.xlsx", "survey.xlsx: the workbook is damaged.",
    ),
    "misspelt key": (
        PARAMS.replace("organisation:", "organization:"), ANSWERS, "survey.csv",
        "unknown key 'organization' (line 1). Did you mean 'organisation'?",
    ),
    "target of 142": (PARAMS + TARGET.replace("12}", "142}"), ANSWERS, "survey.csv", "142 is outside −100…100."),
    "no due date": (PARAMS + TARGET.replace("due: 2027-01-01, ", ""), ANSWERS, "survey.csv", "'due' is missing."),
    "language: xx": (PARAMS + "language: xx\n", ANSWERS, "survey.csv", "'xx' is not one of nl, en."),
    "minimum of 2": (
        PARAMS + "privacy: {customer: {minimum_respondents: 2}}\n", ANSWERS, "survey.csv", "2 is below 3.",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("params", "answers", "file", "message"), FAULTS.values(), ids=FAULTS)
def test_bad_input_is_refused_before_anything_runs(client, capsys, params, answers, file, message):
    """One clear message without a traceback, exit code 2, and the earlier report still lies there."""
    place = client(params, answers, file=file)
    assert report(place) == 2
    said = capsys.readouterr().err
    assert message in said
    assert "Traceback" not in said
    assert str(place) not in said
    assert [f.name for f in (place / "reports").rglob("*") if f.is_file() and f.name != ".lock"] == ["report.html"]


def test_every_fault_of_a_file_is_told_at_once(client, capsys):
    """A wrong language, a wrong target and an unknown key are three messages of one run."""
    place = client(PARAMS + "language: xx\nsektor: x\n" + TARGET.replace("12}", "142}"))
    assert report(place) == 2
    said = capsys.readouterr().err
    assert all(text in said for text in ("'xx' is not one of", "unknown key 'sektor'", "142 is outside"))


@pytest.mark.parametrize("name", ["../acme", "a/b", "..", "no-such"])
def test_an_organisation_is_a_folder_in_params_and_nothing_else(client, capsys, name):
    """A path never leaves the params folder; an unknown name is refused with what there is."""
    assert report(client(), organisation=name) == 2
    assert f"'{name}'" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("option", "value", "message"),
    [
        ("--period", "2026-Q5", "--period: '2026-Q5' is not a period; allowed are 2026, 2026-H1, 2026-Q3 or 2026-07."),
        ("--period", "2026", "--period: '2026' is a year, but params/acme/params.yaml reports by quarter."),
        ("--language", "xx", "--language: 'xx' is not a language of the reports; choose nl or en."),
        ("--edition", "unit", "--edition: 'unit' cannot be made yet; the edition is board or public."),
        ("--as-of", "31-12-2026", "--as-of: '31-12-2026' is not a day; write it as 2026-09-30."),
        ("--format", "html,docx", "--format: 'docx' is not a format; choose from html, pdf, xlsx."),
        ("--deadline", "soon", "--deadline: 'soon' is not a length of time; write it as 90s or 10m."),
    ],
)
def test_a_wrong_option_is_named_with_what_is_allowed(client, capsys, option, value, message):
    """The message says which option, what was found, what is allowed."""
    assert report(client(), option, value) == 2
    assert message in capsys.readouterr().err


def test_every_wrong_option_is_told_at_once(client, capsys):
    """One run is enough to mend the command; the period that was meant is named."""
    assert report(client(), "--format", "bogus", "--language", "de", "--as-of", "2026-02-31", "--period", "2026Q3") == 2
    assert capsys.readouterr().err.splitlines() == [
        "--period: '2026Q3' is not a period; did you mean 2026-Q3? Allowed are 2026, 2026-H1, 2026-Q3 or 2026-07.",
        "--language: 'de' is not a language of the reports; choose nl or en.",
        "--as-of: '2026-02-31' is not a day; write it as 2026-09-30.",
        "--format: 'bogus' is not a format; choose from html, pdf, xlsx.",
    ]


def test_a_file_in_the_place_of_reports_is_found_before_any_chapter_runs(client, capsys):
    """A reports folder that cannot be written gives exit code 2 and says what to do."""
    place = client()
    shutil.rmtree(place / "reports")
    (place / "reports").write_text("a plain file")
    assert report(place) == 2
    assert "a file stands where the reports need a folder" in capsys.readouterr().err
    assert (place / "reports").read_text() == "a plain file"


def _own_chapter(place, *cells):
    notebook = nbformat.v4.new_notebook(cells=list(cells))
    nbformat.write(notebook, place / "params" / "acme" / "own.ipynb")


def _code(source, *, tags=()):
    return nbformat.v4.new_code_cell(source, metadata={"tags": list(tags)} if tags else {})


PARAMETERS = (
    "organisation: str = ''\nperiod: str | None = None\nlanguage: str | None = None\nedition: str = 'board'\n"
    "unit: str | None = None\nas_of: str | None = None\nparams: str | None = None"
)
WITH_OWN = PARAMS + "report: {chapters: [own.ipynb]}\n"


def test_a_chapter_without_the_parameters_tag_is_refused(client, capsys):
    """Without the tag the defaults would win silently, so it is exit code 2 and no kernel starts."""
    place = client(WITH_OWN)
    _own_chapter(place, _code(PARAMETERS))
    assert report(place) == 2
    assert "no cell is tagged 'parameters'" in capsys.readouterr().err


def test_a_chapter_that_does_not_know_a_parameter_is_refused(client, capsys):
    """A misspelt parameter is no default in disguise."""
    place = client(WITH_OWN)
    _own_chapter(place, _code(PARAMETERS.replace("period", "periode"), tags=["parameters"]))
    assert report(place) == 2
    assert "'period'" in capsys.readouterr().err


def test_a_chapter_that_is_not_there_is_refused(client, capsys):
    """An own chapter is a path beside the params file."""
    assert report(client(PARAMS + "report: {chapters: [sumary]}\n")) == 2
    assert "there is no chapter 'sumary'" in capsys.readouterr().err


def test_a_cell_that_raises_stops_the_report(client, capsys):
    """Exit code 1, a message that names section, cell and error, the failed notebook, and the earlier report."""
    place = client(WITH_OWN)
    _own_chapter(
        place, nbformat.v4.new_markdown_cell("# Own\n\n## What goes wrong?"),
        _code(PARAMETERS, tags=["parameters"]), _code("1 / 0"),
    )  # fmt: skip
    assert report(place) == 1
    said = capsys.readouterr().err
    assert "own.ipynb: a cell raised, so the chapter is not complete." in said
    assert re.search(r"section +What goes wrong\?", said)
    assert re.search(r"error +ZeroDivisionError: division by zero", said)
    assert re.search(r"open it +jupyter lab .*own\.failed\.ipynb", said)
    board = place / "reports" / "acme" / "2026-Q1" / "board"
    assert (board / "report.html").read_text() == "the earlier good report"
    assert (board.parent / "board.failed" / "own.failed.ipynb").exists()


def test_check_says_what_was_read_and_rejected(client, capsys):
    """Row number, value and reason of a rejected answer stand on the consultant's own screen."""
    place = client(PARAMS + TARGET, ANSWERS.replace("3,8", "3,11") + "".join(f"{n},9\n" for n in range(8, 40)))
    assert run("check", "--params", place / "params", "acme") == 0
    said = capsys.readouterr().out
    assert "read 40 = used 39, skipped 0, rejected 1\n" in said
    assert "1 × score, off scale: row 5 '11'" in said
    assert "nps.customer.relational: zero measurement 2026-Q1, now 2026-Q1" in said


def test_check_names_what_will_be_hidden(client, capsys):
    """Three customers are too few: the cell is named, its score is not."""
    place = client(PARAMS, "score\n9\n9\n3\n")
    assert run("check", "--params", place / "params", "acme") == 0
    assert "1 figure hidden in the report" in capsys.readouterr().out
    assert run("check", "--all", "--params", place / "params", "acme") == 0
    assert "nps.customer.relational@2026-Q1" in capsys.readouterr().out.partition("hidden        ")[2]


def test_check_can_be_read_by_a_script(client, capsys):
    """--json gives the same lines and the exit code."""
    assert run("check", "--params", client() / "params", "--json", "acme") == 0
    found = json.loads(capsys.readouterr().out)
    assert (found[0]["organisation"], found[0]["exit_code"]) == ("acme", 0)


def test_check_tells_the_faults_of_each_of_several(client, capsys):
    """One that fails does not keep the others from being checked; the exit code is that of the fault."""
    place = client()
    _two_clients(place)
    assert run("check", "--params", place / "params", "broken", "fine") == 2
    said = capsys.readouterr().out
    assert "broken: a report cannot be made.\n" in said
    assert "column 'score' (measures.nps) is not in the file" in said
    assert "fine: Fine, period 2026-Q1" in said


FAULTY = "params/acme/params.yaml, language (line 9): 'xx' is not one of nl, en. Choose one of them."


def test_faulty_params_of_one_do_not_stop_the_check_of_another(client, capsys):
    """Each organisation is told in the order asked, and the exit code is that of the fault."""
    place = client(PARAMS + "language: xx\n")
    _two_clients(place)
    assert run("check", "--params", place / "params", "fine", "acme", "nobody") == 2
    said = capsys.readouterr()
    assert (said.out.index("fine: Fine, period 2026-Q1"), said.err) == (0, "")
    assert f"\n\nacme: a report cannot be made.\n{FAULTY}\n\nnobody: a report cannot be made.\n" in said.out


def test_faulty_params_can_be_read_by_a_script(client, capsys):
    """--json gives faults of the params in the shape of the other outcomes, and nothing else is printed."""
    place = client(PARAMS + "language: xx\n")
    _two_clients(place)
    assert run("check", "--params", place / "params", "--json", "acme", "fine") == 2
    said = capsys.readouterr()
    acme, fine = json.loads(said.out)
    assert (acme["organisation"], acme["exit_code"]) == ("acme", 2)
    assert acme["lines"] == ["acme: a report cannot be made.", FAULTY]
    assert (set(acme), fine["exit_code"], said.err) == (set(fine), 0, "")


def test_a_report_with_faulty_params_is_told_as_json_before_anything_runs(client, capsys):
    """Only who has faults is named; the report of the other is not made."""
    place = client(PARAMS + "language: xx\n")
    _two_clients(place)
    assert report(place, "--json", "fine", organisation="acme") == 2
    said = capsys.readouterr()
    (acme,) = json.loads(said.out)
    assert (acme["organisation"], acme["exit_code"], acme["messages"]) == ("acme", 2, [FAULTY])
    assert (acme["files"], said.err) == ({}, "")
    assert not (place / "reports" / "fine").exists()


def test_a_wrong_option_is_told_as_json(client, capsys):
    """A fault of the command belongs to no organisation."""
    assert report(client(), "--json", "--language", "xx") == 2
    said = capsys.readouterr()
    fault = "--language: 'xx' is not a language of the reports; choose nl or en."
    assert json.loads(said.out) == [{"organisation": None, "messages": [fault], "exit_code": 2}]
    assert run("check", "--json", "--params", "nowhere") == 2
    (found,) = json.loads(capsys.readouterr().out)
    assert found["lines"] == [
        "nowhere: this folder is not there. Name the folder that holds one folder per organisation."
    ]


def test_examples_are_generated_where_asked(tmp_path, capsys):
    """The example data can be written anywhere; each file is named."""
    assert run("examples", "--output", tmp_path) == 0
    assert "headcount.csv" in capsys.readouterr().out
    assert (tmp_path / "examples" / "voorbeeld-energie" / "headcount.csv").exists()


HELP = {
    "": ("Usage: ", "nulmeting report voorbeeld-energie", "copy params/_template to params/NAME", "130  interrupted"),
    "report": (
        "nulmeting report --all --format pdf", "--deadline TIME", "--as-of DATE", "board or public", "130  interrupted",
        "params/ORGANISATION/ledger.json",
    ),
    "check": (
        "nulmeting check voorbeeld-energie", "--json", "--all", "0    a report can be made of every organisation",
    ),
    "audit": (
        "nulmeting audit voorbeeld-energie", "--accept-ledger", "--output DIR", "Attack the published reports",
        "0    nothing follows about a hidden group",
    ),
    "examples": ("Generate the data of the example organisations", "--output DIR"),
}  # fmt: skip


@pytest.mark.parametrize(("command", "taught"), HELP.items(), ids=["nulmeting", *list(HELP)[1:]])
def test_help_teaches(capsys, command, taught):
    """Each command explains itself with a line to copy, its options, and the exit codes where they matter."""
    assert run(*command.split(), "--help") == 0
    said = capsys.readouterr().out
    assert [text for text in taught if text not in said] == []


def test_an_unknown_command_is_a_usage_fault(capsys):
    """A command that is not there gives exit code 2 and no traceback."""
    assert run("reprot") == 2
    assert "No such command 'reprot'" in capsys.readouterr().err


def test_names_and_all_do_not_go_together(client, capsys):
    """--all with names is a contradiction that nobody should guess about."""
    place = client()
    assert run("report", "--all", "--params", place / "params", "acme") == 2
    assert "--all: names were given too." in capsys.readouterr().err


def test_the_repository_is_where_the_command_looks(tmp_path, monkeypatch, capsys):
    """The working folder does not matter: params, notebooks and reports are those of the repository."""
    asked = {}

    def loaded(_names, *, params_folder, notebooks):
        asked["params"], asked["of"] = params_folder, notebooks
        return {}

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(clients, "loaded", loaded)
    monkeypatch.setattr(batch, "run", lambda _clients, **folders: asked.update(folders) or [])
    assert run("report", "voorbeeld-energie") == 0
    assert asked["of"] == asked["notebooks"]
    assert (asked["params"], asked["notebooks"], asked["output"]) == (
        REPOSITORY / "params", REPOSITORY / "notebooks", REPOSITORY / "reports",
    )  # fmt: skip
    assert capsys.readouterr().out == ""


CHAPTERS = "report: {chapters: [summary]}\n"


def _two_clients(place):
    """Lay out two more organisations: 'broken' has a column that is not there, 'fine' is as Acme."""
    for name, answers in (("broken", ANSWERS.replace("score", "mark")), ("fine", ANSWERS)):
        folder = place / "params" / name
        folder.mkdir()
        (folder / "params.yaml").write_text(PARAMS.replace("Acme", name.capitalize()) + CHAPTERS, encoding="utf-8")
        (folder / "survey.csv").write_text(answers)


def test_one_organisation_that_fails_does_not_stop_the_others(client, capsys):
    """Exit code 1; the failure is told by name, and the report of the one after it is made and named."""
    place = client()
    _two_clients(place)
    folders = ("--params", place / "params", "--output", place / "reports")
    assert run("report", *folders, "--format", "html", "broken", "fine") == 1
    said = capsys.readouterr()
    assert "broken: no report was made." in said.err
    assert ledger.read(place / "params" / "fine").entries[0].name == "2026-Q1 board"
    assert "column 'score' (measures.nps) is not in the file" in said.err
    made = place / "reports" / "fine" / "2026-Q1" / "board"
    assert said.out.splitlines() == [str(made / "report.html")]
    assert ">Fine<" in (made / "report.html").read_text(encoding="utf-8")
    assert not (made / "report.pdf").exists()
    assert not (place / "reports" / "broken" / "2026-Q1").exists()


def test_a_name_given_twice_is_made_once(client, monkeypatch):
    """The second time changes nothing; the order of first mention stays."""
    place, asked = client(), []
    _two_clients(place)
    monkeypatch.setattr(batch, "run", lambda clients, **_folders: asked.extend(one.key for one in clients) or [])
    assert run("report", "--params", place / "params", "fine", "acme", "fine") == 0
    assert asked == ["fine", "acme"]


def test_a_chapter_that_takes_too_long_is_stopped(client, capsys):
    """Past --deadline the kernel is ended: exit code 1, the chapter and the limit are named, the report stays."""
    place = client(WITH_OWN)
    _own_chapter(place, _code(PARAMETERS, tags=["parameters"]), _code("import time\ntime.sleep(60)"))
    began = time.monotonic()
    assert report(place, "--deadline", "1s", "--format", "html") == 1
    assert time.monotonic() - began < 30
    assert (
        "own.ipynb: stopped at its deadline of 1 seconds. Allow it more time, or mend the cell."
        in capsys.readouterr().err
    )
    board = place / "reports" / "acme" / "2026-Q1" / "board"
    assert (board / "report.html").read_text() == "the earlier good report"


def _edited_ledger(place, organisation):
    """Lay out a ledger in which somebody took a cell out."""
    folder = place / "params" / organisation
    ledger.write(folder, ledger.Ledger(organisation, [ledger.Entry("2026-Q1", "board", "", hidden=["a", "b"])]))
    path = folder / "ledger.json"
    path.write_text(path.read_text(encoding="utf-8").replace('"a",\n', ""), encoding="utf-8")
    return path


def test_an_edited_ledger_stops_before_anything_runs(client, capsys):
    """Exit code 2 for report and check; nothing is made of the other organisation either."""
    place = client()
    _two_clients(place)
    _edited_ledger(place, "acme")
    assert report(place, "fine") == 2
    said = capsys.readouterr().err
    assert "params/acme/ledger.json: 2026-Q1 board does not fit its seal" in said
    assert "nulmeting audit acme --accept-ledger" in said
    assert not (place / "reports" / "fine").exists()
    assert run("check", "--params", place / "params", "acme") == 2


def test_an_edited_ledger_is_accepted_by_who_read_it(client, capsys):
    """No report lies here, as after a merge: the ledger is sealed all the same, and a report can be made again."""
    place = client()
    path = _edited_ledger(place, "acme")
    folders = ("--params", place / "params", "--output", place / "reports")
    assert run("audit", *folders, "--accept-ledger", "acme") == 0
    assert capsys.readouterr().out.splitlines()[:2] == [
        "acme: there is no report here to attack.", "  The ledger is sealed as it stands.",
    ]  # fmt: skip
    assert ledger.read(path.parent).entries[0].hidden == ("b",)


def test_an_audit_without_a_report_is_a_usage_fault(client, capsys):
    """An attack on nothing finds nothing; as JSON too."""
    folders = ("--params", client() / "params", "--output", "nowhere")
    assert run("audit", *folders) == 2
    assert "nowhere: there is no report." in capsys.readouterr().err
    assert run("audit", *folders, "--json", "acme") == 2
    (found,) = json.loads(capsys.readouterr().out)
    assert (found["organisation"], found["exit_code"]) == (None, 2)


def test_every_edition_is_made_published_and_audited(client, capsys):
    """Board and public of one intake: a set and an entry of the ledger each, and nothing leaks."""
    more = "report: {chapters: [summary], editions: [public, board]}\n"
    place = client(PARAMS + more, ANSWERS + "".join(f"{row},{row % 11}\n" for row in range(8, 60)))
    shutil.rmtree(place / "reports")
    assert report(place, "--format", "html", "--json") == 0
    board, public = json.loads(capsys.readouterr().out)
    assert [(one["organisation"], one["edition"], one["exit_code"]) for one in (board, public)] == [
        ("acme", "board", 0), ("acme", "public", 0),
    ]  # fmt: skip
    assert [Path(one["files"]["html"]).parent.name for one in (board, public)] == ["board", "public"]
    assert [one.name for one in ledger.read(place / "params" / "acme").entries] == ["2026-Q1 board", "2026-Q1 public"]
    made = place / "reports" / "acme" / "2026-Q1"
    listed = json.loads((made / "public" / "manifest.json").read_text(encoding="utf-8"))["audit"]
    assert (listed["sets"], listed["leaks"], listed["repairs"]) == (["2026-Q1/board", "2026-Q1/public"], 0, 0)
    assert listed["statements"] > 0
    assert run("audit", "--params", place / "params", "--output", place / "reports") == 0
    assert re.fullmatch(r"acme: \d+ statements in 2026-Q1/board, 2026-Q1/public: no leaks\.\n", capsys.readouterr().out)


def test_an_interrupted_run_says_so(client, monkeypatch, capsys):
    """Ctrl-C gives exit code 130 and one line, without a traceback."""

    def interrupted(*_clients, **_folders):
        raise KeyboardInterrupt

    monkeypatch.setattr(batch, "run", interrupted)
    assert report(client()) == 130
    said = capsys.readouterr()
    assert (said.out, said.err.strip()) == ("", "Interrupted; earlier reports are unchanged.")
