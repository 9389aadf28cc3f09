/**
 * Files as such, whatever they hold: files that appear whole or not at all ({@link
 * kerava.files.AtomicFile}), and TensorFlow's files of records ({@link kerava.files.RecordWriter},
 * {@link kerava.files.RecordReader}).
 */
@NullMarked
package kerava.files;

import org.jspecify.annotations.NullMarked;
