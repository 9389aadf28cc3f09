/** NumPy's file format: its header and its numbers; hidden behind {@code Npy}. */
@NullMarked
package kerava.data.npy;

import org.jspecify.annotations.NullMarked;
