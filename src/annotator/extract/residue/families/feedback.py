"""What asks readers to rate the page, and thanks them."""

from annotator.extract.residue.family import Family, boxes, exact

_YES_NO = (
    r"(?:yes|no|ja|nein|oui|non|sí|si|sì|sim|não|nee|tak|nie|да|нет|ναι|όχι|nej|nei|ano|igen|nem|"
    r"はい|いいえ|是|否|有|没有)"
)

FAMILY = Family(
    "feedback",
    (
        exact(
            "rating",
            "It asks what you think of the page.",
            rf"{_YES_NO} ?[/|·] ?{_YES_NO}|(?:yes no|ja nein|oui non|sí no|si no|sì no|sim não|"
            rf"ja nee|"
            r"tak nie|да нет|ναι όχι|ja nej|ja nei|ano ne|igen nem|はい いいえ|是 否)",
            r"(?:0|1|2|3|4|5)(?:[.,]\d{1,2})? ?(?:/|out of|von|sur|de|su|van|z|"
            r"из) ?5(?: (?:stars?|sternen?|"
            r"étoiles|estrellas|stelle|estrelas|sterren))? ?[-–—:,|(]* ?\d[\d.,]* ?(?:votes?|"
            r"ratings?|"
            r"reviews?|stimmen|bewertungen|avis|votos|voti|stemmen|głos\w*|голос\w*|оцен\w*|"
            r"hlas\w*|"
            r"szavazat)\)?",
            r"(?:average rating|average|average score|durchschnittliche bewertung|note moyenne|"
            r"valoración media|voto medio|średnia ocena|средняя оценка|votes?, average)[: ]*[0-5]"
            r"(?:[.,]\d{1,2})? ?(?:/|out of|von|sur|de|su|z|из) ?5\b"
            r"(?:\W{0,4}(?:vote count|votes?|ratings?|reviews?|from|based on)\b.{0,40})?|"
            r"\d+ votes?, average.{0,40}|"
            r"(?:rating|rated|score|bewertung|note|puntuación|ocena|рейтинг|оценка)[: ]*[0-5]"
            r"(?:[.,]\d{1,2})? ?(?:/|out of|von|sur|de|su|z|из) ?5\b.{0,30}\b(?:votes?|ratings?|"
            r"reviews?|"
            r"stimmen|bewertungen|avis|votos|voti|głos\w*|голос\w*|оцен\w*)",
            r"\d[\d.,]* (?:people|persons?|users?|readers?|von \d+ personen) (?:have )?found this "
            r"(?:helpful|useful|article helpful|article useful|page helpful)",
            r"(?:cet article|cette page|ce contenu) vous a-t-(?:il|elle) (?:été utile|plu|aidée?)"
            r"\b.{0,20}|(?:avez-vous trouvé) (?:cet article|cette page) utile.{0,10}",
            # Swedish, Danish, Norwegian, Finnish, Czech, Hungarian, Romanian, Turkish …
            r"(?:var|er|oliko|byl|bylo|este|a fost|bu)\b.{0,16}\b(?:artik|siden|sidan|saken|juttu|"
            r"sivu|"
            r"článek|stránka|articol|yazı|haber)\w*\b.{0,16}\b(?:till hjälp|hjälpsam|användbar|"
            r"nyttig|"
            r"hjælpsom|til hjælp|hyödylli|užitečn|util|faydalı|yararlı)\w*(?: \w+)?\?|"
            r"bu (?:yazı|haber)\b.{0,16}\b(?:faydalı|yararlı) (?:oldu )?m[uüıi](?:ydu|ydi)?|"
            r"hasznos(?: volt)?\b.{0,8}\b(?:cikk|oldal|írás)\w*\?|kiitos (?:palautteesta|"
            r"arvostelusta)|"
            r"(?:tack|tak|takk|děkujeme|köszönjük) (?:för|for|za|az?)\b ?(?:din |ditt |dit |"
            r"vaše )?(?:hodnocení|értékelés\w*|visszajelzés\w*|feedback|tilbakemelding\w*|"
            r"tilbagemelding\w*|betyg|röst|stemme)|ohodnoťte (?:tento )?článek|"
            r"betygsätt (?:artikeln|den här artikeln)|이 기사가? 도움이 되었나요.{0,8}",
        ),
    ),
    names=boxes(
        r"(?:\w+-)?(?:star|post|article|page|kk-star)-?ratings?(?:-\w+)*",
        r"(?:rmp|yasr|wp-postratings|post-ratings|kksr|kk-star-ratings)(?:-\w+)*",
        r"(?:was-this-|article-|page-|content-)?(?:helpful|feedback)(?:-\w+){0,3}",
    ),
    names_reason="The page names it a form to rate it.",
)
