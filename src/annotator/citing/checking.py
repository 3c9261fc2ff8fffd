"""The verdict on a sentence of a draft: quoted, paraphrased, changed, or without a source."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal, NamedTuple

from annotator.citing.differences import Difference
from annotator.citing.draft import Quoted, Sentence
from annotator.citing.quoting import QuoteMatch, copied_runs, match_quotation
from annotator.citing.restating import Restatement, restated, unknown_names
from annotator.citing.source_text import SourcePassage, SourceText, Word, words_of
from annotator.model import Span
from annotator.similarity import quantities_of

Verdict = Literal[
    "other number",
    "other words",
    "no source",
    "copied",
    "quoted",
    "partly said",
    "paraphrased",
    "cited",
    "nothing to cite",
]
Copied = Mapping[str, Sequence[tuple[str, Span]]]  # of each article, with where it has them

COMPARED = 4  # passages of an article that are read
READ = 8  # passages of all articles that are compared with a sentence word by word
CERTAIN, CERTAIN_TERMS = 0.75, 4  # score, and terms, of a passage for a sentence without facts
MARKED, AGAIN = 0.05, 0.08  # what a mark, and a source of the sentence, count for a passage
DIFFERS = 0.2  # what a passage counts less that has another number, or lacks one
CORRECTED = 0.45  # what a correction counts less: it repeats the mistake


class PossibleSource(NamedTuple):
    """An article that may be a source. `marked` are the spans of its marks."""

    key: str
    source: SourceText
    language: str = ""
    marked: tuple[Span, ...] = ()
    statements: tuple[tuple[SourceText, Span], ...] = ()  # of claims, in words of the reader


class FoundSource(NamedTuple):
    """A passage that a sentence quotes or restates. `words` are those of the draft."""

    key: str
    span: Span
    score: float
    words: str
    is_quotation: bool
    differences: tuple[Difference, ...] = ()
    unsaid: tuple[str, ...] = ()  # words of the sentence that it does not have
    beyond: tuple[str, ...] = ()  # words of the passage that turn it, or leave it open
    copied: tuple[str, ...] = ()  # runs of the same words without quotation marks

    @property
    def verdict(self) -> Verdict:
        """The verdict on the passage alone."""
        kinds = {difference.kind for difference in self.differences}
        if kinds & {"number", "date"}:
            return "other number"
        if kinds:
            return "other words"
        if self.copied:
            return "copied"
        if self.is_quotation:
            return "quoted"
        return "partly said" if self.unsaid or self.beyond else "paraphrased"


class Checked(NamedTuple):
    """A sentence with its sources, and the quotations in it that are in no article.

    `has_own` says that an article to which the sentence refers was looked at.
    """

    sentence: Sentence
    findings: tuple[FoundSource, ...]
    lost: tuple[str, ...]
    needs_source: bool
    has_own: bool = False

    @property
    def verdict(self) -> Verdict:
        """The verdict on the sentence: the worst of its passages decides."""
        verdicts = {finding.verdict for finding in self.findings}
        if "other number" in verdicts:
            return "other number"
        if "other words" in verdicts:
            return "other words"
        if self.sentence.is_cited and not (self.lost and self.has_own):
            return "cited"  # a quotation may be from a source that is not in the library
        if self.lost or (self.needs_source and not verdicts):
            return "no source"
        order: tuple[Verdict, ...] = ("copied", "partly said", "quoted", "paraphrased")
        return next((verdict for verdict in order if verdict in verdicts), "nothing to cite")


def check(
    sentence: Sentence,
    candidates: Sequence[PossibleSource],
    *,
    is_claim: bool,
    own: Iterable[str] = (),
) -> Checked:
    """Return the sentence with its sources in the articles; `own` are those that it refers to."""
    findings: list[FoundSource] = []
    lost: list[str] = []
    preferred = set(own)
    has_own = not preferred.isdisjoint(source.key for source in candidates)
    for quoted in sentence.quotations:
        finding = _quotation(quoted, sentence, candidates, preferred)
        if finding:
            findings.append(finding)
            preferred.add(finding.key)
        else:
            lost.append(quoted.words.of(sentence.text))
    copied = {source.key: tuple(_runs(sentence, source.source)) for source in candidates}
    is_lost = len(lost) == len(sentence.quotations)
    rest = _to_restate(sentence, is_lost=is_lost, is_copied=any(copied.values()))
    if rest:
        finding = _restatement(rest, candidates, preferred, copied, is_claim=is_claim)
        if finding and not any(_is_same_place(finding, other) for other in findings):
            findings.append(finding)
    for at, finding in reversed([*enumerate(findings)]):  # the last one is of what is not quoted
        runs = tuple(run for run, _ in copied.pop(finding.key, ()))
        findings[at] = finding._replace(copied=runs)
    return Checked(sentence, tuple(findings), tuple(lost), is_claim, has_own)


def _runs(sentence: Sentence, source: SourceText) -> Iterator[tuple[str, Span]]:
    """Yield the runs of words that a sentence has of an article, without quotation marks."""
    starts = [0, *(quoted.words.end for quoted in sentence.quotations)]
    ends = [*(quoted.words.start for quoted in sentence.quotations), len(sentence.text)]
    for start, end in zip(starts, ends, strict=True):
        yield from copied_runs(sentence.text[start:end], source)


def _to_restate(sentence: Sentence, *, is_lost: bool, is_copied: bool) -> str:
    """Return what of a sentence may say in other words what an article says.

    Beside a quotation only amounts and copied words are: the rest says who said it.
    """
    if is_lost:
        return " ".join(sentence.text.split())
    rest = " ".join(sentence.unquoted.split())
    return rest if is_copied or quantities_of(rest) else ""


def _quotation(
    quoted: Quoted, sentence: Sentence, candidates: Sequence[PossibleSource], preferred: set[str]
) -> FoundSource | None:
    words = quoted.words.of(sentence.text)
    matches = [
        (match, candidate)
        for candidate in candidates
        if (match := match_quotation(words, candidate.source))
    ]
    if not matches:
        return None
    around = words_of(sentence.unquoted)

    def merit(pair: tuple[QuoteMatch, PossibleSource]) -> tuple[float, bool, bool, int]:
        match, candidate = pair
        return (
            round(match.similarity, 2),
            candidate.key in preferred,
            any(match.span.overlaps(span) for span in candidate.marked),
            sum(word.key[:5] in candidate.source.stems for word in around),
        )

    match, candidate = max(matches, key=merit)
    return FoundSource(
        candidate.key,
        match.span,
        round(match.similarity, 3),
        words,
        is_quotation=True,
        differences=tuple(_changes(match)),
        unsaid=unknown_names(" ".join(sentence.unquoted.split()), candidate.source),
    )


def _changes(match: QuoteMatch) -> Iterator[Difference]:
    for piece in match.changes:
        kind: Literal["number", "words"] = "number" if piece.has_other_numbers else "words"
        yield Difference(kind, _bare(piece.now), _bare(piece.then))


def _bare(words: str) -> str:
    """Return words without the punctuation around them."""
    line = " ".join(words.split())
    in_line = words_of(line)
    start = in_line[0].span.start if in_line else 0
    end = in_line[-1].span.end if in_line else len(line)
    symbols = "$€£¥%"
    while start and line[start - 1] in symbols:
        start -= 1
    while end < len(line) and line[end] in symbols:
        end += 1
    return line[start:end]


def _restatement(
    text: str,
    candidates: Sequence[PossibleSource],
    preferred: set[str],
    copied: Copied,
    *,
    is_claim: bool,
) -> FoundSource | None:
    scored: list[tuple[float, FoundSource]] = []
    for candidate, source, passage, span in _places(text, candidates, copied):
        runs = [len(run) for run, at in copied[candidate.key] if at.overlaps(passage.span)]
        longest = max(runs, default=0) if source is candidate.source else 0
        place = passage._replace(is_copied=longest > 0)
        match = restated(text, place, source, candidate.language)
        if match and (is_claim or longest or _is_certain(match)):
            match = match._replace(span=span)
            merit = _merit(match, candidate, preferred) + longest / len(text)
            scored.append((merit, _finding(match, candidate, text)))
    return max(scored, key=lambda pair: pair[0])[1] if scored else None


def _places(
    text: str, candidates: Sequence[PossibleSource], copied: Copied
) -> Iterator[tuple[PossibleSource, SourceText, SourcePassage, Span]]:
    """Yield the passages that may say what a sentence says, and where they are in an article."""
    for candidate, passage in _closest(words_of(text), candidates):
        yield candidate, candidate.source, passage, passage.span
    for candidate in candidates:
        for run, at in copied[candidate.key]:
            passage = candidate.source.passage_with(at)
            passage = passage._replace(span=at) if run == text else passage
            yield candidate, candidate.source, passage, passage.span
        for statement, span in candidate.statements:
            whole = Span(0, len(statement.text))
            yield candidate, statement, SourcePassage(whole, whole), span


def _is_certain(match: Restatement) -> bool:
    return match.score >= CERTAIN and match.terms >= CERTAIN_TERMS and not match.differences


def _closest(
    words: Sequence[Word], candidates: Sequence[PossibleSource]
) -> Iterator[tuple[PossibleSource, SourcePassage]]:
    """Yield the passages of all articles that share most words with a sentence."""
    ranked = [
        (score, candidate, passage)
        for candidate in candidates
        for score, passage in candidate.source.passages_like(words, COMPARED)
    ]
    ranked.sort(key=lambda pair: -pair[0])
    for _, candidate, passage in ranked[:READ]:
        yield candidate, passage


def _merit(match: Restatement, candidate: PossibleSource, preferred: set[str]) -> float:
    is_marked = any(match.span.overlaps(span) for span in candidate.marked)
    merit = match.score + MARKED * is_marked + AGAIN * (candidate.key in preferred)
    merit -= CORRECTED * candidate.source.is_correction(match.span)
    # One that says the opposite counts as much: a worse one that does not is of something else.
    is_other = any(difference.kind in {"number", "date"} for difference in match.differences)
    return merit - DIFFERS * is_other - len(match.span) / 1e5


def _finding(match: Restatement, candidate: PossibleSource, text: str) -> FoundSource:
    return FoundSource(
        candidate.key,
        match.span,
        match.score,
        text,
        is_quotation=False,
        differences=match.differences,
        unsaid=match.unsaid,
        beyond=match.beyond,
    )


def _is_same_place(one: FoundSource, two: FoundSource) -> bool:
    return one.key == two.key and one.span.overlaps(two.span) and not one.differences
