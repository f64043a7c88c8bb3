"""Responses and params in, tables out; the modules are wired by the dossier and never import each other.

::

    windows           which period each metric is read from
    cells             every score that a chapter may print, and which answers it is made of
    zero_measurement  the zero measurement beside the scores of now
    changes           which groups moved since the zero measurement
    targets           targets versus actuals
    roadmap           gates and steps of the road, as the client says
    indicators        complaints, turnover and the like, as rates
    summary           the page a board reads
    method            how the figures were made
"""
