"""What finds a passage of an old text in a new one: ours, and the client of Hypothesis."""

import json
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import which

from annotator.anchoring import anchor, describe
from annotator.model import Anchored, Span

Finder = Callable[[str, Span, str], Span | None]
SCRIPT = Path(__file__).with_name("hypothesis_client.mjs")
CONTEXT = 32  # letters on either side that the client of Hypothesis keeps


def ours(old: str, passage: Span, new: str) -> Span | None:
    """Return the place of a passage, or nothing."""
    place = anchor(describe(old, passage), new)
    return place.span if isinstance(place, Anchored) else None


@contextmanager
def finders(
    client: Path | None, node: Path | None, version: str = ""
) -> Iterator[dict[str, Finder]]:
    """Offer ours, and that of Hypothesis where its code and what it needs are at hand."""
    if client is None or node is None or not which("node"):
        yield {"annotator": ours}
        return
    command = ["node", str(SCRIPT), str(client), str(node)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin
        assert process.stdout
        asked, answers = process.stdin, process.stdout

        def theirs(old: str, passage: Span, new: str) -> Span | None:
            # JavaScript counts in units of UTF-16, so all of it is asked and answered in them.
            question = {
                "text": new,
                "exact": passage.of(old),
                "prefix": old[max(0, passage.start - CONTEXT) : passage.start],
                "suffix": old[passage.end : passage.end + CONTEXT],
                "start": _units(old[: passage.start]),
                "end": _units(old[: passage.end]),
            }
            asked.write(json.dumps(question).encode() + b"\n")
            asked.flush()
            answer = json.loads(answers.readline())
            return answer and Span(_letters(new, answer[0]), _letters(new, answer[1]))

        yield {"annotator": ours, f"Hypothesis client {version}".strip(): theirs}
        asked.close()


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _letters(text: str, units: int) -> int:
    if text.isascii():
        return units
    encoded = text.encode("utf-16-le", "surrogatepass")[: 2 * units]
    return len(encoded.decode("utf-16-le", "replace"))
