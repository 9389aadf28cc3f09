/**
 * Networks with a name, in the sizes for small images such as CIFAR-10's: each is a few arguments
 * that are applied to an image's node and give the classes' node, made of Kerava's layers alone, so
 * that every file format takes them.
 *
 * @see <a href="https://keras.io/api/applications/">Keras: applications</a>
 */
@NullMarked
package kerava.applications;

import org.jspecify.annotations.NullMarked;
