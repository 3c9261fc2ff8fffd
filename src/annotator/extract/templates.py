"""The text of an article that its page keeps in a template, for a script to show."""

from itertools import islice

from lxml import etree

from annotator.extract.elements import Element, attribute

TEMPLATE = "text/template"  # the type of a script that is one
MAX_SCRIPTS = 2_000
MAX_TEMPLATES = 5  # of one page: an article has one


def open_templates(root: Element, parser: etree.HTMLParser) -> None:
    """Put what the templates of an article hold where its script would put it.

    Only right in what microdata names the body of the article: the weblogs of
    Google are built so, other pages keep menus and forms in templates.
    """
    scripts = (script for script in islice(root.iter("script"), MAX_SCRIPTS) if _is_body(script))
    for script in list(islice(scripts, MAX_TEMPLATES)):
        shown = _parsed(script.text or "", parser)
        if shown is not None:
            script.addnext(shown)


def _is_body(script: Element) -> bool:
    if script.get("type") != TEMPLATE:
        return False
    parent = script.getparent()
    return parent is not None and attribute(parent, "itemprop") == "articleBody"


def _parsed(template: str, parser: etree.HTMLParser) -> Element | None:
    try:
        page = etree.fromstring(f"<div>{template}</div>".encode(), parser=parser)
    except (etree.XMLSyntaxError, ValueError):
        return None
    return page.find(".//div") if page is not None else None
