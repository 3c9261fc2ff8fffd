"""The logic of a reading view, without a terminal.

All functions are pure, so that keys can be tested without a screen.

    layout      an article on lines of a given width
    navigation  units, motions, cursor, links, search, marks in order
    sentences   sentence boundaries and check-worthiness
"""
