"""What leaves the library: one module a format, values in, text out.

Nothing here knows a file or a library. Text of a page is escaped for the
format at hand, and its HTML is never passed on.

    names       names of files and blocks
    fragments   links to a passage of a page
    quotation   one mark, to paste elsewhere
    markdown    a note for a vault, or an article
    html        an article as a page of its own
"""
