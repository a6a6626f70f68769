import spacy

from volteface.language.annotations import ActorMention, Via
from volteface.language.groups import GroupFinder
from volteface.language.phrases import norm_words

NLP = spacy.blank("en")
NLP.add_pipe("sentencizer")
FINDER = GroupFinder(NLP.make_doc)


def find(text: str, *names: str) -> list[tuple[str, str]]:
    doc = NLP(text)
    mentions = [
        ActorMention(start=token.i, end=token.i + 1, actor_id=token.lower_, via=Via.ALIAS)
        for token in doc
        if token.text in names
    ]
    spans = [(sent.start, sent.end) for sent in doc.sents]
    found = FINDER.find(norm_words(doc), spans, mentions)
    return [(doc[one.start : one.end].text, one.actor_id) for one in found]


def test_the_leaders_are_those_who_spoke() -> None:
    found = find("Anna spoke with Bertha. The leaders agreed.", "Anna", "Bertha")

    assert found == [("The leaders", "anna"), ("The leaders", "bertha")]


def test_they_counts_only_right_after_their_meeting_and_at_the_start() -> None:
    assert find("Anna met with Bertha. They agreed.", "Anna", "Bertha") == [("They", "anna"), ("They", "bertha")]
    assert find("Anna met with Bertha. It rained. They agreed.", "Anna", "Bertha") == []
    assert find("Anna met with Bertha. Nobody knew what they said.", "Anna", "Bertha") == []


def test_no_pair_no_group() -> None:
    assert find("Anna spoke. The leaders agreed.", "Anna") == []
    assert find("Anna spoke with Anna. The leaders agreed.", "Anna") == []


def test_all_those_in_a_row_met() -> None:
    everyone = ["anna", "bertha", "clara"]
    met = find("Anna spoke with Bertha of Ruritania, and Clara. The leaders agreed.", "Anna", "Bertha", "Clara")
    gathered = find("Anna, Bertha, and Clara spoke regarding peace. The leaders agreed.", "Anna", "Bertha", "Clara")

    assert [actor for _, actor in met] == everyone
    assert [actor for _, actor in gathered] == everyone
