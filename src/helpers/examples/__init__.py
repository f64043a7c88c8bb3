"""The example clients: seeded data with a known story, the same bytes on each machine.

What is planted in the data, and what a report must therefore say, stands in ``docs/examples/``.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from helpers.errors import InfrastructureError
from helpers.examples import contact_centre, energy, insurer, municipality

CLIENTS: dict[str, Callable[[], dict[str, bytes]]] = {
    "voorbeeld-energie": energy.files,
    "voorbeeld-gemeente": municipality.files,
    "voorbeeld-klantcontact": contact_centre.files,
    "example-insurer": insurer.files,
}
"""Per example client (a folder in ``params/``) the function that makes its files: name -> content."""


def generate(data_folder: Path) -> list[Path]:
    """Write the data of every example client.

    Parameters
    ----------
    data_folder
        The folder of all data, usually ``data``; each client gets ``examples/<client>`` in it.

    Returns
    -------
    list of Path
        The files written, client by client.

    Raises
    ------
    InfrastructureError
        If the folder or a file in it cannot be written.
    """
    return [path for client, files in CLIENTS.items() for path in _written(data_folder / "examples" / client, files())]


def _written(folder: Path, files: dict[str, bytes]) -> list[Path]:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            (folder / name).write_bytes(content)
    except OSError as fault:
        raise InfrastructureError(
            f"{folder}: the example data cannot be written ({fault.strerror}). "
            "Make the folder writable or give another data folder."
        ) from fault
    return [folder / name for name in files]
