package io.brrtrouter.codegen;

import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.codegen.model.Binding;
import io.brrtrouter.codegen.model.Content;
import io.brrtrouter.codegen.model.Unfused;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How many request bodies generated code judges alone; whoever changes a number has a reason. */
class FuseRateTest {

  @ParameterizedTest
  @CsvSource({
    "real/adyen/CheckoutService-v72.yaml, 24, 24",
    "real/adyen/ManagementService-v3.yaml, 50, 50",
    "real/discord/openapi.json, 112, 112",
    "examples/petstore/openapi.yaml, 17, 17",
    "examples/insurance/policies/openapi.yaml, 8, 8",
    "examples/insurance/claims/openapi.yaml, 5, 5"
  })
  void request_bodies_fuse(String document, int bodies, int fused) {
    Path path =
        document.startsWith("examples/")
            ? Documents.root().resolve(document)
            : Documents.data(document);

    Generation generation =
        Documents.generate(path, "com.example.api", EnumSet.of(Part.MODELS, Part.CODECS));

    List<Content> contents =
        generation.model().operations().stream()
            .flatMap(operation -> operation.request().body().stream())
            .flatMap(body -> body.contents().stream())
            .toList();
    List<Unfused> unfused =
        generation.unfused().stream()
            .filter(each -> each.use().startsWith("request body"))
            .toList();
    assertThat(contents).hasSizeGreaterThanOrEqualTo(bodies);
    assertThat(contents.size() - unfused.size()).as("%s", unfused).isGreaterThanOrEqualTo(fused);
    assertThat(contents.stream().flatMap(each -> each.binding().stream()))
        .isNotEmpty()
        .allMatch(Binding::isFused)
        .allSatisfy(each -> assertThat(each.fingerprint()).isPresent());
  }
}
