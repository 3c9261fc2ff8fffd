"""The user's extraction rules for the pages of a site."""

from msgspec import Struct


class Selector(Struct, frozen=True):
    """A selector of elements: CSS, or XPath if it begins with a slash or a bracket.

    `place` is the file and line that it comes from, for error messages.
    """

    text: str
    place: str = ""

    @property
    def is_xpath(self) -> bool:
        """Whether it is XPath."""
        return self.text.startswith(("/", "./", "("))


class SiteRule(Struct, frozen=True):
    """The rules for a host and its subdomains; empty ones are left to the built-in rules.

    `keep` and `remove` select parts of the page; `strip` are complete lines, in
    which an asterisk matches anything; the others select its metadata.
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
