"""From any file to answers and facts, with what was rejected and why.

::

    responses     every survey of a client -> one table, and the account of every row
    sources       one survey: its files joined, each row in one class   (joined, columns, classes, splits)
    answers       cells -> numbers, dates, words of yes and no          (values, dates, yes_no)
    selection     which rows count                                      (conditions)
    groupings     cells -> groups in their printing order               (group_columns)
    rejections    what was not used, and what to do about it            (advice, faults)
    reading       any file -> raw table of text
    facts         the small files beside the surveys
"""
