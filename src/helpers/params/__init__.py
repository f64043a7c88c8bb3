"""Params: ``params/<organisation>/params.yaml`` as one frozen, checked model.

::

    loading              a folder in params/ -> its params, or every fault at once
    model                every key with its meaning; sources, columns and targets are parts of it
    values, formats      what may stand behind a key
    checks               the rules between keys: measure_checks, source_checks, target_checks
    metrics              what the declared measures add up to
    document, syntax     YAML text -> values with their lines
    keys, messages       a fault -> one sentence
    tolerance            what can be known of a file with faults
    schema               params/schema.json, for editors
"""

from helpers.params.loading import Client, load, load_all, organisations
from helpers.params.model import Params

__all__ = ["Client", "Params", "load", "load_all", "organisations"]
