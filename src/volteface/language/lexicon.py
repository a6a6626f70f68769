"""Closed classes of English words, lower case: what can be told of a token without a tagger.

Open classes (actors, cues, issue terms) are not here: they are rows under config/.
"""

from __future__ import annotations


def words(text: str) -> frozenset[str]:
    """Return the words of a line as a set: how word lists are written here."""
    return frozenset(text.split())


AUXILIARIES = words(
    "is are was were be been being am has have had having do does did will would can could may might must shall should"
    " 's 'd 'll 've 're 'm ’s ’d ’ll ’ve ’re ’m ca wo"
)
"""Auxiliary and modal verbs, with the clitics that the tokenizer splits off."""

CLITICS = words("'s 'd 'll 've 're 'm ’s ’d ’ll ’ve ’re ’m")
POSSESSIVES = frozenset(("'s", "’s"))
NEGATIONS = words("not n't n’t never no neither nor")

SUBJECT_PRONOUNS = words("he she they it we i you who")
FIRST_PERSON = words("i we our my us ours")

DETERMINERS = words(
    "the a an this that these those his her its their my our your some any no every each all both several many most few"
    " another other one two three four five six seven eight nine ten dozens more"
)
POSSESSIVE_PRONOUNS = words("his her its their my our your whose")

PREPOSITIONS = words(
    "of in on at for from with to by about against over under after before between through during without within among"
    " into near across toward towards around inside outside behind beyond amid despite throughout off above below"
    " alongside via per as like than upon since until"
)
PLACE_PREPOSITIONS = words(
    "in from to at near across into inside outside around throughout toward towards over through within of between"
    " beyond leaving via"
)
"""Before the name of a country: the place is meant, not its government."""

LINKS = words("of for in at from with on to by about")
"""Prepositions by which a noun phrase goes on ("a spokesman for the ministry of health")."""

CONJUNCTIONS = words("and or but nor yet so")
SUBORDINATORS = words(
    "that if when while as because after before since until although though whether where what how why which unless"
    " once than whereas whatever whenever"
)
ADVERBS = words(
    "also later then still already just never repeatedly recently once again now often even only first always"
    " meanwhile however instead too twice earlier previously subsequently thus soon further both all each ever"
    " today yesterday tonight tomorrow sometimes together long initially"
)
DASHES = frozenset(("—", "–", "--", "―", "---"))
WEEKDAYS = words("monday tuesday wednesday thursday friday saturday sunday")
MONTHS = words(
    "january february march april may june july august september october november december"
    " jan feb mar apr aug sept oct nov dec jan. feb. mar. apr. aug. sept. oct. nov. dec."
)
DAY_WORDS = WEEKDAYS | words("today yesterday tomorrow tonight last this next week month year night")

PAST_FORMS = words(
    "went came took gave made got held sent put set met left led began became brought kept let lost paid ran saw sat"
    " spent stood struck shot won fought fell flew drew broke built bought chose cut found grew hit knew launched lay"
    " said says say told rose sought taught threw understood withdrew"
)
"""Irregular past forms of common verbs: with -ed, what a main verb looks like."""

BASE_VERBS = words(
    "go come take give make get hold send put set meet leave lead begin become bring keep let lose pay run sit spend"
    " stand strike win fight fall draw break build choose cut find grow hit know rise need needs remain remains want"
    " wants hope hopes launch launches fear fears vow vows plan plans agree agrees reject rejects accept accepts"
)

TITLES = words(
    "prime minister president vice secretary state defense defence foreign interior finance national security adviser"
    " advisor mr mr. mrs mrs. ms ms. dr dr. sir lord lady dame sen sen. senator senators rep rep. representative gov"
    " gov. governor gen gen. general brig brig. maj maj. major lt lt. lieutenant col col. colonel cpt capt capt."
    " captain adm adm. admiral rear king queen prince princess crown sheikh sheik emir sultan ayatollah ambassador"
    " spokesman spokesperson spokeswoman chief leader speaker majority minority chairman chairwoman chair deputy"
    " former ex chancellor premier pm taoiseach justice attorney judge rabbi pope archbishop bishop imam professor prof"
    " prof. director-general director envoy high commissioner commissioner representative coordinator army military"
    " navy air force police opposition party war cabinet member communications council head affairs strategic"
    " relations energy health treasury economy labour republican democrat democratic conservative retired senior top"
    " veteran far right left wing far-right congressman congresswoman lawmaker mp house white department pentagon"
    " special press first lady middle east peace process humanitarian international cooperation development political"
    " bureau politburo intelligence chief-of-staff staff commander commander-in-chief hardline hard line ultranationalist"
    " nationalist centrist parliament parliamentary undersecretary under assistant acting caretaker negotiator mossad"
    " cia fbi shin bet knesset un u.n. eu nato us u.s. uk u.k. aid relief agency founder activist analyst journalist official aide diplomat actor actress author"
    " lawyer economist historian scholar expert doctor nurse surgeon paramedic photographer reporter correspondent"
    " columnist writer student teacher resident survivor witness campaigner researcher scientist singer"
)
"""Words that stand before a name as its title."""

HONORIFICS = words("mr mr. mrs mrs. ms ms. dr dr. sir lord president prime")

SPOKES_NOUNS = words("spokesman spokesperson spokeswoman spokesmen spokespeople spokespersons spokeswomen")
ANONYMOUS_NOUNS = words(
    "official officials source sources diplomat diplomats aide aides negotiator negotiators mediator mediators"
    " officer officers lawmaker lawmakers minister ministers insider insiders"
)
"""People who are spoken of by what they are, without a name."""

ABBREVIATIONS = words(
    "brig maj sgt cpl pvt capt cmdr hon rev fr sr jr st messrs mmes supt insp det asst assoc dept govt est approx no"
    " vs etc inc ltd co corp bros u.s u.k u.n e.g i.e a.m p.m jan feb mar apr jun jul aug sep sept oct nov dec mon tue"
    " wed thu fri sat sun"
)
"""Words whose full stop ends no sentence, where the tokenizer leaves it apart."""
