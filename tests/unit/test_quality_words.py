import spacy
from quality.treebank import NamedSentence, Tree, read_named_sentences, read_trees
from quality.words import measure_entities, measure_trees
from spacy.language import Language
from spacy.tokens import Doc, Span

TREES = """\
# sent_id = one
# text = They don't go.
1\tThey\tthey\tPRON\tPRP\t_\t4\tnsubj\t_\t_
2-3\tdon't\t_\t_\t_\t_\t_\t_\t_\t_
2\tdo\tdo\tAUX\tVBP\t_\t4\taux\t_\t_
3\tn't\tnot\tPART\tRB\t_\t4\tadvmod\t_\t_
4\tgo\tgo\tVERB\tVB\t_\t0\troot\t_\tSpaceAfter=No
5\t.\t.\tPUNCT\t.\t_\t4\tpunct\t_\t_
"""

NAMED = """\
# sent_id = one
1\tAnn\tB-PER
2\tExample\tI-PER
3\tof\tO
4\tUtopia\tB-LOC
5\tPress\tB-ORG
"""


def test_trees_have_words_spaces_heads_and_labels():
    (tree,) = read_trees(TREES)

    assert tree.words == ("They", "do", "n't", "go", ".")
    assert tree.spaces == (True, False, True, False, True)
    assert tree.heads == (3, 3, 3, 3, 3)
    assert tree.labels == ("nsubj", "aux", "advmod", "root", "punct")


def test_entities_end_where_another_begins():
    (sentence,) = read_named_sentences(NAMED)

    assert sentence.entities == {(0, 2, "PER"), (3, 4, "LOC"), (4, 5, "ORG")}


def make_nlp(annotate: object, name: str) -> Language:
    """Return a pipeline whose one pipe, called as a model's would be, writes what it is told."""
    nlp = spacy.blank("en")
    Language.component(f"test_{name}", func=annotate)
    nlp.add_pipe(f"test_{name}", name=name)
    return nlp


def test_punctuation_counts_for_tags_not_for_arcs():
    (tree,) = read_trees(TREES)

    def annotate(doc: Doc) -> Doc:
        for token, tag in zip(doc, ("PRP", "VBP", "RB", "NN", ","), strict=True):
            token.tag_ = tag
        heads, labels = [doc[i] for i in (3, 3, 3, 3, 0)], ["nsubj", "aux", "neg", "ROOT", "dep"]
        for token, head, dep in zip(doc, heads, labels, strict=True):
            token.head, token.dep_ = head, dep
        return doc

    figures = measure_trees(make_nlp(annotate, "parser"), [tree])

    assert figures == {"tags": 3 / 5, "uas": 1.0, "las": 3 / 4}


def test_entities_count_with_their_labels_and_places_of_both_kinds_are_one():
    (sentence,) = read_named_sentences(NAMED)

    def annotate(doc: Doc) -> Doc:
        doc.set_ents(
            [Span(doc, 0, 2, "PERSON"), Span(doc, 2, 3, "DATE"), Span(doc, 3, 4, "GPE"), Span(doc, 4, 5, "PERSON")]
        )
        return doc

    assert measure_entities(make_nlp(annotate, "ner"), [sentence]) == {"f1": 2 * 2 / (3 + 3)}


def test_pipes_of_which_nothing_is_measured_stay_out():
    def refuse(doc: Doc) -> Doc:
        raise AssertionError(doc)

    nlp = make_nlp(refuse, "volteface_actors")
    tree = Tree(words=("Go",), spaces=(True,), tags=("VB",), heads=(0,), labels=("root",))

    assert measure_trees(nlp, [tree])["tags"] == 0.0
    assert measure_entities(nlp, [NamedSentence(words=("Go",), entities=frozenset())]) == {"f1": 0.0}
