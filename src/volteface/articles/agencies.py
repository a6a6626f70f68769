"""Whose report a page says it carries: the credits of news agencies, found by a small table.

A credit is one of these, and nothing else:

- a byline that is the agency, alone or with people ("Reuters", "By Staff and agencies: AFP", "The Associated Press");
- a dateline at the head of the text: "GAZA/CAIRO, March 31 (Reuters) - ...", "JERUSALEM (AP) — ...";
- a line of its own near an end of the text: "By Reuters", "Source: Anadolu Agency", "With inputs from PTI", "With Reuters
  and Associated Press"; a bare name ("(Reuters)", "— AP", "REUTERS, AFP") only at the foot, as at the head it stands
  under a picture; or the name alone behind the last sentence: "... he said. REUTERS";
- a sentence in the last lines that says who contributed: "The Associated Press contributed to this report.";
- what one agency alone signs with: "Reporting by A. Writer; Editing by B. Writer".

"told Reuters" in a sentence and "AP Photo" under a picture are no credits. An agency's own site is not looked at here:
its family says it. A story that an agency merely contributed to is credited to it too: that merges origins that may be
two, which costs a confirmation; the other way round would make one report confirm itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

END_LINES = 4  # lines at either end of the text in which a credit may stand


@dataclass(frozen=True, slots=True)
class Agency:
    """One agency: the id of its origin and the names that credits use, longest first. Initials match by case."""

    id: str
    names: tuple[str, ...]
    initials: tuple[str, ...] = ()
    signature: str | None = None  # a pattern of what it alone writes below its reports
    pattern: str = field(init=False, default="")

    def __post_init__(self) -> None:
        named = "|".join(re.escape(name) for name in self.names)
        parts = ([f"(?i:{named})"] if named else []) + [re.escape(name) for name in self.initials]
        object.__setattr__(self, "pattern", f"(?:{'|'.join(parts)})")


AGENCIES = (
    Agency(
        "reuters",
        ("Thomson Reuters", "Reuters"),
        signature=r"^\W*(?:Additional r|R)eporting by [^;]{3,200}; ?(?:[Ww]riting by [^;]{3,120}; ?)?[Ee]diting by |"
        r"\bThomson Reuters Trust Principles\b",
    ),
    Agency("ap", ("The Associated Press", "Associated Press"), ("AP",)),
    Agency("afp", ("Agence France-Presse", "Agence France Presse"), ("AFP",)),
    Agency("bloomberg", ("Bloomberg News", "Bloomberg")),
    Agency("upi", ("United Press International",), ("UPI",)),
    Agency("pa", ("PA Media", "Press Association", "PA news agency")),
    Agency("dpa", ("Deutsche Presse-Agentur", "dpa International"), ("dpa", "DPA")),
    Agency("efe", ("Agencia EFE",), ("EFE",)),
    Agency("ansa", (), ("ANSA",)),
    Agency("anadolu", ("Anadolu Agency", "Anadolu Ajansi", "Anadolu")),
    Agency("xinhua", ("Xinhua News Agency", "Xinhua")),
    Agency("tass", (), ("TASS",)),
    Agency("interfax", ("Interfax",)),
    Agency("kyodo", ("Kyodo News", "Kyodo")),
    Agency("yonhap", ("Yonhap News Agency", "Yonhap")),
    Agency("pti", ("Press Trust of India",), ("PTI",)),
    Agency("ani", ("Asian News International",), ("ANI",)),
    Agency("ians", ("Indo-Asian News Service",), ("IANS",)),
    Agency("aap", ("Australian Associated Press",), ("AAP",)),
    Agency("canadian-press", ("The Canadian Press", "Canadian Press")),
    Agency("jta", ("Jewish Telegraphic Agency",), ("JTA",)),
    Agency("tps", ("Tazpit Press Service",), ("TPS",)),
    Agency("jns", ("Jewish News Syndicate",), ("JNS",)),
    Agency("wafa", ("Palestinian News & Information Agency", "Wafa News Agency"), ("WAFA",)),
    Agency("spa", ("Saudi Press Agency",), ("SPA",)),
    Agency("petra", ("Jordan News Agency",)),
    Agency("mena", ("Middle East News Agency",), ("MENA",)),
    Agency("sana", ("Syrian Arab News Agency",), ("SANA",)),
    Agency("irna", ("Islamic Republic News Agency",), ("IRNA",)),
)


@dataclass(frozen=True, slots=True)
class _Patterns:
    agency: Agency
    byline: re.Pattern[str]
    dateline: re.Pattern[str]
    line: re.Pattern[str]
    contribution: re.Pattern[str]
    signature: re.Pattern[str] | None


def _compile(agency: Agency) -> _Patterns:
    name = agency.pattern
    others = r"(?:\s*(?:,|/|&|\band\b)\s*[\w &-]{2,40}){0,3}"  # further agencies: the first one counts
    place = r"[A-Z\u00c0-\u00de][\w.'\u2019 ,/()-]{1,80}?"
    return _Patterns(
        agency,
        byline=re.compile(rf"(?:^|[,;:/|(&]\s*|\b(?:and|with|by|By)\s+){name}(?=$|\s*[,;:/|)&]|\s+and\b)"),
        dateline=re.compile(rf"^\W*(?:{place}\s*)?\({name}\)\s*(?:[-\u2013\u2014:]|$)"),
        line=re.compile(
            rf"^[\W_]*((?i:source|sources|agency|agencies|by|via|from|with(?: (?:inputs?|reporting|files|material) from)?|"
            rf"edited by agencies|additional reporting by)\s*:?\s*)?(?:the )?{name}{others}[\W_]*$"
        ),
        contribution=re.compile(
            rf"(?:^|[.!?(\u2014\u2013-]\s*)(?:[A-Z][\w. ]{{0,60}}\s(?:of|from|with|and)\s)?{name}"
            r"\b[^.]{0,120}\b(?i:contribute[ds]|was used in this report|helped report)\b"
            rf"|[.!?][\"'\u201d\u2019)\]]*\s+[-(\[\u2013\u2014 ]*{name}{others}\W*$"
        ),
        signature=re.compile(agency.signature) if agency.signature else None,
    )


_TABLE = tuple(_compile(agency) for agency in AGENCIES)
_ANY_NAME = re.compile("|".join(agency.pattern for agency in AGENCIES))


def find_credited_agency(text: str, bylines: Iterable[str]) -> str | None:
    """Return the id of the first agency that the page credits, or None. Bylines count before the text."""
    credited = [byline for byline in bylines if _ANY_NAME.search(byline)]
    for patterns in _TABLE:
        if any(patterns.byline.search(byline) for byline in credited):
            return patterns.agency.id
    lines = [stripped for line in text.split("\n") if (stripped := line.strip())]
    ends = [line for line in (*lines[:END_LINES], *lines[END_LINES:][-END_LINES:]) if _ANY_NAME.search(line)]
    last = lines[1:][-END_LINES:]
    found = (
        patterns.agency.id for patterns in _TABLE if _is_credited(patterns, ends, last) or _is_signed(patterns, last)
    )
    return next(found, None)


def _is_credited(patterns: _Patterns, ends: Sequence[str], last: Sequence[str]) -> bool:
    return any(
        patterns.dateline.search(line)
        or ((own := patterns.line.search(line)) and (own[1] or line in last))
        or (line in last and patterns.contribution.search(line))
        for line in ends
    )


def _is_signed(patterns: _Patterns, last: Sequence[str]) -> bool:
    return patterns.signature is not None and any(patterns.signature.search(line) for line in last)
