"""Ways through the site: menus, breadcrumbs, forms, buttons."""

from annotator.extract.residue.family import Family, boxes, shape

FAMILY = Family(
    "navigation",
    (
        shape(
            "menu-word",
            "It is a word of a menu.",
            r"(?:search|menu|close|home|open|toggle|expand|collapse|navigation|main menu|"
            r"site navigation|submit|cancel|ok|next|previous|prev|play|pause|mute|fullscreen|"
            r"settings|language|sections?|subscribe|edition|weather|jobs|contact(?: us)?|"
            r"about(?: us)?|imprint|impressum|kontakt|startseite|suche|suchen|schließen|menü|"
            r"accueil|rechercher|recherche|fermer|inicio|buscar|cerrar|menú|home page|cerca|"
            r"chiudi|início|pesquisar|fechar|zoeken|sluiten|szukaj|zamknij|αναζήτηση|αρχική|"
            r"поиск|меню|главная|закрыть|首页|搜索|菜单|ホーム|検索|メニュー|閉じる)",
            r"(?:toggle|open|close|show|hide|expand) (?:navigation|menu|search|sidebar|"
            r"submenu|main menu|dropdown|panel)\b.{0,20}|search (?:for|this site|the site|"
            r"our site)\b.{0,30}|skip to (?:main )?(?:content|navigation|main|footer|"
            r"search)\b.{0,20}|you are here\b.{0,80}",
        ),
    ),
    names=boxes(
        r"(?:\w+-){0,2}breadcrumbs?(?:-\w+){0,3}",
        r"(?:\w+-){0,2}nav-?(?:bar|menu|links|list|item|container|wrapper)?(?:-\w+){0,2}",
        r"navigation(?:-\w+){0,2}",
        r"(?:\w+-){0,2}menu-?(?:bar|item|list|link|container|wrapper)?s?",
        r"(?:\w+-)?pagina(?:tion|tor)(?:-\w+){0,2}",
        r"(?:\w+-)?pager(?:-\w+)?",
        r"page-?(?:links|numbers|nav)(?:-\w+)?",
        r"(?:\w+-){0,2}sidebar(?:-\w+){0,3}",
        r"(?:\w+-)?widget(?:s|-area|-title|-container|-wrap)?",
        r"site-?(?:header|footer|nav)(?:-\w+)?",
        r"(?:global|main|page|top)-?(?:header|footer|nav)(?:-\w+)?",
        r"sub-?(?:footer|nav)(?:-\w+)?",
        r"masthead(?:-\w+)?",
        r"search-?(?:form|box|bar|field|results?)?",
        r"toc(?:-\w+){0,3}",
        r"table-?of-?contents(?:-\w+)?",
        r"skip-?(?:link|to|nav)\w*(?:-\w+)*",
        r"modals?(?:-\w+){0,3}",
        r"pop-?ups?(?:-\w+){0,3}",
        r"overlay(?:-\w+){0,2}",
        r"lightbox(?:-\w+){0,2}",
        r"tooltip(?:-\w+){0,2}",
        r"noprint",
        r"complementary",
        r"contentinfo",
        r"banner",
        r"dialog",
        r"alert-?(?:bar|banner)",
    ),
    names_reason="The page names it a way through the site.",
)
TAGS = frozenset({"nav", "footer", "form", "button", "dialog", "menu"})
