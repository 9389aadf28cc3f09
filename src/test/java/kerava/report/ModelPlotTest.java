package kerava.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import kerava.Input;
import kerava.Model;
import kerava.Node;
import kerava.Sequential;
import kerava.SharedLayer;
import kerava.applications.FastNet;
import kerava.applications.ResNet;
import kerava.applications.WideResNet;
import kerava.layers.Add;
import kerava.layers.Concatenate;
import kerava.layers.Conv2D;
import kerava.layers.Dense;
import kerava.layers.Flatten;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.parser.Parser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class ModelPlotTest {
  private static Document read(Model model) {
    return Jsoup.parse(ModelPlot.svg(model), "", Parser.xmlParser());
  }

  private static List<String> words(Document picture) {
    return picture.select("text").eachText();
  }

  private static Model plain() {
    return Sequential.of(
        Input.of(8, 8, 3), Conv2D.of(4, 3), Flatten.of(), Dense.of(1000).named("out"));
  }

  private static Model nested() {
    Node image = Input.of(8, 8, 3);
    Node inside = plain().named("inside").apply(image);
    return Model.of(image, inside.then(Dense.of(2)));
  }

  private static Model shared() {
    SharedLayer tower = SharedLayer.of(Dense.of(5));
    Node left = Input.of(3);
    Node right = Input.of(3);
    Node both = Concatenate.of().apply(tower.apply(left), tower.apply(right));
    return Model.of(List.of(left, right), List.of(both.then(Dense.of(2)), both.then(Dense.of(3))));
  }

  private static Model dense() {
    Node x = Input.of(4);
    List<Node> all = new ArrayList<>(List.of(x));
    for (int i = 0; i < 6; i++) {
      all.add(Add.of().apply(all.stream().map(n -> n.then(Dense.of(7))).toArray(Node[]::new)));
    }
    return Model.of(x, all.get(all.size() - 1));
  }

  static Stream<Model> models() {
    return Stream.of(
        plain(),
        nested(),
        shared(),
        dense(),
        ResNet.cifar(20).model(),
        ResNet.cifar(110).model(),
        WideResNet.of(16, 2).dropout(0.1).model(),
        FastNet.of(8, 8).residual(true).model());
  }

  @Test
  void saysWhatTheLayersAre() {
    List<String> words = words(read(plain()));
    assertEquals("sequential", words.get(0));
    assertEquals("Sequential of 3 layers, 145,112 parameters, all of them trained", words.get(1));
    assertEquals(
        List.of("conv2d", "Conv2D", "6 × 6 × 4", "112", "flatten", "Flatten", "144"),
        words.subList(5, 12));
    assertTrue(words.containsAll(List.of("out", "Dense", "1000", "145,000")), words.toString());
  }

  @Test
  void aKernelBeginsABox() {
    Document picture = read(plain());
    assertEquals(3, picture.select("rect.b").size());
    assertEquals(2, picture.select("path.l").size());
  }

  @Test
  void framesModelsWithinTheModel() {
    Document picture = read(nested());
    assertEquals(1, picture.select("rect.f").size());
    assertTrue(words(picture).containsAll(List.of("inside", "conv2d", "out", "dense")));
  }

  @Test
  void countsTheCallsOfASharedLayer() {
    List<String> words = words(read(shared()));
    assertTrue(words.containsAll(List.of("Dense, call 1", "Dense, call 2")), words.toString());
    assertEquals(1, words.stream().filter("20"::equals).count(), "its parameters once");
  }

  @Test
  void saysWhatIsFrozen() {
    List<String> words = words(read(plain().frozen("conv2d"::equals)));
    assertTrue(words.contains("Conv2D, frozen"), words.toString());
    assertTrue(words.get(1).endsWith("145,112 parameters, 145,000 of them trained"), words.get(1));
  }

  @Test
  void namesMayHoldAnything() {
    String name = "a<b>&\"c'\u0001]]>";
    Model model = Sequential.of(Input.of(3), Dense.of(2).named(name)).named("<script>");
    String svg = ModelPlot.svg(model);
    assertFalse(svg.contains("<script>"), svg);
    List<String> words = words(read(model));
    assertEquals("<script>", words.get(0));
    assertTrue(words.contains(name.replace("\u0001", "\\u0001")), words.toString());
  }

  @Test
  void cutsNamesThatAreTooLong() {
    Model model = Sequential.of(Input.of(3), Dense.of(2).named("n".repeat(300)));
    assertTrue(words(read(model)).contains("n".repeat(47) + "…"));
  }

  @ParameterizedTest
  @MethodSource("models")
  void nothingLiesOnAnythingElse(Model model) {
    PlotGraph graph = PlotGraph.of(model);
    check(PlotLayout.of(graph));
    assertEquals(
        model.layersWithInputs().stream().mapToInt(step -> step.calls().size()).sum(),
        graph.boxes().stream().mapToInt(box -> box.rows().size()).sum());
  }

  private static void check(PlotLayout layout) {
    List<PlotBox> boxes = layout.boxes();
    for (PlotBox one : boxes) {
      assertTrue(one.left() >= 0 && one.top() >= 0);
      assertTrue(one.right() <= layout.width() && one.bottom() <= layout.height());
      for (PlotBox other : boxes) {
        boolean apart =
            one == other
                || one.right() < other.left()
                || other.right() < one.left()
                || !one.overlaps(other.top(), other.bottom());
        assertTrue(apart, () -> one.rows() + " on " + other.rows());
      }
      one.inner().ifPresent(ModelPlotTest::check);
    }
    assertTrue(layout.lines().stream().allMatch(line -> line.right() <= layout.width()));
  }

  @Test
  void linesGoDown() {
    for (Model model : models().toList()) {
      PlotGraph graph = PlotGraph.of(model);
      graph.boxes().forEach(box -> assertTrue(graph.parents(box).stream().allMatch(p -> p != box)));
      PlotLayout layout = PlotLayout.of(graph);
      long ghosts = layout.boxes().stream().filter(PlotBox::ghost).count();
      assertEquals(graph.links().size() + ghosts, layout.lines().size());
    }
  }

  @Test
  void goesOnInColumnsWhereItIsTall() {
    PlotLayout layout = PlotLayout.of(PlotGraph.of(ResNet.cifar(110).model()));
    List<PlotBox> ghosts = layout.boxes().stream().filter(PlotBox::ghost).toList();
    assertEquals(2, ghosts.size());
    assertTrue(layout.height() < 2 * layout.width());
    for (PlotBox ghost : ghosts) {
      PlotBox below =
          layout.boxes().stream()
              .filter(box -> box != ghost && Math.abs(box.left() - ghost.left()) < 1)
              .findFirst()
              .orElseThrow();
      assertTrue(below.top() > ghost.bottom());
    }
  }

  @Test
  void writesAFile(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("pictures/net.svg");
    ModelPlot.write(plain(), file);
    assertEquals(ModelPlot.svg(plain()), Files.readString(file));
    try (Stream<Path> files = Files.list(file.getParent())) {
      assertEquals(1, files.count());
    }
  }
}
