/**
 * How folders of images are laid out: classes, splits, and what is skipped; hidden behind {@code
 * ImageFolder}.
 */
@NullMarked
package kerava.data.folders;

import org.jspecify.annotations.NullMarked;
