"""The votes of 55 real companies, 12 of them tiny now: what the report hides cannot be worked out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from helpers import audit, disclosure, dossier
from helpers.audit.published import cells_of, facts_of, published_sets
from helpers.disclosure import Rules
from helpers.dossier import Dossier
from helpers.params import load
from helpers.params.privacy import Privacy
from helpers.production import figures

REAL = Path(__file__).resolve().parent
DATA = REAL.parents[2] / "shared" / "data"
NAME = "happyforce-enps"
pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="the shared survey data are not beside the checkout")


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Dossier]:
    """Return what opens the companies as the units of their industries, cut by industry besides."""
    folder = tmp_path_factory.mktemp("params")
    text = (REAL / NAME / "params.yaml").read_text(encoding="utf-8")
    text = text.replace("../../../../shared/data", DATA.as_posix())
    text = text.replace("      date: date\n", "      date: date\n      unit: [companyIndustry, companyAlias]\n")
    (folder / NAME).mkdir()
    (folder / NAME / "params.yaml").write_text(text, encoding="utf-8")
    return lambda: dossier.build(load(NAME, params_folder=folder))


@pytest.fixture(scope="module")
def report(opened: Callable[[], Dossier]) -> Dossier:
    """Return the report as it is made."""
    return opened()


@pytest.fixture
def leaks(tmp_path: Path) -> Callable[[Dossier], list[audit.Leak]]:
    """Return what attacks the figures of a report as they are published."""

    def attacked(made: Dossier) -> list[audit.Leak]:
        report = made.report
        folder = tmp_path / str(report.period) / report.edition
        folder.mkdir(parents=True)
        figures.write(
            folder / "figures.json", organisation=NAME, period=str(report.period), edition=report.edition,
            language=report.language, privacy=dossier.privacy(made), figures=dossier.figures(made),
        )  # fmt: skip
        (published,) = published_sets(tmp_path)
        cells = cells_of(published).assign(complementary=True)  # whatever the rules of a test are
        return audit.attack(cells, pd.DataFrame(facts_of(published)))

    return attacked


def test_every_tiny_company_is_hidden(report: Dossier) -> None:
    """Of the 46 companies with votes in the first quarter of 2020, 12 have fewer than ten: no number, and why."""
    now = report.scores[report.scores["current"] & report.scores["level"].eq(1)]
    few = now[now["hidden_because"] == "too_few_answers"]
    assert (46, 12) == (len(now), len(few))
    assert few[["n", "score", "promoters", "population"]].isna().all(axis=None)


def test_nothing_follows_about_a_hidden_company(report: Dossier, leaks: Callable[[Dossier], list[audit.Leak]]) -> None:
    """From all that figures.json prints of industries, companies and the whole, now and at the zero measurement."""
    assert [] == leaks(report)


def test_hiding_the_tiny_companies_alone_would_give_some_away(
    opened: Callable[[], Dossier], leaks: Callable[[Dossier], list[audit.Leak]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """So the test above can fail: of an industry with one tiny company, its answers are what the others leave."""
    real = disclosure.rules_of

    def small_groups_alone(privacy: Privacy, *, edition: str = "board") -> dict[str, Rules]:
        return {
            name: replace(rules, complementary=False, unanimity=False)
            for name, rules in real(privacy, edition=edition).items()
        }

    monkeypatch.setattr(disclosure, "rules_of", small_groups_alone)
    assert len(leaks(opened())) > 0
