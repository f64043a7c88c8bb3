"""From a file to a raw table of text: which files, how they are written, their names and their cells.

::

    readers       open any file, find the columns that are wanted
    files         which files paths and patterns mean
    text_files    CSV and TSV            (inspection, text_bytes, dialects, quotes, row_texts)
    workbooks     XLSX                   (sheets, sheet_xml, cell_texts)
    headers       names in one row or several
    tables        what every reader gives
"""
