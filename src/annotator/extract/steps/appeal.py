"""Appeals that no exact shape foresees: short lines that speak to the reader about the site.

A line is an appeal if it names what sites ask for (accounts, subscriptions,
mail, consent, shares …) and turns to the reader while doing so, without any
sign of a report: quotation marks, speech, the past.
"""

import re
from dataclasses import dataclass

from annotator.extract.passages import Rule
from annotator.extract.steps.shapes import line_of

LONGEST = 260  # characters
MOST_WORDS = 32
FEW_WORDS = 4
LABEL_WORDS = 7
SHORT_WORDS = 12
MEDIUM_WORDS = 18
LIST_WORDS = 20
ENOUGH_TOPICS = 2
ENOUGH_TURNS = 2
MANY_TURNS = 3

_REASONS = {
    "sign_in": "It turns to you about accounts and access.",
    "subscribe": "It turns to you about subscriptions or support.",
    "newsletter": "It turns to you about mail.",
    "cookie": "It turns to you about consent or your browser.",
    "share": "It turns to you about sharing or the app.",
    "comments": "It turns to you about comments.",
    "related": "It turns to you about other articles.",
    "ads": "It turns to you about advertisements.",
}


def _topic(step: str, pattern: str) -> tuple[str, re.Pattern[str]]:
    return step, re.compile(pattern)


# Each entry is one topic: several words of one topic count once.
_TOPICS = (
    _topic(
        "subscribe",
        r"\bfree for (?:your |the )?(?:first )?\d+ (?:days?|weeks?|months?)\b|"
        r"\bfirst (?:month|week) free\b|"
        r"\bthen (?:just |only )?[$€£]\s?\d|\bbilled (?:monthly|annually|yearly)\b",
    ),
    _topic(
        "subscribe",
        r"\bsubscri(?:be|bers?|bing|ptions?)\b|\babonn(?:ez|ieren|iere|er|ement)\b|\babo\b|"
        r"\bsuscri\w+|\babbona\w+|\bassin(?:e|ar|ante|atura)\b",
    ),
    _topic(
        "sign_in",
        r"\b(?:sign|log)(?:ged|ning|ging)?[ -]?(?:in|on|up)\b|\blogin\b|\bsignup\b|"
        r"\beinloggen\b|\banmelden\b|\bpasswords?\b|\bconnectez-vous\b|\biniciar? sesión\b",
    ),
    _topic(
        "sign_in",
        r"\bregister(?:ed)? (?:now|today|here|free|for|to|with|or|users?|readers?)\b|"
        r"\bregistration\b|\bregistrieren\b|\bor register\b|\b(?:an?|your|my|free|"
        r"digital) (?:\w+ )?account\b|\bcreate (?:a|an|your)\b.{0,20}\baccount\b|\bkonto\b",
    ),
    _topic(
        "sign_in",
        r"\b(?:free|monthly|weekly|complimentary|\d+|your) (?:articles?|stories|reads?|"
        r"views?)\b|\b(?:articles?|stories|reads?) (?:left|remaining|used|this month)\b|"
        r"\b(?:article|story|free|monthly|reading) (?:limit|allowance|quota)\b|\b(?:hit|"
        r"reached|run out of|out of) (?:your |our )?(?:free|limit)\b",
    ),
    _topic(
        "sign_in",
        r"\bpaywall\w*|\bpremium\b|\b(?:our|only|for|to|registered|paying) (?:members?|"
        r"users?|subscribers?)\b|\bmembers?[ -]only\b|\bmembership\b|\bpaid (?:plan|tier|"
        r"post|subscri\w+)\b|\b(?:subscriber|member)s?['-]? ?(?:content|exclusive|"
        r"benefit)s?\b",
    ),
    _topic(
        "subscribe",
        r"\bunlock (?:this|all|full|the (?:full|rest|article|story)|unlimited|access|premium|"
        r"exclusive|more|every\w*|your|it)\b|\bdigital (?:pass|access|edition)\b|"
        r"\bunlimited\b|\bfull access\b|\bfree trial\b|\bupgrade\b|"
        r"\bcancel (?:at )?any ?time\b|\byour (?:free )?trial\b|\btry (?:us|"
        r"it)(?: for)? free\b|"
        r"[$€£]\s?\d+(?:[.,]\d+)? ?(?:a|per|/) ?(?:week|month|year)\b|\bfor (?:just |"
        r"only )?[$€£]\s?\d|\bspecial offer\b|\bsave \d+ ?%",
    ),
    _topic(
        "newsletter",
        r"\bnewsletters?\b|\bin-?box\b|\bmailing list\b|\be-?mail (?:address|alerts?|"
        r"updates?|list)\b|\b(?:your|by|our|via) e-?mail\b|\bjoin (?:our|the) list\b|"
        r"\bjoin (?:over |more than )?[\d,.]+k?\+? (?:other )?(?:readers|subscribers|"
        r"people)\b|"
        r"\bdaily (?:digest|briefing)\b|\bnieuwsbrief\b|\bboletín\b",
    ),
    _topic(
        "cookie",
        r"\bcookies?\b|\bconsent\b|\bprivacy (?:policy|notice|settings|choices)\b|"
        r"\bterms of (?:use|service)\b|\bdatenschutz\w*|\bpersonali[sz]ed? (?:ads?|"
        r"content)\b|\btracking\b",
    ),
    _topic(
        "cookie",
        r"\bad ?-?blockers?\b|\bjavascript\b|\b(?:your|this|another|a different|"
        r"an? (?:outdated|unsupported|old)) browser\b|"
        r"\brefresh (?:the|this|your) (?:page|browser)\b|\bwhitelist\b",
    ),
    _topic(
        "share",
        r"\b(?:the|our|this) app\b|\bin (?:the |our )?app\b|\bapp store\b|\bgoogle play\b|"
        r"\bpush notifications?\b|\blisten to this\b|\baudio version\b",
    ),
    _topic(
        "sign_in",
        r"\b(?:continue|keep|start|resume) (?:reading|watching|listening|browsing)\b|"
        r"\b(?:rest|remainder|full text) of (?:this|the) (?:article|piece|story|post)\b|"
        r"\b(?:full|whole|entire|complete) (?:article|story|post|piece|text)\b|\b(?:this|the|"
        r"our) (?:story|article|content|post|piece) is (?:only |exclusively )?(?:for (?:our |"
        r"paying |paid |registered )?(?:subscribers?|members?|users?|readers?)|"
        r"available (?:to|for)|reserved|locked|exclusive|free to)\b|\bread (?:more|on|"
        r"the rest|this article|it all)\b|\bscroll (?:down )?to continue\b|\ba preview of\b|"
        r"\bweiterlesen\b|\blire la suite\b|\bseguir leyendo\b",
    ),
    _topic(
        "share",
        r"\bshare (?:this|on|via|with|it|the|your)\b|\btweet (?:this|it)\b|\bfollow (?:us|me|"
        r"along)\b|\bgift (?:this|an?) (?:article|story|subscription)\b|\b(?:print|e-?mail|"
        r"bookmark|rate) this\b|\btell a friend\b|\bwas this (?:article|page|"
        r"story) (?:helpful|useful)\b|\bpreferred source\b|\bspread the word\b",
    ),
    _topic(
        "comments",
        r"\bleave a (?:comment|reply)\b|\bjoin the (?:conversation|discussion|debate)\b|"
        r"\b(?:in|see|read|post|view) (?:the |all )?comments\b|\bcomments? (?:below|"
        r"section)\b|\bhave your say\b|\blet us know\b",
    ),
    _topic(
        "related",
        r"\b(?:jump|skip|back) to (?:the )?(?:top|content|home|main|all)\b|\bmost (?:popular|"
        r"read)\b|\brelated (?:articles?|stories|posts?|topics|coverage)\b|\byou (?:may|"
        r"might)(?: also)? (?:have|like|enjoy)\b|\bread (?:this )?next\b|\bup next\b|"
        r"\bfrom our partners\b|\brecommended (?:for you|reading)\b|\bstories (?:you|"
        r"like this)\b|\bmore (?:stories|articles|coverage)\b|\bdon't miss\b",
    ),
    _topic(
        "subscribe",
        r"\b(?:support|fund|donate to|contribute to|back) (?:us|our|my|independent|this|"
        r"local|quality)\b|\b(?:support|fund|back) (?:our |more |\w+ )?(?:reporting|"
        r"journalism)\b|\bgive (?:once|monthly|now|today)\b|\bdonat(?:e|ions?|ing)\b|"
        r"\breaders? (?:like you|support|funded)\b|"
        r"\bchip in\b|\bkeep (?:the|our) (?:lights on|journalism)\b|\bmade possible by\b|"
        r"\b(?:our|independent) journalism\b|\bspende\w*|\bpatreon\b",
    ),
    _topic(
        "ads",
        r"^(?:ads?|advert\w*|sponsored|promoted|paid)\b|\bsponsored by\b|\bpaid for by\b|"
        r"\bremove ads\b|\bad-free\b|\badvertis(?:ing|ements?) (?:helps?|keeps?|supports?)\b",
    ),
)
_TURN = re.compile(
    r"\b(?:you(?:'ve|'re|'ll)?|your|us|our|we(?:'ve|'re)?|my|me|now|here|today|free|please|"
    r"this (?:article|story|post|page|piece|content)|"
    r"to (?:continue|keep|read|view|unlock|see|access|receive|get|enjoy)|sie|ihre?n?|dich|"
    r"dein\w*|jetzt|hier|uns|unser\w*|bitte|kostenlos|vous|votre|nous|notre|ici|maintenant|"
    r"aquí|ahora|nuestr\w+|gratis)\b"
)
_COMMAND = re.compile(
    r"(?:please |already |have |not |want |enjoy\w* |get|sign|log|subscribe|register|create|"
    r"unlock|join|keep|start|become|support|try|read|share|follow|click|tap|enter|accept|"
    r"manage|"
    r"enable|disable|turn|allow|view|upgrade|listen|open|gift|jump|skip|scroll|continue|"
    r"cancel|fund|drop|hear|add|"
    r"rate|tell|print|back|become|buy|donate|chip|only|this|thanks|we |you |your|our|don't|"
    r"never|stay|see|leave|like|love|need|give|help|save|\d+ |"
    r"jetzt|bitte|melden|lesen|abonnieren|erhalten|abonnez|recevez|connectez|inscrivez|"
    r"suscríb|recibe|regístr|inicia|iscriviti|abbonati|assine|receba)"
)
_QUOTED = re.compile('["“”„«»]')
_SPEECH = re.compile('["“„«]\\w.{0,200}\\w[.,!?]?["”“»]')
_REPORT = re.compile(
    r"\b(?:said|says|told|according|wrote|asked|explained|added|argued|reported|announced|"
    r"launched|found|were|was the|was a|had (?:been|lost)|in (?:19|20)\d\d|percent|per cent|"
    r"million|billion|he|she|his|her|they|their)\b"
)
_CODE = re.compile(
    r"[{}<>=;]|\w\(\)|\b(?:function|object|handler|router|server|database|parameter|method|api)\b"
)


@dataclass(frozen=True, slots=True)
class _Line:
    """What speaks for a line's being an appeal."""

    topics: tuple[str, ...]
    turns: int
    words: int
    is_command: bool

    def is_appeal(self) -> bool:
        """Tell whether a line that stands by itself is an appeal."""
        turns_to_reader = self.turns > 0 or self.is_command
        if len(self.topics) > ENOUGH_TOPICS:
            return turns_to_reader
        if len(self.topics) == ENOUGH_TOPICS and self.words <= LABEL_WORDS:
            return True
        if len(self.topics) == ENOUGH_TOPICS or self.words <= LABEL_WORDS:
            return self.turns > 0 or (self.is_command and self.words <= FEW_WORDS)
        if not self.is_command:
            return self.turns >= MANY_TURNS and self.words <= MEDIUM_WORDS
        longest = MEDIUM_WORDS if self.turns >= ENOUGH_TURNS else SHORT_WORDS
        return self.turns > 0 and self.words <= longest

    def is_appeal_in_list(self) -> bool:
        """Tell whether an item of a list is an appeal: steps tell readers what to do as well."""
        return len(self.topics) >= ENOUGH_TOPICS and self.turns > 0 and self.words <= LIST_WORDS


def appeal_rule(text: str) -> Rule | None:
    """Return why a short line by itself is an appeal to the reader, or nothing."""
    line = _line(text)
    return _rule(line) if line and line.is_appeal() else None


def reports(text: str) -> bool:
    """Tell whether a line quotes, or tells of others or of the past, as an article does."""
    line = line_of(text)
    return len(line.split()) > FEW_WORDS and bool(_REPORT.search(line) or _SPEECH.search(text))


def listed_appeal_rule(text: str) -> Rule | None:
    """Return why an item of a list is an appeal to the reader, or nothing."""
    line = _line(text)
    return _rule(line) if line and line.is_appeal_in_list() else None


def _line(text: str) -> _Line | None:
    line = line_of(text)
    words = len(line.split())
    if not line or len(line) > LONGEST or words > MOST_WORDS:
        return None
    topics = tuple(step for step, topic in _TOPICS if topic.search(line))
    if not topics or _REPORT.search(line) or _QUOTED.search(text) or _CODE.search(line):
        return None
    turns = len(set(_TURN.findall(line)))
    return _Line(topics, turns, words, _COMMAND.match(line) is not None)


def _rule(line: _Line) -> Rule:
    step = line.topics[0]
    return Rule(step, "appeal", _REASONS[step])
