"""The shapes of what commands print with `--json`, from which `schemas.py` makes schemas.

What a command prints as it is in the program, such as a record, is that class. What it puts
together of several is declared here. `json_fields.toml` says in words what each field is.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Annotated, Literal

from msgspec import UNSET, Meta, Struct, UnsetType, field

from annotator.agents.call_log import LoggedCall
from annotator.citing.checking import Verdict
from annotator.citing.differences import Kind as DifferenceKind
from annotator.cli.group import EXIT_CODES
from annotator.model import Article, Claim, Link, Target
from annotator.model.daily_round import Answer
from annotator.model.extraction import AlternateVersions, Completeness, PassageDecision, Removal
from annotator.model.feed import FeedLink
from annotator.model.library_file import LibraryFile, LibraryHead, StoredArticle
from annotator.model.moment import Moment
from annotator.model.periods import PeriodName
from annotator.model.periods import Step as PeriodStep
from annotator.model.vocabulary import Access, ReadState, Relation, Status
from annotator.store import FailedAddress
from annotator.store.articles.revision_policy import Outcome as AddOutcome
from annotator.store.exports.export_folder import ExportOutcome
from annotator.usecases.articles.refresh import RefreshOutcome
from annotator.usecases.importing.report import ImportReport
from annotator.usecases.library.doctor import Report
from annotator.usecases.library.privacy import Privacy
from annotator.usecases.marks.evidence import Role
from annotator.usecases.marks.links import State as LinkState
from annotator.usecases.marks.proposals import ProposedMarks
from annotator.usecases.marks.similar import Suggested
from annotator.usecases.publishing.publish import PublishLine
from annotator.usecases.queries.statistics import Counts
from annotator.usecases.syncing.sync import SyncReport, SyncStatus
from documenting.agent_shapes import AGENT_SHAPES
from documenting.shape import OneOf, Shape

WORDS = sorted(word for words, *_ in EXIT_CODES.values() for word in words.split())
ErrorCode = Annotated[str, Meta(extra_json_schema={"enum": WORDS})]


class ArticleName(Struct):
    """An article, as far as it is named beside something else."""

    id: str
    url: str
    title: str


class PageName(Struct):
    """An article that a link leads to; it may not be in the library."""

    id: str | None
    url: str
    title: str


class MarkPlace(Struct):
    """Where a mark is in the current text of its article."""

    fit: Literal["exact", "moved", "changed", "orphan"]
    start: int | None
    end: int | None


class SavedMark(Struct):
    """A mark with its article and its place in it."""

    id: str
    kind: str
    quote: str
    tags: Sequence[str]
    note: str
    claim: Claim | None
    links: Sequence[Link]
    created: Moment
    modified: Moment
    author: str
    proposed: str
    address: str
    article: ArticleName
    place: MarkPlace
    deep_link: str
    page: str | UnsetType = UNSET


class BareMark(Struct):
    """A mark without its article."""

    id: str
    article_id: str
    target: Target
    kind: str
    tags: Sequence[str]
    note: str
    claim: Claim | None
    links: Sequence[Link]
    created: Moment
    modified: Moment
    author: str
    editors: Sequence[tuple[str, str]]
    proposed: str


class Backlink(Struct):
    """A mark that links to another one."""

    relation: Relation
    note: str
    id: str
    quote: str
    address: str


class ListedClaim(SavedMark, kw_only=True):
    """A claim with what links to it."""

    linked_from: Sequence[Backlink]
    group: str | UnsetType = UNSET


class SavedArticle(Struct):
    """An article in the library, or in its bin."""

    id: str
    url: str
    title: str
    byline: Sequence[str]
    site_name: str
    published: str
    language: str
    excerpt: str
    word_count: int
    minutes: int
    access: Access
    tags: Sequence[str]
    state: ReadState
    revision: str
    revisions: Sequence[str]
    added: Moment
    modified: Moment
    finished: Moment | None
    doi: str


class ListedArticle(SavedArticle, kw_only=True):
    """An article in a list."""

    completeness: Access
    marks: int
    progress: float


class TrashedArticle(Struct):
    """An article in the bin: when it was moved there, and how many marks it has."""

    id: str
    record: SavedArticle | None
    removed: datetime
    marks: int
    marks_of_all: int


class TrashedMark(Struct):
    """A mark in the bin, with its article, and when it was deleted."""

    record: SavedArticle
    annotation: BareMark
    removed: datetime


class Passage(Struct):
    """The best matching passage, on one line."""

    text: str
    hits: Sequence[tuple[int, int]]


class MatchingArticle(Struct):
    """An article that matches a search."""

    article: SavedArticle
    snippet: Passage


class MatchingMark(SavedMark, kw_only=True):
    """A mark that matches a search."""

    snippet: Passage


class SearchResult(Struct):
    """The best matches of a search, and how many there are."""

    articles: Sequence[MatchingArticle]
    marks: Sequence[MatchingMark]
    article_count: int
    mark_count: int


class Failure(Struct, kw_only=True):
    """What was not done with one of several things, and why."""

    error: str | UnsetType = UNSET
    hint: str | UnsetType = UNSET


class Added(Failure, kw_only=True):
    """What became of a source: its article, or an error."""

    source: str
    outcome: AddOutcome | UnsetType = UNSET
    completeness: Completeness | UnsetType = UNSET
    offers: AlternateVersions | UnsetType = UNSET
    article: SavedArticle | UnsetType = UNSET


class CleanedArticle(Struct):
    """A cleaned article with its text and what was removed from its page."""

    article: Article
    text: str
    revision: str
    word_count: int
    minutes: int
    completeness: Completeness
    offers: AlternateVersions
    removals: Sequence[Removal]
    extractor: str


class CheckWorthy(Struct):
    """A sentence that may be worth checking."""

    worth: float
    start: int
    end: int
    text: str


class TextVersion(Struct):
    """A version of an article's text."""

    fetched_at: datetime | None
    extractor: str
    revision: str


class ChangedPassage(Struct):
    """A mark whose passage was moved, reworded or lost."""

    id: str
    kind: str
    tags: Sequence[str]
    quote: str
    address: str
    start: int | None
    end: int | None


class WordChange(Struct):
    """Words that were replaced by others."""

    then: str
    now: str


class WordPiece(WordChange):
    """A stretch of a passage in both wordings; all of them joined give the two passages."""

    is_same: bool


class RewordedPassage(ChangedPassage, kw_only=True):
    """A marked passage in both wordings."""

    then: str
    now: str
    has_other_numbers: bool
    changes: Sequence[WordChange]
    pieces: Sequence[WordPiece]


class LostPassage(ChangedPassage, kw_only=True):
    """A marked passage that the text no longer has."""

    guess: str


class ParagraphCounts(Struct):
    """How many paragraphs of the article were changed."""

    reworded: int
    added: int
    removed: int
    moved: int


class TextChanges(Struct):
    """What changed in an article between two versions."""

    article: ArticleName
    then: TextVersion
    now: TextVersion
    is_cleaned_anew: bool
    reworded: Sequence[RewordedPassage]
    moved: Sequence[ChangedPassage]
    lost: Sequence[LostPassage]
    paragraphs: ParagraphCounts


class RefreshedArticle(Failure, kw_only=True):
    """What became of an article that was fetched again."""

    article: SavedArticle
    outcome: RefreshOutcome | UnsetType = UNSET
    reason: str | UnsetType = UNSET
    changes: TextChanges | UnsetType = UNSET


class FollowedFeed(Struct):
    """A feed that the library follows."""

    title: str
    address: str
    site: str
    tags: Sequence[str]
    adds_all: bool
    stopped: str


class NamedFeed(FollowedFeed, kw_only=True):
    """A feed with its id."""

    id: str


class ListedFeed(NamedFeed, kw_only=True):
    """A feed with what waits of it."""

    waiting: int
    problem: str
    checked: datetime | None
    due: datetime | None


class WaitingEntry(Struct):
    """An entry of a feed that waits in the inbox, or waited there."""

    id: str
    url: str
    title: str
    byline: str
    published: datetime | None
    added: datetime
    summary: str
    words: int
    feed: NamedFeed


class FeedCheck(NamedFeed, kw_only=True):
    """A feed that was asked for what is new."""

    new: int
    kept: int
    error: str | UnsetType = UNSET
    hint: str | UnsetType = UNSET


class FeedAddition(Failure, kw_only=True):
    """A feed that is followed now, or an address that has none."""

    address: str
    outcome: Literal["added", "followed already"] | UnsetType = UNSET
    id: str | UnsetType = UNSET
    title: str | UnsetType = UNSET
    site: str | UnsetType = UNSET
    tags: Sequence[str] | UnsetType = UNSET
    adds_all: bool | UnsetType = UNSET
    stopped: str | UnsetType = UNSET
    new: int | UnsetType = UNSET
    kept: int | UnsetType = UNSET
    others: Sequence[FeedLink] | UnsetType = UNSET


class ImportedFeeds(Struct):
    """The addresses of a list of feeds that are followed now."""

    added: Sequence[str]
    listed: int


class BrowserAccess(Struct):
    """What was asked for: a token, a bookmark, or a file with which a system starts the server."""

    token: str | UnsetType = UNSET
    new_token: str | UnsetType = field(default=UNSET, name="new-token")
    bookmarklet: str | UnsetType = UNSET
    unit: str | UnsetType = UNSET


class TaggedThing(Struct):
    """An article or a mark, and its tags."""

    id: str
    tags: Sequence[str]


class LinkedMark(Struct):
    """A mark at the other end of a link."""

    id: str
    kind: str
    quote: str
    claim: Claim | None
    address: str
    article: PageName


class MarkLink(Struct):
    """A link, as it is seen from the mark that was asked about."""

    relation: Literal[
        "supports",
        "opposes",
        "same-as",
        "informs",
        "source-of",
        "supported-by",
        "opposed-by",
        "informed-by",
        "sourced-from",
    ]
    state: LinkState
    target: str
    note: str
    held_by: Sequence[str]
    mark: LinkedMark | None
    page: PageName | None


class EvidenceSide(Struct):
    """How independent the sources of one side are."""

    sites: int
    authors: int
    unknown_authors: int
    independent_sources: int


class TreeNode(Struct):
    """A claim or page in a tree of evidence."""

    role: Role
    note: str
    lost: Sequence[str]
    level: int
    end: Literal["cycle", "above", "deeper"] | None
    places: Sequence[LinkedMark]
    page: PageName | None


class EvidenceTree(Struct):
    """What supports and opposes a claim, to any depth."""

    summary: str
    supporting: EvidenceSide
    opposing: EvidenceSide
    nodes: Sequence[TreeNode]


class WaitingMark(Struct):
    """A mark that a program proposes, and its place in the text."""

    id: str
    kind: str
    quote: str
    tags: Sequence[str]
    note: str
    claim: Claim | None
    links: Sequence[Link]
    proposed: str
    created: Moment
    reason: str
    article: ArticleName
    start: int | None
    end: int | None
    remark: str


class DecidedProposal(Struct):
    """A proposal that was taken or dismissed."""

    outcome: Literal["taken", "dismissed"]
    id: str
    quote: str


class ReviewTimes(Struct):
    """When a mark was reviewed, and when it is due again."""

    seen: date
    due: date
    step: int


class DueMark(SavedMark, kw_only=True):
    """A mark of today's review."""

    review: ReviewTimes | None


class GivenAnswer(Struct):
    """An answer that was given now."""

    id: str
    answer: Answer
    due: date


class ReviewRound(Struct):
    """Today's review: what is left of it, and the answers that were given now."""

    done: int
    marks: Sequence[DueMark]
    answered: Sequence[GivenAnswer]


class UndoneStep(Struct):
    """A change that was taken back."""

    words: str
    remark: str
    undone: str
    articles: Sequence[str]
    number: int


class SuggestedMark(Struct):
    """A claim of another article that may say the same as a mark, or contradict it."""

    judgement: Suggested
    score: float
    reason: str
    relation: Relation
    mark: SavedMark


class TagUse(Struct):
    """A tag, and how much has it."""

    tag: str
    marks: int
    articles: int
    own_marks: int
    own_articles: int
    colour: str


class ColouredTag(Struct):
    """A tag that was given a colour."""

    tag: str
    colour: str


class SpeakerUse(Struct):
    """A speaker, and how many marks quote them."""

    speaker: str
    marks: int


class SpeakerPair(Struct):
    """Two names that may be of one person."""

    keep: str
    merge: str
    reason: str


class RenamedNames(Struct, kw_only=True):
    """Tags or speakers that were renamed, merged or deleted, and in how many places."""

    into: str
    marks: int
    articles: int
    left: int
    renamed: Sequence[str] | UnsetType = UNSET
    merged: Sequence[str] | UnsetType = UNSET
    deleted: Sequence[str] | UnsetType = UNSET


class PeriodDays(Struct):
    """The days that are counted."""

    name: PeriodName
    step: PeriodStep
    since: date
    until: date
    is_latest: bool


class PeriodPart(Struct):
    """What was added, finished and marked on some of the days."""

    since: date
    until: date
    added: int
    finished: int
    marked: int


class MarkUse(Struct):
    """How many marks have a status, kind or speaker."""

    name: str
    marks: int


class ArticleUse(MarkUse):
    """How many marks and articles have a tag, or are from a site."""

    articles: int


class UsesByName(Struct):
    """The marks of the period by what they are."""

    status: Sequence[MarkUse]
    kind: Sequence[MarkUse]
    tag: Sequence[ArticleUse]
    speaker: Sequence[MarkUse]
    site: Sequence[ArticleUse]


class ReadingStatistics(Struct):
    """What was read and marked over time."""

    first: date | None
    total: Counts
    finished_some_day: int
    period: PeriodDays
    parts: Sequence[PeriodPart]
    by: UsesByName


class WrittenNote(Failure, kw_only=True):
    """What became of the note of an article, or of another file: where it is, or an error."""

    id: str
    title: str
    outcome: ExportOutcome | Literal["merged"] | UnsetType = UNSET
    path: str | UnsetType = UNSET
    marks: Mapping[str, int] | UnsetType = UNSET
    orphans: int | UnsetType = UNSET
    kept: Sequence[str] | UnsetType = UNSET
    problems: Sequence[str] | UnsetType = UNSET
    with_care: bool | UnsetType = UNSET


class FailedArticle(Struct):
    """An article that could not be exported."""

    id: str
    title: str
    error: str
    hint: str


class WrittenCollection(Struct):
    """A file with many articles or marks."""

    outcome: ExportOutcome
    path: str
    articles: int
    marks: int
    orphaned: int
    problems: Sequence[str]
    failed: Sequence[FailedArticle]


class WrittenTemplate(Struct):
    """A template that can be edited now."""

    path: str
    new: bool


class TemplateFolder(Struct):
    """The templates of notes, and what can be used in them."""

    folder: str
    templates: Mapping[str, bool]
    variables: Mapping[str, str]


class SourceArticle(Struct):
    """The article that a sentence of a draft may have come from."""

    id: str
    url: str
    title: str
    byline: Sequence[str]
    site_name: str
    published: str


class DraftDifference(Struct):
    """A difference between a draft and its source."""

    kind: DifferenceKind
    draft: str
    source: str


class DraftSource(Struct):
    """A passage that a sentence of a draft quotes or restates."""

    article: SourceArticle
    mark: str | None
    status: Status | None
    address: str
    start: int
    end: int
    passage: str
    words: str
    is_quotation: bool
    score: float
    deep_link: str
    differences: Sequence[DraftDifference]
    not_in_source: Sequence[str]
    only_in_source: Sequence[str]
    copied: Sequence[str]


class DraftSentence(Struct):
    """A sentence of a draft, and what was found of it."""

    line: int
    text: str
    verdict: Verdict
    is_cited: bool
    start: int
    end: int
    quotations_not_found: Sequence[str]
    sources: Sequence[DraftSource]


class UnreadArticle(Struct):
    """An article that could have been a source, and cannot be read."""

    title: str
    error: str


class CheckedDraft(Struct):
    """A draft with its sources."""

    sentences: Sequence[DraftSentence]
    footnotes: int
    revised: int
    draft: str
    unread: Sequence[UnreadArticle]


class ImportFormat(Struct):
    """A format that can be imported."""

    name: str
    title: str
    hint: str


class WrittenBackup(Struct):
    """A backup that was written and verified."""

    path: str
    bytes: int
    articles: int
    files: int


class RestoredBackup(Struct, kw_only=True):
    """What a backup brought into a library."""

    added: int
    merged: int | UnsetType = UNSET
    in_bin: int | UnsetType = UNSET


class WrittenReport(Struct):
    """A page that came out wrong, as a file."""

    path: str
    bytes: int
    error: str


class SchemaName(Struct):
    """A schema, and the commands whose output it describes."""

    name: str
    title: str
    commands: Sequence[str]


class ErrorDetails(Struct, kw_only=True):
    """An error."""

    code: ErrorCode
    message: str
    hint: str
    about: str | UnsetType = UNSET


class PrintedError(Struct):
    """An error, as one line on standard error."""

    error: ErrorDetails


SHAPES: Mapping[str, Shape] = {
    **AGENT_SHAPES,
    "add": Shape("What became of sources", list[Added], ["add", "add --retry", "add --new"]),
    "add-failed": Shape(
        "Addresses that could not be added", list[FailedAddress], ["add --retry --list"]
    ),
    "add-new-files": Shape("Files that came into a folder", list[str], ["add --new --list"]),
    "backup": Shape("A backup that was written", WrittenBackup, ["backup"]),
    "bin": Shape(
        "Articles and marks in the bin",
        OneOf([TrashedArticle, TrashedMark], is_list=True),
        ["restore", "empty-bin"],
    ),
    "changes": Shape("What changed in articles", list[TextChanges], ["changes"]),
    "cite": Shape("A draft with its sources", CheckedDraft, ["cite"]),
    "claims": Shape("Claims, and what links to them", list[ListedClaim], ["claims"]),
    "config-list": Shape("Settings and their values", dict[str, str], ["config list"]),
    "doctor": Shape("What a check of the library found", Report, ["doctor"]),
    "doctor-privacy": Shape("What is kept where", Privacy, ["doctor --privacy"]),
    "error": Shape("An error, as one line on standard error", PrintedError, []),
    "evidence": Shape("What supports and opposes a claim", EvidenceTree, ["links --tree"]),
    "export": Shape("What became of notes", list[WrittenNote], ["export"]),
    "export-file": Shape(
        "A file with many articles or marks",
        WrittenCollection,
        ["export --format FORMAT --to FILE"],
    ),
    "export-templates": Shape("The templates of notes", TemplateFolder, ["export templates"]),
    "export-templates-init": Shape(
        "Templates that were written", list[WrittenTemplate], ["export templates --init"]
    ),
    "feeds": Shape("Feeds, and what waits of them", list[ListedFeed], ["feeds", "feeds list"]),
    "feeds-add": Shape("Feeds that are followed now", list[FeedAddition], ["feeds add"]),
    "feeds-export": Shape("Feeds, for other programs", list[FollowedFeed], ["feeds export"]),
    "feeds-import": Shape("Feeds of a list", ImportedFeeds, ["feeds import"]),
    "feeds-inbox": Shape(
        "What waits in the inbox, or was dismissed",
        list[WaitingEntry],
        ["feeds inbox", "feeds dismiss"],
    ),
    "feeds-keep": Shape("What became of entries", list[Added], ["feeds keep"]),
    "feeds-remove": Shape("Feeds that were removed", list[NamedFeed], ["feeds remove"]),
    "feeds-sync": Shape("Feeds that were asked", list[FeedCheck], ["feeds sync"]),
    "import": Shape("What an import did", ImportReport, ["import", "import --last"]),
    "import-list": Shape("Formats that can be imported", list[ImportFormat], ["import --list"]),
    "library": Shape(
        "Articles with all that belongs to them", LibraryFile, ["export --format json"]
    ),
    "library-lines": Shape(
        "A line of a library: first its values, then its articles",
        OneOf([LibraryHead, StoredArticle]),
        ["export --format jsonl"],
    ),
    "link": Shape("A link that was made", MarkLink, ["link"]),
    "links": Shape("The links of a mark", list[MarkLink], ["links", "unlink"]),
    "list": Shape("Articles, the newest first", list[ListedArticle], ["list"]),
    "mark": Shape("A mark that was made", SavedMark, ["mark"]),
    "marks": Shape("Marks of all kinds", list[SavedMark], ["notes", "edit", "unmark"]),
    "mcp-log": Shape("What programs asked", list[LoggedCall], ["mcp --log"]),
    "publish": Shape("What was sent to a service, or taken in", list[PublishLine], ["publish"]),
    "refresh": Shape("What became of articles", list[RefreshedArticle], ["refresh"]),
    "remove": Shape("Articles that are in the bin now", list[SavedArticle], ["remove"]),
    "rename": Shape(
        "Names that were changed in the whole library",
        RenamedNames,
        ["tags rename", "tags merge", "tags delete", "speakers rename", "speakers merge"],
    ),
    "report-page": Shape("A page that came out wrong", WrittenReport, ["report-page"]),
    "restore": Shape(
        "Articles and marks that are back",
        OneOf([SavedArticle, BareMark], is_list=True),
        ["restore ID"],
    ),
    "restore-backup": Shape("What a backup brought", RestoredBackup, ["restore-backup"]),
    "proposals": Shape("Marks that a program proposes", ProposedMarks, []),
    "proposals-decided": Shape(
        "Proposals that were taken or dismissed",
        list[DecidedProposal],
        ["proposals take", "proposals dismiss"],
    ),
    "proposals-waiting": Shape("Marks that programs propose", list[WaitingMark], ["proposals"]),
    "review": Shape("Today's review", ReviewRound, ["review"]),
    "schema": Shape("The schemas that there are", list[SchemaName], ["schema"]),
    "search": Shape("The best matches of a search", SearchResult, ["search"]),
    "serve": Shape("A page that the browser sent, one after another", Added, ["serve"]),
    "serve-token": Shape(
        "What the browser or the system needs",
        BrowserAccess,
        ["serve --token", "serve --new-token", "serve --bookmarklet", "serve --print-unit SYSTEM"],
    ),
    "show": Shape("A cleaned article", CleanedArticle, ["show"]),
    "show-check-worthy": Shape(
        "Sentences that may be worth checking", list[CheckWorthy], ["show --check-worthy"]
    ),
    "show-removed": Shape("What was removed from a page", list[Removal], ["show --removed"]),
    "show-why": Shape("Why passages were kept or removed", list[PassageDecision], ["show --why"]),
    "similar": Shape("Claims like a mark", list[SuggestedMark], ["similar"]),
    "speakers": Shape("Who is quoted", list[SpeakerUse], ["speakers"]),
    "speakers-suggest": Shape(
        "Names that may be of one person", list[SpeakerPair], ["speakers suggest"]
    ),
    "stats": Shape("What was read and marked", ReadingStatistics, ["stats"]),
    "sync": Shape("What a sync did", SyncReport, ["sync"]),
    "sync-status": Shape(
        "What the next sync would do", SyncStatus, ["sync --status", "sync --dry-run"]
    ),
    "tag": Shape(
        "The tags of articles and marks", OneOf([TaggedThing, list[TaggedThing]]), ["tag"]
    ),
    "tags": Shape("All tags", list[TagUse], ["tags"]),
    "tags-colour": Shape("A tag with its colour", ColouredTag, ["tags colour"]),
    "undo": Shape("Changes that were taken back", list[UndoneStep], ["undo"]),
}
