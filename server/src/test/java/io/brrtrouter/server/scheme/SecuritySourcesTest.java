package io.brrtrouter.server.scheme;

import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.server.auth.SecurityProvider;
import io.brrtrouter.server.config.ConfigKey;
import java.util.List;
import org.junit.jupiter.api.Test;

class SecuritySourcesTest {
  /** Declares something else than it should. */
  private record Wrong(String section, List<ConfigKey<?>> keys) implements SecuritySource {
    @Override
    public SecurityProvider provider(SchemeSettings settings) {
      throw new AssertionError("nobody should ask");
    }
  }

  @Test
  void those_that_could_be_mistaken_for_others_do_not_count() {
    ConfigKey<?> outside = new SchemeKeys("others").flag("on", "Whether.");
    SecuritySources sources =
        SecuritySources.of(
            List.of(
                new ApiKeySource(),
                new Wrong("api_keys", List.of()),
                new Wrong("mine", List.of(outside))));

    assertThat(sources.sources()).hasSize(1);
    assertThat(sources.findings().stream().map(Object::toString))
        .containsExactly(
            Wrong.class.getName()
                + ": error[config-declaration]: it declares the section security.api_keys, which"
                + " another declares already; give it another name, or take one of them off the"
                + " class path",
            Wrong.class.getName()
                + ": error[config-declaration]: it declares the setting"
                + " security.others.<scheme>.on, which is not one of its section; begin its name"
                + " with security.mine.<scheme>.");
  }
}
