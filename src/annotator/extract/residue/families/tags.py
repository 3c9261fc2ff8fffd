"""Lists of subjects under which a site files an article."""

from annotator.extract.residue.family import Family, boxes, label

FAMILY = Family(
    "tags",
    (
        label(
            "tags",
            "It lists the subjects under which the site files the article.",
            r"(?:tags?|topics?|filed under|filed in|categor(?:y|ies)|keywords?|schlagwörter|"
            r"schlagworte|stichworte?|themen|posted in|published in|tagged(?: (?:with|in|"
            r"as))?|labels?|etiquetas|mots-clés|kategorien?|thèmes|temas|tópicos|argomenti|"
            r"trefwoorden|tagi|ετικέτες|теги|метки|рубрики|标签|關鍵字|关键词|タグ|"
            r"キーワード|カテゴリー?|"
            r"in this (?:article|story)|more about|sections?|rubrik|"
            r"ressort)\s?[:：](?:\s?.{0,200})?",
            r"(?:tags?|topics?|filed under|categories|keywords|schlagwörter|themen|"
            r"tagged with|posted in|etiquetas|mots-clés|标签|タグ)",
            place="margin",
        ),
        label(
            "hashtags",
            "It lists the subjects under which the site files the article.",
            r"(?:#?[\w-]{2,40}[ ,]+)(?:#[\w-]{2,40}[ ,]*){1,20}",
        ),
        label(
            "hashtag",
            "It lists the subjects under which the site files the article.",
            r"#[\w-]{2,40}",
            place="margin",
        ),
    ),
    names=boxes(
        r"(?:\w+-){0,2}tags?-?(?:list|links|cloud|container|wrapper|box|items?|block|section)?",
        r"tag-?list\w*",
        r"(?:post|entry)-?tags?",
        r"(?:article|post|entry|story)-?(?:tags|topics|categories|keywords)(?:-\w+){0,2}",
        r"cat-?links",
        r"keywords?",
        r"topics?-?(?:list|links)?",
    ),
    names_reason="The page names it a list of subjects.",
)
