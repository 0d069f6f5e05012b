"""A narrower network from a trained one: the feed-forward halves keep the units that matter most.

Structured pruning by activation and outgoing weight, after Molchanov et al., "Pruning Convolutional Neural Networks for
Resource Efficient Inference" (ICLR 2017); training goes on afterwards and heals what was lost.
"""

import torch
from torch import Tensor, nn
from torch.nn import functional
from torch.utils.hooks import RemovableHandle

from kg.language.training.network import Layer, Network
from kg.language.training.train import collate
from kg.language.training.windows import Example


@torch.no_grad()
def unit_weights(network: Network, batches: list[list[Example]]) -> list[Tensor]:
    """Return for each layer how much each inner unit adds to its output: mean activation times outgoing weight, (inner,)."""
    layers = [layer for layer in network.encoder.layers if isinstance(layer, Layer)]
    sums = [torch.zeros(layer.up.out_features) for layer in layers]

    def watch(index: int) -> RemovableHandle:
        def hook(module: nn.Module, given: object, out: Tensor) -> None:
            sums[index] += functional.gelu(out.float()).abs().sum((0, 1))

        return layers[index].up.register_forward_hook(hook)

    hooks = [watch(index) for index in range(len(layers))]
    was_training = network.training
    network.eval()
    for examples in batches:
        batch = collate(examples)
        i = batch.inputs
        network.encoder(i["ids"], i["cases"], i["gaps"], batch.mask)
    network.train(was_training)
    for hook in hooks:
        hook.remove()
    return [total * layer.down.weight.norm(dim=0) for total, layer in zip(sums, layers, strict=True)]


@torch.no_grad()
def narrowed(wide: Network, target: Network, batches: list[list[Example]]) -> Network:
    """Fill `target` with the weights of `wide`; inner units that it has no room for are left out.

    Parts of another shape keep the values they were made with.
    """
    state = wide.state_dict()
    for index, weights in enumerate(unit_weights(wide, batches)[: len(target.encoder.layers)]):
        layer = target.encoder.layers[index]
        assert isinstance(layer, Layer)  # noqa: S101 (for the type checker)
        kept = weights.topk(layer.up.out_features).indices.sort().values
        name = f"encoder.layers.{index}"
        state[f"{name}.up.weight"] = state[f"{name}.up.weight"][kept]
        state[f"{name}.up.bias"] = state[f"{name}.up.bias"][kept]
        state[f"{name}.down.weight"] = state[f"{name}.down.weight"][:, kept]
    own = target.state_dict()
    fitting = {name: value for name, value in state.items() if name in own and value.shape == own[name].shape}
    target.load_state_dict(own | fitting)
    return target
