package kerava.reliability;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;

/** Ends the process where one input takes too long. */
final class FuzzWatch {
  /** The processor time that one input may take, in seconds. */
  static final int SECONDS = 10;

  /** How the process ends where an input takes too long. */
  static final int HANGS = 99;

  private volatile long beganCpu = -1;
  private volatile long beganNanos;

  private static long cpu() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  void watch() {
    Thread watch =
        new Thread(
            () -> {
              while (true) {
                try {
                  TimeUnit.MILLISECONDS.sleep(100);
                } catch (InterruptedException e) {
                  return;
                }
                long began = beganCpu;
                if (began >= 0
                    && (cpu() - began > TimeUnit.SECONDS.toNanos(SECONDS)
                        || System.nanoTime() - beganNanos
                            > TimeUnit.SECONDS.toNanos(SECONDS * 12))) {
                  Runtime.getRuntime().halt(HANGS);
                }
              }
            },
            "watch");
    watch.setDaemon(true);
    watch.start();
  }

  /** An input is about to be read. */
  void begin() {
    beganNanos = System.nanoTime();
    beganCpu = cpu();
  }

  /** It is read. */
  void end() {
    beganCpu = -1;
  }
}
