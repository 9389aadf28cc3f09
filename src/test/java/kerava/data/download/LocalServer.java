package kerava.data.download;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A web server on this machine that serves one file, after it has misbehaved as told: each planned
 * answer is for one request, and all later ones are answered well.
 */
public final class LocalServer implements AutoCloseable {
  /** One way to answer. */
  public interface Answer {
    void to(HttpExchange exchange, byte[] file) throws IOException;
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Deque<Answer> planned = new ArrayDeque<>();
  private final List<String> ranges = Collections.synchronizedList(new ArrayList<>());

  public LocalServer(byte[] file, Answer... answers) throws IOException {
    planned.addAll(List.of(answers));
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", exchange -> answer(exchange, file));
    server.start();
  }

  private void answer(HttpExchange exchange, byte[] file) throws IOException {
    String range = exchange.getRequestHeaders().getFirst("Range");
    ranges.add(Optional.ofNullable(range).orElse("all"));
    Answer answer;
    synchronized (planned) {
      answer = Optional.ofNullable(planned.poll()).orElse(LocalServer::whole);
    }
    try (exchange) {
      answer.to(exchange, file);
    }
  }

  public URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/file.bin");
  }

  /** What each request asked for, in order: {@code all} or its header Range. */
  List<String> requests() {
    return List.copyOf(ranges);
  }

  /** Sends what is asked for. */
  static void whole(HttpExchange exchange, byte[] file) throws IOException {
    part(exchange, file, file.length);
  }

  /** Promises what is asked for, but hangs up after the first bytes of the file. */
  static Answer hangUpAfter(int bytes) {
    return (exchange, file) -> part(exchange, file, bytes);
  }

  private static void part(HttpExchange exchange, byte[] file, int end) throws IOException {
    String range = exchange.getRequestHeaders().getFirst("Range");
    int start = range == null ? 0 : Integer.parseInt(range.replaceAll("\\D", ""));
    if (start >= file.length) {
      exchange.getResponseHeaders().set("Content-Range", "bytes */" + file.length);
      exchange.sendResponseHeaders(416, -1);
      return;
    }
    if (range != null) {
      String content = "bytes %d-%d/%d".formatted(start, file.length - 1, file.length);
      exchange.getResponseHeaders().set("Content-Range", content);
    }
    exchange.sendResponseHeaders(range == null ? 200 : 206, file.length - start);
    OutputStream body = exchange.getResponseBody();
    body.write(Arrays.copyOfRange(file, start, end));
    body.flush();
  }

  /** Answers with a status and nothing else. */
  static Answer status(int status) {
    return (exchange, file) -> exchange.sendResponseHeaders(status, -1);
  }

  /** Answers that the file is somewhere else. */
  static Answer redirect(int status, String location) {
    return (exchange, file) -> {
      exchange.getResponseHeaders().set("Location", location);
      exchange.sendResponseHeaders(status, -1);
    };
  }

  /** Sends the whole file, whatever part of it is asked for. */
  static void ignoreRange(HttpExchange exchange, byte[] file) throws IOException {
    exchange.sendResponseHeaders(200, file.length);
    exchange.getResponseBody().write(file);
  }

  /** Sends the beginning and then nothing for as long as the client holds on. */
  static void stall(HttpExchange exchange, byte[] file) throws IOException {
    exchange.sendResponseHeaders(200, file.length);
    exchange.getResponseBody().write(file, 0, file.length / 2);
    exchange.getResponseBody().flush();
    try {
      Thread.sleep(5_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
