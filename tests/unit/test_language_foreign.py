"""What is not English is found, and what is English is not."""

from __future__ import annotations

import time

import pytest

from volteface.language.foreign import MIN_LETTERS, blank, find_foreign

ENGLISH = "The minister said on Monday that the talks would go on, and that both of the sides had sent their envoys.\n"
FOREIGN = {
    "ar": "قال رئيس الوزراء إن إسرائيل لن توافق على وقف إطلاق النار في غزة قبل الإفراج عن الرهائن.\n",
    "he": "ראש הממשלה אמר כי ישראל לא תסכים להפסקת אש ברצועת עזה לפני שחרור החטופים.\n",
    "ru": "Министр иностранных дел заявил, что Россия поддерживает прекращение огня в секторе Газа.\n",
    "zh": "外交部发言人在记者会上说中国支持在加沙立即停火并呼吁各方释放所有被扣押人员\n",
    "fa": "وزیر امور خارجه گفت که ایران از آتش‌بس فوری در غزه پشتیبانی می‌کند و خواهان پایان جنگ است.\n",
    "es": "El primer ministro dijo el lunes que no aceptará un alto el fuego en Gaza mientras siga la guerra.\n",
    "fr": "Le premier ministre a déclaré lundi qu'il n'accepterait pas de cessez-le-feu à Gaza avant la libération.\n",
    "de": "Der Ministerpräsident sagte am Montag, er werde keiner Waffenruhe zustimmen, solange der Krieg dauert.\n",
    "nl": "De premier zei maandag dat hij geen staakt-het-vuren zal aanvaarden zolang de oorlog voortduurt.\n",
    "pl": "Premier powiedział w poniedziałek, że nie zgodzi się na zawieszenie broni, dopóki trwa wojna.\n",
}


@pytest.mark.parametrize("language", FOREIGN)
def test_a_text_in_another_language_is_foreign_and_its_language_named(language: str) -> None:
    found = find_foreign(FOREIGN[language] * 3)

    assert (found.language, found.is_most) == (language, True)


@pytest.mark.parametrize("language", FOREIGN)
def test_a_foreign_passage_in_an_english_text_is_found_and_nothing_else(language: str) -> None:
    text = ENGLISH * 2 + FOREIGN[language] + ENGLISH * 2

    found = find_foreign(text)
    shown = blank(text, found.intervals)

    assert (found.language, found.is_most) == ("en", False)
    assert shown[: len(ENGLISH * 2)] == ENGLISH * 2
    assert shown[-len(ENGLISH * 2) :] == ENGLISH * 2
    assert not any(map(str.isalpha, shown[len(ENGLISH * 2) : -len(ENGLISH * 2)]))


@pytest.mark.parametrize(
    "text",
    [
        ENGLISH,
        "Qatar calls for ceasefire",
        "Israeli tanks besiege hospital; Hamas issues threats to hostages",
        "Gaza faces humanitarian catastrophe as Israel evacuates north",
        "NETANYAHU: NO CEASEFIRE WITHOUT RELEASE OF HOSTAGES, SAYS OFFICE",
        "1,200 dead - 240 hostages - 17 October 2023 - 3:45 p.m.",
        "",
    ],
)
def test_english_headlines_and_prose_are_not_foreign(text: str) -> None:
    assert find_foreign(text).intervals == ()
    assert not find_foreign(text).is_most


def test_a_word_in_another_script_is_left_out_of_an_english_sentence() -> None:
    text = "The word for peace is سلام in Arabic and שלום in Hebrew, the minister said at the end of the talks."

    shown = blank(text, find_foreign(text).intervals)

    assert len(shown) == len(text)
    assert shown.split() == text.replace("سلام", "").replace("שלום", "").split()


def test_letters_with_accents_are_latin() -> None:
    text = "Recep Tayyip Erdoğan, Pedro Sánchez and Olaf Scholz’s deputy Łukasz Ø. said Qur’ān readings would go on."

    assert find_foreign(text).intervals == ()


def test_too_little_to_tell_has_no_language() -> None:
    assert find_foreign("No deal.").language is None
    assert len("Kein Abkommen".replace(" ", "")) < MIN_LETTERS
    assert find_foreign("Kein Abkommen").intervals == ()


def test_short_lines_are_judged_together() -> None:
    lines = "No habrá alto el fuego\ndijo el primer ministro\nmientras siga la guerra\n"

    assert find_foreign(lines).is_most


def test_blanking_keeps_line_breaks_and_length_and_takes_overlaps() -> None:
    assert blank("ab\ncd ef", [(0, 4), (3, 6), (1, 2)]) == "  \n   ef"


@pytest.mark.parametrize("text", ["שלום" * 25_000, "ש " * 50_000, "ש" + "!" * 100_000, "a ש" * 30_000, "é" * 100_000])
def test_long_texts_take_linear_time(text: str) -> None:
    find_foreign(FOREIGN["es"])  # loads the library
    began = time.process_time()

    find_foreign(text)

    assert time.process_time() - began < 5
