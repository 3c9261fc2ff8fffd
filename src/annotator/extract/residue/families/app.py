"""Prompts to install an app or to allow notifications."""

from annotator.extract.residue.family import Family, LinePattern, Policy

FAMILY = Family(
    name="app",
    reason="App or notification prompt.",
    policy=Policy(veto=True, in_instructions=True, is_button=True),
    lines=(
        LinePattern(
            "get-the-app",
            {
                "en": r"""
                    (?:download|get|install|try|open in|read (?:it |this )?in|view in|use) (?:the|
                      our|your)?\s?(?:\w+ ){0,3}app\b.{0,80}
                    (?:available|download(?: it)?(?: now)?|get it) (?:on|from|
                      in) (?:the )?(?:app store|google play|play store|itunes)\b.{0,60}
                    (?:add|make|set) .{0,30}\b(?:as|a) (?:your )?(?:preferred|
                      trusted) source\b.{0,40}
                    (?:enable|turn on|allow|get) (?:push |browser |desktop )?(?:notifications?|
                      alerts)\b.{0,60}
                    follow us on google news
                """,
            },
        ),
        LinePattern(
            "get-the-app-abroad",
            {
                "any": r"""
                    (?:ladda (?:ner|ned)|hämta|hent|download|last ned|lataa|stáhněte si|töltse le|
                      descarcă|descărcați|indirin|indir) (?:vår app|vores app|appen vår|appen|
                      vår nya app|sovelluksemme|\w+-sovellus|naši aplikaci|alkalmazásunkat|
                      aplicația noastră|uygulamamızı)\b.{0,80}
                """,
            },
            is_exact=True,
        ),
    ),
    containers=r"""
        (?:\w+-)?app-?(?:banner|promo|download|nag|install|store|prompt)\w*(?:-\w+)*
        smart-?(?:app-?)?banner(?:-\w+)*
        (?:web-?)?push-?(?:prompt|notifications?|banner)(?:-\w+)*
    """,
    container_reason="Marked by the page as an app prompt.",
    keywords={
        "en": """
            our app, app store, google play, play store, qr code, push alerts, ios, android,
            on your phone, mobile app, apk, news on the go, app for ios, apps for ios, in the app,
            with our app, with the app, download our, story in the app, our free app,
            news wherever
        """,
        "de": """
            app store, google play, play store, herunterladen, qr code, benachrichtigung*,
            push nachrichten, ios, android, in der app, app öffnen, nachrichten app, news app,
            auch in unserer app, aufs handy, unsere app, unserer app, die app herunterladen
        """,
        "fr": """
            appli, applis, app store, google play, notifications, qr code, installez,
            appli mobile, notre appli, notre application, disponible sur ios, téléchargez l app
        """,
        "es": """
            nuestra app, app store, google play, descárgate, descárgala, notificaciones,
            código qr, noticias al instante, nuestra aplicación, descarga la app,
            descárgate la app, alertas de noticias, recibe noticias, la app de
        """,
        "it": """
            nostra app, app store, google play, codice qr, nell app, l app di, l app del,
            scarica l app, scarica la app, scarica la nostra
        """,
        "pt": """
            aplicativos, app store, google play, descarregue, descarregar, notificações,
            código qr, nosso aplicativo, nosso app, app do, aplicativo do, baixe o app,
            baixe o aplicativo, baixe nosso, receba notícias, receba as notícias
        """,
        "nl": """
            app store, google play, installeer, notificaties, pushberichten, qr code, onze app,
            app van, de app van, download de app, download onze app
        """,
        "pl": """
            app store, google play, powiadomieni*, zainstaluj, kod qr, naszą aplikację,
            naszej aplikacji, w aplikacji, pobierz aplikację, pobierz naszą
        """,
        "el": "app store, google play, κατεβάστε, εγκαταστήστε",
        "ru": """
            app store, google play, скачайте, установите, qr код*, наше приложение,
            нашем приложении, приложение чтобы, узнавать первыми, скачайте приложение,
            скачайте наше, установите приложение
        """,
        "zh": """
            客户端, 客戶端, app, 應用程式, 下載, app store, google play, 下载客户端, 下載app
        """,
        "ja": """
            インストール, app store, google play, qrコード, 通知をオンにする,
            アプリをダウンロード, アプリで読む
        """,
        "any": "app store, google play, play store",
    },
    weak_keywords={
        "en": """
            the app, app, apps, download, downloads, notification*, install, on the go, news app,
            alerts from, to your phone, wherever you are, wherever you go, live alerts
        """,
        "de": """
            app, apps, laden sie, installieren, mitteilungen, push, download, kostenlose app,
            tablet, für unterwegs, alle news
        """,
        "fr": "application*, télécharger, téléchargez, alertes, installer",
        "es": "app, apps, aplicación, aplicaciones, descarga, descargar, alertas",
        "it": "app, applicazione, scarica, scaricare, notifiche, notifica",
        "pt": "app, aplicativo, aplicação, baixe, baixar, alertas",
        "nl": "app, apps, download, downloaden, meldingen",
        "pl": "aplikacj*, pobierz",
        "el": "εφαρμογή, εφαρμογής, app, κατέβασε, ειδοποιήσεις",
        "ru": "приложени*, скачать, уведомлени*",
        "zh": "应用, 下载, 安装, 通知, 推送",
        "ja": "アプリ, ダウンロード, 通知",
    },
)
