/** HDF5 files: those of Keras read without the HDF5 library and without trust, and written. */
@NullMarked
package kerava.saving.hdf5;

import org.jspecify.annotations.NullMarked;
