"""What a mark is linked to, in words."""

from collections.abc import Mapping

from annotator.errors import NotInLibrary
from annotator.model import Annotation
from annotator.model.identity import is_web_address
from annotator.store import Library


def linked_quotes(library: Library, annotation: Annotation) -> Mapping[str, str]:
    """Return the words of the marks that this one is linked to, by id; those that are gone lack."""
    targets = {link.target for link in annotation.links if not is_web_address(link.target)}
    found = ((target, _quote(library, target)) for target in targets)
    return {target: quote for target, quote in found if quote}


def _quote(library: Library, target: str) -> str:
    try:
        return library.annotation(target).quote
    except NotInLibrary:
        return ""
