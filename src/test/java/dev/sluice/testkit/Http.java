package dev.sluice.testkit;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;

/** HTTP/1.1 requests; over TLS anybody's certificate will do. */
public final class Http {

  static {
    // in seconds, less than any server's: one that is closed while it is taken again fails
    System.setProperty("jdk.httpclient.keepalive.timeout", "10");
  }

  private static final HttpClient CLIENT = client(TestTls.TRUSTING);

  private Http() {}

  /** GET. */
  public static HttpReply get(URI uri) throws IOException {
    return send(request(uri).GET());
  }

  /** GET, by a client of its own that trusts whom {@code tls} trusts, for that address only. */
  public static HttpReply get(URI uri, SSLContext tls) throws IOException {
    return send(client(tls), request(uri).GET());
  }

  /** GET, asking for a media type. */
  public static HttpReply get(URI uri, String accept) throws IOException {
    return send(request(uri).header("Accept", accept).GET());
  }

  /** GET with headers. */
  public static HttpReply get(URI uri, Map<String, String> headers) throws IOException {
    HttpRequest.Builder request = request(uri).GET();
    headers.forEach(request::header);
    return send(request);
  }

  /** POST of a JSON body with headers. */
  public static HttpReply postJson(URI uri, String json, Map<String, String> headers)
      throws IOException {
    HttpRequest.Builder request =
        request(uri).header("Content-Type", "application/json").POST(BodyPublishers.ofString(json));
    headers.forEach(request::header);
    return send(request);
  }

  /** POST of an encoded form with headers. */
  public static HttpReply postForm(URI uri, String form, Map<String, String> headers)
      throws IOException {
    HttpRequest.Builder request =
        request(uri)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(form));
    headers.forEach(request::header);
    return send(request);
  }

  /** POST of a JSON body. */
  public static HttpReply postJson(URI uri, String json) throws IOException {
    return post(uri, "application/json", json);
  }

  /** POST. */
  public static HttpReply post(URI uri, String contentType, String body) throws IOException {
    return send(
        request(uri).header("Content-Type", contentType).POST(BodyPublishers.ofString(body)));
  }

  /** DELETE with headers. */
  public static HttpReply delete(URI uri, Map<String, String> headers) throws IOException {
    HttpRequest.Builder request = request(uri).DELETE();
    headers.forEach(request::header);
    return send(request);
  }

  /** PATCH with headers. */
  public static HttpReply patch(
      URI uri, String contentType, String body, Map<String, String> headers) throws IOException {
    HttpRequest.Builder request =
        request(uri)
            .header("Content-Type", contentType)
            .method("PATCH", BodyPublishers.ofString(body));
    headers.forEach(request::header);
    return send(request);
  }

  /** The lines of an answer that goes on, until it is closed. */
  public static Stream<String> lines(URI uri, Map<String, String> headers) throws IOException {
    HttpRequest.Builder request = request(uri).GET();
    headers.forEach(request::header);
    try {
      HttpResponse<Stream<String>> response =
          CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofLines());
      if (response.statusCode() != 200) {
        throw new IOException("status " + response.statusCode());
      }
      return response.body();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private static HttpClient client(SSLContext tls) {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .sslContext(tls)
        .connectTimeout(Duration.ofSeconds(10))
        .build();
  }

  private static HttpRequest.Builder request(URI uri) {
    return HttpRequest.newBuilder(uri).timeout(Await.GENEROUS);
  }

  private static HttpReply send(HttpRequest.Builder request) throws IOException {
    return send(CLIENT, request);
  }

  private static HttpReply send(HttpClient client, HttpRequest.Builder request) throws IOException {
    try {
      return reply(client.send(request.build(), HttpResponse.BodyHandlers.ofString()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private static HttpReply reply(HttpResponse<String> response) {
    return new HttpReply(response.statusCode(), response.headers().map(), response.body());
  }
}
