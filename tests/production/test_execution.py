"""One notebook through papermill: what reaches the kernel, what a failure leaves, and what stays behind."""

from __future__ import annotations

import copy
import json
import os
import signal
import sys
import tempfile
import threading
import time
from pathlib import Path
from types import SimpleNamespace

import nbformat
import psutil
import pytest
from nbformat import v4

from helpers.errors import InfrastructureError, NotebookError
from helpers.production import execution, gate, kernel
from helpers.show.blocks import MIME

NASTY = {
    "organisation": "voorbeeld-energie",
    "period": "2026",
    "language": "NO",
    "edition": "12:30",
    "unit": 'Klant › "Service" \\ {0} $HOME %s',
    "as_of": "regel één\nregel twee\t😀",
    "params": None,
}
REPORT = {"organisation": "voorbeeld-energie", "period": "2026", "edition": "12:30"}
PARAMETERS_CELL = "\n".join(f'{name}: str | None = "default"  # meaning' for name in NASTY)
CANARY = "canary-2f9c"


def notebook(*cells, parameters=PARAMETERS_CELL, tags=()):
    """Make a notebook with a title, a parameters cell, a section and the given code cells."""
    written = [v4.new_code_cell(source) for source in cells]
    if written and tags:
        written[0].metadata["tags"] = list(tags)
    head = v4.new_code_cell(parameters, metadata={"tags": ["parameters"]})
    return v4.new_notebook(
        cells=[
            v4.new_markdown_cell("# Sentinel"),
            head,
            v4.new_markdown_cell("## What does it hold?"),
            *written,
        ],
        metadata={"kernelspec": {"name": "a-kernel-nobody-has", "display_name": "x", "language": "python"}},
    )


def run(book, folder, **more):
    """Execute a notebook as if it were notebooks/sentinel.ipynb in a folder."""
    (folder / "notebooks").mkdir(exist_ok=True)
    asked = {"parameters": {"organisation": "acme"}, "failed": folder / "reports"} | more
    return execution.execute(book, source=folder / "notebooks" / "sentinel.ipynb", **asked)


def kernels():
    """Return the kernels that this process started and that still run."""
    children = psutil.Process().children(recursive=True)
    return [child for child in children if "ipykernel_launcher" in " ".join(child.cmdline())]


def refusal(book, folder, **more):
    """Return the messages of a refused notebook, which must have exit code 2."""
    with pytest.raises(NotebookError) as caught:
        run(book, folder, **more)
    assert caught.value.exit_code == 2
    return [message.replace(f"{folder}/", "") for message in caught.value.messages]


@pytest.fixture
def no_kernel(monkeypatch):
    """Fail the test when a kernel is started."""
    monkeypatch.setattr(kernel, "job", lambda **_: pytest.fail("a kernel was started"))


@pytest.fixture(scope="module")
def executed(tmp_path_factory):
    """Run one rich notebook, from an unrelated folder and with a hostile user set-up."""
    folder, elsewhere = tmp_path_factory.mktemp("client files"), tmp_path_factory.mktemp("elsewhere")
    startup = elsewhere / "ipython" / "profile_default" / "startup"
    startup.mkdir(parents=True)
    (startup / "00.py").write_text("print('startup ran')\norganisation = 'startup'\n")
    (elsewhere / "matplotlibrc").write_text("font.size: 77\n")
    book = notebook(
        f"import json, os, sys\nprint(json.dumps([{', '.join(NASTY)}]))",
        "print(json.dumps([os.getcwd(), sys.executable, dict(os.environ)]))",
        "print('care' 'ful', file=sys.stderr)\nimport matplotlib\nprint(matplotlib.rcParams['font.size'])",
        f"display({{'{MIME}': {{'schema': 1, 'kind': 'sentence', 'id': 'a', 'text': 't', "
        "'report': {'organisation': organisation, 'period': period, 'edition': edition}}}, raw=True)",
    )
    before = json.dumps(book)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(elsewhere)
        patch.setenv("IPYTHONDIR", str(elsewhere / "ipython"))
        patch.setenv("MATPLOTLIBRC", str(elsewhere / "matplotlibrc"))
        patch.setenv("PYTHONSTARTUP", str(startup / "00.py"))
        patch.setenv("OMP_NUM_THREADS", "64")
        patch.setenv("CANARY", CANARY)
        result = run(book, folder, parameters=NASTY, environment={"NULMETING_DATA": "here"})
        assert Path.cwd() == elsewhere
    assert json.dumps(book) == before
    assert kernels() == []
    return folder, result


def printed(result, position):
    """Return what a code cell printed, read as JSON."""
    return json.loads(result.cells[position].outputs[0].text)


def test_every_parameter_reaches_the_kernel_as_typed(executed):
    """Text that YAML, a shell or a format string would change arrives as typed, and None stays None."""
    _, result = executed
    assert printed(result, 4) == list(NASTY.values())


def test_the_kernel_runs_in_the_notebooks_folder(executed):
    """The kernel works beside its notebook, in the interpreter of now, whatever kernel name is stored."""
    folder, result = executed
    where, interpreter, _ = printed(result, 5)
    assert Path(where) == (folder / "notebooks").resolve()
    assert interpreter == sys.executable


def test_the_kernels_environment_is_fixed(executed):
    """Threads are capped, hashes and time zone fixed, and what the job adds is there."""
    _, result = executed
    environment = printed(result, 5)[2]
    names = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "PYTHONHASHSEED", "TZ", "NULMETING_DATA")
    assert [environment[name] for name in names] == ["1", "1", "0", "UTC", "here"]


def test_the_users_own_set_up_changes_nothing(executed):
    """IPython's start-up files, PYTHONSTARTUP and matplotlibrc of the user are not read."""
    _, result = executed
    texts = [output.text for output in result.cells[6].outputs]
    assert sorted(texts) == ["10.0\n", "careful\n"]
    assert "startup ran" not in json.dumps(result)


def test_a_complete_run_passes_the_gate(executed):
    """What execution returns is what the gate asks for; only the cell that prints paths is refused."""
    folder, result = executed
    asked = {"chapter": "sentinel.ipynb", "parameters": NASTY, "report": REPORT}
    assert gate.check(result, private=(), **asked) == []
    assert gate.check(result, private=[f"{folder}/"], **asked) == [
        f"sentinel.ipynb, cell 5 shows the local path {folder}/. Show the name of the file only."
    ]
    assert gate.warnings(result, chapter="sentinel.ipynb") == ["sentinel.ipynb, cell 6: careful"]


def test_what_is_published_names_nothing_of_this_machine(executed):
    """No path, no time, no secret and no error stream is left; ids follow the order of the cells."""
    folder, result = executed
    result = copy.deepcopy(result)
    del result.cells[5]  # the cell that prints the environment on purpose, which the gate refuses
    public = gate.publishable(result)
    text = nbformat.writes(public)
    for secret in (
        str(folder),
        CANARY,
        str(Path.home()) + "/",
        "papermill",
        "careful",
        "start_time",
        "params =",
    ):
        assert secret not in text
    assert sorted(public.metadata) == ["kernelspec", "language_info", "nulmeting"]
    assert [cell.id for cell in public.cells[:3]] == ["cell-001", "cell-002", "cell-003"]
    assert public.cells[2].source.startswith("# Parameters\norganisation = ")


def test_a_cell_that_raises_is_told_in_full(tmp_path, monkeypatch):
    """The message names section, cell, parameters, error and command; the notebook shows where it stopped."""
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(scratch))
    with pytest.raises(NotebookError) as caught:
        run(
            notebook("answer = 42", "# divide\nanswer / 0", "answer"),
            tmp_path,
            parameters={"period": "2026-Q3"},
        )
    failed = tmp_path / "reports" / "sentinel.failed.ipynb"
    assert str(caught.value) == (
        f"{tmp_path}/notebooks/sentinel.ipynb: a cell raised, so the chapter is not complete.\n"
        "  section     What does it hold?\n"
        "  cell        5: # divide\n"
        "  parameters  period='2026-Q3'\n"
        "  error       ZeroDivisionError: division by zero\n"
        f'  open it     jupyter lab "{failed}"'
    )
    assert caught.value.exit_code == 1
    left = nbformat.read(failed, as_version=4)
    assert [cell.metadata.papermill.status for cell in left.cells][-3:] == ["completed", "failed", "pending"]
    assert [cell.execution_count for cell in left.cells if cell.cell_type == "code"] == [1, 2, 3, 4, None]
    assert "papermill-error-cell" not in nbformat.writes(left)
    assert list(scratch.iterdir()) == []


def test_an_error_that_asks_to_be_overlooked_is_not(tmp_path):
    """An empty SystemExit and the tag raises-exception do not turn an error into a finished chapter."""
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "sentinel.failed.ipynb").write_text("of an earlier run")
    with pytest.raises(NotebookError, match=r"error +SystemExit\n"):
        run(notebook("raise SystemExit", "1", tags=["raises-exception"]), tmp_path)
    assert "earlier" not in (tmp_path / "reports" / "sentinel.failed.ipynb").read_text()


def test_a_kernel_that_dies_once_is_tried_again(tmp_path):
    """A kernel killed with kill -9 is started once more, and what it had started itself is gone."""
    cell = (
        "import os, subprocess, sys\nfrom pathlib import Path\n"
        "if not Path('died').exists():\n"
        "    child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'])\n"
        "    Path('died').write_text(str(child.pid))\n"
        "    os.kill(os.getpid(), 9)\n"
        "print('second life')"
    )
    result = run(notebook(cell), tmp_path)
    assert result.cells[-1].outputs[0].text == "second life\n"
    child = int((tmp_path / "notebooks" / "died").read_text())
    assert not psutil.pid_exists(child) or psutil.Process(child).status() == psutil.STATUS_ZOMBIE
    assert not (tmp_path / "reports").exists()


def test_a_kernel_that_dies_twice_is_an_infrastructure_fault(tmp_path):
    """A second death stops the chapter with its own message, and the notebook does not look finished."""
    with pytest.raises(InfrastructureError) as caught:
        run(notebook("import os", "os._exit(0)", "1"), tmp_path)
    failed = tmp_path / "reports" / "sentinel.failed.ipynb"
    assert str(caught.value) == (
        f"{tmp_path}/notebooks/sentinel.ipynb: the kernel died, also at a second attempt. "
        "That is mostly memory: close other programs, or make fewer reports at a time.\n"
        "  section     What does it hold?\n"
        "  cell        5: os._exit(0)\n"
        "  parameters  organisation='acme'\n"
        f'  open it     jupyter lab "{failed}"'
    )
    assert not isinstance(caught.value, execution.DeadlineError)
    left = nbformat.read(failed, as_version=4)
    assert [cell.metadata.papermill.status for cell in left.cells][-2:] == ["failed", "pending"]
    assert kernels() == []


def test_the_deadline_interrupts_the_cell(tmp_path, monkeypatch):
    """At the deadline the cell is interrupted where it hangs; nothing is tried again, no kernel is left."""
    marker = tmp_path / "notebooks" / "hangs"
    # The clock stands still until the first cell has run, so that a slow start of the kernel is no matter.
    monkeypatch.setattr(execution, "time", SimpleNamespace(monotonic=lambda: 58 if marker.exists() else 0))
    with pytest.raises(execution.DeadlineError) as caught:
        run(notebook("import time\nopen('hangs', 'w').close()", "time.sleep(120)", "1"), tmp_path, deadline=60)
    failed = tmp_path / "reports" / "sentinel.failed.ipynb"
    assert str(caught.value) == (
        f"{tmp_path}/notebooks/sentinel.ipynb: stopped at its deadline of 60 seconds. "
        "Allow it more time, or mend the cell.\n"
        "  section     What does it hold?\n"
        "  cell        5: time.sleep(120)\n"
        "  parameters  organisation='acme'\n"
        f'  open it     jupyter lab "{failed}"'
    )
    left = nbformat.read(failed, as_version=4)
    assert left.cells[-2].outputs[0].ename == "KeyboardInterrupt"
    assert [cell.metadata.papermill.status for cell in left.cells][-2:] == ["failed", "pending"]
    assert kernels() == []


def test_ctrl_c_leaves_no_kernel(tmp_path):
    """An interrupted run passes the interrupt on, and its kernel is gone."""
    marker = tmp_path / "notebooks" / "running"

    def interrupt():
        while not marker.exists():
            time.sleep(0.05)
        os.kill(os.getpid(), signal.SIGINT)

    threading.Thread(target=interrupt, daemon=True).start()
    with pytest.raises(KeyboardInterrupt):
        run(notebook("import time\nopen('running', 'w').close()\ntime.sleep(120)"), tmp_path)
    assert kernels() == []


def test_a_kernel_that_cannot_start_says_how_to_check_it(tmp_path, monkeypatch):
    """An interpreter that does not start as a kernel is named as such, with its own last words."""
    broken = tmp_path / "python"
    broken.write_text("#!/bin/sh\necho No module named ipykernel_launcher >&2\nexit 1\n")
    broken.chmod(0o755)
    monkeypatch.setattr(kernel.sys, "executable", str(broken))
    with pytest.raises(InfrastructureError) as caught:
        run(notebook("1"), tmp_path)
    assert str(caught.value) == (
        f"{tmp_path}/notebooks/sentinel.ipynb: the kernel could not start, also at a second attempt. "
        "Check this Python with `python -m ipykernel --version`; "
        "if that fails, install the requirements again.\n"
        "  parameters  organisation='acme'\n"
        "  it said     No module named ipykernel_launcher"
    )


@pytest.mark.usefixtures("no_kernel")
class TestBeforeAKernelStarts:
    """Faults of the notebook's parameters, exit code 2."""

    def test_a_lost_tag_is_refused(self, tmp_path):
        """Without the tag every report would silently be of the defaults."""
        book = notebook("1")
        book.cells[1].metadata["tags"] = []
        assert refusal(book, tmp_path) == [
            "notebooks/sentinel.ipynb: no cell is tagged 'parameters', "
            "so organisation and period would not reach it. "
            "Open it in JupyterLab, select the cell with the parameters, and add the tag in its properties."
        ]

    def test_a_second_tag_is_refused(self, tmp_path):
        """Papermill would take the first cell and leave the second on its defaults."""
        book = notebook("unit = None", tags=["parameters"])
        assert refusal(book, tmp_path) == [
            "notebooks/sentinel.ipynb: 2 cells are tagged 'parameters' (2, 4). Exactly one is allowed; "
            "remove the tag from the others."
        ]

    def test_a_derived_value_is_refused(self, tmp_path):
        """A value computed in the parameters cell would stay on the default; all such lines are told."""
        book = notebook("1", parameters='period: str = "2026"\nlast = period + "-Q4"\nimport os')
        why = (
            "is no literal. What is derived in the parameters cell stays on its default "
            "when a report sets the parameter; derive it in the next cell."
        )
        assert refusal(book, tmp_path) == [
            f"notebooks/sentinel.ipynb, cell 2, line 2: 'last = period + '-Q4'' {why}",
            f"notebooks/sentinel.ipynb, cell 2, line 3: 'import os' {why}",
        ]

    def test_a_parameters_cell_that_is_not_python_is_refused(self, tmp_path):
        """A magic or a typing error is told with its line."""
        assert refusal(notebook("1", parameters='period: str = "2026"\n%matplotlib inline'), tmp_path) == [
            "notebooks/sentinel.ipynb, cell 2: the cell tagged 'parameters' is not Python: "
            'invalid syntax in line 2. Write one `name: str = "text"` per line.'
        ]

    def test_an_unknown_parameter_is_refused(self, tmp_path):
        """A misspelt parameter is told with the nearest name and all names."""
        book = notebook("1", parameters='organisation: str = "x"\nperiod: str | None = None')
        assert refusal(book, tmp_path, parameters={"organization": "acme"}) == [
            "notebooks/sentinel.ipynb: unknown parameter 'organization'. Did you mean 'organisation'? "
            "The notebook declares: organisation, period."
        ]

    def test_only_text_and_none_are_given(self, tmp_path):
        """A date, or a parameter whose default is a number, would change type on its way."""
        book = notebook("1", parameters='as_of: str | None = None\nminimum: int = 5\nopen_end = ["a"]')
        given = {"as_of": 20260930, "minimum": "5"}
        assert refusal(book, tmp_path, parameters=given) == [
            "notebooks/sentinel.ipynb: parameter 'as_of' was given as int. "
            "A notebook takes text or None; write a date as '2026-09-30'.",
            "notebooks/sentinel.ipynb: parameter 'minimum' has the default 5, but a report sets text. "
            "Make the default text or None.",
        ]


def test_a_missing_or_broken_notebook_is_told(tmp_path):
    """A wrong name and a file that is no notebook have their own message."""
    broken = tmp_path / "broken.ipynb"
    broken.write_text("{}")
    with pytest.raises(NotebookError) as missing:
        execution.read(tmp_path / "none.ipynb")
    with pytest.raises(NotebookError) as wrong:
        execution.read(broken)
    assert str(missing.value) == (
        f"{tmp_path}/none.ipynb: there is no such notebook. Correct its name under report.chapters."
    )
    assert str(wrong.value) == f"{broken}: this is not a notebook. Open it in JupyterLab and save it again."
    assert (missing.value.exit_code, wrong.value.exit_code) == (2, 2)
