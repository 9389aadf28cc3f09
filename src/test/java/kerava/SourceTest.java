package kerava;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LineMap;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.tools.JavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/** What class files do not show: the length of files and methods, and what is documented. */
final class SourceTest {
  private static final int FILE_LINES = 250;
  private static final int METHOD_LINES = 60;

  @Test
  void mainSourcesKeepTheRules() throws IOException {
    try (var manager =
        ToolProvider.getSystemJavaCompiler().getStandardFileManager(null, null, null)) {
      assertEquals("", findings(manager.getJavaFileObjectsFromPaths(sources("main"))));
    }
  }

  @Test
  void testSourcesAreShort() throws IOException {
    List<String> tooLong = new ArrayList<>();
    for (Path file : sources("test")) {
      try (Stream<String> lines = Files.lines(file)) {
        long count = lines.count();
        if (count > FILE_LINES) {
          tooLong.add(file + ": " + count + " lines, at most " + FILE_LINES + " are wanted");
        }
      }
    }
    assertEquals("", String.join("\n", tooLong));
  }

  private static List<Path> sources(String kind) throws IOException {
    try (Stream<Path> tree = Files.walk(Path.of("src", kind, "java"))) {
      List<Path> files = tree.filter(file -> file.toString().endsWith(".java")).toList();
      assertTrue(files.size() > 1, "looks at the real sources");
      return files;
    }
  }

  @Test
  void findsUndocumentedTypes() {
    assertEquals("A.java:1: A has no Javadoc", findings("package a; public class A {}"));
    assertEquals("A.java:1: A has no Javadoc", findings("package a; public record A(int b) {}"));
    assertEquals(
        "A.java:3: A has no Javadoc",
        findings("package a;\n/* A comment, but not Javadoc. */\npublic enum A {}"));
    assertEquals("", findings("package a; class A { public class B {} public void c() {} }"));
    assertEquals("", findings("package a; /** Fine. */ public @interface A {}"));
  }

  @Test
  void findsUndocumentedMembers() {
    assertEquals(
        "A.java:2: b has no Javadoc",
        findings("package a; /** A. */ public interface A {\nint b();}"));
    assertEquals(
        "A.java:1: B has no Javadoc",
        findings("package a; /** A. */ public class A { public enum B {} }"));
    assertEquals(
        "A.java:1: <init> has no Javadoc",
        findings("package a; /** A. */ public class A { public A() {} }"));
    assertEquals(
        "",
        findings(
            """
            package a;
            /** A record documents its components, an overriding method inherits its words. */
            public record A(int b) {
              public A {}
              @Override public String toString() { return ""; }
              static void notPublic() { class Local { public void f() {} } }
            }
            """));
  }

  @Test
  void findsLongFiles() {
    assertEquals("", findings("package a; class A {}" + "\n".repeat(FILE_LINES - 1)));
    assertEquals(
        "A.java:1: " + (FILE_LINES + 1) + " lines, at most " + FILE_LINES + " are wanted",
        findings("package a; class A {}\n" + "//\n".repeat(FILE_LINES)));
  }

  @Test
  void findsLongMethods() {
    String body = "\n".repeat(METHOD_LINES - 1);
    assertEquals("", findings("package a;\n\nclass A { void f() {" + body + "} }"));
    assertEquals(
        "A.java:3: f has 61 lines, at most 60 are wanted",
        findings("package a;\n\nclass A { void f() {" + body + "\n} }"));
  }

  private static String findings(String text) {
    return findings(List.of(new Fixture(text)));
  }

  private static String findings(Iterable<? extends JavaFileObject> sources) {
    JavacTask task =
        (JavacTask)
            ToolProvider.getSystemJavaCompiler()
                .getTask(null, null, null, List.of("-proc:none"), null, sources);
    Inspector inspector = new Inspector(DocTrees.instance(task));
    try {
      for (CompilationUnitTree file : task.parse()) {
        inspector.inspect(file);
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return String.join("\n", inspector.findings);
  }

  /** Walks through files and writes down what is wrong with them. */
  private static final class Inspector extends TreePathScanner<Void, Boolean> {
    final List<String> findings = new ArrayList<>();
    private final DocTrees docs;

    Inspector(DocTrees docs) {
      this.docs = docs;
    }

    void inspect(CompilationUnitTree file) throws IOException {
      String text = file.getSourceFile().getCharContent(true).toString();
      long lines = text.lines().count();
      if (lines > FILE_LINES) {
        report(file, 1, lines + " lines, at most " + FILE_LINES + " are wanted");
      }
      scan(new TreePath(file), true);
    }

    @Override
    public Void visitClass(ClassTree type, Boolean seen) {
      boolean visible = seen && isPublic(type.getModifiers());
      if (visible) {
        wantJavadoc(type.getSimpleName());
      }
      return super.visitClass(type, visible);
    }

    @Override
    public Void visitMethod(MethodTree method, Boolean seen) {
      if (seen && isPublic(method.getModifiers()) && !inheritsWords(method)) {
        wantJavadoc(method.getName());
      }
      long lines = line(endOf(method)) - line(startOf(method)) + 1;
      if (lines > METHOD_LINES) {
        String length = " has " + lines + " lines, at most " + METHOD_LINES + " are wanted";
        report(
            getCurrentPath().getCompilationUnit(),
            line(startOf(method)),
            method.getName() + length);
      }
      return super.visitMethod(method, false);
    }

    private boolean isPublic(ModifiersTree modifiers) {
      Tree parent = getCurrentPath().getParentPath().getLeaf();
      boolean implicitly =
          parent.getKind() == Tree.Kind.INTERFACE
              && !modifiers.getFlags().contains(Modifier.PRIVATE);
      return implicitly || modifiers.getFlags().contains(Modifier.PUBLIC);
    }

    /** Whether it overrides something documented, or is a record's constructor. */
    private boolean inheritsWords(MethodTree method) {
      Tree parent = getCurrentPath().getParentPath().getLeaf();
      return (parent.getKind() == Tree.Kind.RECORD && method.getReturnType() == null)
          || method.getModifiers().getAnnotations().stream()
              .anyMatch(a -> a.getAnnotationType().toString().equals("Override"));
    }

    private void wantJavadoc(CharSequence name) {
      if (docs.getDocComment(getCurrentPath()) == null) {
        long line = line(startOf(getCurrentPath().getLeaf()));
        report(getCurrentPath().getCompilationUnit(), line, name + " has no Javadoc");
      }
    }

    private long startOf(Tree tree) {
      return docs.getSourcePositions()
          .getStartPosition(getCurrentPath().getCompilationUnit(), tree);
    }

    private long endOf(Tree tree) {
      return docs.getSourcePositions().getEndPosition(getCurrentPath().getCompilationUnit(), tree);
    }

    private long line(long position) {
      LineMap map = getCurrentPath().getCompilationUnit().getLineMap();
      return map.getLineNumber(position);
    }

    private void report(CompilationUnitTree file, long line, String what) {
      Path name = Path.of(file.getSourceFile().getName()).getFileName();
      findings.add(name + ":" + line + ": " + what);
    }
  }
}
