"""The keys of the statistics."""

from annotator.tui.keys.key import Key, KeyGroup

STATISTICS = KeyGroup(
    place="statistics",
    title="Statistics",
    active_with=("program",),
    in_palette=True,
    keys=(
        Key("statistics.next", ("p", "tab"), "turn(1)", "Next period", "Period"),
        Key("statistics.previous", ("P", "shift+tab"), "turn(-1)", "Previous period"),
        Key("statistics.week", ("w",), "period('week')", "Last 7 days"),
        Key("statistics.month", ("m",), "period('month')", "Last 30 days"),
        Key("statistics.quarter", ("t",), "period('quarter')", "Last 13 weeks"),
        Key("statistics.year", ("y",), "period('year')", "Last 12 months"),
        Key("statistics.all", ("a",), "period('all')", "From the beginning"),
        Key("statistics.earlier", ("left", "h"), "shift(1)", "Earlier", "Earlier"),
        Key("statistics.later", ("right", "l"), "shift(-1)", "Later", "Later"),
        Key("statistics.down", ("j", "down"), "scroll(1)", "Scroll down", "Down"),
        Key("statistics.up", ("k", "up"), "scroll(-1)", "Scroll up"),
        Key("statistics.page-down", ("space", "pagedown", "ctrl+d"), "page(1)", "Page down"),
        Key("statistics.page-up", ("b", "pageup", "ctrl+u"), "page(-1)", "Page up"),
        Key("statistics.top", ("g", "home"), "edge(-1)", "To the top"),
        Key("statistics.bottom", ("G", "end"), "edge(1)", "To the end"),
        Key("statistics.back", ("q", "escape"), "back", "Back", "Back"),
    ),
    footers={
        "statistics": (
            "statistics.next",
            "statistics.earlier",
            "statistics.later",
            "statistics.down",
            "program.help",
            "statistics.back",
        ),
    },
)
