"""Counts and columns in, estimates with their uncertainty out; knows no files and no params.

::

    scores       NPS, mean and top-box share with their intervals
    groups       answers -> one scored row per declared group
    differences  the difference of two measurements
    trends       glide path, probability of reaching a target, verdict
    thresholds   every number that a verdict or a warning depends on
"""
