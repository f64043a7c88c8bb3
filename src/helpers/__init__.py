"""nulmeting: from a client's survey file to a report that a board can decide on.

The map, in the order in which data flows; a room imports only from rooms that stand lower::

    7  cli            the commands
    6  production     executed notebooks -> one document -> HTML, PDF, workbook, figures, manifest
       checking       what `nulmeting check` says
       examples       the data of the example organisations
    5  dossier        one organisation at one period: every table computed once, protected, kept
    4  analysis       responses + params -> tables, one module per chapter
    3  intake         any survey file -> responses, with what was rejected and why
       disclosure     which numbers may be shown
       show           tables -> printable tables, charts and sentences in the reader's language
    2  params         params/<organisation>/params.yaml -> checked params
       inference      counts and columns -> estimates with their uncertainty
    1  periods        2026-Q3 and the days it covers
       rounding       the one rounding rule
    0  errors         what can go wrong, in one sentence each

A chapter is a notebook in ``notebooks/``; it opens a dossier and shows its tables. Start reading there.
"""
