"""Small files of facts beside the surveys: read, checked against each other and against the answers.

::

    every_table   all facts of one client, all faults together
    tables        which tables there are, and what holds between their rows
    schemas       pandera's view of each table
    reading       one file -> frame, faults by row
    values        the kinds of cell
    faults        rules of single rows
    checks        rules between tables and answers
    people        headcount along the unit tree
"""

from helpers.intake.facts.every_table import FILES, Facts, read

__all__ = ["FILES", "Facts", "read"]
