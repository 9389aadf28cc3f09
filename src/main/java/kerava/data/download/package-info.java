/** A file fetched over HTTPS, resumed and checked; hidden behind {@code Cifar10Search}. */
@NullMarked
package kerava.data.download;

import org.jspecify.annotations.NullMarked;
