"""Which numbers may be shown: one decision over every cell of every chapter, edition and earlier report.

::

    rules           what the params ask for each audience, and what an edition asks on top
    declared        every cell that a report will print, and which answers it is made of
    own_reasons     what hides a cell by itself: too few answers, too few people, all of one mind
    blocks          the answers as an outsider can tell them apart by what is shown
    remainders      what is left of a shown cell without the shown cells in it
    derivation      which small groups follow by adding and subtracting what is shown
    siblings        the hidden groups of one parent, and these taken together
    worlds          the ways to divide the answers that agree with what is shown
    guessing        how far the answers of a hidden group can be told from what is shown
    waves           what two measurements of one group tell about who came and went
    parentage       which groups lie in which, by their names
    left_over       what two measurements tell of what is left of a group besides its known parts
    solver          the fewest answers to hide so that nothing follows (HiGHS)
    complementary   look for a leak, mend it as cheaply as can be, look again
    plan            what may be shown
    publication     all of these, into one plan
    entries         what one report printed, sealed
    ledger          every cell that an earlier report printed, beside the params
    printed_before  what earlier reports printed, against what a report is about to print
    roll_up         the hidden units of one parent, shown together
    open_answers    which groups may have quotes
    protection      takes out of a table what the plan does not allow
"""

from helpers.disclosure.declared import Declared
from helpers.disclosure.own_reasons import PROTECTS_OTHERS, TOO_FEW_ANSWERS, TOO_SMALL_UNIT
from helpers.disclosure.plan import Plan
from helpers.disclosure.protection import protect
from helpers.disclosure.publication import publication_plan
from helpers.disclosure.rules import Rules, rules_of

__all__ = [
    "PROTECTS_OTHERS",
    "TOO_FEW_ANSWERS",
    "TOO_SMALL_UNIT",
    "Declared",
    "Plan",
    "Rules",
    "protect",
    "publication_plan",
    "rules_of",
]
