"""The gate: a failed, hollow or strange run is never rendered; a stamp holds only for what was checked."""

from __future__ import annotations

import copy
import getpass
from pathlib import Path

import nbformat
import pytest
from nbformat import v4

from helpers.errors import NotebookError
from helpers.production import gate
from helpers.show.blocks import MIME

REPORT = {"organisation": "acme", "period": "2026-Q3", "edition": "board"}
PARAMETERS = {"organisation": "acme", "period": "2026-Q3", "params": None}


def shown(**block):
    """Return the output of a cell that shows a block."""
    content = {"schema": 1, "kind": "sentence", "id": "answer", "text": "t", "report": REPORT} | block
    return v4.new_output("display_data", data={MIME: content, "text/plain": "sentence: answer"})


def chapter(*outputs, **nulmeting):
    """Make a notebook as papermill leaves it: one code cell per output after the parameters."""
    source = 'organisation: str = "x"\nperiod: str | None = None\nparams: str | None = None'
    injected = '# Parameters\norganisation = "acme"\nperiod = "2026-Q3"\nparams = None\n'
    cells = [
        v4.new_markdown_cell("# Sentinel"),
        v4.new_code_cell(source, metadata={"tags": ["parameters"]}),
        v4.new_code_cell(injected, metadata={"tags": ["injected-parameters"]}),
        *[v4.new_code_cell(f"show({at})", outputs=[output]) for at, output in enumerate(outputs)],
    ]
    for count, cell in enumerate(cells[1:], start=1):
        cell.execution_count = count
    for cell in cells:
        cell.metadata["papermill"] = {
            "status": "completed",
            "exception": False,
            "start_time": "2026-10-01T09",
        }
    metadata = {"papermill": {"input_path": "/home/jan/s.ipynb", "exception": None}, "nulmeting": nulmeting}
    return nbformat.from_dict(v4.new_notebook(cells=cells, metadata=metadata))


def faults(book, **more):
    """Return the gate's faults for the job that the notebook was made for."""
    return gate.check(book, **({"chapter": "s.ipynb", "parameters": PARAMETERS, "report": REPORT} | more))


def test_a_complete_chapter_has_no_fault():
    """A run of all cells that shows this report's blocks passes, and nothing in it is changed."""
    book = chapter(shown(), shown(kind="chart", table={"id": "t", "report": REPORT}))
    before = copy.deepcopy(book)
    assert faults(book) == []
    assert book == before


def test_a_cell_that_never_ran_is_found():
    """Papermill calls never-run cells completed; the gate looks at the execution count."""
    book = chapter(shown(), shown())
    book.cells[4].execution_count = None
    assert faults(book) == ["s.ipynb, cell 4 did not run to its end. Run the report again."]


def test_a_cell_that_failed_or_a_run_that_failed_is_found():
    """The status of a cell and of the notebook count, not only its outputs."""
    book = chapter(shown())
    book.cells[3].metadata.papermill.status = "failed"
    book.metadata.papermill.exception = True
    assert faults(book) == [
        "s.ipynb, cell 3 did not run to its end. Run the report again.",
        "s.ipynb: its run ended in an error. Run the report again.",
    ]


def test_cells_run_by_hand_are_found():
    """A notebook whose cells ran twice or out of order is not the run that was asked for."""
    book = chapter(shown(), shown())
    book.cells[3].execution_count = 9
    assert faults(book) == [
        "s.ipynb: its cells did not run once each, from the first to the last. Run the report again."
    ]


def test_an_empty_code_cell_needs_no_run():
    """A cell without code is never executed and is no fault."""
    book = chapter(shown())
    book.cells.append(v4.new_code_cell("  "))
    assert faults(book) == []


def test_an_error_output_is_found():
    """An error output is a fault, whatever the cell's status says."""
    book = chapter(shown(), v4.new_output("error", ename="KeyError", evalue="'x'", traceback=[]))
    assert faults(book) == ["s.ipynb, cell 4 raised KeyError. Mend the cell."]


def test_a_printed_traceback_is_found():
    """An error that was caught and printed is an error; colours do not hide it."""
    text = "\x1b[31mTraceback\x1b[0m (most recent call last):\n  …"
    book = chapter(shown(), v4.new_output("stream", name="stderr", text=text))
    assert faults(book) == ["s.ipynb, cell 4 printed a traceback. Let the error stop the cell, or mend its cause."]


def test_other_parameters_are_found():
    """The injected values must be those asked for, no more and no less."""
    book = chapter(shown())
    book.cells[2].source = 'organisation = "acme"\nperiod = "2026-Q2"\nunit = "Noord"'
    assert faults(book) == [
        "s.ipynb: parameter 'params' ran as its default, not as None. Run the report again.",
        "s.ipynb: parameter 'period' ran as '2026-Q2', not as '2026-Q3'. Run the report again.",
        "s.ipynb: parameter 'unit' ran as 'Noord', not as its default. Run the report again.",
    ]


def test_a_hollow_chapter_is_found():
    """A run without a single display block would be an empty chapter."""
    book = chapter(v4.new_output("stream", name="stdout", text="done"))
    assert faults(book) == [
        "s.ipynb: no cell shows a table, chart or sentence of this report, so the chapter would be empty. "
        "End a cell with a call such as `show.table(…)`."
    ]


@pytest.mark.parametrize(
    ("claim", "named"),
    [
        (REPORT | {"organisation": "rival"}, "rival 2026-Q3 board"),
        (REPORT | {"period": "2026-Q2"}, "acme 2026-Q2 board"),
        (REPORT | {"edition": "public"}, "acme 2026-Q3 public"),
        (None, "no report"),
    ],
)
def test_a_block_of_another_report_is_refused(claim, named):
    """No block of another client, period or edition, and none without a home, gets into a report."""
    told = f"is of {named}, but this report is of acme 2026-Q3 board. Open the dossier with the notebook's parameters."
    assert faults(chapter(shown(), shown(id="theirs", report=claim))) == [f"s.ipynb: block 'theirs' {told}"]
    inside = shown(id="drawn", kind="chart", table={"id": "data", "report": claim})
    assert faults(chapter(inside)) == [f"s.ipynb: block 'drawn' {told}"]


def test_promised_headlines_are_counted():
    """A chapter that promises tiles shows them with a value: an empty tile does not count."""
    tiles = [{"label": "NPS", "value": "+12"}, {"label": "eNPS", "value": ""}]
    book = chapter(shown(kind="tiles", tiles=tiles), promises={"tiles": 2, "sentence": 1})
    short = [
        "s.ipynb: it promises 2 of kind 'tiles' and shows 1. Mend its cells.",
        "s.ipynb: it promises 1 of kind 'sentence' and shows 0. Mend its cells.",
    ]
    assert faults(book) == short
    assert faults(book, promises={"tiles": 1}) == []


def test_a_local_path_in_an_output_is_found():
    """The home folder is looked for everywhere in an output; the machine's own may be given instead."""
    home = f"{Path.home()}/"
    assert home in gate.local_paths()
    book = chapter(shown(text=f"read from {home}answers.csv"))
    assert faults(book, private=[home]) == [
        f"s.ipynb, cell 3 shows the local path {home}. Show the name of the file only."
    ]


def test_require_raises_every_fault_at_once():
    """A chapter with two faults is refused with both, exit code 1."""
    book = chapter(v4.new_output("error", ename="KeyError", evalue="'x'", traceback=[]))
    with pytest.raises(NotebookError) as caught:
        gate.require(book, chapter="s.ipynb", parameters=PARAMETERS, report=REPORT)
    assert len(caught.value.messages) == 2
    assert caught.value.exit_code == 1
    gate.require(chapter(shown()), chapter="s.ipynb", parameters=PARAMETERS, report=REPORT)


def test_the_error_stream_is_a_warning():
    """What a cell wrote to the error stream goes to the job's log, without colours."""
    book = chapter(shown(), v4.new_output("stream", name="stderr", text="\x1b[33mcareful\x1b[0m\n"))
    assert faults(book) == []
    assert gate.warnings(book, chapter="s.ipynb") == ["s.ipynb, cell 4: careful"]


def test_what_is_published_keeps_the_content_only():
    """Times, paths, the error stream and local parameters go; cells, outputs and descriptions stay."""
    book = chapter(shown(), v4.new_output("stream", name="stderr", text="/home/jan/x.py: careful"), source="en")
    book.cells[2].source = '# Parameters\norganisation = "acme"\nparams = "/home/jan/params"\n'
    book.cells[3].metadata["alt"] = "a picture"
    public = gate.publishable(book)
    text = nbformat.writes(public)
    for private in ("papermill", "jan", "2026-10-01", "careful", getpass.getuser() + "/"):
        assert private not in text
    assert public.cells[2].source == '# Parameters\norganisation = "acme"'
    assert public.cells[3].outputs == book.cells[3].outputs
    assert public.cells[3].metadata == {"alt": "a picture"}
    assert public.metadata.nulmeting == {"source": "en"}
    nbformat.validate(public)
    assert "papermill" in book.metadata


def test_the_same_run_is_published_with_the_same_bytes():
    """Ids and metadata hold nothing of chance: two runs write the same notebook."""
    assert nbformat.writes(gate.publishable(chapter(shown()))) == nbformat.writes(gate.publishable(chapter(shown())))


def test_a_stamp_survives_being_written_and_read(tmp_path):
    """The stamp holds after a trip through a file, and stamping changes nothing but the stamp."""
    stamped = gate.stamp(gate.publishable(chapter(shown(items=["a\n", "b"]))))
    nbformat.write(stamped, tmp_path / "s.ipynb")
    assert gate.passed(stamped)
    assert gate.passed(nbformat.read(tmp_path / "s.ipynb", as_version=4))
    assert not gate.passed(chapter(shown()))


@pytest.mark.parametrize("change", ["source", "output", "added", "removed", "moved", "tags"])
def test_a_stamp_is_void_after_a_change(change):
    """Any change of a cell, an output or their order takes the mark away."""
    book = gate.stamp(gate.publishable(chapter(shown(), shown(id="other"))))
    if change == "source":
        book.cells[0].source += "!"
    elif change == "output":
        book.cells[3].outputs[0].data[MIME]["text"] = "T"
    elif change == "added":
        book.cells.append(v4.new_markdown_cell("and more"))
    elif change == "removed":
        del book.cells[4]
    elif change == "moved":
        book.cells[3], book.cells[4] = book.cells[4], book.cells[3]
    else:
        book.cells[0].metadata["tags"] = ["commentary"]
    assert not gate.passed(book)
