"""The distribution strip: how often each answer from 0 (or 1) to 10 was given, in the three bands."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from helpers.rounding import significant
from helpers.show import blocks
from helpers.show.band_tables import rounding_note
from helpers.show.blocks import Content
from helpers.show.charts import parts
from helpers.show.charts.lettering import SEMIBOLD, plain, shortened, width
from helpers.show.charts.sheet import Sheet, settings
from helpers.show.language import Language
from helpers.show.theme import Theme

KIND = "distribution_strip"
BANDS = {"detractor": range(7), "passive": range(7, 9), "promoter": range(9, 11)}
BAND_OF = {answer: band for band, answers in BANDS.items() for answer in answers}
BARS = 60.0
BETWEEN = 22.0
GAP = 0.35  # between two bands, in bar places
BAR = 0.86  # width of a bar, in bar places
PLACES = len(BAND_OF) + GAP * (len(BANDS) - 1)


@dataclass(frozen=True)
class _Panel:
    title: str
    counts: tuple[int, ...] | None
    shares: tuple[float, ...]
    hidden: str
    lowest: int = 0
    coarse: bool = False
    """Its shares are not shown, although its score is."""

    @property
    def asked(self) -> list[int]:
        return [answer for answer in BAND_OF if answer >= self.lowest]

    def band(self, name: str) -> range:
        return range(max(self.lowest, BANDS[name].start), BANDS[name].stop)

    @property
    def n(self) -> int:
        return sum(self.counts or ())

    def share(self, answers: range) -> float:
        return sum(self.shares[answer] for answer in answers)


def distribution_strip(
    table: pd.DataFrame,
    *,
    words: Language,
    theme: Theme,
    identifier: str = "distribution-strip",
    caption: str | None = None,
) -> Content:
    """Draw the answers 0 to 10 as bars in the colours of the three bands, each band named with its share.

    Parameters
    ----------
    table
        One row per answer (and panel): ``answer`` (0…10), ``count`` (answers, missing where hidden),
        optional ``share`` (0–1 of the panel's answers; default by count), ``lowest`` (0 or 1: the lowest
        answer that could be given; default 0), ``weighted`` (bool: its shares are, and the heading says so),
        ``panel`` (heading; one strip per value, in order of appearance), ``shown`` (bool) and
        ``hidden_because`` (why it is not, in words), ``coarse`` (bool: its answers are too few for shares, although
        its score is shown). A panel with a missing count or a reason is not shown; an answer without a row counts 0.
    words, theme
        The reader's language and the look.
    identifier
        The block's id, unique in the report.
    caption
        Default says what is drawn.

    Returns
    -------
    dict
        A chart block; its table has one row per panel and answer, with band, count and share.

    Raises
    ------
    ValueError
        When a column is missing, the table is empty, or an answer is not 0…10.
    """
    _ = words.text
    panels = _panels(table, words)
    caption = caption or _caption(panels, words)
    margin = theme.margin[KIND]
    tall = margin.top + BARS + margin.bottom
    with settings(theme, identifier):
        sheet = Sheet(theme, height=len(panels) * (tall + BETWEEN) - BETWEEN)
        highest = max((max(panel.shares) for panel in panels if panel.n), default=1)
        for place, panel in enumerate(panels):
            _draw(sheet, panel, top=place * (tall + BETWEEN), highest=highest, words=words)
        alt = " ".join(_described(panel, words) for panel in panels)
        data = _data(identifier, panels, words=words, caption=caption)
        return parts.chart(identifier, sheet, words=words, caption=caption, alt=alt, table=data)


def _caption(panels: list[_Panel], words: Language) -> str:
    lowest = {panel.lowest for panel in panels}
    if len(lowest) > 1:
        return words.text("How often each answer was given")
    if lowest == {1}:
        return words.text("How often each answer from 1 to 10 was given")
    return words.text("How often each answer from 0 to 10 was given")


def _panels(table: pd.DataFrame, words: Language) -> list[_Panel]:
    found: dict[str, list[parts.Record]] = {}
    for record in parts.records(table, needs=("answer", "count"), chart=KIND):
        found.setdefault(plain(record.get("panel") or ""), []).append(record)
    return [_panel(title, rows, words) for title, rows in found.items()]


def _panel(title: str, rows: list[parts.Record], words: Language) -> _Panel:
    wrong = [row["answer"] for row in rows if row["answer"] not in BAND_OF]
    if wrong:
        raise ValueError(f"{KIND}: answer {wrong[0]} is not a whole number from 0 to 10.")
    hidden = plain(next((row["hidden_because"] for row in rows if row.get("hidden_because")), ""))
    lowest = max(int(row.get("lowest") or 0) for row in rows)
    if hidden or any(row["count"] is None or not parts.shown(row) for row in rows):
        coarse = all(row.get("coarse") and parts.shown(row) for row in rows)
        return _Panel(title, None, (), hidden, lowest, coarse=coarse)
    counts = [sum(int(row["count"]) for row in rows if row["answer"] == answer) for answer in BAND_OF]
    if any(row.get("weighted") for row in rows):
        title = words.text("{title}, weighted", title=title or words.text("The distribution"))
    return _Panel(title, tuple(counts), _shares(rows, counts), hidden, lowest)


def _shares(rows: list[parts.Record], counts: list[int]) -> tuple[float, ...]:
    n = sum(counts)
    if any(row.get("share") is None for row in rows):
        return tuple(count / n if n else 0.0 for count in counts)
    return tuple(sum(float(row["share"]) for row in rows if row["answer"] == answer) for answer in BAND_OF)


def _draw(sheet: Sheet, panel: _Panel, *, top: float, highest: float, words: Language) -> None:
    _ = words.text
    muted = sheet.theme.light.muted
    size = sheet.theme.size["small"]
    n = words.plural("{n} answer", "{n} answers", panel.n) if panel.counts else ""
    room = sheet.width - width(n, size=size) - size
    title = shortened(panel.title, room=room, size=size, weight=SEMIBOLD)
    sheet.text(0, top + size, title, weight=SEMIBOLD)
    sheet.text(sheet.width, top + size, n, colour=muted, align="right")
    bottom = top + sheet.theme.margin[KIND].top + BARS
    sheet.lines([((0, bottom), (sheet.width, bottom))], colour=sheet.theme.light.faint, width=0.6)
    if panel.n:
        _draw_bars(sheet, panel, bottom=bottom, highest=highest, words=words)
        _draw_bands(sheet, panel, bottom=bottom, words=words)
    else:
        reason = _("No answers") if panel.counts else _instead(panel, words)
        reason = shortened(reason, room=sheet.width, size=size)
        sheet.text(0, bottom - BARS / 2, reason, colour=muted, style="italic")


def _instead(panel: _Panel, words: Language) -> str:
    return panel.hidden if panel.coarse else parts.hidden(words=words, why=panel.hidden)


def _draw_bars(sheet: Sheet, panel: _Panel, *, bottom: float, highest: float, words: Language) -> None:
    light = sheet.theme.light
    place = sheet.width / PLACES
    for answer in panel.asked:
        band = BAND_OF[answer]
        share = panel.share(range(answer, answer + 1))
        tall = BARS * share / highest
        left = (_place(answer) - BAR / 2) * place
        colour = light.band[band].fill
        sheet.box(left, bottom - tall, width=BAR * place, height=tall, colour=colour)
        middle = _place(answer) * place
        sheet.text(middle, bottom - tall - 4, words.share(share), colour=light.muted, align="center")
        sheet.text(middle, bottom + 11, words.count(answer), align="center")


def _draw_bands(sheet: Sheet, panel: _Panel, *, bottom: float, words: Language) -> None:
    size = sheet.theme.size["small"]
    place = sheet.width / PLACES
    for band in BANDS:
        answers = panel.band(band)
        left = (_place(answers[0]) - BAR / 2) * place
        right = (_place(answers[-1]) + BAR / 2) * place
        colours = sheet.theme.light.band[band]
        sheet.box(left, bottom + 18, width=right - left, height=3, colour=colours.fill)
        label = shortened(_named(band, panel, words), room=right - left, size=size, weight=SEMIBOLD)
        sheet.text(left, bottom + 33, label, colour=colours.ink, weight=SEMIBOLD)


def _place(answer: int) -> float:
    return answer + 0.5 + GAP * list(BANDS).index(BAND_OF[answer])


def _named(band: str, panel: _Panel, words: Language) -> str:
    _ = words.text
    share = words.share(panel.share(BANDS[band]))
    if band == "promoter":
        return _("{Promoters} {share}", share=share)
    return _("{Passives} {share}", share=share) if band == "passive" else _("{Detractors} {share}", share=share)


def _described(panel: _Panel, words: Language) -> str:
    _ = words.text
    title = panel.title or _("The distribution")
    if not panel.n:
        none = _("{title}: no answers.", title=title)
        return none if panel.counts else _("{title}: {reason}.", title=title, reason=_instead(panel, words))
    shares = {band: words.share(panel.share(answers)) for band, answers in BANDS.items()}
    most = max(BAND_OF, key=lambda answer: panel.shares[answer])
    return _(
        "{title}, {n}: {low} {detractors} ({lowest} to 6), {middle} {passives} (7 and 8), "
        "{high} {promoters} (9 and 10); the answer given most is {most}.",
        title=title,
        n=words.plural("{n} answer", "{n} answers", panel.n),
        lowest=words.count(panel.lowest),
        low=shares["detractor"],
        middle=shares["passive"],
        high=shares["promoter"],
        most=words.count(most),
    )


def _data(identifier: str, panels: list[_Panel], *, words: Language, caption: str) -> Content:
    _ = words.text
    titled = any(panel.title for panel in panels)
    columns = [
        *([blocks.column("panel", _("Measurement"))] if titled else []),
        blocks.column("answer", _("Answer"), number=True),
        blocks.column("band", _("Group")),
        blocks.column("count", _("Answers"), number=True),
        blocks.column("share", _("Share"), unit="%", number=True),
    ]
    rows = [
        blocks.row([*([blocks.cell(panel.title)] if titled else []), *_cells(panel, answer, words)])
        for panel in panels
        for answer in panel.asked
    ]
    notes = [rounding_note(panel.shares, words, name=panel.title) for panel in panels if panel.n]
    table = parts.data_table(identifier, words=words, caption=caption, columns=columns, rows=rows, stub=1 + titled)
    return {**table, "notes": [note for note in notes if note]}


def _cells(panel: _Panel, answer: int, words: Language) -> list[Content]:
    name = [blocks.cell(words.count(answer), answer), blocks.cell(words.band(BAND_OF[answer]))]
    if panel.counts is None:
        word = "–" if panel.coarse else words.text("hidden")
        return [*name, *([blocks.cell(word, hidden=True, mark="hidden", note=panel.hidden)] * 2)]
    share = panel.shares[answer] if panel.n else None
    printed = blocks.cell("") if share is None else blocks.cell(words.share(share), significant(100 * share))
    return [*name, parts.counted(words, panel.counts[answer]), printed]
