"""Links that stand for the rest of a text: read more, show all."""

from annotator.extract.residue.family import Family, LinePattern

FAMILY = Family(
    name="read_more",
    reason="Link to the rest of the text.",
    lines=(
        LinePattern(
            "read-more",
            {
                "en": r"""
                    (?:click|tap|press) (?:here|to) (?:to )?(?:read|continue|expand|see|view|show|
                      open)\b.{0,30}
                    (?:expand|show|open|view) (?:the )?(?:full|whole|entire|
                      rest of the) (?:article|story|text|post)
                    keep reading|continue reading|read on|more…?
                """,
            },
            is_label=True,
        ),
    ),
    containers=r"""
        (?:show|view|load|expand|read|continue|keep)-?(?:more|full|all|reading)-?(?:btn|button|
          link|label|toggle|cta)(?:-\w+){0,2}
    """,
    container_reason="Marked by the page as a link to the rest of the text.",
    keywords={
        "en": """
            read the full, read full, read the rest, continue reading, keep reading, full article,
            entire article, whole article, read the article, read the story, click here,
            learn more, find out more, view full, view article, read this article,
            read this story, to read this, see the rest, rest of this, rest of it,
            full story here, from the archives
        """,
        "de": """
            weiterlesen, weiter lesen, mehr lesen, mehr anzeigen, mehr erfahren, ganzen artikel,
            vollständigen artikel, kompletten artikel, gesamten artikel, artikel lesen,
            hier klicken, zum artikel, zum vollständigen, zur ganzen, lesen sie weiter,
            lesen sie den, ganzen text, alle entwicklungen
        """,
        "fr": """
            lire la suite, lire plus, en savoir plus, voir plus, afficher plus, lire l article,
            l article complet, article complet, lire l intégralité, suite de l article,
            cliquez ici, poursuivre votre lecture, poursuivre la lecture, continuer la lecture,
            continuer à lire, découvrir la suite, se poursuit après
        """,
        "es": """
            leer más, ver más, seguir leyendo, continuar leyendo, leer artículo, leer el artículo,
            artículo completo, leer completo, leer la noticia, noticia completa, mostrar más,
            haz clic, clic aquí, pincha aquí, sigue leyendo, continuar la lectura
        """,
        "it": """
            leggi tutto, leggi di più, continua a leggere, continua la lettura,
            continuare a leggere, mostra altro, mostra di più, vedi altro, scopri di più,
            articolo completo, leggi l articolo, leggi la notizia, clicca qui, articolo intero
        """,
        "pt": """
            ler mais, ver mais, continuar lendo, continuar a ler, continue lendo, continue a ler,
            ler artigo, ler o artigo, artigo completo, texto completo, matéria completa,
            mostrar mais, clique aqui, leia a íntegra, leia o texto, ler tudo, seguir lendo
        """,
        "nl": """
            verder lezen, lees verder, hele artikel, volledige artikel, lees het hele,
            lees artikel, toon meer, meer tonen, meer weergeven, klik hier, lees het volledige,
            meer informatie
        """,
        "pl": """
            czytaj więcej, czytaj dalej, czytać dalej, przeczytaj cały, cały artykuł,
            pełny artykuł, pełna wersja, pokaż więcej, zobacz więcej, dowiedz się więcej, rozwiń,
            kliknij
        """,
        "el": """
            διαβάστε περισσότερα, διαβάστε ολόκληρο, διαβάστε τη συνέχεια, δείτε περισσότερα,
            ολόκληρο το άρθρο, πατήστε εδώ, κάντε κλικ, συνέχεια ανάγνωσης
        """,
        "ru": """
            читать далее, читать дальше, читать полностью, читать ещё, читать еще, подробнее,
            показать ещё, показать еще, развернуть, полный текст, статью полностью, узнать больше,
            продолжить чтение
        """,
        "zh": """
            阅读更多, 閱讀更多, 继续阅读, 繼續閱讀, 阅读全文, 閱讀全文, 展开全文, 展開全文,
            查看全文, 查看更多, 点击查看, 点击阅读, 阅读原文, 余下全文
        """,
        "ja": """
            続きを読む, もっと見る, もっと読む, 全文を読む, 記事の続き, さらに表示, 詳細を見る,
            続きはこちら
        """,
    },
    weak_keywords={
        "en": """
            show more, see more, view more, read on, full story, full text, whole story, click to,
            expand, rest of the, reading this, entry
        """,
        "de": "mehr dazu, alles lesen, hier lesen, geht weiter",
        "fr": "intégralité, la suite",
        "es": "saber más, más información",
        "pl": "dalsza część",
        "el": "περισσότερα, συνέχεια, ολόκληρο, ανάγνωση*",
        "ru": "продолжение, нажмите, дальше",
        "zh": "全文, 更多",
        "ja": "全文, 続き, 詳しくは",
    },
)
