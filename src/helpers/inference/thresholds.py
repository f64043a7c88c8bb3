"""Every threshold that a statistic depends on, in one place, with its source."""

from __future__ import annotations

METHOD_VERSION = "1"
"""Goes up when a formula changes, so that figures of two reports are compared knowingly."""

PROMOTER_FROM = 9
PASSIVE_FROM = 7
"""0–6 detractor, 7–8 passive, 9–10 promoter (Reichheld 2003)."""

PSEUDO_PROMOTERS, PSEUDO_PASSIVES, PSEUDO_DETRACTORS = 0.75, 1.5, 0.75
"""Pseudo-answers of the adjusted Wald interval (Rocks 2016, The American Statistician 70:365)."""

VERDICT_STEPS = (0.95, 0.80, 0.20, 0.05)
"""P(at or above the target): ≥ .95, ≥ .80, > .20, > .05, else."""

INDICATIVE_BELOW = 30
"""Below this many answers a customer score is marked indicative: for common spreads its interval is some ± 20
points wide (docs/method.md)."""
