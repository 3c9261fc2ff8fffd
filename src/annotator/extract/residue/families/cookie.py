"""Notices about cookies, consent, privacy and browsers."""

from annotator.extract.residue.family import Family, LinePattern, Policy

FAMILY = Family(
    name="cookie",
    reason="Cookie, consent or browser notice.",
    policy=Policy(
        veto=True,
        trusted_container=True,
        merge_adjacent=True,
        asks_consent=True,
        largest_container=0.5,
    ),
    pieces={
        "PURPOSE": r"""
            \b(?:improve|experience|personali\w+|analy\w+|ads|advertis\w+|traffic|best|partners|
              agree|consent|accept|policy|preferences|measure|understand|function\w*|services?|
              remember|visit\w*|you)\b
        """,
    },
    lines=(
        LinePattern(
            "cookie-notice",
            {
                "en": r"""
                    (?:this|our|the) (?:web ?)?(?:site|page|blog|service) (?:uses|makes use of|
                      stores|sets|relies on) (?:\w+ ){0,2}cookies?(?:\b.{0,160}{PURPOSE}.{0,160})?
                    we(?: and (?:our|\d+) .{0,30}partners)? (?:use|store|set|value|need|
                      care about)\b.{0,60}\b(?:cookies?|your privacy|your consent|tracking|
                      your data)(?:\b.{0,160}{PURPOSE}.{0,160})?
                    (?:by|if you) (?:continu\w+|using|browsing|clicking|accepting|closing|
                      visiting)\b.{0,60}\b(?:cookies?|site|website|privacy|terms)\b.{0,200}
                    (?:accept|manage|reject|allow|decline|deny|customi[sz]e|change|
                      update)(?: all| my| your| only| the)* ?(?:cookies?|preferences|consent|
                      choices|necessary|essential|settings|and (?:close|continue))(?: .{0,40})?
                    (?:your |my )?(?:cookie|privacy|consent|data|tracking|
                      ad)(?:s)?(?: and (?:cookies?|privacy))? (?:policy|settings?|preferences?|
                      notice|consent|statement|choices|manager|options|overview|banner|
                      declaration)(?: .{0,40})?
                    (?:your|we respect your|about your) privacy(?: .{0,40})?
                    do not sell (?:or share )?my (?:personal )?(?:information|data|info)\b.{0,40}
                    (?:terms(?: (?:of (?:use|service|sale)|(?:and|&) conditions))?)(?: (?:and|&|[|
                      ·]) privacy(?: policy)?)?(?: apply)?
                    this site is protected by recaptcha\b.{0,160}
                    accept all|reject all|got it|i (?:agree|accept|understand)
                    agree(?: and (?:close|continue))?|gdpr(?: .{0,40})?|strictly necessary cookies
                    (?:third|3rd)[- ]party cookies|privacy(?: (?:and|&) terms)?
                    .{0,60}akismet\b.{0,120}
                """,
                "de": r"""
                    durch (?:die|das|den|ihre) (?:weitere )?(?:nutzung|nutzen|
                      besuch)\b.{0,60}(?:website|webseite|seite|dienste)\b.{0,240}
                    wir respektieren (?:deine|ihre) privatsphäre\b.{0,80}
                    (?:diese|unsere|die) (?:web ?site|webseite|seite|internetseite) (?:verwendet|
                      nutzt|benutzt|setzt)\b.{0,30}\bcookies?\b.{0,240}
                    wir (?:verwenden|nutzen|setzen)\b.{0,60}\bcookies?\b.{0,240}
                    wir (?:benötigen|brauchen)\b.{0,30}\b(?:ihre|deine) (?:zustimmung|
                      einwilligung)\b.{0,240}
                    wir und unsere\b.{0,20}\bpartner\b.{0,240}
                    datenschutz(?:erklärung|hinweise?|einstellungen)?(?: & .{0,20})?
                    (?:alle )?(?:cookies )?(?:akzeptieren|ablehnen|zustimmen)
                    cookie-?einstellungen|zustimmen und weiter|einverstanden
                """,
                "fr": r"""
                    (?:ce site|notre site|nous) (?:utilise|utilisons)\b.{0,30}\bcookies?\b.{0,240}
                    (?:accepter|refuser|gérer|tout accepter|tout refuser|continuer sans accepter|
                      paramétrer)(?: (?:les )?cookies?)?
                    politique de (?:confidentialité|cookies)
                    mentions légales
                """,
                "es": r"""
                    (?:este sitio|esta (?:web|página)|utilizamos|usamos|
                      nosotros)\b.{0,40}\bcookies?\b.{0,240}
                    (?:aceptar|rechazar|configurar)(?: (?:todas )?(?:las )?cookies?)?
                    política de (?:privacidad|cookies)|aviso legal
                """,
                "nl": r"accepteren|privacyverklaring",
                "pl": r"akceptuję|zgadzam się|polityka prywatności",
                "el": r"αποδοχή|πολιτική απορρήτου",
                "ru": r"принять|согласен|хорошо|политика конфиденциальности",
                "zh": r"接受|同意する|隐私政策|隱私政策",
                "ja": r"プライバシーポリシー|利用規約",
                "it pt": r"""
                    (?:questo sito|utilizziamo|este site|usamos|nós usamos|
                      utilizamos)\b.{0,40}\bcookies?\b.{0,240}
                    (?:accetta|rifiuta|aceitar|rejeitar)(?: (?:tutti|todos)?.{0,4}cookies?)?
                    (?:informativa|política) (?:sulla|de) privac\w+
                """,
                "nl pl": r"""
                    (?:deze (?:website|site)|wij gebruiken|we gebruiken|ta strona|ten serwis|
                      używamy|strona używa)\b.{0,60}\b(?:cookies?|ciasteczek)\b.{0,240}
                """,
                "el ru": r"""
                    (?:мы используем|этот сайт использует|сайт использует|
                      χρησιμοποιούμε)\b.{0,40}\b(?:cookies?|куки|файлы cookie)\b.{0,240}
                """,
                "zh ja": r"""
                    .{0,16}(?:使用|利用).{0,8}(?:cookie|クッキー).{0,120}
                    同意
                """,
            },
            reason="Cookie or consent notice.",
        ),
        LinePattern(
            "cookies-refused",
            {
                "en": r"""
                    (?:you have|you've|you) (?:declined|rejected|blocked|disabled|refused|
                      not accepted)\b.{0,30}\bcookies?\b.{0,60}\b(?:change|update|accept|allow|
                      enable|manage|view|see)\b.{0,80}
                    (?:twitter|facebook|instagram|youtube|tiktok|x|vimeo|this|external|
                      embedded) content (?:is|was|has been) blocked\b.{0,120}
                """,
                "it": r"""
                    per (?:vedere|visualizzare|guardare)\b.{0,60}\b(?:accett\w+|
                      abilit\w+)\b.{0,20}\bcookies?\b.{0,60}
                """,
                "es pt": r"""
                    para ver\b.{0,60}\b(?:acept\w+|habilit\w+|
                      aceit\w+)\b.{0,20}\bcookies?\b.{0,60}
                """,
            },
            reason="Placeholder for content from another site.",
            is_exact=True,
        ),
        LinePattern(
            "cookie-notice-abroad",
            {
                "fi": r"""
                    (?:käytämme|sivusto käyttää|
                      tämä sivusto käyttää) (?:\w+ )?evästei\w+\b.{0,200}
                """,
                "cs": r"""
                    (?:tento|náš|tato) (?:web|stránka|server)\w* (?:používá|
                      využívá)\b.{0,30}\bcookies?\b.{0,200}
                """,
                "hu": r"""
                    (?:az oldal|ez az oldal|weboldalunk|honlapunk|ez a weboldal|
                      ez a honlap)\b.{0,20}\b(?:sütiket|cookie)\b.{0,200}
                """,
                "ro": r"""
                    (?:acest site|site-ul)\b.{0,30}\b(?:folosește|
                      utilizează)\b.{0,10}\bcookie.{0,200}
                """,
                "tr": r"""
                    (?:bu (?:web )?site|bu internet sitesi|sitemiz|
                      web sitemiz)\b.{0,40}\b(?:çerez\w*|cookie)\b.{0,20}\bkullan\w+.{0,200}
                """,
                "uk": r"""
                    (?:сайт|ми|цей сайт) (?:використовує|використовуємо)\b.{0,20}\b(?:cookies?|
                      кукі)\b.{0,200}
                """,
                "sv da nb": r"""
                    (?:vi (?:använder|bruger|bruker)|(?:den här |denne |denna )?(?:webbplatsen|
                      webbplats|sajten|hjemmesiden|hjemmeside|nettsiden|nettstedet|
                      siden) (?:använder|bruger|bruker)) (?:\w+ ){0,3}(?:cookies|kakor|
                      informasjonskapsler)(?:,? (?:för|for|til|på|og|och|av|från|fra) .{1,200})?
                    (?:innehållet|indholdet|innholdet) (?:kräver|kræver|
                      krever)\b.{0,60}\b(?:cookies|kakor|samtycke|samtykke)\b.{0,40}
                """,
                "cs sk": r"(?:používáme|využíváme|používame) (?:\w+ )?cookies?\b.{0,200}",
                "any": r"""
                    (?:accepter|godkend|godkänn|godta|hyväksy|povolte|přijměte|engedélyezze|
                      acceptați|acceptă) (?:\w+ )?(?:cookies?|kakor|informasjonskapsler|eväste\w*|
                      süti\w*)\b.{0,80}
                    (?:du (?:skal|må|måste)|för att|for at|for å|pro zobrazení|a tartalom|
                      pentru a|щоб)\b.{0,80}\b(?:accepter|godkän|godkend|godta|tillåt|aktiver|
                      povol|přij|engedélyez|accept|дозволь)\w*\b (?:\w+ )?(?:cookies?|kakor|
                      informasjonskapsler|süti\w*|cookie-uri\w*)\b.{0,100}
                    (?:sisällön|sisältö|videon?|indholdet|innholdet|innehållet|videoen|
                      obsah)\b.{0,20}\b(?:näyttämiseksi|katsomiseksi|ikke vises|inte visas|
                      ei voida näyttää|nelze zobrazit)\b.{0,60}\b(?:cookies?|kakor|
                      informasjonskapsler|eväste\w*|samtycke|samtykke|suostumus\w*|souhlas\w*|
                      javascript)\b.{0,60}
                """,
            },
            reason="Cookie or consent notice.",
            is_exact=True,
        ),
        LinePattern(
            "external-content",
            {
                "en": r"""
                    (?:this|the) (?:content|video|embed|tweet|post|map|player|article) (?:is|was|
                      could|can|will|has|cannot|isn't|may)\b.{0,30}\b(?:not (?:be )?(?:available|
                      loaded|displayed|supported|played)|hosted|provided|blocked|removed|
                      unavailable|no longer available)\b.{0,160}
                    to (?:view|see|play|watch|display) (?:this|the) (?:content|video|embed|tweet|
                      map)\b.{0,120}\b(?:accept|allow|click|consent|cookies?|enable|javascript|
                      permission|preferences|settings|turn on|upgrad\w+|need|must|
                      please)\b.{0,160}
                    (?:allow|load|show|view|display) (?:this |the |external )?(?:content|embed|
                      tweet|post|media)(?: .{0,60})?
                """,
                "de": r"""
                    (?:an dieser stelle|hier) (?:findest|finden|steht|
                      befindet)\b.{0,60}\bextern\w*.{0,220}
                    extern(?:er|e) (?:inhalt|inhalte|medien).{0,80}
                    (?:inhalt|video|inhalte|karte|beitrag|tweet) (?:laden|anzeigen|entsperren|
                      ansehen)
                    .{0,60}\bum (?:diesen|dieses|diese|den) .{0,40}(?:anzuzeigen|ansehen|zu sehen|
                      zu laden).{0,160}
                """,
                "fr": r"ce contenu (?:n'est pas|est bloqué|a été).{0,120}",
                "es": r"(?:este|o|el) contenido (?:no|está).{0,80}(?:disponible|bloqueado).{0,60}",
            },
            reason="Placeholder for content from another site.",
        ),
        LinePattern(
            "browser-notice",
            {
                "en": r"""
                    .{0,50}\bjavascript\b.{0,20}\b(?:turned on|enabled|disabled|required)\b.{0,60}
                    (?:please )?(?:enable|turn on|activate|allow|disable|turn off|switch off|
                      whitelist)(?: \w+){0,4} (?:javascript|cookies|ad ?-?block\w*|ads)\b.{0,160}
                    loading(?: (?:comments?|video|more|player|article|content|the player|
                      something is loading))?
                    something is loading|advertisement loading|please wait
                """,
                "de": r"wird geladen",
                "fr": r"chargement(?: en cours)?",
                "es": r"cargando",
                "it": r"caricamento",
                "pt": r"carregando",
                "nl": r"laden",
                "ru": r"загрузка",
                "zh": r"加载中",
                "ja": r"読み込み中",
                "any": r"""
                    (?:you need to|you must|javascript|your browser|this browser|it looks like|
                      it seems|we(?:'ve)? (?:have )?(?:noticed|detected)|dein browser|ihr browser|
                      votre navigateur|tu navegador|su navegador|seu navegador|il tuo browser|
                      je browser|uw browser|twoja przeglądarka)\b.{0,80}\b(?:javascript|supports?|
                      enabled?|disabled|unterstützt|abspielen|update|updat\w+|html5|outdated|old|
                      ad ?-?block\w*|actualiza\w*|veraltet|prise? en charge|soporta|
                      compatible)\b.{0,160}
                """,
            },
            reason="Browser notice.",
        ),
    ),
    containers=r"""
        (?:\w+-){0,2}cookies?(?:-\w+){0,4}
        (?:\w+-){0,2}consent(?:-\w+){0,3}
        gdpr(?:-\w+)*
        cc-(?:banner|window|message)\w*
        cli-(?:\w+-?)+
        onetrust(?:-\w+)*
        privacy-?(?:banner|notice|overlay|popup|manager)\w*
        cmp-?(?:container|banner|box|wrapper)
        optanon(?:-\w+)*
        didomi(?:-\w+)*
        sp-message(?:-\w+)*
        borlabs(?:-\w+)*
    """,
    container_reason="Marked by the page as a cookie or consent notice.",
)
