"""Questions about how readers like the page, and thanks for their ratings."""

from annotator.extract.residue.family import Family, LinePattern, Policy

FAMILY = Family(
    name="feedback",
    reason="Rating or feedback prompt.",
    policy=Policy(
        veto=True,
        merge_adjacent=True,
        ends_article=True,
        edges_only=True,
        asks_reader=True,
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
    keywords={
        "en": """
            find this article useful, find this useful, find this helpful, article helpful,
            page helpful, article useful, helpful was this, useful was this, information helpful,
            information useful, click on a star, rate this article, rate this post,
            rate this page, rate this story, rate this, average rating, rating count, vote count,
            votes so far, thank you for rating, thanks for rating, thank you for voting,
            thanks for voting, for your feedback, for your vote, your rating, your feedback,
            share your feedback, give feedback, send feedback, improve this page,
            improve this article, found this helpful, found this useful, think of this article,
            think of this story, wasn t helpful, was it helpful, answer your question,
            was this answer, was this guide, was this useful, was this helpful,
            this article valuable, you like this article, like this article, you like this story,
            like this story, like this post, rate this recipe, votes average, enjoy this article,
            find this article, think of this, found this, was this article, did you find,
            did you like this, do you like this, total votes, this review helpful,
            this content helpful, no votes so far, did this page help, how did we do,
            how are we doing, this page help you, can improve this, average 0 0
        """,
        "de": """
            artikel hilfreich, beitrag hilfreich, seite hilfreich, artikel bewerten,
            beitrag bewerten, durchschnittliche bewertung, ihr feedback, dein feedback, feedback,
            von 0 sternen, von 0 sterne, für ihre bewertung, für deine bewertung, ihre bewertung,
            deine bewertung, stimmen abgegeben, waren diese informationen, war das hilfreich,
            artikel nützlich, beitrag nützlich, beitrag geholfen, artikel geholfen,
            ihnen dieser artikel, ihnen dieser beitrag, ihnen der artikel, dir der artikel,
            gefällt ihnen dieser, sie den artikel, sie den beitrag, war diese seite hilfreich,
            bewerten sie diesen, fanden sie den artikel, wie hilfreich, wie nützlich
        """,
        "fr": """
            cet article vous a, article utile, été utile, notez cet article, noter cet article,
            votre note, pour votre vote, votre avis nous, note moyenne, était il utile,
            est ce que cet, cet article utile, trouvé cet article, pensé de cet, article vous a,
            aimé cet article, page vous a t, vous a t elle, a t elle aidé, note à cet article,
            donnez une note, article vous a t, vous a t il
        """,
        "es": """
            resultado útil, sido útil, ha sido útil, valora este, valora esta, tu valoración,
            gracias por tu, por tu valoración, puntúa, califica este, califica esta,
            útil este artículo, útil esta información, gustado el artículo, gustado este artículo,
            gustado la noticia, puntúa este, fue útil esta, fue útil este, sirvió este artículo,
            te sirvió este, qué te ha parecido, ha parecido este artículo
        """,
        "it": """
            vota questo articolo, vota l articolo, valuta questo, grazie per il tuo, media voti,
            trovato utile, piaciuto l articolo, piaciuto questo articolo, utile questo articolo,
            trovato utile questo, ti è stato utile, è stato utile questo, dai un voto,
            un voto a questo, voto a questo articolo, come valuti, valuti questo articolo
        """,
        "pt": """
            artigo foi útil, foi útil para, útil para você, avalie este, avalie esta,
            pelo seu voto, pela sua avaliação, sua avaliação, gostou da matéria, achou este,
            achou esta, achou este artigo, gostou desta matéria, gostou do artigo, artigo útil,
            página foi útil, esta página foi, como avalia
        """,
        "nl": """
            vond je dit, vond u dit, dit artikel nuttig, artikel nuttig, was dit artikel,
            was deze pagina, beoordeel dit, je feedback, uw feedback, jouw feedback,
            vond u dit artikel, deze informatie nuttig, was deze informatie, was dit nuttig,
            hoe nuttig, hoe nuttig was, vind je van dit, vindt u van dit
        """,
        "pl": """
            był pomocny, była pomocna, było pomocne, artykuł był pomocny, oceń artykuł, oceń ten,
            twoja ocena, średnia ocena, za ocenę, za opinię, za twój głos, podobał ci się,
            ci się artykuł, ci się spodobał, artykuł ci się, oceniasz ten
        """,
        "el": "χρήσιμο αυτό το, φάνηκε χρήσιμο, για την αξιολόγησή",
        "ru": """
            была ли эта, статья полезна, статья полезной, помогла ли, за оценку, за отзыв,
            за ваш отзыв, оцените статью, оцените материал, средняя оценка, понравилась статья,
            ваша оценка, была ли статья, была ли полезна, статья была полезной, вам статья,
            вам понравилась, была полезна, была полезной, помогла ли вам
        """,
        "zh": """
            有幫助, 有用吗, 对您有帮助吗, 对你有帮助吗, 評分, 打分, 回饋, 点评, 对你有用, 对您有用
        """,
        "ja": """
            役に立ちましたか, 参考になりましたか, お役に立ちましたか, 役立ちましたか,
            参考になった, いいね, いかがでしたか
        """,
    },
    weak_keywords={
        "en": """
            rate it, no votes, your vote, rating, ratings, stars, votes, was this information,
            was this page, was this post, was this story, was this content, did this article,
            did this page, was it useful, let us know, vote for this post, feedback, helpful,
            help you
        """,
        "de": """
            hilfreich, nützlich, artikel gefallen, beitrag gefallen, bewerten sie, bewerte,
            bewertung, bewertungen, sterne, sternen, fandest du, wie gefällt, wie hat ihnen,
            wie hat dir, war dieser artikel, war dieser beitrag, war diese seite,
            war diese information, war dieser inhalt, geholfen, votes, wie fanden sie,
            wie fandest du, bewertest du, wie fanden sie den
        """,
        "fr": "vous a plu, évaluation, évaluer, votes, aidé, une note à",
        "es": "valorar, valoración, puntuación, votos, fue útil, te sirvió, te ha parecido",
        "it": """
            è stato utile, stato utile, ti è stato, vota, voti, valutazione, quanto ti è,
            cosa ne pensi di
        """,
        "pt": "foi útil, avaliação, avalie, votos, gostou desta, gostou deste, o que achou",
        "nl": """
            nuttig, behulpzaam, beoordeel, beoordeling, feedback, je stem, stemmen, gemiddelde,
            artikel interessant, wat vind je
        """,
        "pl": """
            pomocny, pomocne, przydatny, oceń, ocena, oceny, głosów, jak oceniasz, podoba ci się
        """,
        "el": "χρήσιμο, αξιολογήστε, αξιολόγηση, ψήφοι, βαθμολογ*",
        "ru": """
            полезна, полезной, полезно, оцените, оценка, оценок, рейтинг, голосов, ваш голос
        """,
        "zh": "有帮助, 有用, 评分, 投票, 反馈",
        "ja": "役に立, 評価, フィードバック, アンケート",
    },
)
