"""Another program that changes the typist's library, until it is ended.

`python benchmarks typist_other DATA STATE SEED` marks, tags, judges, deletes, restores and moves
to the bin, as commands and other machines do.
"""

import sys
import time
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from random import Random

from annotator.errors import AnnotatorError
from annotator.model import ReadState, Span
from annotator.store import Library
from annotator.usecases.articles.article_edits import (
    move_to_bin,
    restore_from_bin,
    retag,
    set_state_of,
)
from annotator.usecases.articles.trash import trashed
from annotator.usecases.marks import annotate
from annotator.usecases.marks.annotate import Draft

FEWEST = 3  # articles that stay
LONGEST = 0.6  # seconds between two changes
STATES: tuple[ReadState, ...] = ("unread", "read", "archived")
EDITS = ("mark", "note", "status", "delete", "tag", "state", "bin", "restore")


def main() -> None:
    """Change the library for ever."""
    data, state, seed = sys.argv[1:]
    chance = Random(int(seed))
    with Library.open(Path(data), state=Path(state)) as library:
        while True:
            with suppress(AnnotatorError):  # the typist has changed the same
                change(library, chance)
            time.sleep(chance.uniform(0, LONGEST))


def change(library: Library, chance: Random) -> None:
    """Make one change."""
    now = datetime.now(UTC)
    edit = chance.choice(EDITS)
    if edit == "restore":
        binned = [article.record for article in trashed(library) if article.record]
        restore_from_bin(library, binned[:1])
        return
    records = library.records()
    if not records:
        return
    record = chance.choice(records)
    article, marks = library.article(record.id), library.article(record.id).annotations()
    match edit:
        case "mark":
            start = chance.randrange(0, 200)
            span = Span(start, start + chance.randrange(1, 80))
            annotate.mark(library, article.extraction().article, span, Draft("claim"), now=now)
        case "note" if marks:
            annotate.change(
                library, [chance.choice(marks)], annotate.Changes(note="Theirs."), now=now
            )
        case "status" if marks:
            annotate.change(
                library, marks[:3], annotate.Changes(values={"status": "disputed"}), now=now
            )
        case "delete" if marks:
            annotate.delete(library, [chance.choice(marks)], now=now)
        case "tag":
            retag(library, [record], add=["theirs"], remove=[], now=now)
        case "state":
            set_state_of(library, [record], chance.choice(STATES), now=now)
        case "bin" if len(records) > FEWEST:
            move_to_bin(library, [record])


if __name__ == "__main__":
    main()
