/**
 * Image files: their headers and ends, looked at without decoding, and their pixels; hidden behind
 * {@code Images} and {@code ImageFolder}.
 */
@NullMarked
package kerava.data.images;

import org.jspecify.annotations.NullMarked;
