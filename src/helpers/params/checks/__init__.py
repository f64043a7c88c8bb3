"""The rules between the keys of a params file: one module per part of the file, and all of them together."""

from helpers.params.checks.every_check import faults

__all__ = ["faults"]
