"""The answers as an outsider can tell them apart by what is shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from helpers.disclosure.declared import ATOM_COLUMNS, Declared
from helpers.disclosure.rules import Rules

Flags = npt.NDArray[np.bool_]
Counts = npt.NDArray[np.int64]

COMPONENT = ["audience", "metric", "period"]
BANDS = list(ATOM_COLUMNS[1:])


class Cut(NamedTuple):
    """Known cells of which at least one must be hidden, and the hidden cell that they give away together.

    ``cells`` are index labels of ``Declared.cells``; ``gives_away`` is an id, or empty for a group without a name.
    """

    cells: frozenset[int]
    gives_away: str


@dataclass(frozen=True)
class View:
    """One metric of one audience in one period, as an outsider sees it.

    Parameters
    ----------
    cells
        Its rows of ``Declared.cells`` that have answers, with their labels.
    member
        Which atoms the answers of a cell are (cells × atoms); atoms of the same cells are one.
    n
        Answers per atom.
    bands
        Promoters, passives and detractors per atom (atoms × 3); None where the metric has none.
    known
        Whether an outsider has the numbers of a cell: shown now, or printed before.
    published
        Whether they were printed before, so that hiding the cell now helps nothing.
    own
        Whether a cell is hidden for a reason of its own.
    minimum
        The smallest group of which anything may be known.
    """

    cells: pd.DataFrame
    member: Flags
    n: Counts
    bands: Counts | None
    known: Flags
    published: Flags
    own: Flags
    minimum: int

    def label(self, cell: int) -> int:
        """Return the label in ``Declared.cells`` of a cell by its place."""
        return int(self.cells.index[cell])

    def secret(self) -> Counts:
        """Return the places of the cells that are hidden for a reason of their own, and not known all the same."""
        return np.flatnonzero(self.own & ~self.known)

    def mendable(self, cut: Cut) -> bool:
        """Tell whether hiding a cell of a cut helps: not all of them were printed before."""
        return bool(cut.cells - set(self.cells.index[self.published]))

    def name_of(self, atoms: Flags) -> str:
        """Return the id of the hidden cell whose answers these atoms are, or nothing."""
        same = (self.member == atoms).all(axis=1) & ~self.known
        return str(self.cells["id"].iloc[int(np.argmax(same))]) if same.any() else ""

    def cut(self, cells: npt.ArrayLike, atoms: Flags) -> Cut:
        """Return that these cells, by place, give away these atoms."""
        return Cut(frozenset(self.label(int(cell)) for cell in np.atleast_1d(cells)), self.name_of(atoms))


def views(declared: Declared, known: Flags, own: Flags, rules: Mapping[str, Rules], published: Flags) -> list[View]:
    """Return every metric, audience and period whose cells must not give each other away.

    Parameters
    ----------
    declared
        Every cell of the report.
    known, own, published
        One value per cell of ``declared``, as in :class:`View`.
    rules
        By audience; only those with ``complementary`` have views.
    """
    cells = declared.cells
    guarded = cells[cells["audience"].map(lambda name: rules[name].complementary) & cells["n"].gt(0)]
    return [
        _view(declared, np.asarray(part.index), rules[str(audience)].minimum_respondents, (known, published, own))
        for (audience, _, _), part in guarded.groupby(COMPONENT, sort=True, dropna=False)
        if part.index.isin(declared.members["cell"]).any()
    ]


def _view(declared: Declared, places: Counts, minimum: int, flags: tuple[Flags, Flags, Flags]) -> View:
    related = places[np.isin(places, declared.members["cell"])]
    member, atoms = _memberships(declared, related)
    code = same_columns(member)
    first = np.unique(code, return_index=True)[1]
    counts = declared.atoms.iloc[atoms]
    bands = None if counts[BANDS].isna().any(axis=None) else summed(counts[BANDS].to_numpy(dtype=np.int64), code)
    n = summed(counts["n"].to_numpy(dtype=np.int64), code)
    known, published, own = (each[related] for each in flags)
    return View(declared.cells.loc[related], member[:, first], n, bands, known, published, own, minimum)


def _memberships(declared: Declared, places: Counts) -> tuple[Flags, Counts]:
    """Return which atoms with answers belong to the cells (cells × atoms), and where these atoms stand."""
    members = declared.members[declared.members["cell"].isin(places)]
    members = members[declared.atoms["n"].to_numpy()[members["atom"].to_numpy(dtype=np.int64)] > 0]
    atoms = np.unique(members["atom"].to_numpy(dtype=np.int64))
    matrix = np.zeros((len(places), len(atoms)), dtype=np.bool_)
    rows = np.searchsorted(places, members["cell"].to_numpy(dtype=np.int64))
    matrix[rows, np.searchsorted(atoms, members["atom"].to_numpy(dtype=np.int64))] = True
    return matrix, atoms


def same_columns(matrix: Flags) -> Counts:
    """Return a number for each column, the same for columns that are the same; numbered in the order of their bits."""
    if not matrix.size:
        return np.zeros(matrix.shape[1], dtype=np.int64)
    packed = np.ascontiguousarray(np.packbits(matrix, axis=0).T)
    keys = packed.view(np.dtype((np.void, packed.shape[1]))).ravel()
    return np.unique(keys, return_inverse=True)[1].astype(np.int64)


def summed(values: Counts, code: Counts) -> Counts:
    """Add up rows of the same number."""
    total = np.zeros((int(code.max(initial=-1)) + 1, *values.shape[1:]), dtype=np.int64)
    np.add.at(total, code, values)
    return total


@dataclass(frozen=True)
class Blocks:
    """Atoms that no known cell tells apart, as one.

    ``places`` are those of the known cells in the view, ``member`` is known cells × blocks, ``n`` answers per block
    and ``of_atom`` the block of each atom; −1 for atoms of no known cell.
    """

    places: Counts
    member: Flags
    n: Counts
    of_atom: Counts

    def atoms(self, blocks: Flags) -> Flags:
        """Return which atoms a set of blocks is."""
        return np.append(blocks, False)[self.of_atom]

    def whole(self, atoms: Flags) -> Flags | None:
        """Return which blocks a set of atoms is, or None if it is not whole blocks."""
        blocks = np.zeros(len(self.n), dtype=np.bool_)
        blocks[self.of_atom[atoms & (self.of_atom >= 0)]] = True
        return blocks if np.array_equal(self.atoms(blocks), atoms) else None


def blocks_of(view: View) -> Blocks:
    """Return what the known cells of a view tell apart; of cells with the same answers only the first counts.

    Examples
    --------
    >>> cells = pd.DataFrame({"id": ["all", "a", "b"]})
    >>> member = np.array([[True, True], [True, False], [False, True]])
    >>> known, none = np.array([True, False, False]), np.zeros(3, dtype=bool)
    >>> blocks_of(View(cells, member, np.array([12, 9]), None, known, none, ~known, 10)).n.tolist()
    [21]
    """
    known = np.flatnonzero(view.known)
    rows = view.member[known]
    places = known[np.sort(np.unique(same_columns(rows.T), return_index=True)[1])]
    inside = np.flatnonzero(view.member[places].any(axis=0))
    code = same_columns(view.member[np.ix_(places, inside)])
    first = np.unique(code, return_index=True)[1]
    of_atom = np.full(len(view.n), -1, dtype=np.int64)
    of_atom[inside] = code
    return Blocks(places, view.member[places][:, inside[first]], summed(view.n[inside], code), of_atom)
