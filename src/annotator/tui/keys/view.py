"""The keys of the text: to move through it in each of its modes, and to mark in it."""

from annotator.tui.keys.key import DIGITS, Key

VIEW_KEYS = (
    # in every mode of the reading view
    Key(
        "view.sentence-mode", ("s",), "toggle_mode('sentence')", "Sentence mode", "anywhere", "Mark"
    ),
    Key("view.caret-mode", ("c",), "toggle_mode('caret')", "Caret mode", "anywhere", "Caret"),
    Key("view.leave", ("escape",), "leave_mode", "Leave the mode or selection", "anywhere", "Done"),
    Key("view.top", ("g", "home"), "edge(-1)", "To the top", "anywhere"),
    Key("view.bottom", ("G", "end"), "edge(1)", "To the end", "anywhere"),
    Key("view.half-page-down", ("ctrl+d",), "half_page(1)", "Half a page down", "anywhere"),
    Key("view.half-page-up", ("ctrl+u",), "half_page(-1)", "Half a page up", "anywhere"),
    Key(
        "view.paragraph-down",
        ("right_curly_bracket",),
        "paragraph(1)",
        "Next paragraph",
        "anywhere",
    ),
    Key(
        "view.paragraph-up",
        ("left_curly_bracket",),
        "paragraph(-1)",
        "Previous paragraph",
        "anywhere",
    ),
    Key("view.next-match", ("n",), "match(1)", "Next match", "anywhere"),
    Key("view.previous-match", ("N",), "match(-1)", "Previous match", "anywhere"),
    Key("view.next-mark", ("right_square_bracket",), "next_mark(1)", "Next mark", "anywhere"),
    Key(
        "view.previous-mark", ("left_square_bracket",), "next_mark(-1)", "Previous mark", "anywhere"
    ),
    # read: no cursor, the keys scroll
    Key("read.line-down", ("j", "down"), "line(1)", "Line down", "read"),
    Key("read.line-up", ("k", "up"), "line(-1)", "Line up", "read"),
    Key("read.page-down", ("space", "pagedown"), "page(1)", "Page down", "read", "Page"),
    Key("read.page-up", ("b", "pageup"), "page(-1)", "Page up", "read"),
    Key("read.count", DIGITS, "count", "A count before a motion", "read"),
    Key("read.open-mark", ("enter",), "open_mark", "The mark’s card", "read", "Card"),
    # sentence: a cursor on a sentence
    Key("sentence.down", ("j", "down"), "sentence(1)", "Next sentence", "sentence", "Next"),
    Key("sentence.up", ("k", "up"), "sentence(-1)", "Previous sentence", "sentence"),
    Key(
        "sentence.extend-down",
        ("J", "shift+down"),
        "extend_sentence(1)",
        "One sentence more",
        "sentence",
        "More",
    ),
    Key(
        "sentence.extend-up",
        ("K", "shift+up"),
        "extend_sentence(-1)",
        "One sentence fewer",
        "sentence",
    ),
    Key("sentence.page-down", ("space", "pagedown"), "page(1)", "Page down", "sentence"),
    Key("sentence.page-up", ("b", "pageup"), "page(-1)", "Page up", "sentence"),
    Key(
        "sentence.mark",
        ("enter",),
        "mark_or_open",
        "Mark as a claim; on a mark, its card",
        "sentence",
        "Claim",
    ),
    Key("sentence.mark-kind", DIGITS, "mark_kind", "Mark as that kind", "sentence", "Kinds"),
    Key(
        "sentence.repeat",
        ("r",),
        "mark_like_last",
        "Mark like the last one",
        "sentence",
        "Like the last",
    ),
    # caret: a cursor on a character, and a selection
    Key("caret.left", ("h", "left"), "caret_character(-1)", "Left", "caret"),
    Key("caret.right", ("l", "right"), "caret_character(1)", "Right", "caret"),
    Key("caret.down", ("j", "down"), "caret_line(1)", "Line down", "caret"),
    Key("caret.up", ("k", "up"), "caret_line(-1)", "Line up", "caret"),
    Key("caret.word", ("w",), "caret_word(1)", "Next word", "caret"),
    Key("caret.word-back", ("b",), "caret_word(-1)", "Previous word", "caret"),
    Key("caret.word-end", ("e",), "caret_word_end", "End of the word", "caret"),
    Key("caret.line-start", ("0",), "caret_line_edge(-1)", "Start of the line", "caret"),
    Key("caret.line-end", ("dollar_sign",), "caret_line_edge(1)", "End of the line", "caret"),
    Key("caret.sentence", ("right_parenthesis",), "caret_sentence(1)", "Next sentence", "caret"),
    Key(
        "caret.sentence-back",
        ("left_parenthesis",),
        "caret_sentence(-1)",
        "Previous sentence",
        "caret",
    ),
    Key("caret.page-down", ("space", "pagedown"), "caret_page(1)", "Page down", "caret"),
    Key("caret.page-up", ("pageup",), "caret_page(-1)", "Page up", "caret"),
    Key("caret.select", ("v",), "select('character')", "Select", "caret", "Select"),
    Key("caret.select-sentences", ("V",), "select('sentence')", "Select sentences", "caret"),
    Key("caret.grow", ("full_stop",), "grow", "Grow the selection", "caret", "Grow"),
    Key("caret.shrink", ("comma",), "shrink", "Shrink the selection", "caret"),
    Key(
        "caret.mark",
        ("enter",),
        "mark_or_open",
        "Mark as a claim; on a mark, its card",
        "caret",
        "Claim",
    ),
    Key("caret.mark-kind", DIGITS, "mark_kind", "Mark as that kind", "caret", "Kinds"),
    Key("caret.repeat", ("r",), "mark_like_last", "Mark like the last one", "caret"),
)
