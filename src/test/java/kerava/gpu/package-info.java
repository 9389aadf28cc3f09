/** The check of a machine's GPU, which {@code tools/gpu/check} starts. */
package kerava.gpu;
