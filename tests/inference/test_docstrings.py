"""What a docstring of the statistical modules holds: enough to use and to check the figure without reading the code."""

import importlib
import inspect
import re

import pytest

STATISTICAL = [
    "clusters", "designs", "differences", "families", "glide", "groups", "means", "mix", "paired", "permutation",
    "populations", "posterior", "published", "rates", "sample_size", "score_intervals", "scores", "shares", "targets",
    "weighting",
]  # fmt: skip
WORKSHOP = ["bands", "estimates", "inputs", "plans", "reading", "sums", "tallies", "totals"]
SECTIONS = ["Parameters", "Returns", "Raises", "Notes", "References", "Examples"]


def _public(modules):
    for name in modules:
        module = importlib.import_module(f"helpers.inference.{name}")
        for found in vars(module).values():
            if inspect.isfunction(found) and found.__module__ == module.__name__ and found.__name__[0] != "_":
                yield pytest.param(found, id=f"{name}.{found.__name__}")


def _sections(function):
    """Return the text of each numpydoc section by its title."""
    parts = re.split(r"^(\w+)\n-{3,}\n", inspect.getdoc(function), flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def _undescribed(function):
    named = re.findall(r"^(\w[\w, ]*)$", _sections(function).get("Parameters", ""), re.MULTILINE)
    described = {name for line in named for name in line.split(", ")}
    return [name for name in inspect.signature(function).parameters if name not in described]


@pytest.mark.parametrize("function", list(_public(STATISTICAL)))
def test_a_statistic_says_what_it_takes_gives_refuses_and_rests_on(function):
    """Every public function has all six sections in this order: the formula, its source and a figure to check."""
    found = _sections(function)
    assert list(found) == SECTIONS
    assert [title for title, text in found.items() if not text.strip()] == []
    assert ">>>" in found["Examples"]


@pytest.mark.parametrize("function", list(_public(WORKSHOP)))
def test_a_tool_says_what_it_takes_and_gives(function):
    """What the statistics are built of has Parameters and Returns, unless it takes or gives nothing."""
    found, signature = _sections(function), inspect.signature(function)
    assert "Parameters" in found
    assert "Returns" in found or signature.return_annotation == "None"


@pytest.mark.parametrize("function", list(_public([*STATISTICAL, *WORKSHOP])))
def test_every_parameter_is_described(function):
    """No parameter stands in the signature only."""
    assert _undescribed(function) == []
