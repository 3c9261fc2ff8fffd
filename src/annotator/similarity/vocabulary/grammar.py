"""Words of grammar: those that say nothing about a subject, that deny, and that compare.

A word that ends with `*` stands for all words with this beginning.
"""

# Articles, pronouns, and verbs of being, saying and counting.
STOP_WORDS: dict[str, str] = {
    "en": "a an the this that these those it its he she his her him they them their there "
    "we our us you your i my who which what when where while whose and or but so than "
    "then as if at by for from in into of off on onto out over up down to with within "
    "without about after before during between against under until since per via is "
    "are was were be been being has have had having do does did will would can could "
    "may might shall should must said say says saying told tell according report* "
    "claim* stated states announce* estimate* added found finds shows show showed "
    "counted count counts warn* confirm* reached reach reaches total number numbers "
    "amount drew draw draws put stood stand stands came come comes became become went "
    "go goes made make makes take took takes got get gets also only just even still "
    "already now nearly almost around roughly some any all each every both more most "
    "least less very much many few whole new other same such last next first again "
    "yet ever too well s monday tuesday wednesday thursday friday saturday sunday "
    "today yesterday year years time times people person persons expert* scientist* "
    "researcher* official* figure* data office organiser* organizer* source* because "
    "think* consider* thanks",
    "de": "der die das den dem des ein eine einen einem einer eines dieser diese dieses "
    "diesem diesen es er sie ihr ihre ihren ihrer sein seine seiner seinen wir uns "
    "unser man wer was wann wo und oder aber als wie dass ob wenn an am auf aus bei "
    "beim bis durch für gegenüber hinter im in ins mit nach neben ohne seit über um "
    "unter vom von vor während wegen zu zum zur zwischen ihres ihrem unsere vielen "
    "ist sind war waren wird werden wurde wurden worden sei hat haben hatte hatten "
    "soll sollen kann können will wollen muss müssen sagte sagt sagen laut zufolge "
    "angaben erklärte teilte meldet* berichtet* gab gibt geben liegt lag stand steht "
    "bleibt blieb kommt kam macht machte auch nur noch schon sehr etwa rund fast "
    "insgesamt genau mehr viele so hoch nun jetzt neue neuen neuer neues jahr jahre "
    "jahres jahren mal mensch menschen person* leute zahl anzahl montag dienstag "
    "mittwoch donnerstag freitag samstag sonntag vorjahr experten forscher* entstand* "
    "zählte* lediglich",
    "fr": "le la les l un une des du de d à au aux ce cet cette ces il elle ils elles on "
    "nous vous je son sa ses leur leurs notre nos qui que qu quoi dont où et ou mais "
    "donc car si comme en dans par pour sur sous avec sans vers chez entre depuis "
    "pendant après avant contre selon d'après est sont était étaient été être a ont "
    "avait avaient avoir sera seront fut y se s n'a c'est fait faire font peut "
    "peuvent doit dit déclar* affirm* annonc* indiqu* précis* atteint atteindre élevé "
    "élève réuni plus moins très aussi encore déjà environ près tout tous toute "
    "toutes même autre autres nouveau nouvelle nouveaux nouvelles ans an année années "
    "fois personne personnes gens nombre lundi mardi mercredi jeudi vendredi samedi "
    "dimanche dernier dernière chercheurs experts",
    "es": "el la los las lo un una unos unas al del de a ante bajo con contra desde durante "
    "en entre hacia hasta para por según sin sobre tras que quien cuyo cual cuando "
    "donde como y e o u pero si se su sus este esta estos estas ese esa él ella ellos "
    "nos le les es son era eran fue fueron ser será sido está están estaba ha han "
    "había haber hay tiene tienen tuvo hizo hacer puede dijo dice afirm* declar* "
    "anunci* asegur* informó llegó llegar alcanz* sitúa más menos muy también ya "
    "todavía aún casi cerca todo todos toda todas otro otra otros nuevo nueva nuevos "
    "nuevas año años vez veces persona personas gente número lunes martes miércoles "
    "jueves viernes sábado domingo último última expertos",
    "it": "dell nell all dall sull quell il lo la i gli le l un uno una di a da in con su "
    "per tra fra del dello della dei degli delle al allo alla ai agli alle dal dallo "
    "dalla dai dalle nel nello nella nei negli nelle sul sulla sui sulle e ed o ma se "
    "che chi cui quando dove come questo questa questi queste quello quella suo sua "
    "suoi loro ci si è sono era erano fu stato stata stati state essere ha hanno "
    "aveva avere avrà fa fare può deve disse detto dice secondo afferm* dichiar* "
    "annunc* raggiun* più meno molto anche già ancora quasi circa oltre solo tutto "
    "tutti tutta altro altri nuovo nuova nuovi nuove anno anni volta volte persona "
    "persone gente numero lunedì martedì mercoledì giovedì venerdì sabato domenica "
    "ultimo ultima esperti prevede",
    "pt": "o a os as um uma uns umas de do da dos das em no na nos nas por pelo pela pelos "
    "pelas para com sem sob sobre entre até desde após ao aos à às e ou mas se que "
    "quem quando onde como este esta esse essa isso seu sua seus suas ele ela eles é "
    "são era eram foi foram ser será está estão tem têm teve ter há havia vai vão fez "
    "fazer pode disse diz segundo acordo afirm* declar* anunci* inform* ating* chegou "
    "mais menos muito também já ainda quase cerca apenas todo todos toda outro outra "
    "outros novo nova novos novas ano anos vez vezes pessoa pessoas gente número "
    "segunda-feira terça-feira quarta-feira quinta-feira sexta-feira sábado domingo",
    "nl": "de het een en of maar dat die dit deze er zijn is was waren wordt worden werd "
    "werden heeft hebben had hadden zal zullen kan kunnen moet moeten wil willen ik "
    "hij zij ze we wij ons hun haar in op aan bij van voor met zonder naar uit tot "
    "door over onder tussen na om te ten ter tegenover volgens zegt zei zeggen meldt "
    "melden aldus staat staan telt komt kwam ging gaat maakt als dan ook nog al zeer "
    "bijna ongeveer rond ruim slechts alle andere nieuw nieuwe jaar jaren keer mens "
    "mensen persoon personen aantal maandag dinsdag woensdag donderdag vrijdag "
    "zaterdag zondag vorig vorige",
    "ru": "и в во на с со по к ко у о об от из за под над при для без до через между после "
    "перед что чтобы как так а но или если это этот эта эти того тот та те он она они "
    "оно его её их мы наш вы я который которая которые которого был была было были "
    "быть есть будет будут стал стала стало стали заявил* сообщил* сказал* рассказал* "
    "словам данным согласно отметил* объявил* составил* составля* достиг* более "
    "больше менее около почти примерно только лишь уже ещё также очень все всё весь "
    "всего новый новая новое новые новых год года году лет годы раз раза человек "
    "человека людей люди число количество теперь понедельник вторник среду четверг "
    "пятницу субботу воскресенье эксперт*",
    "zh": "的 了 是 在 和 与 及 将 被 把 从 到 对 于 等 这 那 其 该 也 都 就 而 "
    "但 并 或 以 为 有 他 她 它 们 我 你 超过 达到 据 称 表示 说 显示 约 大约 "
    "近 左右 至少 只有 只 共 总 已经 已 未来 不同 不断 不少 无人机 没收 无线 宣布 "
    "突破 全 年 去年 今年 今天 昨天 日 月 人 个 新 次 每天 数据 统计局 专家 造成 "
    "至",
    "ja": "は が を に の で と も へ や から まで より など した する して され れる "
    "られ いる ある です ます だっ だ た て この その これ それ という として "
    "について による により ため こと もの 述べ 発表 明らか 達し 上っ 超え 上回っ 約 "
    "およそ 以上 以下 ほど だけ 昨年 今年 年 月 日 人 方針 計画 専門家",
}

# Words that turn a statement round.
NEGATIONS: dict[str, str] = {
    "en": "not no never none nobody nothing neither nor cannot deny denies denied denying "
    "refut* disprov* false untrue hoax debunk*",
    "de": "nicht kein* nie niemals niemand nichts weder bestritt* bestreit* dementier* "
    "widerleg* falsch unwahr",
    "fr": "pas jamais aucun* rien ni nie nient nié démen* réfut* faux fausse",
    "es": "no nunca jamás ningun* ningún nada ni negó niega* negaron desment* desmint* "
    "refut* fals*",
    "it": "non mai nessun* niente nulla né nega negato negò smenti* confut* fals*",
    "pt": "não nunca jamais nenhum* nada nem negou nega negaram desment* refut* fals*",
    "nl": "niet geen nooit niemand niets ontken* weerleg* onjuist onwaar",
    "ru": "не нет никогда никто ничего ни отриц* опроверг* опровер* ложн* неверн*",
    "zh": "不 没有 没 未 无 从未 否认 并非 虚假",
    "ja": "ない ません なかった せず 否定 ではな 虚偽",
}

# Words that set two things against each other, in this order.
COMPARISONS = frozenset({"than", "als", "que", "che", "dan", "чем"})

# Verbs by which a source says something, and words that a source comes after.
SAYING: dict[str, str] = {
    "en": "said says say told reported reports claimed claims stated announced estimates "
    "estimated counted found finds show shows showed warned warns confirmed added argues argued "
    "believes",
    "de": "sagte sagt sagen erklärte teilte meldet meldete melden berichtet berichtete behauptet "
    "behauptete zählte zählten ergab zufolge kündigte",
    "fr": "déclare déclaré affirme affirmé affirment annonce annoncé indique indiqué précise "
    "précisé compté estime estimé estiment",
    "es": "dijo dice afirma afirmó afirman anunció asegura aseguró aseguran declaró informó "
    "contaron",
    "it": "disse detto dice afferma affermano dichiarato annunciato riferito contato",
    "pt": "disse diz afirma afirmou afirmam anunciou informou declarou",
    "nl": "zegt zei zeggen meldt meldde melden stelt telde",
    "ru": "заявил* сообщил* сказал* утвержда* насчитал*",
}
BEFORE_A_SOURCE: dict[str, str] = {
    "en": "according",
    "de": "laut angaben",
    "fr": "selon après",
    "es": "según",
    "it": "secondo",
    "pt": "segundo",
    "nl": "volgens aldus",
    "ru": "согласно словам данным",
}
