package io.brrtrouter.server.cors;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/**
 * The table of what is answered to pages of other origins: for each request over a socket the
 * status, every {@code Access-Control-} field and {@code Vary}, and nothing else of the kind.
 *
 * <p>In the table {@code Method} and {@code Headers} stand for {@code
 * Access-Control-Request-Method} and {@code -Headers}, and what is answered is named without {@code
 * Access-Control-}.
 */
class CorsTest {
  private static final CorsServers SERVERS = new CorsServers();
  private static final String PREFIX = "access-control-";

  @AfterAll
  static void stop() {
    SERVERS.close();
  }

  @ParameterizedTest(name = "{0}: {1} [{2}] -> {3}")
  @CsvFileSource(
      resources = "cors.csv",
      delimiter = '|',
      numLinesToSkip = 1,
      commentCharacter = '#')
  void answers(String server, String request, String fields, String answer) throws IOException {
    List<String> lines =
        fields == null ? List.of() : Stream.of(fields.split("; ")).map(CorsTest::written).toList();
    CorsServers.Answer got = SERVERS.ask(server, request, lines);

    List<String> told = new ArrayList<>();
    for (String field : got.fields()) {
      String name = field.substring(0, field.indexOf(':'));
      if (name.toLowerCase(Locale.ROOT).startsWith(PREFIX)) {
        told.add(name.substring(PREFIX.length()) + field.substring(field.indexOf(':')));
      } else if (name.equalsIgnoreCase("Vary")) {
        told.add(field);
      }
    }
    assertThat(
            got.status()
                + told.stream().sorted().map(each -> "; " + each).collect(Collectors.joining()))
        .isEqualTo(answer);
  }

  private static String written(String field) {
    return field
        .replaceFirst("^Method:", "Access-Control-Request-Method:")
        .replaceFirst("^Headers:", "Access-Control-Request-Headers:")
        .replaceFirst("^Network:", "Access-Control-Request-Private-Network:");
  }
}
