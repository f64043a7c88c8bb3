"""A block as JupyterLab shows it: small, and escaped."""

from __future__ import annotations

import pytest

from helpers.show import blocks, preview

EVIL = '<script>alert(1)</script> & "quoted"'
SAFE = "&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;quoted&quot;"
TILE = dict.fromkeys(("label", "value", "interval", "n", "date", "change", "target", "note"), EVIL)
CELL = blocks.row([blocks.cell(EVIL)])


@pytest.mark.parametrize(
    "content",
    [
        blocks.sentence("s", EVIL, role="lead"),
        blocks.callout("c", tone="info", title=EVIL, text=EVIL),
        blocks.listing("l", title=EVIL, items=[EVIL]),
        blocks.table("t", caption=EVIL, columns=[blocks.column("a", EVIL)], rows=[CELL], notes=[EVIL]),
        {"kind": "tiles", "tiles": [TILE]},
        {"kind": "cover", "organisation": EVIL, "title": EVIL, "period": EVIL},
        {"kind": "chart", "svg": "<svg></svg>", "caption": EVIL},
        {"kind": "something new", "text": EVIL},
    ],
    ids=lambda content: content["kind"],
)
def test_no_text_is_markup(content) -> None:
    """A verbatim or a name with a script in it is shown, not run."""
    html = preview.html(content)
    assert SAFE in html
    assert "<script" not in html


def test_a_table_shows_captions_heads_rows_and_notes() -> None:
    """Numbers right, texts left."""
    columns = [blocks.column("group", "Group"), blocks.column("n", "n", number=True)]
    rows = [blocks.row([blocks.cell("Gas"), blocks.cell("12", 12)])]
    assert preview.html(blocks.table("t", caption="Scores", columns=columns, rows=rows, notes=["Note."])) == (
        "<table><caption>Scores</caption><thead><tr><th>Group</th><th>n</th></tr></thead><tbody>"
        '<tr><td style="text-align:left">Gas</td><td style="text-align:right">12</td></tr>'
        "</tbody></table><br><small>Note.</small>"
    )


def test_a_chart_is_drawn() -> None:
    """Its drawing is ours, made from escaped text."""
    drawing = "<svg><text>12</text></svg>"
    html = preview.html({"kind": "chart", "svg": drawing, "caption": "Scores"})
    assert html == f"<figure>{drawing}<figcaption>Scores</figcaption></figure>"


def test_a_tile_shows_what_it_has() -> None:
    """Empty parts leave no empty line."""
    tile = dict.fromkeys(TILE, "") | {"label": "NPS", "value": "+12", "n": "n = 9"}
    html = preview.html({"kind": "tiles", "tiles": [tile]})
    assert ">+12</div>n = 9</td>" in html
    assert "<br>" not in html
