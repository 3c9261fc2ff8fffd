"""Words that a full stop shortens, and words that begin sentences, in the languages we read most.

In lower case and without their last stop. Languages share one list: an
English article quotes "Sr. López", and few shortened words of one language
are whole words of another; those few are told by their capital.
"""


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


ALWAYS_FOLLOWED = _words(
    # titles
    "mr mrs ms dr prof mx st hon rev fr sra srta dra dña mme mlle mm mgr sig dott ing dipl "
    "gen col maj capt lt sgt cpl pvt adm cmdr cdr brig gov sen rep reps sens pres supt det insp "
    "messrs atty amb mgr drs mej mevr "
    # references
    "fig figs eq cf vs viz vgl al ed eds vol vols pp nr nos núm tel approx ca orig trans "
    "abb abs bzw bspw ggf evtl sog inkl exkl ugs bd bde hrsg usf s.o s.u "
    "i.e e.g z.b u.a d.h o.ä i.d.r p.ex p.ej "
    # places and bodies
    "ee mt ft ave blvd rd str univ dept assn asst est ext min mio mrd std av bd pl avda"
)
SOMETIMES_LAST = _words(
    "sr uu inc co corp ltd llc plc jr bros etc usw esq gmbh sa ag cía ud uds "
    "jan feb mar apr jun jul aug sep sept oct nov dec "
    "calif ariz mich minn tenn wis fla ga kan md mo neb nev okla ore penn va vt wyo colo conn "
    "del ala ark ky mass ill wash ind miss tex mont ont que"
)
WORDS_TOO = _words(
    "co no me mass ill miss wash ore col va ed art fig kan ind ark sec ext est st mt ft gen sen "
    "rep pres rev hon mar del ala min sa ag ing det pl mm av fr mx amb trans mont que dec "
    "nov sep tel ca str"
)
BEFORE_NUMBERS = _words("no nos nr art sec ch chap p pp fol bl núm kap ziff abs §")
LETTERED = _words(
    "plan vitamin group grupo groupe gruppe hepatitis type typ class part section appendix "
    "exhibit point option version team model and or"
)
STARTERS = _words(
    "the a an he she it they we i you in on at as but and or so if when while after before this "
    "that these those there here what who why how where his her its their our my your no not for "
    "from with by to of some many most all one two both each since although though however "
    "meanwhile still now then also yet even just only others another such last next nobody "
    "officials critics police prosecutors experts researchers scientists "
    "der die das ein eine er sie es wir ich ihr man dies diese dieser seit doch aber und auch nun "
    "wer wie was wo wenn als nach bei im am um zu mit von für "
    "le la les un une il elle ils elles on nous vous ce cette ces mais et puis dans pour selon "
    "el los las una ella ellos nosotros ese esa esto pero y según en su se "
    "lo gli uno una lui lei loro ma nel nella con per questo questa "
    "o os um uma ele ela eles mas no na de het een hij zij wij maar"
)
SAYING = _words(
    "said says say asked asks told wrote writes added adds replied testified tweeted shouted "
    "continued explained argued recalled noted demanded cried joked insisted warned announced "
    "concluded wondered quipped declared whispered answered sagte fragte rief schrieb"
)
DOTTED_ORDINALS = _words("de da nb nn no fi cs sk hu hr sl et is lv")
