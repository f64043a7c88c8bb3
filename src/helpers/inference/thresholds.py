"""Every threshold that a statistic depends on, in one place, with its source."""

from __future__ import annotations

METHOD_VERSION = "2"
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

SCORE_INTERVAL_BELOW = 10
"""Below this many answers, or answers worth fewer, the score interval is the default: the adjusted Wald interval covers
too little at n = 5 (docs/method.md, coverage)."""

NEAR_UNANIMOUS = 0.95
"""With at least this share of the answers in one class, or all but one of them, the score interval is the default."""

EXACT_BELOW = 10
"""With fewer answers than this in either group, a difference is tested by exact permutation."""

CONFIDENCE = 0.95
"""Of an interval, where the params say nothing else."""

POWER = 0.80
"""Chance of finding a change of the size asked for, in a sample size or a minimum detectable change."""

WORTH_HALF = 2.0
"""A design effect above this is warned of: more than half of the answers is lost to unequal weights (Kish 1965)."""

TRIM_AT = 5.0
"""Weights above this many times their mean are trimmed (statistical practice; Potter 1990)."""

RAKING_TOLERANCE = 1e-8
"""Raking has converged when no margin is off by more than this share of its total."""

RAKING_ROUNDS = 1000
"""Rounds after which raking is given up."""

COLLAPSE_BELOW = 5
"""A weighting cell with fewer answers than this is warned of: join it with another."""

PERMUTED_AT_MOST = 2_000_000
"""So many outcomes of a permutation test are listed; more are refused, because the normal test is right long before."""

SAME_SCORE = 1e-9
"""Where everybody answered, a score this close to its target is at it: 29 of 100 reaches 29, not 28.999999999999996."""

SAME_COUNT = 1e-9
"""Weighted counts add up to whole numbers only so exactly; n = N, or fewer than 10, must not hang on that."""

COUNTED_AT_MOST = 1e15
"""More answers are refused: from 9 · 10¹⁵ on a double no longer tells a number from the next one."""

SAME_PERCENTAGE = 1e-9
"""Published percentages add up to 100, and have so many decimals, but for this: a double is not exactly 33.1."""

RESIDUALS_SETTLED = 1e-14
"""Residuals of a calibration are fitted until they change by no more than this share of the largest; columns that
nearly coincide never come there, and are refused."""

RAKING_SETTLED = 1e-13
"""Raking goes on until no margin is off by more, so that figures do not depend on where it stopped; what has not come
below RAKING_TOLERANCE by then is refused."""

QUARTER_DAYS = 365.25 / 4
"""A required pace is printed per quarter: so many calendar days."""

CLUSTERS_AT_LEAST = 5
"""From fewer clusters it cannot be told how alike their answers are: of four teams with scores 20 points apart (a
standard deviation) one sample in three shows no likeness at all. So few are mostly all there are, and then nothing
about other clusters is asked."""

SHARES_ADD_UP = 1e-6
"""Shares to plan with may be so far from adding up to 1, and a change from that between them."""

RESTS_AT_ONCE = 1_000_000
"""So many pairs of a group and another are added up at once where each group is set against the others."""

NO_SPREAD = 1e-12
"""A standard error below this part of the scores is rounding: nothing varied, and a difference cannot be tested."""

ROUNDING = 1e-12
"""What is left of a difference between clusters by rounding, as a share of what it is a difference of: less is none."""

PRIOR = (0.5, 0.5, 0.5)
"""Before any answer, of the Dirichlet posterior: the prior of Jeffreys (1946), which covers close to nominal."""
