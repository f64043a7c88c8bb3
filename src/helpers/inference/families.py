"""A family of tests: p-values adjusted for how many were asked at once."""

from __future__ import annotations

from typing import Literal

import numpy as np
import pandas as pd

from helpers.inference.inputs import PROBABILITY, Given, columns

Method = Literal["holm", "benjamini_hochberg"]


def adjusted(p: Given, *, method: Method) -> pd.Series:
    """Return p-values adjusted for the whole family.

    Examples
    --------
    >>> adjusted([0.003, 0.021, 0.011, 0.44, 0.048, 0.13], method="holm").round(3).tolist()
    [0.018, 0.084, 0.055, 0.44, 0.144, 0.26]
    """
    index, given = columns({"p": p}, PROBABILITY)
    if not len(index):
        return pd.Series(dtype=np.float64, index=index, name="p")
    from statsmodels.stats.multitest import multipletests  # noqa: PLC0415 - takes a second, which only families cost

    names = {"holm": "holm", "benjamini_hochberg": "fdr_bh"}
    return pd.Series(multipletests(given["p"], method=names[method])[1], index=index, name="p")
