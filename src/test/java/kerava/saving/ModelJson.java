package kerava.saving;

import com.fasterxml.jackson.databind.JsonNode;
import kerava.Model;
import kerava.config.Source;
import kerava.saving.json.ConfigMigration;
import kerava.saving.json.ModelReader;

/** Models and settings in Keras' JSON, for tests of other rooms. */
public final class ModelJson {
  private ModelJson() {}

  /** What Keras wrote, in plain form. */
  public static Source source(JsonNode written) {
    JsonNode plain = new ConfigMigration(Registry.standard().catalog()).plain(written, "$");
    return Source.root(plain, Registry.standard().catalog());
  }

  /** A model in Keras' JSON. */
  public static Model model(JsonNode written) {
    return ModelReader.read(source(written)).model();
  }
}
