"""Differences between two versions of a text.

words       the wordings of a passage, word by word, changed numbers first
paragraphs  the paragraphs of an article: added, removed, reworded, moved
"""
