"""Menus, breadcrumbs, search boxes and buttons."""

from annotator.extract.residue.family import Family, LinePattern, Policy

FAMILY = Family(
    name="navigation",
    reason="Menu item.",
    policy=Policy(merge_adjacent=True, open_wording=True),
    lines=(
        LinePattern(
            "menu-word",
            {
                "en": r"""
                    (?:toggle|open|close|show|hide|expand) (?:navigation|menu|search|sidebar|
                      submenu|main menu|dropdown|panel)\b.{0,20}
                    search (?:for|this site|the site|our site)\b.{0,30}
                    skip to (?:main )?(?:content|navigation|main|footer|search)\b.{0,20}
                    search|menu|close|home|open|toggle|expand|collapse|navigation|main menu
                    site navigation|submit|cancel|ok|next|previous|prev|play|pause|mute|fullscreen
                    settings|language|sections?|subscribe|edition|weather|jobs|contact(?: us)?
                    about(?: us)?|imprint|home page|you are here\b.{0,80}
                """,
                "de": r"impressum|kontakt|startseite|suche|suchen|schließen|menü",
                "fr": r"accueil|rechercher|recherche|fermer",
                "es": r"inicio|buscar|cerrar|menú",
                "it": r"cerca|chiudi",
                "pt": r"início|pesquisar|fechar",
                "nl": r"zoeken|sluiten",
                "pl": r"szukaj|zamknij",
                "el": r"αναζήτηση|αρχική",
                "ru": r"поиск|меню|главная|закрыть",
                "zh": r"首页|搜索|菜单",
                "ja": r"ホーム|検索|メニュー|閉じる",
            },
        ),
    ),
    containers=r"""
        (?:\w+-){0,2}breadcrumbs?(?:-\w+){0,3}
        (?:\w+-){0,2}nav-?(?:bar|menu|links|list|item|container|wrapper)?(?:-\w+){0,2}
        navigation(?:-\w+){0,2}
        (?:\w+-){0,2}menu-?(?:bar|item|list|link|container|wrapper)?s?
        (?:\w+-)?pagina(?:tion|tor)(?:-\w+){0,2}
        (?:\w+-)?pager(?:-\w+)?
        page-?(?:links|numbers|nav)(?:-\w+)?
        (?:\w+-){0,2}sidebar(?:-\w+){0,3}
        (?:\w+-)?widget(?:s|-area|-title|-container|-wrap)?
        site-?(?:header|footer|nav)(?:-\w+)?
        (?:global|main|page|top)-?(?:header|footer|nav)(?:-\w+)?
        sub-?(?:footer|nav)(?:-\w+)?
        masthead(?:-\w+)?
        search-?(?:form|box|bar|field|results?)?
        toc(?:-\w+){0,3}
        table-?of-?contents(?:-\w+)?
        skip-?(?:link|to|nav)\w*(?:-\w+)*
        modals?(?:-\w+){0,3}
        pop-?ups?(?:-\w+){0,3}
        overlay(?:-\w+){0,2}
        lightbox(?:-\w+){0,2}
        tooltip(?:-\w+){0,2}
        noprint
        complementary
        contentinfo
        banner
        dialog
        alert-?(?:bar|banner)
    """,
    container_reason="Marked by the page as navigation.",
    elements=("nav", "footer", "form", "button", "dialog", "menu"),
)
