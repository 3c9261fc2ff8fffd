"""Abbreviations by language, and words that decide what a full stop after them means.

All are in lower case and without their last full stop.
"""

from functools import cache

from msgspec import Struct


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


class Abbreviations(Struct, frozen=True):
    """The abbreviations of a language.

    Those in `followed` never end a sentence, those in `last` may. `ambiguous` ones
    are also words, unless they have a capital or come before a number. `numbered`
    ones are abbreviations only before a number. `starters` are words that begin
    sentences far more often than they follow an abbreviation; languages are guessed
    by them too.
    """

    followed: frozenset[str]
    last: frozenset[str]
    ambiguous: frozenset[str]
    numbered: frozenset[str]
    starters: frozenset[str]
    all: frozenset[str]


TITLES = _words(
    "mr mrs ms mx dr prof st hon rev sr sra srta dra mme mlle mm mgr sig dott ing dipl hr fr dhr "
    "mevr gen col maj capt lt sgt cpl adm cmdr brig gov sen rep reps sens pres supt det insp "
    "messrs atty amb ven mons"
)
COMPANIES = _words("inc corp ltd llc plc bros gmbh cía ltda srl")
LETTERED = _words(
    "plan vitamin group grupo groupe gruppe hepatitis type typ class part section appendix "
    "exhibit point option version team model and or"
)
SPOKEN_AFTER_A_DASH = _words("pl ru uk fr es pt it cs ca")
DOTTED_ORDINALS = _words("de da nb nn no fi cs sk hu hr sl et is lv")
BEFORE_ORDINALS = _words(
    "am im vom zum zur beim der die das dem den des ab bis seit und oder bei nach in von mit sein "
    "ihr unser jeder jedes jeden"
)
AFTER_ORDINALS = _words(
    "januar jänner februar märz april mai juni juli august september oktober november dezember "
    "jahrhundert jahrhunderts jahrestag geburtstag mal platz auflage kapitel klasse stock "
    "weltkrieg bundestag tag runde spieltag minute lebensjahr schwangerschaftswoche"
)
AFTER_TIMES = _words(
    "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri "
    "sat sun january february march april may june july august september october november "
    "december jan feb mar apr jun jul aug sep sept oct nov dec et est edt ct cst cdt mt mst mdt "
    "pt pst pdt gmt utc bst cet cest eastern central mountain pacific"
)
SAYING = (
    "said says say asked asks told wrote writes added adds replied testified tweeted shouted "
    "continued explained argued recalled noted demanded cried joked insisted warned announced "
    "concluded wondered quipped declared whispered answered sagte fragte rief schrieb"
)

_FOLLOWED = {
    "en": "figs eqs cf vs viz al ed eds vol vols pp nr nos approx ca orig trans i.e e.g mt ft ave "
    "blvd rd univ dept assn asst est ext min std messrs eq fig jas wm chas geo",
    "de": "abb abs bzw bspw ggf ggfs evtl sog inkl exkl ugs bd bde hrsg s.o s.u z.b u.a d.h o.ä "
    "i.d.r ca vgl nr str mio mrd min max geb gest verh zzgl bzgl allg dt engl frz lat ehem einschl "
    "anm d insb jhd o.g s.a tel u.u v.a v.chr n.chr z.t z.zt zz vs al hl abt art dgl",
    "fr": "m mm p.ex cf env vs av boul chap éd fig vol art al max min tél éd j.-c apr n° no",
    "es": "ee p.ej núm núms pág págs av avda tel aprox art fig cap vol vs cf c.a ej máx mín ntra d "
    "dª dña ej prov lic abg arq",
    "it": "pag pagg es cfr art fig vol vs avv on rag arch p.es n tel min max sec d.c a.c cap ca",
    "pt": "p.ex pág págs av tel aprox art fig cap vol vs cf n séc exmo exma profa lic arq",
    "nl": "bijv b.v o.a m.a.w d.w.z t.o.v i.p.v m.b.t a.u.b ca nr mw blz vgl incl excl max min "
    "drs mej resp n.a.v t.a.v t/m zgn mln mld",
    "pl": "np m.in tys mln mld tzn tzw prof dr hab ul św pt nt ok godz art ust pkt str im al pl "
    "ks bp abp gen płk mjr kpt por red wg sp j.w r.ż zob por nr tel woj pow gm inż mgr",
    "cs": "např tzv tj č čp str sv ing doc mgr mudr judr phdr ul nám tel resp mj max min vč cca ev",
    "ru": "т.е т.к т.н им ул стр см ср напр проф акад г-н г-жа пл пр д кв тел обл р-н св гл рис",
    "uk": "т.зв ім вул стор див напр проф акад пл буд кв тел обл рис гл",
    "sv": "t.ex bl.a d.v.s s.k kl ca nr resp st tel jfr kap sid f.d t.o.m fr.o.m p.g.a m.h.t",
    "da": "f.eks bl.a dvs kl ca nr pga mht hhv jf kap tlf st sml ifm ift",
    "nb": "f.eks bl.a dvs kl ca nr pga mht hhv jf kap tlf st",
    "fi": "esim mm ks n os klo prof tri mrd milj vrt ent nk nro puh s.o",
    "el": "π.χ κ κα δηλ αρ σελ δρ καθ τηλ βλ λεωφ αγ",
    "tr": "dr prof doç av örn bkz vb sn no cad sok mah alb",
}
_LAST = {
    "en": "jr sr esq etc jan feb mar apr jun jul aug sep sept oct nov dec co calif ariz mich minn "
    "tenn wis fla ga kan md mo neb nev okla ore penn va vt wyo colo conn del ala ark ky mass ill "
    "wash ind miss tex mont ont que",
    "de": "usw etc co jan feb apr jun jul aug sep sept okt nov dez jh ag uvm u.v.m",
    "fr": "etc janv févr avr juil sept oct nov déc cie",
    "es": "etc uu ud uds sa s.a s.l ene feb abr jun jul ago sept oct nov dic",
    "it": "ecc spa s.p.a s.r.l gen feb mar apr giu lug ago set ott nov dic",
    "pt": "etc s.a jan fev abr jun jul ago set out nov dez cia",
    "nl": "enz jan feb mrt apr jun jul aug sept okt nov dec e.d",
    "pl": "itd itp r rr w ww zł gr o.o s.a in m st kg",
    "cs": "atd apod aj r kč a.s s.r.o hod min tis mil mld",
    "ru": "г гг в вв др т.д т.п пр руб тыс млн млрд долл коп мин н.э э",
    "uk": "р рр ст тис млн млрд грн коп т.д т.п ін",
    "sv": "osv m.m mfl m.fl dyl",
    "da": "osv mv m.v o.l",
    "nb": "osv mv m.v o.l",
    "fi": "jne ym yms mrk",
    "el": "κ.λπ κ.ά κλπ μ.μ π.μ χλμ",
    "tr": "vs vd şti",
}
_AMBIGUOUS = {
    "en": "co no me mass ill miss wash ore col va ed art fig kan ind ark sec ext est st mt ft gen "
    "sen rep pres rev hon mar del ala min sa ag det mm fr mont dec nov sep sat sun ca std amb dept "
    "cap ms mo md",
    "de": "co art max hl dt st min mm gen abt nov sep insp mar",
    "fr": "co sept col art av on no mm gen est rep max cap al st fr ing m",
    "es": "sa col art av st gen sen cap es mm el tel d",
    "it": "gen set es on cap col art sa amb min al n max",
    "pt": "set out av cap art col sa gen st mm es n",
    "nl": "nu mm min max al st col gen cap",
    "pl": "w m in st im al pl por red ust ks gr kg sp mm",
    "cs": "st min mil mm aj č max",
    "ru": "в д",
    "fi": "n on st mm os",
    "tr": "no on",
}
_NUMBERED = {
    "en": "no nos nr art sec ch chap p pp fol para §",
    "de": "nr art s abs kap ziff rn bl §",
    "fr": "art p chap al n no",
    "es": "art p núm n cap g s/",
    "it": "art p n cap c",
    "pt": "art p n cap c",
    "pl": "art poz s p n",
    "ru": "ст п с",
    "cs": "č s p",
}
_STARTERS = {
    "en": "the a an he she it they we i you in on at as but and or so if when while after before "
    "this that these those there here what who why how where his her its their our my your no not "
    "for from with by to of some many most all one two both each since although though however "
    "meanwhile still now then also yet even just only others another such last next nobody "
    "officials critics police prosecutors experts researchers scientists is was are were has have",
    "de": "der die das ein eine er sie es wir ich ihr man dies diese dieser dieses seit doch aber "
    "und auch nun wer wie was wo wenn als nach bei im am um zu mit von für den dem des ist nicht "
    "auf in jedoch leider dann dabei damit dort hier heute so sein seine ihre beide alle viele "
    "jede jeder jedes oder",
    "fr": "le la les un une il elle ils elles on nous vous je ce cette ces mais et puis dans pour "
    "selon en au aux des du de est que qui pas avec sur par son sa ses cela c’est l’ d’",
    "es": "el la los las un una ella ellos nosotros ese esa esto este esta pero y según en su se "
    "de que por con para no es del al como más también cuando si ya lo",
    "it": "il lo la i gli le un uno una lui lei loro ma e nel nella con per in di che è non questo "
    "questa del della sono si anche come da al ha",
    "pt": "o a os as um uma ele ela eles mas e no na nos nas em de que do da para com por não se "
    "este esta isso como mais também são foi",
    "nl": "de het een hij zij wij ze we maar en in op van dat dit die is niet met voor aan er ook "
    "als zijn haar naar bij wordt",
    "pl": "on ona oni w na i nie się z do to że jest a o jak po ale od za przez ten ta te tak czy "
    "już być jego oraz tylko co dla ze są",
    "cs": "a v se na je že to s z do o i ale jako za by pro tak po které který jsou si od už jen",
    "ru": "в и не на что с по это как из у он она они мы я но а к за от для же о так его её при",
    "uk": "в і не на що з у та до це як за він вона вони ми але для про від його її",
    "sv": "och i att det är som en på för av med den till inte har de om ett han hon men var vi",
    "da": "og i at det er en til af på for med den der de som ikke har et han hun men var vi",
    "nb": "og i at det er en til av på for med den som de ikke har et han hun men var vi",
    "fi": "ja on ei se että oli hän mutta kun ovat myös joka ne tai kuin sen mukaan jo niin",
    "el": "το και η ο να του της την των για με που από τα δεν θα σε στο στη είναι οι ένα",
    "tr": "bir ve bu da de için ile çok daha o ne ama gibi olan olarak var en",
}


@cache
def abbreviations_of(language: str) -> Abbreviations:
    """Return the abbreviations of a language; of all languages for an unknown one."""
    chosen = [language] if language in _STARTERS else list(_STARTERS)
    tables = (_FOLLOWED, _LAST, _AMBIGUOUS, _NUMBERED, _STARTERS)
    followed, last, ambiguous, numbered, starters = (
        _words(" ".join(table.get(language, "") for language in chosen)) for table in tables
    )
    every = followed | last | numbered | TITLES | COMPANIES
    return Abbreviations(followed, last, ambiguous, numbered, starters, every)


@cache
def starters() -> dict[str, frozenset[str]]:
    """Return the words that often begin sentences, by language."""
    return {language: _words(listed) for language, listed in _STARTERS.items()}
