"""The text of a new settings file: every setting explained and commented out."""

TEMPLATE = """\
# Settings of annotator. Lines that begin with # do nothing: remove the # to set one.
# annotator config edit opens this file and checks it; annotator config check only checks it.
# A running annotator applies changes as soon as the file is saved.

# The width of the text, 20 to 200 columns.
# width = 72

# The colours: night, paper, high-contrast, or a theme of Textual such as nord or gruvbox.
# Without this line: paper on a light background, night on a dark one.
# theme = "paper"

# The folder that exports are written to when --to is not given.
# Without this line: annotator in ~/Documents if that exists, else in the home folder.
# export_folder = "~/vault/articles"

# The program that you keep your notes in: obsidian, logseq, org, or plain for any other.
# export_preset = "logseq"

# Export an article as Markdown whenever you leave it after changing its marks.
# export_on_change = true

# Export articles without marks too, not only those that have some.
# export_unmarked = true

# Who signs the fact checks that `annotator export --format claimreview` writes: you, or the
# organisation that you check for, and its address.
# reviewer_name = "The Grid Desk"
# reviewer_url = "https://example.org/"

# Your own cookies, in Netscape's format, for sites that you subscribe to.
# cookies = "~/.config/annotator/cookies.txt"

# Dots in the margin beside check-worthy sentences; % also shows and hides them.
# check_worthy = true

# How pictures are drawn: auto (the best that your terminal can do), kitty, sixel, blocks or off.
# pictures = "blocks"

# How many marks a round of the daily review has, 1 to 200.
# daily_marks = 10

# A preset of keys: default, vim or less. The keys that you set below override it.
# keymap = "vim"

# Another kind of mark, or another look for one of the five usual ones: claim, evidence,
# question, definition, highlight. The key is a digit; the glyph is one character.
# [[kinds]]
# name = "prediction"
# key = "6"
# colour = "#d05f9e"
# glyph = "▲"

# Commands of your own, in the reader by their key or by |. They get a passage, a mark or an
# article on their standard input, as text or json. What they print is shown, becomes the note of
# the mark (note), or is dropped (nothing). docs/reading.md has examples.
# [[commands]]
# name = "Count words"
# key = "f9"
# command = ["wc", "-w"]
# what = "article"
# input = "text"
# output = "show"
# timeout = 30
# terminal = false
# shell = false

# The kind that imported highlights of a colour get. The others become highlights.
# [import_colours]
# red = "claim"
# "#ffd400" = "question"

# Other keys. The ids are in docs/keys.md; an id can have one key or several.
# [keys]
# "reader.find" = "ctrl+f"
# "read.page-down" = ["space", "ctrl+v"]
"""
