"""The logic of a reading view, without a terminal.

layout      an article on lines of a given width
navigation  units, motions, cursor, links, search, marks in order
sentences   sentence boundaries and check-worthiness
"""
