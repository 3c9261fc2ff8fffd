"""What a person says of the pages of one site, for cleaning to go by."""

from msgspec import Struct


class Selector(Struct, frozen=True):
    """Which elements of a page are meant: CSS, or XPath if it begins with a slash or a bracket.

    `place` tells where it was written, for a person who has to mend it.
    """

    text: str
    place: str = ""

    @property
    def is_xpath(self) -> bool:
        """Whether it is XPath."""
        return self.text.startswith(("/", "./", "("))


class SiteRule(Struct, frozen=True):
    """The rules for a host and all below it; what is empty is left to the usual ways.

    `keep` and `remove` are parts of the page; `strip` are whole lines, in which
    an asterisk stands for anything; the others are where the page tells of itself.
    """

    host: str
    keep: tuple[Selector, ...] = ()
    remove: tuple[Selector, ...] = ()
    strip: tuple[str, ...] = ()
    title: Selector | None = None
    byline: Selector | None = None
    published: Selector | None = None

    @property
    def selectors(self) -> tuple[Selector, ...]:
        """All of its selectors."""
        single = (self.title, self.byline, self.published)
        return (*self.keep, *self.remove, *filter(None, single))
