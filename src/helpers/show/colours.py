"""Arithmetic on colours written as ``#rrggbb``."""

from __future__ import annotations


def contrast(first: str, second: str) -> float:
    """Compare two colours as WCAG 2 does: 1 is none, 21 is black on white.

    Parameters
    ----------
    first, second
        Colours as ``#rrggbb``; their order does not matter.

    References
    ----------
    W3C, Web Content Accessibility Guidelines 2.2, definitions of contrast ratio and relative luminance.

    Examples
    --------
    >>> round(contrast("#ffffff", "#000000"), 1), round(contrast("#0b5394", "#ffffff"), 1)
    (21.0, 7.8)
    """
    low, high = sorted((luminance(first), luminance(second)))
    return (high + 0.05) / (low + 0.05)


def luminance(colour: str) -> float:
    """Return the relative luminance, 0 (black) to 1 (white).

    Examples
    --------
    >>> luminance("#ffffff"), luminance("#000000")
    (1.0, 0.0)
    """
    red, green, blue = (_linear(channel / 255) for channel in channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def mixed(first: str, second: str, share: float) -> str:
    """Mix a share (0…1) of the second colour into the first.

    Examples
    --------
    >>> mixed("#000000", "#ffffff", 0.5)
    '#808080'
    """
    pairs = zip(channels(first), channels(second), strict=True)
    return "#" + "".join(f"{int(a + (b - a) * share + 0.5):02x}" for a, b in pairs)


def channels(colour: str) -> tuple[int, int, int]:
    """Return red, green and blue, each 0…255.

    Examples
    --------
    >>> channels("#0b5394")
    (11, 83, 148)
    """
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4  # noqa: PLR2004
