package kerava;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The arrows between the rooms, and what the rooms and types are called. */
final class ArchitectureTest {
  /** From the top of the house to its ground; those beside each other do not know each other. */
  private static final List<Set<String>> FLOORS =
      List.of(
          Set.of("kerava.cli"),
          Set.of("kerava.examples"),
          Set.of("kerava.serving"),
          Set.of("kerava.report", "kerava.applications"),
          Set.of("kerava.train"),
          Set.of("kerava.saving"),
          Set.of("kerava.layers", "kerava.losses", "kerava.metrics", "kerava.optimizers"),
          Set.of("kerava.data"),
          Set.of("kerava"),
          Set.of("kerava.initializers", "kerava.regularizers", "kerava.constraints"),
          Set.of("kerava.images"),
          Set.of("kerava.graph"),
          Set.of("kerava.config", "kerava.files"));

  private static final JavaClasses MAIN =
      new ClassFileImporter()
          .withImportOption(location -> !location.contains("/test-classes/"))
          .importPackages("kerava");

  /** Each rule with a program that breaks it. */
  private enum Rule {
    IMPORTS_POINT_DOWN(
        classes().should(new ArrowsPointDown()),
        "package kerava.config; class Bad { kerava.graph.Other other; }",
        "package kerava.graph; public class Other {}"),
    NEIGHBOURS_DO_NOT_KNOW_EACH_OTHER(
        classes().should(new ArrowsPointDown()),
        "package kerava.layers; class Bad { void f() { new kerava.losses.Other(); } }",
        "package kerava.losses; public class Other {}"),
    GRAMMAR_KNOWS_NO_WORDS(
        classes().should(new ArrowsPointDown()),
        "package kerava; class Bad { java.util.List<kerava.layers.Other> others; }",
        "package kerava.layers; public class Other {}"),
    ROOMS_STAND_ON_THE_PLAN(
        classes().should(new ArrowsPointDown()), "package kerava.attic; class Bad {}"),
    PACKAGES_FORM_NO_CYCLE(
        slices().assignedFrom(new ByPackage()).should().beFreeOfCycles(),
        "package kerava.train; class Bad { kerava.train.inner.Other other; }",
        "package kerava.train.inner; public class Other extends kerava.train.Base {}",
        "package kerava.train; public class Base {}"),
    TRAIN_KNOWS_NO_CONCRETE_LAYER(
        ban("kerava.train", resideInAPackage("kerava.layers..")),
        "package kerava.train; class Bad { kerava.layers.Other other; }",
        "package kerava.layers; public class Other {}"),
    TRAIN_KNOWS_NO_FILE_FORMAT(
        ban("kerava.train", resideInAPackage("kerava.saving..")),
        "package kerava.train; class Bad { kerava.saving.Other other; }",
        "package kerava.saving; public class Other {}"),
    REPORT_KNOWS_NO_FILE_FORMAT(
        ban("kerava.report", resideInAPackage("kerava.saving..")),
        "package kerava.report; class Bad { kerava.saving.Other other; }",
        "package kerava.saving; public class Other {}"),
    SAVING_KNOWS_NO_DATA(
        ban("kerava.saving", resideInAPackage("kerava.data..")),
        "package kerava.saving; class Bad { kerava.data.Other other; }",
        "package kerava.data; public class Other {}"),
    SERVING_KNOWS_NO_TRAINING(
        ban("kerava.serving", resideInAPackage("kerava.train..")),
        "package kerava.serving; class Bad { kerava.train.Other other; }",
        "package kerava.train; public class Other {}"),
    DATA_KNOWS_NO_TENSORFLOW(
        ban(
            "kerava.data",
            resideInAPackage("org.tensorflow..")
                .and(not(resideInAPackage("org.tensorflow.ndarray..")))
                // Messages, such as tf.Example, which need no TensorFlow.
                .and(not(resideInAPackage("org.tensorflow.proto..")))),
        "package kerava.data; class Bad { org.tensorflow.Tensor tensor; }"),
    DATA_KNOWS_NO_MODELS(
        ban("kerava.data", named("kerava\\.(Model|Sequential|Layer|Node)")),
        "package kerava.data; class Bad { kerava.Model model; }",
        "package kerava; public interface Model {}"),
    CONFIG_KNOWS_NO_TENSORFLOW(
        ban("kerava.config", resideInAPackage("org.tensorflow..")),
        "package kerava.config; class Bad { org.tensorflow.ndarray.Shape shape; }"),
    SESSIONS_STAY_IN_THREE_ROOMS(
        noClasses()
            .that()
            .resideOutsideOfPackages("kerava.graph..", "kerava.train..", "kerava.saving..")
            .should()
            .dependOnClassesThat(named("org\\.tensorflow\\.(Session|SavedModelBundle)(\\$.*)?")),
        "package kerava.serving; class Bad { org.tensorflow.SavedModelBundle bundle; }"),
    ONE_GATE_LEADS_TO_THE_NATIVE_LIBRARY(
        noClasses()
            .that()
            .resideOutsideOfPackage("kerava.graph..")
            .should()
            .dependOnClassesThat(named("org\\.tensorflow\\.TensorFlow"))
            .orShould()
            .callConstructor(org.tensorflow.Graph.class)
            .orShould()
            .callConstructor(org.tensorflow.Session.class, org.tensorflow.Graph.class),
        "package kerava.saving; class Bad { String v = org.tensorflow.TensorFlow.version(); }"),
    ONLY_PROGRAMS_PRINT(
        noClasses()
            .that()
            .resideOutsideOfPackages("kerava.cli..", "kerava.examples..")
            .should(ACCESS_STANDARD_STREAMS),
        "package kerava.train; class Bad { void f() { System.out.println(1); } }"),
    ONE_DOOR_LEADS_TO_THE_TERMINAL(
        noClasses()
            .that()
            .resideInAPackage("kerava.cli..")
            .and()
            .haveNameNotMatching(
                "kerava\\.cli\\.(Main|terminal\\.(Console|NativeMessages|Terminal))")
            .should(ACCESS_STANDARD_STREAMS)
            .orShould()
            .dependOnClassesThat(named("java\\.io\\.Print(Writer|Stream)"))
            .orShould()
            .callMethod(picocli.CommandLine.class, "getOut")
            .orShould()
            .callMethod(picocli.CommandLine.class, "getErr")
            .orShould()
            .callMethod(me.tongfei.progressbar.ProgressBar.class, "setExtraMessage", String.class)
            .as("what goes to the terminal goes through the Console, which makes it visible"),
        "package kerava.cli; class Bad { void f(java.io.PrintWriter out) { out.println(1); } }"),
    NO_ROOM_FOR_ODDS_AND_ENDS(
        noClasses()
            .should()
            .resideInAnyPackage(
                "..internal..",
                "..util..",
                "..utils..",
                "..common..",
                "..impl..",
                "..helper..",
                "..helpers..",
                "..manager..",
                "..misc.."),
        "package kerava.train.internal; class Bad {}"),
    TYPES_SAY_WHAT_THEY_ARE(
        noClasses()
            .should()
            .haveNameMatching(".*(Utils?|Helpers?|Managers?|Impl)|.*[.$]Abstract\\w*"),
        "package kerava.train; class BadUtils {}"),
    NOTHING_IS_ABSTRACT_BY_NAME(
        TYPES_SAY_WHAT_THEY_ARE.rule, "package kerava.train; class AbstractBad {}"),
    PACKAGES_ARE_NULL_MARKED(
        classes()
            .should(
                ArchCondition.from(
                    describe(
                        "stand in a package marked @NullMarked",
                        type ->
                            type.getPackage()
                                .isAnnotatedWith("org.jspecify.annotations.NullMarked")))),
        // A room of its own: the class path holds the real package-info of the others.
        "package kerava.unmarked; class Bad {}");

    private final ArchRule rule;
    private final String[] broken;

    Rule(ArchRule rule, String... broken) {
      this.rule = rule.allowEmptyShould(true);
      this.broken = broken;
    }
  }

  @Test
  void looksAtTheRealClasses() {
    assertTrue(MAIN.contain("kerava.graph.Array"));
    assertFalse(MAIN.contain(ArchitectureTest.class), "tests are not part of the house");
  }

  @ParameterizedTest
  @EnumSource
  void holds(Rule rule) {
    rule.rule.check(MAIN);
  }

  @ParameterizedTest
  @EnumSource
  void isBrokenBy(Rule rule, @TempDir Path folder) {
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
    for (Rule rule : List.of(Rule.IMPORTS_POINT_DOWN, Rule.PACKAGES_FORM_NO_CYCLE)) {
      rule.rule.check(house);
    }
  }

  private static ArchRule ban(String room, DescribedPredicate<JavaClass> what) {
    return noClasses()
        .that()
        .resideInAPackage(room + "..")
        .should()
        .dependOnClassesThat(what)
        .as(room + " knows nothing of " + what.getDescription());
  }

  private static DescribedPredicate<JavaClass> named(String regex) {
    return describe("named " + regex, type -> type.getName().matches(regex));
  }

  /** Compares the floors of the two ends of each arrow. */
  private static final class ArrowsPointDown extends ArchCondition<JavaClass> {
    ArrowsPointDown() {
      super("import from lower floors only");
    }

    @Override
    public void check(JavaClass type, ConditionEvents events) {
      if (floor(room(type)) < 0) {
        events.add(SimpleConditionEvent.violated(type, type.getName() + ": no such room"));
      }
      for (Dependency arrow : type.getDirectDependenciesFromSelf()) {
        String from = room(type);
        String to = room(arrow.getTargetClass().getBaseComponentType());
        boolean ours = to.equals("kerava") || to.startsWith("kerava.");
        if (ours && !from.equals(to) && floor(from) >= floor(to)) {
          events.add(SimpleConditionEvent.violated(type, arrow.getDescription()));
        }
      }
    }

    /** The package, up to its second name: a room's own packages are part of it. */
    private static String room(JavaClass type) {
      String[] names = type.getPackageName().split("\\.", -1);
      return String.join(".", Arrays.copyOf(names, Math.min(2, names.length)));
    }

    private static int floor(String room) {
      for (int floor = 0; floor < FLOORS.size(); floor++) {
        if (FLOORS.get(floor).contains(room)) {
          return floor;
        }
      }
      return -1;
    }
  }

  private static final class ByPackage implements SliceAssignment {
    @Override
    public SliceIdentifier getIdentifierOf(JavaClass type) {
      return type.getPackageName().startsWith("kerava")
          ? SliceIdentifier.of(type.getPackageName())
          : SliceIdentifier.ignore();
    }

    @Override
    public String getDescription() {
      return "packages";
    }
  }
}
