"""Write the stance reader's network as ONNX with eight-bit weights. Needs torch, onnx, onnxscript, onnxruntime."""

from __future__ import annotations

import tempfile
from pathlib import Path

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from stance_net import PARTS, StanceNet
from torch import Tensor, nn


class _Exported(nn.Module):
    """The network over tensors alone; the marks are rows of the table of word pieces."""

    def __init__(self, net: StanceNet) -> None:
        super().__init__()
        self.bert, self.head, self.ids = net.bert, net.head, net.ids
        assert net.head.in_features == PARTS * net.bert.config.hidden_size
        table = self.bert.embeddings.word_embeddings.weight.data
        for number, mark in enumerate(net.ids):
            table[mark] = net.marks.weight.data[number]

    def forward(self, ids: Tensor, types: Tensor, mask: Tensor) -> Tensor:
        """Return the scores (pairs x issues * classes)."""
        states = self.bert(input_ids=ids, attention_mask=mask, token_type_ids=types).last_hidden_state
        first = (mask * (1 - types)).unsqueeze(-1).to(states.dtype)
        actor = ((ids == self.ids[0]) | (ids == self.ids[1])).unsqueeze(-1).to(states.dtype)
        means = [(states * one).sum(1) / one.sum(1).clamp(min=1) for one in (first, actor)]
        scores: Tensor = self.head(torch.cat([*means, states[:, 0]], -1))
        return scores


def export_network(net: StanceNet, path: Path) -> None:
    """Write the network; weights of the matrix products are whole numbers of eight bits, one scale for each column."""
    exported = _Exported(net).eval()
    length, width = torch.export.Dim("pairs"), torch.export.Dim("pieces")
    ids = torch.randint(1000, 20_000, (8, 40))
    types, mask = torch.zeros_like(ids), torch.ones_like(ids)
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder) / "whole.onnx"
        torch.onnx.export(
            exported,
            (ids, types, mask),
            whole,
            input_names=["ids", "types", "mask"],
            output_names=["scores"],
            dynamic_shapes=({0: length, 1: width},) * 3,
            dynamo=True,
            external_data=False,
        )
        quantize_dynamic(
            whole,
            path,
            weight_type=QuantType.QInt8,
            per_channel=True,
            extra_options={"DefaultTensorType": onnx.TensorProto.FLOAT},
        )
