/**
 * What a training run leaves for people to look at: pictures, a page that holds them, and the
 * numbers behind them.
 *
 * <p>{@link kerava.report.TrainingReport} is all there is to call. Pictures are drawn without a
 * display and with a font of our own, so that a bare machine draws the same ones. Nothing here
 * knows how models are stored.
 */
@NullMarked
package kerava.report;

import org.jspecify.annotations.NullMarked;
