package kerava.data.download;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpResponse.ResponseInfo;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import kerava.files.DatasetException;
import org.jspecify.annotations.Nullable;

/**
 * One connection of a {@link Download}: asks for what is missing and appends what comes.
 *
 * <p>A {@link DatasetException} from it is final; after any other exception it is worth trying
 * again.
 */
final class DownloadAttempt {
  private static final int OK = 200;
  private static final int PARTIAL = 206;
  private static final Set<Integer> REDIRECTIONS = Set.of(301, 302, 303, 307, 308);
  private static final int TIMED_OUT = 408;
  private static final int BAD_RANGE = 416;
  private static final int TOO_MANY = 429;
  private static final int SERVER_ERROR = 500;

  private static final int MAX_REDIRECTIONS = 5;

  /** More than any data set here has; a server that sends without end is cut off. */
  private static final long MAX_BYTES = 1L << 30;

  private static final Pattern RANGE =
      Pattern.compile("bytes (?:(?<first>\\d{1,18})-\\d+|\\*)/(?<total>\\d{1,18})");

  private final Download download;
  private final FileChannel file;
  private final Path target;
  private volatile long size;
  private volatile boolean accepted;
  private volatile @Nullable DatasetException failure;

  DownloadAttempt(Download download, FileChannel file, Path target) {
    this.download = download;
    this.file = file;
    this.target = target;
  }

  void run(HttpClient client) throws IOException {
    size = file.size();
    URI place = download.from();
    for (int redirected = 0; redirected <= MAX_REDIRECTIONS; redirected++) {
      HttpResponse<Void> answer = await(client.sendAsync(request(place), this::receiver));
      Optional<URI> next = redirection(answer);
      if (next.isEmpty()) {
        checkStatus(answer);
        return;
      }
      place = next.get();
    }
    throw new DatasetException(
        target, "expected at most %d redirections, got more.".formatted(MAX_REDIRECTIONS));
  }

  private HttpRequest request(URI place) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(place).timeout(download.retries().timeout());
    if (size > 0) {
      request.header("Range", "bytes=" + size + "-");
    }
    return request.build();
  }

  private Optional<URI> redirection(HttpResponse<Void> answer) throws DatasetException {
    Optional<String> location = answer.headers().firstValue("Location");
    if (!REDIRECTIONS.contains(answer.statusCode()) || location.isEmpty()) {
      return Optional.empty();
    }
    Optional<URI> next = resolve(answer.uri(), location.get());
    if (next.filter(download::allows).isEmpty()) {
      String got = next.map(place -> place.getScheme() + "://" + place.getHost()).orElse("none");
      throw new DatasetException(
          target,
          "expected a redirection of %s to an address of HTTPS, got %s."
              .formatted(download.from(), got));
    }
    return next;
  }

  private static Optional<URI> resolve(URI from, String location) {
    try {
      return Optional.of(from.resolve(location));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** A number of the header Content-Range, {@code bytes first-last/total}; -1 if not there. */
  private static long range(HttpHeaders headers, String number) {
    Matcher range = RANGE.matcher(headers.firstValue("Content-Range").orElse(""));
    String found = range.matches() ? range.group(number) : null;
    return found == null ? -1 : Long.parseLong(found);
  }

  private BodySubscriber<Void> receiver(ResponseInfo answer) {
    long total = answer.headers().firstValueAsLong("Content-Length").orElse(-1);
    if (answer.statusCode() == OK) {
      size = 0;
    } else if (answer.statusCode() == PARTIAL && range(answer.headers(), "first") == size) {
      total = range(answer.headers(), "total");
    } else {
      return BodySubscribers.discarding();
    }
    accepted = true;
    long expected = total;
    return BodySubscribers.ofByteArrayConsumer(bytes -> append(bytes, expected));
  }

  private void append(Optional<byte[]> bytes, long total) {
    if (bytes.isEmpty()) {
      return;
    }
    try {
      if (size == 0) {
        file.truncate(0);
      }
      long position = size;
      ByteBuffer left = ByteBuffer.wrap(bytes.get());
      while (left.hasRemaining()) {
        position += file.write(left, position);
      }
      size = position;
    } catch (IOException e) {
      throw failed(
          new DatasetException(target, "expected to write to it, got: " + e.getMessage() + ".", e));
    }
    if (size > MAX_BYTES) {
      throw failed(
          new DatasetException(target, "expected at most " + MAX_BYTES + " bytes, got more."));
    }
    download.progress().received(download.from(), size, total);
  }

  private UncheckedIOException failed(DatasetException e) {
    failure = e;
    return new UncheckedIOException(e);
  }

  /** Waits for the end, but not for ever: the client itself has no limit on silence in a body. */
  private HttpResponse<Void> await(CompletableFuture<HttpResponse<Void>> answer)
      throws IOException {
    long seen = -1;
    while (true) {
      try {
        return answer.get(download.retries().timeout().toMillis(), TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        if (size == seen) {
          answer.cancel(true);
          throw new HttpTimeoutException(
              "nothing for " + download.retries().timeout().toSeconds() + " seconds");
        }
        seen = size;
      } catch (ExecutionException e) {
        throw ended(e);
      } catch (InterruptedException e) {
        answer.cancel(true);
        throw interrupted(e);
      }
    }
  }

  private IOException ended(ExecutionException e) {
    DatasetException ours = failure;
    if (ours != null) {
      return ours;
    }
    return e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
  }

  static InterruptedIOException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    InterruptedIOException io = new InterruptedIOException("an interruption");
    io.initCause(e);
    return io;
  }

  private void checkStatus(HttpResponse<Void> answer) throws IOException {
    int status = answer.statusCode();
    // All of it may have come already, if an earlier run ended between last byte and move.
    boolean complete = status == BAD_RANGE && range(answer.headers(), "total") == size;
    if (accepted || complete) {
      return;
    }
    if (status == BAD_RANGE || status == PARTIAL) {
      file.truncate(0);
    } else if (status != TIMED_OUT && status != TOO_MANY && status < SERVER_ERROR) {
      throw new DatasetException(
          target,
          "expected status 200 from %s, got %d. Has it moved?".formatted(download.from(), status));
    }
    throw new IOException("status " + status);
  }
}
