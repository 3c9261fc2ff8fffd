"""Importing: files of other programs into the library, with every highlight on its words.

download    what a service holds, over its API
plan        files to items, joined where they are the same
texts       the text of an item: from its file, from the web, or made of its highlights
marks       highlights to marks, and what changed since the last import
restore     articles of the program's own format, exactly as they were
undo_step   an import as one step that can be undone
run         all items, several at once
report      how far an import is, and what happened to each of them
"""
