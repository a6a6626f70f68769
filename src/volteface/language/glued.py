"""Split off quotation marks that are glued to the next sentence: ``peace."Ms Example said``.

Texts whose paragraphs were joined without a space are full of them, and spaCy's tokenizer makes one word of the mark
and what follows. Nothing else of the tokenizer changes.
"""

from __future__ import annotations

from typing import Any

from spacy.language import Language
from spacy.util import compile_infix_regex

GLUED_MARK = r"""(?<=[.!?,"”’])["“”](?=[A-Z])"""


def split_glued_marks(nlp: Language) -> Language:
    """Let the pipeline's tokenizer part a mark between two sentences from both. Returns the pipeline."""
    tokenizer: Any = nlp.tokenizer
    if hasattr(tokenizer, "infix_finditer"):
        patterns = [*(nlp.Defaults.infixes or ()), GLUED_MARK]
        tokenizer.infix_finditer = compile_infix_regex(patterns).finditer
    return nlp
