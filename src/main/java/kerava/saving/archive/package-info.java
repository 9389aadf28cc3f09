/** The zip archive around a {@code .keras} file, packed or unpacked. */
@NullMarked
package kerava.saving.archive;

import org.jspecify.annotations.NullMarked;
