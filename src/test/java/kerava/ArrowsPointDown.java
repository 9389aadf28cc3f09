package kerava;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** Compares the floors of the two ends of each arrow. */
final class ArrowsPointDown extends ArchCondition<JavaClass> {
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
          Set.of("kerava.functional"),
          Set.of("kerava.images"),
          Set.of("kerava.graph"),
          Set.of("kerava.files"),
          Set.of("kerava.config"));

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
