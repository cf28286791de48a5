"""The peer in the benchmarks of training steps: what they share. Nothing of X-LLM needs Python.

Reads one JSON object a line from standard input: first sizes and where the tensors lie, then "step" for each step
wanted. Answers every line with one.
"""

import json
import math
import sys
import time

import torch


def load(setup):
    """Tensors by name: (trained, inputs)."""
    with open(setup["file"], "rb") as file:
        data = bytearray(file.read())
    trained, inputs = {}, {}
    for entry in setup["tensors"]:
        dtype = getattr(torch, entry["dtype"])
        flat = torch.frombuffer(data, dtype=dtype, count=entry["count"], offset=entry["offset"])
        tensor = flat.reshape(entry["shape"]).clone()
        if entry["trained"]:
            trained[entry["name"]] = tensor.requires_grad_()
        else:
            inputs[entry["name"]] = tensor
    return trained, inputs


def serve(make_loss):
    """make_loss(config, parameters, inputs) gives a function without arguments that computes the loss."""
    setup = json.loads(sys.stdin.readline())
    torch.set_num_threads(setup["threads"])
    config = setup["config"]
    parameters, inputs = load(setup)
    loss_of = make_loss(config, parameters, inputs)
    groups = [
        {"params": [p for p in parameters.values() if p.ndim >= 2], "weight_decay": config["weightDecay"]},
        {"params": [p for p in parameters.values() if p.ndim < 2], "weight_decay": 0.0},
    ]
    optimizer = torch.optim.AdamW(groups, lr=config["rate"], fused=True)
    print(json.dumps({"torch": torch.__version__}), flush=True)
    for _ in sys.stdin:
        processor, start = time.process_time(), time.perf_counter()
        optimizer.zero_grad(set_to_none=True)
        loss = loss_of()
        loss.backward()
        optimizer.step()
        value = loss.item()
        wall, used = time.perf_counter() - start, time.process_time() - processor
        print(json.dumps({"loss": value, "wall": wall * 1000, "cpu": used * 1000}), flush=True)


def linear(parameters, name, x):
    return torch.nn.functional.linear(x, parameters[f"{name}.weight"], parameters.get(f"{name}.bias"))


def layer_norm(parameters, name, x, epsilon):
    weight, bias = parameters[f"{name}.weight"], parameters[f"{name}.bias"]
    return torch.nn.functional.layer_norm(x, weight.shape, weight, bias, epsilon)


__all__ = ["layer_norm", "linear", "math", "serve", "torch"]
