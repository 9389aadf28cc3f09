package kerava.report;

/**
 * Something to do with the trained model, offered at the end of a report.
 *
 * @param label what it does, in a few words: "Name what an image shows"
 * @param command what to type, one or several lines
 */
public record NextStep(String label, String command) {}
