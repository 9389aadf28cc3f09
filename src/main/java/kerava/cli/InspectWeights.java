package kerava.cli;

import java.util.List;
import java.util.Locale;
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
    List<String> names = listing.entries().stream().map(InspectWeights::name).toList();
    int width = names.stream().mapToInt(String::length).max().orElse(0);
    for (int i = 0; i < names.size(); i++) {
      Entry entry = listing.entries().get(i);
      String line =
          String.format(
              Locale.ROOT,
              "%-" + Math.max(1, width) + "s  %-8s %s  %,d",
              names.get(i),
              entry.type(),
              entry.shape(),
              entry.size());
      console.line(line);
    }
    console.line("");
    console.line("Parameters: " + total(listing, Role.WEIGHT));
    if (listing.count(Role.STATE) > 0) {
      console.line("Of an optimizer and metrics: " + total(listing, Role.STATE));
    }
  }

  private static String name(Entry entry) {
    return entry.path() + entry.layer().map(layer -> " (" + layer + ")").orElse("");
  }

  private static String total(WeightsListing listing, Role role) {
    return String.format(
        Locale.ROOT, "%,d in %d arrays", listing.numbers(role), listing.count(role));
  }
}
