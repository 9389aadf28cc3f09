"""Makes small models of several inputs and outputs, for Java to predict with.

Called with SUBJECT FOLDER: for each model a folder within FOLDER that holds it as model.keras, model.h5 and
as Keras' export, its inputs x_NAME.npy and its outputs y_NAME.npy by the names that Kerava is to have for
them, and names.json with the names in order, those of the layers that inputs enter at, and whether Keras
has exported it.
"""
import json
import os
import sys
import warnings

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
warnings.filterwarnings("ignore")
import keras
import numpy as np

L = keras.layers
ROWS = 5


def vec(n, name):
    return keras.Input((n,), name=name)


def image(name, side=6, channels=2):
    return keras.Input((side, side, channels), name=name)


def two_lists():
    a, b = vec(4, "a"), vec(3, "b")
    h = L.Concatenate()([a, b])
    return keras.Model([a, b], [L.Dense(2, name="first")(h), L.Dense(3, name="second")(a)])


def order_against_alphabet():
    z, a = vec(3, "zebra"), vec(3, "ant")
    return keras.Model([z, a], L.Subtract()([z, a]))


def dict_inputs():
    z, a = vec(3, "zebra"), vec(3, "ant")
    return keras.Model({"zebra": z, "ant": a}, L.Dense(2)(L.Subtract()([z, a])))


def dict_keys_other_than_names():
    x, y = vec(3, "a"), vec(3, "b")
    return keras.Model({"b": x, "a": y}, {"s": L.Subtract()([x, y])})


def dict_outputs():
    x = image("picture")
    h = L.GlobalAveragePooling2D()(L.Conv2D(3, 3, activation="relu")(x))
    return keras.Model(x, {"label": L.Dense(5, name="label")(h), "box": L.Dense(4, name="box")(h)})


def dict_outputs_against_layers():
    x = vec(4, "x")
    return keras.Model(x, {"b": L.Dense(2, name="a")(x), "a": L.Dense(2, name="b")(x)})


def dict_both():
    x, y = image("left"), vec(3, "right")
    h = L.Concatenate()([L.Flatten()(x), y])
    return keras.Model({"left": x, "right": y}, {"one": L.Dense(2)(h), "two": L.Dense(2)(h)})


def twelve_outputs():
    x = vec(3, "x")
    return keras.Model(x, [L.Dense(2, name=f"head{i}")(x) for i in range(12)])


def twelve_inputs():
    xs = [vec(2, f"in{i}") for i in range(12)]
    return keras.Model(xs, L.Dense(3)(L.Concatenate()(xs)))


def one_tensor_twice():
    x = vec(3, "x")
    y = L.Dense(2)(x)
    return keras.Model(x, [y, y])


def input_as_output():
    x, y = vec(3, "x"), vec(3, "y")
    return keras.Model([x, y], [x, L.Add()([x, y]), y])


def one_output_in_a_dict():
    x = vec(3, "x")
    return keras.Model(x, {"only": L.Dense(2)(x)})


def one_input_in_a_dict():
    x = vec(3, "x")
    return keras.Model({"x": x}, L.Dense(2)(x))


def shared_layer():
    x, y = vec(3, "x"), vec(3, "y")
    d = L.Dense(4, activation="tanh")
    return keras.Model([x, y], [d(x), d(y), L.Multiply()([d(x), d(y)])])


def list_in_a_dict():
    x = vec(3, "x")
    return keras.Model(x, {"pair": [L.Dense(2)(x), L.Dense(3)(x)], "alone": L.Dense(1)(x)})


def nested_of_two():
    p, q = vec(3, "p"), vec(3, "q")
    inner = keras.Model([p, q], L.Dense(4)(L.Subtract()([p, q])), name="inner")
    x, y = vec(3, "x"), vec(3, "y")
    h = inner([x, y])
    return keras.Model([x, y], [h, L.Dense(1)(h)])


def ranks():
    x, y = image("x", 5, 3), vec(5, "y")
    c = L.Conv2D(2, 2)(x)
    return keras.Model([x, y], [c, L.Flatten()(c), L.Dense(3)(y)])


def open_sizes():
    x, y = keras.Input((None, None, 2), name="x"), vec(3, "y")
    c = L.Conv2D(3, 3, padding="same")(x)
    return keras.Model([x, y], [c, L.Concatenate()([L.GlobalAveragePooling2D()(c), y])])


def names_with_signs():
    x, y = vec(3, "in-1"), vec(3, "in.2")
    return keras.Model([x, y], {"out-1": L.Dense(2)(x), "out.2": L.Dense(2)(y), "Out_3": L.Dense(1)(x)})


def capitals():
    x, y = vec(3, "B"), vec(3, "a")
    return keras.Model({"B": x, "a": y}, {"b": L.Dense(1)(x), "A": L.Dense(1)(y), "Z": L.Subtract()([x, y])})


def batch_normalized():
    x, y = image("x"), image("y")
    h = L.BatchNormalization()(L.Concatenate()([x, y]))
    return keras.Model([y, x], [L.GlobalMaxPooling2D()(h), L.Dropout(0.5)(L.Flatten()(h))])


def tuples():
    x, y = vec(3, "x"), vec(2, "y")
    return keras.Model((x, y), (L.Dense(2)(x), L.Dense(2)(y)))


def augmented():
    """What varies images does not here, but for AutoContrast and CLAHE."""
    x = image("picture", 8, 3)
    # In a pipeline, because Keras cannot save them as .h5 themselves, and Equalization in no model.
    listed = [L.Solarization(0.1), L.RandomPosterization(4), L.RandomSaturation(0.2)]
    listed += [L.RandomSharpness(0.2), L.RandomColorDegeneration(0.3), L.Equalization()]
    shapes = [L.RandomShear((0.1, 0.2)), L.RandomPerspective(), L.RandomElasticTransform()]
    colors = [L.RandomHue(0.2), L.RandomColorJitter((0, 1), 0.1), L.RandomGrayscale()]
    more = [L.RandomInvert(), L.RandomGaussianBlur(), L.AutoContrast((-3, 3)), L.RandomErasing()]
    sets = [L.RandAugment(), L.AugMix(), L.MixUp(), L.CutMix(), L.MaxNumBoundingBoxes(2)]
    clahe = L.ContrastLimitedAdaptiveHistogramEqualization((-3, 3), tile_grid_size=(2, 3))
    h = clahe(L.Pipeline(listed)(x))  # before AutoContrast, whose last bits it would show
    for layer in [*shapes, *colors, *more, *sets]:
        h = layer(h)
    return keras.Model(x, h)


def pitches():
    x = vec(700, "sound")
    return keras.Model(x, L.MelSpectrogram(64, 20, 50, sampling_rate=900, num_mel_bins=5)(x))


def spectrogram():
    x = keras.Input((60, 2), name="sound")
    h = L.STFTSpectrogram("magnitude", 16, 5, window=None, expand_dims=True)(x)
    return keras.Model(x, L.GlobalAveragePooling2D()(h))


MAKERS = [
    two_lists, order_against_alphabet, dict_inputs, dict_keys_other_than_names, dict_outputs,
    dict_outputs_against_layers, dict_both, twelve_outputs, twelve_inputs, one_tensor_twice, input_as_output,
    one_output_in_a_dict, one_input_in_a_dict, shared_layer, list_in_a_dict, nested_of_two, ranks, open_sizes,
    names_with_signs, capitals, batch_normalized, tuples, augmented, pitches, spectrogram,
]


def names(struct, plain):
    """What Kerava calls the tensors: joined keys where there are any, else plain names."""
    paths = ["_".join(str(k) for k in path) for path, _ in keras.tree.flatten_with_path(struct)]
    return paths if isinstance(struct, dict) else plain


def make(maker, folder, seed):
    keras.utils.clear_session()
    keras.utils.set_random_seed(seed)
    rng = np.random.default_rng(seed)
    model = maker()
    for weight in model.weights:
        weight.assign(rng.normal(size=weight.shape) * 0.5 + (2 if "variance" in weight.path else 0))
    os.makedirs(folder)
    model.save(f"{folder}/model.keras")
    model.save(f"{folder}/model.h5")
    xs = [rng.normal(size=(ROWS, *(n or 7 for n in x.shape[1:]))).astype("float32") for x in model.inputs]
    struct = model._inputs_struct
    y = model(keras.tree.pack_sequence_as(struct, xs), training=False)
    in_names = names(struct, [x.name for x in model.inputs])
    flat = keras.tree.flatten(y)
    out_names = names(model._outputs_struct, [f"output_{i}" for i in range(len(flat))])
    for name, value in zip(in_names, xs):
        np.save(f"{folder}/x_{name}.npy", value)
    for name, value in zip(out_names, flat):
        np.save(f"{folder}/y_{name}.npy", np.asarray(value))
    found = {"inputs": in_names, "outputs": out_names, "layers": [x.name for x in model.inputs]}
    if maker is augmented:  # Keras' export goes on to vary images
        found["export"] = False
    else:
        found["export"] = exported(model, folder)
    with open(f"{folder}/names.json", "w") as file:
        json.dump(found, file)


def exported(model, folder):
    try:
        model.export(f"{folder}/export", verbose=False)
        return True
    except ValueError:  # Keras exports no lists within dicts
        return False


def main(makers):
    for place in range(2, len(sys.argv), 2):
        for number, maker in enumerate(makers):
            make(maker, os.path.join(sys.argv[place], maker.__name__), number)


if __name__ == "__main__":
    main(MAKERS)
