"""Families of words: of prose, of residue lines, and in the class names of containers.

Of class names, only three kinds are told apart: those around articles, those of
articles, and those of their bodies. What the names say in detail, such as
`share` or `author`, did not help on sites that had not been seen.

No word decides anything by itself. They are counted, and the trees weigh the counts.
"""

from functools import lru_cache

from annotator.extract.dom.elements import words

STOP_WORDS = words(
    """
    the of and to in a is that for it as was with be by on not he his but at are this have from or
    had an they which one you were her all she there would their we him been has when who will more
    no if out so said what up its about into than them can only other new some could time these two
    may then do first any my now such like our over me even most made after also did many before
    must through back years where much your way well down should because each just those people too
    der die und in den von zu das mit sich des auf für ist im dem nicht ein eine als auch es an
    werden aus er hat dass sie nach wird bei einer um am sind noch wie einem über einen zum war
    haben nur oder aber vor zur bis mehr durch man sein wurde sei ich wir ihr wenn kann mir uns
    de la le et les un du une que est pour qui dans par plus pas au sur ne se ce il avec son mais
    comme ou si leur y dont elle nous vous cette aux
    el los las por con para su al lo más pero sus ya o este sí porque esta entre cuando muy sin
    sobre también hasta hay donde
    não uma os na mais dos ao à seu sua ser foi são tem nos já está eu só pelo pela até isso
    di che è per non sono del della da ha nel anche più gli ai dei
    het van en dat op te zijn niet met voor maar om aan ook bij nog naar dan
    w i z się nie że jest od po za jak ale przez dla tym być już są co jego tylko
    και το να του η της με που την από είναι στο οι τα δεν τον θα ότι στη σε τους στην
    и в не на что с он это по но к из у от же так его все было бы мы она они ее мне или
    """
)

LINE_FAMILIES = {
    "share": words(
        """
        share shared tweet email print whatsapp facebook twitter linkedin pinterest reddit instagram
        youtube telegram teilen drucken compartir partager condividi
        """
    ),
    "subscribe": words(
        """
        subscribe subscriber subscribers subscription subscriptions newsletter newsletters sign
        signup inbox mailing unsubscribe abonnieren abo donate membership member members patreon
        trial premium unlimited free abonnement suscríbete
        """
    ),
    "account": words(
        """
        log login register registered account password einloggen anmelden registrieren iniciar
        connexion
        """
    ),
    "related": words(
        """
        related read more also recommended trending popular latest next previous watch story stories
        articles article videos mehr lesen auch lire aussi leer también leggi anche continue further
        """
    ),
    "cookie": words("cookie cookies privacy policy datenschutz gdpr terms agree consent"),
    "ad": words(
        """
        advertisement advertising anzeige werbung publicidad publicité sponsored promoted affiliate
        commission ad ads
        """
    ),
    "rights": words("copyright rights reserved rechte reproduced published permission"),
    "author": words(
        """
        by von par por written posted author editor reporter writer journalist correspondent
        freelance professor contributor columnist contact editing reporting autor
        """
    ),
    "picture": words(
        """
        photo photos image images picture foto bild fotos credit getty reuters shutterstock ap afp
        istock alamy flickr imago courtesy quelle video illustration screenshot
        """
    ),
    "comment": words(
        """
        comment comments kommentar kommentare reply replies response responses discussion
        conversation
        """
    ),
    "date": words(
        """
        january february march april may june july august september october november december jan
        feb mar apr jun jul aug sep sept oct nov dec januar februar märz mai juni juli oktober
        dezember monday tuesday wednesday thursday friday saturday sunday updated ago min mins hours
        uhr janvier février enero
        """
    ),
    "tag": words("tags tag topics topic filed categories category themen thema keywords labels"),
    "promotion": words(
        """
        download app podcast listen click here buy shop order visit join follow get available our
        your you us now today
        """
    ),
    "note": words(
        "update correction note disclaimer disclosure originally appeared views contributed source"
    ),
}

AROUND, ARTICLE, BODY = 1, 2, 4

_NAMES = {
    AROUND: words(
        """
        comment comments commenting disqus respond responses reply replies discussion
        kommentar
        related recirc recommend recommended recommendations popular trending latest
        upnext teaser teasers outbrain taboola similar promo promos carousel further
        suggested suggestions stories card cards more next prev previous also swiper
        slider
        share shares shared sharing social socials sociable addthis twitter facebook
        follow whatsapp pinterest tools toolbar print sharedaddy
        newsletter newsletters subscribe subscription subscriber subscriptions signup
        optin mailchimp email cta donate donation support membership mailing
        ad ads advert adverts advertisement advertising sponsor sponsored sponsors dfp
        banner banners anzeige werbung affiliate commerce commercial product products shop
        buy price deal deals partner
        author authors bio byline bylines contributor contributors writer profile vcard
        autor autoren credit credits staff about
        nav navi navbar navigation menu menus breadcrumb breadcrumbs pagination pager skip
        jump toc contents tabs tab header masthead topbar logo search login account user
        sidebar sidebars aside widget widgets rail secondary module modules panel box
        boxes complementary infobox factbox pull right
        foot footer footers copyright legal disclaimer bottom colophon imprint terms
        contentinfo
        """
    ),
    ARTICLE: words("article articles content entry post posts story text blog main rich copy page"),
    BODY: words("body articlebody prose paragraph paragraphs hentry storytext bodytext"),
}

_OUTER = words("article post entry story page main blog rich content")
_INNER = words("body text content copy")


def _of_words() -> dict[str, int]:
    kinds: dict[str, int] = {}
    for kind, names in _NAMES.items():
        for name in names:
            kinds[name] = kinds.get(name, 0) | kind
    return kinds


_OF_WORD = _of_words()


@lru_cache(maxsize=8192)
def kinds_of(names: str) -> int:
    """Return what class names say: AROUND, ARTICLE and BODY, one bit each.

    `article-body` and the like say BODY as well.
    """
    kinds = 0
    for name in names.split():
        before = ""
        for word in name.split("-"):
            kinds |= _OF_WORD.get(word, 0)
            if word in _INNER and before in _OUTER:
                kinds |= BODY
            before = word
    return kinds
