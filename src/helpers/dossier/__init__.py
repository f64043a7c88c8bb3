"""One organisation at one period: every table of its report, computed once, protected, and kept.

::

    opening   params + files, or what the job prepared -> dossier
    tables    responses -> analysis -> publication plan -> protected tables
    report    which report it is; the dossier itself
    figures   every score of the report as figures.json has it
"""

from helpers.dossier.figures import figures
from helpers.dossier.opening import ASKED, PREPARED, build, chapters, load, open, store
from helpers.dossier.report import Dossier, Report

__all__ = ["ASKED", "PREPARED", "Dossier", "Report", "build", "chapters", "figures", "load", "open", "store"]
