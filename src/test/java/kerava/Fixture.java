package kerava;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** A source file that stands in a test, because no such file may stand in the tree. */
final class Fixture extends SimpleJavaFileObject {
  private static final Pattern PACKAGE = Pattern.compile("package ([\\w.]+);");
  private static final Pattern TYPE = Pattern.compile("(?:class|interface|record|enum) (\\w+)");

  private final String text;

  Fixture(String text) {
    super(URI.create("string:///" + path(text)), Kind.SOURCE);
    this.text = text;
  }

  private static String path(String text) {
    Matcher room = PACKAGE.matcher(text);
    Matcher type = TYPE.matcher(text);
    assertTrue(room.find(), text);
    return room.group(1).replace('.', '/')
        + (type.find() ? "/" + type.group(1) : "/package-info")
        + ".java";
  }

  @Override
  public CharSequence getCharContent(boolean ignoreEncodingErrors) {
    return text;
  }

  /** The classes of these sources, compiled into the folder. */
  static JavaClasses compile(Path folder, String... sources) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    var complaints = new DiagnosticCollector<JavaFileObject>();
    var options = List.of("-proc:none", "-d", folder.toString());
    var files = List.of(sources).stream().map(Fixture::new).toList();
    assertTrue(
        compiler.getTask(null, null, complaints, options, null, files).call(),
        () -> complaints.getDiagnostics().toString());
    return new ClassFileImporter().importPath(folder);
  }
}
