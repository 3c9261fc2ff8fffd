"""Documents: what is not a page, such as PDFs, books and messages, read as articles.

Each kind has a module or a folder here, and rows in the table of `readers`.
"""
