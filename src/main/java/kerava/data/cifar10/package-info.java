/**
 * The formats of CIFAR-10's archives, the binary and the Python version, down to arrays; hidden
 * behind {@code Cifar10}.
 */
@NullMarked
package kerava.data.cifar10;

import org.jspecify.annotations.NullMarked;
