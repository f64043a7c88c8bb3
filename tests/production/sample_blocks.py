"""A realistic Dutch report as blocks, as a document tree and as a notebook: every kind of block once.

The figures are invented. The hostile strings are those that have broken report generators: markup of HTML,
Typst and Markdown, an emoji, a control character, a word without a place to break.
"""

from __future__ import annotations

from typing import Any

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from helpers.production import document
from helpers.show.blocks import MIME, clean

Content = dict[str, Any]
REPORT = {"organisation": "voorbeeld-energie", "period": "2026-Q3", "edition": "board"}
NASTY = (
    "<script>alert(1)</script> blijft gewoon tekst",
    '#panic() en #import "x" zijn hier woorden',
    "Het kost $x$ en $100; *ster*, _streep_ en `accent`",
    "@ref, ~tilde, \\backslash, 1 < 2 && 3 > 2, &amp; &lt;",
    "Duimpje 👍🏽 en vlag 🇳🇱 voor de monteur",
    "Bel\x07 en tab\tblijven heel; \x1b[31mrood\x1b[0m niet",
    "Arbeidsongeschiktheidsverzekeringsmaatschappijklanttevredenheidsonderzoek",
)
# The theme's own colours, so that the chart follows the page into the dark.
INK, BLUE, ORANGE, MUTED, GREY = "#1b2430", "#0b5394", "#a8471a", "#586270", "#d8dde3"
PNG = (
    "iVBORw0KGgoAAAANSUhEUgAAABgAAAAICAIAAABsw6g0AAAATklEQVR42u3MEQKAQAAAwfP9UhZmrWVhFmZhFp6FZ4dZmIVZmPWM"
    "HlLzgAlYYIkV1thgix32OOCIE84YccGEGVfccMcDT7zwxif80ZejF9B/tAGnlHWLAAAAAElFTkSuQmCC"
)


def block(kind: str, identity: str, **content: Any) -> Content:
    """Return a block as a notebook carries it."""
    return {"schema": 1, "kind": kind, "id": identity, "language": "nl", "report": dict(REPORT), **content}


def cell(text: str, value: Any = None, *, mark: Any = None, note: str = "", hidden: bool = False) -> Content:
    """Return a table cell."""
    return {"text": text, "value": value, "hidden": hidden, "mark": mark, "note": note}


def column(key: str, label: str, *, unit: str = "", number: bool = False) -> Content:
    """Return a table column."""
    align, kind = ("right", "number") if number else ("left", "text")
    return {"key": key, "label": label, "unit": unit, "align": align, "kind": kind}


def row(*cells: Any, level: int = 0, total: bool = False) -> Content:
    """Return a table row; a bare string is a cell of text."""
    return {"cells": [cell(c, c) if isinstance(c, str) else c for c in cells], "level": level, "total": total}


def table(identity: str, caption: str, columns: list[Content], rows: list[Content], **more: Any) -> Content:
    """Return a table block."""
    looks = {"stub": 1, "notes": []} | more
    return block("table", identity, caption=caption, columns=columns, rows=rows, **looks)


COVER = block(
    "cover",
    "cover",
    organisation="Voorbeeld Energie",
    title="De 0-meting van klant- en medewerkerloyaliteit",
    subtitle="Waar staan we, waar willen we heen en hoe zeker is dat?",
    period="Derde kwartaal 2026",
    date="30 september 2026",
    language_name="Nederlands",
    edition="Directie-editie",
    agency="Bureau Nulpunt",
    confidentiality="Vertrouwelijk – alleen voor de directie van Voorbeeld Energie",
    logo=None,
    facts=[
        {"label": "Antwoorden", "text": "4.812 klanten, 214 medewerkers"},
        {"label": "Opgesteld door", "text": "Bureau Nulpunt"},
    ],
)

LEAD = block(
    "sentence",
    "headline",
    role="lead",
    text="Relationele NPS +12 (+7 tot +18, n = 812); geen aantoonbare verandering sinds de 0-meting; "
    "1 van 3 doelen loopt risico: Storing.",
)


def tile(label: str, value: str, **texts: Any) -> Content:
    """Return a tile; what is not given is empty."""
    empty = dict.fromkeys(("interval", "n", "date", "change", "target", "note"), "")
    return {"label": label, "value": value, **empty, "old": False, "state": None, **texts}


TILES = block(
    "tiles", "headline-measures",
    tiles=[
        tile("Relationele NPS", "+12", interval="+7 tot +18", n="812 klanten", date="Q3 2026",
             state="on_course", change="+4 sinds de 0-meting: niet aantoonbaar", target="Doel +20: op koers"),
        tile("NPS na contact", "−14", interval="−17 tot −11", n="4.000 klanten", date="Q3 2026",
             state="behind", change="−9 sinds de 0-meting: aantoonbaar lager", target="Doel 0: achter"),
        tile("eNPS", "+9", interval="−3 tot +21", n="214 medewerkers", date="Q1 2026", old=True,
             state="probably_ahead", note="Twee kwartalen geleden", target="Doel +15: waarschijnlijk voor"),
        tile("Werkgeluk", "7,4", interval="7,2 tot 7,6", n="214 medewerkers", date="Q1 2026", old=True),
    ],
)  # fmt: skip

HIDDEN = [cell("verborgen (n < 5)", hidden=True, mark="hidden", note="kleine groep")] * 4
SCORES = table(
    "scores-by-product", "NPS na contact per product en proces, derde kwartaal 2026",
    [
        column("group", "Product en proces"), column("n", "Antwoorden", unit="aantal", number=True),
        column("promoters", "Promotors", unit="%", number=True),
        column("nps", "NPS", unit="punten", number=True),
        column("interval", "95%-interval", number=True), column("caution", "Let op"),
    ],
    [
        row("Stroom", cell("2.140", 2140), cell("31%", 0.31), cell("+4", 4.2), "+0 tot +8", ""),
        row("Aanmelding", cell("1.204", 1204), cell("38%", 0.38), cell("+18", 18), "+13 tot +23", "",
            level=1),
        row("Storing", cell("936", 936), cell("22%", 0.22), cell("−14", -14), "−19 tot −8", "",
            level=1),
        row("Gas", cell("1.860", 1860), cell("29%", 0.29), cell("−1", -0.6), "−5 tot +4", ""),
        row("Zakelijke grootverbruikersaansluiting", cell("24", 24), cell("21%", 0.21),
            cell("−8", -8.3), "−38 tot +24", cell("indicatief", "indicatief", mark="indicative"), level=1),
        row("Verhuizing", *HIDDEN, "", level=1),
        row("Alles", cell("4.000", 4000), cell("30%", 0.3), cell("+2", 2), "−1 tot +5", "", total=True),
    ],
    notes=[
        "NPS = aandeel promotors min aandeel critici, in punten van −100 tot +100.",
        "Groepen onder 30 antwoorden zijn indicatief; onder 5 zijn ze verborgen.",
    ],
)  # fmt: skip

WORDS = (
    ("Stroom", "ahead", "voor op schema"),
    ("Gas", "probably_ahead", "waarschijnlijk voor"),
    ("Warmte", "on_course", "op koers"),
    ("Storing", "behind", "achter"),
    ("Verhuizen", "probably_behind", "waarschijnlijk achter"),
    ("Facturen", "achieved", "gehaald"),
    ("Klachten", "probably_achieved", "waarschijnlijk gehaald"),
    ("Opzeggen", "undecided", "nog onbeslist"),
    ("Winkel", "probably_not_achieved", "waarschijnlijk niet gehaald"),
    ("App", "not_achieved", "niet gehaald"),
)
TARGETS = table(
    "targets", "Doelen en realisatie: score, doel en oordeel",
    [
        column("target", "Doel"), column("owner", "Eigenaar"), column("baseline", "0-meting", number=True),
        column("actual", "Nu", number=True), column("goal", "Doelscore", number=True), column("due", "Voor"),
        column("probability", "Kans", number=True), column("verdict", "Oordeel"),
    ],
    [
        row(name, "Klantenservice", cell("−4", -4), cell(f"+{at}", at), cell("+20", 20), "31-12-2026",
            cell(f"{8 + 9 * at}%", 0.08 + 0.09 * at), cell(word, word, mark=code))
        for at, (name, code, word) in enumerate(WORDS)
    ],
)  # fmt: skip

CALLOUTS = [
    block("callout", tone, tone=tone, title=title, text=text)
    for tone, title, text in (
        ("caution", "Stuur niet op de volgorde", "De verschillen vallen binnen de onzekerheid. " + NASTY[0]),
        ("good", "Goed nieuws", "Aanmelding is aantoonbaar verbeterd."),
        ("risk", "Risico", "Storing haalt het doel waarschijnlijk niet."),
        ("info", "Wat dit niet zegt", "Een samenhang is nog geen oorzaak."),
    )
]
QUOTES = block("list", "verbatims", title="Wat klanten schreven", items=list(NASTY))
ANSWER = block("sentence", "answer", role="answer", text="Storing scoort −14 (−19 tot −8), aantoonbaar lager.")
READING = block("sentence", "reading", role="reading", text="De stip is de score, de lijn het 95%-interval.")


def svg_text(x: float, y: float, text: str, *, anchor: str = "start", colour: str = INK) -> str:
    """Return text in matplotlib's dialect of SVG: its looks stand in a style attribute."""
    escaped = text.replace("&", "&amp;").replace("<", "&lt;")
    style = f"fill: {colour}; font-size: 8px; font-family: 'Public Sans', sans-serif; text-anchor: {anchor}"
    place = f'x="{x}" y="{y}" transform="rotate(-0 {x} {y})"'
    return f'<g id="text_1"><text style="{style}" {place}>{escaped}</text></g>'


def dot_and_interval() -> str:
    """Return a chart as matplotlib writes it: style attributes, a style sheet, ids that charts share."""
    groups = (("Aanmelding", 18, 13, 23), ("Facturen", 7, 1, 13), ("Storing", -14, -19, -8))
    place = {points: round(150 + (points + 30) * 4.9, 1) for points in range(-30, 31)}
    parts = [f'<path d="M {place[0]} 14 L {place[0]} 102" style="fill: none; stroke: {GREY}"/>']
    for tick, label in ((-20, "−20"), (0, "0"), (20, "+20")):
        parts.append(svg_text(place[tick], 118, label, anchor="middle", colour=MUTED))
    for line, (name, score, low, high) in enumerate(groups):
        y, colour = 26 + 30 * line, ORANGE if high < 0 else BLUE
        parts += [
            svg_text(140, y + 3, name, anchor="end"),
            f'<path d="M {place[low]} {y} L {place[high]} {y}" clip-path="url(#p1)" '
            f'style="fill: none; stroke: {colour}; stroke-width: 2"/>',
            f'<use xlink:href="#m1" x="{place[score]}" y="{y}" style="fill: {colour}; stroke: #ffffff"/>',
            svg_text(place[high] + 8, y + 3, f"{score:+d}".replace("-", "−"), colour=colour),
        ]
    return (
        '<?xml version="1.0" encoding="utf-8" standalone="no"?>\n'
        '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN"\n'
        '  "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">\n'
        '<svg xmlns:xlink="http://www.w3.org/1999/xlink" width="480pt" height="130pt" viewBox="0 0 480 130" '
        'xmlns="http://www.w3.org/2000/svg" version="1.1">'
        '<metadata><dc:title xmlns:dc="http://purl.org/dc/elements/1.1/">Matplotlib, https://matplotlib.org/'
        '</dc:title></metadata><defs><style type="text/css">*{stroke-linejoin: round}</style>'
        '<clipPath id="p1"><rect x="0" y="0" width="480" height="130"/></clipPath>'
        '<path id="m1" d="M -4.5 0 A 4.5 4.5 0 1 1 4.5 0 A 4.5 4.5 0 1 1 -4.5 0 z"/></defs>'
        f'<g id="figure_1">{"".join(parts)}</g></svg>'
    )


CHART = block(
    "chart", "nps-by-process", caption="NPS na contact per proces",
    alt="Stip met interval per proces: Aanmelding +18, Facturen +7 en Storing −14 punten.",
    svg=dot_and_interval(), width=480, height=130,
    table=table(
        "nps-by-process-data", "NPS na contact per proces",
        [column("process", "Proces"), column("nps", "NPS", number=True), column("interval", "95%-interval")],
        [row("Aanmelding", cell("+18", 18), "+13 tot +23"), row("Facturen", cell("+7", 7), "+1 tot +13"),
         row("Storing", cell("−14", -14), "−19 tot −8")],
    ),
)  # fmt: skip


def text(words: str) -> Content:
    """Return an inline of plain text."""
    return {"type": "text", "text": words}


def paragraph(*inlines: Any) -> Content:
    """Return a paragraph; a bare string is plain text."""
    return {"type": "paragraph", "inlines": [text(i) if isinstance(i, str) else i for i in inlines]}


def heading(level: int, identity: str, words: str) -> Content:
    """Return a heading node."""
    return {"type": "heading", "level": level, "id": identity, "inlines": [text(words)]}


def shown(*contents: Content) -> list[Content]:
    """Return nodes that show blocks."""
    return [{"type": "block", "block": content} for content in contents]


def chapters() -> list[Content]:
    """Return the chapters of the document tree."""
    link = {"type": "link", "href": "#targets", "inlines": [text("doelen en realisatie")]}
    strong = {"type": "strong", "inlines": [text("nul is geen streefgetal")]}
    emphasis = {"type": "emphasis", "inlines": [text("een klant")]}
    counts = [[paragraph("186 overgeslagen")], [paragraph("14 afgewezen")]]
    bands = [column("a", "Term"), column("b", "Grens", number=True)]
    markdown_table = table("", "", bands, [row("Promotor", "9–10"), row("Criticus *ster*", "0–6")], stub=0)
    nodes = {
        ("summary", "Samenvatting"): [
            *shown(LEAD, TILES),
            paragraph("Drie dingen vragen een besluit: ", link, ". De 0-meting is ijkpunt: ", strong, "."),
            heading(2, "summary--what-is-not-known", "Wat we niet weten"), *shown(CALLOUTS[0], CALLOUTS[3]),
        ],
        ("zero_measurement", "Waar staan we? De 0-meting"): [
            heading(2, "zero_measurement--where-do-we-stand", "Waar staan we per proces?"),
            *shown(ANSWER, CHART, READING, SCORES),
            heading(3, "zero_measurement--in-their-own-words", "In hun eigen woorden"), *shown(QUOTES),
            {"type": "quote", "nodes": [paragraph(NASTY[2]), paragraph(emphasis)]},
        ],
        ("targets", "Waar willen we heen? Doel en realisatie"): [
            heading(2, "targets--are-we-on-the-path", "Liggen we op het pad?"),
            *shown(TARGETS, CALLOUTS[1], CALLOUTS[2]),
        ],
        ("method", "Verantwoording"): [
            paragraph("Zie ", {"type": "code", "text": "docs/method.md"}, ".", {"type": "break"}, NASTY[1]),
            {"type": "list", "ordered": True, "items": [
                [paragraph("Ontvangen: 5.012 regels")],
                [paragraph("Gebruikt: 4.812"), {"type": "list", "ordered": False, "items": counts}],
            ]},
            {"type": "table", "block": markdown_table}, {"type": "rule"},
            heading(2, "method--other-pictures", "Andere plaatjes"),
            {"type": "picture", "png": PNG, "alt": "Van donker naar licht blauw.", "width": 18, "height": 6},
            {"type": "picture", "svg": dot_and_interval(), "alt": "Figuur zonder beschrijving", "width": 480,
             "height": 130},
            {"type": "code", "text": "nps = promotors - critici  # <b>"},
            {"type": "text", "text": "   a  b\n0  1  2"},
        ],
    }  # fmt: skip
    return [{"id": name, "title": title, "nodes": found} for (name, title), found in nodes.items()]


LABELS = document.labels() | {
    "contents": "Inhoud",
    "skip": "Naar het rapport",
    "page": "Pagina {page} van {pages}",
    "data_table": "De cijfers van deze grafiek",
    "table": "Tabel {n}: {caption}",
    "chart": "Grafiek {n}: {caption}",
    "no_description": "Figuur zonder beschrijving",
    "internal": "INTERN – niet gecontroleerd op herleidbaarheid",
}


def sample_document(**changes: Any) -> Content:
    """Return a complete document tree; keyword arguments replace its top-level keys."""
    tree = {
        "schema": 1,
        "language": "nl",
        "title": COVER["title"],
        "internal": False,
        "internal_text": LABELS["internal"],
        "running_head": "Voorbeeld Energie · Derde kwartaal 2026",
        "confidentiality": COVER["confidentiality"],
        "as_of": "2026-09-30",
        "show_code": False,
        "accent": BLUE,
        "labels": LABELS,
        "cover": COVER,
        "chapters": chapters(),
        "warnings": [],
    }
    cleaned: Content = clean(tree | changes)
    return cleaned


def displayed(content: Content) -> NotebookNode:
    """Return a code cell that shows a block."""
    data = {MIME: content, "text/html": "<p>voorvertoning</p>", "text/plain": content["kind"]}
    output = new_output("display_data", data=data)
    return new_code_cell("show.block(secret_token)", execution_count=1, outputs=[output])


def sample_notebook() -> NotebookNode:
    """Return an executed, translated chapter: parameters, prose, blocks and a link to another chapter."""
    dutch = "## Waar *staan* we?\n\nZie [de doelen](targets.ipynb#Are-we-on-the-path) en <b>niet vet</b>.\n"
    english = "## Where do we *stand*?\n\nSee targets.\n"
    return new_notebook(
        cells=[
            new_markdown_cell("# Waar staan we nu?", metadata={"nulmeting": {"source": "# Where are we?"}}),
            new_code_cell('organisation = "voorbeeld-energie"', metadata={"tags": ["parameters"]}),
            new_code_cell('# Parameters\norganisation = "x"', metadata={"tags": ["injected-parameters"]}),
            displayed(COVER),
            new_markdown_cell(dutch, metadata={"nulmeting": {"source": english}}),
            displayed(SCORES),
            displayed(CHART),
            new_markdown_cell("## Het slot"),
            displayed(CALLOUTS[0]),
            displayed(QUOTES),
        ]
    )
