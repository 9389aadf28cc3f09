package kerava.cli;

import java.io.PrintWriter;
import java.io.StringWriter;

/**
 * What a command line gave.
 *
 * @param code how it ended
 * @param out what it printed
 * @param err what it complained about
 */
public record Run(int code, String out, String err) {
  /** Runs a command line in this process. */
  public static Run of(Object... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    String[] words = new String[args.length];
    for (int i = 0; i < args.length; i++) {
      words[i] = String.valueOf(args[i]);
    }
    int code = Main.run(new PrintWriter(out, true), new PrintWriter(err, true), words);
    return new Run(code, out.toString(), err.toString());
  }
}
