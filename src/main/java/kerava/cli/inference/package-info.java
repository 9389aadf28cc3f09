/**
 * Models that commands predict with, whatever file they come from: what goes in, and what comes
 * out.
 */
@NullMarked
package kerava.cli.inference;

import org.jspecify.annotations.NullMarked;
