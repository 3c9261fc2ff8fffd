"""Counters of free articles on a metered site."""

from annotator.extract.residue.family import Family, LinePattern, Policy

FAMILY = Family(
    name="meter",
    reason="Free-article counter.",
    policy=Policy(
        veto=True,
        trusted_container=True,
        counts_things=True,
    ),
    pieces={
        "SHARE": r"\d{1,2}(?:[.,]\d{1,2})?\s?(?:%|per ?cent|prozent|procent)",
        "OF_IT": r"""
            (?:(?:of|de|del|van|aus) )?(?:this|the|dieses|diesem|des|vom|cet|este|di questo|do|
              deste|desta|dit|het|tego|του|αυτού του|этой|данной)? ?(?:l'|dell')?(?:article|story|
              post|text|piece|artikels?|textes|beitrags?|artículo|texto|reportaje|articolo|artigo|
              matéria|reportagem|verhaal|artykułu|tekstu|άρθρου|κειμένου|статьи|текста|
              материала)\b.{0,90}
        """,
        "NUMBER": r"""
            (?:\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|no|zero|(?:your |
              the )?(?:last|final|only)(?: one| two)?|all(?: of)?(?: your| \d+)?)
        """,
        "THING": r"""
            (?:free |complimentary |monthly |premium |more |gift |guest )*(?:articles?|stories|
              story|reads?|views?|posts?|pieces?)
        """,
    },
    lines=(
        LinePattern(
            "share-left",
            {
                "en": r"""
                    you(?:'ve| have)(?: now| only| just)? read (?:the first )?{SHARE} {OF_IT}
                    (?:read|unlock|see) the (?:remaining|other|last) {SHARE} {OF_IT}
                    (?:(?:there is|you have).{0,10} )?{SHARE} {OF_IT}(?:(?<= left)|(?<=remaining))
                    (?:(?:there is|you have).{0,10} )?{SHARE} {OF_IT}(?<=left to read)
                """,
                "de": r"""
                    (?:sie haben|du hast) (?:bisher |erst )?{SHARE} {OF_IT}gelesen\b.{0,80}
                    (?:noch|es (?:verbleiben|fehlen)|ihnen fehlen) {SHARE} {OF_IT}(?<=lesen)
                """,
                "fr": r"""
                    (?:.{0,60}\W)?il (?:vous |te )?(?:en )?reste {SHARE} à (?:lire|découvrir).{0,80}
                    (?:il (?:vous |te )?reste|vous avez lu) {SHARE} {OF_IT}
                """,
                "es": r"""
                    (?:te|le|les) quedan? (?:el |un )?{SHARE} (?:por leer\b.{0,80}|{OF_IT})
                    (?:has|ha) leído (?:el |un )?{SHARE} {OF_IT}
                """,
                "it": r"""
                    (?:ti|vi|le) rest(?:a|ano)(?: da leggere)? (?:il )?{SHARE} {OF_IT}
                    (?:hai|ha) letto (?:il )?{SHARE} {OF_IT}
                """,
                "pt": r"""
                    (?:faltam?|restam?|ainda tem)(?:-lhe)? {SHARE} {OF_IT}(?:(?<=ler)|(?<=leitura))
                    você (?:já )?leu {SHARE} {OF_IT}
                """,
                "nl": r"""
                    (?:je|u) (?:hebt|heeft|heb)(?: nog)? {SHARE} {OF_IT}
                    (?:er rest )?(?:je |u )?nog {SHARE} {OF_IT}te lezen\b.{0,80}
                """,
                "pl": r"""
                    (?:do przeczytania )?(?:pozostał[oay]?|przeczytał[ae]ś) {SHARE} {OF_IT}
                """,
                "el": r"(?:(?:σας )?απομέν(?:ει|ουν)|έχετε διαβάσει) (?:το )?{SHARE} {OF_IT}",
                "ru": r"""
                    (?:вам )?остал(?:ось|ся)(?: прочитать| дочитать)? {SHARE} {OF_IT}
                    вы прочитали {SHARE} {OF_IT}
                """,
                "zh": r"""
                    .{0,12}(?:剩余|剩餘|剩下|还有|還有|还剩|還剩|余下)约?{SHARE}.{0,2}(?:内容|內容|文章).{0,24}
                    (?:您|你)?已(?:阅读|閱讀|读|讀).{0,6}{SHARE}.{0,16}
                """,
                "ja": r"(?:この記事の|本文の)?残り\s?{SHARE}(?:を読む|は(?:有料|会員).{0,16})?",
            },
            reason="Says how much of the article is behind a wall.",
            place="always",
            is_exact=True,
        ),
        LinePattern(
            "articles-left",
            {
                "en": r"""
                    (?:.{0,40}\b)?(?:you(?:'ve| have)?|there (?:is|are)|only|just|that's|
                      this is)\b.{0,30}\b{NUMBER} {THING}(?: are| is)? (?:left|remaining|remain|
                      to go)\b.{0,60}
                    {NUMBER} (?:of {NUMBER} )?{THING}(?: are| is)? (?:left|remaining|
                      remain)\b.{0,60}
                    {THING} (?:left|remaining|read)\s?:?\s?\d{1,2}(?: ?(?:/|of) ?\d{1,2})?
                    you(?:'ve| have)(?: now)? (?:read|used|viewed|reached|hit|had|finished|
                      run out of|exhausted)\b(?=.{0,30}\b(?:\d+|your|all|last|free|limit|one|
                      any)\b).{0,40}\b{THING}\b.{0,80}
                    you(?:'ve| have| are)(?: now)? (?:reached|hit|used up|exceeded|at|
                      near(?:ing)?|over|out of)\b.{0,40}\b(?:limit|free (?:articles?|stories|
                      reads?|views?))\b.{0,80}
                    (?:this is |that was |it's )?(?:your|the) (?:\w+ ){0,2}(?:free|
                      complimentary) (?:articles?|story|stories|reads?|views?)\b.{0,60}
                    (?:article|story|read) \d{1,2} (?:of|/) \d{1,2}(?: {THING})?\b.{0,40}
                    \d{1,2} ?(?:/|of|out of) ?\d{1,2} free (?:articles?|stories|reads?)\b.{0,60}
                """,
                "de": r"""
                    (?:sie|du|ihnen|dir)\b.{0,30}\b(?:noch|nur noch|bereits|
                      schon)\b.{0,30}\bartikel\b.{0,50}
                    (?:nur )?noch \d{1,2} (?:\w+[ -])?(?:artikel|beiträge?)\b.{0,60}
                """,
                "fr": r"""
                    (?:il (?:ne )?vous reste|vous avez (?:lu|atteint|encore|
                      déjà))\b.{0,40}\b(?:articles?|limite)\b.{0,50}
                """,
                "es": r"""
                    (?:le|te|les) qued(?:a|an)\b.{0,20}\b(?:artículos?|notas?)\b.{0,40}
                    (?:has|ha) (?:leído|llegado|alcanzado|superado)\b.{0,40}\b(?:artículos?|
                      límite|notas?)\b.{0,50}
                """,
                "it": r"""
                    (?:hai|ti restano|ti rimangono|ti resta|
                      ti rimane)\b.{0,30}\b(?:ancora )?.{0,12}\barticol[oi]\b.{0,40}
                """,
                "pt": r"""
                    (?:você (?:tem|leu|atingiu|ainda tem)|restam|resta)\b.{0,40}\b(?:artigos?|
                      matérias?|limite|textos?)\b.{0,50}
                """,
                "nl": r"""
                    (?:u|je|jij) (?:heeft|hebt|kunt|kan)\b.{0,30}\b(?:nog|
                      al)\b.{0,20}\bartikel(?:en|s)?\b.{0,40}
                    nog \d{1,2} (?:gratis )?artikel(?:en|s)?\b.{0,30}
                """,
                "pl": r"""
                    (?:pozosta(?:ł|ło|ły)|zosta(?:ł|ło|ły))\b.{0,20}\b(?:\d{1,2}|jeden|
                      ostatni)\b.{0,20}\bartyku(?:ł|ły|łów)\b.{0,40}
                """,
                "el": r"(?:σας )?απομέν(?:ει|ουν)\b.{0,20}\bάρθρ(?:ο|α)\b.{0,40}",
                "ru": r"(?:у вас )?остал(?:ась|ось|ись)\b.{0,20}\bстат(?:ья|ьи|ей)\b.{0,40}",
                "zh": r".{0,12}(?:还可|還可|剩余|剩餘|还剩|還剩).{0,12}(?:篇|文章).{0,12}",
                "ja": r".{0,12}(?:残り|あと)\s?\d{1,2}\s?(?:本|記事|件).{0,12}",
                "sv da nb fi": r"""
                    (?:du har|sinulla on)\b.{0,20}\b\d{1,2}\b.{0,30}\b(?:artik|juttu)\w*\b.{0,50}
                """,
            },
            place="always",
        ),
    ),
    containers=r"""
        (?:article-)?meter(?:-\w+)*
        metered(?:-\w+)*
        meter-?(?:count|banner|bar)\w*
    """,
    container_reason="Marked by the page as a free-article counter.",
)
