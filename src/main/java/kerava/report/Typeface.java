package kerava.report;

import java.awt.Font;
import java.awt.FontFormatException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import kerava.files.Draft;

/**
 * The font of all pictures: DejaVu Sans, which comes with the library, so that pictures look the
 * same everywhere and a machine needs no fonts of its own.
 */
final class Typeface {
  /** Which file tells Java's own font names apart; read once, when the first font is made. */
  private static final String FONT_CONFIG = "sun.awt.fontconfig";

  private final Font font;

  private Typeface(Font font) {
    this.font = font;
  }

  /**
   * Makes the font ready to draw with.
   *
   * @throws IOException if Java cannot draw text on this machine; the message says what to install
   */
  static Typeface load() throws IOException {
    try {
      return new Typeface(create());
    } catch (IOException | RuntimeException | InternalError | LinkageError first) {
      // Java refuses to make any font, even from a file, where the system has none.
      try {
        return withoutSystemFonts();
      } catch (IOException | RuntimeException | InternalError | LinkageError second) {
        throw new IOException(
            "Report: expected Java to draw text, got \"%s\". Are freetype and fontconfig installed (Debian: apt-get install libfreetype6 libfontconfig1), and is there room for temporary files?"
                .formatted(second.getMessage()),
            second);
      }
    }
  }

  private static Font create() throws IOException {
    try (InputStream file = open()) {
      return Font.createFont(Font.TRUETYPE_FONT, file);
    } catch (FontFormatException e) {
      throw new IOException("Report: expected a readable font, got " + e.getMessage() + ".", e);
    }
  }

  private static InputStream open() throws IOException {
    InputStream file = Typeface.class.getResourceAsStream("DejaVuSans.ttf");
    if (file == null) {
      throw new IOException(
          "Report: expected DejaVuSans.ttf beside the classes, got no such file.");
    }
    return file;
  }

  /** Tells Java that our font is the system's only one, unless somebody told it otherwise. */
  private static Typeface withoutSystemFonts() throws IOException {
    if (System.getProperty(FONT_CONFIG) != null) {
      return new Typeface(create());
    }
    // Java goes on reading both files for as long as it runs.
    Draft draft = Draft.temporary();
    Path file = draft.path();
    Path config = draft.another();
    draft.keep();
    try (InputStream from = open()) {
      Files.write(file, from.readAllBytes());
    }
    Files.writeString(config, fontConfig(file));
    System.setProperty(FONT_CONFIG, config.toString());
    try {
      return new Typeface(create());
    } finally {
      System.clearProperty(FONT_CONFIG);
    }
  }

  private static String fontConfig(Path file) {
    StringBuilder text = new StringBuilder("version=1\nsequence.allfonts=latin-1\n");
    for (String name : List.of("dialog", "dialoginput", "sansserif", "serif", "monospaced")) {
      for (String style : List.of("plain", "bold", "italic", "bolditalic")) {
        text.append(name).append('.').append(style).append(".latin-1=DejaVu Sans\n");
      }
    }
    return text.append("filename.DejaVu_Sans=").append(file).append('\n').toString();
  }

  /** The font in a size, in pixels. */
  Font plain(float size) {
    return font.deriveFont(size);
  }

  /** The font in bold in a size, in pixels. */
  Font bold(float size) {
    return font.deriveFont(Font.BOLD, size);
  }

  /** The same font, or the system's where ours lacks a character, as for Chinese class names. */
  static Font able(Font font, String text) {
    if (font.canDisplayUpTo(text) < 0) {
      return font;
    }
    Font other = new Font(Font.SANS_SERIF, font.getStyle(), font.getSize());
    return other.canDisplayUpTo(text) < 0 || other.canDisplayUpTo(text) > font.canDisplayUpTo(text)
        ? other
        : font;
  }
}
