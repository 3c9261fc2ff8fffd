"""Bylines before the text, author notes after it."""

from annotator.extract.residue.family import Family, LinePattern, Policy

FAMILY = Family(
    name="author",
    reason="Author note.",
    policy=Policy(
        trusted_container=True,
        ends_article=True,
        open_wording=True,
    ),
    pieces={
        "NAME": r"[^\W\d_][\w.'-]*(?: (?:[^\W\d_][\w.'-]*)){0,4}",
        "JOB": r"""
            (?:writer|reporter|editor|journalist|author|correspondent|freelancer?|professor|
              contributor|columnist|founder|director|critic|fellow|producer|blogger|photographer|
              researcher|lecturer|analyst|novelist|historian|staff|intern|scholar)
        """,
    },
    lines=(
        LinePattern(
            "about-the-author",
            {
                "en": r"""
                    (?:meet|more about|follow|contact) (?:the |our )?(?:authors?|writers?|
                      reporters?|contributors?|blogger|columnist)\b.{0,60}
                    about (?:the |our )?(?:authors?|writers?|reporters?|contributors?|blogger|
                      columnist)(?:\s?[:|–—-].{0,60}|(?: \w+){0,3})
                    (?:more|all posts|all articles|articles|view (?:all )?(?:posts|articles|
                      profile)|posts|stories|read more|see more|more articles|more stories|
                      other posts) (?:by|from|of) (?:this author|the author|{NAME})
                    (?:e-?mail|contact|reach|write to|follow|tweet|message) (?:the )?(?:author|
                      reporter|writer|him|her|them|me|\w+(?: \w+)?) (?:at|on|via|@)\b ?.{0,140}
                    {NAME}.{0,60}\bcan be reached (?:at|on|by|via)\b.{0,120}
                    (?:have|got|do you have|know|send) (?:a|an|any|us)?\s?(?:news )?(?:tips?|
                      story|question|news tip|story idea|information|suggestion|feedback|
                      correction)s?\b.{0,160}\b(?:e-?mail|contact|send|reach|let us|tell us|
                      get in touch|write|call|@|form)\b.{0,100}
                    (?:by|from) the same author|view profile|view bio|read bio|profile
                    see full bio|full bio|bio
                """,
                "fr": r"du même auteur",
                "es": r"ver todos los artículos de .{1,40}",
                "en de": r"""
                    .{0,80}\b(?:follow|folgen sie|follow me) (?:him|her|them|me|ihm|ihr|
                      @?\w+)(?: \w+)? (?:on|auf|at) (?:twitter|instagram|facebook|x|linkedin|
                      bluesky|mastodon|threads)\b.{0,80}
                """,
                "any": r"""
                    (?:über (?:den|die) (?:autor\w*|verfasser\w*)|zur person|über den author|
                      zum autor|alle (?:artikel|beiträge) von .{1,40}|mehr (?:artikel |
                      beiträge )?von .{1,40}|à propos de l'auteur\w*|sobre (?:el|la|o|a|os|
                      los) autor\w*|acerca del autor|l'autore|informazioni sull'autore|
                      over de auteur|o autorze|об авторе|作者简介|關於作者|著者プロフィール|
                      この記事を書いた人|筆者紹介)(?:\s?[:|–-] ?.{0,120})?
                """,
            },
            place="margin",
        ),
        LinePattern(
            "page-of-the-author",
            {
                "de": r"zur autor(?:en|innen)?-?seite|zum autor(?:en)?-?profil",
                "fr": r"voir tous (?:ses|les) articles\b.{0,30}",
                "es": r"(?:ver|leer) todos los artículos de(?:l| la| este) autora?",
                "it": r"tutti gli articoli (?:dell'autore|dell'autrice|di questo autore)",
                "pt": r"ver todos os (?:artigos|textos) d[oa] autora?",
                "de nl": r"alle (?:artikelen|artikel) van deze auteur",
            },
            reason="Link to the author's other articles.",
            is_exact=True,
        ),
        LinePattern(
            "responsible-editor",
            {
                "zh ja": r"""
                    (?:责任编辑|責任編輯|責任編集|责编|責編|编辑|編輯|编审|主编|值班编辑|校对|
                      校對|审核|监制|監製|編集|校正|校閲|
                      編集担当)\s?[：:＝=/／]\s?[^。！？，,?]{1,24}
                """,
            },
            reason="Name of the responsible editor.",
            is_exact=True,
        ),
        LinePattern(
            "byline",
            {
                "zh ja ko": r"""
                    (?:文|取材|構成|編集|聞き手|记者|記者|作者|编辑|責任編輯|责编|来源|來源|
                      기자)\s?[＝=/／:：]\s?.{1,60}
                """,
                "any": r"""
                    (?:by|von|par|por|di|da|door|written by|posted by|story by|text by|words by|
                      reported by|author|autorin|autor|text|words|przez|автор|από|作者|記者|记者|
                      文)[:：]?\s{NAME}(?:(?:,| and| und| et| y| e| &| \|| /| ·| •| –| -|
                      \n) ?.{0,80})?
                    (?:by|von|par|por) {NAME},? .{0,40}\b{JOB}\b.{0,40}
                    staff(?: writer| reporter| report)?
                    associated press|the associated press|reuters|afp|agence france-presse
                    bloomberg|dpa|ap|canadian press|the canadian press|press association
                    press release|staff and agencies|agencies|news agencies
                    editorial (?:team|board)|the editors|admin
                """,
            },
            reason="Byline, shown with the title.",
            place="margin",
            is_label=True,
        ),
    ),
    containers=r"""
        (?:\w+-){0,2}author-?(?:bio\w*|box|info\w*|card|meta|details?|profile|description|block|
          section|footer|about|blurb|image|avatar|wrap\w*|container|widget|area|links?|social|
          data|desc|content|module)(?:-\w+){0,3}
        about-?(?:the-)?author(?:-\w+){0,2}
        (?:\w+-)?bio(?:graphy|s|-box|-block|-info|-text|-wrapper|-container)?
        (?:\w+-){0,2}by-?line(?:s|-\w+){0,3}
        autor-?(?:box|info|bio|profil)(?:-\w+)?
        contributor-?(?:bio|info|card|box|details)\w*
        post-?author(?:-\w+){0,2}
        writer-?(?:bio|info|box)
        abh(?:-\w+)+
        saboxplugin\w*(?:-\w+)*
        molongui(?:-\w+)*
        m-a-box\w*(?:-\w+)*
        author-name
        authors?
        vcard
    """,
    container_reason="Marked by the page as an author note.",
)
