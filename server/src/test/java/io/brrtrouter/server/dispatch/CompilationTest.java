package io.brrtrouter.server.dispatch;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.brrtrouter.openapi.Finding;
import io.brrtrouter.openapi.Severity;
import io.brrtrouter.schema.SourceLocation;
import java.util.List;
import org.junit.jupiter.api.Test;

class CompilationTest {

  @Test
  void is_refused_for_an_error_at_least() {
    Finding warning =
        new Finding("odd", Severity.WARNING, new SourceLocation("api.yaml", 1, 1), "odd", "");
    assertThatThrownBy(() -> new Compilation.Refused(List.of(warning)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("a document is refused for an error at least, not for [");
  }
}
