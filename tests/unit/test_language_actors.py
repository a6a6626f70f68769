from datetime import UTC, datetime

import pytest
from reading import list_mentions, read

from volteface.language.annotations import Via


@pytest.mark.parametrize(
    ("text", "words", "actor_id"),
    [
        (
            "Israeli Prime Minister Benjamin Netanyahu left.",
            "Israeli Prime Minister Benjamin Netanyahu",
            "benjamin-netanyahu",
        ),
        ("Mr Netanyahu left.", "Mr Netanyahu", "benjamin-netanyahu"),
        ("President Biden left.", "President Biden", "joe-biden"),
        ("The White House refused.", "White House", "us-government"),
        ("The Israeli Prime Minister’s office declined.", "Israeli Prime Minister’s office", "israel-government"),
        ("Netanyahu's office declined.", "Netanyahu's office", "israel-government"),
        ("The Israeli leader left.", "Israeli leader", "benjamin-netanyahu"),
        ("The US president left.", "US president", "joe-biden"),
        ("A spokesman for the Israeli military refused.", "A spokesman for the Israeli military", "israel-military"),
        ("Hamas rejected it.", "Hamas", "hamas"),
        ("After Israel last week rejected it, talks went on.", "Israel", "israel-government"),
        ("Washington said no.", "Washington", "us-government"),
    ],
)
def test_names_offices_and_roles_mean_their_actor(text: str, words: str, actor_id: str) -> None:
    assert list_mentions(text)[0] == (words, actor_id)


@pytest.mark.parametrize(
    "text",
    [
        "The envoy flew to Israel.",
        "Rockets were fired from Lebanon.",
        "In Washington, it rained.",
        "The Israel lobby met.",
        "The Israel-Hamas war goes on.",
        "The Hamas-run ministry counted.",
        "Hunter Biden smiled.",
        "They met at Trump Tower.",
        "Former Israeli prime minister Ann Example smiled.",
    ],
)
def test_places_compounds_and_namesakes_are_nobody(text: str) -> None:
    assert list_mentions(text) == []


def test_pressure_on_a_country_is_pressure_on_its_government() -> None:
    assert list_mentions("Pressure on Israel grew.") == [("Israel", "israel-government")]


@pytest.mark.parametrize(
    ("text", "actor_ids"),
    [
        ("A senior Israeli official left.", ["anonymous:israel-government"]),
        ("Four Israeli and U.S. officials left.", ["anonymous:israel-government", "anonymous:us-government"]),
        ("A State Department official left.", ["anonymous:us-government"]),
        ("A Hamas official left.", ["anonymous:hamas"]),
        ("Sources close to the negotiations left.", ["anonymous:unknown"]),
        ("A person familiar with the talks left.", ["anonymous:unknown"]),
        ("A former Israeli official left.", []),
        ("Israeli leaders insisted.", ["israel-government"]),
    ],
)
def test_unnamed_people_are_of_their_body(text: str, actor_ids: list[str]) -> None:
    assert [actor_id for _, actor_id in list_mentions(text)] == actor_ids


def test_a_role_is_read_by_the_day() -> None:
    text = "The British prime minister agreed."

    assert list_mentions(text, day=datetime(2024, 3, 1, tzinfo=UTC)) == [("British prime minister", "rishi-sunak")]
    assert list_mentions(text, day=datetime(2024, 9, 1, tzinfo=UTC)) == [("British prime minister", "keir-starmer")]
    assert list_mentions(text, day=None) == []


def test_a_bare_role_means_the_one_named_before_who_holds_it() -> None:
    assert list_mentions("Benjamin Netanyahu met Jake Sullivan. The prime minister smiled.")[-1] == (
        "prime minister",
        "benjamin-netanyahu",
    )
    assert ("prime minister", "benjamin-netanyahu") not in list_mentions("The prime minister smiled.")


def test_a_name_beside_a_role_outweighs_the_calendar() -> None:
    ids = [actor_id for _, actor_id in list_mentions("The Israeli prime minister, Yair Lapid, said no.")]

    assert ids == ["yair-lapid"]


def test_a_surname_means_the_one_person_named_in_full_before() -> None:
    assert list_mentions("Jake Sullivan met envoys. Sullivan said no.")[-1] == ("Sullivan", "jake-sullivan")
    assert list_mentions("Sullivan said no.") == []


def test_a_surname_of_two_people_means_nobody() -> None:
    text = "“No,” said Ann Example, a lawyer. “Yes,” said Bob Example, a judge. Example said so."

    assert [actor_id for _, actor_id in list_mentions(text)] == ["other:ann-example", "other:bob-example"]


def test_a_ministry_lends_no_surname() -> None:
    words = [words for words, _ in list_mentions("The Israeli Foreign Ministry said no. The Health Ministry said yes.")]

    assert "Ministry" not in " ".join(words[1:])


def test_an_unknown_name_that_speaks_becomes_a_candidate() -> None:
    text = "Omar Example, a political analyst, said it would fail. Later, Example said more."

    assert list_mentions(text) == [("Omar Example", "other:omar-example"), ("Example", "other:omar-example")]


def test_a_spokesperson_without_an_id_is_the_voice_of_the_body() -> None:
    text = "Majed Example, the spokesperson for the foreign ministry of Qatar, announced a truce. Example said more."

    ids = {actor_id for _, actor_id in list_mentions(text)}

    assert ids == {"qatar-government"}


def test_an_actor_outside_the_codebook_is_written_as_other() -> None:
    assert all(each.actor_id.startswith("other:") for each in read("Hassan Nasrallah smiled.")._.actor_mentions)


def test_ways_of_resolving_are_kept() -> None:
    vias = {
        each.via for each in read("Netanyahu met a senior Israeli official. The Israeli leader left.")._.actor_mentions
    }

    assert vias == {Via.ALIAS, Via.ANONYMOUS, Via.DESCRIPTION}


def test_noise_makes_no_error() -> None:
    for text in ("", "\n\n", "“", "said", "'", "Netanyahu", "of the of", "-", "U.S. U.S. U.S."):
        read(text)


def test_the_national_security_council_is_no_part_of_the_united_nations() -> None:
    assert list_mentions("A National Security Council spokesperson spoke.")[0][1] == "us-government"
    assert list_mentions("The UN Security Council met.")[0][1] == "un-security-council"


def test_two_titles_after_an_article_are_of_two_people() -> None:
    found = list_mentions("King Abdullah II met Biden. The President and King Abdullah agreed.")

    assert found[-1] == ("King Abdullah", "king-abdullah-ii")


@pytest.mark.parametrize(
    ("text", "actor_id"),
    [
        ("The European Union's top diplomat left.", "josep-borrell"),
        ("Palestine's foreign minister left.", "other:riyad-al-maliki"),
        ("Israel's top military spokesman Daniel Hagari left.", "israel-military"),
        ("The Arab foreign ministers left.", "other:arab-foreign-ministers"),
        ("Human rights groups left.", "other:rights-groups"),
    ],
)
def test_an_office_a_known_voice_and_a_group_are_named_and_no_secret(text: str, actor_id: str) -> None:
    assert [found for _, found in list_mentions(text, day=datetime(2024, 3, 1, tzinfo=UTC))] == [actor_id]


def test_a_fund_is_not_its_country() -> None:
    assert list_mentions("The president of Palestine Example Fund left.") == []
