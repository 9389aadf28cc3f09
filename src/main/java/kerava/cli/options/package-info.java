/** The options that commands share, each group written once, and how their words are read. */
@NullMarked
package kerava.cli.options;

import org.jspecify.annotations.NullMarked;
