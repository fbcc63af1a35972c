package io.brrtrouter.server.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.brrtrouter.openapi.Finding;
import io.brrtrouter.server.config.Masked;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Settings of an application beside those of the server. */
class DeclaredSettingTest {
  private static final DeclaredSetting URL =
      DeclaredSetting.text("database.url", "jdbc:h2:./data", "Where the goods are kept.")
          .taking("a URL that begins with jdbc:", text -> text.startsWith("jdbc:"));
  private static final DeclaredSetting PASSWORD =
      DeclaredSetting.text("database.password", "", "Opens the database.").asSecret();
  private static final DeclaredSetting CONNECTIONS =
      DeclaredSetting.integer("database.connections", 1, 100, 10, "Connections at most.");
  private static final DeclaredSetting ANY = DeclaredSetting.text("any.text", "", "Anything.");
  private static final List<DeclaredSetting> ALL = List.of(URL, PASSWORD, CONNECTIONS);

  @TempDir private Path directory;

  private Resources read(String file, Map<String, String> environment) throws IOException {
    Path path = Files.writeString(directory.resolve("config.yaml"), file);
    return Resources.of(ServerConfig.read(Optional.of(path), environment, Map.of(), ALL));
  }

  private String refusal(String file, Map<String, String> environment) {
    try {
      read(file, environment);
      return "";
    } catch (ConfigException | IOException refused) {
      return String.valueOf(refused.getMessage()).replace(directory + "/", "");
    }
  }

  @Test
  void comes_from_the_environment_else_the_file_else_its_default() throws IOException {
    Resources resources =
        read(
            "port: 1\ndatabase:\n  url: jdbc:file\n  password: 4711\n",
            Map.of("BRRTR_DATABASE_URL", "jdbc:environment"));
    assertThat(resources.setting("database.url")).isEqualTo("jdbc:environment");
    assertThat(resources.setting("database.password")).isEqualTo("4711");
    assertThat(resources.integer("database.connections")).isEqualTo(10);
  }

  @Test
  void is_checked_with_all_the_others() {
    assertThat(
            refusal(
                """
                prot: 1
                database: {url: "postgres://ada:secret@localhost/shop", connections: 0, usr: ada, password: [a]}
                """,
                Map.of("BRRTR_DATABASE_CONNECTIONS", "many", "BRRTR_DATABASE_ULR", "x")))
        .isEqualTo(
            """
            config.yaml:1:1: error[config-unknown-key]: there is no setting prot; did you mean port?
            config.yaml:2:17: error[config-value]: database.url cannot be "postgres://ada:******@localhost/shop"; it takes: a URL that begins with jdbc:
            config.yaml:2:70: error[config-value]: database.connections cannot be 0; it takes: integer from 1 to 100
            config.yaml:2:73: error[config-unknown-key]: there is no setting database.usr; did you mean database.url?
            config.yaml:2:93: error[config-value]: database.password cannot be a sequence; it takes: text
            environment variable BRRTR_DATABASE_CONNECTIONS: error[config-value]: database.connections cannot be "many"; it takes: integer from 1 to 100
            environment variable BRRTR_DATABASE_ULR: warning[config-unknown-variable]: no setting has this variable; did you mean BRRTR_DATABASE_URL?\
            """);
  }

  @Test
  void a_secret_in_the_file_itself_is_a_warning() throws IOException {
    Path file =
        Files.writeString(
            directory.resolve("config.yaml"), "database: {password: hunter2, pin: ''}\n");
    List<DeclaredSetting> declared =
        List.of(
            URL,
            PASSWORD,
            DeclaredSetting.text("database.password_file", "", "A file with that."),
            DeclaredSetting.text("database.pin", "", "Opens it too.").asSecret());
    assertThat(ServerConfig.read(Optional.of(file), Map.of(), Map.of(), declared).plainSecrets())
        .singleElement()
        .asString()
        .isEqualTo(
            file
                + ":1:22: warning[security-plain-secret]: database.password stands in the"
                + " configuration file itself: whoever reads that has it; name a file that has it"
                + " with database.password_file, or set the environment variable"
                + " BRRTR_DATABASE_PASSWORD");
    Map<String, String> variable = Map.of("BRRTR_DATABASE_PASSWORD", "hunter2");
    assertThat(ServerConfig.read(Optional.empty(), variable, Map.of(), declared).plainSecrets())
        .isEmpty();
  }

  @Test
  void is_shown_without_its_passwords() {
    ServerConfig config =
        ServerConfig.defaults()
            .declaring(ALL)
            .with("database.password", "hunter2")
            .with("database.url", "jdbc:postgresql://ada:hunter2@db/shop");
    assertThat(config.settings())
        .endsWith(
            new Setting("database.url", "jdbc:postgresql://ada:******@db/shop", "code"),
            new Setting("database.password", "******", "code"),
            new Setting("database.connections", "10", "default"));
    assertThat(Resources.of(config).describe("database.url"))
        .hasToString("database.url = jdbc:postgresql://ada:******@db/shop (code)");
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          jdbc:postgresql://db:5432/shop,              jdbc:postgresql://db:5432/shop
          jdbc:postgresql://u:p@db/shop,               jdbc:postgresql://u:******@db/shop
          redis://:p@cache:6379,                       redis://:******@cache:6379
          http://u:a@b:c/d@host/,                      http://u:******@host/
          http://ada@host/,                            http://******@host/
          https://ghp_x@host/a@b?c=d,                  https://******@host/a@b?c=d
          jdbc:h2:tcp://u:p@127.0.0.1:1/x,             jdbc:h2:tcp://u:******@127.0.0.1:1/x
          jdbc:postgresql://db/shop?user=u&password=p, jdbc:postgresql://db/shop?user=u&password=******
          jdbc:a://db?sslPassword=p&ssl=true,          jdbc:a://db?sslPassword=******&ssl=true
          jdbc:h2:mem:a;USER=u;PASSWORD=p;MODE=x,      jdbc:h2:mem:a;USER=u;PASSWORD=******;MODE=x
          http://host/?access_token=t,                 http://host/?access_token=******
          http://host/?token,                          http://host/?token
          http://host/?token=a&api_key=b&x=c,          http://host/?token=******&api_key=******&x=c
          http://host/?apiKey=a&X-API-Key=b&keys=c,    http://host/?apiKey=******&X-API-Key=******&keys=c
          http://host/?sig=a&X-Amz-Signature=b,        http://host/?sig=******&X-Amz-Signature=******
          http://host/?design=a&author=b&passage=c,    http://host/?design=a&author=b&passage=c
          http://host/?a=b#access_token=c,             http://host/?a=b#access_token=******
          http://host/?client.secret=a&auth=b,         http://host/?client.secret=******&auth=******
          http://host/?userpass=a&dbpass=b&pass=c,     http://host/?userpass=******&dbpass=******&pass=******
          http://keys.example/pass/?x=a&compasses=b,   http://keys.example/pass/?x=a&compasses=b
          Password=a b;Server=h,                       Password=******;Server=h
          Server=h; Password = a; Encrypt=true,        Server=h; Password = ******; Encrypt=true
          host=h password=a user=u,                    host=h password=******
          jdbc:s://h;password={a;b};x=c,               jdbc:s://h;password=******;x=c
          jdbc:s://h;password={a;}};b};x=c,            jdbc:s://h;password=******;x=c
          jdbc:s://h;password={a;b,                    jdbc:s://h;password=******
          'jdbc:m://(host=h,password=a)(host=i)/db',   'jdbc:m://(host=h,password=******'
          'login user="u" password="a;b";',            'login user="u" password=******;'
          'amqp://u:p1@h1,amqp://u:p2@h2',             amqp://u:******@h2
          amqp://u:p@h1/v?contact=ops@example.org,     amqp://u:******@example.org
          postgres://ada@azure:p@host/db,              postgres://******@host/db
          """)
  void a_url_is_shown_without_its_password(String url, String shown) {
    assertThat(Masked.passwords(url)).isEqualTo(shown);
  }

  /** A driver that cannot connect repeats what it was given, in parts and decoded. */
  @Test
  void secrets_are_concealed_in_what_others_say() {
    Resources resources =
        Resources.of(
            ServerConfig.defaults()
                .declaring(ALL)
                .with("database.password", "hunter2")
                .with("database.url", "jdbc:h2:tcp://u:a%20b@db/x?api_key=longer-hunter2"));
    assertThat(
            resources.conceal(
                "cannot log in to u:a b@db or u:a%20b@db with hunter2 or longer-hunter2"))
        .isEqualTo("cannot log in to u:******@db or u:******@db with ****** or ******");
  }

  /** Where a secret ends is not sure in any of these, so it is looked for up to each end. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          amqp://u:p1secret@h1,amqp://u:p2secret@h2     | u/p1secret or u/p2secret | u/****** or u/******
          amqp://u:p1secret@h1,amqp://t2secret@h2       | u/p1secret or t2secret   | u/****** or ******
          jdbc:m://u:p1secret@h1,v:p2secret@h2/db       | u/p1secret or v/p2secret | u/****** or v/******
          amqp://u:p1secret@h1/v?contact=ops@host       | login u/p1secret         | login u/******
          http://u:p1@secret@h1                         | login u/p1@secret        | login u/******
          postgres://ada@azure:p1secret@h/db            | login p1secret           | login ******
          http://u:p1secret@h?key=k2secret&mail=a@h     | p1secret, k2secret       | ******, ******
          http://h?password=s3cret#there                | login s3cret             | login ******
          http://h?userpass=s3cret                      | login s3cret             | login ******
          http://h?dbpass=a%20b+c                       | login a b+c or a b c     | login ****** or ******
          Password=s3cret;Server=h                      | login s3cret             | login ******
          host=h password=s3cret user=u                 | login s3cret             | login ******
          jdbc:s://h;password={a;b3}                    | login a;b3 or {a;b3}     | login ****** or ******
          jdbc:s://h;password={a}};b3}                  | login a};b3 or a}};b3    | login ****** or ******
          jdbc:m://(host=h,password=s3cret)(host=i)/db  | login s3cret             | login ******
          login user="u" password="s3;cret";            | login s3;cret            | login ******
          http://h?password=e#7Gq9                      | refused e#7Gq9           | refused ******
          http://h?password=%65%66#7Gq9                 | refused ef#7Gq9          | refused ******
          http://h?password=abcd#7Gq9                   | login abcd               | login ******
          http://h?password=abc#7Gq9                    | login abc                | login abc
          Password=abc;Server=h                         | login abc                | login ******
          http://u:e@7Gq9@h1                            | refused e@7Gq9           | refused ******
          http://u:abc@h1?contact=ops@host              | login abc                | login ******
          amqp://u:abc@h1,amqp://u:def@h2               | login abc or def         | login ****** or ******
          """)
  void every_candidate_for_a_secret_is_concealed(String url, String said, String shown) {
    Resources resources =
        Resources.of(ServerConfig.defaults().declaring(List.of(ANY)).with("any.text", url));
    assertThat(resources.conceal(said)).isEqualTo(shown);
  }

  @Test
  void is_no_integer_unless_declared_as_one() throws IOException {
    Resources resources = read("", Map.of());
    assertThatThrownBy(() -> resources.integer("database.url"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "database.url = jdbc:h2:./data (default) is no integer; declare it with"
                + " DeclaredSetting.integer");
  }

  @Test
  void must_be_declared_to_be_read() throws IOException {
    Resources resources = read("", Map.of());
    assertThatThrownBy(() -> resources.setting("database.ulr"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the application declares no setting database.ulr; did you mean database.url?");
    assertThatThrownBy(() -> resources.setting("mail.host"))
        .hasMessage("the application declares no setting mail.host; declare it in settings()");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          port               | is a setting of the server
          http.max_requests  | is a setting of the server
          http.proxy         | stands in a section of the server's
          http               | and http.keep_alive would be a setting and a section in one
          port.two           | and port would be a setting and a section in one
          config             | would have the variable BRRTR_CONFIG, which is no setting's
          stack.size         | would have the variable BRRTR_STACK_SIZE, which is no setting's
          http_timeout.secs  | would have the variable of http.timeout_secs, BRRTR_HTTP_TIMEOUT_SECS
          database.url       | is declared twice
          database.url.host  | and database.url would be a setting and a section in one
          """)
  void must_not_be_mistaken_for_another(String name, String problem) {
    DeclaredSetting wrong = DeclaredSetting.text(name, "", "Nothing.");
    assertThatThrownBy(() -> ServerConfig.defaults().declaring(List.of(URL, wrong)))
        .isInstanceOfSatisfying(
            ConfigException.class,
            refused ->
                assertThat(refused.findings())
                    .extracting(Finding::toString)
                    .containsExactly(
                        "settings of the application: error[config-declaration]: "
                            + name
                            + " "
                            + problem
                            + "; give it another name"));
  }

  @ParameterizedTest
  @CsvSource({"Database.url", "database..url", "database.", "2nd", "data-base", "''"})
  void has_a_name_in_dotted_form(String name) {
    assertThatThrownBy(() -> DeclaredSetting.text(name, "", "Nothing."))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("\"" + name + "\" is no name of a setting; write it like database.url");
  }

  @Test
  void has_a_default_that_it_takes() {
    assertThatThrownBy(() -> DeclaredSetting.integer("a.b", 1, 5, 6, "Nothing."))
        .hasMessage(
            "the default of a.b is not what it takes: integer from 1 to 5; give it another default");
  }
}
