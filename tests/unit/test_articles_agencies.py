"""Which agency a page credits, and what is no credit."""

from __future__ import annotations

import pytest

from volteface.articles.agencies import find_credited_agency

BODY = "\n".join(f"Paragraph number {number} of a report that says nothing about its source." for number in range(10))


@pytest.mark.parametrize(
    ("byline", "agency"),
    [
        ("Reuters", "reuters"),
        ("By Reuters", "reuters"),
        ("By A. Writer, Associated Press", "ap"),
        ("The Associated Press", "ap"),
        ("ASSOCIATED PRESS", "ap"),
        ("AFP", "afp"),
        ("Staff and agencies: AFP", "afp"),
        ("Post staff and Agence France-Presse", "afp"),
        ("A. Writer and AP", "ap"),
        ("Australian Associated Press", "aap"),
        ("PTI", "pti"),
        ("Ap Writer", None),
        ("A. Reutersward", None),
        ("Ana Duran", None),
        ("B. Writer", None),
        ("", None),
    ],
)
def test_byline(byline: str, agency: str | None):
    assert find_credited_agency(BODY, [byline]) == agency


@pytest.mark.parametrize(
    ("text", "agency"),
    [
        ("GAZA/CAIRO, March 31 (Reuters) - Officials said on Sunday.\n" + BODY, "reuters"),
        ("JERUSALEM (AP) \u2014 Officials said on Sunday.\n" + BODY, "ap"),
        ("(AFP) - Officials said.\n" + BODY, "afp"),
        (BODY + "\n(Reuters)", "reuters"),
        (BODY + "\n\u2014 AP", "ap"),
        (BODY + "\nSource: Anadolu Agency", "anadolu"),
        (BODY + "\nWith inputs from PTI", "pti"),
        (BODY + "\nThe Associated Press contributed to this report.", "ap"),
        (BODY + "\nAssociated Press writers in Cairo and Beirut contributed.", "ap"),
        (BODY + "\n Reuters contributed to this report", "reuters"),
        (BODY + "\nReuters, the Associated Press and Agence France-Presse contributes to this report", "reuters"),
        (BODY + "\nThe Associated Press contributed reporting", "ap"),
        (BODY + "\nWith Reuters and Associated Press", "reuters"),
        (BODY + "\nWith the Associated Press", "ap"),
        (BODY + "\nREUTERS, AFP", "reuters"),
        (BODY + "\nAdditional reporting by AFP", "afp"),
        (BODY + " The talks go on. REUTERS", "reuters"),
        (BODY + ' "The talks go on," she said. AFP', "afp"),
        (BODY + " The talks go on. (BLOOMBERG)", "bloomberg"),
        (BODY + "\n(Reporting by A. Writer in Cairo; Editing by B. Writer)", "reuters"),
        (BODY + "\nReporting by A. Writer and C. Writer; Writing by D. Writer; Editing by B. Writer", "reuters"),
        (BODY + "\nOur Standards: The Thomson Reuters Trust Principles.", "reuters"),
        (BODY + "\nReporting by A. Writer", None),
        (BODY + "\nThe violence went on on Saturday, reported AFP.", None),
        (BODY + "\nPHOTO: REUTERS", None),
        (BODY + "\nWith AP reporters looking on, the envoys left.", None),
        (BODY + "\nHe asked who had told the story. Reuters did, she said.", None),
        ("An official told Reuters on Sunday that nothing was agreed.\n" + BODY, None),
        (BODY + "\nThe minister told AFP that she contributed nothing.", None),
        ("Smoke rises. (AP Photo/A. Photographer)\n" + BODY, None),
        ("By Reuters\n" + BODY, "reuters"),
        ("Reuters\n" + BODY, None),  # under a picture
        (BODY + "\nThe Reuters building stands empty.", None),
        (BODY + "\nMAP OF THE AREA", None),
        (BODY + "\nThe Associated Press reported in a dispatch on Sunday that talks failed.\n" + BODY, None),
    ],
)
def test_text(text: str, agency: str | None):
    assert find_credited_agency(text, ["B. Writer"]) == agency


def test_byline_counts_before_the_text():
    assert find_credited_agency("CAIRO (AP) - Text.", ["Reuters"]) == "reuters"
