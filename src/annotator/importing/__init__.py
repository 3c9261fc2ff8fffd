"""Import: files of other programs as items with their highlights.

Bytes in, values out; no module here knows a file on the disk, the library or the network.

    importers  the list of formats, telling the format of a file, and reading it
    item       the values that formats return
    source     a file, with the readers that fit what it is
    readers    bounded readers: encodings, JSON, tables, archives, markup, databases
    moments    dates in the forms that exports use
    sanitise   what formats return, made safe to show and to keep
    fields     items by tables of fields; `field_data` reads those of `formats.toml`
    formats    the code of services that need more than such a table
"""
