"""Notices of cookies, consent, privacy and browsers."""

from annotator.extract.residue.family import Family, boxes, exact, shape

_PURPOSE = (
    r"\b(?:improve|experience|personali\w+|analy\w+|ads|advertis\w+|traffic|best|partners|"
    r"agree|consent|"
    r"accept|policy|preferences|measure|understand|function\w*|services?|remember|visit\w*|you)\b"
)

FAMILY = Family(
    "cookie",
    (
        shape(
            "cookie-notice",
            "It is a notice of cookies or consent.",
            r"(?:this|our|the) (?:web ?)?(?:site|page|blog|service) (?:uses|makes use of|"
            r"stores|sets|relies on) (?:\w+ ){0,2}cookies?(?:\b.{0,160}"
            rf"{_PURPOSE}.{{0,160}})?",
            r"we(?: and (?:our|\d+) .{0,30}partners)? (?:use|store|set|value|need|care about)\b"
            r".{0,60}\b(?:cookies?|your privacy|your consent|tracking|your data)(?:\b.{0,160}"
            rf"{_PURPOSE}.{{0,160}})?",
            r"(?:by|if you) (?:continu\w+|using|browsing|clicking|accepting|closing|"
            r"visiting)\b.{0,60}\b(?:cookies?|site|website|privacy|terms)\b.{0,200}",
            r"(?:accept|manage|reject|allow|decline|deny|customi[sz]e|change|update)(?: all|"
            r" my| your| only| the)* ?(?:cookies?|preferences|consent|choices|necessary|"
            r"essential|settings|and (?:close|continue))(?: .{0,40})?|accept all|reject all|"
            r"got it|i (?:agree|accept|understand)|agree(?: and (?:close|continue))?",
            r"(?:your |my )?(?:cookie|privacy|consent|data|tracking|"
            r"ad)(?:s)?(?: and (?:cookies?|privacy))? (?:policy|settings?|preferences?|"
            r"notice|consent|statement|choices|manager|options|overview|banner|"
            r"declaration)(?: .{0,40})?",
            r"(?:your|we respect your|about your) privacy(?: .{0,40})?|"
            r"do not sell (?:or share )?my (?:personal )?(?:information|data|info)\b.{0,40}|"
            r"gdpr(?: .{0,40})?|strictly necessary cookies|(?:third|3rd)[- ]party cookies",
            r"(?:terms(?: (?:of (?:use|service|sale)|(?:and|&) conditions))?)(?: (?:and|&|[|"
            r"·]) privacy(?: policy)?)?(?: apply)?|privacy(?: (?:and|&) terms)?",
            r"this site is protected by recaptcha\b.{0,160}|.{0,60}akismet\b.{0,120}",
            r"durch (?:die|das|den|ihre) (?:weitere )?(?:nutzung|nutzen|besuch)\b.{0,60}"
            r"(?:website|webseite|seite|dienste)\b.{0,240}|wir respektieren (?:deine|ihre) "
            r"privatsphäre\b.{0,80}",
            r"(?:diese|unsere|die) (?:web ?site|webseite|seite|internetseite) (?:verwendet|"
            r"nutzt|benutzt|setzt)\b.{0,30}\bcookies?\b.{0,240}|wir (?:verwenden|nutzen|"
            r"setzen)\b.{0,60}\bcookies?\b.{0,240}|wir (?:benötigen|brauchen)\b.{0,30}\b(?:ihre|"
            r"deine) (?:zustimmung|einwilligung)\b.{0,240}|wir und unsere\b.{0,20}\bpartner\b"
            r".{0,240}|datenschutz(?:erklärung|hinweise?|"
            r"einstellungen)?(?: & .{0,20})?|(?:alle )?(?:cookies )?(?:akzeptieren|ablehnen|"
            r"zustimmen)|cookie-?einstellungen|(?:zustimmen und weiter|einverstanden)",
            r"(?:ce site|notre site|nous) (?:utilise|utilisons)\b.{0,30}\bcookies?\b.{0,240}|"
            r"(?:accepter|refuser|gérer|tout accepter|tout refuser|continuer sans accepter|"
            r"paramétrer)(?: (?:les )?cookies?)?|politique de (?:confidentialité|cookies)|"
            r"mentions légales",
            r"(?:este sitio|esta (?:web|página)|utilizamos|usamos|"
            r"nosotros)\b.{0,40}\bcookies?\b.{0,240}|(?:aceptar|rechazar|"
            r"configurar)(?: (?:todas )?(?:las )?cookies?)?|política de (?:privacidad|"
            r"cookies)|aviso legal",
            r"(?:questo sito|utilizziamo|este site|usamos|nós usamos|"
            r"utilizamos)\b.{0,40}\bcookies?\b.{0,240}|(?:accetta|rifiuta|aceitar|"
            r"rejeitar)(?: (?:tutti|todos)?.{0,4}cookies?)?|(?:informativa|"
            r"política) (?:sulla|de) privac\w+",
            r"(?:deze (?:website|site)|wij gebruiken|we gebruiken|ta strona|ten serwis|"
            r"używamy|strona używa)\b.{0,60}\b(?:cookies?|ciasteczek)\b.{0,240}|"
            r"(?:accepteren|akceptuję|zgadzam się)|privacyverklaring|polityka prywatności",
            r"(?:мы используем|этот сайт использует|сайт использует|"
            r"χρησιμοποιούμε)\b.{0,40}\b(?:cookies?|куки|файлы cookie)\b.{0,240}|(?:принять|"
            r"согласен|хорошо|αποδοχή)|политика конфиденциальности|πολιτική απορρήτου",
            r".{0,16}(?:使用|利用).{0,8}(?:cookie|クッキー).{0,120}|(?:同意|接受|同意する|"
            r"隐私政策|隱私政策|"
            r"プライバシーポリシー|利用規約)",
        ),
        exact(
            "cookies-refused",
            "It stands for something that the page would load from elsewhere.",
            r"(?:you have|you've|you) (?:declined|rejected|blocked|disabled|refused|not accepted)\b"
            r".{0,30}\bcookies?\b.{0,60}\b(?:change|update|accept|allow|enable|manage|view|see)\b"
            r".{0,80}|(?:twitter|facebook|instagram|youtube|tiktok|x|vimeo|this|external|embedded)"
            r" content (?:is|was|has been) blocked\b.{0,120}|per (?:vedere|visualizzare|guardare)\b"
            r".{0,60}\b(?:accett\w+|abilit\w+)\b.{0,20}\bcookies?\b.{0,60}|para ver\b.{0,60}\b"
            r"(?:acept\w+|habilit\w+|aceit\w+)\b.{0,20}\bcookies?\b.{0,60}",
        ),
        exact(
            "cookie-notice-abroad",
            "It is a notice of cookies or consent.",
            # Swedish, Danish, Norwegian, Finnish, Czech, Hungarian, Romanian, Turkish, Ukrainian
            r"(?:vi (?:använder|bruger|bruker)|(?:den här |denne |denna )?(?:webbplatsen|"
            r"webbplats|sajten|"
            r"hjemmesiden|hjemmeside|nettsiden|nettstedet|siden) (?:använder|bruger|"
            r"bruker)) (?:\w+ ){0,3}"
            r"(?:cookies|kakor|informasjonskapsler)(?:,? (?:för|for|til|på|og|och|av|från|"
            r"fra) .{1,200})?|(?:käytämme|sivusto käyttää|"
            r"tämä sivusto käyttää) (?:\w+ )?evästei\w+\b.{0,200}",
            r"(?:tento|náš|tato) (?:web|stránka|server)\w* (?:používá|"
            r"využívá)\b.{0,30}\bcookies?\b.{0,200}|"
            r"(?:používáme|využíváme|používame) (?:\w+ )?cookies?\b.{0,200}|(?:az oldal|"
            r"ez az oldal|"
            r"weboldalunk|honlapunk|ez a weboldal|ez a honlap)\b.{0,20}\b(?:sütiket|"
            r"cookie)\b.{0,200}|"
            r"(?:acest site|site-ul)\b.{0,30}\b(?:folosește|utilizează)\b.{0,10}\bcookie.{0,200}|"
            r"(?:bu (?:web )?site|bu internet sitesi|sitemiz|web sitemiz)\b.{0,40}\b"
            r"(?:çerez\w*|cookie)\b.{0,20}\bkullan\w+.{0,200}|"
            r"(?:сайт|ми|цей сайт) (?:використовує|використовуємо)\b.{0,20}\b(?:cookies?|"
            r"кукі)\b.{0,200}",
            r"(?:accepter|godkend|godkänn|godta|hyväksy|povolte|přijměte|engedélyezze|acceptați|"
            r"acceptă) "
            r"(?:\w+ )?(?:cookies?|kakor|informasjonskapsler|eväste\w*|süti\w*)\b.{0,80}|"
            r"(?:innehållet|"
            r"indholdet|innholdet) (?:kräver|kræver|krever)\b.{0,60}\b(?:cookies|kakor|samtycke|"
            r"samtykke)"
            r"\b.{0,40}",
            r"(?:du (?:skal|må|måste)|för att|for at|for å|pro zobrazení|a tartalom|pentru a|"
            r"щоб)\b.{0,80}"
            r"\b(?:accepter|godkän|godkend|godta|tillåt|aktiver|povol|přij|engedélyez|accept|"
            r"дозволь)\w*"
            r"\b (?:\w+ )?(?:cookies?|kakor|informasjonskapsler|süti\w*|cookie-uri\w*)\b"
            r".{0,100}|"
            r"(?:sisällön|sisältö|videon?|indholdet|innholdet|innehållet|videoen|obsah)\b.{0,20}"
            r"\b(?:näyttämiseksi|katsomiseksi|ikke vises|inte visas|ei voida näyttää|"
            r"nelze zobrazit)\b.{0,60}\b(?:cookies?|kakor|informasjonskapsler|eväste\w*|samtycke|"
            r"samtykke|suostumus\w*|souhlas\w*|javascript)\b.{0,60}",
        ),
        shape(
            "external-content",
            "It stands for something that the page would load from elsewhere.",
            r"(?:an dieser stelle|hier) (?:findest|finden|steht|"
            r"befindet)\b.{0,60}\bextern\w*.{0,220}|extern(?:er|e) (?:inhalt|inhalte|"
            r"medien).{0,80}|(?:inhalt|video|inhalte|karte|beitrag|tweet) (?:laden|anzeigen|"
            r"entsperren|ansehen)|.{0,60}\bum (?:diesen|dieses|diese|"
            r"den) .{0,40}(?:anzuzeigen|ansehen|zu sehen|zu laden).{0,160}",
            r"(?:this|the) (?:content|video|embed|tweet|post|map|player|article) (?:is|was|"
            r"could|can|will|has|cannot|isn't|may)\b.{0,30}\b(?:not (?:be )?(?:available|"
            r"loaded|displayed|supported|played)|hosted|provided|blocked|removed|unavailable|"
            r"no longer available)\b.{0,160}",
            r"(?:to (?:view|see|play|watch|display) (?:this|the) (?:content|video|embed|"
            r"tweet|map)\b.{0,120}\b(?:accept|allow|click|consent|cookies?|enable|javascript|"
            r"permission|preferences|settings|turn on|upgrad\w+|need|must|please)\b.{0,160})|"
            r"(?:allow|load|show|view|display) (?:this |the |"
            r"external )?(?:content|embed|tweet|post|media)(?: .{0,60})?",
            r"ce contenu (?:n'est pas|est bloqué|a été).{0,120}|(?:este|o|"
            r"el) contenido (?:no|está).{0,80}(?:disponible|bloqueado).{0,60}",
        ),
        shape(
            "browser-notice",
            "It is a notice about your browser.",
            r".{0,50}\bjavascript\b.{0,20}\b(?:turned on|enabled|disabled|required)\b.{0,60}",
            r"(?:please )?(?:enable|turn on|activate|allow|disable|turn off|switch off|"
            r"whitelist)(?: \w+){0,4} (?:javascript|cookies|ad ?-?block\w*|ads)\b.{0,160}",
            r"(?:you need to|you must|javascript|your browser|this browser|it looks like|"
            r"it seems|we(?:'ve)? (?:have )?(?:noticed|detected)|dein browser|ihr browser|"
            r"votre navigateur|tu navegador|su navegador|seu navegador|il tuo browser|"
            r"je browser|uw browser|twoja przeglądarka)\b.{0,80}\b(?:javascript|supports?|"
            r"enabled?|disabled|unterstützt|abspielen|update|updat\w+|html5|outdated|old|"
            r"ad ?-?block\w*|actualiza\w*|veraltet|prise? en charge|soporta|"
            r"compatible)\b.{0,160}",
            r"loading(?: (?:comments?|video|more|player|article|content|the player|"
            r"something is loading))?|something is loading|advertisement loading|please wait|"
            r"wird geladen|chargement(?: en cours)?|cargando|caricamento|carregando|laden|"
            r"загрузка|加载中|読み込み中",
        ),
    ),
    names=boxes(
        r"(?:\w+-){0,2}cookies?(?:-\w+){0,4}",
        r"(?:\w+-){0,2}consent(?:-\w+){0,3}",
        r"gdpr(?:-\w+)*",
        r"cc-(?:banner|window|message)\w*",
        r"cli-(?:\w+-?)+",
        r"onetrust(?:-\w+)*",
        r"privacy-?(?:banner|notice|overlay|popup|manager)\w*",
        r"cmp-?(?:container|banner|box|wrapper)",
        r"optanon(?:-\w+)*",
        r"didomi(?:-\w+)*",
        r"sp-message(?:-\w+)*",
        r"borlabs(?:-\w+)*",
    ),
    names_reason="The page names it a notice of cookies or consent.",
)
