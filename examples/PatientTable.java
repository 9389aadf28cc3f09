import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import kerava.*;
import kerava.data.*;
import kerava.graph.Array;
import kerava.graph.DType;
import kerava.layers.*;
import kerava.layers.preprocessing.*;
import kerava.losses.BinaryCrossentropy;
import kerava.metrics.*;
import kerava.optimizers.Adam;
import kerava.saving.*;
import kerava.train.*;

/** A table of numbers and words: each column is an input of its own, and is prepared within the model. */
public class PatientTable {
  static final String[] PAINS = {"none", "typical", "atypical"};

  public static void main(String[] args) throws Exception {
    int rows = args.length > 0 ? Integer.parseInt(args[0]) : 4000;
    Table train = draw(rows, new Random(1));
    Table test = draw(rows / 4, new Random(2));

    // What is learned from the table before any training: means, deviations and vocabularies.
    Map<String, Node> inputs = new LinkedHashMap<>();
    List<Node> prepared = new ArrayList<>();
    for (String number : List.of("age", "pressure")) {
      Node input = Input.named(number, 1);
      inputs.put(number, input);
      prepared.add(Normalization.adapt(train.column(number)).apply(input));
    }
    Node pain = Input.named("pain", DType.STRING, 1);
    inputs.put("pain", pain);
    prepared.add(StringLookup.of().outputMode(OutputMode.ONE_HOT).adapt(train.column("pain").texts()).apply(pain));
    Node vessels = Input.named("vessels", DType.INT64, 1);
    inputs.put("vessels", vessels);
    prepared.add(IntegerLookup.of(0, 1, 2, 3).outputMode(OutputMode.ONE_HOT).apply(vessels));

    Node hidden = Dense.of(32).activation(ActivationFunction.RELU).apply(Concatenate.of().apply(prepared.toArray(Node[]::new)));
    Node ill = Dense.of(1).activation(ActivationFunction.SIGMOID).named("ill").apply(Dropout.of(0.2).apply(hidden));
    Model model = Model.of(inputs, Map.of("ill", ill)).named("patients");
    System.out.println(model.summary());

    CompileSettings settings = CompileSettings.of(Adam.of(0.01), BinaryCrossentropy.of(), BinaryAccuracy.of(), AUC.of());
    try (Trainer trainer = Trainer.compile(model, settings, TrainerOptions.defaults().withSeed(1))) {
      trainer.fit(train.without("ill").dataset(train.only("ill")), Fit.epochs(5));
      System.out.println(trainer.evaluate(test.without("ill").dataset(test.only("ill"))));

      // The file takes rows as they are: whoever opens it, here or in Python, prepares nothing.
      StoredModel trained = StoredModel.of(trainer);
      KerasArchive.write(trained, Path.of("savedmodels/patients.keras"));
      SavedModels.export(trained, Path.of("savedmodels/patients"));
      try (Predictor predictor = Predictor.of(trained)) {
        Array first = predictor.predictAll(test.without("ill").dataset(test.only("ill")).take(3)).get("ill");
        System.out.println("Ill, of the first 3: " + Arrays.toString(first.floats()));
      }
    }
  }

  static Table draw(int rows, Random random) {
    float[] age = new float[rows], pressure = new float[rows], ill = new float[rows];
    String[] pain = new String[rows];
    long[] vessels = new long[rows];
    for (int i = 0; i < rows; i++) {
      age[i] = 30 + random.nextInt(50);
      pressure[i] = 110 + 15 * (float) random.nextGaussian();
      pain[i] = PAINS[random.nextInt(3)];
      vessels[i] = random.nextInt(4);
      double risk = (age[i] - 55) / 10 + (pressure[i] - 110) / 30 + (pain[i].equals("typical") ? 2 : -1) + vessels[i] - 1.5;
      ill[i] = random.nextDouble() < 1 / (1 + Math.exp(-2 * risk)) ? 1 : 0;
    }
    return Table.of(Map.of("age", Array.of(age, rows), "pressure", Array.of(pressure, rows), "pain", Array.of(pain, rows),
        "vessels", Array.of(vessels, rows), "ill", Array.of(ill, rows)));
  }
}
