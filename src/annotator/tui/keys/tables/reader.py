"""The keys of the reader: of the text in its modes, of marks, panels and the article."""

from annotator.tui.keys.key import COUNT_DIGITS, DIGITS, Key, KeyGroup

_AROUND = ("mark", "pane", "reader", "program")  # work in every mode of the text
_ON_A_MARK = ("mark.tags", "mark.note", "mark.claim", "mark.link", "mark.delete", "mark.copy")


def _while_reading(place: str) -> tuple[Key, ...]:
    """Return the keys that two modes have in common."""
    return (
        Key(f"{place}.links", ("f",), "links", "Follow a link or footnote by number"),
        Key(
            f"{place}.slide-right",
            ("right", "greater_than_sign"),
            "slide(1)",
            "Scroll code and tables right",
        ),
        Key(
            f"{place}.slide-left",
            ("left", "less_than_sign"),
            "slide(-1)",
            "Scroll code and tables left",
        ),
        Key(f"{place}.fold-code", ("w",), "fold_code", "Wrap or unwrap code"),
        Key(f"{place}.picture", ("p",), "picture", "Show or hide a picture"),
        Key(f"{place}.heading", ("right_parenthesis",), "heading(1)", "Next heading"),
        Key(f"{place}.heading-back", ("left_parenthesis",), "heading(-1)", "Previous heading"),
    )


READ = KeyGroup(
    place="read",
    title="Reading",
    active_with=("anywhere", "removed", *_AROUND),
    keys=(
        Key("read.line-down", ("j", "down"), "line(1)", "Line down"),
        Key("read.line-up", ("k", "up"), "line(-1)", "Line up"),
        Key("read.page-down", ("space", "pagedown"), "page(1)", "Page down", "Page"),
        Key("read.page-up", ("b", "pageup"), "page(-1)", "Page up"),
        Key("read.count", COUNT_DIGITS, "count", "Count (repeats the next motion)"),
        Key("read.open-mark", ("enter",), "open_mark", "Show the mark, follow the link", "Show"),
        *_while_reading("read"),
    ),
    footers={
        "read": (
            "view.sentence-mode",
            "read.page-down",
            "reader.find",
            "reader.marks",
            "reader.contents",
            "program.help",
            "reader.back",
        ),
        "link": (
            ("read.open-mark", "Follow"),
            ("reader.browse", "Browser"),
            ("view.next-link", "Next"),
            ("view.jump-back", "Back"),
            "program.help",
        ),
        "read-mark": ("read.open-mark", *_ON_A_MARK, "program.help"),
    },
)

SENTENCE = KeyGroup(
    place="sentence",
    title="Sentence mode",
    entered_by="view.sentence-mode",
    active_with=("anywhere", *_AROUND),
    keys=(
        Key("sentence.down", ("j", "down"), "sentence(1)", "Next sentence", "Next"),
        Key("sentence.up", ("k", "up"), "sentence(-1)", "Previous sentence"),
        Key(
            "sentence.extend-down",
            ("J", "shift+down"),
            "extend_sentence(1)",
            "Extend by a sentence",
            "Extend",
        ),
        Key("sentence.extend-up", ("K", "shift+up"), "extend_sentence(-1)", "Shrink by a sentence"),
        Key("sentence.page-down", ("space", "pagedown"), "page(1)", "Page down"),
        Key("sentence.page-up", ("b", "pageup"), "page(-1)", "Page up"),
        Key(
            "sentence.mark",
            ("enter",),
            "mark_or_open",
            "Mark as a claim; on a mark, show it",
            "Claim",
        ),
        Key(
            "sentence.mark-kind", DIGITS, "mark_kind", "Mark as the kind with that number", "Kinds"
        ),
        Key("sentence.repeat", ("r",), "mark_like_last", "Repeat the last mark", "Repeat"),
        *_while_reading("sentence"),
    ),
    footers={
        "sentence": (
            "sentence.mark",
            "sentence.mark-kind",
            "sentence.repeat",
            "sentence.extend-down",
            "sentence.down",
            "view.leave",
        ),
        "sentence-mark": (*_ON_A_MARK, "view.leave"),
    },
)

MARK = KeyGroup(
    place="mark",
    title="On a mark",  # under the cursor, jumped to, or clicked
    active_with=("pane", "reader", "program"),
    in_palette=True,
    keys=(
        Key("mark.tags", ("t", "number_sign"), "mark('tags')", "Edit tags", "Tags"),
        Key("mark.note", ("a",), "mark('note')", "Edit note", "Note"),
        Key("mark.claim", ("e",), "mark('claim')", "Claim details", "Details"),
        Key("mark.link", ("l",), "mark('link')", "Link to another mark or a web page", "Link"),
        Key(
            "mark.evidence",
            ("A",),
            "mark('evidence')",
            "What supports and opposes it",
            "Evidence",
        ),
        Key("mark.similar", ("S",), "mark('similar')", "Similar claims elsewhere", "Similar"),
        Key("mark.move", ("v",), "mark('move')", "Adjust or move the mark", "Move"),
        Key("mark.copy", ("y",), "mark('copy')", "Copy quotation and source", "Copy"),
        Key("mark.delete", ("x",), "mark('delete')", "Delete the mark", "Delete"),
    ),
)

PANE = KeyGroup(
    place="pane",
    title="Search and panels",
    active_with=("reader", "list", "program"),
    in_palette=True,
    keys=(
        Key("reader.find", ("slash",), "find", "Find in the text", "Find"),
        Key("reader.marks", ("tab",), "panel('marks')", "Marks panel", "Marks"),
        Key("reader.contents", ("T",), "panel('contents')", "Contents panel", "Contents"),
        Key("reader.removed", ("L",), "panel('removed')", "Removed text panel"),
        Key("reader.leave", ("escape",), "leave_panel", "Back to the text", "Text"),
    ),
    footers={
        "links": ("reader.leave",),
        "letter": (("view.leave", "Cancel"),),
        "note": ("list.choose", "reader.leave"),
        "panel": ("list.choose", "reader.leave"),
        "panel-mark": ("list.choose", *_ON_A_MARK, "reader.leave"),
    },
)

READER = KeyGroup(
    place="reader",
    title="In the reader",
    active_with=("list", "program"),
    in_palette=True,
    keys=(
        Key(
            "reader.put-back",
            ("plus",),
            "passage('put_back')",
            "Restore this removed passage",
            "Restore",
        ),
        Key(
            "reader.take-out",
            ("minus",),
            "passage('take_out')",
            "Remove this paragraph",
            "Remove",
        ),
        Key("reader.about", ("i",), "article('about')", "About the article", "About"),
        Key("reader.browse", ("o",), "article('browse')", "Open in the browser"),
        Key("reader.export", ("E",), "article('export')", "Export as Markdown"),
        Key("reader.report", ("B",), "article('report')", "Write a report of a bad page"),
        Key("reader.changes", ("D",), "article('changes')", "Show what changed"),
        Key(
            "reader.reattach",
            ("M",),
            "article('reattach')",
            "Reattach marks to changed text",
            "Reattach",
        ),
        Key("reader.places", ("quotation_mark",), "places", "List the named places"),
        Key("reader.refresh", ("f5", "ctrl+r"), "article('refresh')", "Refresh from the web"),
        Key(
            "reader.place",
            ("enter",),
            "mark('place')",
            "Move the mark here",
            "Move here",
        ),
        Key("reader.claims", ("C",), "claims", "All claims of all articles"),
        Key("reader.undo", ("u",), "app.history('undo')", "Undo", "Undo"),
        Key("reader.redo", ("U",), "app.history('redo')", "Redo"),
        Key("reader.back", ("q",), "back", "Back to the library", "Back"),
    ),
    footers={
        "place": (
            "reader.place",
            "sentence.down",
            "sentence.extend-down",
            "view.caret-mode",
            ("view.leave", "Cancel"),
        ),
        "place-caret": (
            "reader.place",
            "caret.other-end",
            "caret.select",
            "caret.grow",
            ("view.leave", "Cancel"),
        ),
    },
    preload=(
        "annotator.tui.reader.screen",
        "annotator.tui.reader.actions",
        "annotator.tui.widgets.find_bar",
        "annotator.tui.reader.panel.side_panel",
        "annotator.reading.navigation.landmarks",
    ),
)

COMMANDS = KeyGroup(
    place="commands",
    title="Commands of your own",  # those of the settings follow
    active_with=("mark", "pane", "reader", "anywhere", "read", "sentence", "caret", "program"),
    in_palette=True,
    keys=(
        Key(
            "commands.choose",
            ("vertical_line",),
            "choose_command",
            "Pass to a command of yours",
        ),
    ),
)

ANYWHERE = KeyGroup(
    place="anywhere",
    title="In the text, in every mode",
    active_with=_AROUND,
    in_palette=True,
    keys=(
        Key("view.sentence-mode", ("s",), "toggle_mode('sentence')", "Sentence mode", "Mark"),
        Key("view.caret-mode", ("c",), "toggle_mode('caret')", "Caret mode", "Caret"),
        Key("view.leave", ("escape",), "leave_mode", "Leave the mode or selection", "Done"),
        Key("view.top", ("g", "home"), "edge(-1)", "Go to the top"),
        Key("view.bottom", ("G", "end"), "edge(1)", "Go to the end"),
        Key("view.half-page-down", ("ctrl+d",), "half_page(1)", "Half a page down"),
        Key("view.half-page-up", ("ctrl+u",), "half_page(-1)", "Half a page up"),
        Key("view.paragraph-down", ("right_curly_bracket",), "paragraph(1)", "Next paragraph"),
        Key("view.paragraph-up", ("left_curly_bracket",), "paragraph(-1)", "Previous paragraph"),
        Key("view.next-match", ("n",), "match(1)", "Next match"),
        Key("view.previous-match", ("N",), "match(-1)", "Previous match"),
        Key("view.next-mark", ("right_square_bracket",), "next_mark(1)", "Next mark"),
        Key("view.previous-mark", ("left_square_bracket",), "next_mark(-1)", "Previous mark"),
        Key(
            "view.removed",
            ("R",),
            "fold_removed",
            "Show removed text in place",
            "Hide",
        ),
        Key("view.next-worthy", ("asterisk",), "worthy(1)", "Next check-worthy sentence"),
        Key("view.previous-worthy", ("ampersand",), "worthy(-1)", "Previous check-worthy sentence"),
        Key(
            "view.show-worth",
            ("percent_sign",),
            "show_worth",
            "Show check-worthy sentences",
        ),
        Key("view.next-link", ("at",), "link(1)", "Next link"),
        Key("view.previous-link", ("exclamation_mark",), "link(-1)", "Previous link"),
        Key(
            "view.jump-back",
            ("backspace", "ctrl+o"),
            "jump_back(-1)",
            "Go back",
        ),
        Key("view.name-place", ("m",), "name_place", "Name this place by a letter"),
        Key("view.go-to-place", ("apostrophe",), "go_to_place", "Go to a named place"),
        Key("view.jump-onward", ("ctrl+n",), "jump_back(1)", "Go forward"),
    ),
)

CARET = KeyGroup(
    place="caret",
    title="Caret mode",
    entered_by="view.caret-mode",
    active_with=("anywhere", *_AROUND),
    keys=(
        Key("caret.left", ("h", "left"), "caret_character(-1)", "Left"),
        Key("caret.right", ("l", "right"), "caret_character(1)", "Right"),
        Key("caret.down", ("j", "down"), "caret_line(1)", "Line down"),
        Key("caret.up", ("k", "up"), "caret_line(-1)", "Line up"),
        Key("caret.word", ("w",), "caret_word(1)", "Next word"),
        Key("caret.word-back", ("b",), "caret_word(-1)", "Previous word"),
        Key("caret.word-end", ("e",), "caret_word_end", "End of the word"),
        Key("caret.line-start", ("0",), "caret_line_edge(-1)", "Start of the line"),
        Key("caret.line-end", ("dollar_sign",), "caret_line_edge(1)", "End of the line"),
        Key("caret.sentence", ("right_parenthesis",), "caret_sentence(1)", "Next sentence"),
        Key(
            "caret.sentence-back", ("left_parenthesis",), "caret_sentence(-1)", "Previous sentence"
        ),
        Key("caret.find", ("f",), "caret_find(1)", "Find a character"),
        Key("caret.find-back", ("F",), "caret_find(-1)", "Find a character backwards"),
        Key("caret.find-again", ("semicolon",), "caret_find_again", "Repeat the character search"),
        Key("caret.page-down", ("space", "pagedown"), "caret_page(1)", "Page down"),
        Key("caret.page-up", ("pageup",), "caret_page(-1)", "Page up"),
        Key("caret.select", ("v",), "select('character')", "Select", "Select"),
        Key("caret.select-sentences", ("V",), "select('sentence')", "Select sentences"),
        Key(
            "caret.other-end",
            ("O",),
            "other_end",
            "Go to the other end of the selection",
            "Other end",
        ),
        Key("caret.grow", ("full_stop",), "grow", "Grow the selection", "Grow"),
        Key("caret.shrink", ("comma",), "shrink", "Shrink the selection"),
        Key(
            "caret.mark",
            ("enter",),
            "mark_or_open",
            "Mark as a claim; on a mark, show it",
            "Claim",
        ),
        Key("caret.mark-kind", DIGITS, "mark_kind", "Mark as the kind with that number", "Kinds"),
        Key("caret.repeat", ("r",), "mark_like_last", "Repeat the last mark"),
    ),
    footers={
        "caret": ("caret.mark", "caret.mark-kind", "caret.grow", "caret.select", "view.leave"),
        "caret-mark": ("mark.tags", "mark.note", "mark.delete", "mark.copy", "view.leave"),
    },
)

REMOVED = KeyGroup(
    place="removed",
    title="While removed text is shown",
    entered_by="view.removed",
    active_with=("anywhere", *_AROUND),
    keys=(
        Key("removed.next", ("right_parenthesis",), "removed(1)", "Next removed passage", "Next"),
        Key("removed.previous", ("left_parenthesis",), "removed(-1)", "Previous removed passage"),
    ),
    footers={
        "removed": (
            "removed.next",
            "reader.put-back",
            "view.removed",
            "view.sentence-mode",
            "read.page-down",
            "program.help",
            "reader.back",
        ),
    },
)

# Those that stand for a removed passage come before those of reading.
VIEW_KEYS = (*ANYWHERE.keys, *REMOVED.keys, *READ.keys, *SENTENCE.keys, *CARET.keys)
PANE_KEYS = PANE.keys
READER_KEYS = (*MARK.keys, *READER.keys, *COMMANDS.keys)
