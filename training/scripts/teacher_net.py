"""A sentence encoder that tags entities: the teacher of the recognizer. Needs torch and transformers, for training alone.

Every corpus has its own guidelines, so each has a head of its own on one encoder: the encoder learns from all of them,
and what a text is called depends on the head that is asked. Does not read files but the encoder's.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import torch
from chunks import HEADS, TAGS, Chunk, Scores, build_chunks
from torch import Tensor, nn
from transformers import BertModel

from volteface.language.word_pieces import WordPieces

_CASES = 5
_BATCH = 48  # chunks at once where nothing is learnt


class EntityTeacher(nn.Module):
    """The encoder, told the case of each word (its own vocabulary has none), and one linear head for each corpus."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.bert = BertModel.from_pretrained(folder, add_pooling_layer=False, attn_implementation="eager")
        wide = self.bert.config.hidden_size
        self.case = nn.Embedding(_CASES, wide)
        nn.init.zeros_(self.case.weight)
        self.heads = nn.Linear(wide, len(HEADS) * len(TAGS))
        self.drop = nn.Dropout(0.1)
        self.words = WordPieces(folder / "vocab.txt")

    def forward(self, chunks: Sequence[Chunk]) -> Tensor:
        """Return the scores of the words of all chunks, one after the other (words x HEADS x TAGS)."""
        longest = max(len(chunk.ids) for chunk in chunks) + 2
        ids, cases, mask = (torch.zeros(len(chunks), longest, dtype=torch.long) for _ in range(3))
        for row, chunk in enumerate(chunks):
            size = len(chunk.ids)
            ids[row, : size + 2] = torch.tensor([self.words.first, *chunk.ids, self.words.last])
            cases[row, 1 : size + 1] = torch.tensor(chunk.cases)
            mask[row, : size + 2] = 1
        with torch.autocast("cpu", torch.bfloat16):
            inputs = self.bert.embeddings.word_embeddings(ids) + self.case(cases)
            states = self.bert(inputs_embeds=inputs, attention_mask=mask).last_hidden_state
        rows = [row * longest + 1 + first for row, chunk in enumerate(chunks) for first in chunk.first]
        picked = states.reshape(-1, states.shape[-1])[torch.tensor(rows)].float()
        scores: Tensor = self.heads(self.drop(picked))
        return scores.view(-1, len(HEADS), len(TAGS))


def score_sentences(
    teacher: EntityTeacher, sentences: Sequence[list[str]], heads: Sequence[str]
) -> Iterator[list[Scores]]:
    """Yield for each sentence the log-probabilities of its words' tags by each of the heads."""
    teacher.eval()
    wanted = [HEADS.index(head) for head in heads]
    rest: list[Scores] = []  # one row of heads x TAGS a word, of the words that no sentence has taken yet
    chunks = list(build_chunks(((words, []) for words in sentences), heads[0], teacher.words))
    place = 0
    for start in range(0, len(chunks), _BATCH):
        with torch.no_grad():
            found = teacher(chunks[start : start + _BATCH]).log_softmax(-1)[:, wanted].numpy()
        rest.extend(found)
        while place < len(sentences) and len(rest) >= len(sentences[place]):
            size = len(sentences[place])
            own = np.stack(rest[:size]) if size else np.zeros((0, len(wanted), len(TAGS)), dtype=np.float32)
            yield [own[:, column] for column in range(len(wanted))]
            del rest[:size]
            place += 1
