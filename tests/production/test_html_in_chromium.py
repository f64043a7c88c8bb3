"""The page in a real browser: what only Chromium can say about colours, widths, policy and accessibility."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from helpers.production import html

CHROMIUM, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
)
LOOKS = [(1280, "light"), (1280, "dark"), (320, "light"), (320, "dark")]
WIDTHS = (320, 360, 768, 1120, 1280, 1920, 3840)
WIDER = "return document.documentElement.scrollWidth - document.documentElement.clientWidth"
OPEN_DETAILS = "document.querySelectorAll('details').forEach(details => { details.open = true })"

pytestmark = [
    pytest.mark.skipif(not (CHROMIUM and DRIVER), reason="Chromium is not installed"),
    # selenium leaves its sockets to the collector
    pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"),
]


class Browser:
    """One session that looks at one file as different readers do."""

    def __init__(self, driver: Any, address: str) -> None:
        self.driver = driver
        self.address = address

    def open(self, *, width: int = 1280, scheme: str = "light", media: str = "", motion: str = "reduce") -> None:
        """Load the page at a width, in a colour scheme, on a screen or on paper."""
        size = {"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": False}
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
        features = [
            {"name": "prefers-color-scheme", "value": scheme},
            {"name": "prefers-reduced-motion", "value": motion},
        ]
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": media, "features": features})
        self.driver.get(self.address)

    def ask(self, script: str) -> Any:
        """Return what a script says about the page."""
        return self.driver.execute_script(script)


@pytest.fixture(scope="module")
def browser(sample: ModuleType, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """Return a browser with the sample report, unchecked, so that the banner is there too."""
    from selenium import webdriver

    folder = tmp_path_factory.mktemp("chromium")
    file = folder / "report.html"
    document = sample.sample_document(internal=True)
    lines = [sample.row("Proces", "") | {"heading": True}, sample.row("Storing", "-14", level=1)]
    heads = [sample.column("a", "Groep"), sample.column("b", "Nu", number=True)]
    document["chapters"][0]["nodes"] += sample.shown(sample.table("groups", "Groepen", heads, lines))
    file.write_text(html.render(document), encoding="utf-8")
    options = webdriver.ChromeOptions()
    options.binary_location = str(CHROMIUM)
    for flag in (*FLAGS, f"--user-data-dir={folder / 'profile'}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(str(DRIVER)))
    try:
        yield Browser(driver, file.as_uri())
    finally:
        driver.quit()


def test_nothing_is_said_and_nothing_is_fetched(browser: Browser) -> None:
    """No console message, and no request but for the file itself and what it holds."""
    for log in ("browser", "performance"):
        browser.driver.get_log(log)
    browser.open()
    messages = [json.loads(entry["message"])["message"] for entry in browser.driver.get_log("performance")]
    sent = [message["params"] for message in messages if message["method"] == "Network.requestWillBeSent"]
    # Chromium's own start page is still busy with itself.
    asked = {request["request"]["url"] for request in sent if request["documentURL"] == browser.address}
    assert [address for address in asked if not address.startswith("data:")] == [browser.address]
    assert browser.driver.get_log("browser") == []


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_axe_finds_no_barrier(browser: Browser, width: int, scheme: str) -> None:
    """WCAG 2.2 AA and axe's own good practice: no violation in light and dark, wide and narrow."""
    import axe_core_python

    browser.open(width=width, scheme=scheme)
    browser.ask(OPEN_DETAILS)
    browser.ask((Path(axe_core_python.__file__).with_name("axe.min.js")).read_text(encoding="utf-8"))
    run = "axe.run({resultTypes: ['violations']}).then(arguments[0])"
    found = browser.driver.execute_async_script(run)["violations"]
    assert [(fault["id"], [node["target"] for node in fault["nodes"]]) for fault in found] == []


@pytest.mark.parametrize("width", WIDTHS)
def test_the_page_never_scrolls_sideways(browser: Browser, width: int) -> None:
    """From 320 pixels to 4K only tables and charts scroll, each in its own region."""
    browser.open(width=width)
    browser.ask(OPEN_DETAILS)
    assert browser.ask(WIDER) == 0


def test_the_fonts_are_those_of_the_file(browser: Browser) -> None:
    """The page shows its own typeface, also inside the charts."""
    browser.open()
    loaded = "return [...document.fonts].filter(f => f.status == 'loaded').map(f => f.family.replaceAll('\"', ''))"
    assert {"Public Sans", "Noto Emoji"} <= set(browser.ask(loaded))
    family = "return getComputedStyle(document.querySelector('svg[role=img] text')).fontFamily"
    assert browser.ask(family).startswith('"Public Sans"')


def test_charts_follow_the_page_into_the_dark(browser: Browser) -> None:
    """A chart's ink is the page's ink, in both schemes."""
    ink = (
        "const text = [...document.querySelectorAll('svg.chart text')].find(t => t.textContent == 'Aanmelding');"
        "return [getComputedStyle(text).fill, getComputedStyle(document.body).color]"
    )
    seen = []
    for scheme in ("light", "dark"):
        browser.open(scheme=scheme)
        chart, page = browser.ask(ink)
        assert chart == page
        seen.append(page)
    assert seen[0] != seen[1]


def test_the_current_section_is_marked(browser: Browser) -> None:
    """The contents mark where the reader is, and only there; on the cover nothing is marked."""
    browser.open()
    marked = "return [...document.querySelectorAll('[aria-current]')].map(link => link.hash)"
    assert browser.ask(marked) == []
    browser.driver.execute_async_script(
        "document.getElementById('targets--are-we-on-the-path').scrollIntoView();"
        "requestAnimationFrame(() => requestAnimationFrame(arguments[0]))"
    )
    assert browser.ask(marked) == ["#targets--are-we-on-the-path"]


def test_the_keyboard_comes_everywhere(browser: Browser) -> None:
    """Tab reaches the skip link first, shows it, then every link, region and fold, each with a visible focus."""
    from selenium.webdriver.common.keys import Keys

    browser.open()
    places = "return document.querySelectorAll('a[href], summary, [tabindex=\"0\"]').length"
    focus = (
        "const e = document.activeElement, s = getComputedStyle(e), b = e.getBoundingClientRect();"
        "return [e.className, s.outlineStyle, b.bottom > 0]"
    )
    hidden = browser.ask("return document.querySelectorAll('.bar a, details .scroll').length")
    reached = []
    for _ in range(browser.ask(places) - hidden):
        browser.driver.switch_to.active_element.send_keys(Keys.TAB)
        reached.append(browser.ask(focus))
    assert reached[0][0] == "skip"
    assert all(outline == "solid" and seen for _, outline, seen in reached)


def test_on_paper_only_the_report_is_left(browser: Browser) -> None:
    """Printed, the words for the screen are gone and the banner stays."""
    browser.open(media="print")
    words = browser.ask("return document.body.innerText")
    assert "Naar het rapport" not in words
    assert "De cijfers van deze grafiek" not in words
    assert "INTERN – niet gecontroleerd op herleidbaarheid" in words
    assert "Relationele NPS +12" in words


def test_hostile_words_are_shown_as_they_are(browser: Browser, sample: ModuleType) -> None:
    """What the browser shows is what the client wrote, to the letter."""
    browser.open()
    shown = browser.ask("return [...document.querySelectorAll('.listing li')].map(item => item.textContent)")
    assert shown == sample.sample_document()["chapters"][1]["nodes"][6]["block"]["items"]
