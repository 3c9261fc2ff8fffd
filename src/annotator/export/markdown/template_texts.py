"""The templates that users begin with: for each preset those that write what it writes."""

from collections.abc import Mapping
from typing import Final

FILE_NAME, PROPERTIES, HEADER, MARK, DIGEST = (
    "file-name.jinja",
    "properties.jinja",
    "header.jinja",
    "mark.jinja",
    "digest.jinja",
)

_FILE_NAME = """\
{# The name of a new file, without .md or .org. What cannot be in the name of a file is removed. #}
{{ article.title }}
"""
_PROPERTIES = """\
{# The properties, as YAML: values, or lists of values. Empty ones are left out.
   The filter yaml makes a text; what has no quotation marks can be a number or a date.
   annotator_id is always added. #}
title: {{ article.title | yaml }}
source: {{ article.url | yaml }}
author: {{ article.authors | yaml }}
published: {{ article.published | yaml }}
created: {{ article.created | yaml }}
description: {{ article.description | yaml }}
tags: {{ article.tags | yaml }}
site: {{ article.site | yaml }}
access: {{ article.access | yaml }}
kinds: {{ article.kinds | yaml }}
"""
_ALIASES = """\
{% if article.alias %}
aliases: {{ [article.alias] | yaml }}
{% endif %}
"""
_HEADER = """\
{# The text above the marks, of a new file: it is yours afterwards. #}
# {{ article.title | line or "Untitled" }}

{{ [article.source_line, article.minutes ~ (" minute" if article.minutes == 1 else " minutes")]
   | select | join(" · ") }}
{% if article.completeness %}

> [!warning] {{ article.completeness }}
{% endif %}
"""
_MARK = """\
{# A mark. The text between its two comments; keep the line with ^ for links to it. #}
> [!{{ mark.callout }}] {{ [mark.kind | capitalize, mark.status] | select | join(" · ") | line }}
{{ mark.markdown | quote }}
{% set tags = "#" ~ mark.tags | join(" #") if mark.tags else "" %}
{% set below = [mark | source, tags] | select | join(" · ") %}
{% if below %}
>
> {{ below }}
{% endif %}

^{{ mark.block }}

{% if mark.now %}
{{ mark | now_reads }}

{% endif %}
{% if mark.note %}
{{ mark.note | own }}

{% endif %}
{% for field in mark.fields %}
- {{ field.key }}:: {{ field.value | line }}
{% endfor %}
{% for link in mark.links + mark.backlinks %}
- {{ link.relation }}:: {{ link | wiki }}{{ " — " ~ link.note | line if link.note }}
{% endfor %}
"""
_DIGEST = """\
{# A mark in a digest: the text between its two comments. #}
{{ mark.markdown | quote }}

{% set kind = "**" ~ mark.kind | line ~ "**" if mark.kind else "" %}
{% set tags = "#" ~ mark.tags | join(" #") if mark.tags else "" %}
{{ [kind, place, tags] | select | join(" · ") }}

{% if mark.note %}
{{ mark.note | own }}

{% endif %}
{% if mark.fields %}
{% for field in mark.fields %}
- {{ field.key }}:: {{ field.value | line }}
{% endfor %}

{% endif %}
{% if backing %}
{{ backing }}

{% endif %}
{{ evidence }}
"""
_PLAIN_HEADER = """\
{# The text above the marks, of a new file: it is yours afterwards. #}
# {{ article.title | line or "Untitled" }}

{{ [article.source_line, article.minutes ~ (" minute" if article.minutes == 1 else " minutes")]
   | select | join(" · ") }}
{% if article.completeness %}

{{ article.completeness }}
{% endif %}
"""
_PLAIN_MARK = """\
{# A mark. The text between its two comments; keep the line with <a for links to it. #}
<a id="{{ mark.block }}"></a>

{{ mark.markdown | quote }}

{% set kind = "**" ~ mark.kind | line ~ "**" if mark.kind else "" %}
{% set tags = mark.tags | map("line") | join(", ") %}
{% set below = [kind, mark.status, mark | source, tags] | select | join(" · ") %}
{% if below %}
{{ below }}

{% endif %}
{% if mark.now %}
{{ mark | now_reads }}

{% endif %}
{% if mark.note %}
{{ mark.note | own }}

{% endif %}
{% for field in mark.fields %}
- **{{ field.label }}:** {{ field.value | line }}
{% endfor %}
{% for link in mark.links + mark.backlinks %}
{% set said = " — " ~ link.note | line if link.note else "" %}
- **{{ link.relation | replace("-", " ") }}** {{ link | wiki }}{{ said }}
{% endfor %}
"""
_PLAIN_DIGEST = """\
{# A mark in a digest: the text between its two comments. #}
{{ mark.markdown | quote }}

{% set kind = "**" ~ mark.kind | line ~ "**" if mark.kind else "" %}
{% set tags = "#" ~ mark.tags | join(" #") if mark.tags else "" %}
{{ [kind, place, tags] | select | join(" · ") }}

{% if mark.note %}
{{ mark.note | own }}

{% endif %}
{% if mark.fields %}
{% for field in mark.fields %}
- **{{ field.label }}:** {{ field.value | line }}
{% endfor %}

{% endif %}
{% if backing %}
{{ backing }}

{% endif %}
{{ evidence }}
"""
_LOGSEQ_HEADER = """\
{# The text above the marks, of a new page: it is yours afterwards. #}
- {{ [article.source_line, article.minutes ~ (" minute" if article.minutes == 1 else " minutes")]
   | select | join(" · ") }}
{% if article.completeness %}
- {{ article.completeness }}
{% endif %}
"""
_LOGSEQ_MARK = """\
{# A mark, between its two comments: blocks of the outline. Keep id:: for links to it. #}
{% set kind = "**" ~ mark.kind | line ~ "**" if mark.kind else "" %}
{% set first = [kind, mark | source] | select | join(" · ") %}
{% set tags = "#" ~ mark.tags | join(" #") if mark.tags else "" %}
- {{ [first, tags] | select | join(" ") or "**mark**" }}
  id:: {{ mark | uuid }}
{% for field in mark.fields %}
  {{ field.key }}:: {{ field.value | line }}
{% endfor %}
{% set links = mark.links + mark.backlinks %}
{% for name in links | map(attribute="relation") | unique %}
  {{ name }}:: {% for link in links if link.relation == name %}
{{ link | wiki }}{{ " (" ~ link.note | line ~ ")" if link.note }}{{ ", " if not loop.last }}
{%- endfor %}

{% endfor %}
  {{ mark.markdown | quote | indent(2) }}
{% if mark.now %}
{{ mark | now_reads | bullet(1) }}
{% endif %}
{% if mark.note | trim %}
{{ mark.note | own | bullet(1) }}
{% endif %}
"""
_LOGSEQ_DIGEST = """\
{# A mark in a digest, between its two comments: blocks of the outline. #}
{% set kind = "**" ~ mark.kind | line ~ "**" if mark.kind else "" %}
{% set tags = " #" ~ mark.tags | join(" #") if mark.tags else "" %}
- {{ [kind, place] | select | join(" · ") }}{{ tags }}
{% for field in mark.fields %}
  {{ field.key }}:: {{ field.value | line }}
{% endfor %}
  {{ mark.quote | passage | quote | indent(2) }}
{% if mark.note | trim %}
{{ mark.note | own | bullet(1) }}
{% endif %}
{% if backing %}
{{ backing | bullet(1) }}
{% endif %}
{{ evidence }}
"""
_ORG_HEADER = """\
{# The text above the marks, of a new file: it is yours afterwards. #}
* {{ article.title | line or "Untitled" }}

{% set address, site = article.url | href, article.site | line %}
{% set page = "[[" ~ address ~ "][" ~ (site or "Source") ~ "]]" if address else site %}
{{ [page, article.authors | map("line") | join(", "), article.published | line,
    article.minutes ~ (" minute" if article.minutes == 1 else " minutes")]
   | select | join(" · ") }}
{% if article.completeness %}

{{ article.completeness }}
{% endif %}
"""
_ORG_MARK = """\
{# A mark, between its two comments. Keep CUSTOM_ID for links to it. #}
{% set tags = mark.tags | map("tag") | join(":") %}
{% set kind = (mark.kind[:1] | upper ~ mark.kind[1:]) | line or "Mark" %}
** {{ kind }}: {{ mark.quote | short | line }}{{ " :" ~ tags ~ ":" if tags }}
:PROPERTIES:
:CUSTOM_ID: {{ mark.block }}
{% for field in mark.fields %}
:{{ field.key | upper | replace("-", "_") }}: {{ field.value | line }}
{% endfor %}
:END:
{{ mark.quote | passage | quote }}
{% if mark.link %}
{{ mark | source }}
{% endif %}
{% if mark.now %}
{{ mark | now_reads }}
{% endif %}
{% for link in mark.links + mark.backlinks %}
- {{ link.relation }} :: {{ link | wiki }}{{ " — " ~ link.note | line if link.note }}
{% endfor %}
{% if mark.note | trim %}

{{ mark.note | own }}
{% endif %}
"""
_ORG_DIGEST = """\
{# A mark in a digest, between its two comments. #}
{% set tags = mark.tags | map("tag") | join(":") %}
{% set kind = (mark.kind[:1] | upper ~ mark.kind[1:]) | line or "Mark" %}
*** {{ kind }}: {{ mark.quote | short | line }}{{ " :" ~ tags ~ ":" if tags }}
{% if mark.fields %}
:PROPERTIES:
{% for field in mark.fields %}
:{{ field.key | upper | replace("-", "_") }}: {{ field.value | line }}
{% endfor %}
:END:
{% endif %}
{{ mark.quote | passage | quote }}
{{ place }}
{% for part in [mark.note | own, backing, evidence] | select %}

{{ part }}
{% endfor %}
"""


def _templates(header: str, mark: str, digest: str, more: str = "") -> Mapping[str, str]:
    return {
        FILE_NAME: _FILE_NAME,
        PROPERTIES: f"{_PROPERTIES}{more}",
        HEADER: header,
        MARK: mark,
        DIGEST: digest,
    }


DEFAULTS: Final[Mapping[str, Mapping[str, str]]] = {  # of the presets, by the names of files
    "obsidian": _templates(_HEADER, _MARK, _DIGEST, _ALIASES),
    "logseq": _templates(_LOGSEQ_HEADER, _LOGSEQ_MARK, _LOGSEQ_DIGEST),
    "org": _templates(_ORG_HEADER, _ORG_MARK, _ORG_DIGEST),
    "plain": _templates(_PLAIN_HEADER, _PLAIN_MARK, _PLAIN_DIGEST),
}
