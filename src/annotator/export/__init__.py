"""Export: articles and marks as text of other formats.

Functions take values and return text; no module here knows a file or the library.
The text of a page is escaped for the format, and its HTML is never passed on.

    exporters      the list of formats
    collection     the values that formats for many articles are given
    collections    those formats: JSON, tables, web annotations
    markdown       notes with marks for a vault, articles, quotations
    html           articles as standalone pages
    hyperlinks     safe addresses, and links to a passage of a page
    block_content  formatting and table cells of a block, for the writers of formats
    filenames      names of files and of blocks in notes
"""
