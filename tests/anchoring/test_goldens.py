"""The places of marks in texts that were edited, for hundreds of edits of many kinds.

The thresholds of anchoring were set on articles that are not kept here. These results hold
them: whoever changes one sees which marks are put elsewhere, and can judge whether that is
right. A text is edited by chance, but always in the same way.
"""

import re
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from annotator.anchoring import anchor, describe
from annotator.anchoring.cut_quote import Hint, find_quote
from annotator.model import Anchored, Orphan, Span
from goldens import check_goldens

HERE = Path(__file__).parent / "goldens"
TEXTS = ("english", "code", "arabic", "japanese")  # of sample articles, as they were once cleaned
CASES = 120  # of each text

Edit = Callable[[Random, str, Span], str]


def text_of(name: str) -> str:
    return (Path(__file__).parent / "texts" / f"{name}.txt").read_text("utf-8")


def words_in(text: str, span: Span) -> list[Span]:
    found = re.finditer(r"\w+", text[span.start : span.end])
    return [Span(span.start + word.start(), span.start + word.end()) for word in found]


def other_word(chance: Random, text: str) -> str:
    return text[(word := chance.choice(words_in(text, Span(0, len(text))))).start : word.end]


def put(text: str, span: Span, new: str) -> str:
    return text[: span.start] + new + text[span.end :]


def reword(chance: Random, text: str, span: Span) -> str:
    words = words_in(text, span)
    share = chance.choice((0.05, 0.15, 0.3, 0.5, 0.8))
    chosen = chance.sample(words, max(1, round(len(words) * share)))
    for word in sorted(chosen, reverse=True, key=lambda word: word.start):
        text = put(text, word, other_word(chance, text))
    return text


def misspell(chance: Random, text: str, span: Span) -> str:
    for _ in range(chance.randint(1, 6)):
        place = chance.randrange(span.start, span.end)
        text = put(text, Span(place, place + 1), chance.choice("aeiourst ") + text[place])
    return text


def change_numbers(chance: Random, text: str, span: Span) -> str:
    digits = [at for at in range(span.start, span.end) if text[at].isdigit()]
    for at in digits[: chance.randint(1, 3)]:
        text = put(text, Span(at, at + 1), str((int(text[at]) + 1) % 10))
    return text if digits else put(text, Span(span.start, span.start), "14 ")


def cut_out(chance: Random, text: str, span: Span) -> str:
    start, end = sorted(chance.randint(span.start, span.end) for _ in range(2))
    return put(text, Span(start, end), "")


def insert(chance: Random, text: str, span: Span) -> str:
    at = chance.randint(span.start, span.end)
    words = " ".join(other_word(chance, text) for _ in range(chance.randint(1, 25)))
    return put(text, Span(at, at), f" {words} ")


def delete(_chance: Random, text: str, span: Span) -> str:
    return put(text, span, "")


def repeat(chance: Random, text: str, span: Span) -> str:
    reach = chance.choice((0, 20, 80, 400))
    copied = text[max(0, span.start - reach) : span.end + reach]
    at = chance.choice((0, len(text), chance.randrange(len(text))))
    return put(text, Span(at, at), f"\n\n{copied}\n\n")


def change_around(chance: Random, text: str, span: Span) -> str:
    reach = chance.choice((10, 40, 200))
    after = Span(span.end, min(len(text), span.end + reach))
    before = Span(max(0, span.start - reach), span.start)
    for side in chance.choice(((after,), (before,), (after, before))):
        words = " ".join(other_word(chance, text) for _ in range(reach // 6))
        text = put(text, side, f" {words} ")
    return text


def move(chance: Random, text: str, span: Span) -> str:
    rest, at = put(text, span, ""), chance.randrange(len(text) - (span.end - span.start))
    return put(rest, Span(at, at), f" {text[span.start : span.end]} ")


def respell(chance: Random, text: str, _span: Span) -> str:
    signs = {"“": '"', "”": '"', "’": "'", "—": " - ", " ": "\u00a0", "e": "e\u0301"}
    for sign in chance.sample(sorted(signs), 2):
        text = text.replace(sign, signs[sign])
    return text


def shout(_chance: Random, text: str, span: Span) -> str:
    return put(text, span, text[span.start : span.end].upper())


def lead_in(chance: Random, text: str, _span: Span) -> str:
    return f"{' '.join(other_word(chance, text) for _ in range(chance.randint(1, 300)))}\n\n{text}"


EDITS: tuple[Edit, ...] = (
    reword, misspell, change_numbers, cut_out, insert, delete, repeat, change_around, move,
    respell, shout, lead_in,
)  # fmt: skip


def passage(chance: Random, text: str) -> Span:
    length = chance.choice((1, 2, 4, 9, 20, 45))
    words = words_in(text, Span(0, len(text)))
    first = chance.randrange(len(words) - length)
    return Span(words[first].start, words[first + length - 1].end)


def told(place: Anchored | Orphan, text: str) -> str:
    if isinstance(place, Anchored):
        span, kind = place.span, place.fit
    else:
        span, kind = place.best_guess, "lost"
    if span is None:
        return kind
    return f"{kind} {span.start}-{span.end} {text[span.start : span.end][:40]!r}"


@pytest.mark.parametrize("name", TEXTS)
def test_marks_go_where_they_ever_went(name, request):
    text, lines = text_of(name), []
    for case in range(CASES):
        chance = Random(f"{name} {case}")
        span, edited = passage(chance, text), text
        edits = chance.choices(EDITS, k=chance.choice((1, 1, 1, 2, 3)))
        for edit in edits:
            edited = edit(chance, edited, span)
        names = ", ".join(edit.__name__ for edit in edits)
        place = anchor(describe(text, span), edited)
        lines.append(f"{case} {names}: {text[span.start : span.end][:40]!r} {told(place, edited)}")
    check_goldens(request, HERE / f"marks-in-{name}", {"places.txt": "\n".join(lines) + "\n"})


@pytest.mark.parametrize("name", TEXTS)
def test_quotes_of_other_programs_go_where_they_ever_went(name, request):
    text, lines = text_of(name), []
    for case in range(CASES):
        chance = Random(f"quote {name} {case}")
        span = passage(chance, text)
        quote = cut_quote(chance, text, span)
        hint = Hint(share=span.start / len(text)) if chance.random() < 0.5 else Hint()
        around = chance.choice((0, 12, 60))
        if around:
            before, after = text[: span.start][-around:], text[span.end :][:around]
            hint = Hint(prefix=before, suffix=after)
        place = find_quote(text, quote, hint)
        lines.append(f"{case} {quote[:60]!r} {told(place, text)}")
    check_goldens(request, HERE / f"quotes-in-{name}", {"places.txt": "\n".join(lines) + "\n"})


def cut_quote(chance: Random, text: str, span: Span) -> str:
    quote = text[span.start : span.end]
    words = quote.split(" ")
    return {
        "whole": quote,
        "joined": re.sub(r"\s+", "", quote),
        "begun": f"{quote[: len(quote) * 2 // 3]}…",
        "middle": " … ".join((" ".join(words[: len(words) // 3]), words[-1])),
        "plain": quote.replace("’", "'").replace("“", '"').replace("”", '"').lower(),
        "entities": quote.replace("&", "&amp;").replace("’", "&rsquo;"),
        "marked": f"<em>{quote}</em> [2]",
        "longer": f"{quote} {other_word(chance, text)}",
        "reworded": " ".join(word for word in words if chance.random() > 0.15),
    }[chance.choice(("whole", "joined", "begun", "middle", "plain", "entities", "marked",
                     "longer", "reworded"))]  # fmt: skip
