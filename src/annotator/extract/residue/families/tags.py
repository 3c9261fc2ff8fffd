"""Lists of the topics under which a site files an article."""

from annotator.extract.residue.family import Family, LinePattern, Policy

FAMILY = Family(
    name="tags",
    reason="Topic list.",
    policy=Policy(
        merge_adjacent=True,
        certain_in_lists=True,
        open_wording=True,
    ),
    pieces={
        "HEAD": r"""
            (?:tags?|topics?|filed under|filed in|categor(?:y|ies)|keywords?|schlagwörter|
              schlagworte|stichworte?|themen|posted in|published in|tagged(?: (?:with|in|
              as))?|labels?|etiquetas|mots-clés|kategorien?|thèmes|temas|tópicos|
              argomenti|trefwoorden|tagi|ετικέτες|теги|метки|рубрики|标签|關鍵字|关键词|
              タグ|キーワード|カテゴリー?|in this (?:article|story)|more about|sections?|
              rubrik|ressort)
        """,
        "TOPIC": r"[^,;.、，|·/•:：!?]{1,32}",
    },
    lines=(
        # A label and a list of short topics: no sentence of an article is like that.
        LinePattern(
            "list-of-tags",
            {
                "any": r"{HEAD}\s?[:：]\s?{TOPIC}(?:\s?[,;、，|·/•]\s?{TOPIC}){0,12}",
            },
            is_label=True,
        ),
        LinePattern(
            "tags",
            {
                "any": r"""
                    {HEAD}\s?[:：](?:\s?.{0,200})?
                    tags?|topics?|filed under|categories|keywords|schlagwörter|themen|tagged with
                    posted in|etiquetas|mots-clés|标签|タグ
                """,
            },
            place="margin",
            is_label=True,
        ),
        LinePattern(
            "hashtags",
            {
                "any": r"(?:#?[\w-]{2,40}[ ,]+)(?:#[\w-]{2,40}[ ,]*){1,20}",
            },
            is_label=True,
        ),
        LinePattern(
            "hashtag",
            {
                "any": r"#[\w-]{2,40}",
            },
            place="margin",
            is_label=True,
        ),
    ),
    containers=r"""
        (?:\w+-){0,2}tags?-?(?:list|links|cloud|container|wrapper|box|items?|block|section)?
        tag-?list\w*
        (?:post|entry)-?tags?
        (?:article|post|entry|story)-?(?:tags|topics|categories|keywords)(?:-\w+){0,2}
        cat-?links
        keywords?
        topics?-?(?:list|links)?
    """,
    container_reason="Marked by the page as a topic list.",
)
