"""Whose opinion an article is, what it is not meant as, and where it stood first."""

from annotator.extract.residue.family import Family, exact

FAMILY = Family(
    "disclaimer",
    (
        exact(
            "own-opinion",
            "It says whose opinion the article is.",
            r"(?:all )?(?:views|opinions)(?:,? (?:and|or) (?:views|"
            r"opinions))?(?: expressed)?(?: are|:) "
            r"(?:strictly |solely |purely |entirely )?(?:personal|(?:my|his|her|their|"
            r"the (?:author|"
            r"writer)'?s'?) own)",
            r"(?:本文|文章|该文|此文|该文观点|以上)(?:内容|內容|观点|觀點|言论)?(?:仅|僅|只)代表.{1,40}|"
            r"(?:観点|見解)は(?:筆者|著者|個人).{0,30}",
            r"\(?(?:with )?inputs from .{1,40}|this (?:article|story|post|piece|essay|column|op-ed|"
            r"interview) (?:was )?(?:originally|first) (?:appeared|published|posted|ran|"
            r"featured) (?:on|"
            r"in|at|by|as) .{1,60}|dieser (?:text|artikel|beitrag) (?:ist |erschien |"
            r"wurde )zuerst .{1,60}|"
            r"(?:cet article|ce texte) (?:est (?:initialement )?paru|a (?:d'abord |"
            r"initialement )?été "
            r"publié) .{1,60}|este (?:artículo|texto) (?:se publicó|"
            r"fue publicado) (?:originalmente|"
            r"primero) .{1,60}|questo articolo è (?:apparso|stato pubblicato) originariamente "
            r".{1,60}",
            # Swedish, Danish, Norwegian, Finnish, Czech, Hungarian, Romanian, Turkish, Ukrainian
            r"(?:det här|detta|dette) er? ?(?:är )?(?:en|ett|et) (?:åsiktstext|debattartikel|"
            r"insändare|"
            r"debatindlæg|debattinnlegg|meningsytring|ledare|krönika|kommentar|debattinlägg|"
            r"læserbrev|"
            r"opinionstext|leder|kronikk)\b.{0,140}|(?:åsikterna|holdningerne|meningene|"
            r"meninger i (?:teksten|artikkelen))\b.{0,60}\b(?:egna|egne|regning|skribent\w*|"
            r"forfatter\w*)\b.{0,60}",
            r"(?:kirjoittajan|kirjoituksen) mielipite\w+\b.{0,80}|(?:názory|"
            r"názor) autor\w*\b.{0,20}"
            r"\b(?:nemusí|nemusejí|se nemusí)\b.{0,80}|(?:a|az) (?:cikkben|írásban) (?:szereplő|"
            r"megjelent|kifejtett)\b.{0,60}\bvélemény\w*\b.{0,80}|opiniile exprimate\b.{0,60}"
            r"\baparțin\b.{0,60}|(?:bu )?(?:yazıda|makalede)\b.{0,40}\b(?:görüşler|"
            r"yazarına)\b.{0,80}|"
            r"(?:думка|погляди) (?:автора|редакції)\b.{0,40}\b(?:не збіга\w+|збігатися)\b.{0,60}",
        ),
    ),
)
