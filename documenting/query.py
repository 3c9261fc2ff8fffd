"""The page of the query language, from the tables of its parser."""

from typing import Final

from annotator.model.query import DAYS_OF, VALUES
from annotator.model.query_parser import FILTERS, MAX_LENGTH, MAX_WORDS
from documenting.tables import cell, table

_HEAD: Final = """# The query language

Queries are the same on the command line and in the program: in the list of articles, in that of
claims, and wherever a command takes a QUERY. All parts of a query must match.

"""
_SIGNS: Final = (
    ("`heat pumps`", "both words, in any of their forms, in texts, titles, notes, tags and claims"),
    ('`"heat pumps"`', "the words in this order; a shell needs single quotes around them"),
    ("`electri*`", "words that begin so"),
    ("`#energy`", "the same as `tag:energy`"),
    ("`-coal`", "what does not match this part"),
    ("`grid or coal`", "what matches either side; `or` binds less than parts side by side"),
    ("`grid (coal or gas)`", "parentheses group"),
    ('`speaker:"Ann Lee"`', "a value with spaces is in quotation marks"),
)
_DATES: Final = """
A date is a year, a month or a day, such as `2026`, `2026-03` or `2026-03-14`. A range has two dots,
and may be open: `2026-01..2026-03`, `2026-03..`, `..2025`. Days begin at your midnight, those of
`added` at midnight in Greenwich.
"""
_EXAMPLE: Final = """
```console
$ annotator list 'tag:energy -turbines'
$ annotator notes 'kind:evidence or has:note' --header | cut -f 3,5
$ annotator claims said:2025.. --header | cut -f 2,4,5
$ annotator list kind:clam
$ annotator list status:nearly
```
"""
_LAWS: Final = f"""
For marks, words and tags refer to the mark itself; other filters may also match its article. An
article has what its marks have: `kind:claim status:disputed` finds articles with a mark that is
both. Capitals and accents make no difference. Chinese, Japanese, Korean and Thai are found within
words. A query has at most {MAX_LENGTH:,} characters and {MAX_WORDS} words or other parts. Mistakes
are reported with their place.
"""


def page() -> str:
    """Return the page."""
    filters = [(f"`{name}:`", words, _examples(name)) for name, (words, _) in FILTERS.items()]
    values = [
        (f"`{name}:`", ", ".join(f"`{value}`" for value in known))
        for name, known in (*VALUES.items(), ("marked", (*DAYS_OF,)))
    ]
    days = ", ".join(f"`{name}` is {count}" for name, count in DAYS_OF.items())
    return "".join(
        (
            _HEAD,
            table(("write", "to find"), _SIGNS),
            "\n## Filters\n\n",
            table(("filter", "finds", "example"), filters),
            "\n## Values\n\nThese filters have fixed values. Of `marked`, in days with today: ",
            f"{days}; it also takes a date.\n\n",
            table(("filter", "values"), values),
            "\n## Dates\n",
            _DATES,
            "\n## What a query matches\n",
            _LAWS,
            _EXAMPLE,
        )
    )


def _examples(name: str) -> str:
    words = FILTERS[name][1].replace(" or ", ", ").split(", ")
    return cell(", ".join(f"`{word}`" for word in words))
