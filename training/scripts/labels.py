"""The one entity scheme, and how each corpus's labels become it.

PERSON  a name without its title ("Ehud Olmert", not "Prime Minister Ehud Olmert")
ORG     bodies, companies, parties, armed groups, the United Nations
GPE     what has a government: countries, states, provinces, cities, and any named place not known to be a LOC
LOC     landforms, waters, continents, regions across borders, roads and buildings: see ``is_loc``
NORP    nationalities, peoples, religions, party members, as adjective or noun ("Israeli", "Sunnis")
EVENT   wars, elections, tournaments, storms with a name
DATE    calendar expressions and spans of days or longer

Does not read files and knows no corpus by path.
"""

# ruff: noqa: SIM905 -- word lists of a hundred words are read and mended as running text

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

LABELS = ("DATE", "EVENT", "GPE", "LOC", "NORP", "ORG", "PERSON")


@dataclass(frozen=True)
class Span:
    """An entity: words ``start`` to ``end`` (not included)."""

    start: int
    end: int
    label: str


TITLES = frozenset(
    "President Vice Mr. Ms. Mrs. Mr Ms Mrs Miss Dr. Dr Senator Sen. Rep. Representative Congressman King Queen Prince"
    " Princess Pope Prime prime Minister minister Foreign Defense Defence Interior Finance Secretary Secretary-General"
    " General Gen. Lieutenant Lt. Major Maj. Colonel Col. Captain Brigadier Admiral Chancellor Governor Gov. Ambassador"
    " Premier Speaker Justice Judge Chief Archbishop Cardinal Bishop Attorney Mayor Commander Sergeant Professor Prof."
    " Former former Sir Lord Lady Congresswoman Marshal Corporal Deputy Envoy Emperor Crown".split()
)
_CIVIL = frozenset(("Mr.", "Ms.", "Mrs.", "Mr", "Ms", "Mrs"))
_OFFICES = frozenset("State Defense Defence Treasury Commerce Energy Agriculture Homeland Security".split())
_MILITARY = frozenset("General Colonel Major Captain Admiral Lieutenant King Prince Senator President".split())

_LOC_WORDS = frozenset(
    "river sea ocean lake gulf bay strait straits channel canal mount mountain mountains valley desert island islands"
    " isles peninsula strip coast basin plateau hemisphere continent heights delta ridge pass cape beach forest jungle"
    " glacier volcano airport airfield base street st. road avenue ave boulevard blvd highway bridge square park hotel"
    " stadium palace prison hospital mosque church temple port harbor harbour border region corridor triangle range reef"
    " falls dam reserve crossing zone line drive lane hall tower building center centre museum cemetery garden gardens"
    " sinai himalayas alps andes caucasus balkans maghreb levant sahel sahara antarctica arctic earth mars moon".split()
)
_LOC_NAMES = frozenset(
    "america|middle east|near east|far east|west bank|the west bank|latin america"
    "|north america|south america|central america|southeast asia|south asia|central asia|east asia|north africa"
    "|west africa|east africa|southern africa|horn of africa|eastern europe|western europe|central europe|persian gulf"
    "|sub-saharan africa|asia-pacific|caribbean|the caribbean|pacific|atlantic|mediterranean|the middle east|the gulf"
    "|gulf|scandinavia|balkan|the balkans|the west|west|east|north|south|arabian peninsula|sinai"
    "|africa|asia|europe|oceania|the pacific|the atlantic|the mediterranean|asia pacific|western hemisphere"
    "|korean peninsula|indian ocean|red sea|black sea|golan heights|temple mount|wall street".split("|")
)
_CARDINALS = frozenset("north south east west".split())

COUNTRIES = frozenset(
    "Afghanistan|Albania|Algeria|Andorra|Angola|Argentina|Armenia|Australia|Austria|Azerbaijan|Bahamas|Bahrain"
    "|Bangladesh|Barbados|Belarus|Belgium|Belize|Benin|Bhutan|Bolivia|Bosnia|Bosnia-Herzegovina|Botswana|Brazil|Brunei"
    "|Bulgaria|Burkina Faso|Burma|Burundi|Cambodia|Cameroon|Canada|Cape Verde|Central African Republic|Chad|Chile|China"
    "|Colombia|Comoros|Congo|Costa Rica|Croatia|Cuba|Cyprus|Czech Republic|Czechia|Denmark|Djibouti|Dominica"
    "|Dominican Republic|East Timor|Ecuador|Egypt|El Salvador|England|Equatorial Guinea|Eritrea|Estonia|Eswatini"
    "|Ethiopia|Fiji|Finland|France|Gabon|Gambia|Georgia|Germany|Ghana|Great Britain|Britain|Greece|Grenada|Guatemala"
    "|Guinea|Guinea-Bissau|Guyana|Haiti|Honduras|Hungary|Iceland|India|Indonesia|Iran|Iraq|Ireland|Israel|Italy"
    "|Ivory Coast|Jamaica|Japan|Jordan|Kazakhstan|Kenya|Kiribati|Kosovo|Kuwait|Kyrgyzstan|Laos|Latvia|Lebanon|Lesotho"
    "|Liberia|Libya|Liechtenstein|Lithuania|Luxembourg|Macedonia|Madagascar|Malawi|Malaysia|Maldives|Mali|Malta"
    "|Mauritania|Mauritius|Mexico|Moldova|Monaco|Mongolia|Montenegro|Morocco|Mozambique|Myanmar|Namibia|Nauru|Nepal"
    "|Netherlands|New Zealand|Nicaragua|Niger|Nigeria|North Korea|Northern Ireland|Norway|Oman|Pakistan|Palau|Palestine"
    "|Panama|Papua New Guinea|Paraguay|Peru|Philippines|Poland|Portugal|Qatar|Romania|Russia|Rwanda|Samoa|San Marino"
    "|Saudi Arabia|Scotland|Senegal|Serbia|Seychelles|Sierra Leone|Singapore|Slovakia|Slovenia|Somalia|South Africa"
    "|South Korea|South Sudan|Soviet Union|Spain|Sri Lanka|Sudan|Suriname|Swaziland|Sweden|Switzerland|Syria|Taiwan"
    "|Tajikistan|Tanzania|Thailand|Togo|Tonga|Tunisia|Turkey|Turkmenistan|Tuvalu|U.A.E.|U.K.|U.S.|U.S.A.|UAE|UK|US|USA"
    "|Uganda|Ukraine|United Arab Emirates|United Kingdom|United States|United States of America|Uruguay|Uzbekistan"
    "|Vanuatu|Vatican|Venezuela|Vietnam|Wales|Yemen|Yugoslavia|Zambia|Zimbabwe|Gaza|Chechnya|Darfur|Kashmir".split("|")
)
_PEOPLES = frozenset(
    "Muslim Muslims Christian Christians Jewish Jew Jews Sunni Sunnis Shi'ite Shi'ites Shiite Shiites Shia Kurd Kurds"
    " Kurdish Arab Arabs Hindu Hindus Catholic Catholics Protestant Protestants Buddhist Buddhists Sikh Sikhs Druze"
    " Tutsi Tutsis Hutu Hutus Republican Republicans Democrat Democrats Communist Communists Palestinian Palestinians"
    " Israeli Israelis American Americans European Europeans African Africans Asian Asians Islamist Islamists".split()
)

_FIXED = {  # names that silver labels split over several labels
    **dict.fromkeys(("U.N.", "UN", "United Nations", "EU", "E.U.", "European Union", "NATO", "White House"), "ORG"),
    **dict.fromkeys(("West Bank", "Gaza Strip", "Middle East", "Europe", "Africa", "Asia"), "LOC"),
    **dict.fromkeys(("Tehran", "Washington", "Moscow", "Beijing", "Baghdad", "Jerusalem", "Pyongyang"), "GPE"),
}
_ROLES_AFTER = frozenset("Secretary-General Commissioner Senator spokesman spokeswoman President Minister".split())

_WEEKDAYS = "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday"
_MONTHS = "January|February|March|April|June|July|August|September|October|November|December"
_CALENDAR = re.compile(
    rf"(?:{_WEEKDAYS}|{_MONTHS}|May|Jan\.|Feb\.|Aug\.|Sept\.|Oct\.|Nov\.|Dec\.|today|yesterday|tomorrow|tonight"
    r"|(?:1[5-9]|20)\d\d(?:s|'s)?|\d\ds|'\d\ds|\d\d-(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec))"
)
_ALWAYS_DATES = re.compile(
    rf"(?:{_WEEKDAYS}|January|February|April|June|July|August|September|October|November|December)"
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_DAY = re.compile(r"[0-3]?\d(?:st|nd|rd|th)?")
_UNITS = frozenset(
    "day days week weeks month months year years decade decades century centuries weekend fortnight".split()
)
_STORMS = frozenset("Hurricane Hurricanes Typhoon Cyclone Tropical".split())
_WARS = (
    ("World", "War", "I"), ("World", "War", "II"), ("World", "War", "One"), ("World", "War", "Two"), ("Cold", "War"),
    ("Korean", "War"), ("Vietnam", "War"), ("Gulf", "War"), ("Six-Day", "War"), ("World", "Cup"), ("Olympic", "Games"),
    ("Winter", "Olympics"), ("Summer", "Olympics"), ("Civil", "War"),
)  # fmt: skip


def is_loc(words: tuple[str, ...]) -> bool:
    """Tell whether a place name is a LOC: by a closed list, or by a word for a landform, water, road or building."""
    name = " ".join(words).lower()
    lowered = [word.lower() for word in words]
    if name in _LOC_NAMES:
        return True
    return lowered[-1] in _LOC_WORDS or lowered[0] in {"mount", "lake", "cape", "gulf", "strait", "sea"}


def label_place(words: tuple[str, ...]) -> str:
    """Return GPE or LOC for a place name."""
    if " ".join(words) in COUNTRIES:
        return "GPE"
    return "LOC" if is_loc(words) else "GPE"


def read_bio(tags: list[str], names: dict[str, str]) -> list[Span]:
    """Return the spans of a BIO tag sequence whose label is a key of ``names``, renamed; others are dropped."""
    spans, start = [], 0
    for index, tag in enumerate([*tags, "O"]):
        before = tags[index - 1] if index else "O"
        if before != "O" and (tag[:1] != "I" or tag[2:] != before[2:]):
            spans.append(Span(start, index, names.get(before[2:], "")))
        if tag[:1] == "B" or (tag[:1] == "I" and (before == "O" or before[2:] != tag[2:])):
            start = index
    return [span for span in spans if span.label]


def split_places(words: list[str], spans: list[Span]) -> list[Span]:
    """Give every GPE or LOC span the label that its words say."""
    return [
        replace(s, label=label_place(tuple(words[s.start : s.end]))) if s.label in {"GPE", "LOC"} else s for s in spans
    ]


class Repair:
    """Mends silver labels by what the whole corpus says of a name. Learns from the training part alone.

    A name of 10 uses or more of which 60 % have one label gets that label everywhere; a country is a GPE; titles are
    cut off persons; "Mr." makes what follows a person; dates are whole calendar expressions or they are none.
    """

    MIN_USES = 10
    MIN_SHARE = 0.6

    def __init__(self) -> None:
        self.majority: dict[tuple[str, ...], str] = {}
        self.person_words: Counter[str] = Counter()
        self.other_words: Counter[str] = Counter()

    def learn(self, sentences: Iterable[tuple[list[str], list[Span]]]) -> None:
        """Count the labels of every name."""
        counts: dict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
        for words, spans in sentences:
            for span in _cut_titles(words, spans):
                name = tuple(words[span.start : span.end])
                counts[name][span.label] += 1
                side = self.person_words if span.label == "PERSON" else self.other_words
                side.update(name)
        for name, labels in counts.items():
            label, uses = labels.most_common(1)[0]
            total = labels.total()
            if total >= self.MIN_USES and uses >= self.MIN_SHARE * total:
                self.majority[name] = label

    def apply(self, words: list[str], spans: list[Span]) -> list[Span]:
        """Return the mended spans of one sentence, in their order, none of them overlapping."""
        kept = [self._relabel(words, span) for span in _cut_titles(words, spans)]
        kept = [mended for span in kept if (mended := _mend_date(words, _cut_role(words, span)))]
        kept = [span for span in split_places(words, kept) if _is_name(words, span)]
        return complete(words, kept, self.demonyms)

    @property
    def demonyms(self) -> frozenset[str]:
        """The single words that are NORP."""
        learnt = {name[0] for name, label in self.majority.items() if label == "NORP" and len(name) == 1}
        return frozenset(learnt) | _PEOPLES

    def _relabel(self, words: list[str], span: Span) -> Span:
        name = tuple(words[span.start : span.end])
        if " ".join(name) in COUNTRIES:
            return replace(span, label="GPE")
        if " ".join(name) in _FIXED:
            return replace(span, label=_FIXED[" ".join(name)])
        if len(name) == 1 and name[0] in _PEOPLES:
            return replace(span, label="NORP")
        if span.label in {"ORG", "GPE"} and self._is_person(words, span):
            return replace(span, label="PERSON")
        if span.label in {"DATE", "EVENT"}:
            return span
        return replace(span, label=self.majority.get(name, span.label))

    def _is_person(self, words: list[str], span: Span) -> bool:
        before = words[span.start - 1] if span.start else ""
        if before in _CIVIL:
            return True
        known = all(self.person_words[w] > self.other_words[w] for w in words[span.start : span.end])
        return before in _MILITARY and known


def _cut_titles(words: list[str], spans: list[Span]) -> list[Span]:
    cut = []
    for span in spans:
        start = span.start
        if span.label == "PERSON" or (words[start] in _MILITARY and span.end - start in {2, 3}):
            start = _find_name(words, span)
        if start < span.end:
            cut.append(replace(span, start=start))
    return cut


def _find_name(words: list[str], span: Span) -> int:
    start = span.start
    limit = span.end if span.label == "PERSON" else start + 1
    while start < limit:
        if words[start] in TITLES or words[start] in {"-", ","}:
            start += 1
        elif start > span.start and words[start] == "of" and start + 1 < limit and words[start + 1] in _OFFICES:
            start += 2
        else:
            break
    if span.label != "PERSON" and words[start] in {"Assembly", "Motors", "Electric", "Council", "Staff", "Command"}:
        return span.start
    return start


def _cut_role(words: list[str], span: Span) -> Span:
    if span.label == "ORG" and span.end - span.start > 1 and words[span.end - 1] in _ROLES_AFTER:
        return replace(span, end=span.end - 1)
    return span


def _is_name(words: list[str], span: Span) -> bool:
    """Tell whether a span could be a name at all: no stray punctuation, no bare "and", no number of a war."""
    inside = words[span.start : span.end]
    if span.label == "DATE":
        return True
    return any(word[:1].isupper() or "-" in word for word in inside) and inside not in (["I"], ["II"])


def _mend_date(words: list[str], span: Span) -> Span | None:
    if span.label != "DATE":
        return span
    if span.end - span.start > 1 and words[span.end - 1].lower() in {
        "between",
        "and",
        "of",
        "to",
        "from",
        "through",
        "until",
    }:
        span = replace(span, end=span.end - 1)
    inside = words[span.start : span.end]
    if any(_CALENDAR.fullmatch(word) for word in inside) or any(word in _UNITS for word in inside):
        return span
    if span.end < len(words) and words[span.end] in _UNITS:
        return replace(span, end=span.end + 1)
    return None


def complete(words: list[str], spans: list[Span], demonyms: frozenset[str]) -> list[Span]:
    """Add what a corpus leaves out and a closed list is sure of: peoples, weekdays and dates, wars and storms."""
    found = list(spans)
    taken = {index for span in spans for index in range(span.start, span.end)}
    for span in _find_sure(words, demonyms):
        if taken.isdisjoint(range(span.start, span.end)):
            found.append(span)
            taken.update(range(span.start, span.end))
    return sorted(found, key=lambda span: span.start)


def _find_sure(words: list[str], demonyms: frozenset[str]) -> Iterable[Span]:
    for index, word in enumerate(words):
        after = words[index + 1] if index + 1 < len(words) else ""
        for event in _WARS:
            if tuple(words[index : index + len(event)]) == event:
                yield Span(index, index + len(event), "EVENT")
        if word in _STORMS and after[:1].isupper() and after not in {"Storm", "Center"}:
            yield Span(index, index + 2, "EVENT")
        if word in demonyms:
            yield Span(index, index + 1, "NORP")
        if end := _match_date(words, index):
            yield Span(index, end, "DATE")


def _match_date(words: list[str], index: int) -> int:
    """Return where a date that begins at ``index`` ends; 0 where none begins."""
    word = words[index]
    after = words[index + 1] if index + 1 < len(words) else ""
    is_month = re.fullmatch(f"{_MONTHS}|May", word) is not None
    if is_month and (_DAY.fullmatch(after) or _YEAR.fullmatch(after)):
        end = index + 2
        if words[end : end + 1] == [","] and _YEAR.fullmatch("".join(words[end + 1 : end + 2])):
            end += 2
        return end
    if _ALWAYS_DATES.fullmatch(word) or word in {"today", "yesterday", "tomorrow"}:
        return index + 1
    if _YEAR.fullmatch(word) and index and words[index - 1].lower() in {"in", "since", "of", "by", "until", "from"}:
        return index + 1
    return 0
