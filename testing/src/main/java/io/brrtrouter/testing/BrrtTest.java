package io.brrtrouter.testing;

import io.brrtrouter.server.runtime.BrrtApplication;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.ClassTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Runs a test class against a server of its own, once for each speed. Constructors, test methods,
 * {@code @BeforeEach} and {@code @AfterEach} may have parameters of type {@link BrrtClient}, {@link
 * io.brrtrouter.server.runtime.BrrtServer} and {@link io.brrtrouter.server.runtime.Resources},
 * which have what the application keeps; in nested classes {@code @BeforeAll} and {@code @AfterAll}
 * too; those of the class itself run once for all speeds, when there is no server, and may not. All
 * tests of the class share the server, in any order, so each makes what it needs.
 *
 * <p>A response that breaks the document fails: the response check is {@code enforce} unless {@link
 * #settings} says otherwise.
 *
 * <pre>{@code
 * @BrrtTest(PetStore.class)
 * class PetsTest {
 *   @Test
 *   void a_pet_is_found_by_number(BrrtClient client) {
 *     assertThat(client.get("/pets/1001").send().expect(200).json().path("name").asString())
 *         .isEqualTo("Rex");
 *   }
 * }
 * }</pre>
 */
@Documented
@Inherited
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ClassTemplate
@ExtendWith(BrrtExtension.class)
public @interface BrrtTest {

  /**
   * {@return the application with the handlers; made anew for each server by its constructor
   * without parameters. {@link BrrtApplication} itself stands for none}
   */
  Class<? extends BrrtApplication> value() default BrrtApplication.class;

  /** {@return the document, relative to the working directory, which is the module's in Maven} */
  String document() default "openapi.yaml";

  /** {@return at which speeds to run} */
  Speed[] speeds() default {Speed.IN_PROCESS, Speed.SOCKET};

  /**
   * {@return settings of the server and the application, {@code http.max_requests=5} for example}
   * Those of the application that are not named here have their {@linkplain
   * io.brrtrouter.server.runtime.DeclaredSetting#inTests(String) values in tests}; a response that
   * the document does not allow fails ({@code responses.check=enforce}), and no line is logged for
   * each request ({@code log.access=false}).
   */
  String[] settings() default {};

  /**
   * {@return whether a collector receives the server's telemetry} Constructors and methods may then
   * have parameters of type {@link io.brrtrouter.testing.telemetry.OtlpReceiver}. Takes {@code
   * io.brrtrouter:brrtrouter-otel} and {@code io.opentelemetry.proto:opentelemetry-proto} on the
   * class path.
   */
  boolean telemetry() default false;

  /** {@return whether operations without a handler answer from the document's examples} */
  boolean mock() default false;
}
