"""ChatGLM in PyTorch, as the peer in the benchmark `language-step`; the model itself is packages/models/src/chatglm.ts."""

from training_peer import layer_norm, linear, math, serve, torch

F = torch.nn.functional


def rotary(config, positions):
    """cos and sin [B, 1, T, D] of positions [B, 2, T]; each row turns half of a head."""
    quarter = config["hiddenSize"] // config["heads"] // 4
    frequencies = 10000.0 ** (-torch.arange(quarter, dtype=torch.float32) / quarter)
    angles = positions.transpose(1, 2)[..., None].float() * frequencies  # [B, T, 2, D/4]
    angles = torch.cat([angles, angles], -1).flatten(2)[:, None]  # [B, 1, T, D]
    return angles.cos(), angles.sin()


def rotate(x, cos, sin):
    first, second = x.unflatten(-1, (2, 2, -1)).unbind(-2)  # [B, H, T, 2, D/4] each
    turned = torch.stack([-second, first], -2).flatten(-3)
    return x * cos + turned * sin


def make_loss(config, parameters, inputs):
    heads, hidden, layers = config["heads"], config["hiddenSize"], config["layers"]
    epsilon, alpha = config["layerNormEpsilon"], math.sqrt(2 * config["residualAlphaLayers"])
    batch, length = inputs["ids"].shape

    def block(name, x, cos, sin, mask):
        attention_input = layer_norm(parameters, f"{name}.input_layernorm", x, epsilon)
        projection = linear(parameters, f"{name}.attention.query_key_value", attention_input)
        query, key, value = projection.view(batch, length, heads, 3, -1).permute(3, 0, 2, 1, 4)
        query, key = rotate(query, cos, sin), rotate(key, cos, sin)
        context = F.scaled_dot_product_attention(query, key, value, attn_mask=mask)
        context = context.transpose(1, 2).reshape(batch, length, hidden)
        between = attention_input * alpha + linear(parameters, f"{name}.attention.dense", context)
        mlp_input = layer_norm(parameters, f"{name}.post_attention_layernorm", between, epsilon)
        widened = F.gelu(linear(parameters, f"{name}.mlp.dense_h_to_4h", mlp_input), approximate="tanh")
        return mlp_input * alpha + linear(parameters, f"{name}.mlp.dense_4h_to_h", widened)

    def loss():
        cos, sin = rotary(config, inputs["positions"])
        columns = torch.arange(length)
        later = columns[None, :] > columns[:, None]
        outside = columns[None, :] >= inputs["contexts"][:, None]
        mask = (later[None] & outside[:, None, :])[:, None].float() * -10000.0  # [B, 1, T, T]
        x = F.embedding(inputs["ids"], parameters["transformer.word_embeddings.weight"])
        for layer in range(layers):
            x = block(f"transformer.layers.{layer}", x, cos, sin, mask)
        x = layer_norm(parameters, "transformer.final_layernorm", x, epsilon)
        rows = x.reshape(-1, hidden)[inputs["rows"]]
        return F.cross_entropy(linear(parameters, "lm_head", rows), inputs["labels"], ignore_index=-100)

    return loss


serve(make_loss)
