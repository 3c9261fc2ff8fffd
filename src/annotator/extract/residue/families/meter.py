"""Counters of a metered site: how many articles may still be read for nothing."""

from annotator.extract.residue.family import Family, boxes, shape

_NUMBER = (
    r"(?:\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|no|zero|(?:your |"
    r"the )?(?:last|final|only)"
    r"(?: one| two)?|all(?: of)?(?: your| \d+)?)"
)
_THING = (
    r"(?:free |complimentary |monthly |premium |more |gift |guest )*(?:articles?|stories|story|"
    r"reads?|views?|posts?|pieces?)"
)

FAMILY = Family(
    "meter",
    (
        shape(
            "articles-left",
            "It counts the articles that you may still read for nothing.",
            r"(?:.{0,40}\b)?(?:you(?:'ve| have)?|there (?:is|are)|only|just|that's|"
            rf"this is)\b.{{0,30}}\b{_NUMBER} {_THING}"
            r"(?: are| is)? (?:left|remaining|remain|to go)\b.{0,60}",
            rf"{_NUMBER} (?:of {_NUMBER} )?{_THING}(?: are| is)? (?:left|remaining|"
            r"remain)\b.{0,60}",
            rf"{_THING} (?:left|remaining|read)\s?:?\s?\d{{1,2}}(?: ?(?:/|of) ?\d{{1,2}})?",
            r"you(?:'ve| have)(?: now)? (?:read|used|viewed|reached|hit|had|finished|"
            r"run out of|exhausted)\b(?=.{0,30}\b(?:\d+|your|all|last|free|limit|one|any)\b)"
            rf".{{0,40}}\b{_THING}\b.{{0,80}}",
            r"you(?:'ve| have| are)(?: now)? (?:reached|hit|used up|exceeded|at|near(?:ing)?|"
            r"over|out of)\b.{0,40}\b(?:limit|free (?:articles?|stories|reads?|"
            r"views?))\b.{0,80}",
            r"(?:this is |that was |it's )?(?:your|the) (?:\w+ ){0,2}(?:free|"
            r"complimentary) (?:articles?|story|stories|reads?|views?)\b.{0,60}",
            rf"(?:article|story|read) \d{{1,2}} (?:of|/) \d{{1,2}}(?: {_THING})?\b.{{0,40}}",
            r"\d{1,2} ?(?:/|of|out of) ?\d{1,2} free (?:articles?|stories|reads?)\b.{0,60}",
            # German, Dutch
            r"(?:sie|du|ihnen|dir)\b.{0,30}\b(?:noch|nur noch|bereits|"
            r"schon)\b.{0,30}\bartikel\b.{0,50}",
            r"(?:nur )?noch \d{1,2} (?:\w+[ -])?(?:artikel|beiträge?)\b.{0,60}",
            r"(?:u|je|jij) (?:heeft|hebt|kunt|kan)\b.{0,30}\b(?:nog|"
            r"al)\b.{0,20}\bartikel(?:en|s)?\b.{0,40}",
            r"nog \d{1,2} (?:gratis )?artikel(?:en|s)?\b.{0,30}",
            # French, Spanish, Italian, Portuguese
            r"(?:il (?:ne )?vous reste|vous avez (?:lu|atteint|encore|déjà))\b.{0,40}\b(?:"
            r"articles?|limite)\b.{0,50}",
            r"(?:le|te|les) qued(?:a|an)\b.{0,20}\b(?:artículos?|notas?)\b.{0,40}",
            r"(?:has|ha) (?:leído|llegado|alcanzado|superado)\b.{0,40}\b(?:artículos?|límite|"
            r"notas?)\b.{0,50}",
            r"(?:hai|ti restano|ti rimangono|ti resta|"
            r"ti rimane)\b.{0,30}\b(?:ancora )?.{0,12}\barticol[oi]\b.{0,40}",
            r"(?:você (?:tem|leu|atingiu|ainda tem)|restam|resta)\b.{0,40}\b(?:artigos?|"
            r"matérias?|limite|textos?)\b.{0,50}",
            # Polish, Greek, Russian
            r"(?:pozosta(?:ł|ło|ły)|zosta(?:ł|ło|ły))\b.{0,20}\b(?:\d{1,2}|jeden|"
            r"ostatni)\b.{0,20}\bartyku(?:ł|ły|łów)\b.{0,40}",
            r"(?:σας )?απομέν(?:ει|ουν)\b.{0,20}\bάρθρ(?:ο|α)\b.{0,40}",
            r"(?:у вас )?остал(?:ась|ось|ись)\b.{0,20}\bстат(?:ья|ьи|ей)\b.{0,40}",
            # Swedish, Danish, Norwegian, Finnish
            r"(?:du har|sinulla on)\b.{0,20}\b\d{1,2}\b.{0,30}\b(?:artik|juttu)\w*\b.{0,50}",
            # Chinese, Japanese
            r".{0,12}(?:还可|還可|剩余|剩餘|还剩|還剩).{0,12}(?:篇|文章).{0,12}",
            r".{0,12}(?:残り|あと)\s?\d{1,2}\s?(?:本|記事|件).{0,12}",
            place="always",
        ),
    ),
    names=boxes(
        r"(?:article-)?meter(?:-\w+)*", r"metered(?:-\w+)*", r"meter-?(?:count|banner|bar)\w*"
    ),
    names_reason="The page names it a counter of free articles.",
)
