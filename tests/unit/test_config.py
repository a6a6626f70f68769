"""The shipped configuration is whole, and a wrong one is refused with file, key and reason."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
import spacy

from volteface.articles.scope import build_scope
from volteface.config import Config, find_config_errors, load_config
from volteface.config.actors import ActorKind
from volteface.errors import ConfigError
from volteface.language.names import NameTable

ROOT = Path(__file__).resolve().parents[2]

# The ids that statements are coded with: the codebook of the project's hand-labelled articles.
CODEBOOK = """
israel-government benjamin-netanyahu yoav-gallant benny-gantz itamar-ben-gvir bezalel-smotrich yair-lapid isaac-herzog
ron-dermer tzachi-hanegbi eli-cohen israel-katz israel-military us-government joe-biden antony-blinken jake-sullivan
john-kirby kamala-harris lloyd-austin matthew-miller chuck-schumer bernie-sanders mike-johnson donald-trump
us-congress-democrats us-congress-republicans hamas ismail-haniyeh yahya-sinwar osama-hamdan khaled-meshaal
islamic-jihad palestinian-authority mahmoud-abbas mohammad-shtayyeh riyad-mansour egypt-government
abdel-fattah-el-sisi sameh-shoukry qatar-government jordan-government king-abdullah-ii ayman-safadi saudi-government
uae-government turkey-government recep-tayyip-erdogan iran-government hezbollah houthis lebanon-government
syria-government un-secretary-general un-agencies unrwa philippe-lazzarini who un-security-council un-general-assembly
eu josep-borrell ursula-von-der-leyen uk-government rishi-sunak david-cameron keir-starmer uk-labour humza-yousaf
france-government emmanuel-macron germany-government olaf-scholz annalena-baerbock spain-government pedro-sanchez
ireland-government belgium-government norway-government canada-government justin-trudeau australia-government
anthony-albanese penny-wong new-zealand-government india-government narendra-modi pakistan-government
indonesia-government malaysia-government singapore-government china-government russia-government vladimir-putin
japan-government south-africa-government brazil-government lula-da-silva arab-league oic gcc g7 icj icc
hostage-families red-cross msf amnesty human-rights-watch pope-francis
"""


@pytest.fixture(scope="module")
def config() -> Config:
    return load_config(ROOT)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "config", tmp_path / "config")
    return tmp_path


@pytest.fixture
def edit(home: Path) -> Callable[[str, str, str], Path]:
    """Return a function that replaces a text, once, in one file of a copied configuration."""

    def change(name: str, old: str, new: str) -> Path:
        path = home / "config" / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        return home

    return change


def _list_errors(home: Path) -> list[str]:
    return [str(error) for error in find_config_errors(home)]


# --------------------------------------------------------------------------------------------------- what the project ships
def test_shipped_configuration_has_no_errors():
    assert _list_errors(ROOT) == []


def test_every_codebook_id_is_a_listed_actor_and_nothing_else_is(config: Config):
    assert {actor.id for actor in config.actors if actor.listed} == set(CODEBOOK.split())


def test_shipped_lists_are_long_enough(config: Config):
    assert len(config.actors) >= 120
    assert len([feed for feed in config.feeds if feed.enabled]) >= 30
    assert len({feed.publisher_family for feed in config.feeds}) >= 30


def test_every_person_is_found_by_name_and_has_a_pronoun(config: Config):
    people = [actor for actor in config.actors if actor.kind is ActorKind.PERSON]
    assert [actor.id for actor in people if not actor.aliases or not actor.gender] == []


def test_no_actor_lists_a_name_twice(config: Config):
    lists = [(actor.id, actor.aliases, actor.offices, actor.metonyms, actor.spokespersons) for actor in config.actors]
    twice = [(actor, name) for actor, *names in lists for name, n in Counter(sum(names, ())).items() if n > 1]
    assert twice == []


def test_no_office_has_two_holders_on_one_day(config: Config):
    terms: dict[tuple[str, str], list[tuple[date, date, str]]] = {}
    for actor in config.actors:
        for role in actor.roles:
            term = (role.since or date.min, role.until or date.max, actor.id)
            terms.setdefault((role.of, role.title), []).append(term)
    clashes = [
        (office, first, second)
        for office, holders in terms.items()
        for first, second in pairwise(sorted(holders))
        if second[0] <= first[1]
    ]
    assert clashes == []


@pytest.mark.parametrize(
    ("title", "body", "day", "holder"),
    [
        ("foreign minister", "israel-government", date(2023, 12, 31), "eli-cohen"),
        ("foreign minister", "israel-government", date(2024, 1, 1), "israel-katz"),
        ("foreign secretary", "uk-government", date(2023, 11, 12), "james-cleverly"),
        ("foreign secretary", "uk-government", date(2023, 11, 13), "david-cameron"),
        ("prime minister", "palestinian-authority", date(2024, 3, 30), "mohammad-shtayyeh"),
        ("prime minister", "palestinian-authority", date(2024, 3, 31), "mohammad-mustafa"),
        ("minister for strategic affairs", "israel-government", date(2024, 3, 31), "ron-dermer"),
        ("leader", "hamas", date(2024, 7, 31), "ismail-haniyeh"),
        ("leader", "hamas", date(2024, 8, 6), "yahya-sinwar"),
    ],
)
def test_dated_offices_name_who_held_them(config: Config, title: str, body: str, day: date, holder: str):
    holders = [
        actor.id
        for actor in config.actors
        for role in actor.roles
        if (role.title, role.of) == (title, body) and role.holds_on(day)
    ]
    assert holders == [holder]


def test_governments_get_the_offices_that_every_government_has(config: Config):
    qatar = config.actor("qatar-government")
    assert qatar is not None
    assert {"Qatar's foreign ministry", "Qatari Foreign Ministry", "government of Qatar"} <= set(qatar.offices)


def test_words_that_only_hold_a_name_are_no_name(config: Config):
    nlp = spacy.blank("en")
    names = NameTable(nlp, config.actors)
    doc = nlp("The Times of Israel and Agence France-Presse report from East Jerusalem that Israel agreed.")
    assert [doc[hit.start : hit.end].text for hit in names.find(doc)] == ["Israel"]


def test_official_feeds_are_an_actors_voice_and_pass_through_the_scope(config: Config):
    official = [feed for feed in config.feeds if feed.actor]
    assert {feed.actor for feed in official} >= {"us-government", "uk-government", "eu"}
    assert [feed.id for feed in official if feed.in_scope or feed.source_type != "official"] == []


@pytest.mark.parametrize(
    ("title", "summary", "found"),
    [
        ("Truce talks resume as fighting nears Rafah", "", "Rafah"),
        ("Parliament votes on weapons for Israel", "", "Israel + weapons"),
        ("Israel's team wins Israeli derby", "", None),
        ("Security Council meets over famine in another country", "", None),
        ("Ministers discuss fishing quotas", "", None),
    ],
)
def test_shipped_scope_takes_in_the_topic_and_nothing_else(config: Config, title: str, summary: str, found: str | None):
    assert build_scope(config.scope).match(title, summary) == found


# ------------------------------------------------------------------------------------------------------- what it refuses
REFUSED = [
    pytest.param(
        ("feeds.yml", "    language: en", "    langauge: en"),
        "config/feeds.yml: feeds.0 (aljazeera).langauge: unknown key",
        id="unknown key",
    ),
    pytest.param(
        ("feeds.yml", "    outlet: Al Jazeera\n", ""),
        "config/feeds.yml: feeds.0 (aljazeera).outlet: the key is missing",
        id="missing key",
    ),
    pytest.param(
        ("feeds.yml", "    outlet: Al Jazeera\n", "    outlet: Al Jazeera\n    outlet: AJ\n"),
        "config/feeds.yml: outlet: the key stands twice (line ",
        id="key twice",
    ),
    pytest.param(
        ("feeds.yml", "country: QA", "country: QA\n    poll_minutes: often"),
        "config/feeds.yml: feeds.0 (aljazeera).poll_minutes: Input should be a valid integer",
        id="wrong type",
    ),
    pytest.param(
        ("feeds.yml", "country: QA", "country: QA\n    poll_minutes: 14"),
        "config/feeds.yml: feeds.0 (aljazeera).poll_minutes: Input should be greater than or equal to 15",
        id="a feed polled too often",
    ),
    pytest.param(
        ("settings.yml", "poll_minutes: 30", "poll_minutes: 14"),
        "config/settings.yml: collection.poll_minutes: Input should be greater than or equal to 15",
        id="feeds polled too often",
    ),
    pytest.param(
        ("feeds.yml", "https://www.aljazeera.com", "https://someone:secret@www.aljazeera.com"),
        "config/feeds.yml: feeds.0 (aljazeera).url: a feed's url holds no user name and no password",
        id="password in a url",
    ),
    pytest.param(
        ("feeds.yml", "https://www.aljazeera.com/xml", "file:///etc"),
        "config/feeds.yml: feeds.0 (aljazeera).url: a feed's url is http:// or https:// and a host",
        id="no web address",
    ),
    pytest.param(
        ("feeds.yml", "- id: middle_east_eye", "- id: aljazeera"),
        "config/feeds.yml: feeds.1 (aljazeera).id: 'aljazeera' stands at feeds.0 (aljazeera) already",
        id="feed id twice",
    ),
    pytest.param(
        ("feeds.yml", "https://www.middleeasteye.net/rss", "https://www.aljazeera.com/xml/rss/all.xml"),
        "config/feeds.yml: feeds.1 (middle_east_eye).url: 'https://www.aljazeera.com/xml/rss/all.xml' stands at",
        id="feed url twice",
    ),
    pytest.param(
        ("feeds.yml", "actor: who\n", "actor: whom\n"),
        ".actor: unknown actor 'whom'",
        id="unknown actor of a feed",
    ),
    pytest.param(
        ("feeds.yml", "language: en\n", "language: fr\n"),
        "config/feeds.yml: feeds.0 (aljazeera).language: 'fr' is not among settings.yml's language.languages",
        id="enabled feed in a language that is not read",
    ),
    pytest.param(
        ("actors.yml", 'country: "NO"', "country: NO"),
        ".country: Input should be a valid string: YAML takes a bare NO",
        id="Norway",
    ),
    pytest.param(
        ("actors.yml", "since: 2021-07-07}", "since: 2021-02-30}"),
        "(isaac-herzog).roles.0.since: Input should be a valid date",
        id="a date that there is not",
    ),
    pytest.param(
        ("actors.yml", "since: 2022-12-29, until: 2024-11-07}", "since: 2024-12-29, until: 2024-11-07}"),
        "(yoav-gallant).roles.0: role 'defence minister' ends (2024-11-07) before it begins (2024-12-29)",
        id="role that ends before it begins",
    ),
    pytest.param(
        ("actors.yml", "of: israel-government, since: 2021-07-07", "of: knesset, since: 2021-07-07"),
        "(isaac-herzog).roles.0.of: unknown actor 'knesset'",
        id="unknown body of a role",
    ),
    pytest.param(
        ("actors.yml", "    parent: israel-government\n", "    parent: israel\n"),
        "config/actors.yml: actors.1 (benjamin-netanyahu).parent: unknown actor 'israel'",
        id="unknown parent",
    ),
    pytest.param(
        ("actors.yml", "aliases: [Israel, ", "parent: benjamin-netanyahu\n    aliases: [Israel, "),
        "config/actors.yml: actors.0 (israel-government).parent: the actor is its own ancestor",
        id="circle of parents",
    ),
    pytest.param(
        ("actors.yml", "aliases: [Yair Lapid, Lapid]", "aliases: [Yair Lapid, Lapid, Gantz]"),
        "(yair-lapid).aliases: 'Gantz' is claimed by benny-gantz too",
        id="alias claimed twice",
    ),
    pytest.param(
        ("actors.yml", "aliases: [Yair Lapid, Lapid]", "aliases: [Yair Lapid, Lapid, Netanyahu\u2019s office]"),
        "(yair-lapid).aliases: 'Netanyahu\u2019s office' is claimed by israel-government too (as \"Netanyahu's office\")",
        id="alias claimed twice, with another apostrophe",
    ),
    pytest.param(
        ("actors.yml", '"{country}\'s government"', '"{land}\'s government"'),
        'config/actors.yml: government_offices: "{land}\'s government" must hold {country} or {demonym}',
        id="office pattern with an unknown place",
    ),
    pytest.param(
        ("scope.yml", "  - ceasefire\n", "  - Israel\n"),
        "config/scope.yml: a term cannot be its own companion: israel",
        id="scope term that pairs with itself",
    ),
    pytest.param(
        ("channels.yml", "kind: console\n", "kind: console\n    issues: [fishing]\n"),
        "(console).issues: unknown issue 'fishing'",
        id="unknown issue of a channel",
    ),
    pytest.param(
        ("settings.yml", "topic: Rafah and Gaza", "topic: [Rafah and Gaza"),
        "config/settings.yml: line ",
        id="not YAML",
    ),
    pytest.param(("settings.yml", "topic: ", "topic: \x07"), "config/settings.yml: not YAML: ", id="control character"),
]


@pytest.mark.parametrize(("change", "expected"), REFUSED)
def test_wrong_configuration_is_refused_with_file_key_and_reason(
    edit: Callable[[str, str, str], Path], change: tuple[str, str, str], expected: str
):
    home = edit(*change)
    errors = _list_errors(home)
    assert [error for error in errors if expected in error], errors
    assert all(error.startswith("config/") and "\n" not in error for error in errors)
    with pytest.raises(ConfigError) as raised:
        load_config(home)
    assert str(raised.value) == errors[0]


@pytest.mark.parametrize("name", sorted(path.name for path in (ROOT / "config").glob("*.yml")))
def test_missing_file_is_refused(home: Path, name: str):
    (home / "config" / name).unlink()
    assert _list_errors(home) == [f"config/{name}: the file is missing ({home / 'config'})"]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (b"", "config/scope.yml: the file must hold a mapping of keys"),
        (b"- Gaza\n", "config/scope.yml: the file must hold a mapping of keys"),
        (b"terms: [\xff]\n", "config/scope.yml: not UTF-8: byte 8 cannot be read"),
        (b"[" * 5000, "config/scope.yml: "),
        (b"? [a]\n: b\n", "config/scope.yml: "),
        (b"terms: [Gaza]\npaired_terms: [Israel]\n", "paired_terms and companions need one another"),
    ],
)
def test_body_that_is_no_configuration_is_refused(home: Path, body: bytes, expected: str):
    (home / "config" / "scope.yml").write_bytes(body)
    errors = _list_errors(home)
    assert len(errors) == 1
    assert expected in errors[0]


def test_errors_of_several_files_are_all_told(edit: Callable[[str, str, str], Path]):
    edit("feeds.yml", "    outlet: Al Jazeera\n", "")
    home = edit("actors.yml", "kind: government", "kind: empire")
    assert {error.partition(":")[0] for error in _list_errors(home)} == {"config/actors.yml", "config/feeds.yml"}


def test_value_is_not_repeated_because_it_may_be_a_secret(edit: Callable[[str, str, str], Path]):
    home = edit("channels.yml", "url_env: ", "url_env: mailto://me:hunter2@")
    assert _list_errors(home)
    assert "hunter2" not in "".join(_list_errors(home))


def test_digest_changes_with_the_files_and_only_with_them(config: Config, edit: Callable[[str, str, str], Path]):
    assert load_config(ROOT).sha256 == config.sha256
    assert load_config(edit("scope.yml", "  - Gaza\n", "  - Gaza\n  - Beit Hanoun\n")).sha256 != config.sha256


def test_paths_are_taken_from_the_home_unless_absolute(config: Config):
    assert config.path(Path("warehouse/x")) == ROOT / "warehouse" / "x"
    assert config.path(Path("/elsewhere")) == Path("/elsewhere")
