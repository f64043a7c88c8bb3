"""bootstrap.py: .venv is made once, and again only when locks, project, Python or place change."""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from types import ModuleType

import pytest

PROJECT = Path(__file__).resolve().parents[1]
RUNTIME, DEVELOPMENT = "requirements.lock", "requirements-dev.lock"


@pytest.fixture
def bootstrap() -> ModuleType:
    """Return bootstrap.py as a module."""
    spec = importlib.util.spec_from_file_location("bootstrap", PROJECT / "bootstrap.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class Machine:
    """Stands in for subprocess: notes what would run, and makes the one file that a real run leaves."""

    def __init__(self, bootstrap: ModuleType, project: Path) -> None:
        self.bootstrap, self.project = bootstrap, project
        self.ran: list[list[str]] = []
        self.fails = False

    def run(self, command: list[str], **_: object) -> subprocess.CompletedProcess[str]:
        """Note a command."""
        self.ran.append(command)
        if "venv" in command:
            python = self.project / ".venv" / self.bootstrap.PYTHON_IN_ENVIRONMENT
            python.parent.mkdir(parents=True, exist_ok=True)
            python.touch()
        return subprocess.CompletedProcess(command, returncode=int(self.fails))

    def steps(self) -> list[str]:
        """Return what has run since the last time, in words."""
        words = ["venv" if "venv" in each else each[-4] for each in self.ran]
        self.ran.clear()
        return words


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return a project folder, with a space in its path, that holds two locks and pyproject.toml."""
    folder = tmp_path / "a client's folder"
    folder.mkdir()
    for name in (RUNTIME, DEVELOPMENT, "pyproject.toml"):
        (folder / name).write_text(name)
    return folder


@pytest.fixture
def machine(bootstrap: ModuleType, project: Path, monkeypatch: pytest.MonkeyPatch) -> Machine:
    """Return a machine on which nothing is really installed."""
    machine = Machine(bootstrap, project)
    monkeypatch.setattr(bootstrap, "subprocess", machine)
    return machine


def test_the_first_run_installs_and_the_second_nothing(bootstrap: ModuleType, machine: Machine, project: Path) -> None:
    """The environment is made, the lock installed with hashes and wheels only, then the project; once."""
    assert bootstrap.installed(RUNTIME, project=project)
    environment, locked, itself = machine.ran
    assert environment == [sys.executable, "-m", "venv", "--clear", str(project / ".venv")]
    assert locked[:8] == [
        str(project / ".venv" / bootstrap.PYTHON_IN_ENVIRONMENT),
        *("-m", "pip", "install", "--require-hashes", "--only-binary", ":all:", "-r"),
    ]
    assert locked[8] == RUNTIME
    assert itself[1:8] == ["-m", "pip", "install", "--no-deps", "--no-build-isolation", "-e", "."]
    machine.ran.clear()
    assert not bootstrap.installed(RUNTIME, project=project)
    assert machine.ran == []


def test_the_development_lock_covers_the_runtime_lock(bootstrap: ModuleType, machine: Machine, project: Path) -> None:
    """After the development requirements the runtime ones are there; the other way round they are not."""
    bootstrap.installed(DEVELOPMENT, project=project)
    assert not bootstrap.installed(RUNTIME, project=project)
    (project / ".venv" / f"{DEVELOPMENT}.installed").unlink()
    machine.ran.clear()
    assert bootstrap.installed(DEVELOPMENT, project=project)
    assert machine.steps() == [DEVELOPMENT, "."]


@pytest.mark.parametrize("changed", [RUNTIME, "pyproject.toml"])
def test_changed_content_installs_again(bootstrap: ModuleType, machine: Machine, project: Path, changed: str) -> None:
    """What counts is the content of the lock and of pyproject.toml, not when they were written."""
    bootstrap.installed(RUNTIME, project=project)
    (project / changed).write_text(changed)
    assert not bootstrap.installed(RUNTIME, project=project)
    machine.ran.clear()
    (project / changed).write_text("another branch")
    assert bootstrap.installed(RUNTIME, project=project)
    assert machine.steps() == [RUNTIME, "."]


def test_another_branch_and_back_installs_twice(bootstrap: ModuleType, machine: Machine, project: Path) -> None:
    """An environment that another branch's lock went into does not pass for the earlier one."""
    bootstrap.installed(DEVELOPMENT, project=project)
    (project / RUNTIME).write_text("another branch")
    bootstrap.installed(RUNTIME, project=project)
    (project / RUNTIME).write_text(RUNTIME)
    assert bootstrap.installed(DEVELOPMENT, project=project)


@pytest.mark.parametrize("broken", ["moved", "without its Python"])
def test_an_environment_that_cannot_work_is_made_again(
    bootstrap: ModuleType, machine: Machine, project: Path, broken: str
) -> None:
    """An environment is bound to its folder and to its Python; without either it is made anew."""
    bootstrap.installed(RUNTIME, project=project)
    machine.ran.clear()
    if broken == "moved":
        project = project.rename(project.with_name("moved"))
        machine.project = project
    else:
        (project / ".venv" / bootstrap.PYTHON_IN_ENVIRONMENT).unlink()
    assert bootstrap.installed(RUNTIME, project=project)
    assert machine.steps() == ["venv", RUNTIME, "."]


def test_a_failed_installation_is_told_and_tried_again(bootstrap: ModuleType, machine: Machine, project: Path) -> None:
    """When pip fails the user reads what was tried, and nothing counts as installed."""
    bootstrap.installed(RUNTIME, project=project)
    (project / RUNTIME).write_text("another branch")
    machine.fails = True
    with pytest.raises(SystemExit, match=r"requirements\.lock could not be installed"):
        bootstrap.installed(RUNTIME, project=project)
    machine.fails = False
    assert bootstrap.installed(RUNTIME, project=project)


def test_a_missing_venv_module_is_named(bootstrap: ModuleType) -> None:
    """A Debian machine without python3-venv gets the name of the package instead of a traceback."""
    with pytest.raises(SystemExit, match="sudo apt-get install python3-venv"):
        bootstrap.refuse_without_venv(find={"venv": "there"}.get)
    bootstrap.refuse_without_venv(find={"venv": "there", "ensurepip": "there"}.get)


def test_make_and_pyproject_ask_for_the_same_python() -> None:
    """The oldest Python stands in pyproject.toml and in the Makefile, and they agree."""
    pyproject = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))
    oldest = pyproject["project"]["requires-python"].removeprefix(">=")
    makefile = (PROJECT / "Makefile").read_text(encoding="utf-8")
    assert re.findall(r"sys\.version_info < \((\d+), (\d+)\)", makefile) == [tuple(oldest.split("."))]
    assert f"nulmeting needs Python {oldest} or newer" in makefile
