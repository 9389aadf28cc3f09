package kerava.saving;

import java.util.List;
import kerava.TestDevice;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Ten steps of models with recurrent layers: losses and weights are those of Keras. */
@Tag(TestDevice.TAG)
final class RecurrentTrainingTest {
  static List<TypedModel> cases() {
    return TypedModel.all("recurrent_training.json");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void trainsAsKerasDoes(TypedModel given) {
    AttentionTrainingTest.check(given);
  }
}
