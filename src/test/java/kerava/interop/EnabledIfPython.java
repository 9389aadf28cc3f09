package kerava.interop;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Runs a test only where {@code KERAVA_PYTHON} names a Python with {@code tools/requirements.txt},
 * and says so where it does not. Where {@code KERAVA_REQUIRE_PYTHON} is 1, the test runs and fails.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(EnabledIfPython.Condition.class)
public @interface EnabledIfPython {
  /** Looks at the environment. */
  final class Condition implements ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      if (PythonReference.isThere()) {
        return ConditionEvaluationResult.enabled("KERAVA_PYTHON is set");
      }
      if (PythonReference.isRequired()) {
        return ConditionEvaluationResult.enabled("KERAVA_REQUIRE_PYTHON is 1");
      }
      System.err.println(
          "SKIPPED " + context.getDisplayName() + ": KERAVA_PYTHON does not name a Python");
      return ConditionEvaluationResult.disabled("KERAVA_PYTHON does not name a Python");
    }
  }
}
