"""Walls: prompts to sign in, to register, to pay, in order to read on."""

from annotator.extract.residue.family import Family, boxes, shape

_SIGN_IN = r"(?:please )?(?:sign|log|logg)[ -]?(?:in|on|up)"
_READ = r"(?:read|continue|keep|view|see|access|unlock|get|finish|watch|listen|enjoy|open)"
_REST = (
    r"(?:article|story|post|piece|content|page|text|column|issue|report|rest|more|reading|"
    r"archive|comments?|everything|analysis)"
)

FAMILY = Family(
    "sign_in",
    (
        shape(
            "sign-in-to-read",
            "It asks you to sign in or to pay before you read on.",
            rf"{_SIGN_IN}\b.{{0,60}}\b(?:to|and) {_READ}\b.{{0,80}}",
            r"(?:register|subscribe|join|create (?:a|an|your)(?: free)? account|"
            r"become a \w+|upgrade|start (?:a|your) free trial|pay|purchase|buy)\b"
            rf".{{0,60}}\b(?:to|and) {_READ} (?:.{{0,40}}\b)?{_REST}\b.{{0,60}}",
            r"to (?:continue|keep|read|view|see|access|unlock|finish)\b.{0,60}\b(?:sign|"
            r"log|register|subscribe|join|create|become|upgrade|start|please)\b.{0,100}",
            r"(?:want|like|wish|care) to (?:continue|keep|read)\b.{0,60}\?.{0,80}",
            r"(?:continue|keep) reading (?:this |the |your )?(?:article|story|post|piece|"
            r"for free|with a|by|after)\b.{0,80}",
            r"(?:read|see|view|get|unlock) (?:the )?(?:full|whole|rest of (?:the|this)|"
            rf"entire|complete) (?:{_REST})\b.{{0,40}}\b(?:subscri\w+|trial|account|"
            r"membership|sign|log|register\w*|free)\b.{0,60}",
            r"(?:unlock|get) (?:this|the full|unlimited|full|instant|"
            r"complete)\b.{0,40}\b(?:article|story|post|access|digital|content)\b.{0,80}",
            rf"(?:this|the|our) (?:\w+ )?{_REST} is (?:\w+ )?(?:for|to|behind|available|"
            r"reserved|exclusive|locked|restricted|accessible)\b.{0,60}\b(?:subscri\w+|"
            r"members?|paywall|premium|users?|readers?|account|plan)\b.{0,60}",
            r"(?:this )?(?:is )?(?:an? )?(?:premium|subscriber|subscribers|members?|"
            r"member)[ -](?:only )?(?:content|article|story|exclusive|post|"
            r"feature)\b.{0,60}",
            r"(?:only|exclusively) for (?:our )?(?:paid |paying |registered )?(?:subscribers|"
            r"members|patrons)",
            r"for (?:paid |paying )?(?:subscribers|members|patrons) only",
            r"already (?:a|an|have|got|registered|subscribed|signed)\b.{0,80}",
            r"(?:not|don't have|no|need) (?:a |an )?(?:subscriber|member|account|"
            r"subscription|user)(?: yet)?\?.{0,80}",
            r"(?:have|got) an account\?.{0,60}",
            r"(?:you (?:must|need to|have to)|please) (?:be )?(?:sign|log|regist|subscrib|"
            r"creat)\w*\b.{0,30}\b(?:to|before|in order)\b.{0,80}",
            r"(?:if you are|if you're).{0,40}\b(?:subscriber|member|registered user)\b.{0,120}",
            # German
            r"(?:bitte )?(?:einloggen|anmelden|melden sie sich an|loggen sie sich ein|"
            r"registrieren(?: sie sich)?|jetzt (?:registrieren|anmelden|freischalten|testen|"
            r"kaufen|weiterlesen))\b.{0,40}\b(?:um|und|zum|weiter\w*|lesen|artikel|"
            r"zugriff)\b.{0,80}",
            r"(?:jetzt |hier )?(?:weiterlesen|weiter lesen|artikel (?:ganz |"
            r"vollständig )?(?:weiter)?lesen|ganzen artikel lesen)(?: mit| ab| für| ohne|"
            r" als)\b.{0,60}",
            r"(?:dieser|der|den|diesen) (?:artikel|inhalt|beitrag|"
            r"text)\b.{0,40}\b(?:abonnent\w*|plus|premium|abo|mitglied\w*|registriert\w*|"
            r"kostenpflichtig)\b.{0,80}",
            r"(?:sie haben|haben sie|sie sind|sind sie) (?:schon|"
            r"bereits)\b.{0,40}\b(?:abo\w*|konto|zugang|registriert|kunde|leser|"
            r"mitglied)\b.{0,60}",
            # French
            r"(?:connectez-vous|se connecter|identifiez-vous|inscrivez-vous|abonnez-vous|"
            r"créez un compte)\b.{0,30}\b(?:pour|afin|et)\b.{0,80}",
            r"(?:cet|l') ?(?:article|contenu) est (?:réservé|exclusif|payant)\b.{0,60}",
            r"(?:il (?:vous )?reste|pour lire la suite|lire la suite (?:avec|pour|en))\b.{0,80}",
            r"(?:déjà|vous êtes déjà) (?:abonnée?|inscrite?|un compte|membre)\b.{0,50}",
            # Spanish
            r"(?:inicia(?:r|e)? sesión|regístra(?:te|se)|regístrese|suscríb(?:ete|ase)|"
            r"accede|crea (?:una|tu) cuenta)\b.{0,30}\b(?:para|y)\b.{0,80}",
            r"(?:este|el) (?:artículo|contenido|texto) es (?:exclusivo|solo|sólo|reservado|"
            r"de pago)\b.{0,60}",
            r"(?:para|quieres|quiere) (?:seguir|continuar) (?:leyendo|disfrutando)\b.{0,80}",
            r"(?:ya (?:eres|es|soy|tienes|tiene)|¿ya (?:eres|tienes|es|"
            r"tiene))\b.{0,20}\b(?:suscriptor\w*|cuenta|usuario|socio)\b.{0,50}",
            # Italian, Portuguese
            r"(?:accedi|registrati|abbonati|iscriviti|effettua il login)\b.{0,30}\b(?:per|"
            r"e)\b.{0,80}",
            r"(?:questo|il) (?:articolo|contenuto) è (?:riservato|esclusivo|disponibile solo|"
            r"per)\b.{0,60}",
            r"(?:sei (?:già )?(?:un )?abbonato|hai già un (?:account|abbonamento))\b.{0,50}",
            r"(?:entre|faça login|cadastre-se|assine|registe-se|"
            r"inicie sessão)\b.{0,30}\b(?:para|e)\b.{0,80}",
            r"(?:este|o) (?:conteúdo|artigo|texto) é (?:exclusivo|reservado|só|apenas|"
            r"para)\b.{0,60}",
            r"(?:já (?:é|sou)|é) (?:um )?assinante\b.{0,50}",
            # Dutch, Polish
            r"(?:log in|inloggen|registreer|maak (?:een )?(?:gratis )?account|word lid|"
            r"abonneer)\b.{0,30}\b(?:om|en)\b.{0,80}",
            r"(?:dit|deze) (?:artikel|verhaal|inhoud) is (?:alleen|exclusief|"
            r"voorbehouden)\b.{0,60}",
            r"(?:al (?:abonnee|lid|een account)|bent u al|heb je al)\b.{0,60}",
            r"(?:zaloguj się|zarejestruj się|wykup|kup dostęp|załóż konto)\b.{0,30}\b(?:aby|"
            r"by|żeby|i)\b.{0,80}",
            r"(?:ten|dalsza część) (?:artykuł|treść|"
            r"artykułu)?\b.{0,20}\b(?:dla prenumeratorów|dla subskrybentów|tylko dla|"
            r"dostępn\w+ dla)\b.{0,50}",
            # Greek, Russian
            r"(?:συνδεθείτε|εγγραφείτε|γίνετε συνδρομητ\w+)\b.{0,30}\b(?:για|και)\b.{0,80}",
            r"(?:войдите|авторизуйтесь|зарегистрируйтесь|подпишитесь|"
            r"оформите подписку)\b.{0,30}\b(?:чтобы|и|для)\b.{0,80}",
            r"(?:этот|материал|статья|полный текст)\b.{0,30}\b(?:только для|"
            r"доступ\w+ (?:только )?(?:для )?(?:по )?подпис\w+)\b.{0,50}",
            # Chinese, Japanese
            r"(?:请|請)?(?:登录|登入|注册|註冊|订阅|訂閱)(?:后|後|以|即可|才能|查看|阅读|"
            r"閱讀|继续|繼續|，).{0,24}",
            r".{0,10}(?:仅限|僅限|只限).{0,6}(?:会员|會員|订阅|訂閱|用户|用戶).{0,16}",
            r".{0,24}(?:ログイン|会員登録|無料登録|購読|登録)(?:すると|して|が必要|"
            r"いただくと|の上).{0,24}",
            r"(?:この|本)(?:記事|コンテンツ|続き)は.{0,8}(?:有料|会員|プレミアム|登録).{0,20}",
            r"(?:続きを読む(?:には|にはログイン)|残り\d+文字|有料会員限定).{0,24}",
            place="always",
        ),
        shape(
            "sign-in",
            "It is a prompt to sign in or to register.",
            rf"{_SIGN_IN}(?: here| now)?(?: (?:or|/|and) (?:register|sign up|subscribe|"
            r"create an account|join))?",
            rf"{_SIGN_IN}(?: here| now)? (?:with|using|via|to) .{{0,60}}",
            r"register(?: now| here| for free| today| or (?:log|sign) in)?(?: (?:to|for) .{0,60})?",
            r"(?:create|open|get) (?:a|an|your|my) (?:free |new )?(?:account|profile|"
            r"login)\b.{0,40}",
            r"(?:my|your) (?:account|profile)|log ?out|sign ?out|login|signup|member login|"
            r"account login|forgot(?:ten)? (?:your |my )?password.{0,30}|remember me|"
            r"keep me (?:signed|logged) in",
            r"(?:einloggen|anmelden|ausloggen|abmelden|registrieren|mein konto|"
            r"jetzt (?:registrieren|anmelden)|kostenlos registrieren|passwort vergessen|"
            r"zum login)",
            r"(?:se connecter|connexion|s'inscrire|s'identifier|mon compte|créer un compte|"
            r"mot de passe oublié)",
            r"(?:iniciar sesión|inicia sesión|regístrate|registrarse|mi cuenta|"
            r"crear (?:una )?cuenta|cerrar sesión)",
            r"(?:accedi|registrati|entra|il mio account|entrar|cadastre-se|minha conta|"
            r"iniciar sessão|fazer login)",
            r"(?:inloggen|registreren|mijn account|zaloguj(?: się)?|zarejestruj się|"
            r"moje konto|załóż konto)",
            r"(?:σύνδεση|εγγραφή|είσοδος|войти|вход|регистрация|зарегистрироваться|личный кабинет)",
            r"(?:登录|登入|注册|註冊|会员登录|ログイン|新規登録|会員登録|無料会員登録)",
            place="edge",
        ),
    ),
    names=boxes(
        r"(?:\w+-)?(?:paywall|regwall|reg-wall|pay-wall)(?:-\w+)*",
        r"piano-(?!id)\w+(?:-\w+)*",
        r"tp-(?:modal|container|offer)\w*",
        r"gate(?:d|way)?-?(?:content|wall|message|prompt)\w*",
        r"subscriber-only(?:-\w+)*",
        r"login-(?:box|form|prompt|wall|modal)\w*",
        r"(?:sign-?in|sign-?up|register)-(?:box|form|prompt|wall|modal|cta|promo)\w*",
        r"premium-(?:box|teaser|overlay|offer)\w*",
    ),
    names_reason="The page names it a wall before the article.",
)
