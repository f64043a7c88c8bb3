"""The bytes of a text file in a form that every reader takes: UTF-8 or a set whose ASCII signs are single bytes."""

from __future__ import annotations

import codecs
import io
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, TextIO

import pyarrow as pa

# The sets that are read from the file itself; a file in any other is written anew as UTF-8, in memory.
LINEWISE = ("utf-8", "ascii", "cp1252", "iso8859-1", "iso8859-15")
_UTF8 = ("utf-8", "ascii")
_CHUNK = 1 << 20
_MARK = "\ufeff"


@dataclass(frozen=True)
class TextBytes:
    """A text file to be read from the start as often as needed.

    Parameters
    ----------
    path
        The file.
    encoding
        Its character set, as Python knows it.
    utf8
        The whole file as UTF-8 where its own set is not read line by line, else None.
    """

    path: Path
    encoding: str
    utf8: bytes | None = None

    @classmethod
    def of(cls, path: Path, *, encoding: str) -> TextBytes:
        """Return a file in this character set."""
        name = codecs.lookup(encoding).name
        known = "utf-8" if name == "utf-8-sig" else name
        return cls(path, known, None if known in LINEWISE else _as_utf8(path, known))

    @property
    def arrow_encoding(self) -> str:
        """The name by which pyarrow reads these bytes."""
        return "utf8" if self.utf8 is not None or self.encoding in _UTF8 else self.encoding

    @property
    def arrow_input(self) -> Any:
        """What pyarrow reads these bytes from."""
        return self.path if self.utf8 is None else pa.BufferReader(self.utf8)

    def binary(self) -> BinaryIO:
        """Return a stream of the bytes."""
        return self.path.open("rb") if self.utf8 is None else io.BytesIO(self.utf8)

    def text(self) -> TextIO:
        """Return a stream of the text, line ends untouched and without a byte order mark."""
        encoding = "utf-8-sig" if self.arrow_encoding == "utf8" else self.encoding
        return io.TextIOWrapper(self.binary(), encoding=encoding, newline="")


def _as_utf8(path: Path, encoding: str) -> bytes:
    decoder = codecs.getincrementaldecoder(encoding)()
    written = io.BytesIO()
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            written.write(decoder.decode(chunk).encode())
    written.write(decoder.decode(b"", final=True).encode())
    return written.getvalue().removeprefix(_MARK.encode())
