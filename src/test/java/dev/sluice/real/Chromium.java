package dev.sluice.real;

import dev.sluice.testkit.Await;
import dev.sluice.testkit.Background;
import dev.sluice.testkit.Http;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A headless Chromium with one page, driven by its DevTools protocol. */
final class Chromium implements AutoCloseable {

  /** Kept: a client that is collected takes its open WebSockets with it. */
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final Process process;
  private final Path profile;

  /** Starts the browser on {@code page}, with an empty profile in {@code dir}. */
  Chromium(Path dir, URI page) throws IOException {
    String program = Program.find("chromium", "chromium");
    profile = Files.createTempDirectory(dir, "chromium-");
    List<String> command = new ArrayList<>(List.of(program, "--headless", "--no-sandbox"));
    command.addAll(List.of("--disable-gpu", "--disable-quic", "--no-first-run"));
    command.addAll(List.of("--disable-background-networking", "--disable-component-update"));
    command.addAll(List.of("--disable-sync", "--disable-dev-shm-usage"));
    command.addAll(List.of("--remote-debugging-port=0", "--user-data-dir=" + profile));
    command.add(page.toString());
    Path log = dir.resolve(profile.getFileName() + ".log");
    process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    Program.awaitStart(process, log, () -> !pages().isEmpty());
  }

  /** The pages it shows; it writes its port into its profile. */
  private List<JsonObject> pages() throws IOException {
    List<String> port = Files.readAllLines(profile.resolve("DevToolsActivePort"));
    String body = Http.get(URI.create("http://127.0.0.1:" + port.get(0) + "/json/list")).body();
    try (JsonReader reader = Json.createReader(new StringReader(body))) {
      JsonArray targets = reader.readArray();
      return targets.getValuesAs(JsonObject.class).stream()
          .filter(t -> t.getString("type").equals("page"))
          .toList();
    }
  }

  /** The value, as text, of a JavaScript expression in the page; of its promise if it is one. */
  String evaluate(String expression) throws IOException {
    URI uri = URI.create(pages().get(0).getString("webSocketDebuggerUrl"));
    JsonObject call =
        Json.createObjectBuilder()
            .add("id", 1)
            .add("method", "Runtime.evaluate")
            .add(
                "params",
                Json.createObjectBuilder()
                    .add("expression", expression)
                    .add("awaitPromise", true)
                    .add("returnByValue", true))
            .build();
    Answer answer = new Answer();
    WebSocket socket = HTTP.newWebSocketBuilder().buildAsync(uri, answer).join();
    socket.sendText(call.toString(), true).join();
    String json = Background.join(answer.whole);
    socket.abort();
    try (JsonReader reader = Json.createReader(new StringReader(json))) {
      JsonObject result = reader.readObject().getJsonObject("result");
      if (result == null || result.containsKey("exceptionDetails")) {
        throw new AssertionError("the page failed: " + json);
      }
      return result.getJsonObject("result").getString("value");
    }
  }

  /** Waits until the page of {@code origin} has been loaded. */
  void awaitPage(String origin) {
    Await.until("the page is loaded", () -> isLoaded(origin));
  }

  /** While one page gives way to the next there is nothing that could answer. */
  private boolean isLoaded(String origin) throws IOException {
    try {
      return evaluate("location.origin + ' ' + document.readyState").contains(origin + " complete");
    } catch (AssertionError between) {
      return false;
    }
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroy);
    Program.stop(process);
  }

  private static final class Answer implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();
    private final CompletableFuture<String> whole = new CompletableFuture<>();

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
      text.append(data);
      if (last) {
        whole.complete(text.toString());
      }
      from.request(1);
      return null;
    }
  }
}
