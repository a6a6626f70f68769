"""Rules joined to holders, on Docs whose mentions and attributions are made by hand: nothing else is under test."""

from pathlib import Path

import spacy
from spacy.tokens import Doc

from volteface.config import load_config
from volteface.language.annotations import ActorMention, Attribution, Via, register_extensions
from volteface.language.issues import IssueFinder
from volteface.language.kinship import Kinship
from volteface.language.marks import Reader
from volteface.language.stance import StanceHit, find_stances
from volteface.models import Basis, QuoteType

CONFIG = load_config(Path(__file__).parents[2])
NLP = spacy.blank("en")
NLP.add_pipe("sentencizer")
register_extensions()
ISSUES = IssueFinder(NLP.make_doc, CONFIG.issues)
READER = Reader(NLP.make_doc, CONFIG.rules)
KINSHIP = Kinship(CONFIG.actors)


def find_span(doc: Doc, words: str, occurrence: int = 0) -> tuple[int, int]:
    size = len(NLP.make_doc(words))
    starts = [index for index in range(len(doc)) if doc[index : index + size].text == words]
    return starts[occurrence], starts[occurrence] + size


def read(
    text: str, *, mentions: dict[str, str], said: tuple[str, str, str] | None = None, is_private: bool = False
) -> list[StanceHit]:
    """Return the stance hits; ``mentions`` maps words to actors, ``said`` is source, content and speaker."""
    doc = NLP(text)
    found = [(find_span(doc, words), actor_id) for words, actor_id in mentions.items()]
    doc._.actor_mentions = tuple(
        ActorMention(start=start, end=end, actor_id=actor_id, via=Via.ALIAS) for (start, end), actor_id in sorted(found)
    )
    if said:
        source, content, speaker = said
        doc._.attributions = (
            Attribution(
                source=find_span(doc, source), cue=None, contents=(find_span(doc, content),), via=Via.ALIAS,
                quote_type=QuoteType.INDIRECT, speakers=(speaker,), speaker_text=source, is_private=is_private,
            ),
        )  # fmt: skip
    doc._.issue_hits = ISSUES.find(doc)
    return list(find_stances(READER.read(doc), KINSHIP))


def tell(hits: list[StanceHit]) -> set[tuple[str, str, str]]:
    return {(hit.holding.actor_id, hit.verdict.hit.issue_id, str(hit.stance)) for hit in hits}


def test_a_subject_holds_what_its_verb_says() -> None:
    hits = read("Qatar on Monday strongly supported a ceasefire.", mentions={"Qatar": "qatar-government"})

    assert tell(hits) == {("qatar-government", "ceasefire", "support")}
    assert {hit.basis for hit in hits} == {Basis.ON_RECORD}
    assert max(hit.confidence for hit in hits) >= 0.8


def test_a_subject_is_found_across_an_apposition_and_a_second_verb() -> None:
    across = read("Guterres, the head of the UN, rejected a ceasefire.", mentions={"Guterres": "un-secretary-general"})
    second = read("Qatar thanked them and called for a ceasefire.", mentions={"Qatar": "qatar-government"})

    assert tell(across) == {("un-secretary-general", "ceasefire", "oppose")}
    assert tell(second) == {("qatar-government", "ceasefire", "support")}


def test_joined_subjects_each_hold_it() -> None:
    mentions = {"France": "france-government", "Spain": "spain-government", "Norway": "norway-government"}
    hits = read("France, Spain and Norway supported a ceasefire.", mentions=mentions)

    assert {actor for actor, _, _ in tell(hits)} == set(mentions.values())


def test_nobody_holds_what_has_no_named_subject() -> None:
    assert read("Many supported a ceasefire.", mentions={}) == []
    assert read("Critics of Qatar rejected a ceasefire.", mentions={"Qatar": "qatar-government"}) == []
    assert read("A ceasefire must come.", mentions={}) == []


def test_what_is_done_to_the_subject_is_not_its_position() -> None:
    assert read("Qatar was asked about a ceasefire.", mentions={"Qatar": "qatar-government"}) == []


def test_denials_and_reversers_turn_a_stance_round_each_time() -> None:
    def stance(words: str) -> set[str]:
        hits = read(f"Qatar {words} a ceasefire.", mentions={"Qatar": "qatar-government"})
        return {str(hit.stance) for hit in hits}

    assert stance("does not support") == {"oppose"}
    assert stance("does not oppose") == {"support"}
    assert stance("supported rejecting") == {"oppose"}
    assert stance("did not support rejecting") == {"support"}
    assert stance("has refused to call for") == {"oppose"}


def test_questions_and_hypotheticals_say_nothing() -> None:
    assert read("Has Qatar rejected a ceasefire?", mentions={"Qatar": "qatar-government"}) == []
    assert read("They wonder whether Qatar supports a ceasefire.", mentions={"Qatar": "qatar-government"}) == []


def test_a_speaker_holds_what_the_sentence_says_must_be() -> None:
    text = "Macron said there must be a ceasefire."
    hits = read(text, mentions={}, said=("Macron", "there must be a ceasefire", "emmanuel-macron"))

    assert tell(hits) == {("emmanuel-macron", "ceasefire", "support")}


def test_what_one_says_of_another_is_reported_by_him() -> None:
    text = "Macron said Qatar supported a ceasefire."
    said = ("Macron", "Qatar supported a ceasefire", "emmanuel-macron")
    hits = read(text, mentions={"Macron": "emmanuel-macron", "Qatar": "qatar-government"}, said=said)

    assert tell(hits) == {("qatar-government", "ceasefire", "support")}
    assert [(hit.basis, hit.holding.reporter) for hit in hits] == [(Basis.REPORTED_BY_OTHER, "emmanuel-macron")]


def test_what_one_says_of_his_own_side_is_his_own_word() -> None:
    text = "Macron said France supported a ceasefire."
    said = ("Macron", "France supported a ceasefire", "emmanuel-macron")
    hits = read(text, mentions={"Macron": "emmanuel-macron", "France": "france-government"}, said=said)

    assert tell(hits) == {("emmanuel-macron", "ceasefire", "support")}


def test_what_an_unnamed_official_says_is_anonymous() -> None:
    said = ("An official", "Qatar supported a ceasefire", "anonymous:us-government")
    hits = read("An official said Qatar supported a ceasefire.", mentions={"Qatar": "qatar-government"}, said=said)

    assert [(hit.basis, hit.holding.reporter) for hit in hits] == [(Basis.ANONYMOUS, "anonymous:us-government")]


def test_what_is_known_from_private_words_alone_is_anonymous() -> None:
    hits = read("Qatar privately rejected a ceasefire.", mentions={"Qatar": "qatar-government"})

    assert [(hit.basis, hit.is_private) for hit in hits] == [(Basis.ANONYMOUS, True)]


def test_a_condition_is_kept() -> None:
    hits = read("Qatar rejected a ceasefire unless all hostages go home.", mentions={"Qatar": "qatar-government"})

    assert hits
    assert all(hit.condition is not None for hit in hits)


def test_verdicts_that_contradict_each_other_leave_nothing() -> None:
    hits = read("Qatar supports a ceasefire and opposes a ceasefire.", mentions={"Qatar": "qatar-government"})

    assert len({hit.stance for hit in hits}) <= 1


def test_a_document_is_held_by_who_signs_it_and_not_by_who_does_not() -> None:
    mentions = {"Qatar": "qatar-government"}

    assert tell(read("Qatar signed a letter calling for a ceasefire.", mentions=mentions)) == {
        ("qatar-government", "ceasefire", "support")
    }
    assert read("Qatar did not sign a letter calling for a ceasefire.", mentions=mentions) == []
    assert read("Doctors signed a letter calling for a ceasefire.", mentions={}) == []


def test_the_members_of_a_group_hold_what_it_does() -> None:
    mentions = {"Qatar": "qatar-government", "Egypt": "egypt-government", "Spain": "spain-government"}
    held = {(actor, "ceasefire", "support") for actor in mentions.values()}

    assert (
        tell(read("Many states called for a ceasefire, including Qatar, Egypt and Spain.", mentions=mentions)) == held
    )
    assert (
        tell(read("Many states, including Qatar, Egypt and Spain, called for a ceasefire.", mentions=mentions)) == held
    )
    assert read("Many called for a ceasefire near Qatar, Egypt and Spain.", mentions=mentions) == []


def test_a_noun_is_its_owners_wherever_the_owner_stands() -> None:
    hits = read("It came after Qatar's rejection of a ceasefire.", mentions={"Qatar": "qatar-government"})

    assert tell(hits) == {("qatar-government", "ceasefire", "oppose")}


def test_what_is_sought_beside_what_is_to_end_is_not_to_end() -> None:
    mentions = {"Qatar": "qatar-government"}
    aid = read("Qatar called for an end to the violence and more humanitarian aid.", mentions=mentions)
    war = read("Qatar called for an end to the killings and the bombing of Gaza.", mentions=mentions)

    assert ("qatar-government", "humanitarian-aid", "support") in tell(aid)
    assert tell(war) == {("qatar-government", "gaza-offensive", "oppose")}


def test_quotation_marks_inside_a_cue_make_no_difference() -> None:
    text = 'Macron said there was "no justification" for the bombing of Gaza.'
    content = 'there was "no justification" for the bombing of Gaza'

    assert tell(read(text, mentions={}, said=("Macron", content, "emmanuel-macron"))) == {
        ("emmanuel-macron", "gaza-offensive", "oppose")
    }


def test_a_plan_is_its_owners() -> None:
    hits = read("Israel's decision to reject a ceasefire stands.", mentions={"Israel": "israel-government"})

    assert [(hit.holding.actor_id, str(hit.stance)) for hit in hits] == [("israel-government", "oppose")]


def test_a_resolution_that_was_adopted_speaks_for_its_assembly() -> None:
    text = "The General Assembly adopted it. The resolution calls for a humanitarian pause."
    hits = read(text, mentions={"The General Assembly": "un-general-assembly"})

    assert ("un-general-assembly", "humanitarian-pause") in {(h.holding.actor_id, h.verdict.hit.issue_id) for h in hits}


def test_who_backs_a_tracked_resolution_does_not_hold_its_every_word() -> None:
    text = "France backed a UN resolution calling for a humanitarian pause."
    hits = read(text, mentions={"France": "france-government"})

    assert {hit.verdict.hit.issue_id for hit in hits} == {"un-ceasefire-resolution"}


def test_the_speaker_and_those_he_thanks_both_hold_it() -> None:
    hits = read(
        "Biden said: we appreciate the work of Egypt towards the hostage deal.",
        mentions={"Egypt": "egypt-government"},
        said=("Biden", "we appreciate the work of Egypt towards the hostage deal", "joe-biden"),
    )

    assert {hit.holding.actor_id for hit in hits} == {"joe-biden", "egypt-government"}


def test_what_a_text_says_is_not_what_those_say_who_refuse_to_back_it() -> None:
    text = "France refused to vote for a resolution that praised Israel and condemned Hamas for its attack."
    hits = read(text, mentions={"France": "france-government", "Israel": "israel-government", "Hamas": "hamas"})

    assert "hamas-attack" not in {hit.verdict.hit.issue_id for hit in hits}


def test_what_the_author_supposes_is_nobody_s_position() -> None:
    assert read("The army would welcome a humanitarian pause.", mentions={"The army": "israel-military"}) == []


def test_a_deed_is_told_in_the_outlets_voice_and_its_word_in_the_doers_own() -> None:
    mentions = {"Jordan": "jordan-government"}
    done = read("Jordan sent humanitarian aid to Gaza.", mentions=mentions)
    planned = read("Jordan vowed to send humanitarian aid to Gaza.", mentions=mentions)
    said = ("Jordan", "Jordan will send humanitarian aid to Gaza", "jordan-government")
    told = read("Jordan said Jordan will send humanitarian aid to Gaza.", mentions=mentions, said=said)

    assert {hit.basis for hit in done} == {Basis.ACT}
    assert {hit.basis for hit in planned} == {Basis.ON_RECORD}
    assert {hit.basis for hit in told} == {Basis.ON_RECORD}


def test_those_who_were_among_others_that_did_so_did_so() -> None:
    mentions = {"India": "india-government", "Japan": "japan-government"}
    hits = read("India and Japan were among those that rejected a ceasefire.", mentions=mentions)

    assert {actor for actor, _, _ in tell(hits)} == set(mentions.values())


def test_a_second_subject_stands_before_a_parenthesis_too() -> None:
    mentions = {"France": "france-government", "Spain": "spain-government"}
    hits = read("France and Spain, both in the EU, rejected a ceasefire.", mentions=mentions)

    assert {actor for actor, _, _ in tell(hits)} == set(mentions.values())


def test_the_members_in_brackets_after_abstentions_abstained() -> None:
    mentions = {"Japan": "japan-government", "Norway": "norway-government"}
    hits = read("The UN resolution passed with two abstentions (Japan and Norway).", mentions=mentions)

    assert {actor for actor, _, _ in tell(hits)} == set(mentions.values())
    assert {str(hit.stance) for hit in hits} == {"no_position"}
