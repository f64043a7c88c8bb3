"""The organisations that a command names: each one's params, or every fault in them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from helpers import params
from helpers.errors import ReportError
from helpers.params import Client
from helpers.production import chapters, record


def loaded(names: Iterable[str], *, params_folder: Path, notebooks: Path) -> dict[str, Client | ReportError]:
    """Read and check the params of organisations, that their ledger is as it was written, and their chapters are there.

    Parameters
    ----------
    names
        Their folders in the params folder.
    params_folder, notebooks
        The folders of the organisations and of the chapters.

    Returns
    -------
    dict
        Per name the client, or the error with every fault of its params file, or that of its ledger.
    """
    return {name: _loaded(name, params_folder, notebooks) for name in names}


def _loaded(name: str, params_folder: Path, notebooks: Path) -> Client | ReportError:
    try:
        client = params.load(name, params_folder=params_folder)
        record.opened(client.folder)
        declared = client.params.report.chapters
        if declared != "auto":
            chapters.found(declared, notebooks=notebooks, beside=client.folder)
    except ReportError as fault:
        return fault
    return client
