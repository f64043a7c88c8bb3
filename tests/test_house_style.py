"""What the linters cannot say: whole messages to translate, no loose ends, nothing outside the checkout."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[1]
SOURCES = sorted((PROJECT / "src").rglob("*.py"))
TRANSLATORS = re.compile(r"_|(\w+\.)*words\.(text|plural)")
OUTSIDE = re.compile(r"\.\./shared|/root/")
LOOSE_ENDS = re.compile(r"\b(TODO|FIXME|XXX|HACK|NotImplementedError)\b")


def _parted_messages(source: str) -> list[str]:
    """Return the calls whose message is put together before it is translated, so that no catalogue has it."""
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call) and node.args]
    translated = [node for node in calls if TRANSLATORS.fullmatch(ast.unparse(node.func))]
    return [ast.unparse(node) for node in translated if _is_put_together(node.args[0])]


def _is_put_together(message: ast.expr) -> bool:
    if isinstance(message, ast.Call) and isinstance(message.func, ast.Attribute):
        return message.func.attr in ("format", "join", "replace")
    return isinstance(message, ast.JoinedStr | ast.BinOp)


def _texts() -> Iterator[Path]:
    rooms = ("src", "notebooks", "params", "docs", "performance")
    files = [path for room in rooms for path in (PROJECT / room).rglob("*") if path.is_file()]
    readable = (
        ".py",
        ".ipynb",
        ".md",
        ".yaml",
        ".toml",
        ".po",
        ".typ",
        ".css",
        ".j2",
        ".json",
        ".html",
        ".js",
    )
    yield from (path for path in files if path.suffix in readable and not _is_generated(path))
    yield from (PROJECT / name for name in ("README.md", "CONTRIBUTING.md", "Makefile", "bootstrap.py"))


def _is_generated(path: Path) -> bool:
    return any(part.startswith(".") or part == "private" for part in path.relative_to(PROJECT).parts)


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(PROJECT).as_posix())
def test_a_message_is_whole_before_it_is_translated(path: Path) -> None:
    """Babel silently skips an f-string, and a message made of parts cannot be translated."""
    assert _parted_messages(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("call", "found"),
    [
        ("words.text(f'{n} answers')", True),
        ("words.plural('{n} answer' + s, '{n} answers', n)", True),
        ("_('{} answers'.format(n))", True),
        ("context.words.text('answers: %d' % n)", True),
        ("words.text('{n} answers', n=n)", False),
        ("words.text(message)", False),
        ("axes.text(x + 1, y, f'{n}')", False),
    ],
)
def test_a_message_in_parts_is_found(call: str, found: bool) -> None:
    """The check above finds methods of the translator, which ruff's INT rules do not see."""
    assert bool(_parted_messages(call)) is found


def test_nothing_points_outside_the_checkout() -> None:
    """A fresh clone elsewhere has neither this machine's folders nor what stands beside the clone."""
    pages = {path: path.read_text(encoding="utf-8") for path in _texts()}
    assert len(pages) > 50
    assert [path for path, text in pages.items() if OUTSIDE.search(text)] == []


def test_no_loose_ends_in_the_source() -> None:
    """What is not there yet is absent, not marked."""
    assert [path for path in SOURCES if LOOSE_ENDS.search(path.read_text(encoding="utf-8"))] == []


def test_the_hooks_run_what_make_runs() -> None:
    """A commit is checked with the same tools and options as `make lint`."""
    hooks = (PROJECT / ".pre-commit-config.yaml").read_text(encoding="utf-8")
    makefile = (PROJECT / "Makefile").read_text(encoding="utf-8")
    entries = re.findall(r"entry: \.venv/bin/python -m (.+)$", hooks, re.MULTILINE)
    assert len(entries) == 5
    wanted = [entry.replace(" --force-exclude", "") for entry in entries]
    assert [entry for entry in wanted if f"$(RUN) {entry}" not in makefile] == []
