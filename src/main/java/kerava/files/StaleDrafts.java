package kerava.files;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.io.file.PathUtils;

/** The drafts that killed processes left: a lock file without a lock, and all of its name. */
final class StaleDrafts {
  static final String LOCK = ".lock";
  static final String PART = ".part";

  private static final String START = ".kerava-";
  private static final Pattern LOCK_NAME =
      Pattern.compile("(\\.kerava-\\w+-\\w+-)(\\w+-)\\w+\\.lock");

  private static final String PROCESS = START + processName();

  /** Where another loader of classes has a copy of this one, it knows the locks of its own only. */
  private static final String COPY =
      Integer.toString(new SecureRandom().nextInt(1 << 30), 36) + "-";

  private StaleDrafts() {}

  private static String processName() {
    ProcessHandle process = ProcessHandle.current();
    long start = process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    return Long.toString(process.pid(), 36) + "-" + Long.toString(start, 36) + "-";
  }

  /** The start of the names of a draft. */
  static String name(long number) {
    return PROCESS + COPY + Long.toString(number, 36);
  }

  /**
   * Removes what can be removed.
   *
   * @param own a file of this user, to tell others' by
   */
  static void remove(Path folder, Path own) {
    try {
      List<Path> locks = named(folder, StaleDrafts::mayBeLeft);
      if (!locks.isEmpty()) {
        UserPrincipal user = Files.getOwner(own, LinkOption.NOFOLLOW_LINKS);
        for (Path lock : locks) {
          removeOne(lock, user);
        }
      }
    } catch (IOException | DirectoryIteratorException | UnsupportedOperationException e) {
      return; // Who cannot tidy up can write nevertheless.
    }
  }

  private static boolean mayBeLeft(String name) {
    Matcher parts = LOCK_NAME.matcher(name);
    return parts.matches() && (!parts.group(1).equals(PROCESS) || parts.group(2).equals(COPY));
  }

  private static List<Path> named(Path folder, Predicate<String> which) throws IOException {
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        if (which.test(String.valueOf(file.getFileName()))) {
          found.add(file);
        }
      }
    }
    return found;
  }

  private static void removeOne(Path lock, UserPrincipal user) throws IOException {
    String whole = String.valueOf(lock.getFileName());
    String name = whole.substring(0, whole.length() - LOCK.length());
    Pattern parts = Pattern.compile(Pattern.quote(name) + "\\.\\d+" + Pattern.quote(PART));
    if (!isOf(user, lock)) {
      return;
    }
    Optional<LockFile> dead = LockFile.abandoned(lock);
    if (dead.isEmpty()) {
      return;
    }
    try {
      for (Path part : named(lock.resolveSibling(""), one -> parts.matcher(one).matches())) {
        if (isOf(user, part)) {
          PathUtils.delete(part);
        }
      }
    } catch (IOException e) {
      dead.get().release();
      throw e;
    }
    dead.get().close();
  }

  // Whoever may write into a folder for all could lead the deletion elsewhere.
  private static boolean isOf(UserPrincipal user, Path file) throws IOException {
    return Files.getOwner(file, LinkOption.NOFOLLOW_LINKS).equals(user);
  }
}
