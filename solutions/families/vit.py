"""ViT: an image is cut into patches, and each patch is read like a word.

A sequence of single pixels would be far too long: 224 by 224 of them are 50,176. So a Vision
Transformer cuts the image into squares of patch by patch pixels, and lays the numbers of each out
as one vector: the patches row by row, and inside a patch its rows, in a row its columns, in a pixel
its channels (red, green, blue).

    image (H, W, C)   ->   patches (H/patch · W/patch, patch · patch · C)

    one channel, patch = 2:   [[1, 2, 3, 4],   ->   [[1, 2, 5, 6],     the left square
                               [5, 6, 7, 8]]         [3, 4, 7, 8]]     the right one

A reshape alone does not do that: it would take [1, 2, 3, 4] for the first patch. Split each of the
two axes first, H into H/patch and patch, W likewise; then the two halves have to change places.

The rest is as with text. A linear layer makes a vector of width d of each patch; a class token, one
learned vector, goes in front, and what the last block makes of it is what a classifier reads; and
every place, that of the class token too, has a learned vector of its own, which is added.

    x = [class_token, patches · w_patch + b_patch] + position_embedding       (1 + patches, d)

    patches [[2], [3]], w_patch [[10]], b_patch [1], class_token [5], position_embedding [[0], [.1],
    [.2]]:   [[5], [21], [31]] + [[0], [.1], [.2]] = [[5], [21.1], [31.2]]
"""

import numpy as np

from grader.exercise import Exercise, inputs, view
from solutions.drawing import in_single_precision, scaled
from solutions.transformer.positional_encoding import sinusoidal_encoding

exercise = Exercise(
    formulas={
        "x = [class_token": (
            r"x = [\text{class\_token}, \; \text{patches} \cdot w_\text{patch} + b_\text{patch}]"
            r" + \text{position\_embedding} \qquad (1 + \text{patches}, d)"
        ),
    },
    tags={
        "rows": "for one row of patches and wrong for several",
        "channels": "for one channel and wrong for several",
        "patches": "for a single patch and wrong for several",
    },
    hints=[
        "patchify: write an image of 2 by 4 pixels down, with patch 2. Which axes does"
        " image.reshape(1, 2, 2, 2, 1) have? Which of them number patches, and which pixels?",
        "patchify: after the split there are (..., rows, patch, columns, patch, C). A patch is"
        " named by its row and its column: these two belong side by side.",
        "patchify: np.swapaxes exchanges two axes, and counts from the end where numbers are below"
        " 0. A last reshape joins rows with columns, and the three that are inside a patch.",
        "vit_embed: np.broadcast_to gives the class token the batch axes of the patches, and"
        " np.concatenate along the axis -2 puts it in front.",
        "vit_embed: position_embedding has 1 + patches rows, and is added last, to all of them.",
    ],
)


@exercise.reference
def patchify(image, patch):
    """Cut images into square patches, each laid out as one vector.

    Parameters
    ----------
    image : (..., H, W, C)
        Images of H rows and W columns of pixels, with C channels.
    patch : int
        How many pixels a patch is wide and high.

    Returns
    -------
    patches : (..., H*W/patch^2, patch*patch*C)
        Row by row; inside a patch by row, column and channel.

    Raises
    ------
    ValueError
        H or W is not divisible by patch.

    Notes
    -----
    Source: Dosovitskiy et al. 2020, section 3.1.
    """
    *batch, height, width, channels = image.shape
    if height % patch or width % patch:
        raise ValueError(f"{height} by {width} pixels are no whole patches of {patch}")
    rows, columns = height // patch, width // patch
    split = image.reshape(*batch, rows, patch, columns, patch, channels)
    grid = split.swapaxes(-4, -3)  # (..., rows, columns, patch, patch, C)
    return grid.reshape(*batch, rows * columns, patch * patch * channels)


exercise.equivalent(
    """if height % patch or width % patch:
        raise ValueError(f"{height} by {width} pixels are no whole patches of {patch}")""",
    None,
    "A reshape into what does not fit raises the same error, in words that help less.",
)
exercise.equivalent("-4, -3", "-3, -4", "Two axes are exchanged, whichever is named first.")
exercise.equivalent(
    "columns, patch, channels", "columns, channels, patch", "Both stay as they are, inside a patch."
)


@exercise.picture
def four_patches():
    """An image of 6 by 6 pixels, and its four patches of 3 by 3, each laid out as a row.

    Bars across, bars down, a diagonal and a full square: find the three rows of each in its patch.
    """
    across, down = np.array([[1, 1, 1], [0, 0, 0], [1, 1, 1]]), np.array([[1, 0, 1]] * 3)
    image = np.block([[across, down], [np.eye(3), np.ones((3, 3))]])
    return [
        view("the image", inputs(image[:, None], 1), rows=range(6), columns=range(6)),
        view("its patches", inputs(image[..., None], 3), rows=range(4), columns=range(9)),
    ]


def draw_image(rng, *shape):
    """Draw an image in which no number stands twice."""
    return rng.permutation(np.arange(1.0, np.prod(shape) + 1)).reshape(shape)


@exercise.case
def a_single_patch(rng):
    return inputs(draw_image(rng, 2, 2, 1), 2)


@exercise.case(tags=("edge", "rows", "patches"))
def patches_of_one_pixel(rng):
    return inputs(draw_image(rng, 2, 3, 1), 1)


@exercise.case(tags=("rows", "patches"))
def two_patches_one_above_the_other(rng):
    return inputs(draw_image(rng, 4, 2, 1), 2)


@exercise.case(points=2, tags=("patches",))
def two_patches_side_by_side(rng):
    return inputs(draw_image(rng, 2, 4, 1), 2)


@exercise.case(points=2, tags=("rows", "patches"))
def four_patches_in_a_square(rng):
    return inputs(draw_image(rng, 4, 4, 1), 2)


@exercise.case(tags=("channels",))
def a_single_patch_in_colour(rng):
    return inputs(draw_image(rng, 2, 2, 3), 2)


@exercise.case(points=2, tags=("rows", "channels", "patches"))
def four_patches_in_colour(rng):
    return inputs(draw_image(rng, 4, 4, 3), 2)


@exercise.case(tags=("rows", "oblong", "patches"))
def more_columns_than_rows(rng):
    return inputs(draw_image(rng, 4, 6, 1), 2)


@exercise.case(tags=("rows", "oblong", "patches"))
def larger_patches(rng):
    return inputs(draw_image(rng, 9, 6, 1), 3)


@exercise.case(tags=("batch", "rows", "channels", "patches"))
def several_images(rng):
    return inputs(draw_image(rng, 3, 4, 4, 2), 2)


@exercise.case(tags=("batch", "rows", "channels", "oblong", "patches"))
def images_under_two_batch_axes(rng):
    return inputs(draw_image(rng, 2, 3, 4, 6, 2), 2)


@exercise.case(tags=("float32", "rows", "channels", "patches"))
def a_float32_image(rng):
    return inputs(draw_image(rng, 4, 4, 3).astype(np.float32), 2)


@exercise.case(raises=ValueError, tags=("refusal",))
def refuses_a_height_that_is_not_divisible(rng):
    return inputs(draw_image(rng, 3, 2, 1), 2)


@exercise.case(raises=ValueError, tags=("refusal",))
def refuses_a_width_that_is_not_divisible(rng):
    return inputs(draw_image(rng, 2, 5, 1), 2)


@exercise.case(raises=ValueError, tags=("refusal",))
def refuses_an_image_narrower_than_a_patch(rng):
    return inputs(draw_image(rng, 2, 1, 1), 2)


@exercise.case(raises=ValueError, tags=("refusal",))
def refuses_a_single_pixel(rng):
    return inputs(draw_image(rng, 1, 1, 1), 2)


@exercise.case(raises=ValueError, tags=("refusal", "batch"))
def refuses_sides_whose_product_alone_is_divisible(rng):
    return inputs(draw_image(rng, 2, 2, 8, 3), 4)


@exercise.case(hidden=True, tags=("batch", "rows", "channels", "oblong", "patches"))
def a_batch_of_larger_images(rng):
    return inputs(draw_image(rng, 2, 20, 16, 3), 4)


@exercise.edit("split.swapaxes(-4, -3)", "split")
def cuts_by_reshape_alone():
    """You cut the image with reshapes alone.

    Numbers then stay in the order in which they lie in memory: row after row of the whole image. A
    patch is a square, and its second row lies a whole row of the image farther on. Split, exchange
    two axes, and only then join.
    """


@exercise.edit("split.swapaxes(-4, -3)", "split.swapaxes(-4, -3).swapaxes(-5, -4)")
def goes_column_by_column():
    """You number the patches column by column. They come row by row, as one reads."""


@exercise.edit("split.swapaxes(-4, -3)", "split.swapaxes(-4, -3).swapaxes(-3, -2)")
def reads_each_patch_by_columns():
    """You lay each patch out column by column. Inside a patch it is row by row, too."""


@exercise.edit("split.swapaxes(-4, -3)", "np.moveaxis(split.swapaxes(-4, -3), -1, -3)")
def puts_the_channels_first():
    """You lay out one channel of a patch after the other.

    PyTorch, whose images are (C, H, W), does that. Here the channels of a pixel stay together: row,
    column, channel.
    """


@exercise.edit("split.swapaxes(-4, -3)", "split.swapaxes(-3, -2)")
def exchanges_columns_with_their_pixels():
    """You exchange the columns of patches with the columns inside a patch.

    After the split there are rows, patch, columns, patch, C. It is the rows inside a patch that
    have to change places with the columns of patches.
    """


@exercise.edit("split.swapaxes(-4, -3)", "split.swapaxes(-4, -2)")
def exchanges_two_other_axes():
    """You exchange two axes, but not the right two.

    After the split there are rows, patch, columns, patch, C, and rows and columns of patches belong
    side by side.
    """


@exercise.edit(
    "rows, patch, columns, patch, channels)",
    "patch, rows, patch, columns, channels).swapaxes(-5, -4).swapaxes(-3, -2)",
)
def takes_pixels_that_lie_apart():
    """You split the axes the wrong way round, so that a patch has every so manyth pixel.

    The axis of the height is rows of patches first, then pixels within one: (rows, patch).
    """


@exercise.mistake
def takes_patch_for_their_number(image, patch):
    """You cut each side into `patch` pieces. It is how many pixels a patch is wide and high."""
    *batch, height, width, channels = image.shape
    if height % patch or width % patch:
        raise ValueError("no whole patches")
    high, wide = height // patch, width // patch
    grid = image.reshape(*batch, patch, high, patch, wide, channels).swapaxes(-4, -3)
    return grid.reshape(*batch, patch * patch, high * wide * channels)


@exercise.mistake
def lets_patches_overlap(image, patch):
    """You move on by one pixel, so that patches overlap. The next begins where one ends."""
    if image.shape[-3] % patch or image.shape[-2] % patch:
        raise ValueError("no whole patches")
    windows = np.lib.stride_tricks.sliding_window_view(image, (patch, patch), axis=(-3, -2))
    grid = np.moveaxis(windows, -3, -1)  # (..., rows, columns, patch, patch, C)
    *batch, rows, columns, _, _, channels = grid.shape
    return grid.reshape(*batch, rows * columns, patch * patch * channels)


@exercise.edit(
    "rows * columns, patch * patch * channels", "rows, columns, patch * patch * channels"
)
def keeps_the_grid():
    """You keep rows and columns of patches as two axes. A transformer reads one sequence."""


@exercise.edit("patch * patch * channels", "patch, patch, channels")
def keeps_the_squares():
    """You return squares of pixels. Each patch is laid out as one vector of patch · patch · C."""


@exercise.edit("*batch, rows * columns, patch", "-1, rows * columns, patch")
def makes_one_batch_axis():
    """You always return one batch axis, whether there were none or several.

    What stands in front of H, W and C stays as it was.
    """


@exercise.edit("*batch, rows * columns, patch", "-1, patch")
def runs_images_together():
    """You make one sequence of the patches of all images. Each image has its own."""


@exercise.edit("height // patch, width // patch", "height // patch, height // patch")
def counts_on_square_images():
    """You count on an image that is as wide as it is high. Its columns come from its width."""


@exercise.mistake
def crops_what_is_left(image, patch):
    """You cut off what fills no whole patch, without a word.

    A part of the image is lost, and whoever calls this hears nothing of it. Raise a ValueError.
    """
    height, width = (side - side % patch for side in image.shape[-3:-1])
    return patchify(image[..., :height, :width, :], patch)


@exercise.mistake
def fills_up_with_zeros(image, patch):
    """You fill up with zeros what is no whole patch, without a word. Raise a ValueError."""
    missing = [(0, -side % patch) for side in image.shape[-3:-1]]
    return patchify(np.pad(image, [(0, 0)] * (image.ndim - 3) + missing + [(0, 0)]), patch)


@exercise.mistake
def crops_the_width(image, patch):
    """You check the height, and cut off what is left of the width.

    A part of the image is lost without a word. Raise a ValueError for either side.
    """
    if image.shape[-3] % patch:
        raise ValueError("no whole patches")
    width = image.shape[-2] - image.shape[-2] % patch
    return patchify(image[..., :width, :], patch)


@exercise.mistake
def crops_the_height(image, patch):
    """You check the width, and cut off what is left of the height.

    A part of the image is lost without a word. Raise a ValueError for either side.
    """
    if image.shape[-2] % patch:
        raise ValueError("no whole patches")
    height = image.shape[-3] - image.shape[-3] % patch
    return patchify(image[..., :height, :, :], patch)


def cut_by_slices(image, patch):
    """Slice patch after patch; those at the edges may be smaller, and np.stack wants one shape."""
    height, width = image.shape[-3:-1]
    squares = [
        image[..., top : top + patch, left : left + patch, :]
        for top in range(0, height, patch)
        for left in range(0, width, patch)
    ]
    return np.stack([square.reshape(*image.shape[:-3], -1) for square in squares], axis=-2)


@exercise.mistake
def checks_the_height_alone(image, patch):
    """You check the height only, and not the width.

    Patches of different sizes do not fit together, and that may raise an error by itself. But where
    an image is narrower than a patch, all are as narrow, and nobody hears of it.
    """
    if image.shape[-3] % patch:
        raise ValueError("no whole patches")
    return cut_by_slices(image, patch)


@exercise.mistake
def leaves_the_check_to_what_follows(image, patch):
    """You check neither side, and rely on patches of different sizes not to fit together.

    Where an image is smaller than a patch, all are as small, and nothing complains. Raise a
    ValueError before you cut.
    """
    return cut_by_slices(image, patch)


@exercise.mistake
def refuses_only_where_neither_side_fits(image, patch):
    """You refuse an image only where neither of its sides is divisible: `and` for `or`.

    One that is not is enough for patches that are no squares.
    """
    if image.shape[-3] % patch and image.shape[-2] % patch:
        raise ValueError("no whole patches")
    return cut_by_slices(image, patch)


@exercise.mistake
def checks_the_number_of_pixels(image, patch):
    """You check the number of pixels only: H · W may be divisible by patch² where H is not."""
    height, width = image.shape[-3:-1]
    if height * width % patch**2:
        raise ValueError("no whole patches")
    return patchify(image[..., : height - height % patch, : width - width % patch, :], patch)


@exercise.mistake
def raises_another_error(image, patch):
    """You refuse what is no whole number of patches, with another exception than a ValueError."""
    if image.shape[-3] % patch or image.shape[-2] % patch:
        raise AssertionError("no whole patches")
    return patchify(image, patch)


@exercise.mistake
def scales_the_pixels(image, patch):
    """You divide the pixels by 255. What they mean is the caller's affair: cut, and no more."""
    return patchify(image, patch) / 255


@exercise.mistake
def collects_patches_in_float64(image, patch):
    """Your patches are right, but those of a float32 image come back as float64.

    np.zeros and np.empty are float64 unless they are given a dtype.
    """
    return patchify(image, patch).astype(np.float64)


@exercise.reference
def vit_embed(image, params, patch):
    """Make the vectors that the first block of a Vision Transformer reads.

    Parameters
    ----------
    image : (..., H, W, C)
        Images; H and W are divisible by patch.
    params : dict
        `w_patch` (patch*patch*C, d), `b_patch` (d,), `class_token` (d,) and `position_embedding`
        (1 + H*W/patch^2, d).
    patch : int
        How many pixels a patch is wide and high.

    Returns
    -------
    x : (..., 1 + H*W/patch^2, d)
        The class token and the patches, each with its position.

    Notes
    -----
    Source: Dosovitskiy et al. 2020, equation 1.
    """
    x = patchify(image, patch) @ params["w_patch"] + params["b_patch"]
    first = np.broadcast_to(params["class_token"], (*x.shape[:-2], 1, x.shape[-1]))
    return np.concatenate([first, x], axis=-2) + params["position_embedding"]


def draw_vit(rng, patches, pixels=4, d=3):
    """Draw what a Vision Transformer embeds so many patches of so many numbers with."""
    return {
        "w_patch": rng.normal(size=(pixels, d)).round(1),
        "b_patch": rng.normal(scale=5, size=d).round(),
        "class_token": rng.normal(scale=5, size=d).round(),
        "position_embedding": rng.normal(scale=5, size=(1 + patches, d)).round(),
    }


def only(params, *names):
    """Return parameters of which all but w_patch and what is named are zeros."""
    return scaled(params, **{name: 0 for name in params if name not in ("w_patch", *names)})


@exercise.case(points=2)
def one_patch_and_weights(rng):
    return inputs(draw_image(rng, 2, 2, 1), only(draw_vit(rng, 1)), 2)


@exercise.case
def one_patch_and_a_bias(rng):
    return inputs(draw_image(rng, 2, 2, 1), only(draw_vit(rng, 1), "b_patch"), 2)


@exercise.case
def one_patch_and_a_class_token(rng):
    return inputs(draw_image(rng, 2, 2, 1), only(draw_vit(rng, 1), "class_token"), 2)


@exercise.case
def one_patch_and_positions(rng):
    return inputs(draw_image(rng, 2, 2, 1), only(draw_vit(rng, 1), "position_embedding"), 2)


@exercise.case(points=2, tags=("patches",))
def two_patches_and_all_parameters(rng):
    return inputs(draw_image(rng, 4, 2, 1), draw_vit(rng, 2), 2)


@exercise.case(points=2, tags=("patches",))
def four_patches_and_all_parameters(rng):
    return inputs(draw_image(rng, 4, 4, 1), draw_vit(rng, 4), 2)


@exercise.case(tags=("patches",))
def an_image_that_is_black(rng):
    return inputs(np.zeros((4, 2, 1)), draw_vit(rng, 2), 2)


@exercise.case(tags=("patches", "channels", "oblong"))
def a_wide_image_in_colour(rng):
    return inputs(draw_image(rng, 2, 6, 3), draw_vit(rng, 3, pixels=12, d=5), 2)


@exercise.case(tags=("batch", "patches"))
def a_batch_of_images(rng):
    return inputs(draw_image(rng, 3, 4, 2, 1), draw_vit(rng, 2), 2)


@exercise.case(tags=("batch", "patches", "channels"))
def two_batch_axes(rng):
    return inputs(draw_image(rng, 2, 3, 4, 2, 2), draw_vit(rng, 2, pixels=8), 2)


@exercise.case(tags=("float32", "patches"))
def float32_inputs(rng):
    return inputs(*in_single_precision((draw_image(rng, 4, 2, 1), draw_vit(rng, 2))), 2)


@exercise.case(hidden=True, tags=("batch", "patches", "channels", "oblong"))
def a_batch_in_colour(rng):
    return inputs(rng.normal(size=(2, 12, 8, 3)), draw_vit(rng, 6, pixels=48, d=10), 4)


@exercise.edit("[first, x]", "[x, first]")
def puts_the_class_token_last():
    """You put the class token behind the patches. It comes first, at place 0."""


@exercise.edit(
    'np.concatenate([first, x], axis=-2) + params["position_embedding"]',
    'x + params["position_embedding"][1:]',
)
def forgets_the_class_token():
    """You leave the class token out, and its position with it.

    It stands for no patch, so it can gather what the whole image says; that is what is classified.
    """


@exercise.edit(
    'np.concatenate([first, x], axis=-2) + params["position_embedding"]',
    'x + params["position_embedding"][:-1]',
)
def forgets_the_class_token_and_starts_at_place_zero():
    """You leave the class token out, and number the patches from 0.

    It stands at place 0, for no patch, so that it can gather what the whole image says.
    """


@exercise.edit(
    'np.concatenate([first, x], axis=-2) + params["position_embedding"]',
    'np.concatenate([first, x + params["position_embedding"][1:]], axis=-2)',
)
def gives_the_class_token_no_position():
    """You add positions to the patches only. The class token has a place as well, the first."""


@exercise.edit(
    'np.concatenate([first, x], axis=-2) + params["position_embedding"]',
    'np.concatenate([first, x + params["position_embedding"][:-1]], axis=-2)',
)
def numbers_patches_from_zero():
    """You add the first rows of the positions to the patches, and none to the class token.

    Row 0 belongs to the class token, row 1 to the first patch.
    """


@exercise.edit('params["position_embedding"]', 'np.roll(params["position_embedding"], -1, axis=0)')
def gives_the_class_token_the_last_position():
    """You give the class token the last row of the positions, and the patches those from row 0 on.

    It stands in front, so that row 0 is its own, and row 1 belongs to the first patch.
    """


@exercise.edit(' + params["position_embedding"]', "")
def forgets_the_positions():
    """You leave the positions out. Without them an image is a bag of patches, in any order."""


@exercise.edit(' + params["b_patch"]', "")
def forgets_the_bias():
    """You leave b_patch out. A linear layer is x w + b."""


@exercise.edit("[first, x], axis=-2)", '[first + params["b_patch"], x], axis=-2)')
def adds_the_bias_to_the_class_token():
    """You add b_patch to the class token as well.

    It is a vector of width d already, and does not pass the layer of the patches.
    """


@exercise.edit("[first, x]", "[0 * first, x]")
def begins_with_zeros():
    """You put zeros in front. So a class token may begin; params hold what has been learned."""


@exercise.edit("[first, x]", "[first, x + first]")
def adds_the_class_token_to_every_patch():
    """You add the class token to every patch as well. It is one row more, and no more."""


@exercise.edit(
    'np.concatenate([first, x], axis=-2) + params["position_embedding"]',
    'x + first + params["position_embedding"][1:]',
)
def adds_the_class_token_for_putting_it_in_front():
    """You add the class token to every patch, and put none in front.

    It is a row of its own, the first, with a position of its own.
    """


@exercise.edit("[first, x]", "[x.mean(axis=-2, keepdims=True), x]")
def puts_the_mean_in_front():
    """You put the mean of the patches in front. The class token is learned: params have it."""


@exercise.mistake
def takes_sines_for_positions(image, params, patch):
    """You add sines and cosines. A Vision Transformer learns its positions: position_embedding."""
    table = params["position_embedding"]
    places, d = table.shape
    sines = sinusoidal_encoding(places, d + d % 2)[:, :d].astype(table.dtype)
    return vit_embed(image, params | {"position_embedding": sines}, patch)


@exercise.edit('params["position_embedding"]', 'params["position_embedding"][::-1]')
def numbers_places_from_the_end():
    """You number the places from the end. Row 0 belongs to the class token."""


@exercise.edit(
    'params["w_patch"] + params["b_patch"]',
    'params["w_patch"] * params["w_patch"].shape[-1] ** 0.5 + params["b_patch"]',
)
def scales_by_the_root_of_d():
    """You multiply the patches by the square root of d. They are used as the layer makes them."""


@exercise.mistake
def loses_single_precision(image, params, patch):
    """Your vectors are right, but float32 comes back as float64.

    np.zeros, np.ones and np.empty are float64 unless they are given a dtype.
    """
    return vit_embed(image, params, patch).astype(np.float64)
