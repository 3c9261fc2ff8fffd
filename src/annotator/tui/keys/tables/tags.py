"""The keys of the list of tags and speakers."""

from annotator.tui.keys.key import Key, KeyGroup

TAGS = KeyGroup(
    place="tags",
    title="In the tags and speakers",
    active_with=("list", "program"),
    in_palette=True,
    keys=(
        Key("tags.articles", ("a",), "open('articles')", "List its articles", "Articles"),
        Key("tags.rename", ("r",), "rename", "Rename everywhere", "Rename"),
        Key("tags.merge", ("m",), "merge", "Merge with another", "Merge"),
        Key("tags.move", ("n",), "move", "Move below another tag", "Move below"),
        Key("tags.colour", ("c",), "colour", "Give a colour", "Colour"),
        Key("tags.delete", ("x",), "delete", "Delete everywhere", "Delete"),
        Key("tags.switch", ("tab",), "switch", "Tags or speakers", "Speakers"),
        Key("tags.filter", ("slash",), "filter", "Filter as you type", "Filter"),
        Key("tags.sort", ("s",), "sort", "Sort by name or number", "Sort"),
        Key("tags.select", ("v",), "select", "Select or deselect", "Select"),
        Key("tags.select-all", ("V",), "select_all", "Select all listed, or none"),
        Key("tags.undo", ("u",), "history('undo')", "Undo", "Undo"),
        Key("tags.redo", ("U",), "history('redo')", "Redo"),
        Key("tags.reload", ("f5",), "reload", "Reload the list"),
        Key("tags.back", ("q", "escape"), "back", "Stop, deselect, clear the filter, back", "Back"),
    ),
    footers={
        "tags": (
            ("list.choose", "Marks"),
            "tags.switch",
            "tags.rename",
            "tags.merge",
            "tags.colour",
            "tags.delete",
            "tags.filter",
            "tags.articles",
            "tags.move",
            "program.help",
            "tags.back",
        ),
        "speakers": (
            ("list.choose", "Marks"),
            ("tags.switch", "Tags"),
            "tags.rename",
            "tags.merge",
            "tags.filter",
            "tags.undo",
            "program.help",
            "tags.back",
        ),
        "tags-selected": (
            "tags.merge",
            "tags.move",
            "tags.delete",
            "tags.colour",
            "program.help",
            ("tags.back", "Deselect"),
        ),
        "speakers-selected": ("tags.merge", "program.help", ("tags.back", "Deselect")),
        "tags-empty": ("tags.switch", "program.help", "tags.back"),
        "speakers-empty": (("tags.switch", "Tags"), "program.help", "tags.back"),
        "tags-running": (("tags.back", "Stop"),),
    },
)

TAGS_KEYS = TAGS.keys
