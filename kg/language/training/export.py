"""Export: a checkpoint becomes `model.onnx` (8 bit), `labels.onnx`, `tokenizer.json` and `config.json`."""

import json
import shutil
import warnings
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from kg.language.model import ARC_LABELS, CONFIG, INPUTS, LEMMAS, NETWORK, OUTPUTS, TOKENIZER
from kg.language.training.documents import TrainingDocument
from kg.language.training.network import Deployed, DeployedLabels, Network
from kg.language.training.windows import Vocabulary

NAME, VERSION = "kg_en", "1.1.0"


def export(
    network: Network,
    classes: Vocabulary,
    tokenizer: Path,
    table: dict[str, dict[str, str]],
    out: Path,
    *,
    quantise: bool = True,
    narrow: bool = False,
) -> Path:
    """Write the run-time files of a network into `out`; return the path of the ONNX file.

    Args:
        network: trained.
        classes: of its heads.
        tokenizer: the encoder's tokenizer.json.
        table: lemmas of known words (see `lemma_table`).
        out: folder.
        quantise: 8-bit weights; otherwise fp32, for comparison.
        narrow: use 7 of the 8 bits, which processors without VNNI need to be exact.
    """
    out.mkdir(parents=True, exist_ok=True)
    path = out / NETWORK
    if quantise:
        plain = out / "fp32.onnx"
        _write_graph(network, plain)
        _quantise(plain, path, narrow=narrow)
        plain.unlink()
    else:
        _write_graph(network, path)
    _write_labels(network, out / ARC_LABELS)
    shutil.copyfile(tokenizer, out / TOKENIZER)
    config = {"name": NAME, "version": VERSION, "language": "en", "classes": asdict(classes)}
    (out / CONFIG).write_text(json.dumps(config, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    lines = json.dumps(table, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    (out / LEMMAS).write_text(lines + "\n", encoding="utf-8")
    return path


def lemma_table(documents: Iterable[TrainingDocument]) -> dict[str, dict[str, str]]:
    """Return the lemma of each form by universal tag, where the training data agree; names are left out."""
    counts: dict[tuple[str, str], Counter[str]] = {}
    for document in documents:
        for sentence in document.sentences:
            if sentence.syntax is not None:
                for form, pos, lemma in zip(
                    sentence.words, sentence.syntax.pos, sentence.syntax.lemmas, strict=True
                ):
                    if pos is not None and lemma is not None:
                        counts.setdefault((pos, form.lower()), Counter())[lemma] += 1
    table: dict[str, dict[str, str]] = {}
    for (pos, form), lemmas in sorted(counts.items()):
        lemma, count = min(lemmas.items(), key=lambda item: (-item[1], item[0]))
        if pos not in {"PROPN", "X"} and form.isascii() and count >= 0.8 * lemmas.total():
            table.setdefault(pos, {})[form] = lemma
    return table


def _write_graph(network: Network, path: Path) -> None:
    axes = {name: {0: "subwords"} for name in INPUTS[:3]} | {
        name: {0: "words"} for name in (*INPUTS[3:], *OUTPUTS)
    }
    axes["arcs"] = {0: "words", 1: "heads"}
    axes["label_heads"] = {0: "heads"}
    ones = torch.ones(7, dtype=torch.long)
    example = (ones * 5, ones, ones, torch.tensor([1, 2, 4]), torch.tensor([1, 3, 5]))
    _trace(Deployed(network), example, path, INPUTS, OUTPUTS, axes)


def _write_labels(network: Network, path: Path) -> None:
    ends = torch.ones(2, network.labels.in_features)
    axes = {name: {0: "words"} for name in ("words", "heads", "labels")}
    _trace(DeployedLabels(network), (ends, ends), path, ("words", "heads"), ("labels",), axes)


def _trace(
    module: nn.Module,
    example: tuple[Tensor, ...],
    path: Path,
    inputs: Sequence[str],
    outputs: Sequence[str],
    axes: dict[str, dict[int, str]],
) -> None:
    with warnings.catch_warnings():
        # The exporter by tracing is deprecated; the new one needs another package.
        warnings.simplefilter("ignore")
        torch.onnx.export(
            module.eval(),
            example,
            str(path),
            input_names=list(inputs),
            output_names=list(outputs),
            dynamic_axes=axes,
            opset_version=17,
            dynamo=False,
        )


#: Heads that stay in fp32: small, and what confidences are computed from.
PRECISE = ("/names/", "/starts/")


def _quantise(plain: Path, path: Path, *, narrow: bool) -> None:
    """Quantise the matrices by output channel and the word table by row; the heads `PRECISE` stay in fp32."""
    graph = onnx.load(str(plain)).graph
    precise = [node.name for node in graph.node if node.op_type == "MatMul" and node.name.startswith(PRECISE)]
    quantize_dynamic(
        str(plain),
        str(path),
        op_types_to_quantize=["MatMul"],
        weight_type=QuantType.QInt8,
        per_channel=True,
        reduce_range=narrow,
        nodes_to_exclude=precise,
    )
    model = onnx.load(str(path))
    _quantise_table(model)
    onnx.checker.check_model(model)
    onnx.save(model, str(path))


def _quantise_table(model: onnx.ModelProto) -> None:
    """Replace the word table by one of 8-bit rows and a scale for each row."""
    graph = model.graph
    table = max(graph.initializer, key=lambda tensor: int(np.prod(tensor.dims)))
    lookup = next(node for node in graph.node if node.op_type == "Gather" and node.input[0] == table.name)
    values = numpy_helper.to_array(table)
    scale = np.maximum(np.abs(values).max(axis=1, keepdims=True), 1e-8).astype(np.float32) / 127
    rows = np.clip(np.rint(values / scale), -127, 127).astype(np.int8)
    graph.initializer.remove(table)
    graph.initializer.extend(
        [numpy_helper.from_array(rows, "words_rows"), numpy_helper.from_array(scale, "words_scale")]
    )
    ids, result = lookup.input[1], lookup.output[0]
    replacement = [
        helper.make_node("Gather", ["words_rows", ids], ["words_found"], name="words_found"),
        helper.make_node("Cast", ["words_found"], ["words_float"], name="words_float", to=TensorProto.FLOAT),
        helper.make_node("Gather", ["words_scale", ids], ["words_by"], name="words_by"),
        helper.make_node("Mul", ["words_float", "words_by"], [result], name="words_scaled"),
    ]
    at = list(graph.node).index(lookup)
    graph.node.remove(lookup)
    for offset, node in enumerate(replacement):
        graph.node.insert(at + offset, node)
