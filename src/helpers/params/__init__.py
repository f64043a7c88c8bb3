"""Params: ``params/<organisation>/params.yaml`` as one frozen, checked model.

::

    loading              a folder in params/ -> its params, or every fault at once
    model                every key with its meaning; its parts: sources, questions, columns, targets, facts,
                         roadmap, privacy, report
    values, formats      what may stand behind a key
    checks               the rules between keys, one module per part of the file
    beside               the files that the params file names
    metrics              what the declared measures add up to
    unused               which keys no chapter uses yet
    document, syntax     YAML text -> values with their lines
    keys, messages       a fault -> one sentence
    tolerance            what can be known of a file with faults
    schema               params/schema.json, for editors
"""

from helpers.params.loading import Client, load, organisations
from helpers.params.model import Params
from helpers.params.unused import Unused, unused

__all__ = ["Client", "Params", "Unused", "load", "organisations", "unused"]
