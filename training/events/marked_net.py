"""The network in training: a sentence encoder with one head for each task. Needs torch; nothing of it ships."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import torch
from torch import Tensor, nn
from transformers import BertModel

from volteface.language.marked_text import Pieces

PARTS = 3  # the mean of the text's states, the state of the source's mark, that of the target's


class MarkedNet(nn.Module):
    """Scores the labels of each task from the states of the marks and the mean state of the text."""

    def __init__(self, folder: Path, labels: Mapping[str, Sequence[str]], *, hidden_dropout: float = 0.1) -> None:
        super().__init__()
        self.bert = BertModel.from_pretrained(
            folder, add_pooling_layer=False, hidden_dropout_prob=hidden_dropout, attention_probs_dropout_prob=0.1
        )
        wide = self.bert.config.hidden_size
        self.labels = {task: tuple(names) for task, names in labels.items()}
        self.drop = nn.Dropout(0.2)
        self.heads = nn.ModuleDict({task: nn.Linear(wide * PARTS, len(names)) for task, names in labels.items()})
        self.bert.embeddings.word_embeddings.weight.requires_grad_(requires_grad=False)
        for head in self.heads.values():
            nn.init.normal_(head.weight, std=0.02)

    def read(self, batch: Sequence[Pieces]) -> Tensor:
        """Return what the heads read, in single precision (texts x PARTS * width)."""
        length = max(len(pieces.ids) for pieces in batch)
        ids = torch.zeros(len(batch), length, dtype=torch.long)
        lengths = torch.tensor([len(pieces.ids) for pieces in batch])
        firsts = torch.tensor([pieces.first_part for pieces in batch])
        for row, pieces in enumerate(batch):
            ids[row, : len(pieces.ids)] = torch.tensor(pieces.ids)
        places = torch.arange(length)[None]
        mask, second = places < lengths[:, None], (places >= firsts[:, None]).long()
        with torch.autocast("cpu", torch.bfloat16):
            states = self.bert(ids, attention_mask=mask.long(), token_type_ids=second).last_hidden_state
        states = states.float()
        inside = (places < firsts[:, None]).float()[..., None]
        mean = (states * inside).sum(1) / inside.sum(1)
        rows = torch.arange(len(batch))
        marks = [
            states[rows, at] * (at > 0).float()[:, None]
            for at in (torch.tensor([p.source for p in batch]), torch.tensor([p.target for p in batch]))
        ]
        return torch.cat([mean, *marks], dim=1)

    def forward(self, batch: Sequence[Pieces], task: str) -> Tensor:
        """Return the scores of a task's labels (texts x labels)."""
        scores: Tensor = self.heads[task](self.drop(self.read(batch)))
        return scores
