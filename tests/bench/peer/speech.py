"""Stage 1 for speech in PyTorch, as the peer in the benchmark `speech-step`; the models themselves are
packages/models/src/conformer.ts and cif.ts, the objective packages/train/src/objectives/stage1-speech.ts.
PyTorch's own attention and CTC; CIF without a loop over frames."""

from training_peer import layer_norm, linear, math, serve, torch

F = torch.nn.functional


def make_loss(config, parameters, inputs):
    width, heads, epsilon = config["width"], config["heads"], config["layerNormEpsilon"]
    head_width = width // heads

    def subsample(features):
        x = features.unsqueeze(1)
        for index in (0, 2):
            name = f"encoder.embed.conv.{index}"
            x = F.relu(F.conv2d(x, parameters[f"{name}.weight"], parameters[f"{name}.bias"], stride=2))
        return linear(parameters, "encoder.embed.out.0", x.transpose(1, 2).flatten(2)) * math.sqrt(width)

    def sinusoids(frames):
        places = torch.arange(frames - 1, -frames, -1.0).unsqueeze(1)
        angles = places * torch.exp(torch.arange(0, width, 2.0) * (-math.log(10000.0) / width))
        return torch.stack([angles.sin(), angles.cos()], 2).flatten(1)

    def shift(x):
        batch, _, frames, _ = x.shape
        padded = F.pad(x, (1, 0)).view(batch, heads, 2 * frames, frames)
        return padded[:, :, 1:].view(batch, heads, frames, 2 * frames - 1)[..., :frames]

    def attend(name, x, places, hidden):
        batch, frames, _ = x.shape
        split = lambda y: y.view(y.shape[0], -1, heads, head_width).transpose(1, 2)
        query, key, value = (split(linear(parameters, f"{name}.linear_{part}", x)) for part in "qkv")
        distance_keys = split(linear(parameters, f"{name}.linear_pos", places).unsqueeze(0))
        bias_u, bias_v = (parameters[f"{name}.pos_bias_{part}"].unsqueeze(1) for part in "uv")
        distances = shift((query + bias_v) @ distance_keys.transpose(2, 3)) * head_width**-0.5
        mixed = F.scaled_dot_product_attention(query + bias_u, key, value, attn_mask=distances + hidden)
        return linear(parameters, f"{name}.linear_out", mixed.transpose(1, 2).reshape(batch, frames, width))

    def convolve(name, x, visible):
        first, second, depthwise = (parameters[f"{name}.{part}.weight"] for part in
                                    ("pointwise_conv1", "pointwise_conv2", "depthwise_conv"))
        gated = F.glu(F.linear(x, first[..., 0], parameters[f"{name}.pointwise_conv1.bias"]))
        seen = (gated * visible).transpose(1, 2)
        near = F.conv1d(seen, depthwise, parameters[f"{name}.depthwise_conv.bias"],
                        padding=(config["kernel"] - 1) // 2, groups=width)
        normed = layer_norm(parameters, f"{name}.norm", near.transpose(1, 2), epsilon)
        return F.linear(F.silu(normed), second[..., 0], parameters[f"{name}.pointwise_conv2.bias"])

    def block(name, x, places, hidden, visible):
        norm = lambda part, y: layer_norm(parameters, f"{name}.{part}", y, epsilon)
        network = lambda part, y: 0.5 * linear(
            parameters, f"{name}.{part}.w_2", F.silu(linear(parameters, f"{name}.{part}.w_1", y)))
        x = x + network("feed_forward_macaron", norm("norm_ff_macaron", x))
        x = x + attend(f"{name}.self_attn", norm("norm_mha", x), places, hidden)
        x = x + convolve(f"{name}.conv_module", norm("norm_conv", x), visible)
        x = x + network("feed_forward", norm("norm_ff", x))
        return norm("norm_final", x)

    def gather(weights, frames, counts):
        """The weights of each token's frames: what of the running sum lies between its number and the next."""
        scaled = weights * (counts / weights.sum(1)).unsqueeze(1)
        sums = scaled.cumsum(1).unsqueeze(1)
        before = sums - scaled.unsqueeze(1)
        numbers = torch.arange(config["tokens"]).view(1, -1, 1)
        shares = (torch.minimum(sums, numbers + 1) - torch.maximum(before, numbers)).clamp(min=0)
        return shares @ frames

    def loss():
        lengths, counts, unit_counts = inputs["lengths"], inputs["counts"], inputs["unitCounts"]
        x = subsample(inputs["features"])
        keep = 4 * torch.arange(x.shape[1]) + 6 < lengths.unsqueeze(1)
        for index in range(config["blocks"]):
            visible = keep.unsqueeze(2).float()
            hidden = torch.where(keep, 0.0, -10000.0)[:, None, None]
            x = block(f"encoder.encoders.{index}", x, sinusoids(x.shape[1]), hidden, visible)
            if index + 1 == config["ctcBlock"]:
                heard = x
            if index + 1 in config["poolAfter"]:
                half = x.shape[1] // 2
                x = x[:, : 2 * half].view(x.shape[0], half, 2, width).amax(2)
                keep = keep[:, 1 : 2 * half : 2]
        kept = keep.float()
        output = layer_norm(parameters, "encoder.after_norm", x, epsilon) * kept.unsqueeze(2)
        near = F.conv1d(output.transpose(1, 2), parameters["cif.conv.weight"], parameters["cif.conv.bias"], padding=1)
        weights = linear(parameters, "cif.weight_proj", near.transpose(1, 2)).squeeze(2).sigmoid() * kept
        scores = linear(parameters, "head", gather(weights, output, counts)).flatten(0, 1)
        recognised = F.cross_entropy(scores, inputs["tokens"].flatten(), label_smoothing=config["labelSmoothing"])
        quantity = (weights.sum(1) - counts).abs().mean()
        frames = linear(parameters, "ctc", heard).transpose(0, 1).log_softmax(2)
        aligned = F.ctc_loss(frames, inputs["units"], inputs["unitFrames"], unit_counts, reduction="none",
                             zero_infinity=True)
        return recognised + config["quantityWeight"] * quantity + (aligned / unit_counts).mean()

    return loss


serve(make_loss)
