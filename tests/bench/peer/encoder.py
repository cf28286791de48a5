"""The picture encoder in PyTorch, as the peer in the benchmark `encoder-step`; the model itself is
packages/models/src/eva-vit.ts and conv-stem.ts. Convolutions run channels last."""

from training_peer import layer_norm, linear, serve, torch

F = torch.nn.functional


def make_loss(config, parameters, inputs):
    width, heads = config["width"], config["heads"]
    stem = "visual_encoder.patch_embed"

    def convolution(name, x):
        """3×3 on [B, S, S, C], whose permuted view is channels last, as is the weight's."""
        weight = parameters[f"{name}.weight"].permute(0, 3, 1, 2)
        return F.conv2d(x.permute(0, 3, 1, 2), weight, parameters[f"{name}.bias"], padding=1).permute(0, 2, 3, 1)

    def halve(x):
        batch, side, _, channels = x.shape
        squares = x.reshape(batch, side // 2, 2, side // 2, 2, channels).permute(0, 1, 3, 2, 4, 5)
        return squares.reshape(batch, side // 2, side // 2, 4 * channels)

    def embed(pixels):
        x = pixels.permute(0, 2, 3, 1)
        for index, stage in enumerate(config["stages"]):
            name = f"{stem}.stages.{index}"
            if index == 0:
                x = convolution(f"{name}.down", halve(x))
            else:
                x = linear(parameters, f"{name}.down", halve(layer_norm(parameters, f"{name}.norm", x, 1e-6)))
            for block in range(stage["blocks"]):
                inner = layer_norm(parameters, f"{name}.blocks.{block}.norm", x, 1e-6)
                inner = F.relu(convolution(f"{name}.blocks.{block}.conv1", inner))
                x = x + convolution(f"{name}.blocks.{block}.conv2", inner)
        patches = layer_norm(parameters, f"{stem}.norm", x.flatten(1, 2), 1e-6)
        return linear(parameters, f"{stem}.proj", patches)

    def block(name, x):
        epsilon = config["blockEpsilon"]
        batch, length, _ = x.shape
        inner = layer_norm(parameters, f"{name}.norm1", x, epsilon)
        query_bias, value_bias = parameters[f"{name}.attn.q_bias"], parameters[f"{name}.attn.v_bias"]
        bias = torch.cat([query_bias, torch.zeros_like(query_bias), value_bias])
        qkv = F.linear(inner, parameters[f"{name}.attn.qkv.weight"], bias)
        query, key, value = qkv.view(batch, length, 3, heads, -1).permute(2, 0, 3, 1, 4)
        context = F.scaled_dot_product_attention(query, key, value).transpose(1, 2).reshape(batch, length, width)
        x = x + linear(parameters, f"{name}.attn.proj", context)
        inner = layer_norm(parameters, f"{name}.norm2", x, epsilon)
        return x + linear(parameters, f"{name}.mlp.fc2", F.gelu(linear(parameters, f"{name}.mlp.fc1", inner)))

    def loss():
        pixels = inputs["pixels"]
        cls = parameters["visual_encoder.cls_token"].expand(pixels.shape[0], -1, -1)
        x = torch.cat([cls, embed(pixels)], 1) + parameters["visual_encoder.pos_embed"]
        for index in range(config["depth"]):
            x = block(f"visual_encoder.blocks.{index}", x)
        x = layer_norm(parameters, "ln_vision", x, config["outputEpsilon"])
        scores = linear(parameters, "head", (inputs["regions"] @ x).flatten(0, 1))
        return F.cross_entropy(scores, inputs["labels"].flatten(), label_smoothing=config["smoothing"])

    return loss


serve(make_loss)
