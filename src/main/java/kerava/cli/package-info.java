/**
 * The command line: one class a command, each of which parses its options and calls a few methods
 * of the library. Nothing else prints.
 */
@NullMarked
package kerava.cli;

import org.jspecify.annotations.NullMarked;
