import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import kerava.*;
import kerava.data.Dataset;
import kerava.graph.Array;
import kerava.graph.DType;
import kerava.layers.*;
import kerava.layers.preprocessing.TextVectorization;
import kerava.layers.recurrent.*;
import kerava.losses.BinaryCrossentropy;
import kerava.metrics.BinaryAccuracy;
import kerava.optimizers.Adam;
import kerava.saving.*;
import kerava.train.*;

/** Reviews of films: texts go in, the probability comes out that the writer liked the film. */
public class FilmReviews {
  static final String[] GOOD = {"great", "wonderful", "funny", "moving", "clever"};
  static final String[] BAD = {"dull", "awful", "boring", "silly", "slow"};
  static final String[] FILLING = {"the", "film", "was", "really", "a", "plot", "and", "actors", "music", "with", "in", "this", "cinema"};

  public static void main(String[] args) throws Exception {
    int count = args.length > 0 ? Integer.parseInt(args[0]) : 4000;
    String[] texts = new String[count];
    Dataset train = draw(texts, new Random(1));
    Dataset test = draw(new String[count / 4], new Random(2));

    // Words become numbers within the model; what is shorter than 16 words is padded with 0, which the mask leaves out.
    TextVectorization words = TextVectorization.of().outputSequenceLength(16).adapt(texts);
    int vocabulary = words.terms().size() + 2;
    Node text = Input.named("review", DType.STRING);
    Node steps = Embedding.of(vocabulary, 16).maskZero(true).apply(words.apply(text));
    Node read = Bidirectional.of(LSTM.of(16)).apply(steps);
    Node liked = Dense.of(1).activation(ActivationFunction.SIGMOID).named("liked").apply(Dropout.of(0.3).apply(read));
    Model model = Model.of(text, liked).named("reviews");
    System.out.println(model.summary());

    try (Trainer trainer = Trainer.compile(model,
        CompileSettings.of(Adam.of(0.01), BinaryCrossentropy.of(), BinaryAccuracy.of()), TrainerOptions.defaults().withSeed(1))) {
      trainer.fit(train, Fit.epochs(3).validation(test));
      System.out.println(trainer.evaluate(test));

      StoredModel trained = StoredModel.of(trainer);
      KerasArchive.write(trained, Path.of("savedmodels/reviews.keras"));   // with its vocabulary; Keras reads it
      try (Predictor predictor = Predictor.of(trained)) {
        String[] own = {"The film was not dull, really!", "A great plot, and not a moving end"};
        System.out.println(Arrays.toString(predictor.predict(Array.of(own, own.length)).floats()));
      }
    }
  }

  /** Each review has one word that says it, half of the time behind a "not", anywhere in it. */
  static Dataset draw(String[] texts, Random random) {
    float[] liked = new float[texts.length];
    for (int i = 0; i < texts.length; i++) {
      boolean good = random.nextBoolean(), not = random.nextBoolean();
      liked[i] = good != not ? 1 : 0;
      String[] choice = good ? GOOD : BAD;
      String word = (not ? "not " : "") + choice[random.nextInt(choice.length)];
      texts[i] = filling(random) + word + " " + filling(random) + ".";
    }
    return Dataset.of(Array.of(texts, texts.length), Array.of(liked, texts.length, 1));
  }

  static String filling(Random random) {
    StringBuilder words = new StringBuilder();
    for (int i = random.nextInt(6); i > 0; i--) {
      words.append(FILLING[random.nextInt(FILLING.length)]).append(' ');
    }
    return words.toString();
  }
}
