"""Whether the quotation marks of a CSV file say beyond doubt where its cells begin and end."""

from __future__ import annotations

from typing import BinaryIO

import numpy as np

_QUOTE = ord('"')
_LINE_ENDS = b"\r\n"
_CHUNK = 1 << 24
_MARK = b"\xef\xbb\xbf"


def quotes_are_regular(stream: BinaryIO, *, separator: str) -> bool:
    """Tell whether every quotation mark opens a cell, closes it, or stands double inside a quoted cell.

    A cell that is opened and never closed swallows the rows up to the next quotation mark, without any other
    sign: as many cells may come out as the header has. Counted from the start of the file, the first, third,
    fifth… mark must open a cell or follow a mark; the second, fourth… must close one or precede a mark.

    Parameters
    ----------
    stream
        The bytes of the file, in a character set of which the ASCII signs are single bytes.
    separator
        The character between columns.
    """
    around = np.zeros(256, dtype=bool)
    around[[*_LINE_ENDS, _QUOTE, ord(separator)]] = True
    count, before = 0, _LINE_ENDS[-1:]
    chunk = stream.read(_CHUNK).removeprefix(_MARK)
    while chunk:
        following = stream.read(_CHUNK)
        signs = np.frombuffer(before + chunk + (following[:1] or _LINE_ENDS[-1:]), dtype=np.uint8)
        places = np.flatnonzero(signs[1:-1] == _QUOTE) + 1
        opening = (np.arange(len(places)) + count) % 2 == 0
        if not around[signs[np.where(opening, places - 1, places + 1)]].all():
            return False
        count, before, chunk = count + len(places), chunk[-1:], following
    return count % 2 == 0
