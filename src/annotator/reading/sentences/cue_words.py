"""Cue words: words that make a sentence more or less check-worthy, by language.

A word that ends with `*` matches all words with this prefix.
"""

from functools import cache
from typing import Literal

Cue = Literal[
    "saying",  # a source is named
    "causing",
    "comparing",
    "counting",
    "happening",  # an event that did or did not occur
    "public",  # matters that concern many people
    "hedging",
    "judging",  # taste and feelings
    "writer",  # the first person
    "reader",  # the second person, as in advice and advertisements
    "telling",  # imperatives at the beginning of a sentence
    "housekeeping",  # words of sites about themselves
]

CUES: dict[str, dict[Cue, str]] = {
    "en": {
        "saying": "said says according reported reports claim claims claimed stated announced "
        "told estimate* found finds survey study studies research poll data denied confirmed "
        "warned argues argued noted added believe believed believes declined testified accused",
        "causing": "because caus* led leads lead due result* effect* impact* reduc* increas* "
        "prevent* harm* thanks therefore reason reasons link* affect* boost* rais* lower* cut",
        "comparing": "more less fewer most least than highest lowest largest biggest smallest "
        "best worst first last only compared greater higher lower larger smaller faster twice "
        "never always rise rises rose fell fall grew record unprecedented oldest youngest",
        "counting": "million* billion* trillion* thousand* hundred* dozen* half third quarter "
        "percent percentage per majority many most all none every nobody average rate number",
        "happening": "was were arrested killed elected launched signed passed voted won lost "
        "died born founded bought sold published banned approved rejected convicted charged "
        "appointed resigned built destroyed discovered released displaced designed worked known "
        "injured injuries reported detected became began joined received converts contains",
        "public": "government* law laws court courts police president minister* election* voters "
        "congress senate parliament tax taxes war health climate emissions economy "
        "economic unemployment inflation crime immigration vaccine* virus disease* cancer "
        "science scientists company companies market imports producers",
        "hedging": "would could might may should perhaps maybe probably if imagine suppose hope "
        "hopes expect will going seems seem",
        "judging": "beautiful* lovely great amazing awesome wonderful gorgeous stunning awful "
        "terrible ugly love loved loves hate favorite favourite excellent funny brilliant "
        "delicious fantastic pretty perfect* boring dull godsend dazzling handsome happy glad "
        "proud sad sorry feel felt",
        "writer": "i i'm i've i'd my me mine we we're we've our us myself",
        "reader": "you your you're you'll you've yours y'all",
        "telling": "be add get use see click read make take put try buy check learn find visit "
        "choose remember dip pour mix stir let go keep please enter sign follow watch look give "
        "come activate remove call note stand don't thanks congratulations",
        "housekeeping": "cookies subscribe newsletter copyright sign-up privacy login webmaster "
        "reproduction tutorial screenshot paragraph fixture website site",
    },
    "de": {
        "saying": "laut zufolge sagte sagt erklärte berichte* behaupt* studie* umfrage* "
        "angaben forscher* bestätigte* warnt* betont* unterstrich ergab ergeben zeigen zeigt "
        "bemerkt schätz* recherchen soll sollen fordert erklärt meint",
        "causing": "weil wegen aufgrund führt führte führen verursach* folge* deshalb dadurch "
        "bewirk* verhinder* senk* steiger* erhöh* auswirkung* ursache* grund",
        "comparing": "mehr weniger am höchst* niedrigst* größt* kleinst* meist* best* "
        "schlechtest* erst* einzig* höher* niedriger* größer* kleiner* schneller* als nie niemals "
        "immer rekord* längst* ältest* jüngst* gravierendst* stieg sank doppelt* gegenüber "
        "selten häufig",
        "counting": "million* milliard* tausend* hundert* dutzend* hälfte drittel viertel "
        "prozent mehrheit viele alle keine jede* durchschnitt* anteil rund etwa fast zahl anzahl",
        "happening": "wurde wurden war waren worden getötet gewählt gegründet verhaftet "
        "verboten beschloss beschlossen gestorben starb geboren entdeckt veröffentlicht siegte "
        "gewann verlor versandte übernahm lag entwickelte verprügelt besitz gilt angenommen "
        "datier* involviert geprägt betroffen leiden engagieren",
        "public": "regierung* gesetz* gericht* polizei* präsident* minister* wahl* bundestag* "
        "parlament* steuer* krieg* klima* wirtschaft* inflation migrant* impf* virus "
        "krank* wissenschaft* unternehmen markt* risiko* schulen partei*",
        "hedging": "würde würden könnte könnten dürfte vielleicht wohl möglicherweise wenn "
        "hoffentlich hoff* sollte sollten werden",
        "judging": "schön* toll* wunderbar* großartig* hässlich* lieb* liebe perfekt* lecker* "
        "leider gern gerne schade traumhaft* fesselnd* geheimnisvoll* hervorragend* auffallend* "
        "stark*",
        "writer": "ich mein* mir mich wir unser* uns",
        "reader": "du dein* dir dich euch euer* ihnen lass",
        "telling": "lass entdecken nutzen lesen sehen kaufen geben machen klicken besuchen "
        "drückt schaut entscheiden realisieren erfahren hier",
        "housekeeping": "cookies newsletter abonnieren datenschutz* website webseite* domain "
        "impressum app workshop",
    },
    "fr": {
        "saying": "selon affirm* déclar* dit annonc* indiqu* rapport* expliqu* révèl* révélé "
        "estim* étude* enquête* sondage* accus* soupçonn* précis* démenti prévoit prévoient "
        "d'après",
        "causing": "car parce cause* causé entraîn* provoqu* permet* réduit rédui* augment* "
        "grâce conséquence* raison lié* effet* impact* baiss* répercussions",
        "comparing": "plus moins premier* première* dernier* dernière* meilleur* pire* seul* "
        "seule* record jamais toujours davantage supérieur* inférieur* double fois "
        "au-dessous au-dessus",
        "counting": "million* milliard* millier* centaine* dizaine* moitié tiers quart cent "
        "majorité plupart tous toutes aucun* chaque moyenne taux nombre environ plusieurs",
        "happening": "été était étaient furent fut arrêté* tué* élu* fondé* signé* adopté* "
        "voté* mort* né* publié* interdit* condamné* ouvert* découvert* fait pris classé* "
        "classée* diffusé* saisi* engagée répertorié",
        "public": "gouvernement* loi lois tribunal justice police président* ministre* élection* "
        "député* sénat parlement impôt* guerre santé climat* économie économique* "
        "inflation immigration vaccin* virus maladie* cancer scientifiques entreprise* "
        "marché* plainte plaignante appel grève*",
        "hedging": "pourrait pourraient serait peut-être si devrait devraient doit semble "
        "espèr* faut",
        "judging": "beau* belle* magnifique* superbe* horrible* incroyable* merveill* adore* "
        "aime* parfait* enfumage malheureus* hélas",
        "writer": "je j'ai moi mon ma mes nous notre nos",
        "reader": "vous votre vos tu ton ta tes",
        "telling": "découvrez voir cliquez lisez prenez faites utilisez trouvez regardez lui "
        "agissons",
        "housekeeping": "cookies abonn* newsletter site webinaire confidentialité données",
    },
    "es": {
        "saying": "según dijo afirm* declar* anunci* inform* indic* explic* asegur* denunci* "
        "señal* estudio* encuesta* estim* acus* reveló confirmó agregó sostuvo negó suelen",
        "causing": "porque debido caus* provoc* consecuencia* gracias permit* reduc* aument* "
        "efecto* impacto* razón motivo* consiguiente pierde",
        "comparing": "más menos mayor* menor* mejor* peor* primer* primera* último* única* "
        "único* récord nunca siempre superior* inferior* doble superaron también",
        "counting": "millon* millones mil miles cien* cientos decena* mitad tercio cuarto "
        "mayoría todos todas ningun* cada promedio tasa número alrededor aproximadamente",
        "happening": "fue fueron era eran había detenido* asesin* elegid* fundad* firm* aprob* "
        "murió nació publicad* prohib* conden* secuestr* acusados llamaron pidieron registró "
        "registrado ordenado hicieron aprobada asisten violan",
        "public": "gobierno* ley leyes tribunal justicia policía* president* ministr* elección "
        "elecciones diputad* senado parlamento congreso impuesto* guerra salud clim* "
        "economía económic* inflación migra* vacuna* virus enfermedad* cáncer científic* "
        "empresa* mercado* fiscal periodistas calentamiento",
        "hedging": "podría podrían sería quizá* tal si debería puede imagino espera queremos",
        "judging": "hermos* bell* maravillos* increíble* horrible* encant* favorito* orgullos* "
        "feliz* impresionante* bonit* amor",
        "writer": "yo mi mis me nosotros nuestro* nuestra* nos estoy",
        "reader": "tú tu tus usted ustedes su te",
        "telling": "descubre lee haz mira compra visita elige vayan vean",
        "housekeeping": "cookies suscrib* boletín newsletter privacidad correo",
    },
    "pt": {
        "saying": "segundo disse afirm* declar* anunci* inform* indic* estudo* pesquisa* "
        "admitem acreditam diz",
        "causing": "porque devido caus* provoc* consequência* graças reduz* aument* efeito*",
        "comparing": "mais menos maior* menor* melhor* pior* primeir* últim* únic* nunca sempre",
        "counting": "milhão milhões bilhões mil metade maioria todos todas cada média taxa",
        "happening": "foi foram era eram preso* morto* eleito* fundad* aprovad* morreu nasceu "
        "arrastado recuperou entregou encontrado deu",
        "public": "governo* lei leis tribunal justiça polícia* president* ministr* eleição "
        "eleições deputad* senado congresso imposto* guerra saúde clim* economia inflação vacina* "
        "vírus doença* empresa* mercado*",
        "hedging": "poderia seria talvez se deveria pode deve",
        "judging": "lind* belo* maravilhos* incrível* horrível* perfeito*",
        "writer": "eu meu minha me nós nosso* nossa*",
        "reader": "você* seu sua aí vocês",
        "telling": "veja leia mande acompanhem clique",
        "housekeeping": "cookies assine newsletter blog",
    },
    "it": {
        "saying": "secondo detto afferm* dichiar* annunci* riport* studio sondaggio stim*",
        "causing": "perché causa* caus* provoc* effetto* grazie ridu* aument*",
        "comparing": "più meno maggior* minor* miglior* peggior* prim* ultim* unic* mai sempre",
        "counting": "milion* miliard* migliaia mila metà maggioranza tutti tutte ogni media",
        "happening": "stato stata stati era erano fu arrestat* ucciso* eletto* morto nato",
        "public": "governo legge leggi tribunale giustizia polizia president* ministr* elezion* "
        "deputat* senato parlamento tasse guerra salute clim* economia inflazione vaccin* "
        "virus malatti* imprese mercato",
        "hedging": "potrebbe sarebbe forse se dovrebbe può",
        "judging": "bell* meraviglios* incredibil* orribil* perfett*",
        "writer": "io mio mia mi noi nostr* ci",
        "reader": "tu tuo tua voi vostr* ti",
        "telling": "scopri leggi guarda clicca",
        "housekeeping": "cookie newsletter iscriviti privacy",
    },
}


class CuesOfWords(dict[str, Cue | None]):
    """The cue of each word of a language, filled on demand."""

    def __init__(self, language: str) -> None:
        super().__init__()
        listed = CUES.get(language, {})
        pairs = [(word, cue) for cue, words in listed.items() for word in words.split()]
        self._whole = {word: cue for word, cue in pairs if not word.endswith("*")}
        self._stems = {word[:-1]: cue for word, cue in pairs if word.endswith("*")}
        self._longest = max(map(len, self._stems), default=0)

    def __missing__(self, word: str) -> Cue | None:
        cue = self._whole.get(word) or self._by_stem(word)
        self[word] = cue
        return cue

    def _by_stem(self, word: str) -> Cue | None:
        lengths = range(min(len(word), self._longest), 0, -1)  # a word can be a page of Chinese
        starts = (word[:length] for length in lengths)
        return next((self._stems[start] for start in starts if start in self._stems), None)


@cache
def cues_of_words(language: str) -> CuesOfWords:
    """Return the cue of each word of a language; `None` for all words without a list."""
    return CuesOfWords(language)
