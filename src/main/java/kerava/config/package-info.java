/**
 * One declaration of an object's config that both reads and writes JSON.
 *
 * <p>A class lists its {@link kerava.config.Key keys} once, in a {@link kerava.config.Schema}; its
 * instances hold a {@link kerava.config.Config}. From that follow the JSON that Keras reads, the
 * reading of what Keras wrote, validation with an address, equality and text.
 */
@NullMarked
package kerava.config;

import org.jspecify.annotations.NullMarked;
