"""The settings as a person meets them first: each explained, none of them in force."""

TEMPLATE = """\
# Settings of annotator. A line that begins with # does nothing: take the # away to set it.
# annotator config edit opens this file and checks it; annotator config check only checks it.
# An open annotator takes changes over as soon as the file is written.

# The width of the text, 20 to 200 columns.
# width = 72

# The colours: night, paper, high-contrast, or a theme of Textual such as nord or gruvbox.
# Without this line, night or paper, as the ground of your terminal is.
# theme = "paper"

# Where exports go if no folder is named.
# export_folder = "~/vault/articles"

# Your own cookies in Netscape's format, for sites that you subscribe to.
# cookies = "~/.config/annotator/cookies.txt"

# Dots in the margin beside sentences that are worth a check; % shows and hides them anyway.
# check_worthy = true

# How pictures are drawn: auto, as well as your terminal can; kitty, sixel, or blocks; or off.
# pictures = "blocks"

# A set of keys: default, vim or less. The keys that you set below go before it.
# keymap = "vim"

# A kind of mark more, or another look for one of the five that there are: claim, evidence,
# question, definition, highlight. The key is a digit; the glyph is one character.
# [[kinds]]
# name = "prediction"
# key = "6"
# colour = "#d05f9e"
# glyph = "▲"

# Other keys. The ids are in the help (press ?) and in docs/keys.md; a key may be one or several.
# [keys]
# "reader.find" = "ctrl+f"
# "read.page-down" = ["space", "ctrl+v"]
"""
