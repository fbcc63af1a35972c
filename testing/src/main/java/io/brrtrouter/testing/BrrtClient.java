package io.brrtrouter.testing;

import io.brrtrouter.server.http.Headers;
import io.brrtrouter.server.runtime.BrrtServer;
import java.net.URI;
import java.time.Duration;

/**
 * Sends requests to a server, in process or over a socket, with the same methods and the same
 * answers; only what the transport adds ({@code Date}, {@code Content-Length}) differs. Safe for
 * use by many threads.
 *
 * <pre>{@code
 * client.get("/pets").query("limit", 2).send().expect(200).json();
 * client.post("/pets").json("{\"species\": \"dog\"}").send().expect(400).problem();
 * }</pre>
 */
public final class BrrtClient implements AutoCloseable {
  /** Far longer than content takes to come. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Courier courier;
  private final Headers always;
  private final Duration patience;

  private BrrtClient(Courier courier, Headers always, Duration patience) {
    this.courier = courier;
    this.always = always;
    this.patience = patience;
  }

  /**
   * {@return a client that hands requests to a server directly}
   *
   * @param server the server; closing the client leaves it running
   */
  public static BrrtClient inProcess(BrrtServer server) {
    return new BrrtClient(new InProcessCourier(server), Headers.empty(), PATIENCE);
  }

  /**
   * {@return a client that sends requests over a socket}
   *
   * @param url where the server is, {@code http://127.0.0.1:8080} for example; a path in it is
   *     ignored
   */
  public static BrrtClient at(URI url) {
    return new BrrtClient(new SocketCourier(url), Headers.empty(), PATIENCE);
  }

  /** {@return a client like this whose responses say what the response check found} */
  BrrtClient informedBy(Breaches breaches) {
    return new BrrtClient(new InformedCourier(courier, breaches), always, patience);
  }

  /**
   * {@return a client like this that sends a header field with every request, the key of somebody
   * for example} Both use the same connections, and closing either closes them.
   *
   * @param name the name
   * @param value the value
   */
  public BrrtClient with(String name, String value) {
    return new BrrtClient(courier, always.toBuilder().set(name, value).build(), patience);
  }

  /**
   * {@return a client like this that waits for content for another time than 10 s} That is how long
   * the content of a response may take from its head to its end ({@link TestRequest#send}), and
   * each item of a stream ({@link TestStream#next}). Both clients use the same connections, and
   * closing either closes them.
   *
   * @param time the time, more than zero
   */
  public BrrtClient waiting(Duration time) {
    if (!time.isPositive()) {
      throw new IllegalArgumentException("a time to wait is more than zero, not " + time);
    }
    return new BrrtClient(courier, always, time);
  }

  /**
   * {@return a {@code GET} request}
   *
   * @param path the path, as in {@link #request}
   */
  public TestRequest get(String path) {
    return request("GET", path);
  }

  /**
   * {@return a {@code HEAD} request}
   *
   * @param path the path, as in {@link #request}
   */
  public TestRequest head(String path) {
    return request("HEAD", path);
  }

  /**
   * {@return a {@code POST} request}
   *
   * @param path the path, as in {@link #request}
   */
  public TestRequest post(String path) {
    return request("POST", path);
  }

  /**
   * {@return a {@code PUT} request}
   *
   * @param path the path, as in {@link #request}
   */
  public TestRequest put(String path) {
    return request("PUT", path);
  }

  /**
   * {@return a {@code PATCH} request}
   *
   * @param path the path, as in {@link #request}
   */
  public TestRequest patch(String path) {
    return request("PATCH", path);
  }

  /**
   * {@return a {@code DELETE} request}
   *
   * @param path the path, as in {@link #request}
   */
  public TestRequest delete(String path) {
    return request("DELETE", path);
  }

  /**
   * {@return an {@code OPTIONS} request}
   *
   * @param path the path, as in {@link #request}
   */
  public TestRequest options(String path) {
    return request("OPTIONS", path);
  }

  /**
   * {@return a {@code QUERY} request}
   *
   * @param path the path, as in {@link #request}
   */
  public TestRequest query(String path) {
    return request("QUERY", path);
  }

  /**
   * {@return a request of any method}
   *
   * @param method the method's token
   * @param path the path, with or without a query; percent-encoded where a {@code %} stands, and
   *     characters a URI cannot have are encoded
   */
  public TestRequest request(String method, String path) {
    return new TestRequest(courier, method, path, always, patience);
  }

  /** Lets go of the connections, if there are any. */
  @Override
  public void close() {
    courier.close();
  }
}
