/**
 * What users see: lines, bars, and a sentence where something is wrong. All that is printed passes
 * here.
 */
@NullMarked
package kerava.cli.terminal;

import org.jspecify.annotations.NullMarked;
