"""Who wrote the article: biographies after its end, bylines before its beginning."""

from annotator.extract.residue.family import Family, boxes, exact, label, shape

_NAME = r"[^\W\d_][\w.'-]*(?: (?:[^\W\d_][\w.'-]*)){0,4}"
_JOB = (
    r"(?:writer|reporter|editor|journalist|author|correspondent|freelancer?|professor|"
    r"contributor|columnist|founder|director|critic|"
    r"fellow|producer|blogger|photographer|researcher|lecturer|analyst|novelist|historian|"
    r"staff|intern|scholar)"
)

FAMILY = Family(
    "author",
    (
        shape(
            "about-the-author",
            "It speaks of the author, not of the subject.",
            r"(?:meet|more about|follow|contact) (?:the |our )?(?:authors?|writers?|"
            r"reporters?|contributors?|blogger|columnist)\b.{0,60}",
            r"about (?:the |our )?(?:authors?|writers?|reporters?|contributors?|blogger|"
            r"columnist)(?:\s?[:|–—-].{0,60}|(?: \w+){0,3})",
            r"(?:more|all posts|all articles|articles|view (?:all )?(?:posts|articles|"
            r"profile)|posts|stories|read more|see more|more articles|more stories|"
            rf"other posts) (?:by|from|of) (?:this author|the author|{_NAME})",
            r"(?:e-?mail|contact|reach|write to|follow|tweet|message) (?:the )?(?:author|"
            r"reporter|writer|him|her|them|me|\w+(?: \w+)?) (?:at|on|via|@)\b ?.{0,140}",
            rf"{_NAME}.{{0,60}}\bcan be reached (?:at|on|by|via)\b.{{0,120}}|"
            r".{0,80}\b(?:follow|folgen sie|follow me) (?:him|her|them|me|ihm|ihr|"
            r"@?\w+)(?: \w+)? (?:on|auf|at) (?:twitter|instagram|facebook|x|linkedin|"
            r"bluesky|mastodon|threads)\b.{0,80}",
            r"(?:have|got|do you have|know|send) (?:a|an|any|us)?\s?(?:news )?(?:tips?|story|"
            r"question|news tip|story idea|information|suggestion|feedback|"
            r"correction)s?\b.{0,160}\b(?:e-?mail|contact|send|reach|let us|tell us|"
            r"get in touch|write|call|@|form)\b.{0,100}",
            r"(?:über (?:den|die) (?:autor\w*|verfasser\w*)|zur person|über den author|"
            r"zum autor|alle (?:artikel|beiträge) von .{1,40}|mehr (?:artikel |"
            r"beiträge )?von .{1,40}|à propos de l'auteur\w*|sobre (?:el|la|o|a|os|"
            r"los) autor\w*|acerca del autor|l'autore|informazioni sull'autore|"
            r"over de auteur|o autorze|об авторе|作者简介|關於作者|著者プロフィール|"
            r"この記事を書いた人|筆者紹介)(?:\s?[:|"
            r"–-] ?.{0,120})?",
            r"(?:by|from) the same author|du même auteur|ver todos los artículos de .{1,40}|"
            r"view profile|view bio|read bio|profile|see full bio|full bio|bio",
            place="margin",
        ),
        exact(
            "page-of-the-author",
            "It leads to what else the author wrote.",
            r"zur autor(?:en|innen)?-?seite|zum autor(?:en)?-?profil|(?:ver|leer) todos los "
            r"artículos de(?:l| la| este) autora?|voir tous (?:ses|les) articles\b.{0,30}|tutti "
            r"gli articoli (?:dell'autore|dell'autrice|di questo autore)|ver todos os (?:artigos|"
            r"textos) d[oa] autora?|alle (?:artikelen|artikel) van deze auteur",
        ),
        exact(
            "responsible-editor",
            "It names who edited the article.",
            r"(?:责任编辑|責任編輯|責任編集|责编|責編|编辑|編輯|编审|主编|值班编辑|校对|校對|审核|"
            r"监制|監製|編集|校正|校閲|編集担当)\s?[：:＝=/／]\s?[^。！？，,?]{1,24}",
        ),
        label(
            "byline",
            "It is the byline, which stands with the title.",
            r"(?:文|取材|構成|編集|聞き手|记者|記者|作者|编辑|責任編輯|责编|来源|"
            r"來源|기자)\s?"
            r"[＝=/／:：]\s?.{1,60}",
            r"(?:by|von|par|por|di|da|door|written by|posted by|story by|text by|words by|"
            r"reported by|author|autorin|autor|text|words|przez|автор|από|作者|記者|记者|"
            rf"文)[:：]?\s{_NAME}(?:(?:,| and| und| et| y| e| &| \|| /| ·| •| –| -|"
            r"\n) ?.{0,80})?",
            rf"(?:by|von|par|por) {_NAME},? .{{0,40}}\b{_JOB}\b.{{0,40}}",
            r"(?:associated press|the associated press|reuters|afp|agence france-presse|"
            r"bloomberg|dpa|ap|canadian press|the canadian press|press association|"
            r"press release|staff(?: writer| reporter| report)?|staff and agencies|agencies|"
            r"news agencies|editorial (?:team|board)|the editors|admin)",
            place="margin",
        ),
    ),
    names=boxes(
        r"(?:\w+-){0,2}author-?(?:bio\w*|box|info\w*|card|meta|details?|profile|description|"
        r"block|section|footer|about|blurb|image|avatar|wrap\w*|container|widget|area|links?|"
        r"social|data|desc|content|module)(?:-\w+){0,3}",
        r"about-?(?:the-)?author(?:-\w+){0,2}",
        r"(?:\w+-)?bio(?:graphy|s|-box|-block|-info|-text|-wrapper|-container)?",
        r"(?:\w+-){0,2}by-?line(?:s|-\w+){0,3}",
        r"autor-?(?:box|info|bio|profil)(?:-\w+)?",
        r"contributor-?(?:bio|info|card|box|details)\w*",
        r"post-?author(?:-\w+){0,2}",
        r"writer-?(?:bio|info|box)",
        r"abh(?:-\w+)+",
        r"saboxplugin\w*(?:-\w+)*",
        r"molongui(?:-\w+)*",
        r"m-a-box\w*(?:-\w+)*",
        r"author-name",
        r"authors?",
        r"vcard",
    ),
    names_reason="The page names it a note on the author.",
)
