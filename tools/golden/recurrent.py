"""Runs Keras' recurrent layers and writes what they give, for the Java tests.

    python tools/golden/recurrent.py src/test/resources/golden

Writes recurrent.json.gz, calls with one input and one output in the form of layers.json, and
recurrent_calls.json.gz: calls with masks, first states and several outputs.
"""

import sys

import keras
import numpy as np
import tensorflow as tf
from files import write
from layers import C, L, R, dump, numbers, written

SEQUENCE = (2, 4, 2)
UNITS = 2


def path(layer, weight):
    """The name of a weight within its layer."""
    head = layer.name + "/"
    return weight.path[len(head) :] if weight.path.startswith(head) else weight.path


def prepare(name, layer):
    for weight in layer.weights:
        value = numbers(f"{name}/{path(layer, weight)}", tuple(weight.shape), 0.5)
        if weight.name == "moving_variance":
            value = np.abs(value) + 0.5
        weight.assign(value)


def gradients(name, layer, inputs, call):
    """Outputs, and the gradients of the sum of all of them, weighted."""
    trained = list(layer.trainable_weights)
    with tf.GradientTape() as tape:
        tape.watch(inputs)
        variables = [w.value for w in trained]
        tape.watch(variables)
        outputs = keras.tree.flatten(call())
        upstream = [numbers(f"{name}/upstream/{i}", tuple(y.shape)) for i, y in enumerate(outputs)]
        total = tf.add_n([tf.reduce_sum(y * u) for y, u in zip(outputs, upstream)])
    found = tape.gradient(total, inputs + variables)
    found = [0.0 * x if g is None else g for g, x in zip(found, inputs + variables)]
    named = {path(layer, w): dump(g) for w, g in zip(trained, found[len(inputs) :])}
    return outputs, upstream, [dump(g) for g in found[: len(inputs)]], named


def weights(layer):
    return {path(layer, w): dump(w.numpy()) for w in layer.weights}


def run(name, layer, shape=SEQUENCE, training=None):
    """A call with one input and one output."""
    x = [tf.constant(numbers(f"{name}/0", shape))]
    layer(x[0])
    prepare(name, layer)
    before = weights(layer)
    arguments = {} if training is None else {"training": training}
    outputs, upstream, inner, own = gradients(name, layer, x, lambda: layer(x[0], **arguments))
    after = weights(layer)
    return {
        "name": name, "class_name": layer.__class__.__name__, "written": written(layer),
        "training": training, "inputs": [dump(x[0])], "weights": before,
        "output": dump(outputs[0]), "upstream_grad": dump(upstream[0]),
        "grad_inputs": inner, "grad_weights": own,
        "weights_after": {} if after == before else after,
    }


MASKS = {
    "right": [[1, 1, 0, 0], [1, 1, 1, 1]],
    "left": [[0, 0, 1, 1], [0, 1, 1, 1]],
    "odd": [[1, 0, 1, 0], [0, 0, 0, 0]],
}


def nested(layer, states):
    """The states of each of several cells in a list of their own."""
    if not isinstance(layer, L.StackedRNNCells):
        return states
    counts = [len(keras.tree.flatten(cell.state_size)) for cell in layer.cells]
    ends = np.cumsum(counts)
    return [states[end - count : end] for count, end in zip(counts, ends)]


def call(name, layer, shape=SEQUENCE, mask=None, states=()):
    """A call with first states, a mask, and all outputs."""
    x = [tf.constant(numbers(f"{name}/{i}", s)) for i, s in enumerate([shape, *states])]
    arguments = {} if mask is None else {"mask": tf.constant(np.array(MASKS[mask], bool))}
    cell = layer.__class__.__name__.endswith(("Cell", "Cells"))
    if states:
        arguments["states" if cell else "initial_state"] = nested(layer, x[1:])
    layer(x[0], **arguments)
    prepare(name, layer)
    outputs, upstream, inner, own = gradients(name, layer, x, lambda: layer(x[0], **arguments))
    masks = [getattr(y, "_keras_mask", None) for y in outputs]
    return {
        "name": name, "class_name": layer.__class__.__name__, "written": written(layer),
        "inputs": [dump(t) for t in x], "mask": None if mask is None else MASKS[mask],
        "weights": weights(layer), "outputs": [dump(y) for y in outputs],
        "masks": [m is not None for m in masks],
        "upstream": [dump(u) for u in upstream], "grad_inputs": inner, "grad_weights": own,
    }


def everything(cls, **more):
    return cls(
        UNITS, activation="softsign", use_bias=True, kernel_initializer="he_normal",
        recurrent_initializer=keras.initializers.Orthogonal(gain=0.5), bias_initializer="ones",
        kernel_regularizer=R.L1L2(0.25, 0.5), recurrent_regularizer="l2", bias_regularizer="l1",
        kernel_constraint=C.MaxNorm(1.5), recurrent_constraint="unit_norm",
        bias_constraint="non_neg", dropout=0.25, recurrent_dropout=0.5, return_sequences=True,
        go_backwards=True, zero_output_for_mask=True, **more,
    )


def plain():
    yield run("masking", L.Masking())
    yield run("masking_value", L.Masking(mask_value=0.5), (3, 2))
    yield run("repeat_vector", L.RepeatVector(3), (2, 4))
    for cls in (L.SimpleRNN, L.LSTM, L.GRU):
        name = cls.__name__.lower()
        yield run(f"{name}", cls(UNITS))
        yield run(f"{name}_sequences", cls(UNITS, return_sequences=True))
        yield run(f"{name}_backwards", cls(UNITS, return_sequences=True, go_backwards=True))
        yield run(f"{name}_backwards_last", cls(UNITS, go_backwards=True), (2, 3, 2))
        yield run(f"{name}_unrolled", cls(UNITS, unroll=True, return_sequences=True))
        yield run(f"{name}_no_bias", cls(UNITS, use_bias=False, activation="relu"))
        yield run(f"{name}_many_steps", cls(2, return_sequences=True), (2, 13, 2))
        yield run(f"{name}_frozen", cls(2, trainable=False))
        gates = {} if cls is L.SimpleRNN else {"recurrent_activation": "hard_sigmoid"}
        penalty = {} if cls is L.SimpleRNN else {"activity_regularizer": R.L2(0.125)}
        yield run(f"{name}_everything", everything(cls, **gates, **penalty), training=False)
    yield run("lstm_closed", L.LSTM(UNITS, unit_forget_bias=False, recurrent_activation="tanh"))
    yield run("gru_before", L.GRU(UNITS, reset_after=False))
    yield run("gru_before_no_bias", L.GRU(UNITS, reset_after=False, use_bias=False))
    yield run("gru_before_unrolled", L.GRU(UNITS, reset_after=False, unroll=True))
    cells = [L.LSTMCell(2), L.GRUCell(UNITS, reset_after=False), L.SimpleRNNCell(2)]
    for cell in cells:
        yield run(f"rnn_{cell.name}", L.RNN(cell, return_sequences=True))
    stack = [L.LSTMCell(2, name="one"), L.LSTMCell(UNITS, name="two"), L.GRUCell(2, name="three")]
    yield run("rnn_stacked", L.RNN(stack, return_sequences=True, name="stack"))
    yield run("rnn_stacked_last", L.RNN([L.SimpleRNNCell(2), L.GRUCell(3)], go_backwards=True))


def masked():
    for cls in (L.SimpleRNN, L.LSTM, L.GRU):
        name = cls.__name__.lower()
        states = [(2, UNITS)] * (2 if cls is L.LSTM else 1)
        for mask in MASKS:
            yield call(f"{name}_{mask}", cls(UNITS, return_state=True), mask=mask)
            yield call(
                f"{name}_{mask}_states", cls(UNITS, return_sequences=True, return_state=True),
                mask=mask, states=states,
            )
        yield call(f"{name}_states", cls(UNITS, return_state=True), states=states)
        yield call(
            f"{name}_zero", cls(UNITS, return_sequences=True, zero_output_for_mask=True), mask="odd"
        )
        yield call(
            f"{name}_zero_last", cls(UNITS, go_backwards=True, zero_output_for_mask=True),
            mask="left",
        )
        yield call(
            f"{name}_zero_unrolled",
            cls(2, unroll=True, go_backwards=True, return_sequences=True, return_state=True,
                zero_output_for_mask=True),
            mask="right",
        )
        yield call(f"{name}_unrolled", cls(2, unroll=True, return_state=True), mask="odd")
        yield call(
            f"{name}_masked_last_states", cls(UNITS, go_backwards=True), mask="odd", states=states
        )
    stack = L.RNN([L.LSTMCell(2), L.GRUCell(UNITS)], return_state=True, name="stacked")
    yield call("stacked_mask", stack, mask="odd")


def wrapped():
    both = L.Bidirectional
    yield run("bidirectional", both(L.LSTM(2)))
    yield run("bidirectional_sequences", both(L.GRU(2, return_sequences=True)))
    yield run("bidirectional_backwards", both(L.SimpleRNN(2, go_backwards=True),
              backward_layer=L.SimpleRNN(2)))
    for mode in ("sum", "mul", "ave"):
        layer = both(L.SimpleRNN(2, return_sequences=True), merge_mode=mode, name="both")
        yield run(f"bidirectional_{mode}", layer)
    other = L.GRU(3, go_backwards=True, return_sequences=True, activation="relu", name="other")
    layer = both(L.LSTM(2, return_sequences=True, name="one"), backward_layer=other)
    yield run("bidirectional_two", layer)
    layer = both(L.RNN([L.SimpleRNNCell(2), L.GRUCell(2)], return_sequences=True))
    yield run("bidirectional_rnn", layer)
    yield run("each_dense", L.TimeDistributed(L.Dense(2, activation="relu")))
    yield run("each_penalty", L.TimeDistributed(L.Dense(2, activity_regularizer="l2")))
    yield run("each_flatten", L.TimeDistributed(L.Flatten()), (2, 3, 2, 2))
    yield run("each_conv", L.TimeDistributed(L.Conv2D(2, 2)), (2, 3, 4, 3, 2))
    yield run("each_lstm", L.TimeDistributed(L.LSTM(2, return_sequences=True)), (2, 2, 3, 2))
    for training in (False, True):
        layer = L.TimeDistributed(L.BatchNormalization(momentum=0.75), name=f"each_{training}")
        yield run(f"each_norm_{training}", layer, (4, 3, 2), training=training)
    frozen = L.TimeDistributed(L.BatchNormalization(trainable=False))
    yield run("each_norm_frozen", frozen, (4, 3, 2), training=True)
    yield run("each_each", L.TimeDistributed(L.TimeDistributed(L.Dense(2))), (2, 2, 3, 2))


def convolved():
    image = (1, 2, 4, 3, 2)
    yield run("conv_1d", L.ConvLSTM1D(2, 3), (2, 3, 5, 2))
    yield run("conv_1d_same", L.ConvLSTM1D(1, 2, 2, "same", return_sequences=True), (2, 3, 5, 2))
    yield run("conv_1d_holes", L.ConvLSTM1D(1, 2, dilation_rate=2, use_bias=False), (2, 2, 4, 2))
    yield run("conv_2d", L.ConvLSTM2D(2, 2, return_sequences=True), image)
    yield run("conv_2d_same", L.ConvLSTM2D(1, (2, 3), (2, 1), "same", go_backwards=True), image)
    yield run("conv_2d_holes", L.ConvLSTM2D(1, 2, dilation_rate=(2, 1)), image)
    yield run("conv_2d_first", L.ConvLSTM2D(1, 2, data_format="channels_first",
              return_sequences=True), (1, 2, 2, 3, 4))
    yield run(
        "conv_2d_everything",
        L.ConvLSTM2D(
            1, (1, 2), activation="relu", recurrent_activation="hard_sigmoid",
            bias_initializer="ones", unit_forget_bias=False, kernel_regularizer="l2",
            recurrent_regularizer="l1", activity_regularizer=R.L1(0.25), kernel_constraint="non_neg",
            recurrent_constraint=C.MaxNorm(1.5), bias_constraint="unit_norm", dropout=0.25,
            recurrent_dropout=0.5, unroll=True, padding="same",
        ),
        image, training=False,
    )
    yield run("conv_3d", L.ConvLSTM3D(1, 2), (1, 2, 3, 2, 3, 1))
    yield run("conv_3d_same", L.ConvLSTM3D(1, (3, 2, 2), (2, 1, 2), "same"), (1, 2, 4, 2, 3, 1))
    yield run("conv_3d_holes", L.ConvLSTM3D(1, 2, dilation_rate=(2, 1, 2)), (1, 2, 3, 2, 3, 1))


def convolved_masks():
    states = [(2, 3, 2, 1)] * 2
    layer = L.ConvLSTM2D(1, 2, padding="same", return_sequences=True, return_state=True)
    yield call("conv_mask", layer, (2, 4, 3, 2, 1), mask="odd", states=states)
    layer = L.ConvLSTM1D(2, 2, data_format="channels_first", return_state=True)
    yield call("conv_first_mask", layer, (2, 4, 1, 3), mask="left")
    yield call("conv_first_states", layer, (2, 4, 1, 3), states=[(2, 2, 2)] * 2)
    both = L.Bidirectional(L.ConvLSTM1D(1, 2, return_sequences=True))
    yield call("both_conv", both, (2, 4, 3, 1), mask="right")


def wrapped_masks():
    both = L.Bidirectional
    for mask in (None, *MASKS):
        layer = both(L.LSTM(2, return_sequences=True, return_state=True), name="both")
        yield call(f"both_{mask}", layer, mask=mask)
    layer = both(L.GRU(2, return_state=True), merge_mode=None, name="both")
    yield call("both_apart", layer, mask="odd", states=[(2, 2)] * 2)
    layer = both(L.LSTM(2, return_sequences=True), merge_mode=None, name="both")
    yield call("both_apart_sequences", layer, mask="left", states=[(2, 2)] * 4)


def cells():
    for cell in (L.SimpleRNNCell(UNITS), L.GRUCell(UNITS), L.GRUCell(UNITS, reset_after=False)):
        name = f"{cell.name}_{getattr(cell, 'reset_after', '')}"
        yield call(name, cell, (2, 4), states=[(2, UNITS)])
    yield call("lstm_cell", L.LSTMCell(UNITS), (2, 4), states=[(2, UNITS)] * 2)
    stack = L.StackedRNNCells([L.LSTMCell(2), L.GRUCell(UNITS)])
    yield call("stacked_cells", stack, (2, 4), states=[(2, 2), (2, 2), (2, UNITS)])


def main(folder):
    for name, parts in {
        "recurrent.json.gz": [plain, wrapped, convolved],
        "recurrent_calls.json.gz": [masked, wrapped_masks, convolved_masks, cells],
    }.items():
        cases = [case for part in parts for case in part()]
        write(folder, name, {"keras": keras.__version__, "cases": cases})


if __name__ == "__main__":
    main(sys.argv[1])
