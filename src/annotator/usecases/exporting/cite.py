"""The sources of a draft: which sentences the library's articles say, and which none does."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from itertools import chain, islice

from msgspec import Struct

from annotator.anchoring import describe_in
from annotator.citing.checking import Checked, FoundSource, PossibleSource, Verdict, check
from annotator.citing.differences import Difference
from annotator.citing.draft import DraftText, Sentence, read_draft
from annotator.citing.source_text import SourceText, words_of
from annotator.errors import LibraryError
from annotator.export.markdown.footnotes import (
    Footnote,
    revised_note,
    source_note,
    source_of,
    with_footnotes,
)
from annotator.model import AnchoredMark, Annotation, Article, ArticleRecord, Span, Target
from annotator.model.identity import is_web_address
from annotator.model.query import Query, Words
from annotator.model.text import clean_text
from annotator.reading.navigation.units import Units
from annotator.reading.sentences.checkworthiness import is_statement, worth
from annotator.reading.sentences.splitter import language_of, split
from annotator.similarity import Wording, is_wish, quantities_of, search_terms
from annotator.store import Library, questions
from annotator.usecases.articles.lookup import article_from
from annotator.usecases.articles.open_article import anchor_marks, with_own_address

ARTICLES = 6  # that are looked at for a sentence: those that share its rarest words
ROOM = 200  # articles that are held ready; a thesis has thousands of sentences
USED = 12  # sources of the draft that are looked at for each sentence without one
RUN = 3  # words in a row by which a quotation is looked for
RUNS = 8  # of a quotation

EXACT = 3  # digits of an amount without a unit
# Check-worthiness of a sentence with an exact amount, or any; orders and tastes have less.
WORTHY_EXACT, WORTHY_AMOUNT = 0.2, 0.3

DOUBTED = ("disputed", "refuted")
SHARPEST: tuple[Verdict, ...] = ("other number", "other words", "no source")  # need work


class SentenceSource(Struct, frozen=True):
    """A passage of an article that a sentence quotes or restates, and the mark on it, if any.

    `score` is from 0 to 1. `words` are those of the draft, `differences` what it has
    otherwise, `unsaid` words of the sentence that the passage does not have, and `beyond` those
    of the passage that may turn it round, such as `not` or `wanted`. `copied` are runs of eight
    words or more that both have, outside quotation marks.
    """

    record: ArticleRecord
    span: Span
    target: Target  # the passage with its neighbours
    words: str
    score: float
    is_quotation: bool
    mark: Annotation | None = None
    differences: tuple[Difference, ...] = ()
    unsaid: tuple[str, ...] = ()
    beyond: tuple[str, ...] = ()
    copied: tuple[str, ...] = ()

    @property
    def passage(self) -> str:
        """The words of the article."""
        return self.target.quote.exact


class CheckedSentence(Struct, frozen=True):
    """A sentence of the draft, what is to be said of it, and its sources.

    `lost` are quotations in it that are in no article. `is_cited` says that it has a source
    in the draft itself.
    """

    line: int
    span: Span
    text: str
    verdict: Verdict
    is_cited: bool
    sources: tuple[SentenceSource, ...] = ()
    lost: tuple[str, ...] = ()


class CitedDraft(Struct, frozen=True):
    """A checked draft: its sentences, and its text with footnotes.

    `unread` are articles that could have been a source and cannot be read, with the reason,
    `itself` is the draft as an article, and `revised` counts footnotes that changed.
    """

    sentences: tuple[CheckedSentence, ...]
    text: str
    footnotes: int
    unread: tuple[tuple[str, LibraryError], ...] = ()
    revised: int = 0
    itself: ArticleRecord | None = None

    @property
    def needs_work(self) -> bool:
        """Whether a sentence differs from its source, has none, or one that the user doubts."""
        return any(
            sentence.verdict in SHARPEST or any(map(doubt, sentence.sources))
            for sentence in self.sentences
        )


def cite(
    library: Library,
    text: str,
    *,
    is_markdown: bool = True,
    query: Query | None = None,
    address: str = "",
    show_progress: Callable[[int, int], None] | None = None,
) -> CitedDraft:
    """Return what the library has on each sentence of a draft; `query` limits the articles.

    The draft may be an article as well, with its `address`: it is no source of itself.
    `show_progress` is told how many of how many sentences are done.
    """
    language = language_of(text)
    draft = read_draft(text, lambda part: split(part, language or "en"), is_markdown=is_markdown)
    shelf = _Shelf(library, query, without=address)
    sought = [tuple(_sought(sentence)) for sentence in draft.sentences]
    nearby = library.ask(questions.shared_words.articles_sharing(sought, limit=ARTICLES))
    sentences: list[CheckedSentence] = []
    footnotes: list[Footnote] = []
    for sentence, near in zip(draft.sentences, nearby, strict=True):
        own = [shelf.saved_from(address) for address in draft.addresses_of(sentence)]
        checked = _told(_checked(sentence, shelf, (own, near), language), shelf)
        sentences.append(checked)
        if show_progress:
            show_progress(len(sentences), len(draft.sentences))
    used = _most_used(sentences)
    for at, (sentence, checked) in enumerate(zip(draft.sentences, sentences, strict=True)):
        if not checked.sources and used:  # another sentence may have led to its article
            sentences[at] = _told(_checked(sentence, shelf, ((), used), language), shelf)
        if not sentence.is_cited:
            notes = (_note(one, is_markdown=is_markdown) for one in sentences[at].sources)
            footnotes += (Footnote(sentence.note_at, note) for note in notes)
    revised = dict(_revised(draft, sentences))
    return CitedDraft(
        tuple(sentences),
        with_footnotes(draft, footnotes, revised),
        len({footnote.text for footnote in footnotes}),
        tuple(shelf.unread.values()),
        len(revised),
        shelf.left_out,
    )


def _most_used(sentences: Sequence[CheckedSentence]) -> list[ArticleRecord]:
    """Return the articles that most sentences have as their source."""
    counts = Counter(source.record.id for sentence in sentences for source in sentence.sources)
    records = {
        source.record.id: source.record for sentence in sentences for source in sentence.sources
    }
    return [records[key] for key, _ in counts.most_common(USED)]


class _Shelved:
    """An article that may be a source, prepared when it is first looked at."""

    def __init__(
        self, record: ArticleRecord, article: Article, marks: Sequence[AnchoredMark]
    ) -> None:
        self.record = record
        self.article = article
        self.marks = marks

    @cached_property
    def candidate(self) -> PossibleSource:
        article, placed = self.article, [mark for mark in self.marks if mark.span]
        units = Units(article)
        paragraphs = [
            (article.span_of(at), units.of_block(at, "sentence"))
            for at, block in enumerate(article.blocks)
            if block.text.strip()
        ]
        names = " ".join((article.title, *article.byline, article.site_name))
        return PossibleSource(
            article.id,
            SourceText(article.text, paragraphs, names=names, published=article.published),
            article.language or language_of(article.text),
            tuple(mark.span for mark in placed if mark.span),
            tuple(_statements(placed)),
        )

    def mark_on(self, span: Span) -> Annotation | None:
        """Return the mark that shares most of a passage."""
        shared = [
            (min(mark.span.end, span.end) - max(mark.span.start, span.start), mark.annotation)
            for mark in self.marks
            if mark.span and mark.span.overlaps(span)
        ]
        return max(shared, key=lambda pair: pair[0])[1] if shared else None


def _statements(placed: Sequence[AnchoredMark]) -> Iterator[tuple[SourceText, Span]]:
    """Yield the claims that the user put in words of their own, with the passages they are on."""
    for mark in placed:
        claim = mark.annotation.claim
        if claim and claim.statement and mark.span:
            whole = Span(0, len(claim.statement))
            yield SourceText(claim.statement, [(whole, [whole])]), mark.span


class _Shelf:
    """The articles that were looked at, without those of one address.

    Those that cannot be read are remembered.
    """

    def __init__(self, library: Library, query: Query | None, *, without: str) -> None:
        self._library = library
        self._without = without
        self.left_out: ArticleRecord | None = None
        self._known: dict[str, _Shelved | None] = {}
        self.unread: dict[str, tuple[str, LibraryError]] = {}
        matches = library.ask(questions.articles.find_articles(query)) if query else None
        self._allowed = None if matches is None else {match.id for match in matches}

    def get(self, record: ArticleRecord) -> _Shelved | None:
        if self._without and record.url == self._without:
            self.left_out = record
            return None
        if self._allowed is not None and record.id not in self._allowed:
            return None
        if record.id not in self._known:
            if len(self._known) >= ROOM:
                del self._known[next(iter(self._known))]
            self._known[record.id] = self._read(record)
        return self._known[record.id]

    def of(self, article_id: str) -> _Shelved:
        """Return an article that was looked at just now."""
        shelved = self._known[article_id]
        if shelved is None:
            raise KeyError(article_id)
        return shelved

    def saved_from(self, address: str) -> ArticleRecord | None:
        """Return the article that an address in the draft leads to, if it is in the library."""
        article_id = article_from(self._library, address) if is_web_address(address) else None
        return self._library.article(article_id).record() if article_id else None

    def _read(self, record: ArticleRecord) -> _Shelved | None:
        try:
            article = self._library.article(record.id).extraction().article
            placed = anchor_marks(article, self._library.article(record.id).annotations())
            return _Shelved(with_own_address(record, article), article, placed)
        except LibraryError as error:
            self.unread[record.id] = (record.title or record.id, error)
            return None


def _sought(sentence: Sentence) -> Iterator[tuple[Words, ...]]:
    """Yield the words to look for: runs of each quotation, and what the sentence is about."""
    for quoted in sentence.quotations:
        text = quoted.words.of(sentence.text)
        words = words_of(text)
        runs = [words[at : at + RUN] for at in range(0, len(words) - RUN + 1, RUN)] or [words]
        for run in runs[:RUNS]:
            yield (Words(text[run[0].span.start : run[-1].span.end]),)
    yield from search_terms(Wording(" ".join(sentence.text.split())))


def _checked(
    sentence: Sentence,
    shelf: _Shelf,
    records: tuple[Sequence[ArticleRecord | None], Sequence[ArticleRecord]],
    language: str,
) -> Checked:
    """Check a sentence against the articles that it refers to, and those that share its words."""
    own = [record for record in records[0] if record]
    shelved = {record.id: shelf.get(record) for record in chain(own, records[1])}
    return check(
        sentence,
        [article.candidate for article in shelved.values() if article],
        is_claim=_is_claim(" ".join(sentence.text.split()), language),
        own=[record.id for record in own],
    )


def _is_claim(sentence: str, language: str) -> bool:
    """Return whether a sentence needs a source; in a draft, an amount is enough for that."""
    amounts = quantities_of(sentence)
    language = language_of(sentence) or language
    if is_statement(sentence, language):
        return bool(amounts) or not is_wish(sentence)
    is_exact = any(amount.unit or amount.digits >= EXACT for amount in amounts)
    return bool(amounts) and worth(sentence, language) >= (
        WORTHY_EXACT if is_exact else WORTHY_AMOUNT
    )


def _told(checked: Checked, shelf: _Shelf) -> CheckedSentence:
    sentence = checked.sentence
    return CheckedSentence(
        sentence.line,
        sentence.span,
        " ".join(clean_text(sentence.text).split()),
        checked.verdict,
        sentence.is_cited,
        tuple(_source(finding, shelf) for finding in checked.findings),
        tuple(" ".join(clean_text(words).split()) for words in checked.lost),
    )


def _source(finding: FoundSource, shelf: _Shelf) -> SentenceSource:
    shelved = shelf.of(finding.key)
    return SentenceSource(
        shelved.record,
        finding.span,
        describe_in(shelved.article, finding.span),
        finding.words,
        finding.score,
        finding.is_quotation,
        shelved.mark_on(finding.span),
        finding.differences,
        finding.unsaid,
        finding.beyond,
        finding.copied,
    )


def _note(source: SentenceSource, *, is_markdown: bool) -> str:
    is_restated = not (source.is_quotation or source.copied)
    return source_note(
        source.record,
        source.target,
        warnings=warnings_of(source),
        lacking=lacking(source),
        is_quotation=source.is_quotation,
        default="Copied in part" if copying(source) else "In other words" if is_restated else "",
        is_markdown=is_markdown,
    )


def _revised(draft: DraftText, checked: Sequence[CheckedSentence]) -> Iterator[tuple[Span, str]]:
    """Yield footnotes of earlier runs whose sentence was changed since, as they are to be now.

    A footnote that several sentences share is left as it is, and of several on passages of one
    article each that is right.
    """
    uses = Counter(
        reference.label for sentence in draft.sentences for reference in sentence.references
    )
    for sentence, found in zip(draft.sentences, checked, strict=True):
        labels = {arg.label for arg in sentence.references if arg.label and uses[arg.label] == 1}
        notes = {
            note.span: note.span.of(draft.text) for note in draft.notes if note.label in labels
        }
        for span, written in notes.items():
            texts = [_revised_note(written, source, draft) for source in found.sources]
            if written not in texts:  # else it says already what is to be said
                new = (text for text in texts if text and text not in notes.values())
                yield from ((span, text) for text in islice(new, 1))


def _revised_note(written: str, source: SentenceSource, draft: DraftText) -> str:
    now = _note(source, is_markdown=draft.is_markdown)
    said = source_of(source.record, source.target, is_markdown=draft.is_markdown)
    return revised_note(written, now, said)


def warnings_of(source: SentenceSource) -> list[str]:
    """Return what speaks against a source: what differs, and how its user has judged it."""
    return [*map(told, source.differences), *filter(None, (doubt(source),))]


def doubt(source: SentenceSource) -> str:
    """Return that the user has marked a passage as refuted or disputed; empty if not."""
    status = source.mark.status if source.mark else None
    return f"You have marked this passage as {status}." if status in DOUBTED else ""


def lacking(source: SentenceSource) -> str:
    """Return which words only the sentence has, and which only the passage, as a sentence."""
    parts = (("does not say", source.unsaid), ("says", source.beyond))
    said = [f"{verb} {', '.join(f'“{word}”' for word in words)}" for verb, words in parts if words]
    return f"The passage {', but '.join(said)}." if said else ""


def copying(source: SentenceSource) -> str:
    """Return which part of a sentence needs quotation marks; empty if none, or the whole."""
    runs = ", ".join(f"“{run}”" for run in source.copied if run != source.words)
    return f"Eight words or more are copied: {runs}." if runs else ""


def hints(source: SentenceSource) -> list[str]:
    """Return what is no difference, and to be looked at: words that are lacking, or copied."""
    return [*filter(None, (lacking(source), copying(source)))]


def told(difference: Difference) -> str:
    """Return a difference as a sentence: such as: The source says 640, the draft 460."""
    if difference.kind == "direction" and not difference.source:
        return f"One may say the opposite: {difference.draft}."
    if not difference.source and difference.kind in {"number", "date"}:
        return f"The source does not have {difference.draft} here."
    if not difference.source:
        return f"The draft adds “{difference.draft}”."
    if not difference.draft:
        return f"The draft leaves out “{difference.source}”."
    if difference.kind in {"number", "date"}:
        return f"The source says {difference.source}, the draft {difference.draft}."
    return f"The source says “{difference.source}”, the draft “{difference.draft}”."
