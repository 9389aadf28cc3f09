package kerava;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;

/** Each rule with a program that breaks it. */
enum ArchitectureRule {
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
  WINGS_OF_SAVING_KNOW_NO_FACE(
      noClasses()
          .that()
          .resideInAPackage("kerava.saving.*..")
          .should()
          .dependOnClassesThat(resideInAPackage("kerava.saving")),
      "package kerava.saving.json; class Bad { kerava.saving.Other other; }",
      "package kerava.saving; public class Other {}"),
  ONLY_SAVING_KNOWS_ITS_WINGS(
      noClasses()
          .that()
          .resideOutsideOfPackage("kerava.saving..")
          .should()
          .dependOnClassesThat(resideInAPackage("kerava.saving.*..")),
      "package kerava.cli; class Bad { kerava.saving.savedmodel.check.Other other; }",
      "package kerava.saving.savedmodel.check; public class Other {}"),
  SERVING_KNOWS_NO_TRAINING(
      ban("kerava.serving", resideInAPackage("kerava.train..")),
      "package kerava.serving; class Bad { kerava.train.Other other; }",
      "package kerava.train; public class Other {}"),
  TRAINING_HIDES_ITS_GRAPH(
      noClasses()
          .that()
          .resideOutsideOfPackage("kerava.train..")
          .should()
          .dependOnClassesThat(resideInAPackage("kerava.train.graph..")),
      "package kerava.cli; class Bad { kerava.train.graph.Other other; }",
      "package kerava.train.graph; public class Other {}"),
  ONLY_TRAINING_TAKES_STEPS(
      noClasses()
          .that()
          .resideOutsideOfPackages("kerava.train..", "kerava.optimizers.step..")
          .should()
          .dependOnClassesThat(resideInAPackage("kerava.optimizers.step..")),
      "package kerava.saving; class Bad { kerava.optimizers.step.Other other; }",
      "package kerava.optimizers.step; public class Other {}"),
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
  WINGS_OF_DATA_ARE_HIDDEN(
      noClasses()
          .that()
          .resideOutsideOfPackage("kerava.data..")
          .should()
          .dependOnClassesThat(resideInAPackage("kerava.data.*..")),
      "package kerava.train; class Bad { kerava.data.npy.Other other; }",
      "package kerava.data.npy; public class Other {}"),
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
          .haveNameNotMatching("kerava\\.cli\\.(Main|terminal\\.(Console|NativeMessages|Terminal))")
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

  final ArchRule rule;
  final String[] broken;

  ArchitectureRule(ArchRule rule, String... broken) {
    this.rule = rule.allowEmptyShould(true);
    this.broken = broken;
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
}
