package kerava.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import kerava.cli.terminal.Console;
import kerava.saving.WeightsListing;
import kerava.saving.WeightsListing.Entry;
import kerava.saving.WeightsListing.Role;

/** What is said of a file that holds weights alone. */
final class InspectWeights {
  private InspectWeights() {}

  static void print(Console console, WeightsListing listing) {
    console.line("Weights alone, in " + listing.format() + ".");
    console.line("They need the model that they are of: a file with its layers, or Python.");
    console.line("");
    table(listing.entries()).forEach(console::line);
    console.line("");
    console.line("Parameters: " + total(listing, Role.WEIGHT));
    if (listing.count(Role.STATE) > 0) {
      console.line("Of an optimizer and metrics: " + total(listing, Role.STATE));
    }
  }

  private static List<String> table(List<Entry> entries) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("Path (layer)", "Type", "Shape", "Numbers"));
    entries.forEach(entry -> rows.add(row(entry)));
    List<Integer> widths = new ArrayList<>();
    for (int column = 0; column < rows.get(0).size(); column++) {
      int place = column;
      widths.add(rows.stream().mapToInt(row -> row.get(place).length()).max().orElse(0));
    }
    return rows.stream().map(row -> line(row, widths)).toList();
  }

  private static List<String> row(Entry entry) {
    String name = entry.path() + entry.layer().map(layer -> " (" + layer + ")").orElse("");
    return List.of(name, entry.type(), entry.shape().toString(), count(entry.size()));
  }

  private static String line(List<String> row, List<Integer> widths) {
    StringBuilder line = new StringBuilder();
    for (int column = 0; column < row.size(); column++) {
      String text = row.get(column);
      line.append(text).append(" ".repeat(widths.get(column) - text.length() + 2));
    }
    return line.toString().stripTrailing();
  }

  private static String total(WeightsListing listing, Role role) {
    return count(listing.numbers(role)) + " in " + listing.count(role) + " arrays";
  }

  private static String count(long numbers) {
    return String.format(Locale.ROOT, "%,d", numbers);
  }
}
