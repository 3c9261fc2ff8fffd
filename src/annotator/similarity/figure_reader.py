"""Reading the numbers of a text whose words are separated by spaces, token by token."""

import re
from collections.abc import Sequence
from functools import partial

from annotator.model.labels import MONTHS
from annotator.similarity.figures import LARGEST, Figure, Figures, TextToken, TimeOfDay, digits_of
from annotator.similarity.lexicon import meaning_of, words
from annotator.similarity.number_words import factor, may_begin_number, number_words, numeral

FIRST_YEAR, LAST_YEAR = 1500, 2100
CERTAIN_YEAR = 1900  # from here on, four digits are a year unless they count something

_TEN, _HUNDRED, _THOUSAND, _LAST_DAY = 10, 100, 1000, 31
_NOON = 720  # minutes
_HALF = 2  # the denominator
_NOUNS = 2  # at most, between the numbers of a share: trois conseillers sur vingt
_OF_MODEL, _VARIANTS = 3, 10  # digits of a model, and how many variants it has: 787-10
_LARGEST_GROUP = 1000  # of which some are: one in a thousand

_GROUPED = re.compile(r"\d{1,3}(?:[.,]\d{3})+")
_DECIMAL_POINT = frozenset({"en", "zh", "ja"})
_MARKS = "%‰€$£¥₽₹°"
_SIGNS = frozenset({"mark", "end", "comma"})  # kinds of tokens with which no number begins


_OF = words("de di d of von van der des")
_BEFORE_A_YEAR = words(
    "in im year jahr en année año ano anno nel dal since seit depuis desde by bis until before "
    "after vor nach um till в с до к из from von between zwischen entre tra and und et y e и of "
    "del du de da jaar sinds to ab ende anfang mitte early late mid last next this fin début avant "
    "après entro até tot dans le el"
)
_OF_A_DAY = words("de . of er st nd rd th º o")
_ONE = words("a an one ein eine einem einen einer un une una um uma een")
_AFTER_A_SHARE = _OF | words("fewer less more lower higher smaller larger cheaper")
_SURE_SHARES = words(
    "thirds quarters fifths drittel tiers tercio tercios terzi terços kwart треть трети третью"
)
_BARE = words(  # numbers without another one before them
    "hundred hundert cent cien ciento cento cem honderd сто ста thousand tausend mille mil duizend "
    "тысяча dozen dutzend douzaine docena dozzina dúzia dozijn дюжина"
)
_VAGUE = words(  # two, that are rarely numbers
    "both couple pair beide beiden beider ambos ambas entrambi entrambe оба обе"
)
_AN_HOUR = words("stunde hour heure hora ora uur h")
_PER = words("pro per an par por all l je в a")
_LATER, _EARLIER = words("pm p.m. p.m"), words("am a.m. a.m")
_AFTER_MARK = {"m": 1e6, "b": 1e9}  # as in $16M
_POWERS = ("", "", "²", "³")  # behind a unit


def figures_of(tokens: Sequence[TextToken], language: str) -> Figures:
    """Return the numbers of a text."""
    reader = _Reader(tokens, language)
    at, end = 0, len(tokens)
    while at < end:
        kind, _, folded, _ = tokens[at]
        is_number = may_begin_number(folded, language) if kind == "word" else kind not in _SIGNS
        at = reader.read(at) if is_number else at + 1
    return Figures(
        tuple(reader.quantities),
        frozenset(reader.years),
        frozenset(reader.days),
        frozenset(reader.used),
        frozenset(reader.weekdays),
        frozenset(reader.ranks),
        tuple(reader.times),
        frozenset(reader.codes),
    )


class _Reader:
    """Reads tokens from left to right, and keeps the numbers."""

    def __init__(self, tokens: Sequence[TextToken], language: str) -> None:
        self._tokens = tokens
        self._language = language
        self._words = number_words(language)
        self._numeral = partial(numeral, language=language)
        self.quantities: list[Figure] = []
        self.years: set[int] = set()
        self.days: set[tuple[int, int]] = set()
        self.weekdays: set[int] = set()
        self.ranks: set[int] = set()
        self.times: list[TimeOfDay] = []
        self.codes: set[str] = set()
        self.used: set[int] = set()

    def read(self, at: int) -> int:
        """Read what begins at a number, or at a word that may be one; return the place after it."""
        token = self._tokens[at]
        if token.kind == "number":
            if self._is_item(at) or self._is_of_name(at):
                self.codes.add(re.sub(r"\D", "", token.text))
                return self._use(at, at + 1)
            return (
                self._read_day(at)
                or self._read_year(at)
                or self._read_time(at)
                or self._read_quantity(at)
            )
        if token.kind == "date":
            return self._read_date(at)
        if token.kind == "clock":
            return self._read_time(at)
        return self._read_month(at) or self._read_name(at) or self._read_numeral(at)

    def _folded(self, at: int) -> str:
        return self._tokens[at].folded if 0 <= at < len(self._tokens) else ""

    def _kind(self, at: int) -> str:
        return self._tokens[at].kind if at < len(self._tokens) else ""

    def _two(self, at: int) -> str:
        """Return two words as they are in the tables."""
        return f"{self._folded(at)}-{self._folded(at + 1)}"

    def _use(self, start: int, end: int) -> int:
        self.used.update(range(start, end))
        return end

    def _is_item(self, at: int) -> bool:
        """Whether a number only names something: the item of a list, a postal code `00372`."""
        is_code = self._tokens[at].text.startswith("0") and self._tokens[at].text.isdecimal()
        return (is_code and len(self._tokens[at].text) > 1) or (at == 0 and self._kind(1) == "end")

    def _is_of_name(self, at: int) -> bool:
        """Whether a number belongs to a name: `iPhone 11`, `Version 4.0`, `787-9`."""
        text = self._tokens[at].text
        before = self._tokens[at - 1] if at else None
        after = self._tokens[at + 1] if at + 1 < len(self._tokens) else None
        return self._is_variant(at) or (
            before is not None
            and before.kind == "word"
            and not (before.text.islower() or before.folded in _BEFORE_A_YEAR)
            and not meaning_of(before.folded, self._language).is_stop
            and not self._words.numbers["month"].get(before.folded)
            and self._language != "de"
            and text.replace(".", "").isdecimal()
            and not self._year(at)
            and (after is None or (after.kind != "mark" and not after.text.islower()))
        )

    def _is_variant(self, at: int) -> bool:
        """Whether a number is the second one of a model, as in `787-9 jets`, and not of a score."""
        kinds = [token.kind for token in self._tokens[max(at - 1, 0) : at + 2]]
        if kinds != ["number", "number", "word"]:
            return False
        model, token, after = self._tokens[at - 1 : at + 2]
        is_joined = token.joint == "-" and token.text.isdecimal() and len(model.text) == _OF_MODEL
        meaning = meaning_of(after.folded, self._language)
        is_score = meaning.is_stop or (meaning.concept and meaning.concept.name == "vote")
        return is_joined and int(token.text) <= _VARIANTS and not is_score

    # Days and years

    def _day(self, at: int) -> int:
        """Return the day of a month that a token is; 0 if it is none."""
        text = self._folded(at)
        is_short = text.isdecimal() and len(text) <= len("31")
        return int(text) if is_short and 1 <= int(text) <= _LAST_DAY else 0

    def _read_day(self, at: int) -> int:
        """Read `12 May`, `1er mai`, `12 de mayo`; 0 if it is something else."""
        day = self._day(at)
        after = at + 1
        while day and after < at + 3 and self._folded(after) in _OF_A_DAY:
            after += 1
        month = self._words.numbers["month"].get(self._folded(after)) if day else None
        if not month:
            return 0
        self.days.add((month, day))
        return self._use(at, after + 1)

    def _read_month(self, at: int) -> int:
        """Read `May 12`, `March 2026` and `in July`, but not `they may`; 0 if it is not a month."""
        month = self._words.numbers["month"].get(self._folded(at)) or 0
        if not month:
            return 0
        after = at + 1 + (self._kind(at + 1) == "end")  # as in `Dec. 23`
        day, year = self._day(after), self._year(after)
        is_capital = self._tokens[at].text[0].isupper()
        before = self._folded(at - 1) if at else ""
        is_named = before in _BEFORE_A_YEAR or (is_capital and month != 5 and bool(before))  # noqa: PLR2004 - May
        if not (day or year or is_named):
            return at + 1
        self.days.add((month, day))
        return self._use(at, after + 1) if day else self._use(at, at + 1)

    def _read_date(self, at: int) -> int:
        """Read `15.9.2023` and `2023-09-15`."""
        numbers = [int(part) for part in re.split(r"\D", self._tokens[at].text)]
        year, month, day = numbers if numbers[0] > _LAST_DAY else numbers[::-1]
        if not (1 <= month <= len(MONTHS) and 1 <= day <= _LAST_DAY):  # a version: 1.45.2000
            self.codes.add("".join(map(str, numbers)))
            return self._use(at, at + 1)
        self.years.add(year)
        self.days.add((month, day))
        return self._use(at, at + 1)

    def _year(self, at: int) -> int:
        text = self._folded(at)
        is_year = len(text) == len("2026") and text.isdecimal()
        return int(text) if is_year and FIRST_YEAR <= int(text) <= LAST_YEAR else 0

    def _read_year(self, at: int) -> int:
        year = self._year(at)
        if not year or self._words.amounts["times"].get(self._folded(at + 1)):
            return 0
        if at and self._tokens[at - 1].kind == "mark":
            return 0
        unit, _ = self._words.units.get(self._folded(at + 1)) or ("month", 1)
        if unit != "month":  # the next word is a unit, and not the word for years
            return 0
        if year < CERTAIN_YEAR and self._folded(at - 1) not in _BEFORE_A_YEAR:
            return 0
        self.years.add(year)
        return self._use(at, at + 1)

    def _read_time(self, at: int) -> int:
        """Read `9:15 pm`, `21.15 Uhr`, `18 h 30`, `7 a.m.`; 0 if it is not a time of the day."""
        token, after = self._tokens[at], at + 1
        if token.kind != "clock" and not (
            self._day(at) and self._words.numbers["clock"].get(self._folded(after))
        ):
            return 0
        hour, minute = (int(part) for part in (*re.findall(r"\d+", token.text), "0")[:2])
        name = self._folded(after) if self._words.numbers["clock"].get(self._folded(after)) else ""
        if name in _LATER | _EARLIER:
            hour = hour % 12 + 12 * (name in _LATER)
        text = f"{token.text} {self._tokens[after].text}" if name else token.text
        is_certain = bool(name) or hour > _NOON // 60 or "h" in token.text
        self.times.append(TimeOfDay(hour * 60 + minute, is_certain, text))
        return self._use(at, after + bool(name))

    def _read_name(self, at: int) -> int:
        """Read the name of a day or a time, and a word such as `second`; 0 if it is none."""
        words, folded = self._words, self._folded(at)
        two = self._two(at)
        for name, length in ((two, 2), (folded, 1)):
            if (minutes := words.numbers["time"].whole.get(name)) is not None:
                self.times.append(TimeOfDay(minutes, is_certain=True, text=self._tokens[at].text))
                return self._use(at, at + length)
        weekdays = words.numbers["weekday"]
        if weekday := weekdays.whole.get(two) or weekdays.get(folded):
            self.weekdays.add(weekday)
            return self._use(at, at + 1 + (two in weekdays.whole))
        rank = words.numbers["rank"].get(folded)
        if rank and words.numbers["each"].get(self._folded(at - 1)):  # every third, jeder vierte
            share = Figure(100 / rank, "%", 2, is_rough=False, text=self._spelled(at - 1, at + 1))
            self._keep(share._replace(start=at - 1, at=at + 1, parts=(1, rank)))
            return self._use(at - 1, at + 1)
        if rank and not words.amounts["share"].get(folded):
            self.ranks.add(rank)
        elif rank and not self._is_share(at, has_number=self._folded(at - 1) in _ONE):
            self.ranks.add(rank)
            return at + 1
        return 0

    # Quantities

    def _read_quantity(self, at: int) -> int:
        value, digits = _parsed(self._tokens[at].text, self._language)
        extra, after = self._and_a_part(at + 1)  # 5 and a half hours
        if extra and self._unit(at, after)[0]:
            return self._finish(at, after, value + extra, digits + 1)
        return self._read_share(at, at + 1, value) or self._finish(at, at + 1, value, digits)

    def _read_numeral(self, at: int) -> int:
        """Read a number in words; a word that is none is left alone."""
        value, after = self._spoken(at)
        share = self._read_share(at, after, value)
        if share:
            return share
        times = factor(self._folded(at), self._language) if after == at else 0
        if times:
            self._keep(
                Figure(
                    times,
                    "times",
                    1,
                    self._is_rough(at),
                    self._spelled(at, at + 1),
                    at + 1,
                    start=at,
                )
            )
            return self._use(at, at + 1)
        if not value or (value == 1 and not self._counts_one(at, after)):
            return at + 1
        return self._finish(at, after, value, len(f"{value:.10g}".replace(".", "")))

    def _spoken(self, at: int) -> tuple[float, int]:
        """Return the number that words from here on are, and the position after them."""
        total = group = 0.0
        after, last = at, 1.0
        while after < len(self._tokens) and self._tokens[after].kind == "word":
            folded = self._folded(after)
            times = self._words.amounts["times"].get(folded) or 0
            value = 0 if times else self._numeral(folded)
            is_bare = folded in _BARE or (after == at and self._folded(at - 1) in _ONE)
            if times and (group or (is_bare and not total)):
                if times < _THOUSAND:
                    group = (group or 1) * times
                else:
                    total, group, last = total + (group or 1) * times, 0, times
            elif value and self._language == "fr" and group % _HUNDRED == 4 and value == 20:  # noqa: PLR2004 - 4 times 20
                group += 76  # quatre-vingts
            elif value and _may_add(group, value, self._language):
                group += value
            elif not (self._words.numbers["and"].get(folded) and self._goes_on(group, after + 1)):
                break
            after += 1
        if total or group:  # two and a half, dos y medio: the unit comes after it
            extra, further = self._and_a_part(after)
            if extra:  # dos millones y medio
                return total + group + extra * (1 if group else last), further
        return total + group, after

    def _goes_on(self, group: float, at: int) -> bool:
        """Whether a number goes on after `and`: one hundred and five, treinta y cinco."""
        value = self._numeral(self._folded(at))
        return bool(group and value and group >= _TEN and _may_add(group, value, self._language))

    def _counts_one(self, at: int, after: int) -> bool:
        """Whether `one` is a number and no article: one percent, but not one day."""
        unit, _, _ = self._unit(at, after)
        is_measure = unit in {"%", "pp", "cent"} or unit.isupper()
        return (
            is_measure or (self._folded(at) == "one" and bool(unit)) or self._magnitude(after) > 0
        )

    def _read_share(self, at: int, after: int, value: float) -> int:
        """Read `two thirds`, `one in three`, `3 sur 23`; 0 if it is not a share."""
        denominator = self._words.amounts["share"].get(self._folded(after))
        has_article = after == at and self._folded(at - 1) in _ONE
        if after == at and denominator and (end := self._read_one_and_a_part(at - has_article)):
            return end
        if denominator and self._is_share(after, has_number=bool(value) or has_article):
            value = (value or 1) / denominator
            further = after + 1 + (self._folded(after + 1) in _OF)
            further += self._folded(further) in _ONE  # three quarters of an hour
            unit, scale, end = self._unit(at, further)
            times = self._words.amounts["times"].get(self._folded(further)) or 0
            rough = self._is_rough(at)
            if times:
                return self._finish(at, further + 1, value * times, 2)
            if unit and denominator <= 4:  # noqa: PLR2004 - half an hour
                self._keep(
                    Figure(value * scale, unit, 2, rough, self._spelled(at, end), end, start=at)
                )
                return self._use(at, end)
            text = self._spelled(at - has_article, after + 1)
            self._keep(Figure(100 * value, "%", 2, rough, text, after + 1, start=at))
            return self._use(at, after + 1)
        return self._read_group(at, after, value) if value else 0

    def _is_share(self, at: int, *, has_number: bool) -> bool:
        """Whether a word such as `third` is a share here, and not the third of several."""
        folded = self._folded(at)
        if self._words.amounts["share"].get(folded) == _HALF or folded in _SURE_SHARES:
            return True
        follows = self._kind(at + 1) != "word" or self._folded(at + 1) in _AFTER_A_SHARE
        return has_number and (follows or self._language in {"de", "fr", "nl"})

    def _read_group(self, at: int, after: int, value: float) -> int:
        """Read `one in three`, `quattro bottiglie su dieci`; 0 if it is something else."""
        nouns = 0 if self._language in {"en", "de"} else _NOUNS
        for joint in range(after, after + nouns + 1):
            pair = self._words.numbers["in"].get(self._two(joint))
            if not (pair or self._words.numbers["in"].get(self._folded(joint))):
                continue
            is_out = self._folded(joint) == "out"
            then = joint + 1 + bool(pair or (is_out and self._folded(joint + 1) == "of"))
            then += self._folded(then) in _ONE and self._folded(then + 1) in _BARE  # in a thousand
            if self._kind(then) == "number":
                whole, end = _parsed(self._tokens[then].text, self._language)[0], then + 1
            else:
                whole, end = self._spoken(then)
            is_counted = self._unit(then, end)[0] or self._magnitude(end) or self._year(then)
            if is_counted or not value < whole <= _LARGEST_GROUP:
                return 0
            share = Figure(
                100 * value / whole, "%", 2, self._is_rough(at), self._spelled(at, end), end
            )
            self._keep(share._replace(start=at, parts=(value, whole)))
            return self._use(at, after) and self._use(then, end)
        return 0

    def _finish(self, start: int, after: int, value: float, digits: int) -> int:
        """Read magnitude and unit after a number, and keep the quantity."""
        times = 1.0
        while magnitude := self._magnitude(after):
            times *= magnitude
            after += 1
        extra, further = self._and_a_part(after)  # dos millones y medio
        value, after = (value + extra, further) if extra and times > 1 else (value, after)
        value *= times
        unit, scale, end = self._unit(start, after)
        if value * scale > LARGEST:
            return self._use(start, end)
        named = self._folded(after) if end > after else ""
        extra, further = self._and_a_part(end)
        value, end = (value + extra, further) if extra and unit else (value, end)
        is_vague = self._folded(start) in _VAGUE
        figure = Figure(
            value * scale,
            unit,
            digits,
            is_vague or self._is_rough(start),
            self._spelled(start, end),
            end,
            self._bound(start),
            start=start,
            named=named,
            written=value,
        )
        self._keep(figure)
        return self._use(start, end)

    def _and_a_part(self, at: int) -> tuple[float, int]:
        """Return what `and a half`, `et quart` add, and the position after it."""
        if not self._words.numbers["and"].get(self._folded(at)):
            return 0, at
        part = at + 1 + (self._folded(at + 1) in _ONE)
        denominator = self._words.amounts["share"].get(self._folded(part))
        others = _ONE if part > at + 1 else _OF | _ONE  # two million and half of them
        is_part = denominator in {_HALF, 4} and self._folded(part + 1) not in others
        return (1 / denominator, part + 1) if denominator and is_part else (0, at)

    def _read_one_and_a_part(self, at: int) -> int:
        """Read the end of `an hour and a half`, `une heure et demie`; 0 if it is something else."""
        extra, end = self._and_a_part(at - 1)
        unit, scale, after = self._unit(-1, at - 2)
        if not (extra and unit and after == at - 1 and self._folded(at - 3) in _ONE):
            return 0
        text = self._spelled(at - 3, end)
        value, rough = (1 + extra) * scale, self._is_rough(at - 3)
        self._keep(Figure(value, unit, 2, rough, text, end, self._bound(at - 3), start=at - 3))
        return self._use(at - 3, end)

    def _keep(self, figure: Figure) -> None:
        """Keep a quantity; one of a smaller unit of the same kind belongs to the one before it.

        So `two hours and forty minutes` are 160 minutes.
        """
        last = self.quantities[-1] if self.quantities else None
        gap = figure.start - last.at if last else -1
        has_and = bool(self._words.numbers["and"].get(self._folded(figure.start - 1)))
        is_joined = gap == 0 or (gap == 1 and has_and)
        if (
            last
            and is_joined
            and figure.unit == last.unit in {"hour", "m", "t"}
            and last.named
            and figure.named
        ):
            whole, part = self._words.units.get(last.named), self._words.units.get(figure.named)
            if whole and part and part[1] < whole[1]:
                text = self._spelled(last.start, figure.at)
                joined = figure._replace(value=last.value + figure.value, text=text)
                self.quantities[-1] = joined._replace(
                    start=last.start, digits=last.digits + figure.digits
                )
                return
        self.quantities.append(figure)

    def _magnitude(self, at: int) -> float:
        if self._folded(at - 2) in _MARKS and (short := _AFTER_MARK.get(self._folded(at))):
            return short
        magnitude = self._words.amounts["times"].get(self._folded(at)) or 0
        is_short = self._folded(at) in {"k", "bn", "tn"} and self._kind(at - 1) != "number"
        return magnitude if magnitude >= _THOUSAND and not is_short else 0

    def _unit(self, start: int, at: int) -> tuple[str, float, int]:
        """Return unit, scale and the position after it; a currency may come before the number."""
        units = self._words.units
        before = self._tokens[start - 1] if start else None
        if before and before.kind == "mark" and (named := units.get(before.folded)):
            self.used.add(start - 1)
            return *named, at
        if named := units.whole.get(self._two(at)):
            return *named, at + 2
        skipped = at + (self._folded(at) in _OF)
        named, power = units.get(self._folded(skipped)), 0
        if named is None:
            power = self._words.numbers["power"].get(self._folded(skipped)) or 0
            named = units.get(self._folded(skipped + bool(power)))
        if named is None:
            return "", 1, at
        unit, scale = named
        after = skipped + bool(power) + 1
        if unit == "m" and self._folded(after) in _PER | _AN_HOUR:
            hour = next((at for at in range(after, after + 3) if self._folded(at) in _AN_HOUR), 0)
            if hour and all(self._folded(at) in _PER for at in range(after, hour)):
                return "m/h", scale, hour + 1
        if unit == "m" and not power:
            power = self._words.numbers["power"].get(self._folded(after)) or 0
            after += bool(power)
        return unit + _POWERS[power], scale ** max(1, power), after

    def _is_rough(self, at: int) -> bool:
        at -= self._folded(at - 1) in _ONE  # more than a million
        near = (self._folded(at - 1), self._folded(at - 2))
        is_said = any(map(self._words.numbers["roughly"].get, near))
        return is_said or self._bound(at) != 0

    def _bound(self, at: int) -> int:
        """Return 1 after `more than`, -1 after `less than`, and 0 otherwise."""
        bounds = self._words.numbers["bound"]
        at -= self._folded(at - 1) in _ONE
        return bounds.get(self._two(at - 2)) or bounds.get(self._folded(at - 1)) or 0

    def _spelled(self, start: int, end: int) -> str:
        pieces = [
            f"{'-' if token.joint == '-' else ' '}{token.text}"
            for token in self._tokens[max(0, start) : end]
        ]
        before = self._tokens[start - 1].text if start > 0 else ""
        return (before if before in {*_MARKS, "R$", "US$"} else "") + "".join(pieces)[1:]


def _may_add(group: float, value: float, language: str) -> bool:
    """Whether a numeral belongs to those before it: 20 and 5 do, 5 and 20 do not."""
    if not group or (group % _HUNDRED == 0 and value < _HUNDRED):
        return True
    is_teen = _TEN <= value < 2 * _TEN
    if language == "fr" and is_teen and group % _HUNDRED in {60, 80}:  # soixante-dix
        return True
    if language == "fr" and group % _HUNDRED in {10, 70, 90} and value in {7, 8, 9}:  # dix-neuf
        return True
    return group % _TEN == 0 and group % _HUNDRED >= 2 * _TEN and value < _TEN


def _parsed(text: str, language: str) -> tuple[float, int]:
    """Return the value of digits with separators, and how many of them count."""
    plain = re.sub(r"[ \u00a0\u202f'’]", "", text)
    if _GROUPED.fullmatch(plain) and _groups(plain, language):
        plain = plain.replace(".", "").replace(",", "")
    else:
        whole, mark, rest = max(
            plain.rpartition("."), plain.rpartition(","), key=lambda parts: len(parts[0])
        )
        plain = re.sub("[.,]", "", whole) + ("." if mark else "") + rest
    value = float(plain)
    return value, digits_of(plain, value)


def _groups(plain: str, language: str) -> bool:
    """Whether the marks in digits group them by thousands, as the language does."""
    marks = {*plain} & {".", ","}
    if len(marks) > 1 or plain.startswith("0"):
        return False
    if len(re.findall("[.,]", plain)) > 1 or not language:
        return True
    return ("," in marks) == (language in _DECIMAL_POINT)
