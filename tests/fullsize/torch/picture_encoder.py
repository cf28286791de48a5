"""EVA ViT in PyTorch, as the peer of versus-torch.ts; the model itself is packages/models/src/eva-vit.ts.

    python picture_encoder.py WEIGHTS.safetensors CONFIG THREADS PIXELS STATES

Reads weights and pixels (float32), then encodes once for every line of standard input and answers with the times; the first
states are written as float32.
"""

import json
import sys
import time

import torch

F = torch.nn.functional
kinds = {"F16": torch.float16, "BF16": torch.bfloat16, "F32": torch.float32, "F64": torch.float64}


def load(path):
    """The tensors of a safetensors file that the encoder has, as float32."""
    with open(path, "rb") as file:
        length = int.from_bytes(file.read(8), "little")
        header = json.loads(file.read(length))
        weights = {}
        for name, entry in header.items():
            if not name.startswith(("visual_encoder.", "ln_vision.")):
                continue
            begin, end = entry["data_offsets"]
            file.seek(8 + length + begin)
            flat = torch.frombuffer(bytearray(file.read(end - begin)), dtype=kinds[entry["dtype"]])
            weights[name] = flat.reshape(entry["shape"]).float()
    return weights


def make(config, weights):
    width, heads = config["width"], config["heads"]

    def linear(name, x):
        return F.linear(x, weights[f"{name}.weight"], weights.get(f"{name}.bias"))

    def norm(name, x, epsilon):
        return F.layer_norm(x, (width,), weights[f"{name}.weight"], weights[f"{name}.bias"], epsilon)

    def block(name, x):
        epsilon = config["blockEpsilon"]
        batch, length, _ = x.shape
        query, value = weights[f"{name}.attn.q_bias"], weights[f"{name}.attn.v_bias"]
        bias = torch.cat([query, torch.zeros_like(query), value])
        qkv = F.linear(norm(f"{name}.norm1", x, epsilon), weights[f"{name}.attn.qkv.weight"], bias)
        query, key, value = qkv.view(batch, length, 3, heads, -1).permute(2, 0, 3, 1, 4)
        context = F.scaled_dot_product_attention(query, key, value).transpose(1, 2).reshape(batch, length, width)
        x = x + linear(f"{name}.attn.proj", context)
        inner = F.gelu(linear(f"{name}.mlp.fc1", norm(f"{name}.norm2", x, epsilon)))
        return x + linear(f"{name}.mlp.fc2", inner)

    def encode(pixels):
        encoder = "visual_encoder"
        proj = f"{encoder}.patch_embed.proj"
        size = config["patchEmbedding"]["size"]
        patches = F.conv2d(pixels, weights[f"{proj}.weight"], weights[f"{proj}.bias"], stride=size)
        cls = weights[f"{encoder}.cls_token"].expand(len(pixels), -1, -1)
        x = torch.cat([cls, patches.flatten(2).transpose(1, 2)], 1) + weights[f"{encoder}.pos_embed"]
        for index in range(config["depth"]):
            x = block(f"{encoder}.blocks.{index}", x)
        return norm("ln_vision", x, config["outputEpsilon"])

    return encode


@torch.inference_mode()
def main():
    path, config, threads, pixels_path, states_path = sys.argv[1:]
    config = json.loads(config)
    torch.set_num_threads(int(threads))
    size = config["imageSize"]
    with open(pixels_path, "rb") as file:
        pixels = torch.frombuffer(bytearray(file.read()), dtype=torch.float32).reshape(-1, 3, size, size)
    encode = make(config, load(path))
    with open(states_path, "wb") as file:
        file.write(encode(pixels).contiguous().numpy().tobytes())
    print(json.dumps({"torch": torch.__version__}), flush=True)
    for _ in sys.stdin:
        processor, start = time.process_time(), time.perf_counter()
        encode(pixels)
        times = {"wall": time.perf_counter() - start, "cpu": time.process_time() - processor}
        print(json.dumps(times), flush=True)


main()
