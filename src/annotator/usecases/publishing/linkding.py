"""linkding: a bookmark for each article, with its marks in the notes as Markdown.

What its user wrote there stays: our part of the notes is between two lines that nobody sees, and
of a bookmark that was there before, nothing else is changed.
"""

from collections.abc import Iterator, Sequence
from typing import ClassVar, Final

from annotator.export.collection import CollectedArticle
from annotator.export.markdown.escaping import escape
from annotator.importing.readers.json_values import JsonObject
from annotator.model import Annotation
from annotator.model.identity import is_web_address
from annotator.usecases.publishing.comments import comment_of, tags_of
from annotator.usecases.publishing.publisher import Outgoing, Publisher, RemoteItem, Sendable
from annotator.usecases.service_session import ServiceSession

_LINE: Final = "<!-- annotator -->"
_OWN_LINE: Final = "<!-- annotator: its bookmark -->"
_END: Final = "<!-- /annotator -->"
_UNSCRAPED: Final = {"disable_scraping": "true"}


class Linkding(Publisher):
    """A server of linkding."""

    title: ClassVar[str] = "linkding"
    authorization: ClassVar[str] = "Token {token}"
    where: ClassVar[str] = "its Settings, Integrations"

    def items(self, article: CollectedArticle) -> Iterator[Outgoing]:
        if is_web_address(article.record.url):
            record, has_tags = article.record, "tags" in self.account.fields
            body = {
                "url": record.url,
                "title": record.title[:512],
                "description": record.excerpt,
                "notes": "\n\n".join(self._mark(placed.annotation) for placed in article.marks),
                "tag_names": [tag.replace(" ", "-") for tag in record.tags if has_tags],
            }
            yield Outgoing(f"{record.id}/bookmark", record.title, lambda _ids: body)

    def _mark(self, mark: Annotation) -> str:
        sent = self.account.fields
        quote = "\n".join(f"> {escape(line)}" for line in mark.quote.splitlines())
        tags = " ".join(f"#{tag.replace(' ', '-')}" for tag in tags_of(mark, sent))
        return _joined(quote, comment_of(mark, sent), tags)

    async def create(
        self, session: ServiceSession, bodies: Sequence[Sendable]
    ) -> Sequence[RemoteItem | str]:
        """Make a bookmark, or add the marks to the one that is there."""
        [body] = bodies
        query = {"url": body["url"]}
        known = await session.ask("GET", "/api/bookmarks/check/", query=query)
        if there := known.object.object("bookmark"):
            return [await self._changed(session, there, body)]
        own = {**body, "notes": _joined(_OWN_LINE, body["notes"], _END)}
        answer = await session.ask("POST", "/api/bookmarks/", query=_UNSCRAPED, body=own)
        return [RemoteItem(answer.object.text("id"))]

    async def update(self, session: ServiceSession, remote_id: str, body: Sendable) -> RemoteItem:
        there = (await session.ask("GET", f"/api/bookmarks/{remote_id}/")).object
        return await self._changed(session, there, body)

    async def delete(self, session: ServiceSession, remote_id: str) -> None:
        """Delete a bookmark, or, if its user has a part in it, our part of its notes."""
        there = (await session.ask("GET", f"/api/bookmarks/{remote_id}/")).object
        before, line, after = _parts(there)
        if line == _OWN_LINE and not before + after:
            await session.ask("DELETE", f"/api/bookmarks/{remote_id}/")
        elif line:
            kept = _joined(before, after)
            await session.ask("PATCH", f"/api/bookmarks/{remote_id}/", body={"notes": kept})

    async def _changed(
        self, session: ServiceSession, there: JsonObject, body: Sendable
    ) -> RemoteItem:
        before, line, after = _parts(there)
        notes = _joined(before, line or _LINE, body["notes"], _END, after)
        tags = list(dict.fromkeys((*there.texts("tag_names"), *body["tag_names"])))
        remote_id, sent = there.text("id"), {"notes": notes, "tag_names": tags}
        await session.ask("PATCH", f"/api/bookmarks/{remote_id}/", body=sent)
        return RemoteItem(remote_id)


def _joined(*parts: str) -> str:
    return "\n\n".join(filter(None, parts))


def _parts(bookmark: JsonObject) -> tuple[str, str, str]:
    """Return the notes before our part, the line that it begins with, if any, and the rest."""
    notes = bookmark.text("notes")
    line = next((line for line in (_OWN_LINE, _LINE) if line in notes), "")
    before, _, rest = notes.partition(line) if line else (notes, "", "")
    _, end, after = rest.rpartition(_END)
    return before.strip(), line, after.strip() if end else ""
