"""Readwise: marks as highlights of an article, each with a link that opens it at the passage."""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import ClassVar, Final

from annotator.errors import ServerAnswered
from annotator.export.collection import CollectedArticle
from annotator.export.hyperlinks import deep_link, safe_href
from annotator.importing.readers.json_values import objects_in
from annotator.model import Annotation, ArticleRecord
from annotator.usecases.publishing.comments import comment_of, tags_of
from annotator.usecases.publishing.publisher import Outgoing, Publisher, RemoteItem, Sendable
from annotator.usecases.service_session import Pace, ServiceSession

_LONGEST: Final = {"text": 8191, "note": 8191, "source_url": 2047, "highlight_url": 4095}
_TITLE, _AUTHOR = 511, 1024  # characters


class Readwise(Publisher):
    """An account with Readwise."""

    title: ClassVar[str] = "Readwise"
    address: ClassVar[str] = "https://readwise.io/api/v2"
    authorization: ClassVar[str] = "Token {token}"
    where: ClassVar[str] = "readwise.io/access_token"
    pace: ClassVar[Pace] = Pace(reads=0.25, writes=0.25)  # 240 a minute

    def items(self, article: CollectedArticle) -> Iterator[Outgoing]:
        for placed in article.marks:
            mark = placed.annotation
            yield Outgoing(mark.id, mark.quote, partial(self._body, article.record, mark), mark)

    def _body(self, record: ArticleRecord, mark: Annotation, _ids: object) -> Sendable:
        sent = self.account.fields
        tags = " ".join(
            f".{tag.replace('/', '-').replace(':', '-')}" for tag in tags_of(mark, sent)
        )
        values = {
            "text": mark.quote,
            "title": record.title[:_TITLE],
            "author": ", ".join(record.byline)[:_AUTHOR],
            "source_url": safe_href(record.url),
            "source_type": "annotator",
            "category": "articles",
            "note": "\n\n".join(filter(None, (tags, comment_of(mark, sent)))),
            "location": mark.target.position.start + 1,
            "location_type": "order",
            "highlighted_at": mark.created.isoformat(),
            "highlight_url": deep_link(record.url, mark.target),
        }
        return {name: value for name, value in values.items() if value or name == "note"}

    async def create(
        self, session: ServiceSession, bodies: Sequence[Sendable]
    ) -> Sequence[RemoteItem | str]:
        """Make a highlight; what Readwise has already, it does not double."""
        [body] = bodies
        for name, most in _LONGEST.items():
            if len(body.get(name, "")) > most:
                return [f"Readwise takes no more than {most:,} characters as {name}."]
        answer = await session.ask("POST", "/highlights/", body={"highlights": [body]})
        ids = [book.get("modified_highlights") for book in objects_in(answer.value)]
        made = [number for numbers in ids if isinstance(numbers, list) for number in numbers]
        return [RemoteItem(str(made[0]) if made and isinstance(made[0], int) else "")]

    async def update(self, session: ServiceSession, remote_id: str, body: Sendable) -> RemoteItem:
        """Change a highlight, if its id is known: of one that Readwise had already, it is not."""
        if not remote_id:
            raise ServerAnswered("Readwise did not say its id. Change it there.", status=400)
        changed = {name: body[name] for name in ("text", "note", "location")}
        await session.ask("PATCH", f"/highlights/{remote_id}/", body=changed)
        return RemoteItem(remote_id)

    async def delete(self, session: ServiceSession, remote_id: str) -> None:
        if not remote_id:
            raise ServerAnswered("Readwise did not say its id. Delete it there.", status=409)
        await session.ask("DELETE", f"/highlights/{remote_id}/")
