"""Round a network's weights to 8 bits, so that what it says of a token stands alone.

onnxruntime's own dynamic quantisation scales the activations of a whole tensor by one
number: what is said of a token then depends, a little, on every other token of the
batch. Here each token has a scale of its own, as in Yao, Z., et al. (2022),
ZeroQuant, NeurIPS, https://arxiv.org/abs/2206.01861 (without its training); several
windows may be read at once, and a token of large values spoils no other's.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import onnx
from onnx import helper, numpy_helper

if TYPE_CHECKING:
    from pathlib import Path

    import numpy.typing as npt

LARGEST = 127
"""The largest whole number of 8 bits, on either side of zero."""

MIDDLE = 128
"""What stands for zero where whole numbers begin at 0, as the fast kernels want it."""

LEAST = 1e-10
"""No scale is smaller, so that a row of zeros divides nothing by zero."""

SMALL = 10_000
"""Tables of fewer numbers than this stay as they are."""


def rounded(
    weights: npt.NDArray[np.float32], axis: int
) -> tuple[npt.NDArray[np.int8], npt.NDArray[np.float32]]:
    """Give whole numbers and scales whose product is nearest to the weights.

    Parameters
    ----------
    weights : ndarray of float32
    axis : int
        The axis that one scale spans; it is kept, with length 1, in the scales.

    Returns
    -------
    tuple of ndarray of int8 and ndarray of float32
    """
    scales = np.maximum(np.abs(weights).max(axis=axis, keepdims=True), LEAST) / LARGEST
    return np.rint(weights / scales).astype(np.int8), scales.astype(np.float32)


@dataclass
class Graph:
    """A graph as it is written anew, node after node.

    Activations are rounded to whole numbers from ``middle - largest`` to
    ``middle + largest``, where `middle` stands for zero.
    """

    weights: dict[str, npt.NDArray[np.float32]]
    largest: int = LARGEST
    middle: int = MIDDLE
    nodes: list[onnx.NodeProto] = field(default_factory=list)
    added: dict[str, onnx.TensorProto] = field(default_factory=dict)
    replaced: set[str] = field(default_factory=set)
    whole: dict[str, tuple[str, str]] = field(default_factory=dict)

    def constant(self, name: str, value: npt.ArrayLike, kind: type) -> str:
        """Hold a constant under a name."""
        self.added[name] = numpy_helper.from_array(np.array(value, dtype=kind), name)
        return name

    def node(
        self, kind: str, inputs: list[str], output: str, **settings: object
    ) -> str:
        """Write one node; give the name of what it puts out."""
        made = helper.make_node(kind, inputs, [output], f"{output}_{kind}", **settings)
        self.nodes.append(made)
        return output

    def whole_numbers(self, name: str) -> tuple[str, str]:
        """Round activations, row by row; give the names of whole numbers and scales."""
        if name not in self.whole:
            tallest = self.node(
                "ReduceMax",
                [self.node("Abs", [name], f"{name}_size")],
                f"{name}_tallest",
                axes=[-1],
                keepdims=1,
            )
            share = self.node(
                "Mul",
                [tallest, self.constant("step", 1 / self.largest, np.float32)],
                f"{name}_share",
            )
            scale = self.node(
                "Max",
                [share, self.constant("least", LEAST, np.float32)],
                f"{name}_scale",
            )
            steps = self.node("Div", [name, scale], f"{name}_steps")
            self.whole[name] = (
                self.node("QuantizeLinear", [steps, *self._plain()], f"{name}_whole"),
                scale,
            )
        return self.whole[name]

    def _plain(self) -> list[str]:
        return [
            self.constant("one", 1, np.float32),
            self.constant("middle", self.middle, np.uint8),
        ]

    def product(self, node: onnx.NodeProto) -> None:
        """Write a product with weights as one of whole numbers, scaled afterwards."""
        rows, name = node.input
        numbers, scales = rounded(self.weights[name], axis=0)
        self.scaled(rows, numbers, scales[0], name, node.output[0])
        self.replaced.add(name)

    def scaled(
        self,
        rows: str,
        numbers: npt.NDArray[np.int8],
        scales: npt.NDArray[np.float32],
        name: str,
        output: str,
    ) -> str:
        """Write a product with weights of whole numbers, scaled afterwards."""
        whole, scale = self.whole_numbers(rows)
        one, middle = self._plain()
        made = self.node(
            "MatMulIntegerToFloat",
            [
                whole,
                self.constant(f"{name}_whole", numbers, np.int8),
                one,
                self.constant(f"{name}_scales", scales, np.float32),
                middle,
            ],
            f"{output}_unscaled",
            domain="com.microsoft",
        )
        return self.node("Mul", [made, scale], output)

    def lookup(self, node: onnx.NodeProto) -> None:
        """Write the choice of rows of a table as one of rows of whole numbers."""
        name, places = node.input
        numbers, scales = rounded(self.weights[name], axis=1)
        self.chosen(numbers, scales, places, node.output[0], name)
        self.replaced.add(name)

    def chosen(
        self,
        numbers: npt.NDArray[np.int8],
        scales: npt.NDArray[np.float32],
        places: str,
        output: str,
        name: str,
    ) -> str:
        """Write the choice of rows of a table of whole numbers, each with a scale."""
        whole = self.constant(f"{name}_whole", numbers, np.int8)
        steps = self.node("Gather", [whole, places], f"{output}_whole", axis=0)
        scale = self.node(
            "Gather",
            [self.constant(f"{name}_scales", scales, np.float32), places],
            f"{output}_scale",
            axis=0,
        )
        wide = self.node("Cast", [steps], f"{output}_wide", to=onnx.TensorProto.FLOAT)
        return self.node("Mul", [wide, scale], output)


def quantise(whole: Path, out: Path) -> None:
    """Write a network again, with weights of 8 bits.

    Products of activations with weights are computed in whole numbers, with one scale
    for each output of the weights and one for each token; large tables have one for
    each row.

    Parameters
    ----------
    whole : Path
        An ``.onnx`` file in single precision.
    out : Path
        The ``.onnx`` file to write.
    """
    model = onnx.load(str(whole))
    graph = model.graph
    constants = {one.name: one for one in graph.initializer}
    written = Graph(
        {
            name: numpy_helper.to_array(one)
            for name, one in constants.items()
            if one.data_type == onnx.TensorProto.FLOAT and len(one.dims) == 2
        }
    )
    for node in graph.node:
        if node.op_type == "MatMul" and node.input[1] in written.weights:
            written.product(node)
        elif node.op_type == "Gather" and _is_large(written, node.input[0]):
            written.lookup(node)
        else:
            written.nodes.append(node)
    kept = [one for name, one in constants.items() if name not in written.replaced]
    del graph.node[:], graph.initializer[:]
    graph.node.extend(written.nodes)
    graph.initializer.extend([*kept, *written.added.values()])
    model.opset_import.append(helper.make_opsetid("com.microsoft", 1))
    onnx.save(model, str(out))


def _is_large(written: Graph, name: str) -> bool:
    return name in written.weights and written.weights[name].size >= SMALL
