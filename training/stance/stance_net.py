"""The stance reader in training: an encoder and one head of four classes for each issue. Needs torch; nothing of it ships."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import torch
from torch import Tensor, nn
from transformers import BertModel

PARTS = 3  # the mean of the sentence's states, of the actor's marks', and the first state
CLASSES = 4
Laid = tuple[list[int], int]


class StanceNet(nn.Module):
    """Scores the classes of every issue for pairs that ``stance_model.lay_pair`` has laid out.

    ``marks`` are the ids of the two marks that stand for the actor; the table of word pieces stays as it is but for them.
    """

    def __init__(self, folder: Path, issues: int, marks: tuple[int, int]) -> None:
        super().__init__()
        self.bert = BertModel.from_pretrained(folder, add_pooling_layer=False, attn_implementation="sdpa")
        width = self.bert.config.hidden_size
        self.marks, self.ids, self.issues = nn.Embedding(2, width), marks, issues
        nn.init.normal_(self.marks.weight, std=0.02)
        self.drop = nn.Dropout(0.1)
        self.head = nn.Linear(width * PARTS, issues * CLASSES)
        self.bert.embeddings.word_embeddings.weight.requires_grad_(requires_grad=False)

    def forward(self, batch: Sequence[Laid]) -> Tensor:
        """Return the scores (pairs x issues x classes)."""
        length = max(len(ids) for ids, _ in batch)
        ids = torch.tensor([[*one, *[0] * (length - len(one))] for one, _ in batch])
        places = torch.arange(length)[None]
        mask = places < torch.tensor([len(one) for one, _ in batch])[:, None]
        first = places < torch.tensor([count for _, count in batch])[:, None]
        states = self.bert(
            inputs_embeds=self._embed(ids), attention_mask=mask.long(), token_type_ids=(~first & mask).long()
        ).last_hidden_state
        actor = (ids == self.ids[0]) | (ids == self.ids[1])
        parts = [_mean(states, first), _mean(states, actor), states[:, 0]]
        scores: Tensor = self.head(self.drop(torch.cat(parts, -1)))
        return scores.view(-1, self.issues, CLASSES)

    def _embed(self, ids: Tensor) -> Tensor:
        embedded: Tensor = self.bert.embeddings.word_embeddings(ids)
        for number, mark in enumerate(self.ids):
            embedded = torch.where((ids == mark).unsqueeze(-1), self.marks.weight[number], embedded)
        return embedded


def _mean(states: Tensor, inside: Tensor) -> Tensor:
    weight = inside.unsqueeze(-1).to(states.dtype)
    return (states * weight).sum(1) / weight.sum(1).clamp(min=1)
