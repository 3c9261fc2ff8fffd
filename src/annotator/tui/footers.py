"""Which keys the bottom line shows, by what one is doing; the first ones stay longest."""

_ON_A_MARK = ("mark.tags", "mark.note", "mark.claim", "mark.link", "mark.delete", "mark.copy")

FOOTERS: dict[str, tuple[str, ...]] = {
    "read": (
        "view.sentence-mode",
        "read.page-down",
        "reader.find",
        "reader.marks",
        "program.help",
        "reader.back",
        "reader.contents",
    ),
    "read-mark": ("read.open-mark", *_ON_A_MARK, "program.help"),
    "sentence": (
        "sentence.mark",
        "sentence.down",
        "sentence.extend-down",
        "sentence.mark-kind",
        "sentence.repeat",
        "view.leave",
    ),
    "sentence-mark": (*_ON_A_MARK, "view.leave"),
    "caret": ("caret.mark", "caret.select", "caret.grow", "caret.mark-kind", "view.leave"),
    "caret-mark": ("mark.tags", "mark.note", "mark.delete", "mark.copy", "view.leave"),
    "panel": ("list.choose", "reader.leave"),
    "panel-mark": ("list.choose", *_ON_A_MARK, "reader.leave"),
    "library": (
        "library.open",
        "library.add",
        "library.filter",
        "library.sort",
        "library.tags",
        "library.delete",
        "library.export",
        "program.help",
        "library.quit",
    ),
    "empty": ("library.add", "program.help", "library.quit"),
}
