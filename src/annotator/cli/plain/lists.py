"""The lists of a library line by line: articles, the inbox, the bin, names, and the settings."""

from collections.abc import Sequence
from functools import partial

from annotator import settings, usecases
from annotator.cli.output import console, forms
from annotator.cli.output.forms.mark_text import in_quotes
from annotator.cli.params import query_of
from annotator.cli.plain.session import Item, PlainPlace, PlainRow
from annotator.model import ArticleRecord, ReadState
from annotator.model.labels import ACCESS, count, long_date
from annotator.model.query import Field, Not, as_filter
from annotator.settings.readers import choices_of
from annotator.store import questions
from annotator.usecases.articles.lookup import articles, progress
from annotator.usecases.articles.trash import Trashed
from annotator.usecases.feeds.inbox import InboxEntry
from annotator.usecases.marks.mark_bin import BinnedMark


class LibraryPlace(PlainPlace[ArticleRecord]):
    """The articles, newest first; those in the archive only if a query asks for them."""

    name, title = "library", "Library"
    orders = ("added", "title", "site", "date", "minutes", "marks")
    empty = "No article is here. add and an address or a file adds one, samples some to try it."

    def read(self) -> Sequence[ArticleRecord]:
        self._marks = self.library.ask(questions.marks.mark_counts())
        self._progress = progress(self.library)
        wanted = query_of([self.typed]) if self.typed else Not(Field("is", "archived"))
        rows: Sequence[ArticleRecord] = articles(self.library, wanted)
        name = {"site": "site_name", "date": "published"}.get(self.order, self.order)
        if name == "marks":
            rows = sorted(rows, key=lambda article: self._marks.get(article.id, 0))
        elif name == "minutes":
            rows = sorted(rows, key=lambda article: article.minutes)
        elif name != "added":
            rows = sorted(rows, key=lambda article: str(getattr(article, name)).casefold())
        return rows[::-1] if self.is_reversed else rows

    def row(self, item: ArticleRecord) -> PlainRow:
        marks, read = self._marks.get(item.id, 0), self._progress.get(item.id, 0.0)
        said = forms.article_table.sentence(item, marks, read)
        return PlainRow(item.id, said, item.id, url=item.url)

    def _state(self, rest: str, state: ReadState) -> None:
        set_state(self, [row.key for row in self.chosen(rest)[0]], state)

    def _about(self, rest: str) -> None:
        tell_article(self, self.one(rest)[0].key)


def set_state(place: PlainPlace[Item], ids: Sequence[str], state: ReadState) -> None:
    """Give articles a state, or take it from them if all have it."""
    records = [place.library.article(key).record() for key in ids]
    if all(record.state == state for record in records):
        state = "unread" if state == "read" else "read"
    edit = usecases.articles.article_edits.set_state_of
    step = edit(place.library, records, state, now=place.context.now)
    place.session.record(step)
    console.echo(f"{step.name}: {', '.join(record.title or record.url for record in records)}.")


def tell_article(place: PlainPlace[Item], article_id: str) -> None:
    """Print what is known of an article, a line for each fact."""
    record = place.library.article(article_id).record()
    completeness = place.library.article(article_id).extraction().completeness
    tell_facts(
        Title=record.title,
        By=", ".join(record.byline),
        Published=", ".join(filter(None, (record.site_name, long_date(record.published)))),
        Address=record.url,
        DOI=record.known_doi,
        Length=f"{count(record.word_count, 'word')}, {record.minutes} min",
        Added=long_date(record.added.isoformat()),
        State=record.state,
        Tags=", ".join(record.tags),
        Begins=record.excerpt,
        Text=ACCESS[completeness.access].short or "looks complete",
        Because=" ".join(completeness.evidence),
        Id=record.id,
    )


def tell_facts(**facts: str) -> None:
    """Print facts, a line for each that is known."""
    for name, value in facts.items():
        if value:
            console.echo(f"{name}: {value}")


class InboxPlace(PlainPlace[InboxEntry]):
    """What is new in the feeds."""

    name, title, noun = "inbox", "Inbox", ("entry", "entries")
    empty = "Nothing new. check asks the feeds, add and an address follows one."

    def read(self) -> Sequence[InboxEntry]:
        entries = usecases.feeds.inbox.inbox(self.library, now=self.context.now)
        return matching(self, entries)

    def row(self, item: InboxEntry) -> PlainRow:
        day = long_date(item.row.date.date().isoformat())
        said = (item.row.name, item.feed.name, day, item.row.summary)
        return PlainRow(item.id, ", ".join(filter(None, said)), url=item.row.link)

    def fills(self, does: str, rows: Sequence[PlainRow], rest: str) -> dict[str, Sequence[str]]:
        feed = [self.item(rest).row.feed] if "{feed}" in does else []
        return {**super().fills(does, rows, rest), "feed": feed}

    def _open(self, rest: str) -> None:
        self.session.go("article", self._kept(self.item(rest)))

    def _keep(self, rest: str) -> None:
        for number in self._ids(rest):
            self._kept(next(entry for entry in self.items if entry.id == number))

    def _dismiss(self, rest: str) -> None:
        step = usecases.feeds.inbox.dismiss(self.library, self._ids(rest), now=self.context.now)
        self.session.record(step)
        console.echo(f"Dismissed: {step.extent}.")

    def _ids(self, rest: str) -> list[str]:
        return [row.key for row in self.chosen(rest)[0]]

    def _kept(self, entry: InboxEntry) -> str:
        console.show_progress(f"Fetching {entry.row.name} …")
        keep = partial(usecases.feeds.sync.keep, options=self.context.fetch_options)
        record = self.context.run(keep(self.library, entry, now=self.context.now)).record
        console.echo(f"Kept: {record.title or record.url}")
        return record.id


class BinPlace(PlainPlace[Trashed | BinnedMark]):
    """The articles in the bin, then the deleted marks of others."""

    name, title, noun = "bin", "Bin", ("article or mark", "articles and marks")
    empty = "It is empty."

    def read(self) -> Sequence[Trashed | BinnedMark]:
        marks = usecases.marks.mark_bin.binned_marks(self.library, now=self.context.now)
        return [*usecases.articles.trash.trashed(self.library), *marks]

    def row(self, item: Trashed | BinnedMark) -> PlainRow:
        deleted = f"deleted {long_date(item.removed.astimezone().date().isoformat())}"
        if isinstance(item, BinnedMark):
            words = in_quotes(" ".join(item.annotation.quote.split()))
            return PlainRow(item.id, f"{item.annotation.kind}, {words}, {deleted}")
        title = (item.record.title or item.record.url) if item.record else "a damaged article"
        return PlainRow(item.id, f"{title}, {count(item.marks, 'mark')}, {deleted}")


class TagsPlace(PlainPlace[tuple[str, int, str]]):
    """All tags, each with how often it is in use."""

    name, title, noun = "tags", "Tags", ("tag",)
    empty = "Nothing has a tag."
    orders = ("name", "number")
    leads_to = "library"

    def read(self) -> Sequence[tuple[str, int, str]]:
        items = matching(self, self.names())
        rows = sorted(items, key=lambda item: -item[1]) if self.order == "number" else items
        return rows[::-1] if self.is_reversed else rows

    def names(self) -> Sequence[tuple[str, int, str]]:
        """Return the names, each with a number and what it counts."""
        tags = usecases.tags.tag_library.tag_tree(self.library)
        return [
            (tag.name, tag.all_marks, f", {count(tag.all_articles, 'article')}") for tag in tags
        ]

    def row(self, item: tuple[str, int, str]) -> PlainRow:
        return PlainRow(item[0], f"{item[0]}, {count(item[1], 'mark')}{item[2]}")

    def _open(self, rest: str) -> None:
        name = self.one(rest)[0].key
        self.session.go(self.leads_to, as_filter(self.noun[0], name))


class SpeakersPlace(TagsPlace):
    """Who is quoted."""

    name, title, noun = "speakers", "Speakers", ("speaker",)
    empty = "No mark has a speaker."
    leads_to = "marks"

    def names(self) -> Sequence[tuple[str, int, str]]:
        uses = usecases.tags.speakers.speaker_uses(self.library)
        return [(use.name, use.count, "") for use in uses]


class SettingsPlace(PlainPlace[str]):
    """The settings that are a line of the file."""

    name, title, noun = "settings", "Settings", ("setting",)

    def read(self) -> Sequence[str]:
        return matching(self, [*settings.writing.explanations()])

    def row(self, item: str) -> PlainRow:
        self.context.__dict__.pop("settings", None)  # as the file has them now
        value = getattr(self.context.settings, item)
        shown = ("on" if value else "off") if isinstance(value, bool) else str(value or "not set")
        return PlainRow(item, f"{settings.writing.label_of(item)}: {shown}")

    def _open(self, rest: str) -> None:
        row, _ = self.one(rest)
        console.echo(settings.writing.explanations()[row.key])
        if choices := choices_of(row.key):
            console.echo(f"It can be {', '.join(choices)}.")
        value = self.session.ask(f"{row.said}. Enter keeps it, - makes it as usual: ")
        if value:
            self.session.command("config", "set", row.key, "" if value == "-" else value)


def matching(place: PlainPlace[Item], items: Sequence[Item]) -> Sequence[Item]:
    """Return the items that have all the words that were typed in what is said of them."""
    words = place.typed.casefold().split()
    if not words:
        return items
    return [
        item for item in items if all(word in place.row(item).said.casefold() for word in words)
    ]
