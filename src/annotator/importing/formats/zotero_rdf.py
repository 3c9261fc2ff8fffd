"""Zotero RDF: references, their notes and attachments as resources of XML that name each other."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from annotator.errors import ImportFailed
from annotator.importing.conversion import BOOKS, LEFT_OUT, folder_tag, joined, words_of
from annotator.importing.item import Found, ImportedItem, Skipped
from annotator.importing.moments import iso_date, moment_or_remark
from annotator.importing.readers.markup import Tag, xml_tokens
from annotator.importing.source import SourceFile
from annotator.model.identity import doi_in

_DOCUMENTS = frozenset({"application/pdf", "application/epub+zip"})
_MOST_COLLECTIONS: Final = 20  # in each other
_NOT_ITEMS = frozenset({"bib:memo", "z:attachment", "z:collection", "bib:journal", "foaf:person"})


@dataclass(slots=True)
class Node:
    """An element with its text and the elements in it."""

    name: str
    values: dict[str, str]
    line: int
    words: list[str] = field(default_factory=list)
    inner: list["Node"] = field(default_factory=list)

    def all(self, *path: str) -> list["Node"]:
        """Return the elements on a path of names, whatever is between them."""
        nodes = [self]
        for name in path:
            nodes = [below for node in nodes for below in node.below() if below.name == name]
        return nodes

    def below(self) -> Iterator["Node"]:
        """Yield all elements in this one."""
        for node in self.inner:
            yield node
            yield from node.below()

    def text(self, *path: str) -> str:
        """Return the text of the first element on a path."""
        return next(("".join(node.words).strip() for node in self.all(*path)), "")

    def child(self, *names: str) -> str:
        """Return the text of the first element right in this one that has some."""
        own = (node for name in names for node in self.inner if node.name == name)
        return next((text for node in own if (text := "".join(node.words).strip())), "")


def read(source: SourceFile) -> Iterator[Found]:
    """Yield the references with their notes, which are resources of their own."""
    resources: list[Node] = []
    problem: ImportFailed | None = None
    try:
        for node in _resources(source.text):
            resources.append(node)  # noqa: PERF402  until it fails
    except ImportFailed as error:  # a file that is cut has others before
        problem = error
    named = {node.values.get("rdf:about", ""): node for node in resources}
    parents = {
        part.values.get("rdf:resource", ""): node
        for node in resources
        if node.name == "z:collection"
        for part in node.inner
    }
    linked = {link for node in resources for link in _links(node)}
    for node in resources:
        if node.name not in _NOT_ITEMS:
            yield _item(node, named, parents)
        elif node.name == "z:attachment" and node.values.get("rdf:about", "") not in linked:
            yield Skipped(node.line, LEFT_OUT.format(_path(node)), node.child("dc:title"))
    if problem:
        raise problem


def _resources(text: str) -> Iterator[Node]:
    """Yield the elements right below the first one."""
    stack: list[Node] = []
    for token in xml_tokens(text):
        if not isinstance(token, Tag):
            if stack:
                stack[-1].words.append(token.text)
        elif not token.is_end:
            stack.append(Node(token.name, dict(token.attributes), token.line))
        elif stack:
            node = stack.pop()
            if len(stack) > 1:
                stack[-1].inner.append(node)
            elif stack:
                yield node


def _links(node: Node) -> Iterator[str]:
    """Yield the names of the attachments of a reference."""
    return (part.values.get("rdf:resource", "") for part in node.inner if part.name == "link:link")


def _path(attachment: Node) -> str:
    paths = (part.values.get("rdf:resource", "") for part in attachment.inner)
    return next(filter(None, paths), "") or attachment.child("dc:title")


def _collections(name: str, parents: dict[str, Node]) -> Iterator[str]:
    """Yield the names of the collections that a resource is in, the innermost first."""
    for _ in range(_MOST_COLLECTIONS):  # a damaged file may have a circle
        if (collection := parents.get(name)) is None:
            return
        yield collection.child("dc:title")
        name = collection.values.get("rdf:about", "")


def _item(node: Node, named: dict[str, Node], parents: dict[str, Node]) -> ImportedItem:
    attached = [named[link] for link in _links(node) if link in named]
    files = [_path(part) for part in attached if part.child("link:type") in _DOCUMENTS]
    remarks: list[str] = [LEFT_OUT.format(path) for path in files]
    container = _container(node, named)
    identifiers = [node.child("dc:identifier"), container.child("dc:identifier")]
    about = node.values.get("rdf:about", "")
    addresses = [node.text("dc:identifier", "rdf:value"), about]
    notes = [
        words_of(named[note.values["rdf:resource"]].text("rdf:value"))
        for note in node.all("dcterms:isreferencedby")
        if note.values.get("rdf:resource") in named
    ]
    url = next((url for url in addresses if url.startswith("http")), "")
    said = [*identifiers, url, node.child("dc:description")]  # of a web page it is in “Extra”
    doi = next(filter(None, map(doi_in, said)), "")
    subjects = (_tag(subject) for subject in node.inner if subject.name == "dc:subject")
    kind = node.child("z:itemtype") or node.name.partition(":")[2]
    return ImportedItem(
        url=url,
        doi=doi,
        title=node.child("dc:title", "z:shorttitle"),
        authors=tuple(map(_name, node.all("bib:authors", "foaf:person"))),
        site_name=container.child("dc:title") or node.text("dc:publisher", "foaf:name"),
        published=iso_date(node.child("dc:date")),
        added=moment_or_remark(node.child("dcterms:datesubmitted"), remarks),
        tags=(*subjects, *folder_tag(*reversed([*_collections(about, parents)]))),
        note=joined(*notes),
        excerpt=node.child("dcterms:abstract"),
        language=node.child("z:language", "dc:language"),
        medium="book" if kind.lower() in BOOKS else "page" if url or doi else "document",
        line=node.line,
        remarks=tuple(remarks),
    )


def _container(node: Node, named: dict[str, Node]) -> Node:
    """Return the journal or site that a reference is part of, which may be written elsewhere."""
    for part in node.inner:
        if part.name == "dcterms:ispartof":
            inner = part.inner[0] if part.inner else None
            return inner or named.get(part.values.get("rdf:resource", ""), part)
    return Node("", {}, 0)


def _name(person: Node) -> str:
    return f"{person.child('foaf:givenname')} {person.child('foaf:surname', 'foaf:name')}".strip()


def _tag(subject: Node) -> str:
    return subject.text("z:automatictag", "rdf:value") or "".join(subject.words).strip()
