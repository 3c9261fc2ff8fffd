"""Notes on whose opinion an article is, and where it was first published."""

from annotator.extract.residue.family import Family, LinePattern, Policy

FAMILY = Family(
    name="disclaimer",
    reason="Opinion or republication note.",
    policy=Policy(),
    lines=(
        LinePattern(
            "own-opinion",
            {
                "en": r"""
                    (?:all )?(?:views|opinions)(?:,? (?:and|or) (?:views|
                      opinions))?(?: expressed)?(?: are|:) (?:strictly |solely |purely |
                      entirely )?(?:personal|(?:my|his|her|their|the (?:author|writer)'?s'?) own)
                    this (?:article|story|post|piece|essay|column|op-ed|
                      interview) (?:was )?(?:originally|first) (?:appeared|published|posted|ran|
                      featured) (?:on|in|at|by|as) .{1,60}
                    \(?(?:with )?inputs from .{1,40}
                """,
                "de": r"dieser (?:text|artikel|beitrag) (?:ist |erschien |wurde )zuerst .{1,60}",
                "fr": r"""
                    (?:cet article|ce texte) (?:est (?:initialement )?paru|a (?:d'abord |
                      initialement )?été publié) .{1,60}
                """,
                "es": r"""
                    este (?:artículo|texto) (?:se publicó|fue publicado) (?:originalmente|
                      primero) .{1,60}
                """,
                "it": r"questo articolo è (?:apparso|stato pubblicato) originariamente .{1,60}",
                "zh": r"""
                    (?:本文|文章|该文|此文|该文观点|以上)(?:内容|內容|观点|觀點|言论)?(?:仅|僅|
                      只)代表.{1,40}
                """,
                "ja": r"(?:観点|見解)は(?:筆者|著者|個人).{0,30}",
                "fi": r"(?:kirjoittajan|kirjoituksen) mielipite\w+\b.{0,80}",
                "cs": r"""
                    (?:názory|názor) autor\w*\b.{0,20}\b(?:nemusí|nemusejí|se nemusí)\b.{0,80}
                """,
                "hu": r"""
                    (?:a|az) (?:cikkben|írásban) (?:szereplő|megjelent|
                      kifejtett)\b.{0,60}\bvélemény\w*\b.{0,80}
                """,
                "ro": r"opiniile exprimate\b.{0,60}\baparțin\b.{0,60}",
                "tr": r"(?:bu )?(?:yazıda|makalede)\b.{0,40}\b(?:görüşler|yazarına)\b.{0,80}",
                "uk": r"""
                    (?:думка|погляди) (?:автора|редакції)\b.{0,40}\b(?:не збіга\w+|
                      збігатися)\b.{0,60}
                """,
                "sv da nb": r"""
                    (?:det här|detta|dette) er? ?(?:är )?(?:en|ett|et) (?:åsiktstext|
                      debattartikel|insändare|debatindlæg|debattinnlegg|meningsytring|ledare|
                      krönika|kommentar|debattinlägg|læserbrev|opinionstext|leder|
                      kronikk)\b.{0,140}
                    (?:åsikterna|holdningerne|meningene|meninger i (?:teksten|
                      artikkelen))\b.{0,60}\b(?:egna|egne|regning|skribent\w*|
                      forfatter\w*)\b.{0,60}
                """,
            },
            is_exact=True,
        ),
    ),
)
