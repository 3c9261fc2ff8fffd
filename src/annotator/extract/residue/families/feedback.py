"""Questions about how readers like the page, and thanks for their ratings."""

from annotator.extract.residue.family import Family, LinePattern, Policy

FAMILY = Family(
    name="feedback",
    reason="Rating or feedback prompt.",
    policy=Policy(
        veto=True,
        merge_adjacent=True,
        ends_article=True,
    ),
    pieces={
        "YES_NO": r"""
            (?:yes|no|ja|nein|oui|non|sí|si|sì|sim|não|nee|tak|nie|да|нет|ναι|όχι|nej|nei|ano|
              igen|nem|はい|いいえ|是|否|有|没有)
        """,
    },
    lines=(
        LinePattern(
            "rating",
            {
                "en": r"""
                    \d[\d.,]* (?:people|persons?|users?|readers?|
                      von \d+ personen) (?:have )?found this (?:helpful|useful|article helpful|
                      article useful|page helpful)
                    \d+ votes?, average.{0,40}
                """,
                "fr": r"""
                    (?:cet article|cette page|ce contenu) vous a-t-(?:il|elle) (?:été utile|plu|
                      aidée?)\b.{0,20}
                    (?:avez-vous trouvé) (?:cet article|cette page) utile.{0,10}
                """,
                "sv": r"betygsätt (?:artikeln|den här artikeln)",
                "fi": r"kiitos (?:palautteesta|arvostelusta)",
                "cs": r"ohodnoťte (?:tento )?článek",
                "hu": r"hasznos(?: volt)?\b.{0,8}\b(?:cikk|oldal|írás)\w*\?",
                "tr": r"""
                    bu (?:yazı|haber)\b.{0,16}\b(?:faydalı|yararlı) (?:oldu )?m[uüıi](?:ydu|ydi)?
                """,
                "ko": r"이 기사가? 도움이 되었나요.{0,8}",
                "any": r"""
                    (?:0|1|2|3|4|5)(?:[.,]\d{1,2})? ?(?:/|out of|von|sur|de|su|van|z|
                      из) ?5(?: (?:stars?|sternen?|étoiles|estrellas|stelle|estrelas|
                      sterren))? ?[-–—:,|(]* ?\d[\d.,]* ?(?:votes?|ratings?|reviews?|stimmen|
                      bewertungen|avis|votos|voti|stemmen|głos\w*|голос\w*|оцен\w*|hlas\w*|
                      szavazat)\)?
                    (?:average rating|average|average score|durchschnittliche bewertung|
                      note moyenne|valoración media|voto medio|średnia ocena|средняя оценка|
                      votes?, average)[: ]*[0-5](?:[.,]\d{1,2})? ?(?:/|out of|von|sur|de|su|z|
                      из) ?5\b(?:\W{0,4}(?:vote count|votes?|ratings?|reviews?|from|
                      based on)\b.{0,40})?
                    (?:rating|rated|score|bewertung|note|puntuación|ocena|рейтинг|
                      оценка)[: ]*[0-5](?:[.,]\d{1,2})? ?(?:/|out of|von|sur|de|su|z|
                      из) ?5\b.{0,30}\b(?:votes?|ratings?|reviews?|stimmen|bewertungen|avis|votos|
                      voti|głos\w*|голос\w*|оцен\w*)
                    (?:var|er|oliko|byl|bylo|este|a fost|bu)\b.{0,16}\b(?:artik|siden|sidan|saken|
                      juttu|sivu|článek|stránka|articol|yazı|haber)\w*\b.{0,16}\b(?:till hjälp|
                      hjälpsam|användbar|nyttig|hjælpsom|til hjælp|hyödylli|užitečn|util|faydalı|
                      yararlı)\w*(?: \w+)?\?
                    (?:tack|tak|takk|děkujeme|köszönjük) (?:för|for|za|az?)\b ?(?:din |ditt |dit |
                      vaše )?(?:hodnocení|értékelés\w*|visszajelzés\w*|feedback|tilbakemelding\w*|
                      tilbagemelding\w*|betyg|röst|stemme)
                    {YES_NO} ?[/|·] ?{YES_NO}|yes no|ja nein|oui non|sí no|si no|sì no|sim não
                    ja nee|tak nie|да нет|ναι όχι|ja nej|ja nei|ano ne|igen nem|はい いいえ|是 否
                """,
            },
            is_exact=True,
        ),
    ),
    containers=r"""
        (?:\w+-)?(?:star|post|article|page|kk-star)-?ratings?(?:-\w+)*
        (?:rmp|yasr|wp-postratings|post-ratings|kksr|kk-star-ratings)(?:-\w+)*
        (?:was-this-|article-|page-|content-)?(?:helpful|feedback)(?:-\w+){0,3}
    """,
    container_reason="Marked by the page as a rating or feedback form.",
)
