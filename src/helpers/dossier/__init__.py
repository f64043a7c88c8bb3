"""One organisation at one period: every table of its report, computed once, protected, and kept.

::

    opening   params + files + ledger, or what the job prepared -> dossier
    tables    responses -> analysis -> publication plan -> protected tables
    deciding  what is declared to the plan, and the plan of an edition
    columns   which columns of each table come from which cell
    accounts  what became of every row that was read
    together  units that are too small, shown together
    report    which report it is; the dossier itself
    figures   every score of the report as figures.json has it
"""

from helpers.dossier.figures import figures, privacy
from helpers.dossier.opening import ASKED, PREPARED, build, chapters, load, open, store
from helpers.dossier.report import Dossier, Report

__all__ = [
    "ASKED", "PREPARED", "Dossier", "Report", "build", "chapters", "figures", "load", "open", "privacy",
    "store",
]  # fmt: skip
