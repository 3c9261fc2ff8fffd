"""Importing: files of other programs into the library, with every highlight on its words.

plan        files to items, joined where they are the same
texts       the text of an item: from its file, from the web, or made of its highlights
marks       highlights to marks, and what changed since the last import
restore     articles of the program's own format, exactly as they were
run         all items, several at once
report      what happened to each of them
"""
