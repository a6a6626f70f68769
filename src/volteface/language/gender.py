"""Which pronoun a person goes by, as far as a title, a word beside the name or a first name tells."""

from __future__ import annotations

from collections.abc import Iterable

from volteface.language.first_names import HE_NAMES, SHE_NAMES
from volteface.language.lexicon import words

HE, SHE = "he", "she"
HE_WORDS = words(
    "mr mr. sir lord king prince emperor duke baron count pope cardinal emir sultan ayatollah imam father son brother"
    " husband uncle nephew grandfather grandson stepfather widower boyfriend fiancé man boy gentleman guy chairman"
    " spokesman congressman businessman councilman policeman alderman waiter monk priest dad grandpa patriarch"
)
SHE_WORDS = words(
    "ms ms. mrs mrs. miss lady dame queen princess empress duchess baroness madam madame mother daughter sister wife"
    " aunt niece grandmother granddaughter stepmother widow girlfriend fiancée woman girl chairwoman spokeswoman"
    " congresswoman businesswoman councilwoman policewoman actress waitress nun mom mum grandma heiress heroine"
)
PRONOUNS = {"he": HE, "him": HE, "his": HE, "himself": HE, "she": SHE, "her": SHE, "hers": SHE, "herself": SHE}


def judge_words(lowers: Iterable[str]) -> str | None:
    """Return the pronoun that titles and describing words tell, or None where they tell none or both."""
    found = {HE for lower in lowers if lower in HE_WORDS} if (lowers := list(lowers)) else set()
    found |= {SHE for lower in lowers if lower in SHE_WORDS}
    return found.pop() if len(found) == 1 else None


def judge_first_name(name: str) -> str | None:
    """Return the pronoun that a first name tells, or None."""
    lower = name.lower()
    if lower in HE_NAMES:
        return HE
    return SHE if lower in SHE_NAMES else None


def fits(gender: str | None, pronoun: str) -> bool:
    """Tell whether somebody of a gender, which may be unknown, can be meant by a pronoun."""
    return gender in (None, PRONOUNS.get(pronoun))
