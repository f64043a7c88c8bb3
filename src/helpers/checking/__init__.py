"""What ``nulmeting check`` says: what was recognised, read, rejected and hidden, before anything is run.

finding   everything about one organisation, and the lines to print
surveys   per survey: its files, columns, rows, dates
notes     what looks odd in a survey, and the vendor's own score
hidden    the groups that are hidden, what that costs, and what another minimum would cost
beside    the measurements, targets, facts tables and keys without effect
steps     targets that ask for less than their measurements can show
layout    how it is put on a screen
"""

from helpers.checking.finding import STEPS, Finding, check

__all__ = ["STEPS", "Finding", "check"]
