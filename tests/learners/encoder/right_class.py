from exercises.attention.multi_head_attention import multi_head_attention
from exercises.transformer.add_norm import add_norm
from exercises.transformer.feed_forward import feed_forward


class Layer:
    def __init__(self, params, num_heads, activation, eps):
        self.__dict__.update(params)
        self.num_heads, self.act, self.eps = num_heads, activation, eps

    def __call__(self, x, mask):
        a = multi_head_attention(x, x, x, self.attention, self.num_heads, mask=mask)
        x = add_norm(x, a, self.norm_1["gain"], self.norm_1["bias"], eps=self.eps)
        f = feed_forward(x, self.feed_forward, activation=self.act)
        return add_norm(x, f, self.norm_2["gain"], self.norm_2["bias"], eps=self.eps)


class Encoder:
    def __init__(self, layers):
        self.layers = layers

    def forward(self, x, mask):
        for layer in self.layers:
            x = layer(x, mask)
        return x


def encoder(x, blocks, num_heads, mask=None, activation="relu", eps=1e-5):
    return Encoder([Layer(p, num_heads, activation, eps) for p in blocks]).forward(x.copy(), mask)
