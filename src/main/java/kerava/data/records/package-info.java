/** Files of {@code tf.Example} records, read and found again; hidden behind {@code TfRecords}. */
@NullMarked
package kerava.data.records;

import org.jspecify.annotations.NullMarked;
