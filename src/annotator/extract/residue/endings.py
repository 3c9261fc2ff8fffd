"""Remove what follows the end of an article: lists of links, author notes, the next article.

The end is the first heading such as "Related" or "Comments" that has most of
the prose before it and little after it. If a heading such as "References"
follows, or links and then more prose in the container of the text, the article
goes on, and nothing ends there.

An endless page loads the next article below the first. That has a headline of its
own, marked as the title of the page is, in a container like that of the first
article and outside of it. Sections of one article can have such headings, too,
but share an `article` element.
"""

import re

from annotator.extract.choice.density import is_prose
from annotator.extract.families import compile_patterns, hit_of_line, line_of, policy_of
from annotator.extract.metadata.titles import is_same
from annotator.extract.passages import ArticleDraft, Passage, Region, Rule

TAIL_FROM = 0.55  # share of the text before a heading that can end an article
TAIL_PROSE = 0.25  # most of the prose that can follow it and be removed
LAST = 4  # passages at the end that can be an author note
LONGEST_AUTHOR_NOTE = 700
LINK = 0.8

AFTER_THE_END = Rule("related", "after-the-end", "After the heading that ends the article.")
_LINKS = Rule("related", "list-of-links", "List of links after the end.")
_HEADING = Rule("related", "heading-of-nothing", "Heading with nothing under it.")
_AUTHOR_NOTE = Rule("author", "biography", "Author note.")

_END_HEADINGS = {
    "en": r"""
        (?:related|recommended|similar|more|other|latest|popular|trending|most read|most popular|
          further)(?: (?:articles?|stories|posts?|news|content|reading|topics|links?|videos?|
          coverage|reads|from .{1,40}|on .{1,40}|in .{1,24}|like this|for you))*
        you (?:may|might|could)(?: also)? (?:like|enjoy|be interested in)\b.{0,30}
        read (?:more|next|also)|up next|see also|what to read next|don't miss.{0,30}
        about (?:the )?authors?|share this.{0,30}|sign up .{0,60}|subscribe .{0,60}
        leave a (?:comment|reply)|join the (?:conversation|discussion)|(?:our |the )?newsletters?
    """,
    "de": r"""
        mehr zum thema.{0,40}|das könnte .{0,50}|auch interessant|lesen sie auch|passend zum thema
        weitere (?:artikel|themen|meldungen|beiträge|nachrichten)\b.{0,40}|meistgelesen.{0,20}
        ähnliche (?:artikel|beiträge|themen|produkte)|verwandte (?:artikel|themen|beiträge)
        über (?:den|die) autor\w*|zum autor
    """,
    "fr": r"""
        à lire aussi|sur le même (?:sujet|thème)|les plus lus|à propos de l'auteur\w*
        articles? (?:similaires?|liés|connexes|récents)
    """,
    "es": r"""
        te puede interesar|lo más (?:leído|visto)|más (?:noticias|sobre .{1,40}|en .{1,30})
        (?:noticias|artículos|contenido) relacionad[oa]s?|relacionad[oa]s
    """,
    "it": "leggi anche|articoli correlati|potrebbe(?:ro)? interessarti",
    "pt": r"""
        leia (?:mais|também)|veja também|mais lidas
        (?:artigos|notícias|matérias|posts) relacionad[oa]s
    """,
    "nl": "lees ook|gerelateerd.{0,24}|meer .{1,30}",
    "pl": "czytaj (?:też|także|więcej)|zobacz (?:też|także)|polecamy|powiązane.{0,20}",
    "el": "διαβάστε (?:επίσης|ακόμα)|σχετικά άρθρα",
    "ru": "читайте также|похожие .{0,20}|по теме",
    "zh": "相关(?:阅读|文章|新闻|推荐)|推荐阅读|延伸阅读",
    "ja": "関連(?:記事|ニュース|リンク)|あわせて読みたい|おすすめ記事|人気記事",
}
_SOURCE_HEADINGS = {
    "en": r"""
        (?:notes and )?references|(?:foot|end)?notes|external links|bibliography|works cited
    """,
    "de": "einzelnachweise|weblinks|anmerkungen|literatur",
    "fr": "notes et références|références|liens externes|bibliographie",
    "es": "referencias|enlaces externos|bibliografía",
    "it": "note|collegamenti esterni|bibliografia",
    "pt": "referências|ligações externas",
    "nl": "bronnen|externe links|voetnoten",
    "pl": "przypisy|linki zewnętrzne",
    "el": "παραπομπές|εξωτερικοί σύνδεσμοι",
    "ru": "примечания|литература|ссылки",
    "zh": "参考文献|参考资料|外部链接|注释",
    "ja": "脚注|外部リンク|出典",
}
_ENDS_ARTICLE = compile_patterns(_END_HEADINGS.values())
_OPENS_SOURCES = compile_patterns(_SOURCE_HEADINGS.values())
_JOB = (
    r"(?:writer|reporter|editor|journalist|author|correspondent|freelancer?|professor|"
    r"contributor|columnist|founder|director|critic|fellow|producer|blogger|photographer|"
    r"researcher|lecturer|analyst|novelist|historian|scholar|scientist|lawyer|consultant|"
    r"redakteur(?:in)?|autor(?:in)?|verfasser(?:in)?|korrespondent(?:in)?|journalistin|"  # German
    r"journaliste|periodista|redactor(?:a)?|corresponsal|colaborador(?:a)?|"  # French, Spanish
    r"giornalista|corrispondente|jornalista|redacteur|journaliste?|verslaggever|"  # Italian …
    r"dziennikar[zk]\w*|redaktor(?:ka)?|δημοσιογράφος|συντάκτ\w+|"  # Polish, Greek
    r"журналист(?:ка)?|корреспондент(?:ка)?|обозреватель|редактор)"
)
_IS_SOMEBODY = re.compile(
    r"(?:is|ist|est|es|é|è|jest|είναι|[—–-]) "
    r"(?:(?:a|an|the|our|one of|currently|now|ein|eine|un|une|una|um|uma)\b[^.]{0,80}\b|"
    rf"(?:\w+ ){{1,2}})?{_JOB}s?\b|schreibt (?:seit|für|über)\b",
    re.IGNORECASE,
)
_WORKS = re.compile(
    r"(?:is|was|writes|covers|reports|has (?:been|written|covered|worked)|joined|lives in|works|"
    r"teaches|schreibt|berichtet|arbeitet|ist|est|es|é|è)\b",
    re.IGNORECASE,
)
_AUTHOR_IS = re.compile(
    r"(?:the (?:author|writer)|der (?:autor|verfasser)|die (?:autorin|verfasserin)|"
    r"l['’]aut(?:eur|rice|ore)|(?:el|la|o|a) autora?|de auteur|autor(?:ka)?|автор) "
    r"(?:is|ist|est|es|é|è|jest|[—–-]) ",
    re.IGNORECASE,
)
# Whoever a pronoun stands for was named in the text before.
_PRONOUN = re.compile(
    r"(?:he|she|they|it|er|sie|es|ils?|elles?|lui|lei|el[ea]|él|ella|hij|zij|ze|on[ai]?|он[аи]?)\b",
    re.IGNORECASE,
)
_NAME_FIRST = re.compile(r"^[^\w]{0,3}(?:[A-ZÀ-ÝŁŚŻА-Я][\w.’'-]+ ){1,4}")

LEAST_TEXT = 200  # characters of prose in the first article
LEAST_PARAGRAPHS = 2  # in the container of an article

NEXT_ARTICLE = Rule("related", "next-article", "Part of another article that follows.")


def remove_endings(draft: ArticleDraft) -> None:
    """Give a verdict on what follows the end of the article."""
    _cut_tail(draft)
    _remove_author_notes(draft)
    _remove_last_links(draft)


def _cut_tail(draft: ArticleDraft) -> None:
    """Remove what follows a heading such as "Related" if there is little prose after it."""
    visible = [p for p in draft.passages if p.is_kept or _is_ending(p.verdict)]
    lengths = [len(p.text) if is_prose(p) else 0 for p in visible]
    total, before = sum(lengths), 0
    for index, passage in enumerate(visible):
        is_late = before >= TAIL_FROM * total > 0
        if (
            is_late
            and _ends_article(passage)
            and total - before - lengths[index] <= TAIL_PROSE * total
        ):
            followers = visible[index + 1 :]
            if any(map(_opens_sources, followers)):
                continue
            if _goes_on(draft, passage):
                passage.verdict = passage.verdict or _HEADING
                continue
            for follower in followers:
                follower.verdict = follower.verdict or AFTER_THE_END
            return
        before += lengths[index]


def _is_ending(verdict: Rule | None) -> bool:
    if verdict is None or verdict.name.startswith("box-"):
        return False
    return policy_of(verdict.step).ends_article


def _ends_article(passage: Passage) -> bool:
    if passage.block.kind != "heading" and not _is_bold(passage):
        return False
    line = line_of(passage.text)
    hit = hit_of_line(line)
    is_after = hit is not None and policy_of(hit.rule.step).follows_article
    return is_after or _ENDS_ARTICLE.fullmatch(line) is not None


def _goes_on(draft: ArticleDraft, heading: Passage) -> bool:
    """Return whether the text goes on in its own container below what is under a heading.

    Then the heading is that of a box in the text, such as "Read more" above a link.
    Prose right under a heading belongs to it.
    """
    at = draft.passages.index(heading)
    under = draft.passages[at + 1 : at + 2]
    if not under or is_prose(under[0]):
        return False
    columns = {_column(p) for p in draft.passages[:at] if p.is_kept and is_prose(p)} - {-1}
    return any(
        p.is_kept and is_prose(p) and _column(p) in columns for p in draft.passages[at + 2 :]
    )


def _column(passage: Passage) -> int:
    """Return the index of the container around the element of a passage, -1 without one."""
    return passage.region.parent.index if passage.region.parent else -1


def _opens_sources(passage: Passage) -> bool:
    """Return whether a heading opens the sources of a text, as in an encyclopedia."""
    is_heading = passage.is_kept and passage.block.kind == "heading"
    return is_heading and _OPENS_SOURCES.fullmatch(line_of(passage.text)) is not None


def _is_bold(passage: Passage) -> bool:
    bold = sum(len(mark.span) for mark in passage.block.marks if mark.kind == "strong")
    return passage.block.kind == "paragraph" and bold >= len(passage.text) - 1 > 0


def _remove_author_notes(draft: ArticleDraft) -> None:
    kept = draft.kept
    for passage in kept[max(1, len(kept) - LAST) :]:
        if passage.block.kind in {"paragraph", "quote"} and is_author_note(
            passage.text, draft.byline
        ):
            passage.verdict = _AUTHOR_NOTE


def is_author_note(text: str, byline: tuple[str, ...]) -> bool:
    """Return whether a text at the end says who its author is."""
    if len(text) > LONGEST_AUTHOR_NOTE:
        return False
    start = text.lstrip("—–-*• ")
    if any(start.startswith(name) and _WORKS.search(start[:250]) for name in byline if name):
        return True
    if _AUTHOR_IS.match(text):
        return True
    name = _NAME_FIRST.match(text)
    if name is None or _PRONOUN.match(start):
        return False
    behind = range(name.end() + 2)
    return any(_IS_SOMEBODY.match(text[:250], at) for at in behind)


def _remove_last_links(draft: ArticleDraft) -> None:
    """Remove what is left after the last sentence: links and headings."""
    kept = draft.kept
    while len(kept) > 1:
        passage = kept.pop()
        if passage.block.kind == "heading":
            passage.verdict = _HEADING
        elif passage.block.kind in {"paragraph", "list_item"} and passage.link_density > LINK:
            passage.verdict = _LINKS
        elif passage.block.kind != "rule":
            return


def remove_next_articles(draft: ArticleDraft) -> None:
    """Give a verdict on the kept passages of the articles that follow the first."""
    headings = [p for p in draft.passages if p.block.kind == "heading" and not p.region.hidden]
    titles = (p for p in headings if is_same(p.text, draft.title))
    title = min(titles, key=lambda heading: heading.block.level, default=None)
    first = _container(title) if title is not None else None
    if title is None or first is None or first.prose < LEAST_TEXT:
        return
    others = {
        container.index
        for heading in headings[headings.index(title) + 1 :]
        if _is_headline(heading, title, draft.title)
        and (container := _container(heading)) is not None
        and _is_beside(container, first)
    }
    for passage in draft.passages if others else ():
        if passage.is_kept and any(region.index in others for region in passage.region.chain()):
            passage.verdict = NEXT_ARTICLE


def _container(heading: Passage) -> Region | None:
    """Return the smallest region around a heading that has the text of an article."""
    chain = heading.region.chain()
    return next((region for region in chain if region.paragraphs >= LEAST_PARAGRAPHS), None)


def _is_headline(heading: Passage, title: Passage, name: str) -> bool:
    """Return whether a heading is another headline, by its level and names."""
    is_alike = heading.block.level == title.block.level and heading.region.tag == title.region.tag
    is_named = title.block.level == 1 or heading.region.names == title.region.names != ""
    return is_alike and is_named and not is_same(heading.text, name)


def _is_beside(container: Region, first: Region) -> bool:
    """Return whether a container is like that of the first article, and none is in the other."""
    if container.tag != first.tag or container.parent is None:
        return False
    is_named_alike = not set(container.names.split()).isdisjoint(first.names.split())
    if container.tag != "article" and not is_named_alike:
        return False
    inner = {region.index for region in first.chain()}
    outer = [region for region in container.chain() if region.index in inner]
    is_apart = first not in outer and container not in outer
    are_sections = container.tag != "article" and any(region.tag == "article" for region in outer)
    return is_apart and not are_sections
