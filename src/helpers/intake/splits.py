"""What the scores of one source are split by: labels, classes of numbers, units and other trees."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from helpers.intake.columns import SourceColumns
from helpers.intake.groupings import Grouping, binned, labelled, unit_paths
from helpers.params.model import BinnedColumn

LABELLED = ("touchpoint", "channel")
_DECIMAL_SIGN = {"nl": ",", "en": "."}


def groupings_of(columns: SourceColumns, *, language: str) -> dict[str, Grouping]:
    """Return every column of groups, by its name in the responses.

    Parameters
    ----------
    columns
        The columns of the source's files.
    language
        That of the names of classes.
    """
    source = columns.source
    found = {name: _labelled(columns, f"columns.{name}", name) for name in LABELLED if f"columns.{name}" in columns}
    if source.columns.unit:
        found["unit"] = _paths(columns, "columns.unit", source.columns.unit)
    for part, declared in (("dimension", source.dimensions), ("segment", source.segments)):
        for name, grouping in declared.items():
            key = f"{part}s.{name}"
            if isinstance(grouping, BinnedColumn):
                found[f"{part}.{name}"] = binned(
                    columns.groups(key),
                    bins=grouping.bins,
                    decimal=columns.decimal,
                    decimal_sign=_DECIMAL_SIGN[language],
                )
            else:
                found[f"{part}.{name}"] = _labelled(columns, key, name)
    trees = {f"tree.{name}": _paths(columns, f"trees.{name}", levels) for name, levels in source.trees.items()}
    return found | trees


def _paths(columns: SourceColumns, key: str, levels: Sequence[object]) -> Grouping:
    return unit_paths([columns.groups(f"{key}[{level}]") for level in range(len(levels))])


def _labelled(columns: SourceColumns, key: str, name: str) -> Grouping:
    labels = columns.source.labels.get(name, {})
    return labelled(columns.groups(key, labels=labels), labels=labels)


def unclear_bins(columns: SourceColumns) -> Iterator[str]:
    """Yield what is unclear about the numbers that are cut into classes."""
    for part in ("dimensions", "segments"):
        for name, grouping in getattr(columns.source, part).items():
            key = f"{part}.{name}"
            if isinstance(grouping, BinnedColumn) and (
                sentence := columns.unclear_sign(key, columns.groups(key).values)
            ):
                yield sentence
