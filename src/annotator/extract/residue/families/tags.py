"""Lists of the topics under which a site files an article."""

from annotator.extract.residue.family import Family, LinePattern, Policy

FAMILY = Family(
    name="tags",
    reason="Topic list.",
    policy=Policy(
        merge_adjacent=True,
        certain_in_lists=True,
        open_wording=True,
        heads_topics=True,
    ),
    lines=(
        LinePattern(
            "tags",
            {
                "any": r"""
                    (?:tags?|topics?|filed under|filed in|categor(?:y|ies)|keywords?|schlagwörter|
                      schlagworte|stichworte?|themen|posted in|published in|tagged(?: (?:with|in|
                      as))?|labels?|etiquetas|mots-clés|kategorien?|thèmes|temas|tópicos|
                      argomenti|trefwoorden|tagi|ετικέτες|теги|метки|рубрики|标签|關鍵字|关键词|
                      タグ|キーワード|カテゴリー?|in this (?:article|story)|more about|sections?|
                      rubrik|ressort)\s?[:：](?:\s?.{0,200})?
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
    keywords={
        "en": "filed under, filed in, posted in, hashtags, more on these topics",
        "de": "schlagwörter, schlagworte, stichwörter, stichworte, tags",
        "fr": "mots clés, tags, thèmes associés",
        "es": "etiquetas, tags, categorías, archivado en, palabras clave, publicado en",
        "it": "tags, categorie, parole chiave, etichette, pubblicato in, archiviato in",
        "pt": "tags, categorias, palavras chave, etiquetas, arquivado em, publicado em",
        "nl": "trefwoorden, tags, labels",
        "pl": "tagi, słowa kluczowe, etykiety",
        "el": "ετικέτες, ετικέτα, tags, λέξεις κλειδιά",
        "ru": "теги, тег, метки, ключевые слова",
        "zh": "标签, 標籤, 关键词, 關鍵詞, 关键字, 分類, 話題",
        "ja": "カテゴリー, カテゴリ, キーワード",
    },
    weak_keywords={
        "en": """
            tags, tagged, tag, topics, topic, categories, category, keywords, keyword, labels,
            subjects, subject
        """,
        "de": "kategorie*, themen, rubrik*, ressort",
        "fr": "étiquette*, thème, thèmes, thématique*, catégorie*, rubrique*, sujets",
        "es": "etiqueta, temas, tema, categoría",
        "it": "tag, argomenti, argomento, categoria",
        "pt": "tag, tópicos, temas, categoria, assuntos",
        "nl": "onderwerpen, onderwerp, categorie*, thema*, rubriek*",
        "pl": "tag, tematy, temat, kategori*",
        "el": "θέματα, θέμα, κατηγορί*",
        "ru": "темы, тема, рубрик*, категори*",
        "zh": "分类, 话题, 主题",
        "ja": "タグ, テーマ, ジャンル",
    },
)
