"""The sheet a chart is drawn on: matplotlib in points from the top left, with settings that do not leak."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Literal

import matplotlib as mpl
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.collections import LineCollection
from matplotlib.patches import FancyBboxPatch, Rectangle
from matplotlib.ticker import NullLocator

from helpers.show.charts import lettering
from helpers.show.charts.lettering import FAMILIES, REGULAR
from helpers.show.charts.tidy import tidy
from helpers.show.theme import Theme, Tone

POINTS_PER_INCH = 72
LINE = 1.3
DASHED = (0.0, (3.0, 2.0))
DOTTED = (0.0, (1.0, 2.0))
Align = Literal["left", "center", "right"]
LineStyle = str | tuple[float, tuple[float, float]]
Point = tuple[float, float]
Segment = tuple[Point, Point]


@contextmanager
def settings(theme: Theme, identifier: str) -> Iterator[None]:
    """Draw with matplotlib's and seaborn's own defaults plus ours, whatever the notebook has set.

    Parameters
    ----------
    theme
        The look.
    identifier
        The chart's id; it salts the ids inside the SVG, so that two charts on a page never share one.
    """
    ours = {
        "svg.fonttype": "none",
        "svg.hashsalt": identifier,
        "text.parse_math": False,
        "font.family": list(FAMILIES),
        "font.size": theme.size["small"],
        "lines.solid_capstyle": "butt",
    }
    lettering.register_fonts(theme)
    with mpl.rc_context(), warnings.catch_warnings():
        # A sign that no vendored font has is kept as it is: the HTML may have it, the PDF names it.
        warnings.filterwarnings("ignore", message="Glyph .* missing from font")
        mpl.rcdefaults()
        mpl.rcParams.update(sns.axes_style("white") | ours)  # type: ignore[arg-type]
        yield


class Sheet:
    """A figure measured in points from its top left corner.

    One set of axes covers all of it in the same measure, and marks of one look are drawn in one call at the
    end: axes and calls per panel would take most of a chart's time.

    Parameters
    ----------
    theme
        The look.
    height
        In points; the width is that of the page's text.
    """

    def __init__(self, theme: Theme, *, height: float) -> None:
        self.theme = theme
        self.width = theme.page["width"]
        self.height = height
        size = (self.width / POINTS_PER_INCH, height / POINTS_PER_INCH)
        self.figure = Figure(figsize=size, dpi=POINTS_PER_INCH, facecolor="none")
        self.axes: Axes = self.figure.add_axes((0, 0, 1, 1))
        for one in (self.axes.xaxis, self.axes.yaxis):
            one.set_major_locator(NullLocator())
        self.axes.set_axis_off()
        self._lines: dict[tuple[float, str, float, LineStyle], list[Segment]] = {}
        self._dots: dict[tuple[float, str, float, bool], list[Point]] = {}

    def text(
        self,
        left: float,
        baseline: float,
        text: str,
        *,
        colour: str | None = None,
        weight: int = REGULAR,
        align: Align = "left",
        style: str = "normal",
        backed: bool = False,
    ) -> None:
        """Write a text in the small size with its baseline at a height; backed, no grid runs through it."""
        size = self.theme.size["small"]
        if backed:
            wide = lettering.width(text, size=size, weight=weight)
            start = left - wide * {"left": 0, "center": 0.5, "right": 1}[align]
            paper = self.theme.light.paper
            self.box(start - 1.5, baseline - size, width=wide + 3, height=size * LINE, colour=paper, layer=1.5)
        self.axes.text(
            left,
            baseline,
            text,
            color=colour or self.theme.light.ink,
            fontsize=size,
            fontweight=weight,
            fontstyle=style,
            horizontalalignment=align,
            verticalalignment="baseline",
        )

    def lines(
        self, segments: Sequence[Segment], *, colour: str, width: float, style: LineStyle = "-", layer: float = 1
    ) -> None:
        """Draw straight lines, each from a point to a point; a higher layer covers a lower one."""
        self._lines.setdefault((layer, colour, width, style), []).extend(segments)

    def dots(
        self, points: Sequence[Point], *, colour: str, size: float, hollow: bool = False, layer: float = 3
    ) -> None:
        """Draw round dots of so many points across; a hollow one shows the paper."""
        self._dots.setdefault((layer, colour, size, hollow), []).extend(points)

    def box(
        self, left: float, top: float, *, width: float, height: float, colour: str, layer: float = 1
    ) -> None:
        """Fill a rectangle."""
        patch = Rectangle((left, top), width, height, facecolor=colour, linewidth=0, zorder=layer)
        self.axes.add_artist(patch)

    def pill(self, left: float, baseline: float, text: str, *, tone: Tone) -> float:
        """Write a word on its own background and return its width."""
        size = self.theme.size["small"]
        width = lettering.width(text, size=size, weight=lettering.SEMIBOLD) + size
        shape = FancyBboxPatch(
            (left, baseline - size - 0.5),
            width,
            size * LINE + 1,
            boxstyle=f"round,pad=0,rounding_size={size / 4}",
            facecolor=tone.paper,
            edgecolor=tone.edge,
            linewidth=0.6,
        )
        self.axes.add_artist(shape)
        self.text(left + size / 2, baseline, text, colour=tone.ink, weight=lettering.SEMIBOLD)
        return width

    def svg(self) -> str:
        """Return the drawing as tidy SVG."""
        self._add_lines()
        self._add_dots()
        stream = io.StringIO()
        self.axes.set(xlim=(0, self.width), ylim=(self.height, 0))
        nothing = dict.fromkeys(("Date", "Creator", "Format", "Type"))
        self.figure.savefig(stream, format="svg", metadata=nothing)
        return tidy(stream.getvalue(), theme=self.theme)

    def _add_lines(self) -> None:
        for (layer, colour, width, style), segments in self._lines.items():
            if segments:
                lines = LineCollection(
                    segments, colors=colour, linewidths=width, linestyles=[style], zorder=layer
                )
                self.axes.add_collection(lines, autolim=False)

    def _add_dots(self) -> None:
        for (layer, colour, size, hollow), points in self._dots.items():
            if points:
                sns.scatterplot(
                    x=[x for x, _y in points],
                    y=[y for _x, y in points],
                    s=size**2,
                    facecolor=self.theme.light.paper if hollow else colour,
                    edgecolor=colour,
                    linewidth=1.1 if hollow else 0,
                    zorder=layer,
                    legend=False,
                    ax=self.axes,
                )
