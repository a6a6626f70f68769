"""Features for the linear classifier of the comparison: words and lemmas around the pair, and the path between them."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from volteface.language.marked_text import MarkedText, Span

_LONGEST_PATH = 6  # words; a longer one is told by its verbs alone


def list_features(doc: Doc, marked: MarkedText) -> list[str]:
    """Return the features of a parsed text: its lemmas, the words in each part of it, and the path of the parse."""
    spans = sorted(span for span in (marked.source, marked.target) if span)
    features = [f"lemma={token.lemma_.lower()}" for token in doc]
    for token in doc:
        part = sum(token.idx >= span[1] for span in spans)
        if not any(span[0] <= token.idx < span[1] for span in spans):
            features.append(f"{part}={token.lemma_.lower()}")
            if token.i + 1 < len(doc):
                features.append(f"{part}={token.lower_}_{token.nbor().lower_}")
    return [*features, *_list_path(doc, marked)]


def _list_path(doc: Doc, marked: MarkedText) -> Iterator[str]:
    target, source = _find_head(doc, marked.target), _find_head(doc, marked.source)
    if target is None:
        return
    up, down = _climb(target), _climb(source) if source is not None else []
    shared = next((token for token in up if token in down), None)
    path = up[: up.index(shared) + 1] if shared else up
    path += reversed(down[: down.index(shared)]) if shared else []
    yield from (f"on path={token.lemma_.lower()}" for token in path if token.pos_ in {"VERB", "NOUN"})
    if len(path) <= _LONGEST_PATH:
        yield "path=" + ">".join(f"{token.dep_}:{token.lemma_.lower()}" for token in path[1:-1])


def _find_head(doc: Doc, span: Span | None) -> Token | None:
    words = doc.char_span(*span, alignment_mode="expand") if span else None
    return words.root if words is not None else None


def _climb(token: Token) -> list[Token]:
    return [token, *token.ancestors]
