/**
 * Labelled samples to train on: {@link kerava.data.Cifar10}, the built-in {@link
 * kerava.data.Shapes}, folders of images, files of records, and arrays in memory or in NumPy's
 * files.
 *
 * <p>Everything that comes from a disk or a network is checked before it is handed out; bad files
 * end in a {@link kerava.files.DatasetException} that names the file. Nothing here knows of models
 * or of TensorFlow sessions.
 */
@NullMarked
package kerava.data;

import org.jspecify.annotations.NullMarked;
