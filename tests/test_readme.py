"""README.md and CONTRIBUTING.md are true: layout, commands, options, steps and links."""

from __future__ import annotations

import fnmatch
import importlib.util
import re
import shlex
from pathlib import Path
from typing import Any

import click
import pytest

PROJECT = Path(__file__).resolve().parents[1]
README = (PROJECT / "README.md").read_text(encoding="utf-8")
CONTRIBUTING = (PROJECT / "CONTRIBUTING.md").read_text(encoding="utf-8")
MAKEFILE = (PROJECT / "Makefile").read_text(encoding="utf-8")
EDITORS = (".git", ".idea", ".vscode")
PACKAGE = "src/helpers/"


def _blocks(text: str, language: str) -> list[str]:
    found = re.findall(rf"^( *)```{language}\n(.*?)^ *```", text, re.MULTILINE | re.DOTALL)
    return [re.sub(rf"^{indent}", "", block, flags=re.MULTILINE) for indent, block in found]


def _lines(text: str) -> list[str]:
    blocks = [block for language in ("console", "powershell") for block in _blocks(text, language)]
    return [line for block in blocks for line in block.splitlines() if line and not line.startswith("#")]


def _commands(text: str) -> list[list[str]]:
    """Return every command a reader is told to type, in blocks and in running text, as its words."""
    spans = re.findall(r"`((?:[^`\s]*[/\\])?(?:make|nulmeting) [^`]+)`", text)
    return [shlex.split(line.replace("\\", "/")) for line in [*_lines(text), *spans]]


def _layout() -> tuple[list[str], list[str]]:
    """Return the names at the top level and those in the package, as README's layout has them."""
    (block,) = _blocks(README, "text")
    lines = [(line.startswith(" "), line.split()[0].rstrip("/")) for line in block.splitlines()]
    return [name for inside, name in lines if not inside], [name for inside, name in lines if inside]


def _ignored(name: str) -> bool:
    rules = (PROJECT / ".gitignore").read_text(encoding="utf-8").splitlines()
    return name in EDITORS or any(fnmatch.fnmatch(name, rule.strip("/")) for rule in rules if rule)


def _present(folder: Path) -> list[str]:
    """Return what stands in a folder, but for what version control ignores and empty folders."""
    entries = [path for path in folder.iterdir() if not _ignored(path.name)]
    return sorted(path.name for path in entries if path.is_file() or any(map(Path.is_file, path.rglob("*"))))


def test_the_layout_names_the_top_level() -> None:
    """Everything at the top level is explained, and everything explained is there."""
    named = [name.split("/")[0] for name in _layout()[0]]
    assert sorted(named) == _present(PROJECT)


def test_the_layout_names_the_rooms() -> None:
    """Every room of the package is explained, and everything explained is there."""
    assert sorted(_layout()[1]) == _present(PROJECT / PACKAGE)


@pytest.mark.parametrize("command", _commands(README) + _commands(CONTRIBUTING), ids=" ".join)
def test_every_command_exists(command: list[str]) -> None:
    """A make target that is named is in the Makefile; a command of nulmeting knows what it is told."""
    name = command[0].rsplit("/", 1)[-1]
    if name == "make":
        targets = [word for word in command[1:] if "=" not in word]
        assert [target for target in targets if not re.search(rf"^{target}:", MAKEFILE, re.MULTILINE)] == []
    elif name == "nulmeting":
        _assert_known(command[1:])
    else:
        known = ("py", "python", "python3", "jupyter", "cp", "git", "sudo")
        assert name in known, "test_readme.py does not know how to check this command"


def _assert_known(words: list[str]) -> None:
    known = _options(words[0])
    assert [word for word in words[1:] if word.startswith("--") and word not in known] == []


def _options(command: str) -> set[str]:
    found = _offered()[command]
    return {option for each in found.params for option in [*each.opts, *each.secondary_opts]} | {"--help"}


def _offered() -> dict[str, click.Command]:
    from helpers import cli

    return cli.nulmeting.commands


def test_every_command_and_option_is_explained() -> None:
    """What the command line offers stands in the README: each command, and each option of report."""
    spans = re.findall(r"`([^`\n]+)`", README)
    explained = {word for span in spans for word in span.split()} | set(shlex.split(" ".join(_lines(README))))
    assert [name for name in _offered() if name not in explained] == []
    offered = {option for option in _options("report") if option.startswith("--")} - {"--help"}
    assert sorted(offered - explained) == []
    rows = re.findall(r"^\| `(--[a-z-]+)", README, re.MULTILINE)
    assert sorted(set(rows) - offered) == []


def test_the_steps_without_make_are_those_of_make() -> None:
    """The PowerShell steps are those of bootstrap.py and of the Makefile's target, in the same order."""
    install, project = _steps("requirements.lock")
    block = next(block for block in _blocks(README, "powershell") if "-m venv" in block)
    recipe = re.search(r"^report: .*\n((?:\t.*\n)+)", MAKEFILE, re.MULTILINE)
    assert recipe is not None
    commands = re.findall(r"\$\(NULMETING\) (\w+)", recipe[1])
    assert block.splitlines() == [
        "py -m venv .venv",
        f".venv\\Scripts\\python {install}",
        f".venv\\Scripts\\python {project}",
        *(f".venv\\Scripts\\nulmeting {command}" for command in commands),
    ]


def test_jupyterlab_is_installed_from_the_lock() -> None:
    """The way into JupyterLab without make installs the development lock as bootstrap.py does."""
    install, _ = _steps("requirements-dev.lock")
    assert f".venv\\Scripts\\python {install}" in _lines(README)


def _steps(lock: str) -> tuple[str, str]:
    spec: Any = importlib.util.spec_from_file_location("bootstrap", PROJECT / "bootstrap.py")
    bootstrap = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(bootstrap)
    return " ".join([*bootstrap.LOCKED, lock]), " ".join(bootstrap.PROJECT)


@pytest.mark.parametrize("page", sorted([*PROJECT.glob("*.md"), *PROJECT.glob("docs/**/*.md")]), ids=str)
def test_links_lead_somewhere(page: Path) -> None:
    """A link to a file of the project leads to a file, one within a page to a heading."""
    text = page.read_text(encoding="utf-8")
    headings = {_anchor(heading) for heading in re.findall(r"^#+ (.+)$", text, re.MULTILINE)}
    links = [link for link in re.findall(r"\]\(([^)\s]+)\)", text) if "://" not in link]
    anchors = [link[1:] for link in links if link.startswith("#")]
    files = [link.partition("#")[0] for link in links if not link.startswith("#")]
    assert [anchor for anchor in anchors if anchor not in headings] == []
    assert [file for file in files if not (page.parent / file).exists()] == []


def _anchor(heading: str) -> str:
    return re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-")


def test_exit_codes_are_those_of_the_errors() -> None:
    """The README's exit codes are those that the errors carry."""
    from helpers import errors

    rows = dict(re.findall(r"^\| (\d+) \| (.+) \|$", README, re.MULTILINE))
    assert list(rows) == ["0", str(errors.RUN_FAULT), str(errors.USAGE_FAULT), "130"]
