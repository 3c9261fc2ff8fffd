"""The keys of the reader: of what stands around the text, of the mark at hand, of the article."""

from annotator.tui.keys.key import DIGITS, Key, Place

PANE_KEYS = (
    Key("reader.find", ("slash",), "find", "Find in the text", "reader", "Find"),
    Key("reader.marks", ("tab",), "panel('marks')", "Marks, beside the text", "reader", "Marks"),
    Key("reader.contents", ("T",), "panel('contents')", "Contents", "reader", "Contents"),
    Key("reader.removed", ("L",), "panel('removed')", "What was removed, as a list", "reader"),
    Key("reader.leave", ("escape",), "leave_panel", "Back to the text", "reader", "Text"),
)

READER_KEYS = (
    # with a mark at hand: under the cursor, jumped to, or clicked
    Key("mark.tags", ("t", "number_sign"), "mark('tags')", "Tags", "mark", "Tags"),
    Key("mark.note", ("a",), "mark('note')", "Note", "mark", "Note"),
    Key("mark.claim", ("e",), "mark('claim')", "The claim’s fields", "mark", "Fields"),
    Key("mark.link", ("l",), "mark('link')", "Link to another mark or a page", "mark", "Link"),
    Key("mark.move", ("m",), "mark('move')", "Move its ends, or put it elsewhere", "mark", "Move"),
    Key("mark.copy", ("y",), "mark('copy')", "Copy as a quotation with its source", "mark", "Copy"),
    Key("mark.delete", ("x",), "mark('delete')", "Delete the mark", "mark", "Delete"),
    # on a removed passage, or a paragraph of the text
    Key(
        "reader.put-back",
        ("plus",),
        "passage('put_back')",
        "Put a removed passage back for good",
        "reader",
        "Put back",
    ),
    Key(
        "reader.take-out",
        ("minus",),
        "passage('take_out')",
        "Take the paragraph out for good",
        "reader",
        "Take out",
    ),
    # everywhere in the reader
    Key("reader.about", ("i",), "article('about')", "About the article", "reader", "About"),
    Key("reader.browse", ("o",), "article('browse')", "Open in the browser", "reader"),
    Key("reader.export", ("E",), "article('export')", "Export as Markdown", "reader"),
    Key("reader.changes", ("D",), "article('changes')", "What changed since last time", "reader"),
    Key("reader.review", ("M",), "article('review')", "Review marks that wait", "reader", "Review"),
    Key("reader.refresh", ("f5", "ctrl+r"), "article('refresh')", "Ask for it anew", "reader"),
    Key(
        "reader.place",
        ("enter",),
        "mark('place')",
        "Put the mark in hand on the passage",
        "reader",
        "Put it here",
    ),
    Key("reader.undo", ("u",), "history('undo')", "Undo", "reader", "Undo"),
    Key("reader.redo", ("U",), "history('redo')", "Redo", "reader"),
    Key("reader.back", ("q",), "back", "Back to the library", "reader", "Back"),
)


def page_keys(place: Place) -> tuple[Key, ...]:
    """Return these keys for one of the modes."""
    return (
        Key(f"{place}.links", ("f",), "links", "Follow a link or footnote by number", place),
        Key(
            f"{place}.slide-right",
            ("right", "greater_than_sign"),
            "slide(1)",
            "Wide code and tables: to the right",
            place,
        ),
        Key(f"{place}.slide-left", ("left", "less_than_sign"), "slide(-1)", "… to the left", place),
        Key(f"{place}.fold-code", ("w",), "fold_code", "Fold or unfold long lines of code", place),
        Key(f"{place}.picture", ("p",), "picture", "Draw a picture, or hide it", place),
    )


LANDMARK_KEYS = (
    Key("read.heading", ("right_parenthesis",), "heading(1)", "Next heading", "read"),
    Key("read.heading-back", ("left_parenthesis",), "heading(-1)", "Previous heading", "read"),
    Key("sentence.heading", ("right_parenthesis",), "heading(1)", "Next heading", "sentence"),
    Key(
        "sentence.heading-back",
        ("left_parenthesis",),
        "heading(-1)",
        "Previous heading",
        "sentence",
    ),
    Key("view.next-worthy", ("asterisk",), "worthy(1)", "Next sentence worth a check", "anywhere"),
    Key(
        "view.previous-worthy",
        ("ampersand",),
        "worthy(-1)",
        "Previous sentence worth a check",
        "anywhere",
    ),
    Key(
        "view.show-worth",
        ("percent_sign",),
        "show_worth",
        "Show what is worth a check in the margin",
        "anywhere",
    ),
    Key("view.next-link", ("at",), "link(1)", "Next link", "anywhere"),
    Key("view.previous-link", ("exclamation_mark",), "link(-1)", "Previous link", "anywhere"),
    Key(
        "view.jump-back",
        ("backspace", "ctrl+o"),
        "jump_back(-1)",
        "Back to where you jumped from",
        "anywhere",
    ),
    Key("view.jump-onward", ("ctrl+n",), "jump_back(1)", "And onward again", "anywhere"),
)


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
    Key(
        "view.removed",
        ("R",),
        "fold_removed",
        "What was removed, folded open where it stood",
        "anywhere",
        "Fold away",
    ),
    # read, with what was removed folded open: these keys come before those of reading
    Key(
        "removed.next",
        ("right_parenthesis",),
        "removed(1)",
        "Next removed piece",
        "removed",
        "Next",
    ),
    Key(
        "removed.previous",
        ("left_parenthesis",),
        "removed(-1)",
        "Previous removed piece",
        "removed",
    ),
    # read: no cursor, the keys scroll
    Key("read.line-down", ("j", "down"), "line(1)", "Line down", "read"),
    Key("read.line-up", ("k", "up"), "line(-1)", "Line up", "read"),
    Key("read.page-down", ("space", "pagedown"), "page(1)", "Page down", "read", "Page"),
    Key("read.page-up", ("b", "pageup"), "page(-1)", "Page up", "read"),
    Key("read.count", DIGITS, "count", "A count before a motion", "read"),
    Key("read.open-mark", ("enter",), "open_mark", "The mark’s card", "read", "Card"),
    *page_keys("read"),
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
    *page_keys("sentence"),
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
    Key("caret.find", ("f",), "caret_find(1)", "To the letter typed next", "caret"),
    Key("caret.find-back", ("F",), "caret_find(-1)", "Back to the letter typed next", "caret"),
    Key("caret.find-again", ("semicolon",), "caret_find_again", "To that letter again", "caret"),
    Key("caret.page-down", ("space", "pagedown"), "caret_page(1)", "Page down", "caret"),
    Key("caret.page-up", ("pageup",), "caret_page(-1)", "Page up", "caret"),
    Key("caret.select", ("v",), "select('character')", "Select", "caret", "Select"),
    Key("caret.select-sentences", ("V",), "select('sentence')", "Select sentences", "caret"),
    Key(
        "caret.other-end",
        ("O",),
        "other_end",
        "The other end of the selection",
        "caret",
        "Other end",
    ),
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
    *LANDMARK_KEYS,
)
