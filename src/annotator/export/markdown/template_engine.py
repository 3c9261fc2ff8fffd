"""Templates of notes: those of a preset, and those of users in a sandbox.

A template gets values and returns text. One of a user can call neither code nor files, and
errors name the file and the line. One that goes on for long or fills the memory is stopped by
the process that it is rendered in (`usecases.exporting.template_worker`).
"""

import json
import re
import traceback
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from jinja2 import (
    DictLoader,
    Environment,
    FunctionLoader,
    StrictUndefined,
    TemplateError,
    TemplateSyntaxError,
)
from jinja2.filters import FILTERS
from jinja2.sandbox import ImmutableSandboxedEnvironment

from annotator.errors import SettingsError
from annotator.export import org_text
from annotator.export.filenames import shortened
from annotator.export.hyperlinks import safe_href
from annotator.export.markdown.escaping import escape, escape_line, quoted, with_breaks
from annotator.export.markdown.front_matter import day, note_tag, property_value
from annotator.export.markdown.logseq import (
    block_uuid,
    bullet,
    logseq_line,
    logseq_link,
    logseq_quote,
    own_logseq,
)
from annotator.export.markdown.mark_text import (
    list_sign,
    own_markdown,
    plain_link,
    source_link,
    wiki_link,
)
from annotator.export.markdown.note_facts import MarkFacts
from annotator.export.markdown.org import org_link, org_source, org_tag, own_org
from annotator.model.labels import count

SHORT_TITLE: Final = 60  # characters of a quote in a heading
MAX_TEXT: Final = 1_000_000  # characters that a template makes

JINJA_FILTERS: Final = (
    *("abs", "attr", "capitalize", "count", "d", "default", "dictsort", "escape", "first"),
    *("float", "groupby", "indent", "int", "items", "join", "last", "length", "list", "lower"),
    *("map", "max", "min", "reject", "rejectattr", "replace", "reverse", "round", "select"),
    *("selectattr", "sort", "string"),
    *("striptags", "title", "trim", "truncate", "unique", "upper", "urlencode", "wordcount"),
)
_TOO_LONG: Final = "it makes more text than a note can have"
_OBJECT = re.compile(r"'?[\w.]*?(\w+)Facts object'?")
_COMMENT = re.compile(r"(?=<!-- annotator:)")


class TemplateEngine:
    """The templates of a preset, and `own` ones of the user in place of some, by their names."""

    def __init__(self, preset: str, built_in: Mapping[str, str], own: Mapping[str, str]) -> None:
        filters = filters_of(preset)
        self._built_in = Environment(  # noqa: S701 - it makes no HTML, and each text has a filter
            loader=DictLoader(built_in),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._built_in.filters |= filters
        self._own = own
        self._sandbox = _sandbox(own, filters) if own else None

    def render(self, name: str, values: Mapping[str, object]) -> str:
        """Return what a template makes of some values.

        Raises `SettingsError` for a mistake in one of the user. It cannot write the comments
        that are around blocks.
        """
        if self._sandbox is None or name not in self._own:
            return self._built_in.get_template(name).render(values)
        text = _rendered(self._sandbox, name, values)
        if len(text) > MAX_TEXT:
            raise _mistake(name, None, _TOO_LONG)
        return _COMMENT.sub(r"\\", text)


def _sandbox(sources: Mapping[str, str], filters: "_Filters") -> Environment:
    """Return an environment for templates without files, code and randomness."""
    sandbox = ImmutableSandboxedEnvironment(
        loader=FunctionLoader(
            lambda name: (sources[name], name, lambda: True) if name in sources else None
        ),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    sandbox.filters = {name: FILTERS[name] for name in JINJA_FILTERS}
    sandbox.filters |= filters
    sandbox.globals = {name: sandbox.globals[name] for name in ("range", "namespace")}
    return sandbox


def _rendered(sandbox: Environment, name: str, values: Mapping[str, object]) -> str:
    try:
        return sandbox.get_template(name).render(values)
    except TemplateSyntaxError as error:
        raise _mistake(error.name or name, error.lineno, error.message or "") from error
    except (TemplateError, ArithmeticError, AttributeError, LookupError) as error:
        raise _mistake(name, _line_of(error), str(error)) from error
    except (TypeError, ValueError, RecursionError) as error:
        raise _mistake(name, _line_of(error), str(error)) from error
    except MemoryError as error:
        raise _mistake(name, _line_of(error), _TOO_LONG) from error


def _mistake(name: str, line: int | None, problem: str) -> SettingsError:
    said = _OBJECT.sub(lambda match: match[1].lower(), problem).strip().rstrip(".")
    place = f"{name}, line {line}" if line else name
    return SettingsError(
        f"Template {place}: {said or 'it does not work'}.",
        "`annotator export templates` lists what templates can use.",
    )


def _line_of(error: BaseException) -> int | None:
    frames = reversed(traceback.extract_tb(error.__traceback__))
    return next((frame.lineno for frame in frames if frame.filename.endswith(".jinja")), None)


def _yaml(value: str | float | Sequence[str]) -> str:
    """Return a text, a number or a list of texts as YAML, on a line."""
    if isinstance(value, int | float):
        return json.dumps(value)
    return property_value(value) or '""'


_Filters = Mapping[str, Callable[..., str]]

_OF_MARKDOWN: Final[_Filters] = {
    "bullet": lambda text, level=0: bullet(text, "\t" * min(max(0, level), 20)),
    "counted": count,
    "day": day,
    "href": safe_href,
    "line": escape_line,
    "list_sign": list_sign,
    "own": own_markdown,
    "passage": lambda text: with_breaks(escape(text)),
    "quote": lambda text: quoted(text.strip("\n")),
    "short": lambda text: shortened(text, SHORT_TITLE),
    "source": source_link,
    "tag": note_tag,
    "uuid": lambda view: block_uuid(view.id),
    "wiki": wiki_link,
    "yaml": _yaml,
}
_OF_PRESETS: Final[Mapping[str, _Filters]] = {
    "plain": {"wiki": plain_link},
    "logseq": {"line": logseq_line, "own": own_logseq, "quote": logseq_quote, "wiki": logseq_link},
    "org": {
        "line": org_text.escape_line,
        "own": own_org,
        "passage": org_text.escape,
        "quote": org_text.quotation,
        "source": org_source,
        "tag": org_tag,
        "wiki": org_link,
    },
}


def filters_of(preset: str) -> dict[str, Callable[..., str]]:
    """Return the filters, those that make Markdown by what makes the language of the preset."""
    filters = {**_OF_MARKDOWN, **_OF_PRESETS.get(preset, {})}
    said = "The article has changed. It now reads:\n"
    said += "\n" if filters["quote"] is _OF_MARKDOWN["quote"] else ""

    def now_reads(mark: MarkFacts) -> str:
        """Return what the article says now instead of the words that were marked, if it does."""
        return f"{said}{filters['quote'](filters['passage'](mark.now))}" if mark.now else ""

    return {**filters, "now_reads": now_reads}
