package io.brrtrouter.examples.insurance.testing;

import io.brrtrouter.testing.BrrtClient;
import io.brrtrouter.testing.TestRequest;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * One row of a table of requests: {@code get_pet | 200 | GET /pets/1 | If-Match: "1" | body}.
 *
 * @param operation the operationId
 * @param status what the operation is to answer
 * @param method the method
 * @param path path and query, in which {@code $names} stand for things that are there
 * @param header a header field, or empty
 * @param body what is sent, by name or as it is; empty for none
 */
public record RequestRow(
    String operation, int status, String method, String path, String header, String body) {

  /**
   * {@return the rows of a table, one in each line}
   *
   * @param table the text
   */
  public static List<RequestRow> of(String table) {
    return table.lines().map(RequestRow::row).toList();
  }

  private static RequestRow row(String line) {
    String[] cells = line.split("\\|", -1);
    String[] target = cells[2].strip().split(" ", -1);
    return new RequestRow(
        cells[0].strip(),
        Integer.parseInt(cells[1].strip()),
        target[0],
        target[1],
        cells[3].strip(),
        cells[4].strip());
  }

  /**
   * {@return the request of the row, without its body}
   *
   * @param client who sends it
   * @param given puts what is there in the place of names
   */
  public TestRequest request(BrrtClient client, UnaryOperator<String> given) {
    TestRequest request = client.request(method, given.apply(path));
    if (!header.isEmpty()) {
      int colon = header.indexOf(':');
      request.header(header.substring(0, colon), header.substring(colon + 1).strip());
    }
    return request;
  }

  @Override
  public String toString() {
    return "%s: %s %s gives %d".formatted(operation, method, path, status);
  }
}
