"""Walls: prompts to sign in, register or pay before reading on."""

from annotator.extract.residue.family import Family, LinePattern, Policy

FAMILY = Family(
    name="sign_in",
    reason="Sign-in or account prompt.",
    policy=Policy(
        veto=True,
        trusted_container=True,
        is_wall=True,
        is_button=True,
    ),
    pieces={
        "SIGN_IN": r"(?:please )?(?:sign|log|logg)[ -]?(?:in|on|up)",
        "READ": r"""
            (?:read|continue|keep|view|see|access|unlock|get|finish|watch|listen|enjoy|open)
        """,
        "REST": r"""
            (?:article|story|post|piece|content|page|text|column|issue|report|rest|more|reading|
              archive|comments?|everything|analysis)
        """,
    },
    lines=(
        LinePattern(
            "sign-in-to-read",
            {
                "en": r"""
                    {SIGN_IN}\b.{0,60}\b(?:to|and) {READ}\b.{0,80}
                    (?:register|subscribe|join|create (?:a|an|your)(?: free)? account|
                      become a \w+|upgrade|start (?:a|your) free trial|pay|purchase|
                      buy)\b.{0,60}\b(?:to|and) {READ} (?:.{0,40}\b)?{REST}\b.{0,60}
                    to (?:continue|keep|read|view|see|access|unlock|finish)\b.{0,60}\b(?:sign|log|
                      register|subscribe|join|create|become|upgrade|start|please)\b.{0,100}
                    (?:want|like|wish|care) to (?:continue|keep|read)\b.{0,60}\?.{0,80}
                    (?:continue|keep) reading (?:this |the |your )?(?:article|story|post|piece|
                      for free|with a|by|after)\b.{0,80}
                    (?:read|see|view|get|unlock) (?:the )?(?:full|whole|rest of (?:the|this)|
                      entire|complete) (?:{REST})\b.{0,40}\b(?:subscri\w+|trial|account|
                      membership|sign|log|register\w*|free)\b.{0,60}
                    (?:unlock|get) (?:this|the full|unlimited|full|instant|
                      complete)\b.{0,40}\b(?:article|story|post|access|digital|content)\b.{0,80}
                    (?:this|the|our) (?:\w+ )?{REST} is (?:\w+ )?(?:for|to|behind|available|
                      reserved|exclusive|locked|restricted|accessible)\b.{0,60}\b(?:subscri\w+|
                      members?|paywall|premium|users?|readers?|account|plan)\b.{0,60}
                    (?:this )?(?:is )?(?:an? )?(?:premium|subscriber|subscribers|members?|
                      member)[ -](?:only )?(?:content|article|story|exclusive|post|
                      feature)\b.{0,60}
                    (?:only|exclusively) for (?:our )?(?:paid |paying |
                      registered )?(?:subscribers|members|patrons)
                    for (?:paid |paying )?(?:subscribers|members|patrons) only
                    already (?:a|an|have|got|registered|subscribed|signed)\b.{0,80}
                    (?:not|don't have|no|need) (?:a |an )?(?:subscriber|member|account|
                      subscription|user)(?: yet)?\?.{0,80}
                    (?:you (?:must|need to|have to)|please) (?:be )?(?:sign|log|regist|subscrib|
                      creat)\w*\b.{0,30}\b(?:to|before|in order)\b.{0,80}
                    (?:if you are|if you're).{0,40}\b(?:subscriber|member|
                      registered user)\b.{0,120}
                    (?:have|got) an account\?.{0,60}
                """,
                "de": r"""
                    (?:bitte )?(?:einloggen|anmelden|melden sie sich an|loggen sie sich ein|
                      registrieren(?: sie sich)?|jetzt (?:registrieren|anmelden|freischalten|
                      testen|kaufen|weiterlesen))\b.{0,40}\b(?:um|und|zum|weiter\w*|lesen|artikel|
                      zugriff)\b.{0,80}
                    (?:jetzt |hier )?(?:weiterlesen|weiter lesen|artikel (?:ganz |
                      vollständig )?(?:weiter)?lesen|
                      ganzen artikel lesen)(?: mit| ab| für| ohne| als)\b.{0,60}
                    (?:dieser|der|den|diesen) (?:artikel|inhalt|beitrag|
                      text)\b.{0,40}\b(?:abonnent\w*|plus|premium|abo|mitglied\w*|registriert\w*|
                      kostenpflichtig)\b.{0,80}
                    (?:sie haben|haben sie|sie sind|sind sie) (?:schon|
                      bereits)\b.{0,40}\b(?:abo\w*|konto|zugang|registriert|kunde|leser|
                      mitglied)\b.{0,60}
                """,
                "fr": r"""
                    (?:connectez-vous|se connecter|identifiez-vous|inscrivez-vous|abonnez-vous|
                      créez un compte)\b.{0,30}\b(?:pour|afin|et)\b.{0,80}
                    (?:cet|l') ?(?:article|contenu) est (?:réservé|exclusif|payant)\b.{0,60}
                    (?:il (?:vous )?reste|pour lire la suite|lire la suite (?:avec|pour|
                      en))\b.{0,80}
                    (?:déjà|vous êtes déjà) (?:abonnée?|inscrite?|un compte|membre)\b.{0,50}
                """,
                "es": r"""
                    (?:inicia(?:r|e)? sesión|regístra(?:te|se)|regístrese|suscríb(?:ete|ase)|
                      accede|crea (?:una|tu) cuenta)\b.{0,30}\b(?:para|y)\b.{0,80}
                    (?:este|el) (?:artículo|contenido|texto) es (?:exclusivo|solo|sólo|reservado|
                      de pago)\b.{0,60}
                    (?:para|quieres|quiere) (?:seguir|continuar) (?:leyendo|disfrutando)\b.{0,80}
                    (?:ya (?:eres|es|soy|tienes|tiene)|¿ya (?:eres|tienes|es|
                      tiene))\b.{0,20}\b(?:suscriptor\w*|cuenta|usuario|socio)\b.{0,50}
                """,
                "it": r"""
                    (?:accedi|registrati|abbonati|iscriviti|effettua il login)\b.{0,30}\b(?:per|
                      e)\b.{0,80}
                    (?:questo|il) (?:articolo|contenuto) è (?:riservato|esclusivo|
                      disponibile solo|per)\b.{0,60}
                    (?:sei (?:già )?(?:un )?abbonato|hai già un (?:account|abbonamento))\b.{0,50}
                """,
                "pt": r"""
                    (?:entre|faça login|cadastre-se|assine|registe-se|
                      inicie sessão)\b.{0,30}\b(?:para|e)\b.{0,80}
                    (?:este|o) (?:conteúdo|artigo|texto) é (?:exclusivo|reservado|só|apenas|
                      para)\b.{0,60}
                    (?:já (?:é|sou)|é) (?:um )?assinante\b.{0,50}
                """,
                "nl": r"""
                    (?:log in|inloggen|registreer|maak (?:een )?(?:gratis )?account|word lid|
                      abonneer)\b.{0,30}\b(?:om|en)\b.{0,80}
                    (?:dit|deze) (?:artikel|verhaal|inhoud) is (?:alleen|exclusief|
                      voorbehouden)\b.{0,60}
                    (?:al (?:abonnee|lid|een account)|bent u al|heb je al)\b.{0,60}
                """,
                "pl": r"""
                    (?:zaloguj się|zarejestruj się|wykup|kup dostęp|załóż konto)\b.{0,30}\b(?:aby|
                      by|żeby|i)\b.{0,80}
                    (?:ten|dalsza część) (?:artykuł|treść|
                      artykułu)?\b.{0,20}\b(?:dla prenumeratorów|dla subskrybentów|tylko dla|
                      dostępn\w+ dla)\b.{0,50}
                """,
                "el": r"""
                    (?:συνδεθείτε|εγγραφείτε|γίνετε συνδρομητ\w+)\b.{0,30}\b(?:για|και)\b.{0,80}
                """,
                "ru": r"""
                    (?:войдите|авторизуйтесь|зарегистрируйтесь|подпишитесь|
                      оформите подписку)\b.{0,30}\b(?:чтобы|и|для)\b.{0,80}
                    (?:этот|материал|статья|полный текст)\b.{0,30}\b(?:только для|
                      доступ\w+ (?:только )?(?:для )?(?:по )?подпис\w+)\b.{0,50}
                """,
                "zh": r"""
                    (?:请|請)?(?:登录|登入|注册|註冊|订阅|訂閱)(?:后|後|以|即可|才能|查看|阅读|
                      閱讀|继续|繼續|，).{0,24}
                    .{0,10}(?:仅限|僅限|只限).{0,6}(?:会员|會員|订阅|訂閱|用户|用戶).{0,16}
                """,
                "ja": r"""
                    .{0,24}(?:ログイン|会員登録|無料登録|購読|登録)(?:すると|して|が必要|
                      いただくと|の上).{0,24}
                    (?:この|本)(?:記事|コンテンツ|続き)は.{0,8}(?:有料|会員|プレミアム|
                      登録).{0,20}
                    (?:続きを読む(?:には|にはログイン)|残り\d+文字|有料会員限定).{0,24}
                """,
            },
            reason="Prompt to sign in or pay to read on.",
            place="always",
        ),
        LinePattern(
            "sign-in",
            {
                "en": r"""
                    {SIGN_IN}(?: here| now)?(?: (?:or|/|and) (?:register|sign up|subscribe|
                      create an account|join))?
                    {SIGN_IN}(?: here| now)? (?:with|using|via|to) .{0,60}
                    register(?: now| here| for free| today| or (?:log|sign) in)?(?: (?:to|
                      for) .{0,60})?
                    (?:create|open|get) (?:a|an|your|my) (?:free |new )?(?:account|profile|
                      login)\b.{0,40}
                    forgot(?:ten)? (?:your |my )?password.{0,30}
                    (?:my|your) (?:account|profile)|log ?out|sign ?out|login|signup|member login
                    account login|remember me|keep me (?:signed|logged) in
                """,
                "de": r"""
                    einloggen|anmelden|ausloggen|abmelden|registrieren|mein konto
                    jetzt (?:registrieren|anmelden)|kostenlos registrieren|passwort vergessen
                    zum login
                """,
                "fr": r"""
                    se connecter|connexion|s'inscrire|s'identifier|mon compte|créer un compte
                    mot de passe oublié
                """,
                "es": r"""
                    iniciar sesión|inicia sesión|regístrate|registrarse|mi cuenta
                    crear (?:una )?cuenta|cerrar sesión
                """,
                "it": r"accedi|registrati|entra|il mio account",
                "pt": r"cadastre-se|minha conta|iniciar sessão|fazer login",
                "nl": r"inloggen|registreren|mijn account",
                "pl": r"zaloguj(?: się)?|zarejestruj się|moje konto|załóż konto",
                "el": r"σύνδεση|εγγραφή|είσοδος",
                "ru": r"войти|вход|регистрация|зарегистрироваться|личный кабинет",
                "zh": r"登录|登入|注册|註冊|会员登录",
                "ja": r"ログイン|新規登録|会員登録|無料会員登録",
                "es pt": r"entrar",
            },
            reason="Sign-in link.",
            place="edge",
        ),
    ),
    containers=r"""
        (?:\w+-)?(?:paywall|regwall|reg-wall|pay-wall)(?:-\w+)*
        piano-(?!id)\w+(?:-\w+)*
        tp-(?:modal|container|offer)\w*
        gate(?:d|way)?-?(?:content|wall|message|prompt)\w*
        subscriber-only(?:-\w+)*
        login-(?:box|form|prompt|wall|modal)\w*
        (?:sign-?in|sign-?up|register)-(?:box|form|prompt|wall|modal|cta|promo)\w*
        premium-(?:box|teaser|overlay|offer)\w*
    """,
    container_reason="Marked by the page as a paywall or sign-in box.",
)
