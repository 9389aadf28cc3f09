package kerava;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The arrows between the rooms, and what the rooms and types are called. */
final class ArchitectureTest {
  private static final JavaClasses MAIN =
      new ClassFileImporter()
          .withImportOption(location -> !location.contains("/test-classes/"))
          .importPackages("kerava");

  @Test
  void looksAtTheRealClasses() {
    assertTrue(MAIN.contain("kerava.graph.Array"));
    assertFalse(MAIN.contain(ArchitectureTest.class), "tests are not part of the house");
  }

  @ParameterizedTest
  @EnumSource
  void holds(ArchitectureRule rule) {
    rule.rule.check(MAIN);
  }

  @ParameterizedTest
  @EnumSource
  void isBrokenBy(ArchitectureRule rule, @TempDir Path folder) {
    var result = rule.rule.evaluate(Fixture.compile(folder, rule.broken));
    assertTrue(result.hasViolation(), () -> Arrays.toString(rule.broken));
    assertTrue(result.getFailureReport().toString().contains("Bad"));
  }

  @Test
  void letsArrowsPointDown(@TempDir Path folder) {
    JavaClasses house =
        Fixture.compile(
            folder,
            "package kerava.cli; class Good { kerava.train.Other t; kerava.config.Other c; }",
            "package kerava.train; public class Other { kerava.Word root; Runnable own; }",
            "package kerava; public class Word { kerava.initializers.Other i; }",
            "package kerava.initializers; public class Other { kerava.config.Other[][] c; }",
            "package kerava.config; public class Other {}");
    for (ArchitectureRule rule :
        List.of(ArchitectureRule.IMPORTS_POINT_DOWN, ArchitectureRule.PACKAGES_FORM_NO_CYCLE)) {
      rule.rule.check(house);
    }
  }
}
