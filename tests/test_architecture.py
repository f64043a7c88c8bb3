"""The house of docs/decisions.md: who may import whom, how long things may be, and what `src` never does."""

from __future__ import annotations

import ast
import statistics
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[1]
PACKAGE = PROJECT / "src" / "helpers"

# The whole house. A module imports lower floors and, except in `analysis`, its own room; nothing else.
FLOORS = {
    "cli": 7,
    "production": 6,
    "project": 6,
    "checking": 6,
    "examples": 6,
    "dossier": 5,
    "analysis": 4,
    "disclosure": 3,
    "intake": 3,
    "show": 3,
    "inference": 2,
    "audit": 2,
    "params": 2,
    "periods": 1,
    "rounding": 1,
    "quiet": 1,
    "errors": 0,
}
MODULES_APART = ("analysis",)  # one module per chapter, which never import each other
KEPT_FROM = {  # lower floors that a room knows nothing of
    "production": ("analysis", "inference"),  # it turns notebooks into documents and knows no NPS
}
WITHOUT_FILES = ("inference",)  # counts and columns in, estimates out
FILE_MODULES = ("csv", "glob", "io", "json", "os", "pathlib", "shutil", "tempfile", "tomllib", "yaml")
MAY_PRINT = ("cli.py",)
MAY_READ_THE_CLOCK = ("production/manifest.py", "checking/finding.py")  # stamps a set; compares with today
THE_STAMP = "manifest.now"  # the one way to today's date, for who writes a manifest
MAY_TIME = ("production", "cli")  # how long something took: for the manifest and the progress bar
LONGEST_MODULE, LONGEST_FUNCTION, MEDIAN_FUNCTION = 300, 40, 10

CLOCK_CALLS = ("now", "today", "utcnow", "time_ns", "localtime", "gmtime", "ctime")
TIMER_CALLS = ("perf_counter", "perf_counter_ns", "monotonic", "monotonic_ns", "process_time")


def import_faults(package: Path) -> list[str]:
    """Return where a module of a package imports what its floor does not allow."""
    return [fault for path in _modules(package) for fault in _import_faults_of(path, package=package)]


def _import_faults_of(path: Path, *, package: Path) -> Iterator[str]:
    here = path.relative_to(package).as_posix()
    room, own = _room(here), _dotted(here)
    if room and room not in FLOORS:
        yield f"{here}: '{room}' is no room of the house; give it a floor in tests/test_architecture.py."
        return
    for target in _imported(path, package=package):
        other = target.split(".")[0]
        if not room:
            yield f"{here} imports {target}: the package itself imports no room."
        elif other not in FLOORS:
            yield f"{here} imports {target}, which is no room of the house."
        elif other == room:
            inside = target.split(".")[1:2]
            if room in MODULES_APART and inside and ".".join([room, *inside]) != own:
                yield f"{here} imports {target}: modules of {room} never import each other."
        elif FLOORS[other] >= FLOORS[room]:
            yield f"{here} (floor {FLOORS[room]}) imports {target} (floor {FLOORS[other]})."
        elif other in KEPT_FROM.get(room, ()):
            yield f"{here} imports {target}: {room} knows nothing of {other}."
    if room in WITHOUT_FILES:
        yield from (f"{here} imports {name}: {room} knows no files." for name in _files_known(path))


def _imported(path: Path, *, package: Path) -> Iterator[str]:
    for node in ast.walk(_tree(path)):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = _base(node, path=path, package=package)
            names = [f"{base}.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Call) and _called(node) == "import_module":
            names = [str(each.value) for each in node.args if isinstance(each, ast.Constant)]
        else:
            continue
        own = f"{package.name}."
        yield from (name.removeprefix(own) for name in names if name.startswith(own))


def _base(node: ast.ImportFrom, *, path: Path, package: Path) -> str:
    if not node.level:
        return node.module or ""
    folders = [package.name, *path.relative_to(package).parts[:-1]]
    return ".".join([*folders[: len(folders) - node.level + 1], *([node.module] if node.module else [])])


def _files_known(path: Path) -> Iterator[str]:
    for node in ast.walk(_tree(path)):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [node.module or ""]
        else:
            continue
        yield from (name for name in names if name.split(".")[0] in FILE_MODULES)


def clock_faults(package: Path) -> list[str]:
    """Return where a module reads the clock, or takes time, that may not."""
    return [
        f"{path.relative_to(package).as_posix()}:{node.lineno} calls {_called(node)}(): src reads no clock."
        for path in _modules(package)
        for node in ast.walk(_tree(path))
        if isinstance(node, ast.Call) and _reads_clock(node, path.relative_to(package).as_posix())
    ]


def _reads_clock(node: ast.Call, here: str) -> bool:
    if _called(node) in TIMER_CALLS:
        return _room(here) not in MAY_TIME
    asked = ast.unparse(node.func)
    told = (_called(node) in CLOCK_CALLS and asked != THE_STAMP) or asked == "time.time"
    return told and here not in MAY_READ_THE_CLOCK


def print_faults(package: Path) -> list[str]:
    """Return where a module prints that may not."""
    return [
        f"{path.relative_to(package).as_posix()}:{node.lineno} prints: only the command line speaks."
        for path in _modules(package)
        if path.relative_to(package).as_posix() not in MAY_PRINT
        for node in ast.walk(_tree(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
    ]


def length_faults(package: Path) -> list[str]:
    """Return the modules and functions that are too long, and the median where that is."""
    faults, lengths = [], []
    for path in _modules(package):
        here = path.relative_to(package).as_posix()
        lines = path.read_text(encoding="utf-8").count("\n")
        if lines > LONGEST_MODULE:
            faults.append(f"{here}: {lines} lines, at most {LONGEST_MODULE}; is it more than one module?")
        for node in ast.walk(_tree(path)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lengths.append(_code_lines(node))
                if lengths[-1] > LONGEST_FUNCTION:
                    faults.append(f"{here}, {node.name}: {lengths[-1]} lines, at most {LONGEST_FUNCTION}.")
    if lengths and statistics.median(lengths) > MEDIAN_FUNCTION:
        faults.append(f"half of the functions are longer than {MEDIAN_FUNCTION} lines.")
    return faults


def _code_lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    docstring = ast.get_docstring(node, clean=False)
    documented = docstring.count("\n") + 1 if docstring is not None else 0
    return (node.end_lineno or node.lineno) - node.lineno + 1 - documented


def _modules(package: Path) -> list[Path]:
    return sorted(package.rglob("*.py"))


def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def _called(node: ast.Call) -> str:
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def _dotted(here: str) -> str:
    return here.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def _room(here: str) -> str:
    return "" if here == "__init__.py" else _dotted(here).split(".")[0]


@pytest.mark.parametrize("faults", [import_faults, clock_faults, print_faults, length_faults])
def test_the_house_holds(faults: Callable[[Path], list[str]]) -> None:
    """No module of `src` breaks a rule of the house."""
    assert len(_modules(PACKAGE)) > 20
    assert faults(PACKAGE) == []


def test_nothing_shadows_the_package() -> None:
    """A helpers.py beside notebooks or tests would be imported instead of the package."""
    found = [path for room in ("notebooks", "tests") for path in (PROJECT / room).rglob("helpers*")]
    assert [path for path in found if path.name in ("helpers", "helpers.py")] == []


FORBIDDEN = [
    (
        "periods.py",
        "from helpers.params import model",
        "periods.py (floor 1) imports params.model (floor 2).",
    ),
    ("params/model.py", "import helpers.audit", "params/model.py (floor 2) imports audit (floor 2)."),
    (
        "show/tables.py",
        "from ..dossier import open",
        "show/tables.py (floor 3) imports dossier.open (floor 5).",
    ),
    (
        "intake/sav.py",
        "def read():\n    from helpers import cli",
        "intake/sav.py (floor 3) imports cli (floor 7).",
    ),
    (
        "errors.py",
        "import importlib\nimportlib.import_module('helpers.show.theme')",
        "errors.py (floor 0) imports show.theme (floor 3).",
    ),
    (
        "analysis/targets.py",
        "from helpers.analysis import scores",
        "analysis/targets.py imports analysis.scores: modules of analysis never import each other.",
    ),
    (
        "analysis/targets.py",
        "from .scores import nps",
        "analysis/targets.py imports analysis.scores.nps: modules of analysis never import each other.",
    ),
    (
        "production/pdf.py",
        "from helpers.inference import scores",
        "production/pdf.py imports inference.scores: production knows nothing of inference.",
    ),
    (
        "inference/scores.py",
        "from pathlib import Path",
        "inference/scores.py imports pathlib: inference knows no files.",
    ),
    (
        "__init__.py",
        "from helpers import show",
        "__init__.py imports show: the package itself imports no room.",
    ),
    (
        "attic/boxes.py",
        "",
        "attic/boxes.py: 'attic' is no room of the house; give it a floor in tests/test_architecture.py.",
    ),
    ("cli.py", "from helpers import attic", "cli.py imports attic, which is no room of the house."),
]


@pytest.mark.parametrize(("where", "code", "fault"), FORBIDDEN)
def test_a_forbidden_import_is_named(tmp_path: Path, where: str, code: str, fault: str) -> None:
    """Each rule of the floors can fail, also on relative imports and imports within functions."""
    assert import_faults(_house(tmp_path, where, code)) == [fault]


@pytest.mark.parametrize(
    ("where", "code"),
    [
        ("cli.py", "from helpers import production, errors"),
        ("show/tables.py", "from helpers.show import theme\nfrom . import blocks\nimport pathlib"),
        ("production/pdf.py", "from helpers.show.theme import THEME"),
        ("analysis/targets.py", "import helpers_of_another\nfrom helpers.inference import scores"),
    ],
)
def test_an_allowed_import_passes(tmp_path: Path, where: str, code: str) -> None:
    """Lower floors, the own room and other people's packages may be imported."""
    assert import_faults(_house(tmp_path, where, code)) == []


def test_the_clock_is_read_in_named_modules_only(tmp_path: Path) -> None:
    """Only the modules that stamp or compare with today know the date; only production takes time."""
    code = "import datetime, time\n\ndatetime.date.today()\ntime.time()\ntime.perf_counter()\n"
    assert clock_faults(_house(tmp_path / "a", "show/tables.py", code)) == [
        "show/tables.py:3 calls today(): src reads no clock.",
        "show/tables.py:4 calls time(): src reads no clock.",
        "show/tables.py:5 calls perf_counter(): src reads no clock.",
    ]
    assert clock_faults(_house(tmp_path / "b", "production/manifest.py", code)) == []


def test_only_the_command_line_prints(tmp_path: Path) -> None:
    """A print outside the command line is a fault."""
    code = "print('done')\n"
    assert print_faults(_house(tmp_path / "a", "cli.py", code)) == []
    assert print_faults(_house(tmp_path / "b", "show/tables.py", code)) == [
        "show/tables.py:1 prints: only the command line speaks."
    ]


def test_length_is_measured_without_the_docstring(tmp_path: Path) -> None:
    """A function of 41 lines is too long, one of 40 with a docstring is not; so is a module of 301 lines."""
    long = "def long():\n" + "    x = 1\n" * 40
    documented = 'def documented():\n    """Say.\n\n    More.\n    """\n' + "    x = 1\n" * 39
    short = "def short():\n    return 1\n" * 4
    house = _house(tmp_path, "show/tables.py", long + documented + short)
    (house / "show" / "charts.py").write_text("x = 1\n" * 301)
    assert length_faults(house) == [
        "show/charts.py: 301 lines, at most 300; is it more than one module?",
        "show/tables.py, long: 41 lines, at most 40.",
    ]
    (house / "show" / "tables.py").write_text(documented)
    assert length_faults(house)[-1] == "half of the functions are longer than 10 lines."


def _house(folder: Path, where: str, code: str) -> Path:
    path = folder / "helpers" / where
    path.parent.mkdir(parents=True)
    path.write_text(code, encoding="utf-8")
    return folder / "helpers"
