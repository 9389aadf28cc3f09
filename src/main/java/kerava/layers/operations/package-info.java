/**
 * The operations of {@code keras.ops} that a functional model may use between its layers: one row
 * of a table each.
 */
@org.jspecify.annotations.NullMarked
package kerava.layers.operations;
