"""Claims that may say the same in other words or languages: the extra `meaning`.

A model finds candidates, in a worker process; the rules of `similarity` judge them. The vector
of each text is kept in the cache of the library, so that a new mark costs one.
"""

import asyncio
from collections.abc import Callable, Sequence
from hashlib import blake2b
from pathlib import Path

from annotator import codec
from annotator.errors import CleaningError
from annotator.model import Annotation
from annotator.store import Library, Marked, questions
from annotator.store.machine.claim_vectors import ClaimVectors
from annotator.usecases.marks.similar import LIMIT, Suggestion, similar_marks
from annotator.usecases.sandbox import pool, protocol
from annotator.usecases.sandbox.model_name import name_of_model

AT_ONCE = 32  # texts of a task, which takes about a second
LIMITS = protocol.CleaningLimits(wall_seconds=120.0, cpu_seconds=60)

Tell = Callable[[int, int], None]  # called with the number of read claims, and of all that are new


async def similar_by_meaning(
    library: Library, annotation: Annotation, *, tell: Tell, limit: int = LIMIT
) -> tuple[Suggestion, ...]:
    """Return what `similar_marks` does, with claims that share no word with a mark.

    Cancelling ends it at once; what was read until then is kept. Raises `CleaningError` if the
    model does not work, `LibraryError` if its vectors cannot be kept.
    """
    near = await near_marks(library, annotation, tell=tell)
    return await asyncio.to_thread(similar_marks, library, annotation, limit=limit, near=near)


async def near_marks(
    library: Library, annotation: Annotation, *, tell: Tell
) -> Sequence[tuple[Marked, float]]:
    """Return the marks of other articles that are near a mark, and how near, the nearest first."""
    apart = await asyncio.to_thread(library.ask, questions.shared_words.marks_apart(annotation))
    if not (apart and library.cache):
        return ()
    vectors = await _vectors(library.cache, [_text(marked.annotation) for marked in apart], tell)
    answer = await _ask(protocol.Texts((_text(annotation),), vectors))
    return [(apart[at], nearness) for at, nearness in answer.nearest]


async def _vectors(cache: Path, texts: Sequence[str], tell: Tell) -> bytes:
    """Return the vectors of texts, one after the other, and make those that are missing."""
    name = name_of_model()
    key_of = {text: blake2b(f"{name}\n{text}".encode(), digest_size=16).digest() for text in texts}
    with await asyncio.to_thread(ClaimVectors, cache) as memory:
        known = await asyncio.to_thread(memory.all)
        new = [text for text, key in key_of.items() if key not in known]
        for start in range(0, len(new), AT_ONCE):
            tell(start, len(new))
            batch = tuple(new[start : start + AT_ONCE])
            made = (await _ask(protocol.Texts(batch))).vectors
            vector_of = {key_of[text]: row for text, row in zip(batch, made, strict=True)}
            await asyncio.to_thread(memory.add, vector_of)
            known |= vector_of
        await asyncio.to_thread(memory.drop_all_but, {*key_of.values()})
    return b"".join(known[key_of[text]] for text in texts)


async def _ask(texts: protocol.Texts) -> protocol.TextVectors:
    try:
        code, answer = await pool.ask(codec.pack(protocol.Task(texts)), LIMITS)
    except OSError as error:  # also when it takes too long
        code, answer = protocol.LOST, str(error).encode()
    if code != protocol.DONE:
        why = answer.decode("utf-8", "replace") or "the process ended"
        raise CleaningError(
            f"Claims could not be compared by their meaning ({why}).",
            "To do without it, set similar_by_meaning = false in the settings.",
        )
    return codec.unpack(answer, protocol.TextVectors)


def _text(annotation: Annotation) -> str:
    said = annotation.claim.statement if annotation.claim else ""
    return said or annotation.quote
