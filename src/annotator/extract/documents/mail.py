"""Messages: newsletters and other mail, one article each.

The text is a page, and cleaned like one. Senders put addresses into it that are made for one
reader: behind a link is first the server that counts, and a picture tells that the message was
opened. These addresses are taken out before anything else is done, so that none of them is
shown, fetched or exported. The message itself is stored as it came.
"""

import re
from email.message import EmailMessage
from email.utils import getaddresses, parsedate_to_datetime
from typing import Final
from urllib.parse import parse_qsl, unquote, urlsplit, urlunsplit

from lxml import etree
from msgspec.structs import replace

from annotator.errors import CleaningError
from annotator.extract.documents.readers import DocumentReader
from annotator.extract.dom.elements import Element, attribute, text_of
from annotator.extract.dom.parse import parse
from annotator.extract.pipeline import extract
from annotator.model.data_file import wordings
from annotator.model.document import PLAIN_TEXT, Document, Page
from annotator.model.extraction import Extraction
from annotator.model.identity import is_web_address, normalise_url
from annotator.model.overrides import Overrides
from annotator.model.saved_page import field, is_cut, read_message
from annotator.model.saved_page import text_of as text_of_part
from annotator.model.secrets import PARAMETER
from annotator.model.text import clean_line, clean_text

LEAST_HTML = 20  # characters of a part that is more than a frame
LONGEST_PLAIN = 15  # letters and digits in a row that are a word, a date or a small number
MOST_UNWRAPPED = 3  # redirects in one another

_WORDINGS = wordings(__package__, "wordings.toml")
_IN_BROWSER = re.compile(_WORDINGS["in-browser"], re.IGNORECASE)
_LEAVING = re.compile(_WORDINGS["leaving"], re.IGNORECASE)
# Servers that count, by their host or path, as those of Mailchimp, SendGrid and Substack.
_COUNTER = re.compile(_WORDINGS["counter"], re.IGNORECASE)
_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.IGNORECASE)
_OPAQUE = re.compile(r"[A-Za-z0-9_=%+.~-]+")
_ADDRESS = re.compile(r"<?(https?://[^\s<>]+)>?")
_OF_LISTS = ("List-Id", "List-Unsubscribe", "List-Post", "Feedback-ID")
_ENCRYPTED = frozenset(
    {"multipart/encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime"}
)


def _unpack(document: Document) -> Document:
    """Return the message with its address: where it is on the web, or its own name."""
    if is_web_address(document.url):  # the user gave it
        return document
    message = _message(document)
    address = _named_address(message)
    if not address and (html := _body(message, "html")):
        address = _address_in(parse(html).root)
    return replace(document, url=address or document.url or _identity(message))


def _read(document: Document, choices: Overrides) -> Extraction:
    message = _message(document)
    header = _Header(message)
    page = replace(_page(message, document), is_truncated=is_cut(message))
    extraction = extract(page, choices=choices)
    article = extraction.article
    described = replace(
        article,
        url=document.url,
        title=header.subject or article.title,
        byline=article.byline or (() if header.is_of_list else header.senders),
        site_name=header.site if header.is_of_list else article.site_name or header.site,
        published=header.date or article.published,
        lead_image="",
        canonical_url="",
    )
    return replace(extraction, article=described)


def _message(document: Document) -> EmailMessage:
    try:
        message = read_message(document.data)
    except ValueError as error:
        raise CleaningError(f"The message is damaged. {error}", "Save it again.") from error
    if field(message, "Content-Type").partition(";")[0].strip().lower() in _ENCRYPTED:
        raise CleaningError(
            "The message is encrypted.", "Save its text in your mail program, and add that file."
        )
    return message


def _page(message: EmailMessage, document: Document) -> Page:
    """Return the text of a message as a page, without addresses that name its reader."""
    html = _body(message, "html")
    address = document.url if is_web_address(document.url) else ""
    if len(html.strip()) > LEAST_HTML:
        root = parse(html).root
        _take_out_tracking(root)
        text = str(etree.tostring(root, encoding="unicode", method="html"))
        return Page(address, text, fetched_at=document.fetched_at)
    # The subject is the title: the first line of the text would be taken for it.
    text = f"{clean_line(field(message, 'Subject'))}\n\n{_bare(_body(message, 'plain'))}"
    return Page("", text, PLAIN_TEXT, document.fetched_at)


def _body(message: EmailMessage, kind: str) -> str:
    try:
        part = message.get_body((kind,))
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        raise CleaningError("The parts of the message are damaged.", "Save it again.") from error
    return text_of_part(part) if isinstance(part, EmailMessage) else ""


class _Header:
    """The facts in the fields of a message; empty where a field is missing or damaged."""

    def __init__(self, message: EmailMessage) -> None:
        self.subject = clean_line(field(message, "Subject"))
        self.is_of_list = any(field(message, name) for name in _OF_LISTS)
        addresses = getaddresses([field(message, "From")])
        names = (clean_line(name or address.partition("@")[0]) for name, address in addresses)
        self.senders = tuple(filter(None, names))
        listed = clean_line(field(message, "List-Id").partition("<")[0]).strip('" ')
        self.site = listed or next(iter(self.senders), "")
        try:
            self.date = parsedate_to_datetime(field(message, "Date")).isoformat()
        except (ValueError, TypeError, IndexError, OverflowError):
            self.date = ""


def _identity(message: EmailMessage) -> str:
    """Return the address of a message by its own name (RFC 2392)."""
    name = clean_line(field(message, "Message-ID")).strip("<> ")
    return f"mid:{name}" if re.fullmatch(r"[!-~]{3,250}", name) else ""


def _named_address(message: EmailMessage) -> str:
    for name in ("Archived-At", "List-Post", "List-Archive"):
        link = _ADDRESS.search(field(message, name))
        if link and (address := without_tracking(link[1])) and urlsplit(address).path.strip("/"):
            return address
    return ""


def _address_in(root: Element) -> str:
    """Return where a link such as "View in browser" leads, without what names the reader."""
    for link in root.iter("a"):
        if _IN_BROWSER.search(text_of(link, 100)):
            return without_tracking(attribute(link, "href"))
    return ""


def _take_out_tracking(root: Element) -> None:
    for element in root.iter():
        element.text, element.tail = _bare(element.text or ""), _bare(element.tail or "")
        for name in ("href", "src", "background", "action", "cite", "poster"):
            value = attribute(element, name)
            if value and (is_web_address(value) or value.startswith("//")):
                is_leaving = element.tag == "a" and _LEAVING.search(text_of(element, 100))
                element.set(name, "" if is_leaving else without_tracking(value))
        for name in ("srcset", "data-src", "data-srcset", "style"):
            if "//" in attribute(element, name):
                element.set(name, "")


def _bare(text: str) -> str:
    """Return a text with its addresses as `without_tracking` has them."""
    return _ADDRESS.sub(lambda link: without_tracking(link[1]), text) if "://" in text else text


def without_tracking(address: str) -> str:
    """Return an address without what could name the reader; empty if nothing would be left.

    Where it leads to is read from the address of a redirect itself, and never asked for.
    """
    for _ in range(MOST_UNWRAPPED):
        inner = _target_in(address)
        if not inner:
            break
        address = inner
    try:
        parts = urlsplit(normalise_url(address))
    except ValueError:
        return ""
    if not is_web_address(address) or _LEAVING.search(address) or _COUNTER.search(address):
        return ""
    if any(map(_is_token, parts.path.split("/"))):
        return ""
    pairs = [
        pair
        for pair in parts.query.split("&")
        if pair
        and not (PARAMETER.match(f"?{pair}", 1) or _is_token(unquote(pair.partition("=")[2])))
    ]
    return clean_text(urlunsplit(parts._replace(query="&".join(pairs))))


def _target_in(address: str) -> str:
    """Return the address that another one names as where it leads to."""
    try:
        query = parse_qsl(urlsplit(address).query)
    except ValueError:
        return ""
    values = [value for _, value in query if is_web_address(value)]
    if not values:  # it may be a part of the path
        within = re.search(r"(?<=.{9})https?://.+", unquote(address))
        values = [within[0]] if within else []
    return values[0] if len(values) == 1 else ""


def _is_token(text: str) -> bool:
    """Return whether a part of an address reads like a number given to one reader.

    It has letters and digits mixed, or long ones, and no words with hyphens between them.
    """
    text = unquote(text)
    if "@" in text or _UUID.search(text):
        return True
    words = re.split(r"[-_.]", text)
    return bool(_OPAQUE.fullmatch(text)) and any(
        (
            len(word) > LONGEST_PLAIN
            and any(letter.isdigit() for letter in word)
            and not word.isdigit()
        )
        or len(word) > 2 * LONGEST_PLAIN
        for word in words
    )


MAIL_READER: Final = DocumentReader(unpack=_unpack, read=_read)
