"""Spaces that only a stylesheet shows: between elements, and after drop caps.

A drop cap with a space after it ("W hen") is joined with the rest of its word only
if both make one of the words in OPENERS, with which texts often begin. English
has by far the most drop caps, so its list is the longest; the lists of the
other languages leave out words whose halves are words, too.
"""

import re

from annotator.extract.dom.elements import Element, text_of, words

LEAST_WORDS = 2  # in each of two elements that are taken for two phrases
_ENDS = frozenset(".!?…:;,”»")
LONGEST_CAPITAL = 2  # characters of a drop cap, with a quotation mark
_BLOCK_STYLE = re.compile(r"\bdisplay\s{0,9}:\s{0,9}(?:block|flex|grid|table|list-item)\b")


def starts_phrase(element: Element, last: str) -> bool:
    """Return whether an element starts a new phrase directly after an element of the same tag.

    `last` is the character before it. A single word may be split over two
    elements, so each must have several words, and the second must start with a
    capital.
    """
    before = element.getprevious() if last in _ENDS or last.islower() else None
    if before is None or before.tail or before.tag != element.tag:
        return False
    begun = text_of(element, 80)
    if not begun[:1].isupper():
        return False
    return min(len(begun.split()), len(text_of(before, 80).split())) >= LEAST_WORDS


def is_styled_as_block(element: Element) -> bool:
    """Return whether an inline element is styled to be on lines of its own."""
    style = element.get("style")
    if not (style and "display" in style and _BLOCK_STYLE.search(str(style)[:500])):
        return False
    return "float" not in style or len(text_of(element, 80).strip()) > LONGEST_CAPITAL


_ENGLISH = """
about above after again against all almost along already also although always amid among an and
another any anyone are around as ask at back because before behind being below between beyond both
but by call can certainly come consider could dear despite did do does don’t down during each early
eight either even ever every everyone everything few first five for four from get give go had half
have having he her here hers high his how however hundreds if imagine in indeed inside instead into
is it it’s its just last late later let like long look many may maybe meanwhile men millions more
most much must my near nearly never new next nine no nobody none not nothing now of off often on
once one only or other others our out outside over people perhaps recently scientists seven several
shall she should since six so some someone something sometimes soon still such take ten than that
the their then there these they thirty this those though thousands three through throughout thus to
today together tomorrow tonight too twenty two under unless unlike until up upon very was we
welcome well were what whatever when whenever where whether which while who whoever whose why will
with within without women would year years yes yesterday yet you young your
"""
_GERMAN = """
aber alle als am an auch auf aus bei beim bis da das dass dem den denn der des dich die dies diese
dieser dieses doch dort du durch ein eine einem einen einer eines er erst es euch für gegen gestern
gibt hat heute hier hinter ich ihr ihre im immer in ist jeder jetzt jede kein keine man mehr mein
mit nach nicht nie noch nun nur ob oder ohne schon sein seine seit sich sie sind so über um und uns
unser unter viele vielen vom von vor war warum was weil wenn wer wie wir wo zu zum zur zwei zwischen
"""
_ROMANCE = """
après au aujourd’hui aux avant avec ce ces cette chez comme dans de depuis des deux du elle elles en
est et il ils je la le les leur mais ne nous on ou où par pas pour quand que qui sans ses si son sur
tout tous un une vous
al ante antes así aunque cada casi como con cuando cuatro de del desde después donde dos durante
el ella ellos en entre era es esta este esto está están fue hace hasta hay la las lo los más me
mientras muchos muy no nos nuestra para pero por porque que quien se según ser si sin sobre su sus
también tras tres un una uno
com da das de depois do dos ela ele eles em entre era essa esse esta este foi há já mais mas na
não nas no nos os ou para pela pelo por quando que quem são se sem seu sua um uma
al alla anche che chi ci come con cosa da dal dalla dei del della delle di dopo dove due era fino
gli ha hanno il in la le lo ma nel nella non ogni per perché più prima quando quella quello questa
questo se si sono su sul tra tre tutti un una uno
"""
_DUTCH = """
aan als bij dat de deze die door een er het hij hoe ik in is je maar met na naar niet nog nu om
onder ook op over sinds te toen tot uit van veel voor waar want wat we wie wij ze zij zo
"""

OPENERS = words(_ENGLISH + _GERMAN + _ROMANCE + _DUTCH)

# These letters are also words, so they are joined only with the rests that make one of these.
CERTAIN_AFTER_A_WORD = {
    "A": words(
        """
        after again against all almost already also although always among an and another any anyone
        are as at auf aus als après avec aux avant
        """
    ),
    "I": words("if imagine in indeed inside instead into is it it’s its il ils ist im ihr ihre"),
    "O": words("of off often once only our other others over os où oder ohne"),
    "E": words("each either eight every everyone everything even ever es el en est er elle ela"),
    "Y": words("yes yet you young your yesterday year years"),
    "U": words("under unless unlike until upon un und uma uno une uns unser"),
    "É": frozenset(),
    "À": frozenset(),
}
