package kerava;

/**
 * What a model says of one class.
 *
 * @param name the name of the class
 * @param score its score; a probability if the model ends in a softmax
 */
public record ClassScore(String name, float score) {}
