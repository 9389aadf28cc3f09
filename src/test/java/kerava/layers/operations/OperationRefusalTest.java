package kerava.layers.operations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import kerava.Input;
import kerava.Node;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Keras refuses as well, if only when the model predicts. */
final class OperationRefusalTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Take | {`axis`: 1} | [{`tensor`: 0}, [0, 3]] | indices: expected places along an axis of 3, got [0,3].",
        "Take | {`axis`: 1} | [{`tensor`: 0}, -4] | indices: expected places along an axis of 3, got -4.",
        "Glu | {`axis`: 1} | [{`tensor`: 0}] | axis: expected one of an even size, got 1.",
        "Repeat | {`axis`: 1, `repeats`: [1, 2]} | [{`tensor`: 0}] | repeats: expected one number, or 3, got [1,2].",
        "Repeat | {`axis`: 1, `repeats`: 2000000000} | [{`tensor`: 0}] | repeats: expected numbers from 0 to 65536, got 2000000000.",
        "Moveaxis | {`source`: [1, 2], `destination`: [1]} | [{`tensor`: 0}] | destination: expected as many axes as in source, got [1].",
        "Roll | {`axis`: [1, 2], `shift`: [1, 2, 3]} | [{`tensor`: 0}] | shift: expected one number, or one an axis, got [1,2,3].",
        "Rot90 | {`k`: 2, `axes`: [1, 2]} | [{`tensor`: 0}] | k: expected one or three quarter turns, as Keras turns by two otherwise than numpy, got 2.",
        "Diagonal | {`offset`: 4, `axis1`: 1, `axis2`: 2} | [{`tensor`: 0}] | offset: expected that of a diagonal within the matrix, got 4.",
        "Cumprod | {} | [{`tensor`: 0}] | axis: expected an axis, got null.",
      })
  void argumentsThatDoNotFitAreRefused(String name, String made, String args, String problem)
      throws IOException {
    Operation operation =
        Operation.of(
            name,
            (ObjectNode) JSON.readTree(made.replace('`', '"')),
            (ArrayNode) JSON.readTree(args.replace('`', '"')),
            JSON.createObjectNode());
    Node input = Input.of(3, 4);
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> operation.apply(input));
    assertEquals(name + ": " + name + " " + problem, e.getMessage());
  }
}
