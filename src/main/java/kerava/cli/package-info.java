/**
 * The command line: one class a command, each of which parses its options and calls a few methods
 * of the library. What several share lies in rooms of its own: {@code options} and {@code
 * terminal}, then {@code inference} above them, and {@code training} on top.
 */
@NullMarked
package kerava.cli;

import org.jspecify.annotations.NullMarked;
