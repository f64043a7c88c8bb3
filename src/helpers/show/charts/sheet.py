"""The sheet a chart is drawn on: matplotlib in points from the top left, with settings that do not leak."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Literal

import matplotlib as mpl
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch, Patch, PathPatch
from matplotlib.path import Path
from matplotlib.ticker import NullLocator

from helpers.show.charts import lettering
from helpers.show.charts.lettering import FAMILIES, REGULAR
from helpers.show.charts.tidy import tidy
from helpers.show.theme import Theme, Tone

POINTS_PER_INCH = 72
DOTS = 3
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
        mpl.rcParams.update(sns.axes_style("white") | ours)
        yield


@dataclass(frozen=True)
class _Dot:
    x: float
    y: float
    colour: str
    size: float
    hollow: bool


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
        self.figure = Figure(figsize=size, dpi=POINTS_PER_INCH)
        self.figure.patch.set_visible(False)
        self.axes: Axes = self.figure.add_axes((0, 0, 1, 1))
        for one in (self.axes.xaxis, self.axes.yaxis):
            one.set_major_locator(NullLocator())
        self.axes.set_axis_off()
        self._lines: dict[tuple[float, str, float, LineStyle], list[Segment]] = {}
        self._boxes: dict[tuple[float, str], list[Point]] = {}
        self._dots: list[_Dot] = []

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
        self.figure.text(
            left,
            baseline,
            text,
            transform=self.axes.transData,
            color=colour or self.theme.light.ink,
            fontsize=size,
            fontweight=weight,
            fontstyle=style,
            horizontalalignment=align,
            verticalalignment="baseline",
        )

    def lines(
        self,
        segments: Sequence[Segment],
        *,
        colour: str,
        width: float,
        style: LineStyle = "-",
        layer: float = 1,
    ) -> None:
        """Draw straight lines, each from a point to a point; a higher layer covers a lower one."""
        self._lines.setdefault((layer, colour, width, style), []).extend(segments)

    def dots(self, points: Sequence[Point], *, colour: str, size: float, hollow: bool = False) -> None:
        """Draw round dots of so many points across, over every line but those of layer 4."""
        self._dots += [_Dot(x, y, colour, size, hollow) for x, y in points]

    def box(self, left: float, top: float, *, width: float, height: float, colour: str, layer: float = 1) -> None:
        """Fill a rectangle."""
        right, bottom = left + width, top + height
        corners = [(left, top), (right, top), (right, bottom), (left, bottom), (left, top)]
        self._boxes.setdefault((layer, colour), []).extend(corners)

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
        self._add(shape)
        self.text(left + size / 2, baseline, text, colour=tone.ink, weight=lettering.SEMIBOLD)
        return width

    def svg(self) -> str:
        """Return the drawing as tidy SVG."""
        self._add_boxes()
        self._add_lines()
        self._add_dots()
        stream = io.StringIO()
        self.axes.set(xlim=(0, self.width), ylim=(self.height, 0))
        nothing = dict.fromkeys(("Date", "Creator", "Format", "Type"))
        self.figure.savefig(stream, format="svg", metadata=nothing)
        return tidy(stream.getvalue(), theme=self.theme)

    def _add_boxes(self) -> None:
        for (layer, colour), points in self._boxes.items():
            codes = [Path.MOVETO, *[Path.LINETO] * 3, Path.CLOSEPOLY] * (len(points) // 5)
            self._add(PathPatch(Path(points, codes), facecolor=colour, linewidth=0, zorder=layer))

    def _add_lines(self) -> None:
        for (layer, colour, width, style), segments in self._lines.items():
            if segments:
                points = [point for segment in segments for point in segment]
                codes = [Path.MOVETO, Path.LINETO] * len(segments)
                look = {"facecolor": "none", "edgecolor": colour, "linewidth": width, "linestyle": style}
                self._add(PathPatch(Path(points, codes), capstyle="butt", zorder=layer, **look))

    def _add_dots(self) -> None:
        if self._dots:
            sns.scatterplot(
                x=[dot.x for dot in self._dots],
                y=[dot.y for dot in self._dots],
                s=[dot.size**2 for dot in self._dots],
                facecolor=[self.theme.light.paper if dot.hollow else dot.colour for dot in self._dots],
                edgecolor=[dot.colour for dot in self._dots],
                linewidth=[1.1 * dot.hollow for dot in self._dots],
                zorder=DOTS,
                legend=False,
                clip_on=False,
                ax=self.axes,
            )

    def _add(self, patch: Patch) -> None:
        patch.set_clip_on(False)
        self.axes.add_artist(patch)
