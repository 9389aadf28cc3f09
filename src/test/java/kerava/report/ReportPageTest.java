package kerava.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import kerava.train.Evaluation;
import kerava.train.History;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.parser.Parser;
import org.junit.jupiter.api.Test;

final class ReportPageTest {
  @Test
  void isValidAndAsksForNothing() throws IOException {
    String html = html(Example.report());
    Parser parser = Parser.htmlParser().setTrackErrors(100);
    Document page = Jsoup.parse(html, "", parser);
    assertEquals(List.of(), parser.getErrors());
    for (String attribute : List.of("src", "href", "action", "srcset", "poster", "data")) {
      for (Element element : page.select("[" + attribute + "]")) {
        String value = element.attr(attribute);
        assertTrue(value.startsWith("data:image/png;base64,") || value.startsWith("#"), value);
      }
    }
    assertEquals(0, page.select("script, link, iframe, object, embed, base").size());
    assertFalse(html.contains("url("), "no picture or font from a style");
    assertFalse(html.contains("@import"));
    String words = html.replaceAll("data:image/png;base64,[^\"]*", "");
    assertFalse(words.contains("//"), "no address at all");
  }

  @Test
  void holdsThePicturesThemselves() throws IOException {
    Map<String, byte[]> files = ReportFiles.of(Example.report());
    Document page = page(Example.report());
    List<String> order =
        List.of("history.png", "predictions.png", "mistakes.png", "confusion.png", "samples.png");
    assertEquals(order.size(), page.select("img").size());
    for (int i = 0; i < order.size(); i++) {
      Element image = page.select("img").get(i);
      String uri = image.attr("src");
      byte[] png = Base64.getDecoder().decode(uri.substring(uri.indexOf(',') + 1));
      assertArrayEquals(files.get(order.get(i)), png, order.get(i));
      assertTrue(image.attr("alt").length() > 20, "says what it shows");
      int width = Example.image(png).getWidth();
      assertEquals(width / 2, Integer.parseInt(image.attr("width")), "twice as many pixels");
    }
  }

  @Test
  void saysWhatCameOut() throws IOException {
    Document page = page(Example.report());
    assertEquals("A small run: training report", page.title());
    assertEquals("75.0 % of 6 test samples named correctly", page.select(".headline").text());
    String figures = page.select(".figures").text();
    assertTrue(figures.contains("test loss 0.8750"), figures);
    assertTrue(figures.contains("training time 3.0 s"), figures);
    assertEquals(
        List.of("class 0 100.0 % 2 / 2", "class 1 50.0 % 1 / 2", "class 2 50.0 % 1 / 2"),
        page.select("#classes tbody tr").eachText());
    assertEquals(
        "width: 50.0%", page.select("#classes tbody tr").get(1).select("span").attr("style"));
    assertEquals(
        List.of("1 1.5 s 0.5000 1.5000 0.3750 1.2500", "2 1.5 s 0.6250 1.0000 0.5000 0.7500"),
        page.select("#epochs tbody tr").eachText());
    assertEquals(
        List.of("model cnn", "learning rate 0.001", "epochs 2"),
        page.select("#settings tr").eachText());
    assertEquals(
        Example.model().summary().strip(), page.select("pre.summary").get(0).wholeText().strip());
    assertEquals("./kerava predict model.keras cat.png", page.select("#next pre").text());
  }

  @Test
  void pointsOnlyAtWhatIsThere() throws IOException {
    History none = new History(new TreeMap<>(), List.of(), Optional.of("interrupted"));
    TrainingReport bare = TrainingReport.of(Example.model(), none, Example.test());
    for (TrainingReport report : List.of(bare, Example.report())) {
      Document page = page(report);
      for (Element link : page.select("a")) {
        assertNotNull(page.getElementById(link.attr("href").substring(1)), link.outerHtml());
      }
    }
    assertTrue(page(bare).text().contains("Training ended early: interrupted"));
    assertEquals(0, page(bare).select("#next, #settings, #curves").size());
  }

  @Test
  void escapesWhatItIsGiven() throws IOException {
    String evil = "<script>alert(\"1\")</script>&amp;'\"><img src=x>";
    TrainingReport report =
        Example.report()
            .title(evil)
            .settings(Map.of(evil, evil))
            .nextSteps(List.of(new NextStep(evil, evil)));
    Document page = page(report);
    assertEquals(evil, page.select("h1").text());
    assertEquals(evil + ": training report", page.title());
    assertEquals(evil, page.select("#settings td").text());
    assertEquals(evil, page.select("#next pre").get(0).wholeText());
    assertEquals(0, page.select("script").size());
    assertEquals(5, page.select("img").size());
  }

  @Test
  void takesItsVerdictsWhereNoAccuracyWasMeasured() throws IOException {
    TestRun run =
        new TestRun(
            Example.samples(), Example.test().predictions(), new Evaluation(Double.NaN, Map.of()));
    Document page = page(TrainingReport.of(Example.model(), Example.history(), run));
    assertTrue(page.select(".headline").text().startsWith("66.7 %"));
    assertTrue(page.select(".figures").text().contains("test loss not a number"));
  }

  @Test
  void roundsSharesHonestly() {
    assertEquals("100 %", ReportFiles.percent(1));
    assertEquals("> 99 %", ReportFiles.percent(0.9999));
    assertEquals("99 %", ReportFiles.percent(0.99));
    assertEquals("0 %", ReportFiles.percent(0.004));
  }

  private static Document page(TrainingReport report) throws IOException {
    return Jsoup.parse(html(report));
  }

  private static String html(TrainingReport report) throws IOException {
    byte[] page = ReportFiles.of(report).get("report.html");
    assertNotNull(page);
    return new String(page, StandardCharsets.UTF_8);
  }
}
