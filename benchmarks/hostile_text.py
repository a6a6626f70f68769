"""Read texts that are made to stall or crash a reader, and print what each one costs.

usage: hostile_text.py [--model volteface_news|blank|PACKAGE|PATH] [--only NAME] [--seconds 20] [--megabytes 600]

Every text goes the whole way that an article goes (`volteface tag`: tokens, actors, attributions, issues, stances) in a
process of its own, after a paragraph with one plain statement. Printed: seconds on the clock and of one core, the growth
of memory over the loaded pipeline, the language, characters read and letters passed over, statements. Exit code 1 where
a text crashed, passed a bound, cost the plain statement, or was tagged though it is not English.
"""

from __future__ import annotations

import argparse
import dataclasses
import multiprocessing
import random
import resource
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice, product
from multiprocessing.connection import Connection
from pathlib import Path

from spacy.language import Language

from volteface.config import Config, load_config
from volteface.language.foreign import find_foreign
from volteface.language.pipeline import build_nlp
from volteface.language.tag import read_passages
from volteface.models import Analysis, AnalysisOutcome, Passage

ROOT = Path(__file__).resolve().parents[1]
NOW = datetime(2024, 3, 27, 15, 50, tzinfo=UTC)
PLAIN = "Qatar called for an immediate ceasefire in Gaza on Monday.\n\n"
LENGTH = 100_000
WORDS = (
    *("the", "talks", "on", "a", "deal", "in", "Gaza", "and", "the", "crossing", "at", "Rafah", "were", "held", "by"),
    *("officials", "who", "said", "that", "aid", "must", "go", "in"),
)
NAMES = ("Netanyahu", "Biden", "Hamas", "the White House", "Qatar", "Jo Example", "the ministry", "officials", "he")
ARABIC = "قال رئيس الوزراء إن إسرائيل لن توافق على وقف إطلاق النار في غزة. "
HEBREW = "ראש הממשלה אמר כי ישראל לא תסכים להפסקת אש ברצועת עזה. "
CHINESE = "外交部发言人说中国支持在加沙立即停火。"
RUSSIAN = "Министр иностранных дел заявил, что Россия поддерживает прекращение огня в Газе. "
SPANISH = (
    "El primer ministro de Israel dijo que no aceptará un alto el fuego en Gaza mientras Hamás retenga a los rehenes. "
)
FRENCH = "Le premier ministre israélien a déclaré qu'il n'accepterait pas de cessez-le-feu à Gaza avant la libération des otages. "
GERMAN = "Der israelische Ministerpräsident sagte, er werde keiner Waffenruhe in Gaza zustimmen, solange Geiseln gefangen sind. "


@dataclass(frozen=True, slots=True)
class Case:
    """One text. ``is_english``: the plain statement must be found in it."""

    name: str
    text: Callable[[], str]
    is_english: bool = True


@dataclass(frozen=True, slots=True)
class Cost:
    """What reading a text took, or how it failed."""

    outcome: str
    seconds: float = 0.0  # on the clock
    work: float = 0.0  # of one core
    megabytes: float = 0.0
    statement_count: int = 0
    is_plain_found: bool = False
    analysis: Analysis | None = None


def fill(unit: str, length: int = LENGTH) -> str:
    """Return a unit repeated up to a length."""
    return (unit * (length // len(unit) + 1))[:length]


def mix(alphabet: str, length: int = LENGTH) -> str:
    """Return characters drawn from an alphabet."""
    rng = random.Random(7)
    return "".join(rng.choice(alphabet) for _ in range(length))


def draw_words(count: int, joint: str = " ", more: tuple[str, ...] = ()) -> str:
    """Return ordinary words in no order, without a full stop."""
    rng = random.Random(7)
    return joint.join(rng.choice((*WORDS, *more)) for _ in range(count))


def make_names(count: int) -> list[str]:
    """Return words of five letters, all different."""
    return ["".join(letters) for letters in islice(product("abcdefgh", repeat=5), count)]


def nest_speech(count: int) -> str:
    """Return one sentence in which each speaker says what the next one said."""
    return " ".join(f"{NAMES[number % len(NAMES)]} said that" for number in range(count)) + " there was a ceasefire."


def write_article(length: int) -> str:
    """Return an ordinary article, much too long."""
    rng = random.Random(7)
    lines, size = [], 0
    while size < length:
        name, other = rng.sample(NAMES, 2)
        line = (
            f"“{draw_words(12)},” {name} said on Monday, adding that {other} had rejected the deal. {draw_words(25)}."
        )
        lines.append(line)
        size += len(line) + 2
    return "\n\n".join(lines)


CASES = (
    Case("nothing", lambda: ""),
    Case("ordinary 100k", lambda: write_article(LENGTH)),
    Case("ordinary 1 MB", lambda: write_article(1_000_000)),
    *(Case(f"100k of {unit!r}", lambda unit=unit: fill(unit)) for unit in ("!", "“”", '"', "'", "’", "([{", "a", "a.", "1,", "—", "-", "$", "@", "/", "€", "A.", "a-", "U.S.", "don't", "http://a.example/?b=", ":)", "😀", "👩‍👩‍👧", "\u200b", "\u202e", "\u0301", "e\u0301", "\ud800", "\x00", "\ufffd", "\xa0", " ", "\n", "\t", "\n ")),
    *(Case(f"100k of {unit!r} and space", lambda unit=unit: fill(unit + " ")) for unit in ("!", "“", "”", '"', "'", "(", ")", "a", "A", ".", ",", ":", "—", "-", "said", "he", "Netanyahu", "and", "who", "Ms", "Biden said", "said Biden,", "according to", "Israel's", "of the", "no", "not", "the", "ceasefire", "he said", "not not support", "the official", "Example")),
    Case("mixed punctuation", lambda: mix("!?.,;:-—–()[]{}<>\"'“”‘’/\\|@#$%^&*_+=~`…«»")),
    Case("mixed punctuation and letters", lambda: mix("!?.,;:-—()[]\"'“”’/aAbB")),
    Case("mixed punctuation, letters, spaces", lambda: mix("!?.,;:-—()[]\"'“”’/ abAB \n")),
    Case("nested brackets", lambda: "(" * 50_000 + "a" + ")" * 50_000),
    Case("nested brackets, spaced", lambda: "( [ " * 12_500 + "a" + ") ] " * 12_500),
    Case("one URL", lambda: "https://news.example/" + mix("abcdefgh/?&=%-_.~0123456789")),
    Case("URLs", lambda: fill("https://news.example/a/b?c=d&e=f, www.a.example; ")),
    Case("base64", lambda: mix("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=")),
    Case("5,000 words, no stop", lambda: draw_words(5_000)),
    Case("20,000 words, no stop", lambda: draw_words(20_000)),
    Case("5,000 words and names, no stop", lambda: draw_words(5_000, more=NAMES)),
    Case("5,000 words with commas", lambda: draw_words(5_000, joint=", ", more=(*NAMES, "said"))),
    Case("5,000 words, one a line", lambda: draw_words(5_000, joint="\n", more=NAMES)),
    Case("5,000 nested 'said that'", lambda: nest_speech(5_000)),
    Case("5,000 capital words", lambda: draw_words(5_000, more=NAMES).upper()),
    Case("5,000 title words", lambda: draw_words(5_000, more=NAMES).title()),
    Case("5,000 different names", lambda: " ".join(f"Name{n} Surname{n} said it." for n in range(2_500))),
    Case("5,000 different people", lambda: " ".join(f"Ann {name.title()} said it." for name in make_names(5_000))),
    Case("one name of 10,000 words", lambda: fill("Example-", 400) + " " + fill("Omar Al-", 60_000)),
    Case("2,000 opening marks", lambda: "“The talks went on. " * 2_000),
    Case("2,000 straight marks", lambda: '"The talks "went on. ' * 2_000),
    Case("2,001 quotations in one line", lambda: '"yes," he said, ' * 2_001),
    Case("2,000 paragraphs, each opening", lambda: "“The talks went on.\n\n" * 2_000),
    Case("10,000 paragraphs of a word", lambda: "Talks.\n\n" * 10_000),
    Case("10,000 lines of a word", lambda: "Talks\n" * 10_000),
    Case("10,000 labels", lambda: "MR. EXAMPLE: Yes.\n" * 5_000 + "Q  Why?\n" * 5_000),
    Case("10,000 issue terms", lambda: "ceasefire Rafah offensive hostage deal two-state solution. " * 2_000),
    Case("10,000 refusals", lambda: "Qatar declined to comment on the ceasefire. " * 2_000),
    Case("one passage of Arabic", lambda: PLAIN * 20 + fill(ARABIC, 600)),
    Case("one passage of Hebrew", lambda: PLAIN * 20 + fill(HEBREW, 600)),
    Case("scripts by turns", lambda: (PLAIN.strip() + " " + ARABIC + HEBREW + CHINESE + RUSSIAN + "\n") * 300, is_english=False),
    Case("scripts in one word", lambda: mix("abאבجحжщ中文éñ "), is_english=False),
    Case("right-to-left marks", lambda: "\u202b" + PLAIN.strip() + "\u202c " + fill("\u200f\u200ea \u2067b\u2069 ", 50_000)),
    Case("all of Unicode", lambda: "".join(map(chr, range(32, 0x11000))), is_english=False),
    Case("Arabic", lambda: fill(ARABIC), is_english=False),
    Case("Hebrew", lambda: fill(HEBREW), is_english=False),
    Case("Chinese", lambda: fill(CHINESE), is_english=False),
    Case("Russian", lambda: fill(RUSSIAN), is_english=False),
    Case("Spanish", lambda: fill(SPANISH), is_english=False),
    Case("French", lambda: fill(FRENCH), is_english=False),
    Case("German", lambda: fill(GERMAN), is_english=False),
    Case("Spanish about Netanyahu: no", lambda: "Netanyahu: no habrá alto el fuego sin Hamas ni acuerdo.", is_english=False),
    Case("one passage of Spanish", lambda: PLAIN * 5 + SPANISH),
    Case("a phrase over 10,000 marks", lambda: "Qatar called for an " + '" ' * 10_000 + "immediate ceasefire"),
)  # fmt: skip


def read_case(case: Case, nlp: Language, config: Config, answer: Connection) -> None:
    """Read one text and send its cost. Runs in a process of its own, forked from the one that loaded the pipeline."""
    before = measure_memory()
    text = (PLAIN if case.is_english else "") + case.text()
    passage = Passage(
        article_id="a",
        version_id="v",
        origin_id="o",
        outlet="Example",
        title="Talks go on",
        text=text,
        published_at=NOW,
        known_from=NOW,
    )
    started, used = time.perf_counter(), time.process_time()
    [reading] = read_passages(nlp, [passage], config)
    seconds, worked = time.perf_counter() - started, time.process_time() - used
    found = any(one.evidence_in == "text" and one.evidence_end <= len(PLAIN) for one in reading.statements)
    verbatim = all(
        {"title": passage.title, "text": text}[one.evidence_in][one.evidence_start : one.evidence_end] == one.evidence
        for one in reading.statements
    )
    outcome = reading.analysis.outcome if verbatim else "evidence is not verbatim"
    answer.send(
        Cost(
            seconds=seconds,
            work=worked,
            megabytes=measure_memory() - before,
            analysis=reading.analysis,
            statement_count=len(reading.statements),
            is_plain_found=found,
            outcome=outcome,
        )
    )


def measure_memory() -> float:
    """Return the most memory that this process ever had, in megabytes."""
    unit = 1024 if sys.platform != "darwin" else 1024 * 1024  # Linux counts kilobytes, macOS bytes
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit


def run_case(case: Case, nlp: Language, config: Config, limit: float) -> Cost:
    """Read one text in a process of its own; give up after the limit, in seconds."""
    context = multiprocessing.get_context("fork")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=read_case, args=(case, nlp, config, sender))
    process.start()
    sender.close()
    try:
        if not receiver.poll(limit):
            process.kill()
            return Cost("too slow", seconds=limit)
        cost: Cost = receiver.recv()
    except EOFError:
        return Cost("crashed")
    finally:
        process.join()
    return cost


def judge(case: Case, cost: Cost, seconds: float, megabytes: float) -> str:
    """Return what is wrong with a cost, or "ok"."""
    if cost.analysis is None or cost.outcome != cost.analysis.outcome:
        return cost.outcome
    if cost.work > seconds:
        return f"more than {seconds:g} s"
    if cost.megabytes > megabytes:
        return f"more than {megabytes:g} MB"
    if case.is_english and not cost.is_plain_found:
        return "the plain statement is lost"
    if case.is_english == (cost.outcome == AnalysisOutcome.NOT_ANALYSED) or (
        not case.is_english and cost.statement_count
    ):
        return f"is {cost.outcome}"
    return "ok"


def main() -> int:
    """Read the arguments, then every text."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--model", default="volteface_news")
    parser.add_argument("--only", default="", help="texts whose name holds this")
    parser.add_argument("--seconds", type=float, default=20.0, help="of one core")
    parser.add_argument("--megabytes", type=float, default=600.0)
    arguments = parser.parse_args()
    config = load_config(ROOT)
    language = config.settings.language.model_copy(update={"model": arguments.model})
    config = dataclasses.replace(config, settings=config.settings.model_copy(update={"language": language}))
    nlp = build_nlp(config)
    find_foreign(SPANISH)  # loads what tells languages apart: it is no text's own cost
    failures = 0
    for case in CASES:
        if arguments.only not in case.name:
            continue
        cost = run_case(case, nlp, config, 10 * arguments.seconds)
        verdict = judge(case, cost, arguments.seconds, arguments.megabytes)
        failures += verdict != "ok"
        analysis = cost.analysis
        read = (
            f"{analysis.language or '?'} {analysis.read_characters:7,d} -{analysis.blanked_characters:6,d}"
            if analysis
            else ""
        )
        print(
            f"{case.name[:40]:<40} {cost.seconds:6.2f} {cost.work:6.2f} s {cost.megabytes:5.0f} MB "
            f"{read:<20} {cost.statement_count:5d} {cost.outcome:<16} {verdict}",
            flush=True,
        )
    print(f"{failures} failed")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
