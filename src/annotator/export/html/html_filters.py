"""The bar of a page: filters by kind, tag and status, and buttons from mark to mark."""

from collections import Counter
from collections.abc import Mapping, Sequence

from annotator.export.html.html_blocks import escaped
from annotator.export.html.html_digest import STATUSES
from annotator.export.html.html_notes import NumberedMark
from annotator.model import tags

_KEYS = """\
<details class="keys"><summary>Keys</summary>
<div class="sheet">
<dl>
<div><dt><kbd>]</kbd> <kbd>n</kbd></dt><dd>next mark</dd></div>
<div><dt><kbd>[</kbd> <kbd>p</kbd></dt><dd>previous mark</dd></div>
<div><dt><kbd>Enter</kbd></dt><dd>from the number to the note, and back</dd></div>
<div><dt><kbd>Esc</kbd></dt><dd>let go of the mark</dd></div>
</dl>
<p><label><input type="checkbox" id="keys" checked> Use these keys</label></p>
</div>
</details>
"""

_COLOURS = '<button type="button" id="dark" aria-pressed="false">Dark</button>\n'

_STEPS = """\
<nav class="steps" aria-label="Marks">
<button type="button" id="previous" aria-label="Previous mark">‹</button>
<output id="at"></output>
<button type="button" id="next" aria-label="Next mark">›</button>
</nav>
"""


def write_bar(marks: Sequence[NumberedMark]) -> str:
    """Return the bar at the top. It is hidden until the script runs, which all of it needs."""
    inside = _COLOURS
    if marks:
        inside = f"{_filters(marks)}{_STEPS}{_KEYS}{_COLOURS}"
    return f'<header class="bar" hidden>\n{inside}</header>\n'


def _filters(marks: Sequence[NumberedMark]) -> str:
    kinds, names, statuses = Counter[str](), Counter[str](), Counter[str]()
    spelled: dict[str, str] = {}
    for mark in marks:
        annotation = mark.annotation
        kinds[annotation.kind] += 1
        if annotation.claim:
            statuses[annotation.claim.status] += 1
        whole = (each for tag in annotation.tags for each in (*tags.ancestors(tag), tag))
        for key, tag in {tags.key(each): each for each in whole}.items():
            names[key] += 1
            spelled.setdefault(key, tag)
    by_status: Mapping[str, int] = {each: statuses[each] for each in STATUSES if statuses[each]}
    return (
        '<div class="filters" role="group" aria-label="Show only">\n'
        f"{_choice('kind', 'Kind', dict(sorted(kinds.items())), {})}"
        f"{_choice('tag', 'Tag', dict(sorted(names.items())), spelled)}"
        f"{_choice('status', 'Status', by_status, {})}"
        '<button type="button" id="reset" hidden>Show all</button>\n'
        '<output id="shown"></output>\n</div>\n'
    )


def _choice(name: str, label: str, counts: Mapping[str, int], shown: Mapping[str, str]) -> str:
    if not counts:
        return ""
    options = "".join(
        f'<option value="{escaped(value)}">{escaped(shown.get(value, value))} ({number})</option>'
        for value, number in counts.items()
        if value
    )
    return (
        f'<label>{label} <select id="by-{name}"><option value="">all</option>{options}</select>'
        "</label>\n"
    )
