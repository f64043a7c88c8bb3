"""Paths in a tree of units: each names a unit from wide to narrow, as one text."""

from __future__ import annotations

from collections.abc import Iterable

from helpers.params.metrics import PATH_SEPARATOR


def parts(path: str) -> list[str]:
    """Return the units of a path, the widest first.

    Examples
    --------
    >>> parts("Klant › Service")
    ['Klant', 'Service']
    """
    return path.split(PATH_SEPARATOR)


def within(path: str, unit: str) -> bool:
    """Tell whether a path is a unit or lies below it; everything lies below ``""``.

    Examples
    --------
    >>> within("Klant › Service", "Klant"), within("Klantzaken", "Klant")
    (True, False)
    """
    return not unit or (path + PATH_SEPARATOR).startswith(unit + PATH_SEPARATOR)


def upwards(path: str) -> list[str]:
    """Return a unit with every unit above it, the widest first.

    Examples
    --------
    >>> upwards("Klant › Service › Noord")
    ['Klant', 'Klant › Service', 'Klant › Service › Noord']
    """
    names = parts(path)
    return [PATH_SEPARATOR.join(names[: depth + 1]) for depth in range(len(names))]


def tree(paths: Iterable[str]) -> list[str]:
    """Return every unit that paths name, parents before their children, each in alphabetical order.

    Examples
    --------
    >>> tree(["Net › Noord", "Klant"])
    ['Klant', 'Net', 'Net › Noord']
    """
    return sorted({unit for path in paths for unit in upwards(path)}, key=parts)
