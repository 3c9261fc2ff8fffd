"""From the words of the command to the page on the screen, if the page is at hand."""

import os
from collections.abc import Mapping, Sequence

from annotator.instant import page, places, screen
from annotator.instant.facts import facts
from annotator.instant.sources import article_of

_LIBRARY_OPTION, _LIBRARY_VARIABLE = "--library", "ANNOTATOR_LIBRARY"


def paint(arguments: Sequence[str], environment: Mapping[str, str]) -> None:
    """Show the article that `annotator read` is asked for, if it will look as it did."""
    folder, source = asked(arguments, environment)
    size = screen.size(environment) if source else None
    library = places.library_folder(folder, environment) if size else ""
    if not library or not size:
        return
    state = places.state_of(library, environment)
    article_id = article_of(source, library=library, state=state)
    if article_id:
        now = facts(library, article_id, state=state, size=size, environment=environment)
        lines = page.read(page.path_of(state, article_id), now)
        if lines:
            screen.paint(lines)


def asked(arguments: Sequence[str], environment: Mapping[str, str]) -> tuple[str, str]:
    """Return the library and the source of `annotator read` in its plainest form, else nothing."""
    folder, words = environment.get(_LIBRARY_VARIABLE, ""), list(arguments)
    if words[:1] == [_LIBRARY_OPTION]:
        folder, words = "".join(words[1:2]), words[2:]
        words = words if folder else []
    if folder and not os.path.isdir(folder):
        return folder, ""
    command, *sources = words or [""]
    source = sources[0] if command == "read" and len(sources) == 1 else ""
    return folder, "" if source.startswith("-") else source
